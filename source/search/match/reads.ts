import type { SearchIndex } from "../index/search-index.js";

/**
 * Some terms can only be found by reading texts again: words next to each other, phrases. So much may be read
 * for a query, in about microseconds; beyond that a text is believed to have what it looks like at first sight,
 * so that no letter typed takes long.
 */
const mostReads = 20_000;

/**
 * What it takes to look up which texts are worth reading for a term, to fetch a paper, to try a pattern, to do so
 * without accents, to read word by word, with TeX, and a paper's names.
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

/** Begins a query. */
export function beginReads(index: SearchIndex): void {
  index.reads.left = mostReads;
}

/** Whether something may be read; it counts. */
export function mayRead({ reads }: SearchIndex, cost: number): boolean {
  reads.left -= cost;
  return reads.left >= 0;
}
