import { eachAcronym } from "./acronym.js";
import { fieldBits, fields, fieldTexts, headFields } from "./fields.js";
import type { Postings, SearchIndex } from "./index.js";
import { fold, words } from "./normalise.js";
import { makePattern, matchWritten, type Pattern } from "./pattern.js";
import { anchorOf, hasPhrase, isOneWord, makePhrase, type Phrase } from "./phrase.js";
import type { PhraseTerm, WordTerm } from "./query.js";
import { idPoints, isSure, points, saysTitle, type Tier, tiers } from "./ranking.js";
import { eachBeginning, eachInside, eachMisspelt, idOf, narrows, prefixed } from "./vocabulary.js";
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
    const best = new Best(index.listing.size);
    const made = ready(index, term);
    findId(index, term, best);
    const look: Look = { index, scope, postings: index[scope], best };
    if (made.kind === "phrase") findPhrase(look, made.phrase);
    else {
      findWords(look, made.word);
      for (const sequence of made.word.sequences) findSequence(look, made.word, sequence);
    }
    return best.found();
  });
}

/** A search for one term under way. */
interface Look {
  readonly index: SearchIndex;
  readonly scope: Scope;
  readonly postings: Postings;
  readonly best: Best;
}

/** Collects the best match of each paper. */
class Best {
  readonly #points: Float32Array;
  readonly #inTitle: Uint8Array;

  constructor(size: number) {
    this.#points = new Float32Array(size);
    this.#inTitle = new Uint8Array(size);
  }

  /** A match in the fields `places` of a paper; none of them, no match. */
  offer(paper: number, tier: Tier, places: number): void {
    if (places & fields.title && saysTitle(tier)) this.#inTitle[paper] = 1;
    this.offerPoints(paper, points(tier, places));
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

function findWords(look: Look, word: ReadyWord): void {
  const { index, scope, best } = look;
  const { pattern } = word;
  if (pattern !== null) {
    const offer = (id: number) => offerWord(look, word, pattern, id);
    eachBeginning(index.vocabulary, pattern, offer);
    if (scope === "all" || pattern.isNumber) for (const id of insideIds(index, pattern)) offer(id);
    if (scope === "all" && word.misspelt) {
      eachMisspelt(index.vocabulary, pattern, (id, { tier }) => {
        // A word met as written was offered already, and is worth more.
        if (matchWord(word, index.vocabulary.words[id] as string) === null) offerTier(look, word, id, tier);
      });
    }
  }
  const { acronym } = word;
  if (scope === "heads" || acronym === null) return;
  const places = placesFor(word, acronym.tier) & fields.title;
  eachAcronym(index.initials, acronym, (paper) => best.offer(paper, acronym.tier, places));
}

function offerWord(look: Look, word: ReadyWord, pattern: Pattern, id: number): void {
  const match = matchWord(word, look.index.vocabulary.words[id] as string);
  if (match === null || (look.scope === "heads" && !isSure(match.tier))) return;
  if (pattern.word.length > 1 || match.tier !== tiers.prefix || pattern.isNumber) {
    offerTier(look, word, id, match.tier);
    return;
  }
  // A single letter begins names; that it begins other words says next to nothing.
  offerTier(look, { ...word, fields: word.fields & fields.authors }, id, match.tier);
  if (look.scope === "all") offerPlaces(look, id, tiers.chance, word.fields & ~fields.authors);
}

function offerTier(look: Look, word: ReadyWord, id: number, tier: Tier): void {
  offerPlaces(look, id, tier, placesFor(word, tier));
}

function offerPlaces({ index, postings, best }: Look, id: number, tier: Tier, places: number): void {
  if (((index.vocabulary.places[id] as number) & places) === 0) return;
  const end = postings.offsets[id + 1] as number;
  for (let at = postings.offsets[id] as number; at < end; at += 1) {
    const posting = postings.papers[at] as number;
    if (posting & places) best.offer(posting >>> 5, tier, posting & places);
  }
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
function findSequence(look: Look, word: ReadyWord, sequence: Sequence): void {
  const { index, scope, best } = look;
  const places = scope === "heads" ? word.fields & headFields : word.fields;
  for (const paper of papersWithSequence(look, sequence, places)) {
    eachText(index, paper, places, (text, field) => {
      const isName = field === fields.authors;
      for (const { tier } of sequenceRanges(sequence, text, words(text), isName))
        best.offer(paper, tier, field);
    });
  }
}

/** The papers worth reading for a sequence: those with all its words in those fields. */
function papersWithSequence(
  { index, postings }: Look,
  { parts, last, open }: Sequence,
  places: number,
): number[] {
  const ends = new Uint8Array(index.listing.size);
  eachBeginning(index.vocabulary, last, (id) => {
    const match = matchWritten(last, index.vocabulary.words[id] as string);
    if (match === null || match.tier > (open ? tiers.prefix : tiers.plural)) return;
    const end = postings.offsets[id + 1] as number;
    for (let at = postings.offsets[id] as number; at < end; at += 1) {
      const posting = postings.papers[at] as number;
      if (posting & places) ends[posting >>> 5] = 1;
    }
  });
  // A single letter may stand for a name.
  const written = parts.slice(0, -1).filter((part) => part.length > 1 || !(places & fields.authors));
  if (written.length > 0) {
    return papersWithAll(index, postings, written, places).filter((paper) => ends[paper] === 1);
  }
  const papers: number[] = [];
  ends.forEach((isEnd, paper) => {
    if (isEnd === 1) papers.push(paper);
  });
  return papers;
}

/** `id:` and, without a field, what looks like an arXiv number: pasted with its version or in an address. */
function findId(index: SearchIndex, term: WordTerm | PhraseTerm, best: Best): void {
  const text = fold(term.text);
  const number = /(?<![\d.])\d{4}\.\d{4,5}(?!\d)/.exec(text)?.[0];
  const wanted = number ?? (term.field === "id" ? text.replace(/(?<=\/\d{7})v\d+$/, "") : null);
  if (wanted === null || (term.field !== null && term.field !== "id")) return;
  const byTitle = wanted.startsWith("title:");
  index.ids.forEach((ids, paper) => {
    const met = byTitle ? fold(index.listing.paper(paper).id).startsWith(wanted) : ids.includes(wanted);
    if (met) best.offerPoints(paper, idPoints);
  });
}

function findPhrase(look: Look, phrase: Phrase): void {
  const { index, scope, postings, best } = look;
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
  for (const paper of phraseCandidates(look, phrase, places)) {
    eachText(index, paper, places, (text, field) => {
      if (hasPhrase(phrase, text)) best.offer(paper, tiers.exact, field);
    });
  }
}

/** The one word as a range of the vocabulary; an empty one where it is not in it. */
function wordOnly(index: SearchIndex, word: string): readonly [number, number] {
  const id = idOf(index.vocabulary, word);
  return id < 0 ? [0, 0] : [id, id + 1];
}

/** The papers worth reading for a phrase: those with its words, of which the last may be a beginning. */
function phraseCandidates({ index, postings }: Look, phrase: Phrase, places: number): Iterable<number> {
  const { parts, open, isName } = phrase;
  if (places === 0) return [];
  if (parts.length === 0) return Array(index.listing.size).keys();
  const anchor = anchorOf(parts);
  const isLast = anchor === parts.length - 1;
  if (isName) {
    const part = parts[anchor] as string;
    const goesOn = part.length === 1 || (open && isLast);
    return goesOn
      ? papersWithPrefix(index, postings, part, places)
      : papersWithAll(index, postings, [part], places);
  }
  if (!open) return papersWithAll(index, postings, parts, places);
  if (parts.length > 1) return papersWithAll(index, postings, parts.slice(0, -1), places);
  return papersWithPrefix(index, postings, parts[0] as string, places);
}

/** The papers that have every one of the words in at least one of the fields. */
function papersWithAll(
  index: SearchIndex,
  { offsets, papers }: Postings,
  parts: readonly string[],
  places: number,
): number[] {
  const ids = parts.map((part) => idOf(index.vocabulary, part));
  if (ids.some((id) => id < 0)) return [];
  const lists = ids.map((id) => papers.subarray(offsets[id], offsets[id + 1]));
  lists.sort((a, b) => a.length - b.length);
  const found: number[] = [];
  for (const posting of lists[0] ?? []) {
    const common = lists.slice(1).every((list) => placesIn(list, posting >>> 5) & places);
    if (common && posting & places) found.push(posting >>> 5);
  }
  return found;
}

function papersWithPrefix(
  index: SearchIndex,
  { offsets, papers }: Postings,
  prefix: string,
  places: number,
): Set<number> {
  const [first, end] = prefixed(index.vocabulary, prefix);
  const found = new Set<number>();
  const last = offsets[end] as number;
  for (let at = offsets[first] as number; at < last; at += 1) {
    const posting = papers[at] as number;
    if (posting & places) found.add(posting >>> 5);
  }
  return found;
}

/** The fields in which a paper of a posting list has the word; 0 where it is not in the list. */
function placesIn(list: Uint32Array, paper: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as number) >>> 5 < paper) low = middle + 1;
    else high = middle;
  }
  const posting = list[low] ?? 0;
  return posting >>> 5 === paper ? posting & 31 : 0;
}

function eachText(
  index: SearchIndex,
  paper: number,
  places: number,
  visit: (text: string, field: number) => void,
): void {
  const found = index.listing.paper(paper);
  for (const field of fieldBits) {
    if (places & field) for (const text of fieldTexts(found, field)) visit(text, field);
  }
}

function keyOf(term: WordTerm | PhraseTerm): string {
  const open = term.kind === "phrase" && term.open;
  return JSON.stringify([term.kind, term.field, term.negated, open, term.text]);
}

/** What was made for `key` the last time, or is made now; the least lately asked for is forgotten. */
function remember<Made>(index: SearchIndex, key: string, make: () => Made): Made {
  const { remembered } = index;
  const known = remembered.has(key);
  const made = known ? (remembered.get(key) as Made) : make();
  if (known) remembered.delete(key); // to stand at the end again
  remembered.set(key, made);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= rememberedOfTerm * rememberedTerms) break;
    remembered.delete(oldest);
  }
  return made;
}
