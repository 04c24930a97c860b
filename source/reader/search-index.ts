import type { Listing } from "../papers/listing.js";
import { type Matcher, matcherFor } from "../search/highlight.js";
import { buildIndex, type SearchIndex } from "../search/index.js";
import type { Model } from "./model.js";

const indexes = new WeakMap<Listing, SearchIndex>();

/** A listing's search index, made when something is first looked for: the first screen needs none. */
export function indexOf(listing: Listing): SearchIndex {
  const index = indexes.get(listing) ?? buildIndex(listing);
  indexes.set(listing, index);
  return index;
}

/** What the filter found, to be shown in texts; `null` where no filter is on. */
export function matcherIn({ listing, filter }: Model): Matcher | null {
  return filter.query.isEmpty ? null : matcherFor(indexOf(listing), filter.query);
}
