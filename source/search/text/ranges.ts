import { normalize, type Unit, units, type Word } from "./normalize.js";

/** A range of a text: UTF-16 offsets, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Maps the offsets `from` to `to` of a normalized token back to a range of `text`. A character that is only
 * partly matched (the "fi" ligature) is included as a whole, with its marks.
 */
export function placeInWord(text: string, word: Word, from: number, to: number): Range {
  const written = text.slice(word.start, word.end);
  if (from === 0 && to === word.text.length) return { start: word.start, end: word.end };
  if (written.toLowerCase() === word.text) return { start: word.start + from, end: word.start + to };
  let start = -1;
  let end = -1;
  let reached = 0;
  for (const unit of units(written)) {
    // The joiner of a compound token ("-") is not part of the token's text, so it takes up no letters.
    if (unit.normalized === "" || !word.text.startsWith(unit.normalized, reached)) continue;
    const after = reached + unit.normalized.length;
    if (start < 0 && after > from) start = unit.start;
    if (reached < to) end = unit.end;
    reached = after;
  }
  return { start: word.start + start, end: word.start + end };
}

/**
 * Normalizes a text for phrase search: `normalize`, then one kind of dash, one kind of quote and single
 * spaces.
 */
export function flatten(text: string, keepCase: boolean): string {
  return alike(normalize(text, keepCase)).replace(/\s+/g, " ");
}

/** Maps ranges `[from, to)` of the flattened text back to ranges of `text`. */
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

/** Sorts ranges and merges those that touch or overlap. */
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

/** Unifies dashes and quotes without changing the length of the text. */
function alike(text: string): string {
  return text
    .replace(/[‐‑‒–—−]/g, "-")
    .replace(/[‘’]/g, "'")
    .replace(/[“”„]/g, '"');
}
