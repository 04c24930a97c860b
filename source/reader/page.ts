import { hasMark } from "../papers/marks.js";
import type { Paper } from "../papers/paper.js";
import { thousands } from "../text/numbers.js";
import { wrap } from "../text/wrap.js";

/** One line of the detail: what it says and which field of the paper it is cut from. */
export interface PageLine {
  readonly kind:
    | "title"
    | "facts"
    | "authors"
    | "abstract"
    | "comment"
    | "keywords"
    | "link"
    | "blank"
    | "missing";
  readonly text: string;
  /** Offset of the line in the field's text, for laying matches over it. */
  readonly start: number;
}

const blank: PageLine = { kind: "blank", text: "", start: 0 };

/** Authors past this many are counted instead of named. */
const namedAuthors = 20;

const cache = new WeakMap<Paper, Map<string, readonly PageLine[]>>();

/**
 * A paper as a page of lines of at most `width` cells: title, facts, authors, abstract, links.
 * Kept per paper and width, as it is asked for at every key.
 */
export function pageOf(paper: Paper, bits: number, width: number, ascii: boolean): readonly PageLine[] {
  const key = `${bits}/${width}/${ascii}`;
  const pages = cache.get(paper) ?? new Map<string, readonly PageLine[]>();
  cache.set(paper, pages);
  let page = pages.get(key);
  if (!page) {
    if (pages.size > 4) pages.clear();
    page = compose(paper, bits, width, ascii);
    pages.set(key, page);
  }
  return page;
}

/** What a paper's names line says; shared with the filter, so that matches can be laid over it. */
export function authorsText(paper: Paper): string {
  const { authors } = paper;
  if (authors.length <= namedAuthors) return authors.join(", ");
  const rest = thousands(authors.length - namedAuthors);
  return `${authors.slice(0, namedAuthors).join(", ")} and ${rest} more`;
}

/** `26 Sep 2025` for a day written `2025-09-26`, `Sep 2025` for `2025-09`, `2025` for itself. */
export function showDay(day: string): string {
  const [year, month, date] = day.split("-");
  const name = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[Number(month) - 1];
  if (!name || !year) return day;
  return date ? `${Number(date)} ${name} ${year}` : `${name} ${year}`;
}

function compose(paper: Paper, bits: number, width: number, ascii: boolean): PageLine[] {
  const lines = [...field("title", paper.title, width), blank];
  const facts = factsOf(paper, bits, ascii);
  if (facts.length > 0) lines.push(...field("facts", facts.join(" · "), width));
  const authors = authorsText(paper);
  if (authors) lines.push(...field("authors", authors, width));
  lines.push(blank);
  if (paper.abstract) lines.push(...field("abstract", paper.abstract, width));
  else lines.push(...field("missing", "No abstract in this listing.", width));
  if (paper.comment) lines.push(blank, ...field("comment", paper.comment, width));
  if (paper.keywords.length > 0) lines.push(blank, ...field("keywords", paper.keywords.join(", "), width));
  const code =
    paper.code && paper.codeStars !== null
      ? `${paper.code} (${thousands(paper.codeStars)} stars)`
      : paper.code;
  const links = [paper.url, code, paper.doi && `doi:${paper.doi}`].filter((link) => link !== null);
  if (links.length > 0) lines.push(blank);
  for (const link of links) lines.push(...field("link", link, width));
  return lines;
}

function factsOf(paper: Paper, bits: number, ascii: boolean): string[] {
  const count = paper.authorCount ?? (paper.authors.length || null);
  const facts: string[] = [];
  if (count !== null) facts.push(count === 1 ? "1 author" : `${thousands(count)} authors`);
  if (paper.organization) facts.push(paper.organization);
  if (paper.published) facts.push(showDay(paper.published));
  if (paper.upvotes !== null) facts.push(`${paper.upvotes} upvotes`);
  if (paper.categories.length > 0) facts.push(paper.categories.join(" "));
  if (paper.journal) facts.push(paper.journal);
  if (paper.withdrawn) facts.push("withdrawn");
  if (hasMark(bits, "starred")) facts.push(ascii ? "* starred" : "★ starred");
  if (hasMark(bits, "later")) facts.push("L later");
  facts.push(hasMark(bits, "read") ? "read" : ascii ? "o unread" : "● unread");
  return facts;
}

function field(kind: PageLine["kind"], text: string, width: number): PageLine[] {
  return wrap(text, width).map(({ start, end }) => ({ kind, text: text.slice(start, end), start }));
}
