import type { Paper } from "../papers/paper.js";
import { bibtexOf } from "./bibtex.js";
import { cslJsonOf } from "./csl-json.js";
import { csvOf } from "./csv.js";
import { recordsOf } from "./entry/several.js";
import type { ExportedPaper, ExportedPapers } from "./exported-paper.js";
import type { ExportFormat } from "./formats.js";
import { jsonOf } from "./json.js";
import { markdownOf } from "./markdown.js";
import { opmlOf } from "./opml.js";
import { risOf } from "./ris.js";
import { citationKeys } from "./text/citation-keys.js";

export type { ExportedPaper } from "./exported-paper.js";
export { type ExportFormat, exportFormats } from "./formats.js";
export { citationKeys } from "./text/citation-keys.js";

/**
 * The complete file for the papers, in their order. It ends in a line break, or is empty if a format without a
 * frame has no paper to write. No text of a paper can break the file. In all formats but JSON and CSV, accents
 * and signs in TeX (`\"o`, `\&`) become characters, because readers of those formats do not know TeX.
 */
export function exportPapers(papers: ExportedPapers, format: ExportFormat): string {
  return [...exportPieces(papers, format)].join("");
}

/** The same in pieces, for more papers than a string, or the memory, can hold. */
export function exportPieces(papers: ExportedPapers, format: ExportFormat): Iterable<string> {
  switch (format) {
    case "bibtex": {
      const records = recordsOf(papers, format);
      return bibtexOf(records, citationKeys(onlyPapers(records), format));
    }
    case "ris":
      return risOf(recordsOf(papers, format));
    case "csl-json": {
      const records = recordsOf(papers, format);
      return cslJsonOf(records, citationKeys(onlyPapers(records), format));
    }
    case "markdown":
      return markdownOf(papers);
    case "json":
      return jsonOf(papers);
    case "csv":
      return csvOf(papers);
    case "opml":
      return opmlOf(papers);
  }
}

function* onlyPapers(papers: ExportedPapers): Generator<Paper, void, void> {
  for (const { paper } of papers) yield paper;
}

/**
 * One paper in a format, for the clipboard: as in a file of its own, so its key has no suffix. A bibliography has
 * all its entries.
 */
export function exportPaper(one: ExportedPaper, format: ExportFormat): string {
  return exportPapers([one], format);
}
