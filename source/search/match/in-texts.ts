import type { Postings, SearchIndex } from "../index/search-index.js";
import { eachText, hasSource, type ReadText, withPhrase, withSequence } from "../index/texts.js";
import { idOf, prefixed, wordAlone } from "../index/vocabulary.js";
import type { Best } from "../rank/best.js";
import { tiers } from "../rank/ranking.js";
import { allFields, fields, headFields, type PlaceSets, placeBits } from "../text/fields.js";
import { words } from "../text/normalize.js";
import {
  maybePattern,
  placesFor,
  type ReadyWord,
  type Sequence,
  sequenceRanges,
  tiersWritten,
  writtenPattern,
} from "../words/word.js";
import { hasPhrase, isOneWord, mayBeAccented, type Phrase, roughPattern, roughText } from "./phrase.js";
import { costs, mayRead } from "./reads.js";

// What the index cannot answer, as it has no positions: words that are side by side in the text of a paper.

/**
 * The scope of a search: all fields, or only sure matches in the fields that the list shows (see ranking.ts).
 */
export type Scope = "heads" | "all";

/** The state of a search for one term. */
export interface SearchContext {
  readonly index: SearchIndex;
  readonly scope: Scope;
  readonly postings: Postings;
  readonly best: Best;
  readonly within: (() => Uint8Array | null) | null;
  /** Set if not all texts were read. */
  isPart: boolean;
}

/** With more candidate texts than this, only those of papers that the other terms leave are read. */
const manyTexts = 300;

/** Offers the papers in which the words of a sequence are adjacent. */
export function findSequence(
  context: SearchContext,
  word: ReadyWord,
  sequence: Sequence,
  glued: PlaceSets,
): void {
  const { index, scope, postings, best } = context;
  for (const part of sequence.parts) {
    const id = idOf(index.vocabulary, part);
    best.addWords(id, id + 1);
  }
  // Almost every author list contains any two initials, so they do not count without reading the text.
  const believable = sequence.parts.every((part) => part.length === 1) ? ~fields.authors : allFields;
  const asked = (scope === "heads" ? word.fields & headFields : word.fields) & placesFor(word, sequence.tier);
  const wanted = mayRead(index, costs.term) ? asked : asked & believable;
  if (wanted !== asked) context.isPart = true;
  if (wanted === 0) return;
  const written = writtenPattern(sequence);
  const rough = roughPattern(sequence.parts, sequence.open);
  const [maybeText, maybeName] = [maybePattern(sequence, false), maybePattern(sequence, true)];
  for (const posting of leftBy(context, withSequence(index, postings, sequence, wanted))) {
    const paper = posting >>> placeBits;
    // Compounds are in the index, so their fields need not be read.
    const places = posting & allFields & ~(sequence.tier === tiers.exact ? (glued[paper] ?? 0) : 0);
    if (places === 0) continue;
    if (!mayRead(index, costs.paper)) {
      context.isPart = true;
      best.offer(paper, sequence.tier, places & believable);
      continue;
    }
    eachText(index, paper, places, (read) => {
      const believed = () => best.offer(paper, sequence.tier, read.field & believable);
      if (read.isSimple && written !== null) {
        if (!mayRead(index, costs.pattern)) return isBelieved(context, believed);
        for (const tier of tiersWritten(sequence, written, read.source)) best.offer(paper, tier, read.field);
        return;
      }
      if (!isWorthReading(context, read, rough, believed)) return;
      const isName = read.field === fields.authors;
      const maybe = isName ? maybeName : maybeText;
      for (const text of read.texts()) {
        // To split a text into words takes many times as long.
        if (maybe !== null && !maybe.test(text)) continue;
        for (const { tier } of sequenceRanges(sequence, text, words(text), isName))
          best.offer(paper, tier, read.field);
      }
    });
  }
}

/**
 * Whether to read a text word by word: it may match, and the read budget allows it. If only the budget is
 * missing, calls `believed`.
 */
function isWorthReading(
  context: SearchContext,
  read: ReadText,
  rough: RegExp,
  believed: () => void,
): boolean {
  const { index } = context;
  if (hasSource(read.field) && !mayHave(index, read.source, rough)) return false;
  const cost = !hasSource(read.field) ? costs.names : read.isSimple ? costs.words : costs.tex;
  if (mayRead(index, cost)) return true;
  isBelieved(context, believed);
  return false;
}

function mayHave(index: SearchIndex, source: string, rough: RegExp): boolean {
  mayRead(index, costs.pattern);
  if (rough.test(source)) return true;
  if (!mayBeAccented(source)) return false;
  mayRead(index, costs.plain);
  return rough.test(roughText(source));
}

function isBelieved(context: SearchContext, believed: () => void): void {
  context.isPart = true;
  believed();
}

/** The postings whose papers the other terms leave, if there are many postings; otherwise all. */
function leftBy(context: SearchContext, postings: ArrayLike<number> & Iterable<number>): Iterable<number> {
  if (postings.length <= manyTexts || context.within === null) return postings;
  const within = context.within();
  if (within === null) return postings;
  context.isPart = true;
  const left: number[] = [];
  // A loop is ten times as fast as `Array.from` and `filter`.
  for (let at = 0; at < postings.length; at += 1) {
    const posting = postings[at] as number;
    if (within[posting >>> placeBits] === 1) left.push(posting);
  }
  return left;
}

export function findPhrase(context: SearchContext, phrase: Phrase): void {
  const { index, scope, postings, best } = context;
  const places = scope === "heads" ? phrase.fields & headFields : phrase.fields;
  for (const part of phrase.parts) {
    const id = idOf(index.vocabulary, part);
    best.addWords(id, id + 1);
  }
  if (isOneWord(phrase)) {
    const [first, end] = phrase.open
      ? prefixed(index.vocabulary, phrase.flat)
      : wordAlone(index.vocabulary, phrase.flat);
    best.offerStretch(postings, first, end, tiers.exact, places);
    return;
  }
  mayRead(index, costs.term);
  for (const posting of leftBy(context, withPhrase(index, postings, phrase, places))) {
    const paper = posting >>> placeBits;
    if ((posting & places) === 0) continue;
    if (!mayRead(index, costs.paper)) {
      context.isPart = true;
      best.offer(paper, tiers.exact, posting & places);
      continue;
    }
    eachText(index, paper, posting & places, (read) => {
      const believed = () => best.offer(paper, tiers.exact, read.field);
      if (read.isSimple) {
        if (!mayRead(index, costs.pattern)) return isBelieved(context, believed);
        if (!phrase.quick.test(read.source)) return;
      }
      if (!isWorthReading(context, read, read.isSimple ? phrase.quick : phrase.rough, believed)) return;
      for (const text of read.texts())
        if (hasPhrase(phrase, text)) best.offer(paper, tiers.exact, read.field);
    });
  }
}
