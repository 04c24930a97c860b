/** The program's version, put in from package.json when it is built. */
export const version: string = process.env.PAPERS_TUI_VERSION ?? "0.0.0-source";
