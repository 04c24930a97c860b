import type { Listing } from "../../papers/listing.js";
import { IndexBuilder, type SearchIndex } from "../../search/index/search-index.js";
import { highlights, type Matcher, matcherFor } from "../../search/match/highlight.js";
import { answerTo, firstOf, search } from "../../search/query/did-you-mean.js";
import { parseQuery } from "../../search/query/query.js";
import { type Outcome, outcomeOf, plainOutcome, takenFor } from "../../search/query/why-nothing.js";
import type { CacheName, Caches } from "../caches.js";
import type { Model } from "../model.js";

/**
 * Listings of up to so many papers are searched at once, with the key: their index is built in a tenth of
 * a second, which is less than beginning a thread and coming back from it.
 */
export const searchedAtOnce = 1_000;

/** Whether a listing is searched in the background, by the effect `search`. */
export function isSearchedInWorker(listing: Listing): boolean {
  return listing.size > searchedAtOnce;
}

/** An unfinished index: the work left, piece by piece. */
interface Making {
  readonly builder: IndexBuilder;
  heads: boolean;
  abstracts: boolean;
}

const indexes: CacheName<WeakMap<Listing, SearchIndex>> = { make: () => new WeakMap() };
const begun: CacheName<WeakMap<Listing, Making>> = { make: () => new WeakMap() };
/** Queries still to try on the finished index. */
const untried: CacheName<WeakMap<Listing, string[]>> = { make: () => new WeakMap() };

/** A listing's search index. It is made at the first search: the first screen needs none. */
export function indexOf(caches: Caches, listing: Listing): SearchIndex {
  const known = caches.of(indexes).get(listing);
  if (known !== undefined) return known;
  const making = begin(caches, listing);
  if (making.heads) making.builder.addHeads(listing.size);
  if (making.abstracts) making.builder.addAbstracts(listing.size);
  return end(caches, listing, making);
}

/** Papers in a piece of an index: a millisecond or two, before the code has run warm. */
const piece = 10;

/** Queries that run most of a filter's code: a word, a misspelt word, two words and a phrase. */
const trials = ["an", "hesian", 'lear "of the" netw'];

/**
 * Makes the index of a listing that is searched with the key a piece further, and then tries it, so that
 * the first letter typed meets code that has run. To be called while nothing else happens.
 *
 * @returns whether there is more to do
 */
export function prepareIndex(caches: Caches, listing: Listing): boolean {
  if (isSearchedInWorker(listing)) return false;
  const index = caches.of(indexes).get(listing);
  if (index !== undefined) {
    const trial = caches.of(untried).get(listing)?.pop();
    if (trial === undefined) return false;
    const query = parseQuery(trial);
    search(index, query, () => 0);
    if (listing.size > 0) highlights(matcherFor(index, query), listing.paper(0).title, "title");
    return true;
  }
  const making = begin(caches, listing);
  if (making.heads) making.heads = making.builder.addHeads(piece);
  else if (making.abstracts) making.abstracts = making.builder.addAbstracts(piece);
  else {
    end(caches, listing, making);
    caches.of(untried).set(listing, [...trials]);
  }
  return true;
}

/** What to highlight in texts; `null` if there is nothing. */
export function matcherIn({ caches, listing, filter, found }: Model): Matcher | null {
  if (filter.query.isEmpty) return null;
  // While an answer is awaited, the rows are still those of the last filter.
  if (isSearchedInWorker(listing)) return found?.listing === listing ? found.matcher : null;
  return matcherFor(indexOf(caches, listing), filter.query);
}

/** What the filter found besides papers: notes about its words. */
export function outcomeIn({ caches, listing, filter, found, awaited, shown, today }: Model): Outcome {
  const { query } = filter;
  if (query.isEmpty || awaited !== null) return plainOutcome;
  if (isSearchedInWorker(listing)) return found?.listing === listing ? found.outcome : plainOutcome;
  const index = indexOf(caches, listing);
  let outcome = index.outcomes.get(query) as Outcome | undefined;
  if (outcome === undefined) {
    outcome =
      shown.length > 0
        ? { why: null, taken: takenFor(index, index.meant.get(query) ?? query) }
        : outcomeOf(index, query, answerTo(index, query, firstOf(index, query)), today);
    index.outcomes.set(query, outcome);
  }
  return outcome;
}

function begin(caches: Caches, listing: Listing): Making {
  let making = caches.of(begun).get(listing);
  if (making === undefined) {
    making = { builder: new IndexBuilder(listing), heads: true, abstracts: true };
    caches.of(begun).set(listing, making);
  }
  return making;
}

function end(caches: Caches, listing: Listing, { builder }: Making): SearchIndex {
  const index = builder.finish();
  caches.of(indexes).set(listing, index);
  caches.of(begun).delete(listing);
  return index;
}
