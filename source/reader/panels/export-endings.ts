import { asPath } from "./files.js";

/** The export formats by file name ending; the first is proposed first. */
export const exportEndings = [
  { ending: ".bib", format: "bibtex", name: "BibTeX" },
  { ending: ".ris", format: "ris", name: "RIS" },
  { ending: ".csl.json", format: "csl-json", name: "CSL-JSON" },
  { ending: ".md", format: "markdown", name: "Markdown" },
  { ending: ".json", format: "json", name: "JSON" },
  { ending: ".csv", format: "csv", name: "CSV" },
  { ending: ".opml", format: "opml", name: "OPML" },
] as const;

export type ExportEnding = (typeof exportEndings)[number];

/** The format of a file by its name; `null` if the ending is unknown. */
export function endingOf(path: string): ExportEnding | null {
  const name = asPath(path.trim()).toLowerCase();
  return exportEndings.find(({ ending }) => name.endsWith(ending)) ?? null;
}
