import { matchWritten } from "../match/pattern.js";
import { anchorOf, type Phrase } from "../match/phrase.js";
import { tiers } from "../match/ranking.js";
import type { Sequence } from "../match/word.js";
import { fieldBits, fields, fieldTexts } from "../text/fields.js";
import { isPlainLetter } from "../text/normalize.js";
import type { Postings, SearchIndex } from "./search-index.js";
import { eachBeginning, idOf, prefixed } from "./vocabulary.js";

// The index does not know what stands behind what: for that the texts are read again. Here is said which
// are worth it, as postings (paper × 32 + the bits of the fields to read).

/** The texts that may have a sequence: those with all its words in one of the fields. */
export function withSequence(
  index: SearchIndex,
  postings: Postings,
  { parts, last, open }: Sequence,
  places: number,
): Iterable<number> {
  const ends = new Uint8Array(index.listing.size);
  eachBeginning(index.vocabulary, last, (id) => {
    const match = matchWritten(last, index.vocabulary.words[id] as string);
    if (match === null || match.tier > (open ? tiers.prefix : tiers.plural)) return;
    eachPosting(postings, id, (posting) => {
      ends[posting >>> 5] = (ends[posting >>> 5] as number) | (posting & places);
    });
  });
  // A single letter may stand for a name.
  const written = parts.slice(0, -1).filter((part) => part.length > 1 || !(places & fields.authors));
  if (written.length > 0) {
    return withAll(index, postings, written, places)
      .map((posting) => (posting & ~31) + (posting & (ends[posting >>> 5] as number) & 31))
      .filter((posting) => (posting & 31) > 0);
  }
  const found: number[] = [];
  ends.forEach((bits, paper) => {
    if (bits > 0) found.push(paper * 32 + bits);
  });
  return found;
}

/** The texts that may have a phrase: those with its words, of which the last may be a beginning. */
export function withPhrase(
  index: SearchIndex,
  postings: Postings,
  phrase: Phrase,
  places: number,
): Iterable<number> {
  const { parts, open, isName } = phrase;
  if (places === 0) return [];
  // Nothing but signs: they may stand anywhere.
  if (parts.length === 0) return Array.from({ length: index.listing.size }, (_, at) => at * 32 + places);
  const anchor = anchorOf(parts);
  const isLast = anchor === parts.length - 1;
  if (isName) {
    const part = parts[anchor] as string;
    const goesOn = part.length === 1 || (open && isLast);
    return goesOn ? withPrefix(index, postings, part, places) : withAll(index, postings, [part], places);
  }
  if (!open) return withAll(index, postings, parts, places);
  if (parts.length > 1) return withAll(index, postings, parts.slice(0, -1), places);
  return withPrefix(index, postings, parts[0] as string, places);
}

/** Hands over the texts of some fields of a paper; a simple one is as it is written (see `SearchIndex`). */
export function eachText(
  index: SearchIndex,
  paper: number,
  places: number,
  visit: (text: string, field: number, isSimple: boolean) => void,
): void {
  if (places === 0) return;
  const found = index.listing.paper(paper);
  const simple = index.simple[paper] as number;
  for (const field of fieldBits) {
    if ((places & field) === 0) continue;
    if (simple & field) visit(field === fields.title ? found.title : found.abstract, field, true);
    else for (const text of fieldTexts(found, field)) visit(text, field, false);
  }
}

/** Whether a simple text has the phrase's letters; then it is worth to be looked at more closely. */
export function mayHavePhrase({ quick }: Phrase, text: string): boolean {
  return quick.test(text);
}

/** Whether a simple text in lower case may have the first two words of a sequence behind each other. */
export function mayHaveSequence({ parts }: Sequence, text: string): boolean {
  const [first, second] = parts as readonly [string, string];
  // Of a last word the other number may stand there: it begins alike.
  const begun = parts.length > 2 ? second : second.slice(0, Math.max(1, second.length - 3));
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    let next = at + first.length;
    while (next < text.length && !isPlainLetter(text.charCodeAt(next))) next += 1;
    if (text.startsWith(begun, next)) return true;
  }
  return false;
}

/** The papers that have every one of the words, with the fields that have them all. */
function withAll(
  index: SearchIndex,
  { offsets, papers }: Postings,
  parts: readonly string[],
  places: number,
): Uint32Array {
  const ids = parts.map((part) => idOf(index.vocabulary, part));
  if (ids.some((id) => id < 0)) return new Uint32Array();
  const [shortest = new Uint32Array(), ...others] = ids
    .map((id) => papers.subarray(offsets[id], offsets[id + 1]))
    .sort((a, b) => a.length - b.length);
  return shortest
    .map((posting) => {
      let common = posting & places;
      for (const list of others) if (common > 0) common &= placesIn(list, posting >>> 5);
      return (posting & ~31) + common;
    })
    .filter((posting) => (posting & 31) > 0);
}

/** The papers that have a word with that beginning, with the fields that have one. */
function withPrefix(index: SearchIndex, postings: Postings, prefix: string, places: number): number[] {
  const bits = new Uint8Array(index.listing.size);
  const [first, end] = prefixed(index.vocabulary, prefix);
  for (let id = first; id < end; id += 1) {
    eachPosting(postings, id, (posting) => {
      bits[posting >>> 5] = (bits[posting >>> 5] as number) | (posting & places);
    });
  }
  const found: number[] = [];
  bits.forEach((one, paper) => {
    if (one > 0) found.push(paper * 32 + one);
  });
  return found;
}

function eachPosting({ offsets, papers }: Postings, id: number, visit: (posting: number) => void): void {
  const end = offsets[id + 1] as number;
  for (let at = offsets[id] as number; at < end; at += 1) visit(papers[at] as number);
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
