import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { additionsTo, type WrittenField } from "./entry/additions.js";
import { authorsToWrite, type Details, detailNames, detailsOf, hasOwnTitle } from "./entry/fields.js";
import { typeOf } from "./entry/types.js";
import { arxivOf, dateParts, type ExportedPapers, joined } from "./exported-paper.js";
import { nameParts } from "./text/names.js";
import { readableText } from "./text/tex.js";

/**
 * The papers as RIS. A paper from RIS keeps its fields; further data is added. Lines end in CR LF, as the
 * specification requires ("preceded by a carriage return/line feed (ANSI 13 10)", RIS Format Specifications,
 * 2001, "Use separate lines for each tag"; https://en.wikipedia.org/wiki/RIS_(file_format) says the same for
 * 2011). Values are one line.
 *
 * An arXiv identifier is the accession number (AN) in the database (DB) arXiv; the authors' comment is a note
 * "Comment: …", as in Zotero. RIS cannot escape anything, and readers split names at commas, so commas and
 * semicolons in the name of a group are left out. A citation key is the ID; "et al." as the last author means
 * that there are more.
 */
export function risOf(papers: ExportedPapers): Iterable<string> {
  return joined(records(papers), "\r\n");
}

function* records(papers: ExportedPapers): Generator<string, void, void> {
  for (const { paper } of papers) yield recordOf(paper);
}

function recordOf(paper: Paper): string {
  const { entry } = paper;
  const type = typeOf(paper, "ris");
  const fields = fieldsOf(paper, type);
  const values: readonly (readonly [string, string])[] =
    entry?.format === "ris"
      ? [
          ...entry.fields.map(([tag, value]) => [tag, String(value)] as const),
          ...additionsTo(paper, entry, fields).map(({ name, value }) => [name, value] as const),
        ]
      : fields.map(({ name, value }) => [name, value] as const);
  const lines = [["TY", type] as const, ...values].map(
    ([tag, value]) => `${tag}  - ${value.replaceAll("\n", "\r\n")}\r\n`,
  );
  return `${lines.join("")}ER  - \r\n`;
}

function fieldsOf(paper: Paper, type: string): readonly WrittenField[] {
  const arxiv = arxivOf(paper);
  const parts = dateParts(paper.published);
  const journal = readableText(paper.journal ?? "");
  const details = detailsOf(paper);
  const authors = authorsToWrite(paper, details).map(authorOf).filter(Boolean);
  const fields: readonly WrittenField[] = [
    { name: "ID", value: clean(paper.entry?.key ?? ""), says: "detail" },
    { name: "TI", value: hasOwnTitle(paper) ? readableText(paper.title) : "", says: "title" },
    ...[...authors, ...(paper.andOthers && authors.length > 0 ? ["et al."] : [])].map(
      (value) => ({ name: "AU", value, says: "author" }) as const,
    ),
    { name: "PY", value: paper.published?.slice(0, 4) ?? "", says: "date" },
    // The year of a conference may differ from that of its proceedings: readers use PY for one and DA for the
    // other.
    {
      name: "DA",
      value: parts.length > 1 || type === "CONF" ? (paper.published ?? "").replaceAll("-", "/") : "",
      says: "date",
    },
    // Reference managers read the journal's name from T2, older ones from JO.
    { name: "T2", value: journal, says: "journal" },
    { name: "JO", value: journal, says: "journal" },
    ...detailFields(details),
    { name: "DO", value: clean(paper.doi ?? ""), says: "doi" },
    { name: "DB", value: arxiv === null ? "" : "arXiv", says: "arxiv" },
    { name: "AN", value: arxiv === null ? "" : `arXiv:${arxiv}`, says: "arxiv" },
    { name: "UR", value: clean(paper.url ?? ""), says: "url" },
    { name: "L1", value: clean(paper.pdf ?? ""), says: "pdf" },
    { name: "AB", value: readableText(paper.abstract), says: "abstract" },
    ...paper.keywords.map(
      (keyword) => ({ name: "KW", value: readableText(keyword), says: "keywords" }) as const,
    ),
    {
      name: "N1",
      value: paper.comment ? `Comment: ${readableText(paper.comment)}` : "",
      says: "comment",
    },
  ];
  return fields.filter(({ value }) => value !== "");
}

function detailFields(details: Details | null): WrittenField[] {
  if (details === null) return [];
  const [first = "", last = ""] = details.pages.split(/(?<!\s)\s*[-–—]+\s*/, 2);
  const isRange = last !== "" && /^\w+\s*[-–—]+\s*\w+$/.test(details.pages);
  const texts = (Object.keys(detailNames) as (keyof typeof detailNames)[]).map((detail) => ({
    name: detailNames[detail].ris[0] as string,
    value: detail === "pages" && isRange ? first : details[detail],
    says: "detail" as const,
  }));
  const pageEnd: WrittenField[] = isRange ? [{ name: "EP", value: last, says: "detail" }] : [];
  const editors = details.editors.map(
    (name) => ({ name: "A2", value: authorOf(name), says: "detail" }) as const,
  );
  return [...editors, ...texts, ...pageEnd];
}

function authorOf(name: string): string {
  const parts = nameParts(readableText(name));
  if ("literal" in parts) return clean(parts.literal.replace(/[,;]+/g, " "));
  const family = parts.particle === "" ? parts.family : `${parts.particle} ${parts.family}`;
  return [family, parts.given, parts.suffix].filter(Boolean).join(", ");
}
