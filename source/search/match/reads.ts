import type { SearchIndex } from "../index/search-index.js";

/**
 * Some terms can only be found by reading texts again: words next to each other, phrases. This is the reading budget
 * of a query, in about microseconds. Once it is spent, a text that has the words is believed to match, so that no
 * letter typed takes long.
 */
const mostReads = 20_000;

/**
 * The cost of looking up which texts to read for a term, of fetching a paper, trying a pattern, trying it without
 * accents, reading word by word, reading TeX, and reading a paper's names.
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

/** Resets the budget for a new query. */
export function beginReads(index: SearchIndex): void {
  index.reads.left = mostReads;
}

/** Charges a cost; returns whether the budget had room for it. */
export function mayRead({ reads }: SearchIndex, cost: number): boolean {
  reads.left -= cost;
  return reads.left >= 0;
}
