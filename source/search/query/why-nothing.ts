import type { SearchIndex } from "../index/search-index.js";
import { idOf } from "../index/vocabulary.js";
import { findTerm } from "../match/found.js";
import { fieldsOf } from "../text/fields.js";
import { onlyWord } from "../words/runs.js";
import { editDistance } from "../words/typos.js";
import { marks } from "./conditions.js";
import { type Answer, answerTo, firstOf } from "./did-you-mean.js";
import { isText, parseQuery, type Query, type Term, termsOf, type Watches } from "./query.js";

/** Why a query finds nothing, and what would find something. */
export interface WhyNothing {
  /** The term to blame, as typed. */
  readonly blamed: string;
  /** Whether no paper at all matches it. Otherwise each paper that does fails another term. */
  readonly isNowhere: boolean;
  /** The query as probably meant, and what was changed, in short; `null` if nothing similar finds papers. */
  readonly instead: { readonly word: string; readonly query: string } | null;
  /** The query without the term, and how many papers that finds; `null` if it is empty or finds none. */
  readonly without: { readonly query: string; readonly count: number } | null;
}

/**
 * In a query with more terms, such as a pasted abstract, no single one is to blame, and trying each would be
 * slow.
 */
const mostTerms = 8;
/** The most spellings that are tried, closest and most frequent first, and their maximum edit distance. */
const mostTried = 4;
const farthest = 3;

/**
 * Explains why a query, apart from its conditions on marks, finds nothing in a listing. `null` if no single
 * term is to blame, if the query is empty, or if a condition is mistyped, which is reported separately.
 */
export function whyNothing(index: SearchIndex, query: Query, today: string | null): WhyNothing | null {
  const wanted = query.terms.filter((term) => term.kind !== "is" && query.places.has(term));
  if (wanted.length > mostTerms || query.mistakes.length > 0) return null;
  if (wanted.length === 0 || query.parts.some((part) => termsOf(part).length > 1)) return null;
  const nowhere = wanted.find(
    (term) => isText(term) && !term.negated && findTerm(index, term, "all").papers.length === 0,
  );
  const left = wanted.map((term) => ({ term, without: withoutTerm(index, query, term, today) }));
  const best = left.reduce((most, one) =>
    (one.without?.count ?? 0) > (most.without?.count ?? 0) ? one : most,
  );
  const blamed = nowhere === undefined ? best : left.find(({ term }) => term === nowhere);
  if (blamed === undefined) return null;
  return {
    blamed: written(query, blamed.term),
    isNowhere: nowhere !== undefined,
    instead: meantInstead(index, query, wanted, today),
    without: blamed.without,
  };
}

function withoutTerm(
  index: SearchIndex,
  query: Query,
  term: Term,
  today: string | null,
): WhyNothing["without"] {
  const place = query.places.get(term);
  if (place === undefined) return null;
  const text = `${query.text.slice(0, place.start)} ${query.text.slice(place.end)}`
    .replace(/\s+/g, " ")
    .trim();
  const count = countOf(index, text, today, query.watches);
  return text === "" || count === 0 ? null : { query: text, count };
}

/** The query as probably meant: "or" as OR, a mark's name as a condition, misspelt words corrected. */
function meantInstead(
  index: SearchIndex,
  query: Query,
  wanted: readonly Term[],
  today: string | null,
): WhyNothing["instead"] {
  const isFound = (text: string) => countOf(index, text, today, query.watches) > 0;
  const plain = wanted.flatMap((term) =>
    term.kind === "word" && !term.negated && term.field !== "id" && term.field !== "key" ? term : [],
  );
  const or = plain.find(({ text }) => text === "or");
  if (or !== undefined) {
    const text = withWords(query, [[or, "OR"]]);
    if (isFound(text)) return { word: text, query: text };
  }
  const misspelt = plain.flatMap((term) => {
    const typed = onlyWord(term);
    if (typed === null || typed.length < 3 || idOf(index.vocabulary, typed) >= 0) return [];
    return { term, words: near(index, typed) };
  });
  const named = misspelt.find(({ term }) => term.field === null && marks.some((mark) => mark === term.text));
  if (named !== undefined) {
    const word = `is:${named.term.text}`;
    return { word, query: withWords(query, [[named.term, word]]) };
  }
  const [first, ...others] = misspelt.filter(({ words }) => words.length > 0);
  if (first === undefined) return null;
  // Vary one word at a time; use the closest correction for the others.
  const rest = others.map(({ term, words }) => [term, words[0] as string] as const);
  for (const word of first.words) {
    const words = [[first.term, word] as const, ...rest];
    const text = withWords(query, words);
    if (isFound(text)) return { word: words.map(([, one]) => one).join(" "), query: text };
  }
  return null;
}

/** The text of a query with some of its terms replaced by words. */
function withWords(query: Query, words: readonly (readonly [Term, string])[]): string {
  const placed = words.map(([term, word]) => ({ place: query.places.get(term), word }));
  placed.sort((one, other) => (other.place?.start ?? 0) - (one.place?.start ?? 0));
  return placed.reduce(
    (text, { place, word }) =>
      place === undefined ? text : text.slice(0, place.valueStart) + word + text.slice(place.valueEnd),
    query.text,
  );
}

/**
 * The words of the listing closest to an unknown word, best first: a third of its length in edits, but at
 * most `farthest`. The first letter is rarely the wrong one: if it is, nothing else may be but in a long word
 * ("into" for Hinton).
 */
function near({ vocabulary, all }: SearchIndex, typed: string): readonly string[] {
  const most = Math.min(farthest, Math.floor(typed.length / 3));
  const found: { word: string; edits: number; papers: number }[] = [];
  for (const [id, word] of vocabulary.words.entries()) {
    if (Math.abs(word.length - typed.length) > most || word === typed || !/^[a-z]+$/.test(word)) continue;
    // Words this close have equal first or second letters, or these are swapped or shifted.
    if (word[0] !== typed[0] && word[1] !== typed[1] && word[1] !== typed[0] && word[0] !== typed[1])
      continue;
    const edits = editDistance(typed, word);
    if (edits > (word[0] === typed[0] || most === farthest ? most : 1)) continue;
    found.push({ word, edits, papers: (all.offsets[id + 1] as number) - (all.offsets[id] as number) });
  }
  found.sort((one, other) => one.edits - other.edits || other.papers - one.papers);
  return found.slice(0, mostTried).map(({ word }) => word);
}

function countOf(index: SearchIndex, text: string, today: string | null, watches: Watches): number {
  const query = parseQuery(text, today, watches);
  return query.isEmpty ? 0 : answerTo(index, query, firstOf(index, query)).papers.length;
}

function written(query: Query, term: Term): string {
  const place = query.places.get(term);
  return place === undefined ? "" : query.text.slice(place.start, place.end);
}

/** A typed word, and the word that papers matched by instead. */
export interface Taken {
  readonly typed: string;
  readonly word: string;
}

/** The words of a query that no paper contains as typed, each with the word that papers matched by. */
export function takenFor(index: SearchIndex, meant: Query): readonly Taken[] {
  const taken: Taken[] = [];
  for (const term of meant.terms) {
    if (term.kind !== "word" || term.negated) continue;
    const typed = onlyWord(term);
    if (typed === null || typed.length < 3 || idOf(index.vocabulary, typed) >= 0) continue;
    const word = commonest(index, term, typed);
    if (word !== null) taken.push({ typed: term.text, word });
  }
  return taken;
}

/**
 * The most frequent word of the vocabulary that matches a term by another spelling; `null` if one has what was
 * typed. A few letters in the middle of a word are there by chance: "song" in "Jinsong".
 */
function commonest(index: SearchIndex, term: Term, typed: string): string | null {
  if (!isText(term)) return null;
  const { words } = findTerm(index, term, "all");
  const isShort = /^[a-z]{1,4}$/.test(typed);
  const hasTyped = (word: string) => word.startsWith(typed) || (!isShort && word.includes(typed));
  let best: string | null = null;
  let most = 0;
  for (let at = 0; at < words.length; at += 2) {
    for (let id = words[at] as number; id < (words[at + 1] as number); id += 1) {
      const word = index.vocabulary.words[id] as string;
      if (hasTyped(word)) return null;
      if (word.includes(typed)) continue;
      const papers = (index.all.offsets[id + 1] as number) - (index.all.offsets[id] as number);
      if (papers > most) [best, most] = [word, papers];
    }
  }
  if (best !== null) return best.replace(/-$/, "");
  // Only words of titles are remembered with what is found.
  const places = fieldsOf(term.field);
  if (index.vocabulary.words.some((word) => hasTyped(word) && isIn(index, word, places))) return null;
  return near(index, typed).find((word) => isIn(index, word, places)) ?? null;
}

/** Whether some paper has a word of the vocabulary in one of the fields (bits). */
function isIn({ vocabulary, all }: SearchIndex, word: string, places: number): boolean {
  const id = idOf(vocabulary, word);
  const postings = all.papers.subarray(all.offsets[id], all.offsets[id + 1]);
  return postings.some((posting) => (posting & places) !== 0);
}

/** Information about an answer besides its papers. */
export interface Outcome {
  /** Set if nothing was found. */
  readonly why: WhyNothing | null;
  readonly taken: readonly Taken[];
}

export const plainOutcome: Outcome = { why: null, taken: [] };

/** Explains the answer to a query. */
export function outcomeOf(index: SearchIndex, query: Query, answer: Answer, today: string | null): Outcome {
  const why = answer.papers.length === 0 ? whyNothing(index, query, today) : null;
  return { why, taken: why === null ? takenFor(index, answer.query) : [] };
}
