import type { SearchIndex } from "../index/search-index.js";
import { idOf } from "../index/vocabulary.js";
import { markedAs, searchAll, searchHeads } from "../match/search.js";
import { words } from "../text/normalize.js";
import type { Query, Term } from "./query.js";

/**
 * Indices into the listing of the papers that match, best first; in listing order among equals, and
 * when the query has no words but only conditions. `marks(index)` gives the paper's mark bits.
 */
export function search(index: SearchIndex, query: Query, marks: (index: number) => number): number[] {
  const meant = searchDidYouMean(index, query);
  if (meant.query !== query) index.meant.set(query, meant.query);
  return markedAs(query, meant.papers, marks);
}

/** What a query finds, conditions on marks left aside, and the query as it was then understood. */
export interface Meant {
  readonly papers: Uint32Array;
  readonly query: Query;
}

/**
 * All that a query finds, and where that is nothing, what it finds with words that no paper has, but some
 * begin with, taken for misspelt: "dark mater" is no beginning of "dark material".
 */
export function searchDidYouMean(index: SearchIndex, query: Query): Meant {
  const papers = searchAll(index, query, searchHeads(index, query));
  if (papers.length > 0) return { papers, query };
  const loose = loosened(index, query);
  if (loose === null) return { papers, query };
  const again = searchAll(index, loose, searchHeads(index, loose));
  return again.length > 0 ? { papers: again, query: loose } : { papers, query };
}

/** The query with such words marked; `null` where it has none, or one word alone, which is looked for so anyway. */
function loosened(index: SearchIndex, query: Query): Query | null {
  if (query.terms.length < 2) return null;
  const terms = query.terms.map((term) => (isNoWord(index, term) ? { ...term, loose: true as const } : term));
  return terms.some((term, at) => term !== query.terms[at]) ? { ...query, terms } : null;
}

function isNoWord({ vocabulary }: SearchIndex, term: Term): boolean {
  if (term.kind !== "word" || term.negated) return false;
  const [only, ...others] = words(term.text);
  return only !== undefined && others.length === 0 && idOf(vocabulary, only.text) < 0;
}
