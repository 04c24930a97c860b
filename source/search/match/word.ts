import type { Postings, SearchIndex } from "../index/search-index.js";
import { eachBeginning, idOf, prefixed } from "../index/vocabulary.js";
import type { WordTerm } from "../query/query.js";
import { type Acronym, acronymOf } from "../text/acronym.js";
import { fields, fieldsOf, typoFields } from "../text/fields.js";
import { type Word, words } from "../text/normalize.js";
import { placeInWord, type Range } from "../text/ranges.js";
import {
  countsIn,
  makePattern,
  matchMisspelt,
  matchWritten,
  type Pattern,
  type WordMatch,
} from "./pattern.js";
import { type Tier, tiers } from "./ranking.js";

/** Words that stand directly behind each other; the last may go on where `open`. */
export interface Sequence {
  readonly parts: readonly string[];
  readonly last: Pattern;
  readonly open: boolean;
}

/** What only a listing can say of a word term; plain data, so that a worker can send it. */
export interface Spelling {
  /** Whether near words are taken for it. */
  readonly misspelt: boolean;
  /** Two words of the listing that it may be written as. */
  readonly splits: readonly { readonly parts: readonly string[]; readonly open: boolean }[];
}

/** A word term made ready for one listing. */
export interface ReadyWord {
  /** Null where the term is not one word, not even glued ("a,b"). */
  readonly pattern: Pattern | null;
  readonly acronym: Acronym | null;
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

/** A term as it is taken apart before any listing is asked. */
interface TakenWords {
  readonly parts: readonly string[];
  readonly pattern: Pattern | null;
  readonly fields: number;
}

function take(term: WordTerm): TakenWords {
  const found = words(term.text);
  const parts = found.filter((word) => !word.compound).map((word) => word.text);
  const only = parts.length === 1 ? found[0] : onlyCompound(found);
  const pattern = only === undefined ? null : makePattern(only.text);
  const places = fieldsOf(term.field);
  const isCommon =
    parts.length === 1 && (functionWords.has(parts[0] as string) || (parts[0] as string).length < 3);
  const leaves = term.negated && isCommon && term.field === null;
  return { parts, pattern, fields: leaves ? places & ~fields.abstract : places };
}

/** What a listing says of a word term: whether it is spelt right there, and whether others write it as two. */
export function spellingOf(index: SearchIndex, term: WordTerm): Spelling {
  const { parts, pattern, fields: places } = take(term);
  const known = pattern === null || term.negated || (!term.loose && isKnown(index, pattern, places));
  const splits = pattern !== null && parts.length === 1 ? splitsOf(index, pattern, !known) : [];
  return { misspelt: !known && (pattern?.edits ?? 0) > 0 && (places & typoFields) !== 0, splits };
}

/** Makes a word term ready: what to look for, and whether misspelling has to be considered. */
export function readyWord(term: WordTerm, spelling: Spelling): ReadyWord {
  const { parts, pattern, fields: places } = take(term);
  const whole = term.negated;
  const sequences = parts.length > 1 ? [makeSequence(parts, !whole)] : [];
  for (const split of spelling.splits) sequences.push(makeSequence(split.parts, split.open));
  const mayBeAcronym = !whole && parts.length === 1 && (places & fields.title) !== 0;
  return {
    pattern,
    acronym: mayBeAcronym ? acronymOf(parts[0] as string) : null,
    sequences,
    misspelt: spelling.misspelt,
    whole,
    fields: places,
    matches: new Map(),
  };
}

/** How a word of the vocabulary matches the term; null where it does not. What it said once is remembered. */
export function matchKey(ready: ReadyWord, key: string): WordMatch | null {
  let match = ready.matches.get(key);
  if (match === undefined) {
    match = matchWord(ready, key);
    if (match === null && ready.misspelt && ready.pattern !== null) match = matchMisspelt(ready.pattern, key);
    ready.matches.set(key, match);
  }
  return match;
}

/** How a word of the vocabulary has the term in it as written; null where it has not. */
export function matchWord({ pattern, whole }: ReadyWord, key: string): WordMatch | null {
  const match = pattern === null ? null : matchWritten(pattern, key);
  return whole && match !== null && match.tier > tiers.plural ? null : match;
}

/** The fields (bits) in which the term counts as met by a match of that tier. */
export function placesFor(ready: ReadyWord, tier: Tier): number {
  return ready.fields & countsIn(tier);
}

/**
 * Where the parts of a sequence stand in a text of those words, and how well the last one is met. In a
 * name a single letter stands for what begins with it: "K.-R. Müller".
 */
export function sequenceRanges(
  sequence: Sequence,
  text: string,
  found: readonly Word[],
  isName: boolean,
): { range: Range; tier: Tier }[] {
  const single = found.filter((word) => !word.compound);
  const length = sequence.parts.length;
  const ranges: { range: Range; tier: Tier }[] = [];
  for (let at = 0; at + length <= single.length; at += 1) {
    const meets = (part: string, place: number) => {
      const word = (single[at + place] as Word).text;
      return word === part || (isName && part.length === 1 && word.startsWith(part));
    };
    if (!sequence.parts.slice(0, -1).every(meets)) continue;
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
 * words by themselves, each in more papers than the word: "network" is no "net work". Only for a word
 * that nobody has may the second be a beginning ("selfsuperv"), or "understand" would find "under
 * standard assumptions".
 */
function splitsOf(index: SearchIndex, { word }: Pattern, unknown: boolean): Spelling["splits"] {
  const { vocabulary, all } = index;
  const found: { parts: string[]; open: boolean }[] = [];
  if (word.length > 40 || !/^\p{L}+$/u.test(word)) return found;
  const own = papersWith(all, idOf(vocabulary, word));
  for (let at = 3; at <= word.length - 3; at += 1) {
    const rest = word.slice(at);
    const half = idOf(vocabulary, word.slice(0, at));
    if (half < 0 || papersWith(all, half) <= own) continue;
    const open = unknown && rest.length >= 4;
    const [first, end] = prefixed(vocabulary, rest);
    const isWord = papersWith(all, idOf(vocabulary, rest)) > own;
    if (isWord || (open && end > first)) found.push({ parts: [word.slice(0, at), rest], open });
  }
  return found;
}

function papersWith({ offsets }: Postings, id: number): number {
  return id < 0 ? 0 : (offsets[id + 1] as number) - (offsets[id] as number);
}

/** Whether enough papers have the word as it is spelt, at the start of a word. */
function isKnown({ listing, vocabulary, all }: SearchIndex, pattern: Pattern, places: number): boolean {
  const enough = enoughPapers(listing.size);
  let papers = 0;
  eachBeginning(vocabulary, pattern, (id) => {
    if (papers >= enough) return;
    const end = all.offsets[id + 1] as number;
    for (let at = all.offsets[id] as number; at < end && papers < enough; at += 1) {
      if ((all.papers[at] as number) & places) papers += 1;
    }
  });
  return papers >= enough;
}
