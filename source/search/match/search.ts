import { hasMark, type MarkField, newBit } from "../../papers/marks.js";
import { dayNumber, type SearchIndex } from "../index/search-index.js";
import { namedBy } from "../query/names.js";
import type { DateTerm, MarkTerm, NumberTerm, PhraseTerm, Query, Term, WordTerm } from "../query/query.js";
import { findTerm, remember, type Scope } from "./found.js";
import { nameBonus, rarity, titleBonus } from "./ranking.js";

type TextTerm = WordTerm | PhraseTerm;

/**
 * What `search` finds without looking into abstracts, and what it puts first: the papers that meet every
 * word in what is seen of them in a list. Conditions on marks are left to `markedAs`. Without words
 * there is nothing to look into: `null`.
 */
export function searchHeads(index: SearchIndex, query: Query): Uint32Array | null {
  const asked = query.terms.filter((term): term is TextTerm => isText(term) && !term.negated);
  if (asked.length === 0) return null;
  const { papers, scores } = ranked(index, asked, "heads");
  return inOrder(papers, scores, filterOf(index, query));
}

/** All that a query finds, conditions on marks left aside: `heads` as they stand, and the rest behind them. */
export function searchAll(index: SearchIndex, query: Query, heads: Uint32Array | null): Uint32Array {
  const holds = filterOf(index, query);
  if (heads === null) {
    const every = new Uint32Array(index.listing.size);
    for (let paper = 0; paper < every.length; paper += 1) every[paper] = paper;
    return holds === null ? every : every.filter(holds);
  }
  const isHead = new Uint8Array(index.listing.size);
  for (const paper of heads) isHead[paper] = 1;
  const asked = query.terms.filter((term): term is TextTerm => isText(term) && !term.negated);
  const { papers, scores } = ranked(index, asked, "all");
  const rest = inOrder(papers, scores, (paper) => isHead[paper] === 0 && (holds === null || holds(paper)));
  const found = new Uint32Array(heads.length + rest.length);
  found.set(heads);
  found.set(rest, heads.length);
  return found;
}

/** Of the papers found, in their order, those that meet the query's conditions on marks. */
export function markedAs(query: Query, papers: Uint32Array, marks: (index: number) => number): number[] {
  const terms = query.terms.filter((term): term is MarkTerm => term.kind === "is");
  // A loop, which is ten times as fast as `Array.from`: an answer may hold all papers there are.
  const found = new Array<number>(papers.length);
  for (let at = 0; at < papers.length; at += 1) found[at] = papers[at] as number;
  if (terms.length === 0) return found;
  return found.filter((paper) => {
    const bits = marks(paper);
    return terms.every((term) => hasSaidMark(term.mark, bits) !== term.negated);
  });
}

/** Whether nothing leaves a paper out: neither a negated term nor a condition of what the listing says; `null` where nothing can. */
function filterOf(index: SearchIndex, query: Query): ((paper: number) => boolean) | null {
  const conditions = query.terms.filter(
    (term): term is DateTerm | NumberTerm => term.kind === "date" || term.kind === "number",
  );
  const leftOut = leftOutBy(
    index,
    query.terms.filter((term): term is TextTerm => isText(term) && term.negated),
  );
  if (conditions.length === 0 && leftOut === null) return null;
  return (paper) =>
    leftOut?.[paper] !== 1 && conditions.every((term) => meets(index, term, paper) !== term.negated);
}

/** The papers that meet all terms, in listing order, and their scores (see ranking.ts). */
function ranked(
  index: SearchIndex,
  terms: readonly TextTerm[],
  scope: Scope,
): { papers: Uint32Array; scores: Float64Array } {
  const { size } = index.listing;
  const scores = new Float64Array(size);
  const met = new Uint32Array(size);
  const notInTitle = new Uint8Array(size);
  let last: Uint32Array = new Uint32Array();
  for (const [number, term] of terms.entries()) {
    const { papers, points, inTitle } = findTerm(index, term, scope);
    const worth = rarity(papers.length, size);
    // A term that was not to be looked for in the title has no say in whether all stand there.
    const saysTitle = term.field === null || term.field === "title";
    for (let place = 0; place < papers.length; place += 1) {
      const paper = papers[place] as number;
      if (met[paper] !== number) continue;
      met[paper] = number + 1;
      scores[paper] = (scores[paper] as number) + (points[place] as number) * worth;
      if (saysTitle && inTitle[place] !== 1) notInTitle[paper] = 1;
    }
    last = papers;
  }
  const papers = last.filter((paper) => met[paper] === terms.length);
  const bonus = new Float32Array(size).fill(titleBonus);
  for (const paper of papers) if (notInTitle[paper] === 1) bonus[paper] = 1;
  for (const paper of named(index, terms)) bonus[paper] = nameBonus;
  return {
    papers,
    scores: Float64Array.from(papers, (paper) => (scores[paper] as number) * (bonus[paper] as number)),
  };
}

/** What `namedBy` tells; the same query again costs nothing. */
function named(index: SearchIndex, terms: readonly TextTerm[]): readonly number[] {
  if (terms.length < 2) return [];
  const key = `names ${JSON.stringify(terms.map(({ kind, field, text }) => [kind, field, text]))}`;
  return remember(index, key, () => namedBy(index, terms));
}

/** Scores are told apart to one part in so many, what is nearer is equal: three digits of a sort by digits. */
const digit = 2 ** 9;
const scoreSteps = digit ** 3 - 1;

/** The papers that hold, the best first and in listing order, as they come, among equals. */
function inOrder(
  papers: Uint32Array,
  scores: Float64Array,
  holds: ((paper: number) => boolean) | null,
): Uint32Array {
  let most = 0;
  for (let place = 0; place < scores.length; place += 1) {
    if ((scores[place] as number) > most) most = scores[place] as number;
  }
  let from = new Uint32Array(papers.length);
  let behind = new Uint32Array(papers.length);
  let length = 0;
  for (let place = 0; place < papers.length; place += 1) {
    const paper = papers[place] as number;
    if (holds !== null && !holds(paper)) continue;
    from[length] = paper;
    behind[length] = Math.round((1 - (scores[place] as number) / most) * scoreSteps);
    length += 1;
  }
  // The last digit first; each time what is equal stays as it stood. Ten times as fast as a comparison called back.
  let to = new Uint32Array(length);
  let behindTo = new Uint32Array(length);
  for (let unit = 1; unit < scoreSteps; unit *= digit) {
    const next = new Uint32Array(digit + 1);
    const shift = Math.log2(unit);
    for (let place = 0; place < length; place += 1) {
      const after = (((behind[place] as number) >>> shift) & (digit - 1)) + 1;
      next[after] = (next[after] as number) + 1;
    }
    // Where all have the same digit there is nothing to do.
    if (next.includes(length)) continue;
    for (let value = 0; value < digit; value += 1) {
      next[value + 1] = (next[value + 1] as number) + (next[value] as number);
    }
    for (let place = 0; place < length; place += 1) {
      const value = ((behind[place] as number) >>> shift) & (digit - 1);
      const slot = next[value] as number;
      next[value] = slot + 1;
      to[slot] = from[place] as number;
      behindTo[slot] = behind[place] as number;
    }
    [from, to] = [to, from];
    [behind, behindTo] = [behindTo, behind];
  }
  return from.slice(0, length);
}

/** A 1 for each paper that a negated term leaves out; null where nothing is to be left out. */
function leftOutBy(index: SearchIndex, terms: readonly TextTerm[]): Uint8Array | null {
  if (terms.length === 0) return null;
  const out = new Uint8Array(index.listing.size);
  for (const term of terms) for (const paper of findTerm(index, term, "all").papers) out[paper] = 1;
  return out;
}

function meets(index: SearchIndex, term: DateTerm | NumberTerm, paper: number): boolean {
  switch (term.kind) {
    case "date": {
      const day = index.days[paper] as number;
      if (day === 0) return false;
      const { from, before } = term;
      return (from === null || day >= dayNumber(from)) && (before === null || day < dayNumber(before));
    }
    case "number": {
      const number = (term.field === "upvotes" ? index.upvotes : index.authorCounts)[paper] as number;
      if (number < 0) return false;
      return (term.min === null || number >= term.min) && (term.max === null || number <= term.max);
    }
  }
}

function hasSaidMark(mark: MarkTerm["mark"], bits: number): boolean {
  if (mark === "new") return (bits & newBit) !== 0;
  if (mark === "unread") return !hasMark(bits, "read");
  return hasMark(bits, mark satisfies MarkField);
}

function isText(term: Term): term is TextTerm {
  return term.kind === "word" || term.kind === "phrase";
}
