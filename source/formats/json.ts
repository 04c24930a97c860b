import type { ParsedListing, Problem } from "../papers/listing.js";
import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { fromMarkup } from "../text/markup.js";
import { fromTexAccents, personName } from "../text/names.js";
import { thousands } from "../text/numbers.js";
import { isIsoDay } from "./dates.js";
import type { Format } from "./format.js";
import { isJsonLines, JsonLinesReader } from "./json/json-lines.js";
import { parseOrNothing, type Salvaged, salvage, withoutControls } from "./json-salvage.js";
import { eachLine } from "./lines.js";

/** A JSON object of unknown shape. */
export type Fields = Readonly<Record<string, unknown>>;

/** How a listing in JSON holds its papers. */
export interface JsonListing {
  /** The names under which an outer object holds the array of its entries: "data", "results". */
  readonly lists: readonly string[];
  /** The names under which an answer holds that object, where it is in envelopes, the outer one first: "message". */
  readonly envelope?: readonly string[];
  /** The name under which an entry holds papers, where it is none itself: an author's "papers". */
  readonly inside?: string;
  /** Whether an object looks like an entry; asked only where damage hides which objects are. */
  isEntry(entry: Fields): boolean;
  /** The paper of an entry, or what is wrong with it, as in "entry 3 …": "has no title". */
  toPaper(entry: Fields): Paper | string;
}

/**
 * The papers of a JSON text, in order, and the problems met: entries that are no papers, damage
 * (`salvage`), an API's error message in place of papers. Never throws; takes linear time.
 */
export function readJsonListing(text: string, listing: JsonListing): ParsedListing {
  if (isJsonLines(text.slice(0, linesHead))) return readJsonLines(text, listing);
  const problems: Problem[] = [];
  const papers: Paper[] = [];
  const found = entriesOf(text, listing, problems);
  const entries = opened(found.entries, listing.inside);
  const mayBeTooLong = text.length > textLimit;
  for (const [index, entry] of entries.entries()) {
    // Its problem has been told already.
    if (entry === undefined) continue;
    const read = isFields(entry) ? listing.toPaper(entry) : "is not a paper and was skipped";
    if (typeof read !== "string") {
      papers.push(read);
      if (mayBeTooLong && holdsTooLong(entry as Fields, true)) {
        problems.push({
          line: null,
          message: `entry ${index + 1} holds a text of more than ${thousands(textLimit)} characters: cut there`,
        });
      }
    } else problems.push({ line: null, message: `entry ${index + 1} ${read}`, skips: 1 });
  }
  return { papers, day: null, problems, ...(found.isTruncated ? { isTruncated: true } : {}) };
}

/** So much of a text is looked at to see that it has an object a line; longer lines are seen by their beginning. */
const linesHead = 1_000_000;

/** One object a line, which every format in JSON comes as. */
function readJsonLines(text: string, listing: JsonListing): ParsedListing {
  const papers: Paper[] = [];
  const reader = new JsonLinesReader({ push: (paper) => void papers.push(paper) }, listing);
  eachLine(text, (line, number) => reader.take(line, number));
  return { papers, ...reader.end(!text.endsWith("\n")) };
}

/** The papers of one object: an entry, or an answer or envelope that holds entries; a text says what is wrong with one. */
export function papersIn(root: Fields, listing: JsonListing): readonly (Paper | string)[] {
  const { lists, envelope, inside } = listing;
  const fields = opening(root, envelope);
  const list = lists.find((name) => Array.isArray(fields[name]));
  const entries = opened(list === undefined ? [fields] : (fields[list] as unknown[]), inside);
  return entries.map((entry) =>
    isFields(entry) ? listing.toPaper(entry) : "is not a paper and was skipped",
  );
}

/**
 * A format in JSON: an array of entries, an answer that holds one, a single entry, or an entry a line
 * (JSON Lines), which is read line by line where it is long.
 */
export function jsonFormat(
  about: Pick<Format, "name" | "title" | "recognise" | "from" | "knownBy" | "whyEmpty"> & {
    readonly listing: JsonListing;
  },
): Format {
  const { listing, ...rest } = about;
  return {
    ...rest,
    parse: (text) => readJsonListing(text, listing),
    lines: (papers) => new JsonLinesReader(papers, listing),
    isLines: isJsonLines,
  };
}

/** Whether a text is over the limit; with `inside` also one step further in, where some answers hold the paper. */
function holdsTooLong(fields: Fields, inside: boolean): boolean {
  for (const name in fields) {
    const value = fields[name];
    if (
      typeof value === "string"
        ? value.length > textLimit
        : inside && isFields(value) && holdsTooLong(value, false)
    ) {
      return true;
    }
  }
  return false;
}

/** What an entry is told to be where it has no title. */
export const noTitle = "has no title and was skipped";

/** What is in the envelopes. */
function opening(root: Fields, envelope: readonly string[] = []): Fields {
  return envelope.reduce<Fields>((outer, name) => {
    const inner = outer[name];
    return isFields(inner) ? inner : outer;
  }, root);
}

/** The entries, with the papers of those that hold some in their place. */
function opened(entries: readonly unknown[], inside: string | undefined): readonly unknown[] {
  if (inside === undefined) return entries;
  const holds = (entry: unknown) => isFields(entry) && Array.isArray(entry[inside]);
  if (!entries.some(holds)) return entries;
  return entries.flatMap((entry) => (holds(entry) ? ((entry as Fields)[inside] as unknown[]) : [entry]));
}

function entriesOf(
  text: string,
  { lists, envelope, isEntry }: JsonListing,
  problems: Problem[],
): Omit<Salvaged, "problems"> {
  const whole = (entries: readonly unknown[]) => ({ entries, isTruncated: false });
  if (text.trim() === "") return whole([]);
  const root = parseOrNothing(text) ?? parseOrNothing(withoutControls(text));
  if (root === undefined) {
    const found = salvage(text, { lists, envelope }, (value) => isFields(value) && isEntry(value));
    problems.push(...found.problems);
    return found;
  }
  if (Array.isArray(root)) return whole(root);
  if (!isFields(root)) {
    problems.push({ line: null, message: "it holds a single value where papers should be" });
    return whole([]);
  }
  const error = errorOf(root);
  if (error !== null) {
    problems.push({ line: null, message: `the server answered with an error: “${error}”` });
    return whole([]);
  }
  const fields = opening(root, envelope);
  const list = lists.find((name) => Array.isArray(fields[name]));
  return whole(list === undefined ? [fields] : (fields[list] as unknown[]));
}

/** The message of an API's error object: `{"error": "Invalid date"}`, `{"message": "…", "code": "429"}`. */
function errorOf(root: Fields): string | null {
  const message = text(root.message) ?? text(objectAt(root.error).message);
  const error = text(root.error) ?? (root.error === undefined && root.code === undefined ? null : message);
  if (error === null) return null;
  const whole = message === null || message === error ? error : `${error}: ${message}`;
  return whole.length > 300 ? `${whole.slice(0, 300).trimEnd()}…` : whole;
}

/** Whether a JSON text of this kind may begin so: with an object or an array, behind any BOM. */
export function startsJson(head: string): boolean {
  return /^[\ufeff\s]*(?:\{|\[\s*(?:[{\]]|null\b|$))/.test(head);
}

/** The piece of a text that is looked at to tell its format. */
export function headOf(text: string): string {
  return text.slice(0, 65_536);
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const noFields: Fields = {};
const noEntries: readonly unknown[] = [];

/** The object that a field holds; an empty one where it holds something else. */
export function objectAt(value: unknown): Fields {
  return isFields(value) ? value : noFields;
}

/** The array that a field holds; an empty one where it holds something else. */
export function arrayAt(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : noEntries;
}

/** Nobody writes a text of megabytes: past the limit it is a broken file. */
const textLimit = 200_000;

/** A field's text, cut at the limit; `null` where it is none. */
function raw(value: unknown): string | null {
  if (typeof value !== "string") return null;
  return value.length > textLimit ? `${value.slice(0, textLimit)}…` : value;
}

/** The text that a field holds, cleaned; `null` where it holds none. */
export function text(value: unknown): string | null {
  const found = raw(value);
  return found === null ? null : clean(found) || null;
}

/** The text that a field holds, out of its HTML or JATS; `null` where it holds none. */
export function markup(value: unknown): string | null {
  const found = raw(value);
  if (found === null) return null;
  return fromMarkup(found) || null;
}

/** The title that a field holds, TeX accents and markup read; `null` where it holds none. */
export function titleAt(value: unknown): string | null {
  const found = raw(value);
  return found === null ? null : markup(fromTexAccents(found));
}

/** The name of a person that a field holds; `null` where it holds none. */
export function nameAt(value: unknown): string | null {
  const found = raw(value);
  if (found === null) return null;
  return personName(found) || null;
}

/** The texts of an array's fields, cleaned, without what is none. */
export function texts(value: unknown): string[] {
  return listOf(value, text);
}

/** What `read` makes of an array's fields, without `null`. */
export function listOf<T>(value: unknown, read: (one: unknown) => T | null): T[] {
  const found: T[] = [];
  for (const one of arrayAt(value)) {
    const what = read(one);
    if (what !== null) found.push(what);
  }
  return found;
}

/** The count that a field holds: a whole number, not below zero. */
export function countAt(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null;
}

/** The calendar day that a date or a timestamp begins with, as written. */
export function dayAt(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const day = value.slice(0, 10);
  return isIsoDay(day) ? day : null;
}

/** The web address that a field holds; nothing but http and https is one. */
export function addressAt(value: unknown): string | null {
  const address = text(value);
  return address !== null && /^https?:\/\/[^\s/]\S*$/i.test(address) ? address : null;
}
