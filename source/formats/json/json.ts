import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { thousands } from "../../text/numbers.js";
import { eachLine } from "../fields/lines.js";
import type { Format } from "../format.js";
import { type JsonListing, unwrapped, withoutContainers } from "./entries.js";
import { eachEntry } from "./entry-bytes.js";
import { type Fields, isFields, objectAt, textLimit, text as textOf } from "./fields.js";
import { isJsonLines, JsonLinesReader } from "./json-lines.js";
import { parseOrNothing, type Salvaged, salvage, unreadableJson, withoutControls } from "./salvage.js";

/**
 * The papers of a JSON text in order, and the problems found: entries that are not papers, damage
 * (`salvage`), an API's error message in place of papers. Never throws; takes linear time.
 */
export function readJsonListing(text: string, listing: JsonListing): ParsedListing {
  if (isJsonLines(text.slice(0, linesHead))) return readJsonLines(text, listing);
  const problems: Problem[] = [];
  const found = entriesOf(text, listing, problems);
  const reader = new EntryReader(listing, text.length, problems);
  for (const entry of withoutContainers(found.entries, listing.inside)) reader.take(entry);
  const { papers } = reader;
  const isTruncated = found.isTruncated ? { isTruncated: true as const } : {};
  const listed = { papers, day: null, problems, ...isTruncated };
  return papers.length > 0 || !isDamaged(problems) ? listed : (linesOfDamaged(text, listing) ?? listed);
}

/**
 * The papers of a JSON text of which each entry can be decoded and parsed by itself (`eachEntry`), so that neither
 * the text nor what JSON makes of it is in memory as a whole; the same as `readJsonListing`. `null` for any other
 * text, and without papers.
 */
export function readJsonEntries(bytes: Uint8Array, listing: JsonListing): ParsedListing | null {
  const problems: Problem[] = [];
  const reader = new EntryReader(listing, bytes.length, problems);
  const outer = eachEntry(bytes, listing, (entry) => {
    for (const one of withoutContainers([entry], listing.inside)) reader.take(one);
  });
  if (outer === null || errorOf(outer) !== null) return null;
  return reader.papers.length > 0 ? { papers: reader.papers, day: null, problems } : null;
}

/** Reads the entries of one JSON text in order. */
class EntryReader {
  readonly papers: Paper[] = [];
  readonly #listing: JsonListing;
  readonly #mayBeTooLong: boolean;
  readonly #problems: Problem[];
  #count = 0;

  /** @param length of the text, in characters or bytes @param problems receives the problems */
  constructor(listing: JsonListing, length: number, problems: Problem[]) {
    this.#listing = listing;
    this.#mayBeTooLong = length > textLimit;
    this.#problems = problems;
  }

  take(entry: unknown): void {
    this.#count += 1;
    // Its problem has been reported already.
    if (entry === undefined) return;
    const read = isFields(entry) ? this.#listing.toPaper(entry) : "is not a paper and was skipped";
    if (typeof read === "string") {
      this.#problems.push({ line: null, message: `entry ${this.#count} ${read}`, skips: 1 });
      return;
    }
    this.papers.push(read);
    if (!this.#mayBeTooLong || !holdsTooLong(entry as Fields, true)) return;
    const message = `entry ${this.#count}: a text was cut after ${thousands(textLimit)} characters`;
    this.#problems.push({ line: null, message });
  }
}

/** Whether the text was no JSON as a whole. */
function isDamaged(problems: readonly Problem[]): boolean {
  return problems.some(({ message }) => message === unreadableJson);
}

/**
 * The papers of a text that is no JSON as a whole but has one object on most lines, of which several at its
 * beginning are torn; `null` if it is something else.
 */
function linesOfDamaged(text: string, listing: JsonListing): ParsedListing | null {
  const lines = readJsonLines(text, listing);
  const skipped = lines.problems.reduce((sum, { skips = 0 }) => sum + skips, 0);
  return lines.papers.length > 1 && lines.papers.length >= skipped ? lines : null;
}

/** How many characters are checked for one object per line; longer lines are judged by their beginning. */
const linesHead = 1_000_000;

/** Reads one object per line, a form in which every JSON format also occurs. */
function readJsonLines(text: string, listing: JsonListing): ParsedListing {
  const papers: Paper[] = [];
  const reader = new JsonLinesReader({ push: (paper) => void papers.push(paper) }, listing);
  eachLine(text, (line, number) => reader.take(line, number));
  return { papers, ...reader.end(!text.endsWith("\n")) };
}

/**
 * Makes a JSON format: an array of entries, a response that holds one, a single entry, or one entry per
 * line (JSON Lines). Long JSON Lines are read line by line.
 */
export function jsonFormat(
  about: Pick<Format, "name" | "title" | "detect" | "from" | "knownBy" | "whyEmpty"> & {
    readonly listing: JsonListing;
  },
): Format {
  const { listing, ...rest } = about;
  return {
    ...rest,
    parse: (text) => readJsonListing(text, listing),
    parseBytes: (bytes) => readJsonEntries(bytes, listing),
    lines: (papers) => new JsonLinesReader(papers, listing),
    isLines: isJsonLines,
  };
}

/**
 * Whether any text exceeds the limit. `inside` also checks one level deeper, where some responses hold the
 * paper.
 */
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
    problems.push({ line: null, message: "it is a single value, not a list of papers" });
    return whole([]);
  }
  const error = errorOf(root);
  if (error !== null) {
    problems.push({ line: null, message: `the server answered with an error: “${error}”` });
    return whole([]);
  }
  const fields = unwrapped(root, envelope);
  const list = lists.find((name) => Array.isArray(fields[name]));
  return whole(list === undefined ? [fields] : (fields[list] as unknown[]));
}

/** The message in an API's error object: `{"error": "Invalid date"}`, `{"message": "…", "code": "429"}`. */
function errorOf(root: Fields): string | null {
  const message = textOf(root.message) ?? textOf(objectAt(root.error).message);
  const error = textOf(root.error) ?? (root.error === undefined && root.code === undefined ? null : message);
  if (error === null) return null;
  const whole = message === null || message === error ? error : `${error}: ${message}`;
  return whole.length > 300 ? `${whole.slice(0, 300).trimEnd()}…` : whole;
}

/** Whether a text begins like JSON: an object or an array, after an optional BOM. */
export function startsJson(head: string): boolean {
  return /^[\ufeff\s]*(?:\{|\[\s*(?:[{\]]|null\b|$))/.test(head);
}

/** The part of a text that format detection looks at. */
export function headOf(text: string): string {
  return text.slice(0, 65_536);
}
