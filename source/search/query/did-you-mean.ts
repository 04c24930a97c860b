import type { SearchIndex } from "../index/search-index.js";
import { idOf } from "../index/vocabulary.js";
import { spelling } from "../match/found.js";
import { beginReads } from "../match/reads.js";
import { markedAs, searchAll, searchHeads, searchTitles, truthsOf } from "../match/search.js";
import { placeBits } from "../text/fields.js";
import { makePattern } from "../words/pattern.js";
import { onlyWord } from "../words/runs.js";
import { isGroup, type Node, type Query, termsOf, type WordTerm } from "./types.js";

/**
 * Indices into the listing of the papers that match, best first; in listing order among equals, and
 * when the query has no words but only conditions. `marks(index)` gives the paper's mark bits.
 */
export function search(index: SearchIndex, query: Query, marks: (index: number) => number): number[] {
  const { papers, truths, query: meant } = answerTo(index, query, firstOf(index, query));
  if (meant !== query) index.meant.set(query, meant);
  return markedAs(query, papers, truths, marks);
}

/** What comes first of an answer, and the query as it was then understood. */
export interface First {
  /** As `searchHeads` gives it. */
  readonly papers: Uint32Array | null;
  readonly query: Query;
}

/**
 * What a query finds without looking into abstracts. A short word that hardly any title has, and hardly any
 * of these papers as a whole, may be misspelt: titles that have all words with a near one are among them.
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
    // A word that is still typed begins many others.
    if (part === last && !isFew) return false;
    return (
      papers.length <= hardlyAny || !wholeIn(index, word).some((posting) => isFound[posting >>> placeBits])
    );
  });
  if (near === null) return { papers, query };
  const found = searchTitles(index, near, papers);
  return found.length > papers.length ? { papers: found, query: near } : { papers, query };
}

const longestShort = 4;
const fewPapers = 10;
const hardlyAny = 3;

/** Of each of the papers whether it has a word as a whole in what is seen of it in a list. */
function haveWhole(index: SearchIndex, words: readonly string[], papers: Uint32Array): readonly boolean[] {
  const having = new Set<number>();
  for (const word of words) for (const posting of wholeIn(index, word)) having.add(posting >>> placeBits);
  return Array.from(papers, (paper) => having.has(paper));
}

/** The postings of a word as a whole in what is seen of papers in a list. */
function wholeIn({ vocabulary, heads }: SearchIndex, word: string): Uint32Array {
  const id = idOf(vocabulary, word);
  return id < 0 ? none : heads.papers.subarray(heads.offsets[id], heads.offsets[id + 1]);
}

/** Whether one of the papers has every single word of a query as a whole. */
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

/** What a query finds, conditions on marks left aside, and the query as it was then understood. */
export interface Answer {
  readonly papers: Uint32Array;
  /** Of each paper for which marks it is found; `null` where marks decide by themselves (see `truthsOf`). */
  readonly truths: Uint16Array | null;
  readonly query: Query;
}

/**
 * All that a query finds. Where no title, author or keyword has all its words as they are typed, more is tried:
 * the titles that have them in another form come first ("reduces" finds Reducing), or else those that have
 * a rare one misspelt ("pots training" means post-training). Where nothing is found at all, words that no
 * paper has, but some begin with, are taken for misspelt: "dark mater" is no beginning of "dark material".
 *
 * @param first what `firstOf` has found
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

/** Papers, and of others those that are not among them, behind them. */
function answer(query: Query, first: Uint32Array, others: Uint32Array): Answer {
  const isFirst = new Set(first);
  const rest = others.filter((paper) => !isFirst.has(paper));
  const papers = new Uint32Array(first.length + rest.length);
  papers.set(first);
  papers.set(rest, first.length);
  return { papers, truths: null, query };
}

/** The query with some of its words marked; `null` where it has none of them. */
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
