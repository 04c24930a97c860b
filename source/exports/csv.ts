import { makePaper } from "../papers/paper.js";
import type { ExportedPapers } from "./exported-paper.js";
import { paperRecord } from "./json.js";

/**
 * The papers as CSV after RFC 4180: a header, lines that end in CR LF, cells in quotes where needed. The
 * columns are the fields of `paperRecord`; lists are joined by "; ", unknown values are empty.
 *
 * Spreadsheets run a cell as a formula if it begins with = + - @ or a tab, quoted or not. Such a cell gets an
 * apostrophe in front, which marks it as text ("'-1 is a number"). A cell that begins with apostrophes and then
 * such a character gets one more, so removing one apostrophe before `'*[=+-@]` always restores the text.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function* csvOf(papers: ExportedPapers): Generator<string, void, void> {
  yield rowOf(Object.keys(paperRecord(makePaper({ title: "" }), 0)));
  for (const { paper, bits } of papers) {
    const { entry, andOthers, ...row } = paperRecord(paper, bits);
    const authors = andOthers ? [...paper.authors, "et al."] : paper.authors;
    yield rowOf(Object.values({ ...row, authors }));
  }
}

function rowOf(cells: readonly unknown[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** With the full-width forms, which spreadsheets in East Asian languages treat the same. */
const beginsFormula = /^'*[=+\-@\t\r\n＝＋－＠]/;
/** A semicolon separates cells in locales with a decimal comma. */
const needsQuotes = /[",;\t\r\n]|^ | $/;

function cell(value: unknown): string {
  const text = Array.isArray(value) ? value.join("; ") : value === null ? "" : String(value);
  const guarded = typeof value !== "number" && beginsFormula.test(text) ? `'${text}` : text;
  return needsQuotes.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
