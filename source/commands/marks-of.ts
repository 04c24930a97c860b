import type { Library } from "../library/library.js";
import type { Listing } from "../papers/listing.js";

/** The mark bits of a listing's papers, of which the library learns what it does not know yet. */
export function marksOf(listing: Listing, library: Library): Uint8Array {
  library.learn(listing);
  return Uint8Array.from({ length: listing.size }, (_, at) => library.bits(listing.paper(at).id));
}
