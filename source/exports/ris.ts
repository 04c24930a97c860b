import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { arxivOf, dateParts, type ExportedPapers, joined, type Kind, kindOf } from "./exported-paper.js";
import { nameParts } from "./names.js";
import { readableText } from "./tex.js";

const types: Readonly<Record<Kind, string>> = { article: "JOUR", conference: "CONF", preprint: "UNPB" };

/**
 * The papers as RIS. Lines end in CR LF, as the specification asks ("preceded by a carriage return/
 * line feed (ANSI 13 10)", RIS Format Specifications, 2001, "Use separate lines for each tag";
 * https://en.wikipedia.org/wiki/RIS_(file_format) tells the same of that of 2011). Values are one line.
 *
 * An identifier on arXiv is the accession number (AN) in the database (DB) arXiv; the authors' remark
 * is a note "Comment: …", as Zotero keeps it. RIS can escape nothing, and its readers part names at
 * commas: a comma or semicolon in the name of a group is left out.
 */
export function risOf(papers: ExportedPapers): Iterable<string> {
  return joined(records(papers), "\r\n");
}

function* records(papers: ExportedPapers): Generator<string, void, void> {
  for (const { paper } of papers) yield recordOf(paper);
}

function recordOf(paper: Paper): string {
  const arxiv = arxivOf(paper);
  const parts = dateParts(paper.published);
  const journal = readableText(paper.journal ?? "");
  const values: readonly (readonly [string, string])[] = [
    ["TY", types[kindOf(paper)]],
    ["TI", readableText(paper.title)],
    ...paper.authors.map((name) => ["AU", authorOf(name)] as const),
    ["PY", paper.published?.slice(0, 4) ?? ""],
    ["DA", parts.length > 1 ? (paper.published ?? "").replaceAll("-", "/") : ""],
    // Reference managers look for the journal's name in T2, older ones in JO.
    ["T2", journal],
    ["JO", journal],
    ["DO", clean(paper.doi ?? "")],
    ["DB", arxiv === null ? "" : "arXiv"],
    ["AN", arxiv === null ? "" : `arXiv:${arxiv}`],
    ["UR", clean(paper.url ?? "")],
    ["L1", clean(paper.pdf ?? "")],
    ["AB", readableText(paper.abstract)],
    ...paper.keywords.map((keyword) => ["KW", readableText(keyword)] as const),
    ["N1", paper.comment ? `Comment: ${readableText(paper.comment)}` : ""],
  ];
  const lines = values.filter(([, value]) => value !== "").map(([tag, value]) => `${tag}  - ${value}\r\n`);
  return `${lines.join("")}ER  - \r\n`;
}

function authorOf(name: string): string {
  const parts = nameParts(readableText(name));
  if ("literal" in parts) return clean(parts.literal.replace(/[,;]+/g, " "));
  const family = parts.particle === "" ? parts.family : `${parts.particle} ${parts.family}`;
  return [family, parts.given, parts.suffix].filter(Boolean).join(", ");
}
