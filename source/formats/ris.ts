import { arxivAddresses, arxivId, identityOf } from "../papers/identity.js";
import type { ParsedListing, Problem } from "../papers/listing.js";
import { makePaper, type Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { fromMarkup } from "../text/markup.js";
import { fromTexAccents, personName } from "../text/names.js";
import { saysWithdrawn } from "./arxiv-fields.js";
import { isName } from "./author-line.js";
import { dateIn, knownDate } from "./dates.js";
import { firstDoi } from "./feed.js";
import type { Format } from "./format.js";
import { eachLine, headOf } from "./lines.js";

/**
 * RIS, what reference managers and publishers export: a tag of two characters, two spaces, a dash
 * and the value; an entry from `TY` to `ER`. A line without a tag continues the one before it.
 * https://en.wikipedia.org/wiki/RIS_(file_format), after the RIS Format Specifications (2001, 2011).
 */
export const ris: Format = { name: "RIS file", title: null, recognise, parse };

// Not `.*`: publishers put U+2028 into titles, which a dot takes for the line's end.
const tagLine = /^([A-Z][A-Z0-9]) {2}- ?([^\n]*)$/;

/** An entry while its lines are read: each tag with its values, a value with its lines. */
interface Entry {
  readonly line: number;
  readonly values: Map<string, string[][]>;
}

function recognise(text: string): number {
  const head = headOf(text);
  if (/^\s*TY {2}- ?[A-Z]/.test(head)) return 1;
  return /^TY {2}- ?[A-Z]+\s*\n[A-Z][A-Z0-9] {2}-/m.test(head) ? 0.9 : 0;
}

function parse(text: string): ParsedListing {
  const problems: Problem[] = [];
  const papers: Paper[] = [];
  let entry: Entry | null = null;
  let value: string[] | null = null;
  let stray = false;
  const finish = () => {
    const paper = entry && toPaper(entry, problems);
    if (paper) papers.push(paper);
    entry = null;
    value = null;
  };
  eachLine(text, (line, number) => {
    const found = tagLine.exec(line.trimStart());
    const tag = found?.[1];
    if (tag === "TY") {
      // An entry may lack its end: the next one's beginning ends it as well.
      finish();
      entry = { line: number, values: new Map() };
      stray = false;
    } else if (tag === "ER") {
      finish();
    } else if (entry === null) {
      // Once for all the lines that stand together.
      if (tag && !stray) problems.push({ line: number, message: "fields outside of an entry were skipped" });
      stray ||= tag !== undefined;
    } else if (tag) {
      value = [found?.[2] ?? ""];
      const values = (entry as Entry).values.get(tag);
      if (values) values.push(value);
      else (entry as Entry).values.set(tag, [value]);
    } else if (line.trim() !== "") {
      value?.push(line);
    }
  });
  if (entry !== null) {
    const { line } = entry as Entry;
    finish();
    problems.push({ line, message: "the file ends before the end (ER) of this entry: it may be cut off" });
  }
  return { papers, day: null, problems };
}

function toPaper({ line, values }: Entry, problems: Problem[]): Paper | null {
  /** Every value of the tags, in their order. */
  const all = (...tags: string[]) =>
    tags.flatMap((tag) => values.get(tag)?.map((one) => one.join(" ")) ?? []);
  const first = (...tags: string[]) => all(...tags).find((one) => one.trim() !== "") ?? "";
  const text = (...tags: string[]) => fromMarkup(first(...tags)) || null;

  const title = fromMarkup(fromTexAccents(first("TI", "T1", "CT", "BT")));
  if (title === "") {
    problems.push({ line, message: "an entry without a title was skipped", skips: 1 });
    return null;
  }
  // ScienceDirect leaves the protocol out: "//www.sciencedirect.com/…".
  const urls = all("UR")
    .flatMap((one) => clean(one).split(/[ ;]+/))
    .map((one) => one.replace(/^\/\//, "https://"))
    .filter(isAddress);
  // Older exports have it only in a note or as the type of work: "doi: 10.1063/1.1954747".
  const doi = firstDoi(...[...all("DO"), ...urls, ...all("M3", "N1", "L3").filter(isDoi)].map(clean));
  // Zotero and Google Scholar have it as a note or journal: "arXiv preprint arXiv:1706.03762".
  const notes = all("N1").filter((one) => /^\s*arXiv:/i.test(one));
  const told = [...notes, ...all("T2", "JF", "JO")].map(
    (one) => /\barXiv:\s?([\w./-]{9,30})/i.exec(one)?.[1] ?? "",
  );
  const names = [...all("ID", "AN", "M1").map(clean), doi ?? "", ...urls, ...told];
  const arxiv = names.map(arxivId).find(Boolean) ?? null;
  const addresses = arxiv === null ? null : arxivAddresses(arxiv);
  // Reference managers keep arXiv's comments as a note of this form.
  const note = all("N1").find((one) => /^\s*Comments?:/i.test(one)) ?? "";
  const comment = fromMarkup(note.replace(/^\s*Comments?:/i, "")) || null;
  return makePaper({
    id: identityOf({ arxiv, doi }),
    title,
    abstract: withoutHeading(text("AB", "N2") ?? ""),
    authors: all("AU", "A1")
      .flatMap((one) => one.split(";"))
      .map(authorName)
      .filter(isName),
    published: dateOf(all("DA", "Y1", "PY")),
    keywords: (values.get("KW") ?? [])
      .flat()
      .flatMap((one) => one.split(";"))
      .map(fromMarkup)
      .filter(Boolean),
    url: urls[0] ?? addresses?.url ?? (doi === null ? null : `https://doi.org/${encodeURI(doi)}`),
    pdf: all("L1").map(clean).find(isAddress) ?? addresses?.pdf ?? null,
    doi,
    journal: text("JF", "T2", "JO", "J2"),
    comment,
    withdrawn: saysWithdrawn(comment ?? ""),
  });
}

function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text);
}

/** RIS writes "Last, First, Suffix", where BibTeX puts the suffix in the middle. */
function authorName(text: string): string {
  const parts = text.split(",").map((part) => part.trim());
  const [last, first, suffix] = parts;
  const turned = parts.length === 3 && !/^(?:jr|sr|ii|iii|iv)\.?$/i.test(first ?? "");
  return personName(turned ? `${last}, ${suffix}, ${first}` : text);
}

/** Whether a field is a DOI and says so, among fields that mostly are something else. */
function isDoi(text: string): boolean {
  return /^\s*(?:doi:|https?:\/\/(?:dx\.)?doi\.org\/)\s*10\./i.test(text);
}

/** Some publishers export the heading with the abstract, or nothing but it. */
function withoutHeading(abstract: string): string {
  return abstract.replace(/^(?:ABSTRACT\b[:.]?|Abstract(?:[:.]|$))\s*/, "");
}

/**
 * The most exact of the dates, which are told several times; month and day may be in words and
 * without the year, which stands in another field then ("JUN 8" and "2004", Web of Science).
 */
function dateOf(texts: readonly string[]): string | null {
  const dates = texts.flatMap((text) => dayOf(text) ?? dateIn(text) ?? []);
  const [first] = dates;
  if (first === undefined) return null;
  const words = texts.map((text) =>
    dateIn(/\d{4}/.test(text) ? text : `${inOrder(text)} ${first.slice(0, 4)}`),
  );
  return [...dates, ...words].reduce<string>(
    (best, date) => (date?.startsWith(best) && date.length > best.length ? date : best),
    first,
  );
}

/** "JUN 8" with its day in front. */
function inOrder(text: string): string {
  return text.slice(0, 50).replace(/^\s*([A-Za-z]{3,9})\.?\s+(\d{1,2})\s*$/, "$2 $1");
}

/** "2014/06/01/other text", "2014-06-01", "2014///": as much of the date as is said. */
function dayOf(text: string): string | null {
  const found = /^\s*(\d{4})(?!\d)(?:[/-](\d{1,2})?(?!\d)(?:[/-](\d{1,2})?(?!\d))?)?/.exec(text);
  return found && knownDate(found[1], found[2], found[3]);
}
