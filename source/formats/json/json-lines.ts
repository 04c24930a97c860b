import type { ParsedListing, Problem } from "../../papers/listing.js";
import { thousands } from "../../text/numbers.js";
import type { LineReader, PaperSink } from "../format.js";
import { type JsonListing, papersIn } from "./entries.js";
import { type Fields, isFields } from "./fields.js";
import { parseOrNothing } from "./salvage.js";

/** Up to this many lines that are not papers are reported one by one; the rest are only counted. */
const reportedLines = 1_000;
/** How many lines at the beginning are checked. */
const lookedAt = 20;

/**
 * Whether a text is JSON Lines, one object per line, judged by its beginning: one line is a complete
 * object, and no earlier line opens an object that continues on the next. Text before the first object is skipped,
 * as in a file of which the beginning is lost. https://jsonlines.org
 */
export function isJsonLines(head: string): boolean {
  // Most JSON is on one line, and parsing it here would double the time of reading it.
  if (!head.trim().includes("\n")) return false;
  let start = head.startsWith("\ufeff") ? 1 : 0;
  if (!/[[{]/.test(head.slice(start).trimStart().charAt(0))) start = firstObject.exec(head)?.index ?? 0;
  let whole = 0;
  let broken = 0;
  let foreign = 0;
  let beginsWhole = false;
  for (let count = 0; count < lookedAt && start < head.length; count += 1) {
    const found = head.indexOf("\n", start);
    const line = head.slice(start, found < 0 ? head.length : found).trim();
    start = found < 0 ? head.length : found + 1;
    if (line === "") continue;
    // Any other line is part of an object or array that spans several lines, unless a whole object is before it.
    if (line.length < 2 || !line.startsWith("{")) {
      foreign += 1;
      const isForeign = beginsWhole && !/^[[\],]*$/.test(line);
      if (foreign === 1 && (isForeign ? whole >= broken : whole > 1 && whole > broken)) return true;
    } else if (line.endsWith("}") && isFields(parseOrNothing(line))) {
      beginsWhole ||= broken === 0;
      whole += 1;
    } else broken += 1;
  }
  // In one JSON text no two lines in a row are whole objects: a comma ends all but the last.
  if (foreign > 0) return whole > broken + foreign + 1;
  return whole > 0 && whole + broken > 1 && whole >= broken;
}

const firstObject = /^[ \t]*\{/m;

/** Reads JSON Lines with entries described by `listing`. An unreadable line costs only its own paper. */
export class JsonLinesReader implements LineReader {
  readonly #papers: PaperSink;
  readonly #listing: JsonListing;
  readonly #problems: Problem[] = [];
  #count = 0;
  #unreported = 0;
  #last: { readonly number: number; readonly isWhole: boolean; readonly isRead: boolean } | null = null;

  constructor(papers: PaperSink, listing: JsonListing) {
    this.#papers = papers;
    this.#listing = listing;
  }

  get count(): number {
    return this.#count;
  }

  take(line: string, number: number): void {
    const text = line.trim().replace(/,$/, "");
    if (text === "") return;
    // A failed attempt takes longer than reading a paper.
    const value = text.startsWith("{")
      ? (parseOrNothing(text) ?? parseOrNothing(text.replace(/[\x00-\x1f]/g, " ")))
      : undefined;
    const isRead = isFields(value)
      ? this.#takeObject(value, number)
      : this.#skip(number, "a line that is not a paper was skipped");
    this.#last = { number, isWhole: text.endsWith("}"), isRead };
  }

  #takeObject(value: Fields, number: number): boolean {
    let isRead = false;
    for (const found of papersIn(value, this.#listing)) {
      if (typeof found === "string") this.#skip(number, `the entry ${found}`);
      else {
        this.#count += 1;
        this.#papers.push(found);
        isRead = true;
      }
    }
    return isRead;
  }

  #skip(number: number, message: string): false {
    if (this.#problems.length < reportedLines) this.#problems.push({ line: number, message, skips: 1 });
    else this.#unreported += 1;
    return false;
  }

  end(isCut: boolean): Omit<ParsedListing, "papers"> {
    const problems = [...this.#problems];
    let unreported = this.#unreported;
    const last = this.#last;
    const isTruncated = isCut && last !== null && !last.isWhole && !last.isRead;
    if (isTruncated) {
      if (unreported > 0) unreported -= 1;
      else problems.pop();
      problems.push({ line: last.number, message: "the file ends in the middle of a paper", skips: 1 });
    }
    if (unreported > 0) {
      const [lines, were] = unreported === 1 ? ["line", "was"] : ["lines", "were"];
      const message = `${thousands(unreported)} more ${lines} that cannot be read ${were} skipped`;
      problems.push({ line: null, message, skips: unreported });
    }
    return { day: null, problems, ...(isTruncated ? { isTruncated } : {}) };
  }
}
