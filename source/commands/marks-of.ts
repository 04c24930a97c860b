import type { Library } from "../library/library.js";
import type { SeenPapers } from "../library/seen-papers.js";
import type { Listing } from "../papers/listing.js";
import { newBit } from "../papers/marks.js";

/** What has more papers than this is an archive that nobody visits for what is new in it. */
export const mostVisited = 5_000;

/**
 * The mark bits of a listing's papers, and which of them were in no listing on the screen before this visit.
 * The library learns what it does not know yet of them.
 */
export function marksOf(listing: Listing, library: Library, seen: SeenPapers): Uint8Array {
  library.learn(listing);
  const marks = library.bitsOf(listing);
  if (listing.size > mostVisited) return marks;
  return marks.map((bits, at) => bits | (seen.has(listing.id(at)) ? 0 : newBit));
}
