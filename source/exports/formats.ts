/** The export formats, by the names that people type. */
export const exportFormats = ["bibtex", "ris", "csl-json", "markdown", "json", "csv", "opml"] as const;
export type ExportFormat = (typeof exportFormats)[number];
