/** The formats that papers can be written in, by the names that people type. */
export const exportFormats = ["bibtex", "ris", "csl-json", "markdown", "json", "csv", "opml"] as const;
export type ExportFormat = (typeof exportFormats)[number];
