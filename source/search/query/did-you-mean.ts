import { hasPaper } from "../index/common.js";
import type { SearchIndex } from "../index/search-index.js";
import { idOf } from "../index/vocabulary.js";
import { spelling } from "../match/found.js";
import { beginReads } from "../match/reads.js";
import { searchAll, searchHeads, searchTitles } from "../match/search.js";
import { markedAs, truthsOf } from "../match/truths.js";
import { fields, placeBits } from "../text/fields.js";
import { makePattern } from "../words/pattern.js";
import { onlyWord } from "../words/runs.js";
import { isGroup, type Node, type Query, termsOf, type WordTerm } from "./types.js";

/**
 * Searches an index. Returns the indices of the matching papers, best first. Equal scores, and queries with
 * conditions only, keep listing order. `marks(index)` returns a paper's mark bits.
 */
export function search(index: SearchIndex, query: Query, marks: (index: number) => number): number[] {
  const { papers, truths, query: meant } = answerTo(index, query, firstOf(index, query));
  if (meant !== query) index.meant.set(query, meant);
  return markedAs(query, papers, truths, marks);
}

/** The beginning of an answer, and the query after corrections. */
export interface First {
  /** As returned by `searchHeads`. */
  readonly papers: Uint32Array | null;
  readonly query: Query;
}

/**
 * Searches without abstracts. A short word may be a typo if few titles match and hardly any paper found has
 * it as a whole word; then titles that match with a similar word are included.
 */
export function firstOf(index: SearchIndex, query: Query): First {
  beginReads(index);
  const papers = searchHeads(index, query);
  if (papers === null || papers.length === 0 || query.parts.length < 2 || query.parts.some(isGroup)) {
    return { papers, query };
  }
  const last = query.parts.at(-1);
  const isFew = papers.length <= fewPapers;
  if (isFew && !haveAllWhole(index, query, papers)) {
    const forms = loosened(query, "forms", () => true);
    const found = forms === null ? papers : searchTitles(index, forms, papers);
    if (forms !== null && found.length > papers.length) return { papers: found, query: forms };
  }
  const isFound = new Uint8Array(index.listing.size);
  for (const paper of papers) isFound[paper] = 1;
  const near = loosened(query, "near", (word, part) => {
    if (word.length < 3 || word.length > longestShort) return false;
    // An unfinished word is a prefix of many others.
    if (part === last && !isFew) return false;
    const having = wholeIn(index, word).filter((posting) => isFound[posting >>> placeBits]);
    // A person's name is spelt right: after Oza, nobody means the rule of Oja.
    if (having.some((posting) => posting & fields.authors)) return false;
    return papers.length <= hardlyAny || having.length === 0;
  });
  if (near === null) return { papers, query };
  const found = searchTitles(index, near, papers);
  return found.length > papers.length ? { papers: found, query: near } : { papers, query };
}

const longestShort = 4;
const fewPapers = 10;
const hardlyAny = 3;

/** For each paper, whether a field that the list shows contains one of the words as a whole. */
function haveWhole(index: SearchIndex, words: readonly string[], papers: Uint32Array): readonly boolean[] {
  const having = words.map((word) => wholeIn(index, word));
  return Array.from(papers, (paper) => having.some((postings) => hasPaper(postings, paper)));
}

/** The postings of a whole word in the fields that the list shows. */
function wholeIn({ vocabulary, heads }: SearchIndex, word: string): Uint32Array {
  const id = idOf(vocabulary, word);
  return id < 0 ? none : heads.papers.subarray(heads.offsets[id], heads.offsets[id + 1]);
}

/** Whether at least one of the papers contains every word of the query as a whole. */
function haveAllWhole(index: SearchIndex, { parts }: Query, papers: Uint32Array): boolean {
  const have: (readonly boolean[])[] = [];
  for (const part of parts) {
    const word = part.kind === "word" && !part.negated ? onlyWord(part) : null;
    if (word === null || part.kind !== "word") continue;
    const { also } = spelling(index, part);
    const same = also.map(([one]) => one);
    have.push(haveWhole(index, [word, ...makePattern(word).otherNumbers, ...same], papers));
  }
  return Array.from(papers.keys()).some((at) => have.every((one) => one[at] === true));
}

/** The result of a query without its conditions on marks, and the query after corrections. */
export interface Answer {
  readonly papers: Uint32Array;
  /**
   * For each paper, the sets of marks with which it matches; `null` if marks are separate conditions (see
   * `truthsOf`).
   */
  readonly truths: Uint16Array | null;
  readonly query: Query;
}

/**
 * The full answer to a query. If no title, author or keyword matches all words as typed, corrections are
 * tried: titles with other forms of the words rank first ("reduces" finds Reducing), or else titles that
 * match with a rare word corrected ("pots training" finds post-training). If nothing matches at all, words
 * that are only prefixes of others are corrected too: "dark mater" is not the beginning of "dark material".
 *
 * @param first the result of `firstOf`
 */
export function answerTo(index: SearchIndex, query: Query, first: First): Answer {
  beginReads(index);
  const heads = first.papers;
  const papers = searchAll(index, query, heads);
  if (heads === null || heads.length > 0 || query.parts.some(isGroup)) {
    return { papers, truths: truthsOf(index, query, papers), query: first.query };
  }
  const forms = loosened(query, "forms", () => true);
  const inForms = forms === null ? none : searchTitles(index, forms);
  if (forms !== null && inForms.length > 0) return answer(forms, inForms, papers);
  if (forms !== null && papers.length === 0) {
    const all = searchAll(index, forms, searchHeads(index, forms));
    if (all.length > 0) return answer(forms, all, none);
  }
  if (query.parts.length > 1) {
    if (papers.length === 0) {
      const begun = loosened(query, "near", (word) => idOf(index.vocabulary, word) < 0);
      const all = begun === null ? none : searchAll(index, begun, searchHeads(index, begun));
      if (begun !== null && all.length > 0) return answer(begun, all, none);
    }
    const near = loosened(query, "near", (word) => word.length >= 3);
    const inNear = near === null ? none : searchTitles(index, near);
    if (near !== null && inNear.length > 0) return answer(near, inNear, papers);
  }
  return answer(query, none, papers);
}

const none = new Uint32Array();

/** Joins two lists of papers without duplicates; the first list comes first. */
function answer(query: Query, first: Uint32Array, others: Uint32Array): Answer {
  const isFirst = new Set(first);
  const rest = others.filter((paper) => !isFirst.has(paper));
  const papers = new Uint32Array(first.length + rest.length);
  papers.set(first);
  papers.set(rest, first.length);
  return { papers, truths: null, query };
}

/** The query with `loose` set on the words that `isLoose` selects; `null` if it selects none. */
function loosened(
  query: Query,
  loose: "forms" | "near",
  isLoose: (word: string, part: Node) => boolean,
): Query | null {
  const parts = query.parts.map((node: Node): Node => {
    if (node.kind !== "word" || node.negated || node.strict) return node;
    const word = onlyWord(node);
    return word !== null && isLoose(word, node) ? ({ ...node, loose } satisfies WordTerm) : node;
  });
  if (parts.every((part, at) => part === query.parts[at])) return null;
  return { ...query, parts, terms: parts.flatMap(termsOf) };
}
