import type { ParsedListing, Problem } from "../../papers/listing.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { cutToLength } from "../../text/cells.js";
import { clean } from "../../text/clean.js";
import { thousands } from "../../text/numbers.js";
import { isoDay, type PageDate, readPageDate } from "../fields/dates.js";
import type { Format, ReadOptions } from "../format.js";

/**
 * The text of Hugging Face's Daily Papers page, from a browser's "select all, copy" or a text extractor:
 *
 *     Daily Papers                       header lines
 *     Oct 29                             the day shown, without its year
 *     Title
 *                                        (blank)
 *     Abstract, in one line
 *                                        (blank)
 *       • 8 authors                      trailer: count, dot, the paper's own date;
 *     ·                                  absent if the page shows an organization instead
 *     Sep 26                             dates in the listing's year have no year
 *
 * Only trailers and blank lines separate papers, so nothing inside an abstract's line can split it.
 */
export const dailyPage: Format = {
  name: "Daily Papers page (text)",
  from: "https://huggingface.co/papers, copied from a browser",
  knownBy: "lines of “• N authors”, “·” and a date after each paper",
  title: "Daily Papers",
  hasDays: true,
  detect,
  parse,
};

const titleLimit = 1_000;
const abstractLimit = 50_000;
const authorsLine = /^\s*•\s*[\d,]{1,9}\s+authors?\s*$/i;
const dotLine = /^\s*·\s*$/;
const headerLines = /^(new|daily papers|subscribe|get trending papers .*|by\s*ak\b.*|daily|weekly|monthly)$/i;

/** Consecutive non-blank lines, and the number of the first. */
interface Block {
  readonly line: number;
  readonly lines: readonly string[];
}

interface Trailer {
  readonly authorCount: number | null;
  readonly date: PageDate | null;
}

interface Draft {
  readonly line: number;
  readonly title: string;
  readonly abstract: string;
  readonly trailer: Trailer | null;
}

function detect(text: string): number {
  const head = text.slice(0, 20_000);
  const trailers =
    /^[ \t\u00a0]{0,40}•\s{0,40}[\d,]{1,9}\s{1,40}authors?\s{0,40}\n\s{0,40}·\s{0,40}\n/im.test(
      text.slice(0, 400_000),
    );
  const header = /^[ \t\u00a0]{0,40}Daily Papers[ \t\u00a0]{0,40}\r?$/im.test(head) && /AK\b/.test(head);
  if (trailers) return header ? 1 : 0.9;
  // A page without trailers may be cut off before the first. Lines of links mean another extractor's page
  // (`linked-page.ts`).
  return header && !/^[ \t\u00a0]{0,40}https:\/\/huggingface\.co\//im.test(head) ? 0.6 : 0;
}

function parse(text: string, options: ReadOptions): ParsedListing {
  const problems: Problem[] = [];
  const { day, blocks } = withoutHeader(split(text));
  const drafts = toDrafts(blocks, problems);
  const years = drafts.flatMap((draft) => draft.trailer?.date?.year ?? []);
  const year = listingYear(day, years, options);
  const papers = drafts.map((draft) => toPaper(draft, year, problems));
  const last = drafts.at(-1);
  if (last && last.trailer === null) {
    problems.push({
      line: last.line,
      message: `“${short(last.title)}” ends the file without its authors and date: the file may be cut off`,
    });
  }
  return { papers, day: day && isoDay(day, year), problems };
}

function split(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let number = 0;
  for (const line of text.split("\n")) {
    number += 1;
    const blank = line.trim() === "";
    if (!blank) lines.push(line);
    // A date after a dot ends a paper even if the extractor omitted the blank line.
    const ends = dotLine.test(lines.at(-2) ?? "") && readPageDate(line) !== null;
    if ((blank || ends) && lines.length > 0) {
      blocks.push({ line: number - lines.length + (blank ? 0 : 1), lines });
      lines = [];
    }
  }
  if (lines.length > 0) blocks.push({ line: number - lines.length + 1, lines });
  return blocks;
}

/** Removes the page's own header lines and the day. A paper's text is never a header line. */
function withoutHeader(blocks: readonly Block[]): { day: PageDate | null; blocks: readonly Block[] } {
  let index = 0;
  while (index < blocks.length && blocks[index]?.lines.every((line) => headerLines.test(line.trim()))) {
    index += 1;
  }
  const block = blocks[index];
  const day = block?.lines.length === 1 ? readPageDate(block.lines[0] as string) : null;
  return { day, blocks: blocks.slice(day ? index + 1 : index) };
}

/** Groups blocks into papers. Each trailer ends one; the blocks before it are titles and abstracts. */
function toDrafts(blocks: readonly Block[], problems: Problem[]): Draft[] {
  const drafts: Draft[] = [];
  let texts: Block[] = [];
  for (const block of blocks) {
    const { text, trailer } = takeTrailer(block, problems);
    if (text) texts.push(text);
    if (!trailer) continue;
    if (texts.length === 0) {
      problems.push({ line: block.line, message: "authors and a date without a paper before them" });
      continue;
    }
    drafts.push(...pairUp(texts, trailer));
    texts = [];
  }
  drafts.push(...pairUp(texts, null));
  return drafts;
}

/** Splits a block into its text and the trailer at its end, as extractors differ in blank lines. */
function takeTrailer(block: Block, problems: Problem[]): { text: Block | null; trailer: Trailer | null } {
  const at = block.lines.findIndex((line) => authorsLine.test(line));
  if (at >= 0) {
    const count = Number((block.lines[at] as string).replace(/\D/g, ""));
    const dated = dotLine.test(block.lines[at + 1] ?? "");
    const date = dated ? readPageDate(block.lines[at + 2] ?? "") : null;
    if (dated && !date) {
      problems.push({
        line: block.line + at + 2,
        message: "a date was expected here, like “Sep 26” or “Dec 19, 2023”",
      });
    }
    return { text: textOf(block, at), trailer: { authorCount: count, date } };
  }
  // Only "·" and a date: the page shows an organization instead of the author count.
  const dot = block.lines.findIndex(
    (line, i) => dotLine.test(line) && readPageDate(block.lines[i + 1] ?? ""),
  );
  if (dot >= 0) {
    return {
      text: textOf(block, dot),
      trailer: { authorCount: null, date: readPageDate(block.lines[dot + 1] as string) },
    };
  }
  if (/^\s*•/.test(block.lines[0] as string)) {
    problems.push({ line: block.line, message: "authors and date are cut off here" });
    return { text: null, trailer: { authorCount: null, date: null } };
  }
  return { text: block, trailer: null };
}

function textOf(block: Block, count: number): Block | null {
  return count === 0 ? null : { line: block.line, lines: block.lines.slice(0, count) };
}

/**
 * Pairs titles with abstracts in the text blocks before a trailer. A paper without a trailer leaves its two
 * blocks before those of the next paper, so an even number is split into pairs. An odd number means that an
 * abstract is missing or was split; then length and the final full stop decide which blocks are abstracts.
 */
function pairUp(texts: readonly Block[], trailer: Trailer | null): Draft[] {
  const found: { line: number; title: string; abstract: string }[] = [];
  const inPairs = texts.length % 2 === 0;
  texts.forEach((block, index) => {
    const text = block.lines.join(" ");
    const before = found.at(-1);
    const isAbstract = inPairs ? index % 2 === 1 : index > 0 && looksLikeAbstract(text);
    if (isAbstract && before) before.abstract = before.abstract ? `${before.abstract} ${text}` : text;
    else found.push({ line: block.line, title: text, abstract: "" });
  });
  return found.map((one, index) => ({ ...one, trailer: index === found.length - 1 ? trailer : noTrailer }));
}

/** A paper in the middle of a page may have no trailer; at the end of a file, that means it was cut off. */
const noTrailer: Trailer = { authorCount: null, date: null };

function looksLikeAbstract(text: string): boolean {
  return text.length > 250 || (text.length > 80 && /[.!?)]\s*$/.test(text));
}

/**
 * The year of dates without one. The page omits the year in which it was shown. That year is the one the
 * user gave, else the year after the latest that is written out, else the newest in which the day shown is
 * not in the future.
 */
function listingYear(day: PageDate | null, years: readonly number[], options: ReadOptions): number | null {
  if (options.date) return Number(options.date.slice(0, 4));
  if (day?.year) return day.year;
  if (years.length > 0) return Math.max(...years) + 1;
  const thisYear = Number(options.today.slice(0, 4));
  const shown = day && isoDay(day, thisYear);
  return shown && shown > options.today ? thisYear - 1 : thisYear;
}

function toPaper(draft: Draft, year: number | null, problems: Problem[]): Paper {
  const { trailer, line } = draft;
  return makePaper({
    title: limited(draft.title, titleLimit, line, problems) || "(no title)",
    abstract: limited(draft.abstract, abstractLimit, line, problems),
    authorCount: trailer?.authorCount ?? null,
    published: trailer?.date ? isoDay(trailer.date, year) : null,
  });
}

/** Cleans a text. One longer than the limit means a broken file; it is cut, and that is reported. */
function limited(text: string, limit: number, line: number, problems: Problem[]): string {
  if (text.length <= limit) return clean(text);
  problems.push({
    line,
    message: `${thousands(text.length)} characters where a title or abstract should be: cut after ${thousands(limit)}`,
  });
  return `${clean(cutToLength(text, limit))}…`;
}

function short(title: string): string {
  const text = clean(title.slice(0, 200));
  return text.length > 40 ? `${cutToLength(text, 40).trimEnd()}…` : text;
}
