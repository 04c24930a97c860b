import { entriesOf } from "../../papers/bibliography-entry.js";
import { hasMark, markFields } from "../../papers/marks.js";
import type { Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { counted, thousands } from "../../text/numbers.js";
import { wrap } from "../../text/wrap.js";
import { linkOf, pdfOf } from "./links.js";
import { type PageLine, showDay } from "./page-content.js";

/** Cells for the names of the facts: "categories" and two blanks. */
const nameCells = 12;
/** In narrower text each name has its own line. */
const narrowest = 36;

/** A fact: its name, its value, and the address that it links to. */
type Fact = readonly [name: string, value: string | null, url?: string];

/** Fields that may have TeX, as they are shown. */
export interface ShownFacts {
  readonly journal: string;
  readonly comment: string;
  readonly keywords: string;
}

/** All facts of a paper without its texts, one a line, for `i`. */
export function factsLines(paper: Paper, bits: number, shown: ShownFacts, width: number): PageLine[] {
  const lines: PageLine[] = [];
  for (const [name, value, url] of factsOf(paper, bits, shown)) {
    if (value === null || value === "") continue;
    const gutter = width >= narrowest ? nameCells : 0;
    if (gutter === 0) lines.push({ kind: "label", text: `${name}:`, start: 0 });
    const set =
      url === undefined ? {} : { set: { styles: [], links: [{ start: 0, end: value.length, url }] } };
    lines.push(
      ...wrap(value, width - gutter).map(
        ({ start, end }, index): PageLine => ({
          kind: url === undefined ? "fact" : "link",
          text: value.slice(start, end),
          start,
          ...set,
          ...(gutter > 0 ? { before: (index === 0 ? name : "").padEnd(gutter) } : {}),
        }),
      ),
    );
  }
  return lines;
}

function factsOf(paper: Paper, bits: number, shown: ShownFacts): Fact[] {
  const { authors, authorCount, andOthers, published, updated, listed, citations, influential } = paper;
  const day = (value: string | null) => (value === null ? null : showDay(value));
  const link = (name: string, url: string | null, note = ""): Fact =>
    url === null ? [name, null] : [name, url + note, url];
  const cited = influential ? `${thousands(citations ?? 0)}, ${thousands(influential)} influential` : null;
  const marks = markFields.filter((field) => hasMark(bits, field));
  const names = andOthers ? `${authors.join(", ")} et al.` : authors.join(", ");
  return [
    ["authors", authors.length > 0 ? names : authorCount === null ? null : counted(authorCount, "author")],
    ["from", paper.organization],
    ["published", day(published)],
    ["updated", updated === published ? null : day(updated)],
    ["listed", day(listed)],
    ["by", paper.submitter],
    ["votes", paper.upvotes === null ? null : thousands(paper.upvotes)],
    ["comments", commentsOf(paper)],
    ["citations", cited ?? (citations === null ? null : thousands(citations))],
    ["in", shown.journal],
    ["comment", shown.comment],
    ["categories", paper.categories.join(" ")],
    ["keywords", shown.keywords],
    ["sources", paper.from?.join(", ") ?? null],
    link("code", paper.code, paper.codeStars === null ? "" : ` (${counted(paper.codeStars, "star")})`),
    link("project", paper.project),
    link("page", paper.url ?? linkOf(paper)),
    link("PDF", pdfOf(paper)),
    link("DOI", paper.doi === null ? null : `https://doi.org/${encodeURI(paper.doi)}`),
    ["summary by", paper.summaryBy],
    ["identity", paper.id],
    ["entry", entriesText(paper)],
    ["state", [paper.withdrawn ? "withdrawn" : "", ...marks].filter(Boolean).join(", ") || "unread"],
  ];
}

/** The bibliography's keys and types of the paper, for citing: "vaswani2017 (misc)". */
function entriesText(paper: Paper): string | null {
  const entries = entriesOf(paper).map(({ key, type }) => clean(type === "" ? key : `${key} (${type})`));
  return entries.length > 1 ? `${entries.length}: ${entries.join(", ")}` : (entries[0] ?? null);
}

function commentsOf({ comments, authorsTakePart }: Paper): string | null {
  const parts = [comments === null ? "" : thousands(comments), authorsTakePart ? "authors answer" : ""];
  return parts.filter(Boolean).join(", ") || null;
}
