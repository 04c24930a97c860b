import { fieldBits, fields, fieldTexts } from "./fields.js";
import type { SearchIndex } from "./index.js";
import { fold, words } from "./normalise.js";
import { anchorOf, hasPhrase, isOneWord, makePhrase, type Phrase } from "./phrase.js";
import type { PhraseTerm, WordTerm } from "./query.js";
import { idPoints, points, type Tier, tiers } from "./ranking.js";
import { eachMisspelt, eachWritten, idOf, prefixed } from "./vocabulary.js";
import { matchKey, placesFor, type ReadyWord, readyWord, sequenceRanges } from "./word.js";

/** The papers one term is met by, in listing order, with what the match is worth and whether the title has it. */
export interface Found {
  readonly papers: Uint32Array;
  readonly points: Float32Array;
  readonly inTitle: Uint8Array;
}

/** A term of text made ready: for the search, and for highlighting what it found. */
export type Ready =
  | { readonly kind: "word"; readonly term: WordTerm; readonly word: ReadyWord }
  | { readonly kind: "phrase"; readonly term: PhraseTerm; readonly phrase: Phrase };

/** As many terms as a person has in the prompt and a few steps back. */
const rememberedTerms = 32;

/** Makes a term ready for a listing; the same term again costs nothing. */
export function ready(index: SearchIndex, term: WordTerm | PhraseTerm): Ready {
  return remember(
    index,
    `ready ${keyOf(term)}`,
    (): Ready =>
      term.kind === "word"
        ? { kind: "word", term, word: readyWord(index, term) }
        : { kind: "phrase", term, phrase: makePhrase(term) },
  );
}

/** The papers a term is met by, negated or not; the same term again costs nothing. */
export function findTerm(index: SearchIndex, term: WordTerm | PhraseTerm): Found {
  return remember(index, `found ${keyOf(term)}`, () => {
    const best = new Best(index.listing.size);
    const made = ready(index, term);
    findId(index, term, best);
    if (made.kind === "phrase") findPhrase(index, made.phrase, best);
    else {
      findWords(index, made.word, best);
      for (const sequence of made.word.sequences) {
        const first = sequence.parts.slice(0, -1);
        for (const paper of papersWithAll(index, first, made.word.fields)) {
          eachText(index, paper, made.word.fields, (text, field) => {
            for (const { tier } of sequenceRanges(sequence, text, words(text)))
              best.offer(paper, tier, field);
          });
        }
      }
    }
    return best.found();
  });
}

/** Collects the best match of each paper. */
class Best {
  readonly #points: Float32Array;
  readonly #inTitle: Uint8Array;
  readonly #papers: number[] = [];

  constructor(size: number) {
    this.#points = new Float32Array(size);
    this.#inTitle = new Uint8Array(size);
  }

  /** A match in the fields `places` of a paper; none of them, no match. */
  offer(paper: number, tier: Tier, places: number): void {
    if (places & fields.title) this.#inTitle[paper] = 1;
    this.offerPoints(paper, points(tier, places));
  }

  offerPoints(paper: number, worth: number): void {
    const before = this.#points[paper] as number;
    if (before === 0 && worth > 0) this.#papers.push(paper);
    if (worth > before) this.#points[paper] = worth;
  }

  found(): Found {
    const papers = Uint32Array.from(this.#papers).sort();
    return {
      papers,
      points: Float32Array.from(papers, (paper) => this.#points[paper] as number),
      inTitle: Uint8Array.from(papers, (paper) => this.#inTitle[paper] as number),
    };
  }
}

function findWords(index: SearchIndex, word: ReadyWord, best: Best): void {
  if (word.pattern === null) return;
  const offer = (id: number) => {
    const match = matchKey(word, index.vocabulary.words[id] as string);
    if (match === null) return;
    const places = placesFor(word, match.tier);
    if (((index.vocabulary.places[id] as number) & places) === 0) return;
    const end = index.offsets[id + 1] as number;
    for (let at = index.offsets[id] as number; at < end; at += 1) {
      const posting = index.postings[at] as number;
      best.offer(posting >>> 5, match.tier, posting & places);
    }
  };
  eachWritten(index.vocabulary, word.pattern, offer);
  // A word met as written is met again here and offers the same: the best of both is kept.
  if (word.misspelt) eachMisspelt(index.vocabulary, word.pattern, offer);
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

function findPhrase(index: SearchIndex, phrase: Phrase, best: Best): void {
  if (isOneWord(phrase)) {
    const [first, end] = phrase.open ? prefixed(index.vocabulary, phrase.flat) : wordOnly(index, phrase.flat);
    const last = index.offsets[end] as number;
    for (let at = index.offsets[first] as number; at < last; at += 1) {
      const posting = index.postings[at] as number;
      best.offer(posting >>> 5, tiers.exact, posting & phrase.fields);
    }
    return;
  }
  for (const paper of phraseCandidates(index, phrase)) {
    eachText(index, paper, phrase.fields, (text, field) => {
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
function phraseCandidates(index: SearchIndex, phrase: Phrase): Iterable<number> {
  const { parts, open, isName } = phrase;
  if (phrase.fields === 0) return [];
  if (parts.length === 0) return Array(index.listing.size).keys();
  const anchor = anchorOf(parts);
  const isLast = anchor === parts.length - 1;
  if (isName) {
    const part = parts[anchor] as string;
    const goesOn = part.length === 1 || (open && isLast);
    return goesOn
      ? papersWithPrefix(index, part, phrase.fields)
      : papersWithAll(index, [part], phrase.fields);
  }
  if (!open) return papersWithAll(index, parts, phrase.fields);
  if (parts.length > 1) return papersWithAll(index, parts.slice(0, -1), phrase.fields);
  return papersWithPrefix(index, parts[0] as string, phrase.fields);
}

/** The papers that have every one of the words in at least one of the fields. */
function papersWithAll(index: SearchIndex, parts: readonly string[], places: number): number[] {
  const ids = parts.map((part) => idOf(index.vocabulary, part));
  if (ids.some((id) => id < 0)) return [];
  const lists = ids.map((id) => index.postings.subarray(index.offsets[id], index.offsets[id + 1]));
  lists.sort((a, b) => a.length - b.length);
  const papers: number[] = [];
  for (const posting of lists[0] ?? []) {
    const common = lists.slice(1).every((list) => placesIn(list, posting >>> 5) & places);
    if (common && posting & places) papers.push(posting >>> 5);
  }
  return papers;
}

function papersWithPrefix(index: SearchIndex, prefix: string, places: number): Set<number> {
  const [first, end] = prefixed(index.vocabulary, prefix);
  const papers = new Set<number>();
  const last = index.offsets[end] as number;
  for (let at = index.offsets[first] as number; at < last; at += 1) {
    const posting = index.postings[at] as number;
    if (posting & places) papers.add(posting >>> 5);
  }
  return papers;
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
    if (remembered.size <= 2 * rememberedTerms) break;
    remembered.delete(oldest);
  }
  return made;
}
