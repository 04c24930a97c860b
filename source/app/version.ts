/** The program's version, put in from package.json when it is built. */
export const version: string = process.env.PAPERS_TUI_VERSION ?? "0.0.0-source";

/** A hash of the code that replays journals, which another build does not share; `null` where nothing was built. */
export const codeHash: string | null = process.env.PAPERS_TUI_CODE_HASH ?? null;
