import type { SearchIndex } from "../index/search-index.js";

/**
 * Phrases and adjacent words can only be checked by reading texts again. This is the read budget of a query,
 * in about microseconds. Once it is spent, a text counts as a match unless the index rules it out, so that no
 * typed letter takes long.
 */
const mostReads = 20_000;

/**
 * The cost of each kind of read: looking up the candidates for a term, fetching a paper, trying a pattern,
 * trying it without accents, reading a text word by word, the same with TeX, and reading a paper's names.
 */
export const costs = {
  term: 2_500,
  paper: 15,
  pattern: 3,
  plain: 12,
  words: 60,
  tex: 250,
  names: 10,
} as const;

/** Starts a query with a full read budget. */
export function beginReads(index: SearchIndex): void {
  index.reads.left = mostReads;
  index.reads.found.clear();
}

/** Spends `cost` from the read budget. Returns whether there was enough left. */
export function mayRead({ reads }: SearchIndex, cost: number): boolean {
  reads.left -= cost;
  return reads.left >= 0;
}
