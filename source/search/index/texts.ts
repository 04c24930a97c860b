import { anchorOf, type Phrase } from "../match/phrase.js";
import { remember } from "../match/remember.js";
import {
  allFields,
  fieldBits,
  fields,
  fieldTexts,
  headFields,
  PlaceSets,
  placeBits,
  placeStep,
} from "../text/fields.js";
import { glueMark } from "../words/pattern.js";
import type { Sequence } from "../words/word.js";
import { addPlaces } from "./beginnings.js";
import { withAll } from "./common.js";
import type { Postings, SearchIndex } from "./search-index.js";
import { idOf, otherNumbersOf, prefixed } from "./vocabulary.js";

// The index does not store the positions of words, so texts must be read again to check which words are
// adjacent. These functions find the candidates, as postings (paper × `placeStep` + the bits of the fields to
// read).

/** The texts that may contain a sequence: those with all its words in one field. */
export function withSequence(
  index: SearchIndex,
  postings: Postings,
  { parts, last, open }: Sequence,
  places: number,
): Uint32Array {
  const { size } = index.listing;
  // Nearly every abstract contains a word that begins with a given letter, so only shorter fields are checked
  // for it.
  const isLetter = open && last.word.length === 1;
  const ends = isLetter ? begunWith(index, last.word) : new PlaceSets(size);
  const anyway = isLetter ? places & ~headFields : 0;
  if (!isLetter) {
    if (open) addPrefix(ends, index, postings, last.word, places);
    else {
      for (const key of [last.word, last.word + glueMark]) {
        const id = idOf(index.vocabulary, key);
        if (id >= 0) addPlaces(ends, postings, id, id + 1, places);
      }
    }
    for (const id of otherNumbersOf(index.vocabulary, last)) addPlaces(ends, postings, id, id + 1, places);
  }
  const before = parts.slice(0, -1);
  // In a name, a single letter matches any word it begins.
  const initials = places & fields.authors ? before.filter((part) => part.length === 1) : [];
  if (initials.length === 0) return withPlaces(withAll(index, postings, before, places), ends, anyway);
  const met = new PlaceSets(size);
  for (let paper = 0; paper < size; paper += 1) met[paper] = places & ((ends[paper] as number) | anyway);
  for (const initial of new Set(initials)) {
    const has = new PlaceSets(size);
    const id = idOf(index.vocabulary, initial);
    if (id >= 0) addPlaces(has, postings, id, id + 1, places);
    const begun = begunWith(index, initial);
    for (let paper = 0; paper < size; paper += 1) {
      met[paper] =
        (met[paper] as number) & ((has[paper] as number) | ((begun[paper] as number) & fields.authors));
    }
  }
  const written = before.filter((part) => part.length > 1);
  return written.length === 0
    ? postingsOf(met)
    : withPlaces(withAll(index, postings, written, places), met, 0);
}

/** The texts that may contain a phrase: those with all its words. The last may be a prefix. */
export function withPhrase(
  index: SearchIndex,
  postings: Postings,
  phrase: Phrase,
  places: number,
): Uint32Array {
  const { parts, open, isName, signs } = phrase;
  if (places === 0) return new Uint32Array();
  if (signs.length > 0) {
    const wanted = open ? [...signs, ...parts.slice(0, -1)] : [...signs, ...parts];
    return withAll(index, postings, wanted, places);
  }
  // Only punctuation: any text may contain it.
  if (parts.length === 0) {
    return Uint32Array.from({ length: index.listing.size }, (_, at) => at * placeStep + places);
  }
  const anchor = anchorOf(parts);
  const isLast = anchor === parts.length - 1;
  if (isName) {
    const part = parts[anchor] as string;
    const goesOn = part.length === 1 || (open && isLast);
    let named = goesOn ? withPrefix(index, postings, part, places) : withAll(index, postings, [part], places);
    const others = parts.filter((_, at) => at !== anchor).map((other) => other.charAt(0));
    for (const letter of new Set(others)) named = withPlaces(named, begunWith(index, letter), 0);
    if (phrase.turned === null) return named;
    const bits = new PlaceSets(index.listing.size);
    for (const either of [named, withPhrase(index, postings, phrase.turned, places)])
      for (const posting of either)
        bits[posting >>> placeBits] = (bits[posting >>> placeBits] as number) | (posting & allFields);
    return postingsOf(bits);
  }
  if (!open) return withAll(index, postings, parts, places);
  const last = parts.at(-1) as string;
  const begun = withPrefix(index, postings, last, places);
  if (parts.length === 1) return begun;
  const ends = new PlaceSets(index.listing.size);
  for (const posting of begun) ends[posting >>> placeBits] = posting & allFields;
  return withPlaces(withAll(index, postings, parts.slice(0, -1), places), ends, 0);
}

/** A text of a paper to read, as its source and in its searched forms. */
export interface ReadText {
  readonly field: number;
  readonly source: string;
  /** Whether the source, plain ASCII, is searched as it is (see `SearchIndex`). */
  readonly isSimple: boolean;
  /** The searched forms of the text; for a field with several texts, of each of them. */
  texts(): readonly string[];
}

/** Calls `visit` for each of the given fields of a paper. */
export function eachText(
  index: SearchIndex,
  paper: number,
  places: number,
  visit: (text: ReadText) => void,
): void {
  if (places === 0) return;
  const found = index.listing.paper(paper);
  const simple = index.simple[paper] as number;
  for (const field of fieldBits) {
    if ((places & field) === 0) continue;
    const source = field === fields.title ? found.title : field === fields.abstract ? found.abstract : "";
    const isSimple = (simple & field) !== 0;
    visit({ field, source, isSimple, texts: () => (isSimple ? [source] : fieldTexts(found, field)) });
  }
}

/** Whether a field's source is worth a check before its texts are read; not for short fields. */
export function hasSource(field: number): boolean {
  return field === fields.title || field === fields.abstract;
}

/**
 * For each paper, at least the head fields with a word that begins with a letter. Cached: a query may need it
 * fifty times.
 */
function begunWith(index: SearchIndex, letter: string): PlaceSets {
  const known = index.beginnings.get(letter);
  if (known !== undefined) return known;
  return remember(index, `begun ${letter}`, () => {
    const bits = new PlaceSets(index.listing.size);
    addPrefix(bits, index, index.heads, letter, allFields);
    return bits;
  });
}

/** The papers with a word that begins with the prefix, as postings with those fields. */
function withPrefix(index: SearchIndex, postings: Postings, prefix: string, places: number): Uint32Array {
  const bits = new PlaceSets(index.listing.size);
  addPrefix(bits, index, postings, prefix, places);
  return postingsOf(bits);
}

/** Restricts postings to the fields in `places` of each paper, and those in `anyway`. */
function withPlaces(postings: Uint32Array, places: PlaceSets, anyway: number): Uint32Array {
  const left = new Uint32Array(postings.length);
  let count = 0;
  // A loop is ten times as fast as `map` and `filter`.
  for (let at = 0; at < postings.length; at += 1) {
    const posting = postings[at] as number;
    const both = posting & allFields & ((places[posting >>> placeBits] as number) | anyway);
    if (both === 0) continue;
    left[count] = (posting & ~allFields) | both;
    count += 1;
  }
  return left.subarray(0, count);
}

/** Adds to the field set of each paper those of `places` with a word that begins with the prefix. */
function addPrefix(
  bits: PlaceSets,
  { vocabulary, beginnings }: SearchIndex,
  postings: Postings,
  prefix: string,
  places: number,
): void {
  if (places === 0) return;
  const begun = beginnings.get(prefix);
  if (begun === undefined) {
    const [first, end] = prefixed(vocabulary, prefix);
    addPlaces(bits, postings, first, end, places);
    return;
  }
  for (let paper = 0; paper < bits.length; paper += 1)
    bits[paper] = (bits[paper] as number) | ((begun[paper] as number) & places);
}

/** Converts field sets to postings. Papers with an empty set are left out. */
function postingsOf(bits: PlaceSets): Uint32Array {
  const found = new Uint32Array(bits.length);
  let count = 0;
  for (let paper = 0; paper < bits.length; paper += 1) {
    if (bits[paper] === 0) continue;
    found[count] = paper * placeStep + (bits[paper] as number);
    count += 1;
  }
  return found.subarray(0, count);
}
