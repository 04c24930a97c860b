import { lazily } from "../../papers/lazily.js";
import { type Lexicon, sameWords, verbForms } from "../forms/forms.js";
import type { Postings, SearchIndex } from "../index/search-index.js";
import { eachBeginning, idOf, prefixed } from "../index/vocabulary.js";
import type { WordTerm } from "../query/types.js";
import { type Tier, tiers } from "../rank/ranking.js";
import { type Acronym, acronymOf } from "../text/acronym.js";
import { fields, fieldsOf, typoFields } from "../text/fields.js";
import { normalize, type Word, words } from "../text/normalize.js";
import { placeInWord, type Range } from "../text/ranges.js";
import { meaningsOf } from "./meanings.js";
import {
  countsIn,
  glueMark,
  makePattern,
  matchMisspelt,
  matchWritten,
  type Pattern,
  type WordMatch,
} from "./pattern.js";

/** Words that must be adjacent in a text. If `open`, the last one may be a prefix. */
export interface Sequence {
  readonly parts: readonly string[];
  readonly last: Pattern;
  readonly open: boolean;
  /** The best tier a match can have; it also limits the fields. */
  readonly tier: Tier;
}

/** Several words that a term may be written as. */
export interface Split {
  readonly parts: readonly string[];
  readonly open: boolean;
  readonly tier: Tier;
}

/** The part of a word term that depends on the listing. Plain data, so that a worker can send it. */
export interface Spelling {
  /**
   * Whether similar words match. `"whole"`: only whole words at one edit, for a word that is known as typed.
   */
  readonly misspelt: boolean | "whole";
  readonly splits: readonly Split[];
  /** Other words of the listing that count as the term, each with its tier. */
  readonly also: readonly (readonly [word: string, tier: Tier])[];
  /** Whether the signs after it are part of it: C++. */
  readonly signed: boolean;
}

/** The spelling of a phrase. */
export const plainSpelling: Spelling = { misspelt: false, splits: [], also: [], signed: false };

/** A word term prepared for one listing. */
export interface ReadyWord {
  /** `null` if the term is not a single word, not even a compound ("a,b"). */
  readonly pattern: Pattern | null;
  readonly acronym: Acronym | null;
  /** Whether papers of the listing define it as an acronym. */
  readonly isDefined: boolean;
  readonly sequences: readonly Sequence[];
  readonly misspelt: Spelling["misspelt"];
  readonly also: ReadonlyMap<string, Tier>;
  /** Whether only whole words match: a negated term must not exclude words that merely begin with it. */
  readonly whole: boolean;
  readonly fields: number;
  /** A cache of the matches by vocabulary word. */
  readonly matches: Map<string, WordMatch | null>;
}

/**
 * The number of papers that must contain a word, or one beginning with it, for it to count as spelt
 * correctly. Then no similar word matches, so that "loss" does not find "less". In a large listing every typo
 * occurs somewhere, so the number grows with the size.
 */
function enoughPapers(size: number): number {
  return 1 + Math.floor(size / 20_000);
}

// While "-theory" is typed, the filter is "-the" for a moment. Excluding it from abstracts would empty the
// list.
const functionWords = new Set(
  "the and for are can our not with that this from but has have its via was which these than also more into such both over when while".split(
    " ",
  ),
);

/** A term split into words, before a listing is consulted. */
export interface TakenWords {
  readonly parts: readonly string[];
  readonly pattern: Pattern | null;
  /** The word with the signs after it; `null` if there are none. */
  readonly signed: string | null;
  /** Other ways to split it: between letters and numbers, or between scripts. */
  readonly apart: readonly (readonly string[])[];
  readonly fields: number;
}

/** Splits a term into words. */
export function take(term: WordTerm): TakenWords {
  const text = plainFormula(term.text);
  const found = words(text);
  const parts = found.filter((word) => !word.compound).map((word) => word.text);
  const only = parts.length === 1 ? found[0] : onlyCompound(found);
  const pattern = only === undefined ? null : makePattern(only.text);
  const places = fieldsOf(term.field);
  const isCommon =
    parts.length === 1 && (functionWords.has(parts[0] as string) || (parts[0] as string).length < 3);
  const leaves = term.negated && isCommon && term.field === null;
  const signed = parts.length === 1 && found.length === 2 ? (found[1] as Word).text : null;
  return {
    parts,
    pattern,
    signed,
    apart: apartOf(term.text, text, parts),
    fields: leaves ? places & ~(fields.abstract | fields.summary) : places,
  };
}

/** Consults a listing about a word term: whether it is spelt correctly, and how else it may be written. */
export function spellingOf(index: SearchIndex, term: WordTerm): Spelling {
  const { parts, pattern, fields: places, signed, apart } = take(term);
  const splits: Split[] = apart.map((ways) => ({ parts: ways, open: !term.negated, tier: tiers.exact }));
  if (pattern === null || term.negated) return { ...plainSpelling, splits, signed: isSigned(index, signed) };
  if (isSigned(index, signed)) return { ...plainSpelling, splits, signed: true };
  const isSingle = parts.length === 1;
  const same = isSingle ? sameOf(index, term, pattern) : [];
  if (term.strict || places === 0) return { ...plainSpelling, splits, also: same };
  const isWritten = isKnown(index, pattern, places) || same.length > 0;
  // For a word that is known as typed, other forms are tried only if it finds nothing.
  const forms =
    isSingle && (term.loose !== undefined || !isWritten) ? verbForms(pattern.word, lexiconOf(index)) : null;
  const hasForms = forms !== null && forms.verbs.length + forms.nouns.length > 0;
  const known = isWritten || (term.loose !== "near" && hasForms);
  const also = [...same];
  if (term.loose !== undefined && forms !== null) {
    also.push(...forms.verbs.map((one) => [one, tiers.form] as const));
    also.push(...forms.nouns.map((one) => [one, tiers.noun] as const));
  }
  if (parts.length === 1) {
    splits.push(...splitsOf(index, pattern, !known));
    for (const meaning of term.plain ? [] : meaningsOf(index, pattern.word)) {
      if (meaning.length > 1) splits.push({ parts: meaning, open: false, tier: tiers.meaning });
    }
  }
  const mayBe =
    (places & typoFields) !== 0 && (term.loose === "near" ? looseEdits(pattern) : pattern.edits) > 0;
  const misspelt = mayBe && (!known || (term.loose === "near" && isRare(index, pattern) && "whole"));
  return { misspelt, splits, also, signed: false };
}

/** Prepares a word term for matching, with the spelling found in the listing. */
export function readyWord(term: WordTerm, spelling: Spelling): ReadyWord {
  const { parts, pattern: plain, fields: places, signed } = take(term);
  const made = spelling.signed && signed !== null ? makePattern(signed) : plain;
  const pattern = term.plain && made !== null && !made.isNumber ? { ...made, inMiddle: false } : made;
  const whole = term.negated;
  const sequences = parts.length > 1 ? [makeSequence({ parts, open: !whole, tier: tiers.exact })] : [];
  for (const split of spelling.splits) sequences.push(makeSequence(split));
  // A category is a single word of the index, including its dot.
  if (term.strict && term.field === "category" && pattern !== null) sequences.length = 0;
  const mayBeAcronym =
    !whole &&
    !term.strict &&
    !term.plain &&
    !spelling.signed &&
    parts.length === 1 &&
    (places & fields.title) !== 0;
  const isDefined = spelling.splits.some(({ tier }) => tier === tiers.meaning);
  const acronym = mayBeAcronym ? acronymOf(parts[0] as string) : null;
  return {
    pattern,
    // Where the words are known, other words with these initials are a coincidence.
    acronym: acronym !== null && isDefined ? { ...acronym, tier: tiers.chance } : acronym,
    isDefined,
    sequences,
    misspelt: spelling.misspelt,
    also: new Map(spelling.also),
    whole,
    fields: places,
    matches: new Map(),
  };
}

/** Matches a word of the vocabulary; `null` if it does not match. The result is cached. */
export function matchKey(ready: ReadyWord, key: string): WordMatch | null {
  let match = ready.matches.get(key);
  if (match === undefined) {
    match = matchWord(ready, key) ?? matchAlso(ready, key) ?? matchNear(ready, key);
    ready.matches.set(key, match);
  }
  return match;
}

/** Matches a word of the vocabulary against the other words that count as the term. */
function matchAlso({ also }: ReadyWord, key: string): WordMatch | null {
  if (also.size === 0) return null;
  const bare = key.endsWith(glueMark) ? key.slice(0, -1) : key;
  const tier = also.get(bare);
  return tier === undefined ? null : { tier, start: 0, end: bare.length };
}

/**
 * Matches a similar word of the vocabulary; `null` if typos are not corrected or the word differs too much.
 */
export function matchNear({ pattern, misspelt }: ReadyWord, key: string): WordMatch | null {
  if (pattern === null || misspelt === false) return null;
  if (misspelt === true) return matchMisspelt(pattern, key);
  if (functionWords.has(key)) return null;
  const match = matchMisspelt(nearPattern(pattern), key);
  const isWhole = match !== null && match.end === (key.endsWith(glueMark) ? key.length - 1 : key.length);
  return isWhole && match.tier === tiers.typo ? match : null;
}

/** The pattern with one edit allowed, for a word that is known as typed. */
export function nearPattern(pattern: Pattern): Pattern {
  return { ...pattern, edits: looseEdits(pattern) };
}

function looseEdits({ word }: Pattern): number {
  return word.length >= 3 && word.length <= longestNear && /^\p{L}+$/u.test(word) ? 1 : 0;
}

const longestNear = 32;

/** Matches a word of the vocabulary as typed; `null` if it does not match. */
export function matchWord({ pattern, whole }: ReadyWord, key: string): WordMatch | null {
  const match = pattern === null ? null : matchWritten(pattern, key);
  return whole && match !== null && match.tier > tiers.plural ? null : match;
}

/** The fields (bits) of the term in which a match of this tier counts. */
export function placesFor(ready: ReadyWord, tier: Tier): number {
  return ready.fields & countsIn(tier);
}

/**
 * The ranges of a tokenized text in which a sequence occurs, with the tier of each match. In a name a single
 * letter matches any word it begins: "K.-R. Müller".
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
    const tier = Math.max(match.tier, sequence.tier) as Tier;
    ranges.push({ range: { start: (single[at] as Word).start, end }, tier });
  }
  return ranges;
}

/**
 * A regular expression that finds a sequence in plain ASCII text (`SearchIndex.simple`). Its first group is
 * the last word. `null` if a part is not ASCII.
 */
export function writtenPattern({ parts, last }: Sequence): RegExp | null {
  if (parts.some((part) => /[^a-z0-9]/.test(part))) return null;
  const lasts = [last.word, ...last.otherNumbers].join("|");
  const before = parts.slice(0, -1).map((part) => `${part}[^A-Za-z0-9]+`);
  return new RegExp(`(?:\\b|(?<=_))${before.join("")}((?:${lasts})[A-Za-z0-9]*)`, "gi");
}

/**
 * A pre-check: any text that has a sequence matches this, and so does any text that is not plain ASCII. `null`
 * if a part is not ASCII.
 */
export function maybePattern(sequence: Sequence, isName: boolean): RegExp | null {
  const { parts, last } = sequence;
  if (parts.some((part) => /[^a-z0-9]/.test(part))) return null;
  const before = parts
    .slice(0, -1)
    .map((part) => `${part}${isName && part.length === 1 ? "[a-z0-9]*" : ""}[^a-z0-9]+`);
  const lasts = [last.word, ...last.otherNumbers].join("|");
  return new RegExp(`[^\\x00-\\x5b\\x5d-\\x7a|}~]|(?<![a-z0-9])${before.join("")}(?:${lasts})`, "i");
}

/** The tier of each occurrence of a sequence in a plain ASCII text. */
export function tiersWritten(sequence: Sequence, written: RegExp, text: string): readonly Tier[] {
  const found: Tier[] = [];
  written.lastIndex = 0;
  for (let match = written.exec(text); match !== null; match = written.exec(text)) {
    const met = matchWritten(sequence.last, (match[1] as string).toLowerCase());
    if (met !== null && met.start === 0 && met.tier <= (sequence.open ? tiers.prefix : tiers.plural)) {
      found.push(Math.max(met.tier, sequence.tier) as Tier);
    }
  }
  return found;
}

/** The compound word that makes up the whole term, if any. */
function onlyCompound(found: readonly Word[]): Word | undefined {
  const last = found.at(-1);
  return last?.compound && last.start === found[0]?.start ? last : undefined;
}

function makeSequence({ parts, open, tier }: Split): Sequence {
  return { parts, last: makePattern(parts.at(-1) as string), open, tier };
}

/**
 * Signs belong to the word before them if the listing has them together, or if the word is a single letter.
 */
function isSigned({ vocabulary }: SearchIndex, signed: string | null): boolean {
  if (signed === null) return false;
  const [first, end] = prefixed(vocabulary, signed);
  return end > first || /^.[+#*]+$/u.test(signed);
}

/** The vocabulary of a listing as a `Lexicon`. */
function lexiconOf({ vocabulary }: SearchIndex): Lexicon {
  return {
    has: (word) => idOf(vocabulary, word) >= 0,
    hasBeginning: (beginning) => {
      const [first, end] = prefixed(vocabulary, beginning);
      return end > first;
    },
  };
}

/** The other spellings and the plural or singular of a word that occur in the listing, with their tiers. */
function sameOf(index: SearchIndex, term: WordTerm, { word }: Pattern): (readonly [string, Tier])[] {
  const lexicon = lexiconOf(index);
  const same = sameWords(word, lexicon).map((one) => [one, tiers.plural] as const);
  const umlauts = umlautsOf(term.text, word).filter((one) => lexicon.has(one));
  return [...same, ...umlauts.map((one) => [one, tiers.prefix] as const)];
}

/** "kuehne" and "Kühne" in the other transliteration of the umlaut, normalized. */
export function umlautsOf(text: string, word: string): readonly string[] {
  const found: string[] = [];
  const bare = word.replace(/(?<=.)([aou])e(?=[bcdfghjklmnpqrstvwxz])/g, "$1");
  if (bare !== word && word.length >= 5) found.push(bare);
  const written = text.normalize("NFC");
  if (/[äöüøåæ]/i.test(written)) {
    found.push(
      normalize(
        written.replace(/[äöüøåæ]/gi, (letter) => (/[åÅ]/.test(letter) ? "aa" : `${normalize(letter)[0]}e`)),
      ),
    );
  }
  return found;
}

/** The ways to split a word that differ from `parts`: LLaMA3.1 is LLaMA 3.1, and μNPU is μ NPU. */
function apartOf(written: string, text: string, parts: readonly string[]): readonly (readonly string[])[] {
  const ways = [written, text, text.replace(betweenScripts(), " "), text.replace(beforeNumber, " ")].map(
    (way) =>
      words(way)
        .filter((word) => !word.compound)
        .map((word) => word.text),
  );
  const seen = new Set([parts.join(" ")]);
  return ways.filter((way) => {
    const key = way.join(" ");
    const isNew = way.length > 1 && !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

const betweenScripts = lazily(
  () => /(?<=\p{Script=Greek})(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=\p{Script=Greek})/gu,
);
const beforeNumber = /(?<=[A-Za-z]{2})(?=[0-9])/g;

/**
 * Rewrites a formula like the indexed text: root signs by name, superscripts and subscripts joined ("n^2" is
 * n²).
 */
function plainFormula(text: string): string {
  if (!/[\^_√∛∞]/.test(text)) return text;
  return text
    .replace(/[√∛∞]/g, (sign) => (sign === "√" ? " sqrt " : sign === "∛" ? " cbrt " : " infty "))
    .replace(/\(([\p{L}\p{N}]+)\)(?=[\^_])/gu, "$1")
    .replace(/[\^_][({]([^(){}]*)[)}]/g, "$1")
    .replace(/(?<=[\p{L}\p{N})])[\^_](\d+|[A-Za-z](?![A-Za-z]))/gu, "$1");
}

/**
 * Splits a word into two words of the listing, because some write "self supervised". Each half must be in
 * more papers than the whole word: "network" is not "net work". Only if the word is unknown may the second
 * half be a prefix ("selfsuperv"); otherwise "understand" would find "under standard assumptions".
 */
function splitsOf(index: SearchIndex, { word }: Pattern, unknown: boolean): readonly Split[] {
  const { vocabulary, all } = index;
  const found: Split[] = [];
  if (word.length > 40 || !/^\p{L}+$/u.test(word)) return found;
  const own = papersWith(all, idOf(vocabulary, word));
  for (let at = 3; at <= word.length - 3; at += 1) {
    const rest = word.slice(at);
    const half = idOf(vocabulary, word.slice(0, at));
    if (half < 0 || papersWith(all, half) <= own) continue;
    const open = unknown && rest.length >= 4;
    const [first, end] = prefixed(vocabulary, rest);
    const isWord = papersWith(all, idOf(vocabulary, rest)) > own;
    if (isWord || (open && end > first))
      found.push({ parts: [word.slice(0, at), rest], open, tier: tiers.exact });
  }
  return found;
}

function papersWith({ offsets }: Postings, id: number): number {
  return id < 0 ? 0 : (offsets[id + 1] as number) - (offsets[id] as number);
}

/** Whether so few titles contain the word that it may be a typo. */
function isRare({ listing, vocabulary, heads }: SearchIndex, { word }: Pattern): boolean {
  const id = idOf(vocabulary, word);
  let titles = 0;
  for (let at = heads.offsets[id] ?? 0; at < (heads.offsets[id + 1] as number); at += 1) {
    if ((heads.papers[at] as number) & fields.title) titles += 1;
  }
  return titles <= 1 + Math.floor(listing.size / papersOfARareWord);
}

const papersOfARareWord = 4_000;

/** Whether enough papers contain the word, or one beginning with it. */
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
