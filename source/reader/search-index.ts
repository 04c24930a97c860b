import type { Listing } from "../papers/listing.js";
import { buildIndex, type SearchIndex } from "../search/index.js";

const indexes = new WeakMap<Listing, SearchIndex>();

/** A listing's search index, made when something is first looked for: the first screen needs none. */
export function indexOf(listing: Listing): SearchIndex {
  const index = indexes.get(listing) ?? buildIndex(listing);
  indexes.set(listing, index);
  return index;
}
