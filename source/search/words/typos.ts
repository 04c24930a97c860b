import Fuse from "fuse.js";

/** Longer words are pasted, not typed; Fuse's bit patterns end here too. */
const longestTyped = 32;

/**
 * How many typos are forgiven in a normalized word: none up to 3 letters, one up to 7, two beyond.
 * Nothing without a letter is misspelt: 2023 is not 2024.
 */
export function allowedEdits(word: string): number {
  if (word.length <= 3 || word.length > longestTyped || !/\p{L}/u.test(word)) return 0;
  return word.length <= 7 ? 1 : 2;
}

/** Where a misspelt word ends in another, and how many edits they differ by. */
export interface TypoMatch {
  readonly end: number;
  readonly edits: number;
}

/**
 * Where in `word` the misspelt `typed` ends, or null where they differ by more than `edits`. An edit is a
 * letter too many, too few or wrong, or two neighbours exchanged. From 5 letters on `word` may go on
 * behind it, for a person still typing, but must begin with the same letter and be as long so far:
 * "genome" without its n is not the beginning of "geometry". Digits are never typos.
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

/** Whether the lengths and first letters of two words let one be the other within so many typos. */
function mayBeMisspelt(typed: string, word: string, edits: number): boolean {
  const { shortest, longest, goesOn } = misspeltLengths(typed, edits);
  return word.length >= shortest && (word.length <= longest || (goesOn && typed[0] === word[0]));
}

/**
 * How long words are that a misspelt one may be meant as; longer ones too where `goesOn`, if they have the same
 * first letter.
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
 * A test for the words that `typed`, or a beginning of theirs, differs from by at most `edits`. Agrees with
 * `typoMatch` and rejects most words after a few letters.
 */
export function nearTest(typed: string, edits: number): (word: string) => boolean {
  // Only cells near the diagonal can hold a distance that small: `width` of each row. Two rows are kept, as an
  // exchange looks two rows back.
  const width = 2 * edits + 1;
  const rows = [0, 1, 2].map(() => new Uint8Array(width + 2));
  return (word) => {
    let [before, above, current] = rows as [Uint8Array, Uint8Array, Uint8Array];
    before.fill(edits + 1);
    // The cell at `place` of a row is column `row - edits + place`. A border on both sides is too far.
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
 * Of `words`, the places of those that may have `typed` in them within `edits` typos. Fuse.js proposes
 * (its bitap counts an exchange as two edits, so it is asked for twice as many and gives some too
 * many); `typoEnd` decides.
 */
export function proposeTypos(typed: string, edits: number, words: readonly string[]): number[] {
  const fuse = new Fuse(words, {
    threshold: (2 * edits + 0.5) / typed.length,
    ignoreLocation: true,
    ignoreFieldNorm: true,
    isCaseSensitive: true, // the words are normalized already
    shouldSort: false,
  });
  return fuse.search(typed).map((result) => result.refIndex);
}

/** The number of edits between `typed` and each beginning of `word`, by the beginning's length. */
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

/** The length of the nearest beginning that is as long as what was typed, the shortest among equals. */
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

/** How many edits two words differ by. */
export function editDistance(one: string, other: string): number {
  return editDistances(one, other)[other.length] as number;
}
