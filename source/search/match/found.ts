import type { Postings, SearchIndex } from "../index/search-index.js";
import {
  eachBeginning,
  eachInside,
  eachMisspelt,
  idOf,
  narrows,
  otherNumbersOf,
  prefixed,
  wordAlone,
} from "../index/vocabulary.js";
import type { PhraseTerm, TextTerm, WordTerm } from "../query/types.js";
import { Best, type Found } from "../rank/best.js";
import { isSure, pointsByPlaces, type Tier, tiers } from "../rank/ranking.js";
import { type Acronym, eachAcronym } from "../text/acronym.js";
import { allFields, fields, headFields, PlaceSets, placeBits, placeStep } from "../text/fields.js";
import { countsIn, glueMark, makePattern, type Pattern } from "../words/pattern.js";
import type { Run } from "../words/runs.js";
import {
  matchNear,
  matchWord,
  nearPattern,
  placesFor,
  plainSpelling,
  type ReadyWord,
  readyWord,
  type Spelling,
  spellingOf,
} from "../words/word.js";
import { offerIds, offerKeys } from "./identifiers.js";
import { findPhrase, findSequence, type Scope, type SearchContext } from "./in-texts.js";
import { isOneWord, makePhrase, type Phrase } from "./phrase.js";
import { remember } from "./remember.js";

export type { Found } from "../rank/best.js";
export type { Scope } from "./in-texts.js";

/** A prepared text term, for the search and for highlighting what it found. */
export type Ready =
  | { readonly kind: "word"; readonly term: WordTerm; readonly word: ReadyWord }
  | { readonly kind: "phrase"; readonly term: PhraseTerm; readonly phrase: Phrase };

/** Prepares a term, given its spelling in a listing. */
export function makeReady(term: TextTerm, spelling: Spelling): Ready {
  return term.kind === "word"
    ? { kind: "word", term, word: readyWord(term, spelling) }
    : { kind: "phrase", term, phrase: makePhrase(term) };
}

/** The spelling of a term in a listing, cached; for a phrase, `plainSpelling`. */
export function spelling(index: SearchIndex, term: TextTerm): Spelling {
  if (term.kind === "phrase") return plainSpelling;
  return remember(index, `spelling ${keyOf(term)}`, () => spellingOf(index, term));
}

/** Prepares a term for a listing. Cached. */
export function ready(index: SearchIndex, term: TextTerm): Ready {
  return remember(index, `ready ${keyOf(term)}`, () => makeReady(term, spelling(index, term)));
}

/**
 * The papers that match a term, whether or not it is negated. Cached. If many texts would have to be read,
 * only papers that the other terms leave are read: `within` returns a 1 for each, or `null` for no limit.
 */
export function findTerm(
  index: SearchIndex,
  term: TextTerm,
  scope: Scope,
  within: (() => Uint8Array | null) | null = null,
): Found {
  const key = `${scope} ${keyOf(term)}`;
  if (index.remembered.has(key)) return remember<Found>(index, key, () => undefined as never);
  const known = within === null ? index.reads.found.get(key) : undefined;
  if (known !== undefined) return known as Found;
  const { best, isPart } = offered(index, term, scope, within);
  const found = best.found();
  if (!isPart) return remember(index, key, () => found);
  // A group may have a term a hundred times, and its marks ask for each again.
  if (within === null) index.reads.found.set(key, found);
  return found;
}

/**
 * Sets `has` to 0 for papers that a term does not match, or that it excludes. Computes no points, which take
 * most of the time of a search for a frequent word.
 */
export function keepFound(index: SearchIndex, term: TextTerm, has: Uint8Array): void {
  const { best } = offered(index, term, "all", () => has);
  if (term.negated) best.leaveOut(has);
  else best.keep(has);
}

/** All matches of a term; `isPart` is set if not all texts were read. */
function offered(
  index: SearchIndex,
  term: TextTerm,
  scope: Scope,
  within: (() => Uint8Array | null) | null,
): Pick<SearchContext, "best" | "isPart"> {
  const best = new Best(index);
  const made = ready(index, term);
  const context: SearchContext = {
    index,
    scope,
    postings: index[scope],
    best,
    within,
    isPart: false,
  };
  offerIds(index, term, best);
  offerKeys(index, term, best);
  if (made.kind === "phrase") findPhrase(context, made.phrase);
  else if (made.word.fields !== 0) {
    const glued = findWords(context, made.word, made.term.strict === true);
    for (const sequence of made.word.sequences) findSequence(context, made.word, sequence, glued);
  }
  return context;
}

/** Whether a search for a term has to read texts. */
export function readsTexts(index: SearchIndex, term: TextTerm): boolean {
  const made = ready(index, term);
  return made.kind === "word" ? made.word.sequences.length > 0 : !isOneWord(made.phrase);
}

/**
 * An estimate of the work to look up a term, for ordering: the number of postings with it as a prefix, more
 * if typos are corrected, and still more if texts must be read, by the frequency of its rarest word.
 */
export function lookupCost(index: SearchIndex, term: TextTerm): number {
  if (readsTexts(index, term)) return readingCost + papersToRead(index, ready(index, term));
  const made = ready(index, term);
  if (made.kind === "phrase" || made.word.pattern === null) return 0;
  const begun = prefixed(index.vocabulary, made.word.pattern.word);
  return countOf(index.all, begun) + misspeltCost(made.word);
}

function papersToRead(index: SearchIndex, made: Ready): number {
  const { size } = index.listing;
  // A single letter stands for many names.
  const rarest = (parts: readonly string[], postings: Postings) =>
    Math.min(
      size,
      ...parts.map((part) =>
        part.length === 1 ? size : countOf(postings, wordAlone(index.vocabulary, part)),
      ),
    );
  if (made.kind === "phrase") return rarest(made.phrase.parts, index.all);
  return made.word.sequences.reduce((sum, { parts, tier }) => {
    return sum + rarest(parts, (countsIn(tier) & ~headFields) === 0 ? index.heads : index.all);
  }, 0);
}

function countOf({ offsets }: Postings, [first, end]: readonly [number, number]): number {
  return (offsets[end] as number) - (offsets[first] as number);
}

function misspeltCost({ misspelt }: ReadyWord): number {
  return misspelt === false ? 0 : 2 ** 30;
}

const readingCost = 2 ** 32;

/** The papers that have one of the words that a run of terms may be written as. */
export function findRun(index: SearchIndex, { words }: Run, scope: Scope): Found {
  const best = new Best(index);
  for (const [word, tier] of words) {
    const places = tier === tiers.meaning ? fields.title | fields.keywords | fields.organization : allFields;
    for (const key of [word, word + glueMark]) {
      const id = idOf(index.vocabulary, key);
      if (id >= 0) best.offerStretch(index[scope], id, id + 1, tier, places);
    }
  }
  return best.found();
}

/**
 * Offers the papers that match the word. Returns, for each paper, the fields with a compound that begins with
 * it; empty if there are none.
 */
function findWords(context: SearchContext, word: ReadyWord, isStrict: boolean): PlaceSets {
  const { index, scope, best } = context;
  const { pattern } = word;
  let glued: PlaceSets = new PlaceSets(0);
  if (pattern !== null) {
    offerBeginnings(context, word, pattern);
    if (word.sequences.length > 0) glued = gluedPlaces(context, pattern);
    if (!isStrict && (scope === "all" ? pattern.inMiddle || pattern.isNumber : pattern.isNumber)) {
      for (const id of insideIds(index, pattern)) offerInside(context, word, id);
    }
    if (scope === "all" && word.misspelt) {
      const near = word.misspelt === true ? pattern : nearPattern(pattern);
      eachMisspelt(index.vocabulary, near, (id) => {
        const key = index.vocabulary.words[id] as string;
        const match = matchNear(word, key);
        // A word that matches as written has been offered, and is worth more.
        if (match !== null && matchWord(word, key) === null) offerTier(context, word, id, match.tier);
      });
    }
  }
  for (const [one, tier] of word.also) {
    for (const key of [one, one + glueMark]) {
      const id = idOf(index.vocabulary, key);
      if (id >= 0) offerTier(context, word, id, tier);
    }
  }
  const { acronym } = word;
  if (scope === "all" && acronym !== null) {
    const places = placesFor(word, acronym.tier) & fields.title;
    for (const paper of withAcronym(index, acronym)) best.offer(paper, acronym.tier, places);
  }
  return glued;
}

/** The papers whose titles contain the acronym as initials. */
function withAcronym(index: SearchIndex, acronym: Acronym): Uint32Array {
  return remember(index, `acronym ${acronym.forms[0]}`, () => {
    const papers = new Set<number>();
    eachAcronym(index.initials, acronym, (paper) => papers.add(paper));
    return Uint32Array.from(papers);
  });
}

/** For each paper, the fields with a compound word that begins with the pattern; empty if there is none. */
function gluedPlaces({ index, postings }: SearchContext, pattern: Pattern): PlaceSets {
  let glued = new PlaceSets(0);
  const [first, end] = prefixed(index.vocabulary, pattern.word);
  for (let id = first; id < end; id += 1) {
    if (!(index.vocabulary.words[id] as string).endsWith(glueMark)) continue;
    if (glued.length === 0) glued = new PlaceSets(index.listing.size);
    const last = postings.offsets[id + 1] as number;
    for (let at = postings.offsets[id] as number; at < last; at += 1) {
      const posting = postings.papers[at] as number;
      glued[posting >>> placeBits] = (glued[posting >>> placeBits] as number) | (posting & allFields);
    }
  }
  return glued;
}

/**
 * Offers the words that begin with the pattern. They are adjacent in the vocabulary, and so are their
 * postings, so one loop offers all of them as prefixes. Exact matches and plurals are offered separately,
 * with more points.
 */
function offerBeginnings(context: SearchContext, word: ReadyWord, pattern: Pattern): void {
  const { vocabulary } = context.index;
  for (const key of [pattern.word, pattern.word + glueMark]) {
    const id = idOf(vocabulary, key);
    if (id >= 0) offerTier(context, word, id, tiers.exact);
  }
  for (const id of otherNumbersOf(vocabulary, pattern)) offerTier(context, word, id, tiers.plural);
  if (word.whole) return;
  const { postings, best } = context;
  const [first, end] = prefixed(vocabulary, pattern.word);
  const places = placesFor(word, tiers.prefix);
  if (pattern.word.length > 1 || pattern.isNumber) {
    const isAcronym = word.isDefined && pattern.word.length <= shortAcronym;
    best.offerStretch(postings, first, end, isAcronym ? tiers.begunAcronym : tiers.prefix, places);
    return;
  }
  // A single letter may begin an author's name. As the beginning of other words it is a weak match, but a title
  // of which so much is typed has it.
  const names = places & fields.authors;
  const others = word.fields & ~fields.authors & (context.scope === "all" ? allFields : fields.title);
  const begun = context.index.beginnings.get(pattern.word);
  if (begun === undefined) {
    best.offerStretch(postings, first, end, tiers.prefix, names);
    best.offerStretch(postings, first, end, tiers.chance, others);
    return;
  }
  const worths = letterWorths(context.index, names, others);
  best.offerSets(begun, worths, others & fields.title);
  if (others & fields.title) best.addWords(first, end);
}

/**
 * The points of a single letter for each set of fields, where it begins an author's name or another word. A query may
 * have a hundred letters, and the sets are many.
 */
function letterWorths({ letterWorths: known }: SearchIndex, names: number, others: number): Float64Array {
  const key = names * placeStep + others;
  const before = known.get(key);
  if (before !== undefined) return before;
  const [asName, asOther] = [pointsByPlaces(tiers.prefix), pointsByPlaces(tiers.chance)];
  const worths = new Float64Array(placeStep);
  for (let met = 0; met < placeStep; met += 1)
    worths[met] = Math.max(asName[met & names] as number, asOther[met & others] as number);
  known.set(key, worths);
  return worths;
}

/** Three letters may be the beginning of a word that is not written out ("eval ind mac"). */
const shortAcronym = 2;

function offerInside(context: SearchContext, word: ReadyWord, id: number): void {
  const match = matchWord(word, context.index.vocabulary.words[id] as string);
  if (match === null || (context.scope === "heads" && !isSure(match.tier))) return;
  offerTier(context, word, id, match.tier);
}

function offerTier({ index, postings, best }: SearchContext, word: ReadyWord, id: number, tier: Tier): void {
  const places = placesFor(word, tier);
  if (((index.vocabulary.places[id] as number) & places) === 0) return;
  best.offerStretch(postings, id, id + 1, tier, places);
}

/**
 * The ids of the words that contain the pattern. Cached, so that each typed letter searches only the previous
 * result.
 */
function insideIds(index: SearchIndex, pattern: Pattern): Uint32Array {
  return remember(index, `inside ${pattern.word}`, () => {
    const shorter = makePattern(pattern.word.slice(0, -1));
    const before = narrows(shorter, pattern)
      ? (index.remembered.get(`written ${shorter.word}`) as Uint32Array | undefined)
      : undefined;
    const inside: number[] = [];
    eachInside(index.vocabulary, pattern, before ?? null, (id) => inside.push(id));
    const written = [...inside];
    eachBeginning(index.vocabulary, pattern, (id) => written.push(id));
    remember(index, `written ${pattern.word}`, () => Uint32Array.from(written));
    return Uint32Array.from(inside);
  });
}

/** A letter in lower case, however it is written (𝒫); any other text as it is. */
function plainLetter(text: string): string {
  if (text.length > 2) return text;
  if (text < "\x7f") return text.length === 1 ? text.toLowerCase() : text;
  const letter = text.normalize("NFKC");
  return /^[A-Z]$/i.test(letter) ? letter.toLowerCase() : text;
}

/** What a term is remembered by: equal for terms that find the same. */
function keyOf(term: TextTerm): string {
  const variant = term.kind === "phrase" ? term.open : [term.strict, term.plain, term.loose];
  const text = term.kind === "phrase" ? term.text : plainLetter(term.text);
  return JSON.stringify([term.kind, term.field, term.negated, variant, text]);
}
