import Fuse from "fuse.js";

/** Longer words are pasted, not typed. Fuse's bit patterns also end at 32. */
const longestTyped = 32;

/**
 * The number of typos allowed in a normalized word: none up to 3 letters, one up to 7, two beyond. A word
 * without letters allows none: 2023 is not 2024.
 */
export function allowedEdits(word: string): number {
  if (word.length <= 3 || word.length > longestTyped || !/\p{L}/u.test(word)) return 0;
  return word.length <= 7 ? 1 : 2;
}

/** The end of the misspelt match in a word, and its edit distance. */
export interface TypoMatch {
  readonly end: number;
  readonly edits: number;
}

/**
 * Matches the misspelt `typed` against a prefix or all of `word`; `null` if they differ by more than `edits`.
 * The distance is Damerau–Levenshtein (optimal string alignment): an insertion, deletion, substitution or
 * transposition of neighbours is one edit. From 5 letters on `typed` may match a prefix, since the user may
 * still be typing, but only one that starts with the same letter and is at least as long as `typed`: "genome"
 * must not match the "geome" of "geometry". Digits must be equal.
 */
export function typoMatch(typed: string, word: string, edits: number): TypoMatch | null {
  if (edits === 0 || !mayBeMisspelt(typed, word, edits)) return null;
  const reached = word.slice(0, typed.length + edits);
  const distances = editDistances(typed, reached);
  const whole = distances[word.length];
  let end = -1;
  if (reached === word && whole !== undefined && whole <= edits) end = word.length;
  else if (mayGoOn(typed, word)) end = nearestEnd(distances, typed.length, edits);
  if (end < 0 || digitsOf(typed) !== digitsOf(word.slice(0, end))) return null;
  return { end, edits: distances[end] as number };
}

/** Whether the lengths and first letters of two words allow a match within `edits` typos. */
function mayBeMisspelt(typed: string, word: string, edits: number): boolean {
  const { shortest, longest, goesOn } = misspeltLengths(typed, edits);
  return word.length >= shortest && (word.length <= longest || (goesOn && typed[0] === word[0]));
}

/**
 * The lengths of the words that a misspelt word can match. If `goesOn`, longer words with the same first
 * letter can match too.
 */
export function misspeltLengths(
  typed: string,
  edits: number,
): { readonly shortest: number; readonly longest: number; readonly goesOn: boolean } {
  return {
    shortest: typed.length - edits,
    longest: typed.length + edits + 1,
    goesOn: typed.length >= shortestThatGoesOn,
  };
}

const shortestThatGoesOn = 5;

function mayGoOn(typed: string, word: string): boolean {
  return typed.length >= shortestThatGoesOn && typed[0] === word[0];
}

/**
 * Returns a test for words of which `typed` is within `edits` edits of the word or a prefix. It agrees with
 * `typoMatch` and rejects most words after a few letters.
 */
export function nearTest(typed: string, edits: number): (word: string) => boolean {
  // Only the diagonal band of the matrix, `width` cells per row, can hold a distance this small. Three rows
  // are kept, because a transposition looks two rows back.
  const width = 2 * edits + 1;
  const rows = [0, 1, 2].map(() => new Uint8Array(width + 2));
  return (word) => {
    let [before, above, current] = rows as [Uint8Array, Uint8Array, Uint8Array];
    before.fill(edits + 1);
    // The cell at `place` in a row is column `row - edits + place`. The border cells count as too far.
    for (const row of rows) row[0] = row[width + 1] = edits + 1;
    for (let place = 1; place <= width; place += 1)
      above[place] = place - 1 < edits ? edits + 1 : place - 1 - edits;
    for (let row = 1; row <= typed.length; row += 1) {
      const letter = typed.charCodeAt(row - 1);
      let least = edits + 1;
      for (let place = 1; place <= width; place += 1) {
        const column = row - 1 - edits + place;
        let best = edits + 1;
        if (column === 0) best = row;
        else if (column > 0 && column <= word.length) {
          const other = word.charCodeAt(column - 1);
          best = (above[place] as number) + (letter === other ? 0 : 1);
          best = Math.min(best, (above[place + 1] as number) + 1, (current[place - 1] as number) + 1);
          const isExchanged =
            row > 1 &&
            column > 1 &&
            letter === word.charCodeAt(column - 2) &&
            typed.charCodeAt(row - 2) === other;
          if (isExchanged) best = Math.min(best, (before[place] as number) + 1);
        }
        current[place] = Math.min(best, edits + 1);
        if (best < least) least = best;
      }
      if (least > edits) return false;
      [before, above, current] = [above, current, before];
    }
    return above.some((distance) => distance <= edits);
  };
}

/**
 * The indices of the `words` that may contain `typed` with up to `edits` typos. Fuse.js proposes them: its
 * bitap algorithm counts a transposition as two edits, so it is asked for twice as many and returns false
 * positives. `typoMatch` decides.
 */
export function proposeTypos(typed: string, edits: number, words: readonly string[]): number[] {
  const fuse = new Fuse(words, {
    threshold: (2 * edits + 0.5) / typed.length,
    ignoreLocation: true,
    ignoreFieldNorm: true,
    isCaseSensitive: true, // the words are already normalized
    shouldSort: false,
  });
  return fuse.search(typed).map((result) => result.refIndex);
}

/** The edit distance between `typed` and each prefix of `word`, indexed by the length of the prefix. */
function editDistances(typed: string, word: string): number[] {
  let before: number[] = [];
  let above = Array.from({ length: word.length + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= word.length; column += 1) {
      const same = typed[row - 1] === word[column - 1];
      let best = Math.min(
        (above[column - 1] as number) + (same ? 0 : 1),
        (above[column] as number) + 1,
        (current[column - 1] as number) + 1,
      );
      const exchanged = typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1];
      if (row > 1 && column > 1 && exchanged) best = Math.min(best, (before[column - 2] as number) + 1);
      current.push(best);
    }
    before = above;
    above = current;
  }
  return above;
}

/**
 * The length of the closest prefix that is at least as long as the typed word; the shortest if several are
 * equally close; -1 if none is within `edits`.
 */
function nearestEnd(distances: readonly number[], length: number, edits: number): number {
  let end = -1;
  let best = edits + 1;
  for (let at = length; at < distances.length; at += 1) {
    if ((distances[at] as number) >= best) continue;
    best = distances[at] as number;
    end = at;
  }
  return end;
}

function digitsOf(word: string): string {
  return word.replace(/[^0-9]/g, "");
}

/** The edit distance between two words. */
export function editDistance(one: string, other: string): number {
  return editDistances(one, other)[other.length] as number;
}
