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

/** Words next to each other in a text; the last may go on where `open`. */
export interface Sequence {
  readonly parts: readonly string[];
  readonly last: Pattern;
  readonly open: boolean;
  /** What it is worth at most, and in which fields it counts. */
  readonly tier: Tier;
}

/** Words that a term may be written as. */
export interface Split {
  readonly parts: readonly string[];
  readonly open: boolean;
  readonly tier: Tier;
}

/** What only a listing can say of a word term; plain data, so that a worker can send it. */
export interface Spelling {
  /** Whether near words are taken for it; `whole` words with one edit only where it is written as it is typed. */
  readonly misspelt: boolean | "whole";
  readonly splits: readonly Split[];
  /** Other words of the listing that it stands for, with what they are worth. */
  readonly also: readonly (readonly [word: string, tier: Tier])[];
  /** Whether the signs behind it belong to it: C++. */
  readonly signed: boolean;
}

/** What there is to say of a phrase. */
export const plainSpelling: Spelling = { misspelt: false, splits: [], also: [], signed: false };

/** A word term made ready for one listing. */
export interface ReadyWord {
  /** Null where the term is not one word, not even glued ("a,b"). */
  readonly pattern: Pattern | null;
  readonly acronym: Acronym | null;
  readonly sequences: readonly Sequence[];
  readonly misspelt: Spelling["misspelt"];
  readonly also: ReadonlyMap<string, Tier>;
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
  /** The word with the signs behind it, where there are any. */
  readonly signed: string | null;
  /** Its parts in other ways to part it: letters from numbers, and one script from the other. */
  readonly apart: readonly (readonly string[])[];
  readonly fields: number;
}

function take(term: WordTerm): TakenWords {
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

/** What a listing says of a word term: whether it is spelt right there, and what else it may be written as. */
export function spellingOf(index: SearchIndex, term: WordTerm): Spelling {
  const { parts, pattern, fields: places, signed, apart } = take(term);
  const splits: Split[] = apart.map((ways) => ({ parts: ways, open: !term.negated, tier: tiers.exact }));
  if (pattern === null || term.negated) return { ...plainSpelling, splits, signed: isSigned(index, signed) };
  if (isSigned(index, signed)) return { ...plainSpelling, splits, signed: true };
  const isSingle = parts.length === 1;
  const same = isSingle ? sameOf(index, term, pattern) : [];
  if (term.strict || places === 0) return { ...plainSpelling, splits, also: same };
  const isWritten = isKnown(index, pattern, places) || same.length > 0;
  // Of a word that is written as it is typed, other forms are wanted only where it finds nothing.
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

/** Makes a word term ready: what to look for, and whether misspelling has to be considered. */
export function readyWord(term: WordTerm, spelling: Spelling): ReadyWord {
  const { parts, pattern: plain, fields: places, signed } = take(term);
  const made = spelling.signed && signed !== null ? makePattern(signed) : plain;
  const pattern = term.plain && made !== null && !made.isNumber ? { ...made, inMiddle: false } : made;
  const whole = term.negated;
  const sequences = parts.length > 1 ? [makeSequence({ parts, open: !whole, tier: tiers.exact })] : [];
  for (const split of spelling.splits) sequences.push(makeSequence(split));
  // A category is one word of the index, dot and all.
  if (term.strict && term.field === "category" && pattern !== null) sequences.length = 0;
  const mayBeAcronym =
    !whole &&
    !term.strict &&
    !term.plain &&
    !spelling.signed &&
    parts.length === 1 &&
    (places & fields.title) !== 0;
  return {
    pattern,
    acronym: mayBeAcronym ? acronymOf(parts[0] as string) : null,
    sequences,
    misspelt: spelling.misspelt,
    also: new Map(spelling.also),
    whole,
    fields: places,
    matches: new Map(),
  };
}

/** How a word of the vocabulary matches the term; null where it does not. What it said once is remembered. */
export function matchKey(ready: ReadyWord, key: string): WordMatch | null {
  let match = ready.matches.get(key);
  if (match === undefined) {
    match = matchWord(ready, key) ?? matchAlso(ready, key) ?? matchNear(ready, key);
    ready.matches.set(key, match);
  }
  return match;
}

/** How a word of the vocabulary is one of those that the term stands for. */
function matchAlso({ also }: ReadyWord, key: string): WordMatch | null {
  if (also.size === 0) return null;
  const bare = key.endsWith(glueMark) ? key.slice(0, -1) : key;
  const tier = also.get(bare);
  return tier === undefined ? null : { tier, start: 0, end: bare.length };
}

/** How a word of the vocabulary is a near one; null where none is taken for the term, or it is not near enough. */
export function matchNear({ pattern, misspelt }: ReadyWord, key: string): WordMatch | null {
  if (pattern === null || misspelt === false) return null;
  if (misspelt === true) return matchMisspelt(pattern, key);
  if (functionWords.has(key)) return null;
  const match = matchMisspelt(nearPattern(pattern), key);
  const isWhole = match !== null && match.end === (key.endsWith(glueMark) ? key.length - 1 : key.length);
  return isWhole && match.tier === tiers.typo ? match : null;
}

/** The pattern with the one edit that a word is granted which is written as it is typed somewhere else. */
export function nearPattern(pattern: Pattern): Pattern {
  return { ...pattern, edits: looseEdits(pattern) };
}

function looseEdits({ word }: Pattern): number {
  return word.length >= 3 && word.length <= longestNear && /^\p{L}+$/u.test(word) ? 1 : 0;
}

const longestNear = 32;

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
    const tier = Math.max(match.tier, sequence.tier) as Tier;
    ranges.push({ range: { start: (single[at] as Word).start, end }, tier });
  }
  return ranges;
}

/**
 * Finds a sequence in plain ASCII (`SearchIndex.simple`), where words are runs of letters and digits: its
 * last word is the first group. `null` where its parts are not all in ASCII.
 */
export function writtenPattern({ parts, last }: Sequence): RegExp | null {
  if (parts.some((part) => /[^a-z0-9]/.test(part))) return null;
  const lasts = [last.word, ...last.otherNumbers].join("|");
  const before = parts.slice(0, -1).map((part) => `${part}[^A-Za-z0-9]+`);
  return new RegExp(`(?:\\b|(?<=_))${before.join("")}((?:${lasts})[A-Za-z0-9]*)`, "gi");
}

/** How well a sequence is met each time that it stands in a text of plain ASCII. */
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

/** The glued word that a term consists of, if it is one. */
function onlyCompound(found: readonly Word[]): Word | undefined {
  const last = found.at(-1);
  return last?.compound && last.start === found[0]?.start ? last : undefined;
}

function makeSequence({ parts, open, tier }: Split): Sequence {
  return { parts, last: makePattern(parts.at(-1) as string), open, tier };
}

/** Signs behind a word belong to it where the listing has it so, and behind a letter alone in any case. */
function isSigned({ vocabulary }: SearchIndex, signed: string | null): boolean {
  if (signed === null) return false;
  const [first, end] = prefixed(vocabulary, signed);
  return end > first || /^.[+#*]+$/u.test(signed);
}

/** The words of a listing as `verbForms` wants them. */
function lexiconOf({ vocabulary }: SearchIndex): Lexicon {
  return {
    has: (word) => idOf(vocabulary, word) >= 0,
    hasBeginning: (beginning) => {
      const [first, end] = prefixed(vocabulary, beginning);
      return end > first;
    },
  };
}

/** What else the listing spells a word as, or its plural. */
function sameOf(index: SearchIndex, term: WordTerm, { word }: Pattern): (readonly [string, Tier])[] {
  const lexicon = lexiconOf(index);
  const same = sameWords(word, lexicon).map((one) => [one, tiers.plural] as const);
  const umlauts = umlautsOf(term.text, word).filter((one) => lexicon.has(one));
  return [...same, ...umlauts.map((one) => [one, tiers.prefix] as const)];
}

/** What "kuehne" and "Kühne" are written as where the other spelling is usual. */
function umlautsOf(text: string, word: string): readonly string[] {
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

/** The ways to part a word that differ from `parts`: LLaMA3.1 is LLaMA 3.1, and μNPU is μ NPU. */
function apartOf(written: string, text: string, parts: readonly string[]): readonly (readonly string[])[] {
  const ways = [written, text, text.replace(betweenScripts, " "), text.replace(beforeNumber, " ")].map(
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

const betweenScripts = /(?<=\p{Script=Greek})(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=\p{Script=Greek})/gu;
const beforeNumber = /(?<=[A-Za-z]{2})(?=[0-9])/g;

/** A formula as its text is searched: roots by their name, powers and indices closed up ("n^2" is n²). */
function plainFormula(text: string): string {
  if (!/[\^_√∛∞]/.test(text)) return text;
  return text
    .replace(/[√∛∞]/g, (sign) => (sign === "√" ? " sqrt " : sign === "∛" ? " cbrt " : " infty "))
    .replace(/\(([\p{L}\p{N}]+)\)(?=[\^_])/gu, "$1")
    .replace(/[\^_][({]([^(){}]*)[)}]/g, "$1")
    .replace(/(?<=[\p{L}\p{N})])[\^_](\d+|[A-Za-z](?![A-Za-z]))/gu, "$1");
}

/**
 * A word taken apart into two of the listing, because some write "self supervised". Halves must be
 * words by themselves, each in more papers than the word: "network" is no "net work". Only for a word
 * that nobody has may the second be a beginning ("selfsuperv"), or "understand" would find "under
 * standard assumptions".
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

/** Whether so few titles have the word that another may be meant. */
function isRare({ listing, vocabulary, heads }: SearchIndex, { word }: Pattern): boolean {
  const id = idOf(vocabulary, word);
  let titles = 0;
  for (let at = heads.offsets[id] ?? 0; at < (heads.offsets[id + 1] as number); at += 1) {
    if ((heads.papers[at] as number) & fields.title) titles += 1;
  }
  return titles <= 1 + Math.floor(listing.size / papersOfARareWord);
}

const papersOfARareWord = 4_000;

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
