import type { Listing } from "../papers/listing.js";
import { type Matcher, matcherFor } from "../search/highlight.js";
import { buildIndex, type SearchIndex } from "../search/index.js";
import type { Model } from "./model.js";

/**
 * Listings of up to so many papers are searched at once, with the key: their index is built in a tenth of
 * a second, which is less than beginning a thread and coming back from it.
 */
export const searchedAtOnce = 1_000;

/** Whether a listing is searched behind the screen, by the effect `search`. */
export function isSearchedBehind(listing: Listing): boolean {
  return listing.size > searchedAtOnce;
}

const indexes = new WeakMap<Listing, SearchIndex>();

/** A listing's search index, made when something is first looked for: the first screen needs none. */
export function indexOf(listing: Listing): SearchIndex {
  const index = indexes.get(listing) ?? buildIndex(listing);
  indexes.set(listing, index);
  return index;
}

/** What the filter found, to be shown in texts; `null` where there is nothing to show. */
export function matcherIn({ listing, filter, found }: Model): Matcher | null {
  if (filter.query.isEmpty) return null;
  // While an answer is awaited the rows are those of the one before.
  if (isSearchedBehind(listing)) return found?.listing === listing ? found.matcher : null;
  return matcherFor(indexOf(listing), filter.query);
}
