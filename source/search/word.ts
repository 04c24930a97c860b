import { fields, fieldsOf, typoFields } from "./fields.js";
import type { SearchIndex } from "./index.js";
import { type Word, words } from "./normalise.js";
import {
  countsIn,
  makePattern,
  matchMisspelt,
  matchWritten,
  type Pattern,
  type WordMatch,
} from "./pattern.js";
import { placeInWord, type Range } from "./place.js";
import type { WordTerm } from "./query.js";
import { type Tier, tiers } from "./ranking.js";
import { eachWritten, idOf, prefixed } from "./vocabulary.js";

/** Words that stand directly behind each other; the last may go on where `open`. */
export interface Sequence {
  readonly parts: readonly string[];
  readonly last: Pattern;
  readonly open: boolean;
}

/** A word term made ready for one listing. */
export interface ReadyWord {
  /** Null where the term is not one word, not even glued ("a,b"). */
  readonly pattern: Pattern | null;
  readonly sequences: readonly Sequence[];
  /** Whether near words are taken for it. */
  readonly misspelt: boolean;
  /** Only whole words count: what is left out must not leave out what merely begins like it. */
  readonly whole: boolean;
  readonly fields: number;
  /** How it matched the words it has been held against. */
  readonly matches: Map<string, WordMatch | null>;
}

/**
 * A word counts as spelt right when at least this many papers have it, at the start of a word; then no
 * near word is taken for it, so that "loss" does not find "less". In a large listing somebody has
 * misspelt everything once, hence the share.
 */
function enoughPapers(size: number): number {
  return 1 + Math.floor(size / 20_000);
}

// On the way to "-theory" stands "-the": left out in titles only, or the list would be empty meanwhile.
const functionWords = new Set(
  "the and for are can our not with that this from but has have its via was which these than also more into such both over when while".split(
    " ",
  ),
);

/** Makes a word term ready: what to look for, and whether misspelling has to be considered. */
export function readyWord(index: SearchIndex, term: WordTerm): ReadyWord {
  const found = words(term.text);
  const parts = found.filter((word) => !word.compound).map((word) => word.text);
  const only = parts.length === 1 ? found[0] : onlyCompound(found);
  const pattern = only === undefined ? null : makePattern(only.text);
  const whole = term.negated;
  let places = fieldsOf(term.field);
  const isCommon =
    parts.length === 1 && (functionWords.has(parts[0] as string) || (parts[0] as string).length < 3);
  if (whole && isCommon && term.field === null) places &= ~fields.abstract;
  const known = pattern === null || whole || isKnown(index, pattern, places);
  const sequences = parts.length > 1 ? [makeSequence(parts, !whole)] : [];
  if (pattern !== null && parts.length === 1) sequences.push(...splits(index, pattern.word, !known));
  const misspelt = !known && (pattern?.edits ?? 0) > 0 && (places & typoFields) !== 0;
  return { pattern, sequences, misspelt, whole, fields: places, matches: new Map() };
}

/** How a word of the vocabulary matches the term; null where it does not. */
export function matchKey(ready: ReadyWord, key: string): WordMatch | null {
  if (ready.pattern === null) return null;
  let match = ready.matches.get(key);
  if (match === undefined) {
    match = matchWritten(ready.pattern, key);
    if (ready.whole && match !== null && match.tier > tiers.plural) match = null;
    else if (match === null && ready.misspelt) match = matchMisspelt(ready.pattern, key);
    ready.matches.set(key, match);
  }
  return match;
}

/** The fields (bits) in which the term counts as met by a match of that tier. */
export function placesFor(ready: ReadyWord, tier: Tier): number {
  return ready.pattern === null ? ready.fields : ready.fields & countsIn(ready.pattern, tier);
}

/** Where the parts of a sequence stand in a text of those words, and how well the last one is met. */
export function sequenceRanges(
  sequence: Sequence,
  text: string,
  found: readonly Word[],
): { range: Range; tier: Tier }[] {
  const single = found.filter((word) => !word.compound);
  const length = sequence.parts.length;
  const ranges: { range: Range; tier: Tier }[] = [];
  for (let at = 0; at + length <= single.length; at += 1) {
    if (sequence.parts.some((part, place) => place < length - 1 && single[at + place]?.text !== part))
      continue;
    const last = single[at + length - 1] as Word;
    const match = matchWritten(sequence.last, last.text);
    if (match === null || match.start > 0) continue;
    if (match.tier > (sequence.open ? tiers.prefix : tiers.plural)) continue;
    const { end } = placeInWord(text, last, 0, match.end);
    ranges.push({ range: { start: (single[at] as Word).start, end }, tier: match.tier });
  }
  return ranges;
}

/** The glued word that a term consists of, if it is one. */
function onlyCompound(found: readonly Word[]): Word | undefined {
  const last = found.at(-1);
  return last?.compound && last.start === found[0]?.start ? last : undefined;
}

function makeSequence(parts: readonly string[], open: boolean): Sequence {
  return { parts, last: makePattern(parts.at(-1) as string), open };
}

/**
 * A word taken apart into two of the listing, because some write "self supervised". Halves must be
 * words by themselves; only for a word that nobody has may the second be a beginning ("selfsuperv"),
 * or "understand" would find "under standard assumptions".
 */
function splits(index: SearchIndex, word: string, unknown: boolean): Sequence[] {
  const found: Sequence[] = [];
  if (word.length > 40 || !/^\p{L}+$/u.test(word)) return found;
  for (let at = 3; at <= word.length - 3; at += 1) {
    const rest = word.slice(at);
    if (idOf(index.vocabulary, word.slice(0, at)) < 0) continue;
    const open = unknown && rest.length >= 4;
    const [first, end] = prefixed(index.vocabulary, rest);
    if (idOf(index.vocabulary, rest) >= 0 || (open && end > first)) {
      found.push(makeSequence([word.slice(0, at), rest], open));
    }
  }
  return found;
}

/** Whether enough papers have the word as it is spelt, at the start of a word. */
function isKnown(index: SearchIndex, pattern: Pattern, places: number): boolean {
  const enough = enoughPapers(index.listing.size);
  let papers = 0;
  eachWritten(index.vocabulary, pattern, (id, match) => {
    if (papers >= enough || match.tier > tiers.prefix || match.start > 0) return;
    const end = index.offsets[id + 1] as number;
    for (let at = index.offsets[id] as number; at < end && papers < enough; at += 1) {
      if ((index.postings[at] as number) & places) papers += 1;
    }
  });
  return papers >= enough;
}
