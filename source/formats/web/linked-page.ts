import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { cutToLength } from "../../text/cells.js";
import { clean } from "../../text/clean.js";
import { isoDay, type PageDate } from "../fields/dates.js";
import type { Format, ReadOptions } from "../format.js";
import { isListOfNames } from "./identifiers.js";
import { toPaper } from "./linked-draft.js";
import { readHeadings } from "./linked-headings.js";
import { type Page, readLinkedLines } from "./linked-lines.js";

/**
 * The text of Hugging Face's pages of papers (https://huggingface.co/papers, its search and
 * https://huggingface.co/papers/trending) from text extractors that keep the links, either with the address
 * of each link on its own line (`linked-lines.ts`), or as Markdown with a heading for each paper
 * (`linked-headings.ts`). If a link contains the arXiv identifier, it is the paper's identity for marks.
 * `daily-page.ts` reads the same page without links.
 */
export const linkedPage: Format = {
  name: "Hugging Face papers page (text with links)",
  from: "https://huggingface.co/papers through extractors that keep links",
  knownBy:
    "addresses of papers on lines of their own between titles and texts, or `###` headings with counts of authors",
  title: "Hugging Face papers",
  detect,
  parse,
};

const paperAddress =
  /^[ \t]{0,40}\]?\(?https:\/\/huggingface\.co\/papers\/(?:\d{4}\.\d{4,5}|[a-z-]{2,20}\/\d{7})\)?[ \t]{0,40}\r?$/m;
const plainTrailer =
  /^[ \t]{0,40}•[ \t]{0,40}[\d,]{1,9} authors?[ \t]{0,40}\r?\n[ \t]{0,40}·[ \t]{0,40}\r?\n/im;

function detect(text: string): number {
  const head = text.slice(0, 65_536);
  const plain = plainTrailer.test(head);
  // Only addresses: a list that somebody keeps. A page has titles and text between them.
  if (paperAddress.test(head)) return plain ? 0.5 : isListOfNames(head) ? 0 : 0.95;
  if (plain) return 0;
  const start = head.slice(0, 20_000);
  const header =
    /^[ \t]{0,40}#{0,3}[ \t]{0,40}(?:daily|trending|weekly|monthly) papers[ \t]{0,40}\r?$/im.test(start);
  if (/^ {0,3}### \S/m.test(head)) {
    const facts = /^[ \t]{0,40}- [\d,]{1,9} authors?[ \t]{0,40}\r?$|\]\(https:\/\/github\.com\//im.test(head);
    if (header) return facts || /\bAK and the research community/.test(start) ? 0.95 : 0.5;
    return facts && /\[LINK: |\]\(https:\/\/huggingface\.co\/papers\//.test(head) ? 0.7 : 0;
  }
  // Cut off before its first paper.
  return header && /^https:\/\/huggingface\.co\/\S{1,300}\r?$/m.test(start) ? 0.65 : 0;
}

function parse(text: string, options: ReadOptions): ParsedListing {
  const problems: Problem[] = [];
  const lines = text.split("\n");
  const linked = paperAddress.test(text);
  const page = linked ? readLinkedLines(lines) : readHeadings(lines);
  const year = yearOf(page, options);
  const papers: Paper[] = [];
  for (const draft of page.drafts) {
    const paper = toPaper(draft, year, problems);
    if (paper.title !== "") papers.push(paper);
    else problems.push({ line: draft.line, message: "a paper without a title was skipped", skips: 1 });
  }
  const last = page.drafts.at(-1);
  if (last && last.title !== "" && (linked ? last.date === null : !last.ended && last.abstract === "")) {
    const title = clean(cutToLength(last.title, 60));
    problems.push({
      line: last.line,
      message: `“${title}” ends the file without ${linked ? "its date" : "an abstract"}: the file may be cut off`,
    });
  }
  return { papers, day: page.day && isoDay(page.day, year), problems };
}

/**
 * The year of dates without one. The page omits the year in which it was shown. That year is the one the
 * user gave, else that of the neighbouring day that the page links to, else the year after the latest that
 * is written out, else the newest in which the day shown is not in the future.
 */
function yearOf({ day, near, drafts }: Page, options: ReadOptions): number {
  if (options.date) return Number(options.date.slice(0, 4));
  if (day?.year) return day.year;
  if (day && near !== null) return nearest(day, near);
  const years = drafts.flatMap(({ date }) => date?.year ?? []);
  if (years.length > 0) return years.reduce((one, other) => Math.max(one, other)) + 1;
  const year = Number(options.today.slice(0, 4));
  const shown = day && isoDay(day, year);
  return shown && shown > options.today ? year - 1 : year;
}

/** The year in which the date is nearest to a neighbouring day, which may be in another year. */
function nearest(date: PageDate, near: string): number {
  const year = Number(near.slice(0, 4));
  const away = (of: number) =>
    Math.abs(Date.parse(isoDay({ ...date, year: null }, of) ?? near) - Date.parse(near));
  return [year - 1, year + 1].find((other) => away(other) < away(year)) ?? year;
}
