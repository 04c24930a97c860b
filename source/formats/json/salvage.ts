import type { Problem } from "../../papers/listing.js";

/** What could be read of damaged JSON: the entries in order, `undefined` for each broken one. */
export interface Salvaged {
  readonly entries: readonly unknown[];
  readonly problems: readonly Problem[];
  /** Whether the text ends in the middle of its entries. */
  readonly isTruncated: boolean;
}

/** Where the array of entries is in an outer object (see `JsonListing`). */
export interface ArrayPlace {
  readonly lists: readonly string[];
  readonly envelope?: readonly string[] | undefined;
}

/** The problem of a text in which not even the beginning of the entries was found. */
export const unreadableJson = "the JSON is damaged or cut off here; no paper could be read";

/** A value from `at` up to but not including `end`, or where it was found to be damaged or cut off. */
interface Span {
  readonly state: "whole" | "damaged" | "cut";
  readonly end: number;
}

const literal = /true|false|null|-?\d[\d.eE+-]*/y;

/**
 * Recovers the entries of a JSON text that `JSON.parse` rejects: the complete elements before and after the
 * damage, from the outer array or from the array at `place` in the outer object. One pass over the text, so
 * the time is linear whatever the damage. RFC 8259.
 *
 * After damage, it resumes at the next text that begins like the first entry. A nested object may begin the
 * same way, so the first entry taken after damage must pass `isEntry`.
 */
export function salvage(text: string, place: ArrayPlace, isEntry: (value: unknown) => boolean): Salvaged {
  const entries: unknown[] = [];
  const problems: Problem[] = [];
  const lineAt = lineCounter(text);
  const problem = (at: number, message: string) => problems.push({ line: lineAt(at), message });
  let isTruncated = false;
  const plain = withoutControls(text);
  let at = listStart(plain, place);
  if (at < 0) {
    problem(-at - 1, unreadableJson);
    return { entries, problems, isTruncated: -at - 1 >= plain.trimEnd().length };
  }
  const next = entryFinder(text, at);
  let searching = false;
  while (at >= 0) {
    at = afterSpace(plain, at);
    if (plain[at] === "]") {
      const after = afterSpace(plain, at + 1);
      if (plain[afterSpace(plain, 0)] === "[") {
        if (after < plain.length) problem(after, "unexpected text after the end of the listing");
      } else if (problems.length === 0) {
        isTruncated = true;
        problem(plain.length, "the JSON is damaged or cut off after its last paper");
      }
      break;
    }
    const span = at >= plain.length ? null : scanValue(plain, at);
    if (span === null) {
      isTruncated = true;
      problem(plain.length, "the file is cut off: papers may be missing");
      break;
    }
    if (span.state === "cut") {
      isTruncated = true;
      problems.push({
        line: lineAt(plain.length),
        message: "the file ends in the middle of a paper",
        skips: 1,
      });
      break;
    }
    const value = span.state === "whole" ? parseOrNothing(plain.slice(at, span.end)) : undefined;
    const isUsable = value !== undefined && (!searching || isEntry(value));
    if (isUsable) entries.push(value);
    else if (!searching) {
      entries.push(undefined);
      const line = lineAt(span.state === "damaged" ? span.end : at);
      problems.push({ line, message: `entry ${entries.length} is damaged and was skipped`, skips: 1 });
    }
    const after = afterSpace(plain, span.end);
    const goesOn = span.state === "whole" && (isUsable || !searching) && /^[,\]]?$/.test(plain[after] ?? "");
    if (goesOn) {
      at = plain[after] === "," ? after + 1 : after;
      searching = false;
      continue;
    }
    if (isUsable) problem(after, `the JSON is damaged after entry ${entries.length}`);
    at = next(Math.max(span.end, at + 1));
    searching = true;
    if (at < 0) problem(span.end, "no paper after this place could be read");
  }
  return { entries, problems, isTruncated };
}

/** Replaces control characters with spaces. JSON forbids them in strings. Offsets do not change. */
export function withoutControls(text: string): string {
  return text.replace(/[\x00-\x1f\ufeff]/g, " ");
}

/** The offset after the opening bracket of the array of entries; `-1 - offset` of the damage if negative. */
function listStart(plain: string, { lists, envelope }: ArrayPlace): number {
  let at = afterSpace(plain, 0);
  if (plain[at] === "[") return at + 1;
  if (plain[at] !== "{") return -1 - at;
  for (;;) {
    at = afterSpace(plain, at + 1);
    const key = plain[at] === '"' ? scanValue(plain, at) : null;
    if (key?.state !== "whole") return -1 - Math.min(key?.end ?? at, plain.length);
    const name = parseOrNothing(plain.slice(at, key.end));
    at = afterSpace(plain, key.end);
    if (plain[at] !== ":") return -1 - at;
    at = afterSpace(plain, at + 1);
    if (plain[at] === "[" && typeof name === "string" && lists.includes(name)) return at + 1;
    if (plain[at] === "{" && typeof name === "string" && envelope?.includes(name)) continue;
    const value = at < plain.length ? scanValue(plain, at) : null;
    if (value?.state !== "whole") return -1 - (value?.end ?? at);
    at = afterSpace(plain, value.end);
    if (plain[at] !== ",") return -1 - at;
  }
}

/**
 * Returns a function that finds the next offset at which an entry may begin. If entries are on lines of
 * their own, indentation separates them from nested objects; otherwise their first key does.
 */
function entryFinder(text: string, at: number): (from: number) => number {
  const [, space = "", start = ""] =
    /^(\s*)(\{\s{0,100}"[^"\\]{0,100}"|)/.exec(text.slice(at, at + 1_000)) ?? [];
  if (start === "") return () => -1;
  const lineBreak = space.lastIndexOf("\n");
  if (lineBreak < 0) return (from) => text.indexOf(start, from);
  const marker = `${space.slice(lineBreak)}{`;
  return (from) => {
    // `from` may be at the bracket of the entry itself.
    const found = text.indexOf(marker, from - marker.length + 1);
    return found < 0 ? -1 : found + marker.length - 1;
  };
}

/**
 * Where the value at `at` ends. Checks only enough grammar to locate damage: an extra or missing quote, a
 * missing bracket. `JSON.parse` checks the rest.
 * @param plain the text without control characters (`withoutControls`)
 */
export function scanValue(plain: string, at: number): Span {
  const inObject: boolean[] = [];
  do {
    at = afterSpace(plain, at);
    const char = plain[at];
    if (char === undefined) return { state: "cut", end: plain.length };
    if (char === '"') {
      at = stringEnd(plain, at);
      const after = afterSpace(plain, at);
      if (at > plain.length) return { state: "cut", end: plain.length };
      if (after < plain.length && !",:]}".includes(plain[after] as string)) {
        return { state: "damaged", end: after };
      }
    } else if (char === "{" || char === "[") {
      inObject.push(char === "{");
      at += 1;
    } else if (char === "}" || char === "]") {
      if (inObject.pop() !== (char === "}")) return { state: "damaged", end: at };
      at += 1;
    } else if (inObject.length > 0 && (char === "," || char === ":")) {
      const after = afterSpace(plain, at + 1);
      const needsKey = char === "," && inObject.at(-1);
      if (needsKey && after < plain.length && plain[after] !== '"') return { state: "damaged", end: after };
      at += 1;
    } else {
      literal.lastIndex = at;
      if (!literal.test(plain)) return { state: plain.length - at < 5 ? "cut" : "damaged", end: at };
      at = literal.lastIndex;
    }
  } while (inObject.length > 0);
  return { state: "whole", end: at };
}

/** The offset after the closing quote; beyond the end of the text if there is none. */
function stringEnd(plain: string, at: number): number {
  for (let place = at + 1; place < plain.length; place += 1) {
    const code = plain.charCodeAt(place);
    if (code === 0x22) return place + 1;
    if (code === 0x5c) place += 1;
  }
  return plain.length + 1;
}

function afterSpace(plain: string, at: number): number {
  let place = at;
  while (plain.charCodeAt(place) === 0x20) place += 1;
  return place;
}

/** No listing has as many arrays and objects inside each other. */
const deepest = 100_000;
/** `JSON.parse` takes less than a second for as many open brackets. In characters. */
const unchecked = 1_000_000;

/** Whether so many arrays and objects of a JSON text are inside each other that `JSON.parse` would take seconds. */
export function nestsTooDeep(text: string): boolean {
  if (text.length <= unchecked) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = closingQuote(text, at);
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return false;
}

/** The offset of the quote that ends a string; the end of the text if there is none. */
function closingQuote(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === 0x5c) before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}

/** `JSON.parse`, but returns `undefined`, which is not a JSON value, for JSON that is invalid or nested too deeply. */
export function parseOrNothing(text: string): unknown {
  if (nestsTooDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Returns a function from offset to line number, from 1. Offsets must be given in rising order, so that
 * each line is counted once.
 */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let counted = 0;
  return (at) => {
    const end = Math.min(at, text.length);
    for (let found = text.indexOf("\n", counted); found >= 0 && found < end; ) {
      line += 1;
      counted = found + 1;
      found = text.indexOf("\n", counted);
    }
    return line;
  };
}
