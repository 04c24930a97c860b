import type { Listing } from "../../papers/listing.js";

/**
 * How many papers of `other` are missing from `one`: of the listing on the screen and one that waits, the 15 of
 * "+15 new". Papers with the mark *new* are something else: `library/papers-seen.ts` knows them.
 */
export function countMissing(one: Listing, other: Listing): number {
  let count = 0;
  for (let at = 0; at < other.size; at += 1) if (one.indexOf(other.id(at)) < 0) count += 1;
  return count;
}

/** Whether two listings have the same papers, in whatever order. */
export function hasSamePapers(one: Listing, other: Listing): boolean {
  return countMissing(one, other) === 0 && countMissing(other, one) === 0;
}
