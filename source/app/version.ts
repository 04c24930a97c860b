/** The program's version, put in from package.json when it is built. */
export const version: string = process.env.PAPERS_TUI_VERSION ?? "0.0.0-source";

/** What tells the code that folds journals from that of another build; `null` where nothing was built. */
export const folding: string | null = process.env.PAPERS_TUI_FOLDING ?? null;
