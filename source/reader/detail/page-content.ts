import { hasMark } from "../../papers/marks.js";
import { type Movement, signed } from "../../papers/movement.js";
import type { Paper } from "../../papers/paper.js";
import { cellWidth, cutToWidth } from "../../text/cells.js";
import { counted, thousands } from "../../text/numbers.js";
import type { RenderedTex } from "../../text/tex/rendered.js";
import { wrap, wrapParagraph } from "../../text/wrap.js";
import type { CacheName, Caches } from "../caches.js";
import { linkOf, pdfOf } from "./links.js";
import { LruCache } from "./lru-cache.js";
import { shownField, shownKeywords } from "./shown.js";

/** One line of the detail: its text, and the field of the paper that it is cut from. */
export interface PageLine {
  readonly kind:
    | "title"
    | "facts"
    /** Watches, follows and mutes of the reader. */
    | "interest"
    | "authors"
    | "summary"
    | "by"
    | "abstract"
    | "comment"
    | "keywords"
    | "link"
    | "label"
    | "fact"
    | "blank"
    | "missing";
  readonly text: string;
  /** Offset of the line in the field's text, for laying matches, styles and links over it. */
  readonly start: number;
  /** The styles and links of the whole field. */
  readonly set?: Pick<RenderedTex, "styles" | "links">;
  /** Precedes the text on its line: a label, or as many blanks. */
  readonly before?: string;
  /** Follows the text on its line. */
  readonly after?: string;
  /** Whether the line is shown dim, as less important than others of its kind. */
  readonly isFaint?: true;
}

/** How to lay out a page. */
export interface PageLayout {
  /** Cells of a line. */
  readonly width: number;
  readonly ascii: boolean;
  /** TeX as the source writes it. */
  readonly asSource: boolean;
  /** Whether to name all authors, even if there are many. */
  readonly allAuthors: boolean;
  /** Without blank lines and with the links at the end, for a pane of few rows. */
  readonly isCompact?: boolean;
  /** Where the summary goes; before the abstract by default. */
  readonly summary?: "first" | "below" | "never";
  /** By how much its votes, comments and stars changed since the paper was last seen. */
  readonly moved?: Movement | null;
  /** Lines about watches, follows and mutes. */
  readonly interests?: readonly string[];
}

const blank: PageLine = { kind: "blank", text: "", start: 0 };

/** Authors beyond this many are counted, not named, unless all are asked for. */
const namedAuthors = 20;

/** Pages by their papers and, of each, by its marks and layout. */
const pagesKnown: CacheName<LruCache<Paper, Map<string, readonly PageLine[]>>> = {
  make: () => new LruCache(),
};

/**
 * A paper as a page of lines, in the order of `compose`. Kept per paper and layout, as it is asked for at every
 * key.
 */
export function pageOf(caches: Caches, paper: Paper, bits: number, layout: PageLayout): readonly PageLine[] {
  const { width, ascii, asSource, allAuthors, isCompact, summary, moved, interests = [] } = layout;
  const movement = moved ? JSON.stringify(moved) : "";
  const key = [bits, width, ascii, asSource, allAuthors, isCompact, summary, movement, ...interests].join(
    "/",
  );
  const cache = caches.of(pagesKnown);
  let pages = cache.get(paper);
  if (pages === undefined) {
    pages = new Map();
    cache.set(paper, pages);
  }
  let page = pages.get(key);
  if (!page) {
    if (pages.size > 4) pages.clear();
    page = compose(caches, paper, bits, layout);
    pages.set(key, page);
  }
  return page;
}

/** The line of authors; the filter uses it too, to highlight matches in it. */
export function authorsText({ authors, andOthers }: Paper, allAuthors: boolean): string {
  if (allAuthors || authors.length <= namedAuthors) {
    return andOthers && authors.length > 0 ? `${authors.join(", ")} et al.` : authors.join(", ");
  }
  const rest = thousands(authors.length - namedAuthors);
  return `${authors.slice(0, namedAuthors).join(", ")} and ${rest} more (z shows all)`;
}

/** `26 Sep 2025` for a day written `2025-09-26`, `Sep 2025` for `2025-09`, `2025` for itself. */
export function showDay(day: string): string {
  const [year, month, date] = day.split("-");
  const name = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[Number(month) - 1];
  if (!name || !year) return day;
  return date ? `${Number(date)} ${name} ${year}` : `${name} ${year}`;
}

/** What a page shows, in this order: a new part goes here. */
function compose(caches: Caches, paper: Paper, bits: number, layout: PageLayout): PageLine[] {
  const { width, asSource, allAuthors, isCompact = false, summary = "first", interests = [] } = layout;
  const gap = isCompact ? [] : [blank];
  const tex = (name: "title" | "abstract" | "comment" | "summary") => {
    const shown = shownField(caches, paper, name, asSource);
    return field(name, shown.text, width, shown);
  };
  const lines = [...tex("title"), ...gap];
  lines.push(...authorLines(paper, allAuthors, isCompact ? 1 : 2, width));
  const facts = factsOf(caches, paper, layout);
  const states = statesOf(paper, bits, layout);
  // A pane of few rows shows one line of facts, with what state the paper is in; the others come after the text.
  const inOne = isCompact ? factsThatFit(facts, states, width) : facts;
  lines.push(...factLines([...inOne, ...states], width));
  const otherFacts = factLines(
    facts.filter((fact) => !inOne.includes(fact)),
    width,
  );
  for (const text of interests) lines.push(...field("interest", text, width));
  const linkLines = (links: readonly Link[]) =>
    links.flatMap(({ text, url }) =>
      field("link", text, width, { styles: [], links: [{ start: 0, end: text.length, url }] }),
    );
  const [own, pages] = [linkLines(ownLinks(paper)), linkLines(pageLinks(paper))];
  // If there are enough rows, code and project come right below the facts.
  if (!isCompact) lines.push(...own);
  const said = summary === "never" || !paper.summary ? [] : withBy(tex("summary"), paper, width, isCompact);
  const abstract = paper.abstract ? tex("abstract") : field("missing", "No abstract in this listing.", width);
  lines.push(...gap, ...(said.length > 0 && summary === "first" ? [...said, ...gap] : []), ...abstract);
  if (said.length > 0 && summary === "below") lines.push(blank, ...said);
  if (paper.comment) lines.push(blank, ...tex("comment"));
  if (paper.keywords.length > 0)
    lines.push(blank, ...field("keywords", shownKeywords(paper, asSource), width));
  const rest = isCompact ? [...own, ...pages] : pages;
  if (isCompact && otherFacts.length > 0) lines.push(blank, ...otherFacts);
  if (rest.length > 0) lines.push(blank, ...rest);
  return lines;
}

/** A summary with who wrote it: at the end of its last line where rows are few and there is room, else below. */
function withBy(lines: readonly PageLine[], paper: Paper, width: number, isCompact: boolean): PageLine[] {
  const last = lines.at(-1);
  if (!isCompact || last === undefined) return [...lines, byLine(paper, width)];
  const free = width - cellWidth(last.text) - 2;
  const by = (paper.summaryBy ?? "the source").replace(/ \(.*\)$/, "");
  const short = [`— summary by ${by}`, `— ${by}`].find((text) => cellWidth(text) <= free);
  if (short === undefined) return [...lines, byLine(paper, width)];
  return [
    ...lines.slice(0, -1),
    { ...last, after: short.padStart(free + 2 - cellWidth(short) + short.length) },
  ];
}

/** Who wrote the source's own summary, at the right. */
function byLine({ summaryBy }: Paper, width: number): PageLine {
  const by = cutToWidth(`— summary by ${summaryBy ?? "the source"}`, width);
  const indent = " ".repeat(width - cellWidth(by));
  return { kind: "by", text: indent + by, start: 0 };
}

/** The names on at most so many lines, and the number of the others: "Ada Lovelace, Paul Erdős +12". */
function authorLines(paper: Paper, allAuthors: boolean, most: number, width: number): PageLine[] {
  const all = authorsText(paper, allAuthors);
  const lines = all === "" ? [] : field("authors", all, width);
  if (allAuthors || lines.length <= most) return lines;
  for (let named = Math.min(paper.authors.length - 1, namedAuthors); named > 0; named -= 1) {
    const text = `${paper.authors.slice(0, named).join(", ")} +${thousands(paper.authors.length - named)}`;
    const short = field("authors", text, width);
    if (short.length <= most) return short;
  }
  return lines.slice(0, most);
}

interface Link {
  readonly text: string;
  readonly url: string;
}

/** The code and the project's page. */
function ownLinks({ code, codeStars, project }: Paper): Link[] {
  const links: Link[] = [];
  if (code !== null) {
    const stars = codeStars === null ? "" : ` (${counted(codeStars, "star")})`;
    links.push({ text: `${code}${stars}`, url: code });
  }
  if (project !== null && project !== code) links.push({ text: project, url: project });
  return links;
}

/** The paper's page, its PDF and its DOI. */
function pageLinks(paper: Paper): Link[] {
  const links: Link[] = [];
  const page = paper.url ?? (paper.doi === null ? linkOf(paper) : null);
  if (page !== null) links.push({ text: page, url: page });
  const pdf = pdfOf(paper);
  if (pdf !== null) links.push({ text: pdf, url: pdf });
  if (paper.doi !== null) {
    links.push({ text: `doi:${paper.doi}`, url: `https://doi.org/${encodeURI(paper.doi)}` });
  }
  return links;
}

function factsOf(caches: Caches, paper: Paper, { ascii, asSource, moved = null }: PageLayout): string[] {
  const by = (field: keyof Movement) => {
    const movement = moved?.[field] ?? 0;
    return movement === 0 ? "" : ` ${signed(movement)}`;
  };
  const { published, updated, listed, upvotes, citations } = paper;
  const facts: string[] = [];
  if (paper.authors.length === 0 && paper.authorCount !== null)
    facts.push(counted(paper.authorCount, "author"));
  if (published) facts.push(showDay(published));
  if (updated && updated !== published) facts.push(`updated ${showDay(updated)}`);
  if (listed && listed !== published && listed !== updated) facts.push(`listed ${showDay(listed)}`);
  if (upvotes !== null)
    facts.push((ascii ? counted(upvotes, "upvote") : `▲ ${thousands(upvotes)}`) + by("upvotes"));
  if (paper.comments) facts.push(counted(paper.comments, "comment") + by("comments"));
  if (paper.authorsTakePart) facts.push("authors answer");
  if (paper.codeStars !== null)
    facts.push(`code ${ascii ? "*" : "★"} ${thousands(paper.codeStars)}${by("codeStars")}`);
  if (citations !== null) facts.push(counted(citations, "citation"));
  if (paper.influential) facts.push(`${thousands(paper.influential)} influential`);
  if (paper.organization) facts.push(paper.organization);
  if (paper.categories.length > 0) facts.push(paper.categories.join(" "));
  if (paper.journal) facts.push(shownField(caches, paper, "journal", asSource).text);
  if (paper.from) facts.push(`from ${paper.from.join(", ")}`);
  return facts;
}

/** Whether a paper is withdrawn, and how it is marked. */
function statesOf({ withdrawn }: Paper, bits: number, { ascii }: PageLayout): string[] {
  return [
    ...(withdrawn ? ["withdrawn"] : []),
    ...(hasMark(bits, "starred") ? [ascii ? "* starred" : "★ starred"] : []),
    ...(hasMark(bits, "later") ? [ascii ? "L later" : "◷ later"] : []),
    hasMark(bits, "read") ? "read" : ascii ? "o unread" : "● unread",
  ];
}

/** The facts that have room in one line before the states, in their order. */
function factsThatFit(facts: readonly string[], states: readonly string[], width: number): readonly string[] {
  const shown: string[] = [];
  for (const fact of facts) if (cellWidth([...shown, fact, ...states].join(" · ")) <= width) shown.push(fact);
  return shown;
}

/** Facts on as many lines as they need: a line ends between two facts, unless one is longer than a line. */
function factLines(facts: readonly string[], width: number): PageLine[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const joined = `${lines.at(-1)} · ${fact}`;
    if (lines.length > 0 && cellWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(...wrap(fact, width).map(({ start, end }) => fact.slice(start, end)));
  }
  return lines.map((text) => ({ kind: "facts", text, start: 0 }));
}

function field(kind: PageLine["kind"], text: string, width: number, set?: PageLine["set"]): PageLine[] {
  return wrapParagraph(text, width).map(({ start, end }) => ({
    kind,
    text: text.slice(start, end),
    start,
    ...(set ? { set } : {}),
  }));
}
