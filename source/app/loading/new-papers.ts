import type { Listing } from "../../papers/listing.js";

/** How many papers of a waiting listing the one on the screen does not have: the 15 of "+15 new". */
export function newPapers(shown: Listing, waiting: Listing): number {
  let count = 0;
  for (let at = 0; at < waiting.size; at += 1) if (shown.indexOf(waiting.id(at)) < 0) count += 1;
  return count;
}

/** Whether two listings have the same papers, in whatever order. */
export function hasSamePapers(one: Listing, other: Listing): boolean {
  return newPapers(one, other) === 0 && newPapers(other, one) === 0;
}
