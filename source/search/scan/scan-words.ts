import { AskedWords } from "../index/asked-words.js";
import { IndexBuilder, type SearchIndex } from "../index/search-index.js";
import { findTerm } from "../match/found.js";
import { search } from "../query/did-you-mean.js";
import { isText, type Query, type TextTerm } from "../query/types.js";
import type { Searched } from "../text/fields.js";

/** Papers of which the first guess is made at what a search asks for. */
const sampleSize = 1_000;
/** More passes over the abstracts than it takes: what an acronym means is asked last. */
const mostPasses = 4;

/**
 * What `search` finds, with an index that has of abstracts only the words that this search asks for: which these
 * are the search itself says, of some papers first and then of all, until nothing is asked that was not looked
 * for. `null` where it does not end.
 */
export function scanWords(
  listing: Searched,
  query: Query,
  marks: (index: number) => number,
): readonly number[] | null {
  const asked = new AskedWords();
  const builder = new IndexBuilder(listing, asked);
  builder.addHeads(listing.size);
  askAll(sampleOf(listing, asked), query);
  builder.addAbstracts(listing.size);
  for (let passes = 1; passes <= mostPasses; passes += 1) {
    const found = search(builder.finish(), query, marks);
    if (asked.isAnswered) return found;
    builder.addAskedSince();
  }
  return null;
}

/** An index of papers spread evenly over a listing, which notes what it is asked for. */
function sampleOf(listing: Searched, asked: AskedWords): SearchIndex {
  const size = Math.min(listing.size, sampleSize);
  const step = listing.size / size;
  const sample = { size, paper: (at: number) => listing.paper(Math.floor(at * step)) };
  const builder = new IndexBuilder(sample);
  builder.addHeads(size);
  builder.addAbstracts(size);
  const index = builder.finish();
  return { ...index, total: listing.size, vocabulary: { ...index.vocabulary, asked } };
}

/** Asks for what a search may ask for in any way that a query may be understood. */
function askAll(index: SearchIndex, query: Query): void {
  search(index, query, () => 0);
  for (const term of query.terms) {
    if (!isText(term)) continue;
    const ways: TextTerm[] = [term];
    if (term.kind === "word" && !term.negated)
      ways.push({ ...term, loose: "forms" }, { ...term, loose: "near" });
    for (const way of ways) findTerm(index, way, "all");
  }
}
