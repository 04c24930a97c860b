import { clean } from "../text/clean.js";
import { isFields } from "./json/fields.js";
import { nestsTooDeep, parseOrNothing } from "./json/salvage.js";
import { rootName } from "./xml/xml.js";

/** What files are expected to be, for the message about one that is not. */
export const expected =
  "papers-tui reads bibliographies, feeds, tables and lists of papers (papers-tui --help names the formats)";

/** Binary files, by their first bytes. */
const binaries: readonly (readonly [start: string | RegExp, what: string])[] = [
  ["%PDF-", "a PDF; give its arXiv number or DOI, or the bibliography that it is in"],
  ["SQLite format 3", "a database (SQLite); export the library from its program as BibTeX, RIS or CSL-JSON"],
  ["PK\u0003\u0004", "a ZIP archive or an Office document; unpack it, or save the table as CSV"],
  [/^(?:ÐÏ|\ufffd\ufffd)\x11/, "an Office document; save the table as CSV"],
  ["PAR1", "a Parquet file; save it as CSV or JSON Lines"],
  [/^(?:[‰\ufffd]PNG|GIF8|(?:ÿØÿ|\ufffd{3})[\s\S]{0,8}(?:JFIF|Exif))/, "a picture"],
  ["{\\rtf", "a rich text document (RTF); save it as plain text, or export BibTeX or RIS"],
  [/^\(\u00b5\/[ý\ufffd]|^\(\ufffd\/\ufffd/, "compressed with zstd; unpack it with unzstd"],
  ["BZh", "compressed with bzip2; unpack it with bunzip2"],
  [/^[ý\ufffd]7zXZ/, "compressed with xz; unpack it with unxz"],
];

/** XML documents that contain papers but are not supported, and what to export instead. */
const documents: readonly (readonly [root: RegExp, what: string])[] = [
  [/^(?:mods|modscollection)$/, "a MODS bibliography; export BibTeX, RIS or Zotero RDF instead"],
  [/^(?:marc:)?(?:collection|record)$/, "a MARCXML catalogue; export BibTeX or RIS instead"],
  [/^sources$/, "a list of Word's sources; export BibTeX or RIS from the reference manager instead"],
  [
    /^(?:html|!doctype)$/,
    "a web page (HTML) without a known listing; copy its text, or give its address or the papers' identifiers; papers-tui read FILE shows the text of a whole paper",
  ],
  [/^(?:tei|teicorpus)$/, "a TEI document; give its DOI, or export BibTeX instead"],
  [
    /^(?:doi_records|doi_batch|crossref_result|unixref|crossref)$/,
    "Crossref's XML; ask https://api.crossref.org/works for JSON, or doi.org for BibTeX instead",
  ],
  [
    /^resource$/,
    "a record in XML, as of DataCite; export BibTeX, RIS or JSON-LD from the repository instead",
  ],
  [/^(?:svg|kml|gpx|plist|project|wsdl)$/, "not a bibliography"],
  [/^(?:\w+:)?searchretrieveresponse$/, "a library catalogue's answer (SRU); export BibTeX or RIS instead"],
  [/^esearchresult$/, "a PubMed search result, which has only identifiers; use efetch"],
];

/**
 * Describes a text that no format recognizes, by its content, to follow "it is" in a message; `null` if
 * nothing is known about it.
 */
export function whatItIs(text: string): string | null {
  const start = text.slice(0, 16).replace(/^\ufeff/, "");
  for (const [mark, what] of binaries) {
    if (typeof mark === "string" ? start.startsWith(mark) : mark.test(start)) return what;
  }
  const head = text.slice(0, 65_536);
  if (/^[\ufeff\s]*<(?:!doctype html|html)\b/i.test(head))
    return (documents[3] as readonly [RegExp, string])[1];
  const root =
    rootName(head)
      ?.toLowerCase()
      .replace(/^(?:mods|b):/, "") ?? null;
  if (root !== null) {
    const found = documents.find(([pattern]) => pattern.test(root));
    return found?.[1] ?? `unknown XML (<${root.slice(0, 40)}>)`;
  }
  if (/^[\ufeff\s]*"?Highlight"?,"?Book Title"?,/.test(head))
    return "a table of Readwise's highlights; save the documents of Reader as CSV, or export BibTeX instead";
  if (/^[\ufeff\s]*\{Reference Type\}:/.test(head)) return "a NoteExpress file; export BibTeX or RIS instead";
  // "[1] A. Author" begins a list of references.
  if (/^[\ufeff\s]*(?:\{|\[(?!\d{1,4}\]\s*[^\s,;\]}]))/.test(head)) return ofJson(text);
  return null;
}

function ofJson(text: string): string {
  if (nestsTooDeep(text)) return "JSON with too many brackets inside each other";
  const value = text.length < 20_000_000 ? parseOrNothing(text) : undefined;
  const first = Array.isArray(value) ? value[0] : value;
  if (Array.isArray(value) && value.length === 0) return "an empty list ([])";
  if (isFields(first)) {
    if (isFields(first.esearchresult))
      return "a PubMed search result, which has only identifiers; use efetch";
    if (first.total === 0 || first.count === 0) return "an answer without results";
    // OpenReview's errors: {"name": "ForbiddenError", "message": …, "status": 403}.
    if (
      typeof first.message === "string" &&
      (isErrorStatus(first.status) || (typeof first.name === "string" && /error$/i.test(first.name)))
    )
      return `an error message, not a listing: the server answered with an error: “${clean(first.message).slice(0, 300)}”`;
    const names = Object.keys(first).slice(0, 6).join(", ").slice(0, 120);
    return `JSON whose entries do not look like papers (${names === "" ? "no fields" : names})`;
  }
  return value === undefined ? "damaged JSON, or JSON of an unknown kind" : "JSON without papers";
}

function isErrorStatus(status: unknown): boolean {
  return (typeof status === "number" || typeof status === "string") && Number(status) >= 400;
}
