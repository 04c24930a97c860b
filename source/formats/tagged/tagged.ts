import { arxivId } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { fromMarkup } from "../../text/markup.js";
import { fromTexAccents } from "../../text/names.js";
import { firstDoi } from "../feed/feed.js";
import { listedNames } from "../fields/author-line.js";
import { dateIn } from "../fields/dates.js";
import { eachLine } from "../fields/lines.js";
import { foundPaper } from "../json/found-paper.js";
import { paperAt } from "../web/paper-addresses.js";

/** The first line of a field. */
export interface TagLine {
  readonly tag: string;
  readonly value: string;
}

/** The syntax of a format in which each entry is a series of tags and values. */
export interface Tagging {
  /** The field that a line begins; `null` if it continues the previous field or belongs to none. */
  read(line: string): TagLine | null;
  /** Whether a tag begins an entry, whatever comes before it. */
  begins(tag: string): boolean;
  /** Whether a tag or an untagged line ends the current entry: "ER", a blank line. */
  ends(tag: string | null, line: string, entry: TaggedEntry | null): boolean;
  /** Tags of the file, not of an entry. */
  readonly outside: ReadonlySet<string>;
  toPaper(entry: TaggedEntry): Paper | string;
}

/** An entry: the values of each tag in order, each value as its lines. */
export class TaggedEntry {
  readonly #values = new Map<string, string[][]>();

  constructor(
    /** Line of its first field, from 1. */
    readonly line: number,
  ) {}

  add(tag: string, value: string[]): void {
    const values = this.#values.get(tag);
    if (values) values.push(value);
    else this.#values.set(tag, [value]);
  }

  get isEmpty(): boolean {
    return this.#values.size === 0;
  }

  /** All values of the tags, each with its lines joined. */
  all(...tags: readonly string[]): string[] {
    return tags.flatMap((tag) => this.#values.get(tag)?.map((lines) => lines.join(" ")) ?? []);
  }

  /** All lines of the tags, for fields with one value per line. */
  lines(...tags: readonly string[]): string[] {
    return tags.flatMap((tag) => this.#values.get(tag)?.flat() ?? []);
  }

  /** The first non-empty text of the tags, without markup; `null` if there is none. */
  text(...tags: readonly string[]): string | null {
    for (const value of this.all(...tags)) {
      const text = fromMarkup(value);
      if (text !== "") return text;
    }
    return null;
  }
}

/** Reads the papers of a text made of tags and values. Linear in its length; never throws. */
export function readTagged(text: string, tagging: Tagging): ParsedListing {
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  let entry: TaggedEntry | null = null;
  let value: string[] | null = null;
  const finish = () => {
    if (entry !== null && !entry.isEmpty) {
      const found = tagging.toPaper(entry);
      if (typeof found !== "string") papers.push(found);
      else problems.push({ line: entry.line, message: `an entry ${found}`, skips: 1 });
    }
    entry = null;
    value = null;
  };
  eachLine(text, (line, number) => {
    const found = tagging.read(line);
    if (found !== null && tagging.begins(found.tag)) finish();
    if (tagging.ends(found?.tag ?? null, line, entry)) finish();
    else if (found !== null) {
      if (tagging.outside.has(found.tag)) return;
      entry ??= new TaggedEntry(number);
      value = [found.value];
      entry.add(found.tag, value);
    } else if (line.trim() !== "") value?.push(line.trim());
  });
  finish();
  return { papers, day: null, problems };
}

/** Which tags hold which field of a paper, best first. */
export interface Tags {
  readonly title: readonly string[];
  readonly authors: readonly string[];
  readonly abstract: readonly string[];
  readonly journal: readonly string[];
  readonly dates: readonly string[];
  readonly doi: readonly string[];
  readonly urls: readonly string[];
  readonly keywords: readonly string[];
  /** Set if a single line of keywords may separate them by commas. */
  readonly commaKeywords?: true;
  readonly volume: readonly string[];
  readonly pages: readonly string[];
  readonly citations?: readonly string[];
}

/**
 * Converts an entry to a paper by its tags. Returns a string that says what is wrong if that fails.
 * @param name the source's own identifier
 * @param page the source's page of the paper, used if it has no other address
 */
export function paperOfTags(
  entry: TaggedEntry,
  tags: Tags,
  { name = null, page = null }: { readonly name?: string | null; readonly page?: string | null } = {},
): Paper | string {
  const urls = entry
    .all(...tags.urls)
    .map(clean)
    .filter((url) => /^https?:\/\/[^\s/]\S*$/i.test(url));
  const dois = entry.all(...tags.doi).map((one) => clean(one).replace(/\s*\[doi\]\s*$/i, ""));
  const arxiv =
    [...dois, ...urls].map((one) => arxivId(one) ?? paperAt(one)?.arxiv ?? null).find((id) => id !== null) ??
    null;
  const doi =
    firstDoi(...dois) ?? urls.map((url) => paperAt(url)?.doi ?? null).find((one) => one !== null) ?? null;
  const title = entry.text(...tags.title);
  return foundPaper({
    title: title === null ? null : fromTexAccents(title),
    abstract: entry.text(...tags.abstract) ?? "",
    authors: authorsOf(entry, tags.authors),
    published: dateOf(entry.all(...tags.dates)),
    keywords: keywordsOf(entry.lines(...tags.keywords), tags.commaKeywords ?? false),
    journal: entry.text(...tags.journal),
    arxiv,
    doi,
    url: urls.find((url) => paperAt(url)?.arxiv == null) ?? (doi === null && arxiv === null ? page : null),
    citations: citationsOf(entry.all(...(tags.citations ?? []))),
    volume: entry.text(...tags.volume),
    pages: entry.text(...tags.pages),
    name,
  });
}

/** The keywords, one a line or separated by semicolons; a single line may have commas instead. */
function keywordsOf(lines: readonly string[], mayHaveCommas: boolean): string[] {
  const hasCommas = mayHaveCommas && lines.length === 1 && !lines[0]?.includes(";");
  return lines
    .flatMap((line) => line.split(hasCommas ? "," : ";"))
    .map(fromMarkup)
    .filter((word) => word !== "");
}

/** The highest of several counts: a database gives its own and one across all databases. */
function citationsOf(texts: readonly string[]): number | null {
  const counts = texts.map((text) => /^\s*(\d{1,9})\s*$/.exec(text)?.[1]).filter((one) => one !== undefined);
  return counts.length === 0 ? null : Math.max(...counts.map(Number));
}

/** The names under the first tag that has any. Full names have another tag than names with initials. */
function authorsOf(entry: TaggedEntry, tags: readonly string[]): readonly string[] {
  for (const tag of tags) {
    const written = entry
      .lines(tag)
      .flatMap((line) => line.split(";"))
      // Zoological Record has the address of a person after the name.
      .map((name) => name.replace(/(?:\s*\([^\s()]{1,100}@[^\s()]{1,100}\)|[;,])\s*$/, ""));
    const names = listedNames(written);
    if (names.length > 0) return names;
  }
  return [];
}

/** The most precise of the dates; "FEB 8" takes its year from another field. */
function dateOf(texts: readonly string[]): string | null {
  const years = texts
    .map((text) => /(?<!\d)\d{4}(?!\d)/.exec(text)?.[0])
    .filter((year) => year !== undefined);
  let best: string | null = null;
  for (const text of texts) {
    const withYear = /\d{4}/.test(text) ? text : `${text} ${years[0] ?? ""}`;
    const date = dateIn(withYear);
    if (date !== null && (best === null || (date.startsWith(best) && date.length > best.length))) best = date;
  }
  return best;
}
