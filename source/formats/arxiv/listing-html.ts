import { arxivAddresses, arxivId, doiOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { fromMarkup } from "../../text/markup.js";
import { fromTexAccents } from "../../text/names.js";
import { splitAuthors } from "../fields/author-line.js";
import { dayOf } from "../fields/dates.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { isWithdrawn } from "./fields.js";

/**
 * arXiv's pages of a category's recent and new papers, saved from a browser. `dt` holds a paper's
 * identifier, `dd` its fields, each in a `div` with a class (`list-title`, `list-authors`, …).
 * https://github.com/arXiv/arxiv-browse/tree/develop/browse/templates/list
 */
export const arxivListHtml: Format = {
  name: "arXiv page (HTML)",
  title: "arXiv",
  knownBy: "HTML with the class `list-title`",
  from: "https://arxiv.org/list/cs.LG/recent and /new, saved from a browser",
  detect: (text) =>
    /^[\ufeff\s]*</.test(text) &&
    /class\s*=\s*["']list-title/.test(text.slice(0, 200_000)) &&
    /\/abs\/\S/.test(text.slice(0, 200_000))
      ? 0.97
      : 0,
  parse,
};

function parse(text: string): ParsedListing {
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  let line = 1;
  let counted = 0;
  let shown: string | null = null;
  let day: string | null = null;
  let isReplaced = false;
  let from = nextEntry(text, 0);
  readHeading(text.slice(0, from < 0 ? text.length : from));
  while (from >= 0) {
    const next = nextEntry(text, from + 3);
    const part = text.slice(from, next < 0 ? text.length : next);
    for (let at = text.indexOf("\n", counted); at >= 0 && at < from; at = text.indexOf("\n", at + 1)) {
      line += 1;
      counted = at + 1;
    }
    const found = toPaper(part, shown, isReplaced);
    if (typeof found !== "string") papers.push(found);
    else problems.push({ line, message: `an entry ${found}`, skips: 1 });
    readHeading(part);
    from = next;
  }
  return { papers, day, problems };

  /** Reads what a heading says about the entries after it: their day, and whether they are replacements. */
  function readHeading(part: string): void {
    for (const [, inner = ""] of part.matchAll(/<h3[^<>]*>([^<]{1,300})/gi)) {
      const date = dayOf(inner.replace(/^.*?(\d{1,2} [A-Z][a-z]{2,8} \d{4}).*$/s, "$1"));
      if (date !== null) shown = date;
      if (/replacement/i.test(inner)) isReplaced = true;
      else if (/new submissions|cross/i.test(inner)) isReplaced = false;
      day ??= date;
    }
  }
}

/** The offset of the next `dt`; -1 if there is none. */
function nextEntry(text: string, from: number): number {
  for (let at = text.indexOf("<dt", from); at >= 0; at = text.indexOf("<dt", at + 3)) {
    if (/[\s>]/.test(text.charAt(at + 3))) return at;
  }
  return -1;
}

function toPaper(part: string, day: string | null, isReplaced: boolean): Paper | string {
  const id = /\/abs\/([a-z-]{2,12}(?:\.[A-Z]{2})?\/\d{7}|\d{4}\.\d{4,5})/.exec(part)?.[1] ?? "";
  const arxiv = arxivId(id);
  if (arxiv === null) return "has no arXiv identifier and was skipped";
  const field = (name: string) =>
    fromMarkup(fieldIn(part, name)).replace(
      /^(?:Title|Authors|Comments|Subjects|Journal-ref|Subj-class):\s*/,
      "",
    ) || null;
  const subjects = [
    ...(field("list-subjects") ?? "").matchAll(/\(([a-z-]{2,12}(?:\.[A-Za-z-]{2,12})?)\)/g),
  ].map(([, name = ""]) => name);
  const comment = field("list-comments");
  const abstract = fromMarkup(paragraphIn(part));
  const title = field("list-title");
  return foundPaper({
    title: title === null ? null : fromTexAccents(title),
    abstract,
    ...splitAuthors(field("list-authors") ?? ""),
    published: isReplaced ? null : day,
    updated: isReplaced ? day : null,
    categories: subjects,
    comment,
    journal: field("list-journal-ref"),
    arxiv,
    doi: doiOf(/doi\.org\/(10\.[^"'<>\s]{4,200})/.exec(part)?.[1] ?? ""),
    ...arxivAddresses(arxiv),
    withdrawn: isWithdrawn(comment ?? "", abstract),
  });
}

/** The content of the `div` with a class. These are not nested, so it ends at the first closing tag. */
function fieldIn(part: string, name: string): string {
  const at = part.search(new RegExp(`class\\s*=\\s*["']${name}\\b`));
  const from = at < 0 ? -1 : part.indexOf(">", at);
  if (from < 0) return "";
  const end = part.indexOf("</div>", from);
  return part.slice(from + 1, end < 0 ? part.length : end);
}

function paragraphIn(part: string): string {
  const at = part.search(/<p class\s*=\s*["']mathjax/);
  const from = at < 0 ? -1 : part.indexOf(">", at);
  if (from < 0) return "";
  const end = part.indexOf("</p>", from);
  return part.slice(from + 1, end < 0 ? part.length : end);
}
