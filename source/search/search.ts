import { hasMark, type MarkField, newBit } from "../papers/marks.js";
import { type Found, findTerm } from "./found.js";
import { dayNumber, type SearchIndex } from "./index.js";
import type { DateTerm, MarkTerm, NumberTerm, PhraseTerm, Query, Term, WordTerm } from "./query.js";
import { rarity, titleBonus } from "./ranking.js";

type TextTerm = WordTerm | PhraseTerm;

/**
 * Indices into the listing of the papers that match, best first; in listing order among equals, and
 * when the query has no words but only conditions. `marks(index)` gives the paper's mark bits.
 */
export function search(index: SearchIndex, query: Query, marks: (index: number) => number): number[] {
  const texts = query.terms.filter(isText);
  const conditions = query.terms.filter((term): term is Exclude<Term, TextTerm> => !isText(term));
  const holds = (paper: number) =>
    conditions.every((term) => meets(index, term, paper, marks) !== term.negated);
  const asked = texts.filter((term) => !term.negated);
  const leftOut = leftOutBy(
    index,
    texts.filter((term) => term.negated),
  );
  if (asked.length === 0) {
    const all = Array.from({ length: index.listing.size }, (_, paper) => paper);
    return all.filter((paper) => leftOut?.[paper] !== 1 && holds(paper));
  }
  const { papers, scores } = ranked(index, asked);
  const order = Array.from(papers.keys()).filter((place) => {
    const paper = papers[place] as number;
    return leftOut?.[paper] !== 1 && holds(paper);
  });
  // The sort is stable and the papers come in listing order.
  order.sort((a, b) => (scores[b] as number) - (scores[a] as number));
  return order.map((place) => papers[place] as number);
}

/** The papers that meet all terms, in listing order, and their scores (see ranking.ts). */
function ranked(index: SearchIndex, terms: readonly TextTerm[]): { papers: number[]; scores: number[] } {
  let papers: number[] = [];
  let scores: number[] = [];
  let titles: boolean[] = [];
  for (const [number, term] of terms.entries()) {
    const found = findTerm(index, term);
    const worth = rarity(found.papers.length, index.listing.size);
    // A term that was not to be looked for in the title has no say in whether all stand there.
    const saysTitle = term.field === null || term.field === "title";
    const kept: { papers: number[]; scores: number[]; titles: boolean[] } = {
      papers: [],
      scores: [],
      titles: [],
    };
    const keep = (place: number, score: number, title: boolean) => {
      kept.papers.push(found.papers[place] as number);
      kept.scores.push(score + (found.points[place] as number) * worth);
      kept.titles.push(title && (!saysTitle || found.inTitle[place] === 1));
    };
    if (number === 0) for (const place of found.papers.keys()) keep(place, 0, true);
    else eachCommon(papers, found, (at, place) => keep(place, scores[at] as number, titles[at] as boolean));
    ({ papers, scores, titles } = kept);
    if (papers.length === 0) break;
  }
  return { papers, scores: scores.map((score, at) => (titles[at] ? score * titleBonus : score)) };
}

/** Walks two lists of papers, both in listing order, and hands over the places of what they share. */
function eachCommon(
  papers: readonly number[],
  found: Found,
  visit: (at: number, place: number) => void,
): void {
  let place = 0;
  for (const [at, paper] of papers.entries()) {
    while (place < found.papers.length && (found.papers[place] as number) < paper) place += 1;
    if (found.papers[place] === paper) visit(at, place);
  }
}

/** A 1 for each paper that a negated term leaves out; null where nothing is to be left out. */
function leftOutBy(index: SearchIndex, terms: readonly TextTerm[]): Uint8Array | null {
  if (terms.length === 0) return null;
  const out = new Uint8Array(index.listing.size);
  for (const term of terms) for (const paper of findTerm(index, term).papers) out[paper] = 1;
  return out;
}

function meets(
  index: SearchIndex,
  term: MarkTerm | DateTerm | NumberTerm,
  paper: number,
  marks: (index: number) => number,
): boolean {
  switch (term.kind) {
    case "is":
      return hasSaidMark(term.mark, marks(paper));
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
