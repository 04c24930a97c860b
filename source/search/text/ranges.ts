import { normalize, type Unit, units, type Word } from "./normalize.js";

/** A part of a text: UTF-16 offsets, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The part of `text` that letters `from` to `to` of a normalized word stand for. A character that only
 * half of the match fell on (the "fi" ligature) is taken whole, with its marks.
 */
export function placeInWord(text: string, word: Word, from: number, to: number): Range {
  const written = text.slice(word.start, word.end);
  if (from === 0 && to === word.text.length) return { start: word.start, end: word.end };
  if (written.toLowerCase() === word.text) return { start: word.start + from, end: word.start + to };
  let start = -1;
  let end = -1;
  let reached = 0;
  for (const unit of units(written)) {
    // A joiner of a glued word normalizes to something the word does not have: it takes up no letters.
    if (unit.normalized === "" || !word.text.startsWith(unit.normalized, reached)) continue;
    const after = reached + unit.normalized.length;
    if (start < 0 && after > from) start = unit.start;
    if (reached < to) end = unit.end;
    reached = after;
  }
  return { start: word.start + start, end: word.start + end };
}

/**
 * A text with spaces, dashes and quotes made alike, for finding phrases in: `normalize`, then one kind of
 * dash and quote and single spaces.
 */
export function flatten(text: string, keepCase: boolean): string {
  return alike(normalize(text, keepCase)).replace(/\s+/g, " ");
}

/** The parts of `text` that the places `[from, to)` in its flattened form stand for. */
export function placesInFlat(text: string, keepCase: boolean, found: readonly Range[]): Range[] {
  const owners: Unit[] = [];
  let afterSpace = false;
  for (const unit of units(text, keepCase)) {
    for (const letter of alike(unit.normalized).split("")) {
      const isSpace = /\s/.test(letter);
      if (!isSpace || !afterSpace) owners.push(unit);
      afterSpace = isSpace;
    }
  }
  return found.map(({ start, end }) => ({
    start: (owners[start] as Unit).start,
    end: (owners[end - 1] as Unit).end,
  }));
}

/** Ranges sorted and, where they touch or overlap, made one. */
export function merged(ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = found.at(-1);
    if (last !== undefined && range.start <= last.end) {
      found[found.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else if (range.end > range.start) {
      found.push(range);
    }
  }
  return found;
}

/** One sign for each kind of dash and quote; every sign stays as long as it is. */
function alike(text: string): string {
  return text
    .replace(/[‐‑‒–—−]/g, "-")
    .replace(/[‘’]/g, "'")
    .replace(/[“”„]/g, '"');
}
