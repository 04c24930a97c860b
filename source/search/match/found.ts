import type { Postings, SearchIndex } from "../index/search-index.js";
import { eachText, mayHavePhrase, mayHaveSequence, withPhrase, withSequence } from "../index/texts.js";
import {
  eachBeginning,
  eachInside,
  eachMisspelt,
  idOf,
  narrows,
  otherNumbersOf,
  prefixed,
} from "../index/vocabulary.js";
import type { PhraseTerm, WordTerm } from "../query/query.js";
import { eachAcronym } from "../text/acronym.js";
import { allFields, fields, headFields } from "../text/fields.js";
import { normalize, words } from "../text/normalize.js";
import { glueMark, makePattern, type Pattern } from "./pattern.js";
import { hasPhrase, isOneWord, makePhrase, type Phrase } from "./phrase.js";
import { idPoints, isSure, points, pointsByPlaces, saysTitle, type Tier, tiers } from "./ranking.js";
import {
  matchWord,
  placesFor,
  type ReadyWord,
  readyWord,
  type Sequence,
  type Spelling,
  sequenceRanges,
  spellingOf,
} from "./word.js";

/** The papers one term is met by, in listing order, with what the match is worth and whether the title has it. */
export interface Found {
  readonly papers: Uint32Array;
  readonly points: Float32Array;
  readonly inTitle: Uint8Array;
}

/** Where a term is looked for: in everything, or for sure matches in all but the abstracts (see ranking.ts). */
export type Scope = "heads" | "all";

/** A term of text made ready: for the search, and for highlighting what it found. */
export type Ready =
  | { readonly kind: "word"; readonly term: WordTerm; readonly word: ReadyWord }
  | { readonly kind: "phrase"; readonly term: PhraseTerm; readonly phrase: Phrase };

/** As many terms as a person has in the prompt and a few steps back, and what is remembered of each. */
const rememberedTerms = 32;
const rememberedOfTerm = 4;
/** All of that together, in bytes: of a frequent word every paper is remembered. */
const rememberedBytes = 1 << 25;

/** Makes a term ready, with what a listing says of its spelling. */
export function makeReady(term: WordTerm | PhraseTerm, spelling: Spelling): Ready {
  return term.kind === "word"
    ? { kind: "word", term, word: readyWord(term, spelling) }
    : { kind: "phrase", term, phrase: makePhrase(term) };
}

/** What a listing says of a term's spelling; of a phrase nothing. */
export function spelling(index: SearchIndex, term: WordTerm | PhraseTerm): Spelling {
  return term.kind === "word" ? spellingOf(index, term) : { misspelt: false, splits: [] };
}

/** Makes a term ready for a listing; the same term again costs nothing. */
export function ready(index: SearchIndex, term: WordTerm | PhraseTerm): Ready {
  return remember(index, `ready ${keyOf(term)}`, () => makeReady(term, spelling(index, term)));
}

/** The papers a term is met by, negated or not; the same term again costs nothing. */
export function findTerm(index: SearchIndex, term: WordTerm | PhraseTerm, scope: Scope): Found {
  return remember(index, `${scope} ${keyOf(term)}`, () => {
    const best = new Best(index);
    const made = ready(index, term);
    findId(index, term, best);
    const context: SearchContext = { index, scope, postings: index[scope], best };
    if (made.kind === "phrase") findPhrase(context, made.term, made.phrase);
    else {
      const glued = findWords(context, made.word);
      for (const sequence of made.word.sequences) findSequence(context, made.word, sequence, glued);
    }
    return best.found();
  });
}

/** A search for one term under way. */
interface SearchContext {
  readonly index: SearchIndex;
  readonly scope: Scope;
  readonly postings: Postings;
  readonly best: Best;
}

/** Collects the best match of each paper. */
class Best {
  readonly #points: Float32Array;
  readonly #inTitle: Uint8Array;

  constructor({ best }: SearchIndex) {
    // Made once for an index: most of a short search would go to making them.
    this.#points = best.points.fill(0);
    this.#inTitle = best.inTitle.fill(0);
  }

  /** A match in the fields `places` of a paper; none of them, no match. */
  offer(paper: number, tier: Tier, places: number): void {
    if (places & fields.title && saysTitle(tier)) this.#inTitle[paper] = 1;
    this.offerPoints(paper, points(tier, places));
  }

  /** As `offer` for all postings of the words from `first` to before `end`, of which each is met alike. */
  offerStretch({ offsets, papers }: Postings, first: number, end: number, tier: Tier, places: number): void {
    const worths = pointsByPlaces(tier);
    const title = saysTitle(tier) ? fields.title : 0;
    const best = this.#points;
    const inTitle = this.#inTitle;
    const last = offsets[end] as number;
    for (let at = offsets[first] as number; at < last; at += 1) {
      const posting = papers[at] as number;
      const met = posting & places;
      if (met === 0) continue;
      const paper = posting >>> 5;
      const worth = worths[met] as number;
      if (worth > (best[paper] as number)) best[paper] = worth;
      if (met & title) inTitle[paper] = 1;
    }
  }

  offerPoints(paper: number, worth: number): void {
    if (worth > (this.#points[paper] as number)) this.#points[paper] = worth;
  }

  found(): Found {
    let count = 0;
    for (const worth of this.#points) if (worth > 0) count += 1;
    const papers = new Uint32Array(count);
    const points = new Float32Array(count);
    const inTitle = new Uint8Array(count);
    let place = 0;
    for (let paper = 0; place < count; paper += 1) {
      const worth = this.#points[paper] as number;
      if (worth === 0) continue;
      papers[place] = paper;
      points[place] = worth;
      inTitle[place] = this.#inTitle[paper] as number;
      place += 1;
    }
    return { papers, points, inTitle };
  }
}

/** Offers the papers that have the word; returns the fields of each in which it stands over a hyphen. */
function findWords(context: SearchContext, word: ReadyWord): Uint8Array {
  const { index, scope, best } = context;
  const { pattern } = word;
  const glued = new Uint8Array(word.sequences.length > 0 ? index.listing.size : 0);
  if (pattern !== null) {
    offerBeginnings(context, word, pattern);
    if (word.sequences.length > 0) {
      eachBeginning(index.vocabulary, pattern, (id) => noteGlued(context, pattern, id, glued));
    }
    if (scope === "all" || pattern.isNumber) {
      for (const id of insideIds(index, pattern)) offerInside(context, word, id);
    }
    if (scope === "all" && word.misspelt) {
      eachMisspelt(index.vocabulary, pattern, (id, { tier }) => {
        // A word met as written was offered already, and is worth more.
        if (matchWord(word, index.vocabulary.words[id] as string) === null)
          offerTier(context, word, id, tier);
      });
    }
  }
  const { acronym } = word;
  if (scope === "all" && acronym !== null) {
    const places = placesFor(word, acronym.tier) & fields.title;
    eachAcronym(index.initials, acronym, (paper) => best.offer(paper, acronym.tier, places));
  }
  return glued;
}

function noteGlued(
  { index, postings }: SearchContext,
  pattern: Pattern,
  id: number,
  glued: Uint8Array,
): void {
  const key = index.vocabulary.words[id] as string;
  if (!key.endsWith(glueMark) || !key.startsWith(pattern.word)) return;
  const end = postings.offsets[id + 1] as number;
  for (let at = postings.offsets[id] as number; at < end; at += 1) {
    const posting = postings.papers[at] as number;
    glued[posting >>> 5] = (glued[posting >>> 5] as number) | (posting & 31);
  }
}

/**
 * Offers what begins with the pattern. Such words stand side by side, and so do their postings: all are
 * gone through as beginnings at once, and what the pattern is as a whole gets what that is worth.
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
    best.offerStretch(postings, first, end, tiers.prefix, places);
    return;
  }
  // A single letter begins names; that it begins other words says next to nothing.
  best.offerStretch(postings, first, end, tiers.prefix, places & fields.authors);
  if (context.scope === "heads") return;
  best.offerStretch(postings, first, end, tiers.chance, word.fields & ~fields.authors);
}

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
 * The words that have a pattern inside. Those of the pattern a letter shorter are remembered, so that
 * each letter typed looks only at what the one before it left.
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

/** A term of several words, or a word that some write as two: where they stand behind each other. */
function findSequence(context: SearchContext, word: ReadyWord, sequence: Sequence, glued: Uint8Array): void {
  const { index, scope, postings, best } = context;
  const wanted = scope === "heads" ? word.fields & headFields : word.fields;
  for (const posting of withSequence(index, postings, sequence, wanted)) {
    const paper = posting >>> 5;
    // Where it stands over a hyphen the index has said so.
    const places = posting & 31 & ~(glued[paper] as number);
    eachText(index, paper, places, (text, field, isSimple) => {
      if (isSimple && !mayHaveSequence(sequence, text.toLowerCase())) return;
      const isName = field === fields.authors;
      for (const { tier } of sequenceRanges(sequence, text, words(text), isName)) {
        best.offer(paper, tier, field);
      }
    });
  }
}

/** `id:` and, without a field, what looks like an arXiv number: pasted with its version or in an address. */
function findId(index: SearchIndex, term: WordTerm | PhraseTerm, best: Best): void {
  const text = normalize(term.text);
  const number = /(?<![\d.])\d{4}\.\d{4,5}(?!\d)/.exec(text)?.[0];
  // While it is typed, and where it was cut off: of identifiers only those of arXiv can be told by a part.
  const begun =
    number === undefined && term.field === null ? /^(?:arxiv:)?(\d{4}\.\d{0,3})$/.exec(text)?.[1] : undefined;
  const wanted = number ?? begun ?? (term.field === "id" ? text.replace(/(?<=\/\d{7})v\d+$/, "") : null);
  if (wanted === null || (term.field !== null && term.field !== "id")) return;
  const byTitle = wanted.startsWith("title:");
  index.ids.forEach((ids, paper) => {
    const met = byTitle
      ? normalize(index.listing.paper(paper).id).startsWith(wanted)
      : begun === undefined
        ? ids.includes(wanted)
        : ids.startsWith(wanted);
    if (met) best.offerPoints(paper, idPoints);
  });
}

function findPhrase(context: SearchContext, term: PhraseTerm, phrase: Phrase): void {
  const { index, scope, postings, best } = context;
  const places = scope === "heads" ? phrase.fields & headFields : phrase.fields;
  if (isOneWord(phrase)) {
    const [first, end] = phrase.open ? prefixed(index.vocabulary, phrase.flat) : wordOnly(index, phrase.flat);
    const last = postings.offsets[end] as number;
    for (let at = postings.offsets[first] as number; at < last; at += 1) {
      const posting = postings.papers[at] as number;
      best.offer(posting >>> 5, tiers.exact, posting & places);
    }
    return;
  }
  const before = foundBefore(index, term, phrase, scope);
  for (const posting of before ?? withPhrase(index, postings, phrase, places)) {
    const paper = posting >>> 5;
    eachText(index, paper, posting & places, (text, field, isSimple) => {
      if (isSimple && !mayHavePhrase(phrase, text)) return;
      if (hasPhrase(phrase, text)) best.offer(paper, tiers.exact, field);
    });
  }
}

/**
 * What was found for a phrase before its last letter was typed, where it is still known: nothing else can
 * have it. As postings with every field.
 */
function foundBefore(index: SearchIndex, term: PhraseTerm, phrase: Phrase, scope: Scope): Uint32Array | null {
  if (!phrase.open || phrase.isName) return null;
  const cut = term.text.slice(0, -1);
  const shorter: PhraseTerm = { ...term, text: cut.trimEnd(), open: cut === cut.trimEnd() };
  const known = index.remembered.get(`${scope} ${keyOf(shorter)}`) as Found | undefined;
  const before = makePhrase(shorter);
  if (known === undefined || before.flat === "" || before.keepCase !== phrase.keepCase) return null;
  if (!phrase.flat.startsWith(before.flat)) return null;
  return known.papers.map((paper) => paper * 32 + allFields);
}

/** The one word as a range of the vocabulary; an empty one where it is not in it. */
function wordOnly(index: SearchIndex, word: string): readonly [number, number] {
  const id = idOf(index.vocabulary, word);
  return id < 0 ? [0, 0] : [id, id + 1];
}

function keyOf(term: WordTerm | PhraseTerm): string {
  const variant = term.kind === "phrase" ? term.open : term.loose === true;
  return JSON.stringify([term.kind, term.field, term.negated, variant, term.text]);
}

/** What was made for `key` the last time, or is made now; the least lately asked for is forgotten. */
export function remember<Made>(index: SearchIndex, key: string, make: () => Made): Made {
  const { remembered } = index;
  const known = remembered.has(key);
  const made = known ? (remembered.get(key) as Made) : make();
  if (known) remembered.delete(key); // to stand at the end again
  remembered.set(key, made);
  let bytes = 0;
  for (const one of remembered.values()) bytes += bytesOf(one);
  for (const [oldest, one] of remembered) {
    const isTooMuch = bytes > rememberedBytes && oldest !== key;
    if (remembered.size <= rememberedOfTerm * rememberedTerms && !isTooMuch) break;
    remembered.delete(oldest);
    bytes -= bytesOf(one);
  }
  return made;
}

/** About how much memory something remembered takes; what is short counts nothing. */
function bytesOf(made: unknown): number {
  if (made instanceof Uint32Array) return made.byteLength;
  const { papers } = made as Partial<Found>;
  return papers === undefined ? 0 : bytesOfFound * papers.length;
}

/** Of a paper: its index, its points, and whether its title has the term. */
const bytesOfFound = 9;
