/**
 * The most likely intended name: one that begins with the typed text (three letters or more), or that differs
 * by one or two inserted, missing, wrong or swapped letters. Ignores case.
 *
 * @returns `null` if none is close
 */
export function nearest<Name extends string>(typed: string, names: readonly Name[]): Name | null {
  const wanted = typed.toLowerCase();
  let best: Name | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const distance = editDistance(wanted, name);
    const isBegun = wanted.length >= 3 && name.startsWith(wanted);
    const isNear = distance <= allowedEdits(wanted) || isAnagram(wanted, name);
    if ((isBegun || isNear) && distance < least) {
      best = name;
      least = distance;
    }
  }
  return best;
}

/** A greater difference in length is the distance, uncounted. */
const mostCounted = 50;

/** In short words only one typo is allowed. */
function allowedEdits(word: string): number {
  if (word.length <= 2) return 0;
  return word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3;
}

function isAnagram(one: string, other: string): boolean {
  const sorted = (word: string) => [...word].sort().join("");
  return one.length > 2 && sorted(one) === sorted(other);
}

/**
 * Optimal string alignment distance: insertions, deletions, substitutions, and swaps of neighbours, which are
 * the most common typo ("lsit") and count as two in Levenshtein's distance.
 */
export function editDistance(one: string, other: string): number {
  // A paste of 100 kB would take seconds, and is like no name: at least so many letters are missing.
  const atLeast = Math.abs(one.length - other.length);
  if (atLeast > mostCounted) return atLeast;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      let least = Math.min(
        (last[j - 1] as number) + (isSame ? 0 : 1),
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
      );
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, (beforeLast[j - 2] as number) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[other.length] as number;
}
