import { type PlaceSets, typoFields } from "../text/fields.js";
import { isDigit } from "../text/normalize.js";
import { lastNotAfter } from "../text/starts.js";
import { glueMark, matchMisspelt, matchWritten, type Pattern, type WordMatch } from "../words/pattern.js";
import { misspeltLengths, nearTest, proposeTypos } from "../words/typos.js";

/** The distinct words of a listing, sorted by code unit. The id of a word is its index. */
export interface Vocabulary {
  readonly words: readonly string[];
  /** For each word, the fields in which it occurs in any paper, as bits. */
  readonly places: PlaceSets;
  /** All words separated by line breaks, so that a single `indexOf` searches for a letter sequence in all. */
  readonly joined: string;
  /** The offset in `joined` at which each word begins. */
  readonly starts: Uint32Array;
  readonly typos: TypoWords;
}

/** The words that can correct a typo, sorted by length and then by id. */
interface TypoWords {
  readonly ids: Uint32Array;
  /** The letters of each word, from `lettersOf`. */
  readonly letters: Uint32Array;
  /** The index at which the words of each length begin; the last entry is the end. */
  readonly starts: Uint32Array;
}

/** Makes a vocabulary of sorted, distinct words. `places` has the fields in which each occurs. */
export function makeVocabulary(words: readonly string[], places: PlaceSets): Vocabulary {
  const starts = new Uint32Array(words.length);
  let at = 1;
  words.forEach((word, id) => {
    starts[id] = at;
    at += word.length + 1;
  });
  return { words, places, joined: `\n${words.join("\n")}\n`, starts, typos: typoWordsOf(words, places) };
}

function typoWordsOf(words: readonly string[], places: PlaceSets): TypoWords {
  const isTypoWord = (id: number) => ((places[id] as number) & typoFields) !== 0;
  const counts: number[] = [];
  for (let id = 0; id < words.length; id += 1) {
    if (!isTypoWord(id)) continue;
    const { length } = words[id] as string;
    while (counts.length <= length) counts.push(0);
    counts[length] = (counts[length] as number) + 1;
  }
  const starts = new Uint32Array(counts.length + 1);
  for (let length = 0; length < counts.length; length += 1) {
    starts[length + 1] = (starts[length] as number) + (counts[length] as number);
  }
  const ids = new Uint32Array(starts.at(-1) as number);
  const letters = new Uint32Array(ids.length);
  const next = starts.slice();
  for (let id = 0; id < words.length; id += 1) {
    if (!isTypoWord(id)) continue;
    const word = words[id] as string;
    const at = next[word.length] as number;
    ids[at] = id;
    letters[at] = lettersOf(word);
    next[word.length] = at + 1;
  }
  return { ids, letters, starts };
}

/** The id of a word, or -1. */
export function idOf(vocabulary: Vocabulary, word: string): number {
  const id = firstNotBefore(vocabulary, word);
  return vocabulary.words[id] === word ? id : -1;
}

/** The id range of a single word: first, end (exclusive); empty if the vocabulary does not have it. */
export function wordAlone(vocabulary: Vocabulary, word: string): readonly [number, number] {
  const id = idOf(vocabulary, word);
  return id < 0 ? [0, 0] : [id, id + 1];
}

/** The range of ids of the words that begin with `prefix`: first, end (exclusive). */
export function prefixed(vocabulary: Vocabulary, prefix: string): readonly [number, number] {
  return [firstNotBefore(vocabulary, prefix), firstNotBefore(vocabulary, `${prefix}\uffff`)];
}

/** Calls `visit` once for each word that begins with the pattern or is its plural or singular. */
export function eachBeginning(vocabulary: Vocabulary, pattern: Pattern, visit: (id: number) => void): void {
  const [first, end] = prefixed(vocabulary, pattern.word);
  for (let id = first; id < end; id += 1) visit(id);
  for (const id of otherNumbersOf(vocabulary, pattern)) if (id < first || id >= end) visit(id);
}

/**
 * Calls `visit` once for each word that contains the pattern and is not visited by `eachBeginning`. If
 * `among` is given, it must include all of them, and only it is searched.
 */
export function eachInside(
  vocabulary: Vocabulary,
  pattern: Pattern,
  among: Uint32Array | null,
  visit: (id: number) => void,
): void {
  if (!pattern.inMiddle && !pattern.isNumber) return;
  const [first, end] = prefixed(vocabulary, pattern.word);
  const others = otherNumbersOf(vocabulary, pattern);
  const offer = (id: number) => {
    if (others.has(id)) return;
    if (matchWritten(pattern, vocabulary.words[id] as string) !== null) visit(id);
  };
  if (among !== null) {
    for (const id of among) if (id < first || id >= end) offer(id);
    return;
  }
  const { joined, starts } = vocabulary;
  let at = joined.indexOf(pattern.word);
  let id = 0;
  while (at >= 0) {
    id = lastNotAfter(starts, at, id);
    // The words that begin with the pattern are most of the hits, and next to each other.
    if (id >= first && id < end) id = end - 1;
    else offer(id);
    at = joined.indexOf(pattern.word, (starts[id] as number) + (vocabulary.words[id] as string).length);
  }
}

/**
 * Whether each word that `eachInside` finds for `pattern` also contains `before`. Then, after another letter
 * is typed, only the earlier result must be searched.
 */
export function narrows(before: Pattern, pattern: Pattern): boolean {
  if (!pattern.word.startsWith(before.word)) return false;
  return before.inMiddle || (before.isNumber && !pattern.inMiddle);
}

/** The ids of the plural or singular forms of the pattern, including compounds. */
export function otherNumbersOf(vocabulary: Vocabulary, pattern: Pattern): Set<number> {
  const ids = new Set<number>();
  for (const other of pattern.otherNumbers) {
    for (const key of [other, other + glueMark]) {
      const id = idOf(vocabulary, key);
      if (id >= 0) ids.add(id);
    }
  }
  return ids;
}

/** Calls `visit` for each word that the pattern may be a misspelling of, with the match. */
export function eachMisspelt(
  vocabulary: Vocabulary,
  pattern: Pattern,
  visit: (id: number, match: WordMatch) => void,
): void {
  if (pattern.edits === 0) return;
  const { words, typos } = vocabulary;
  const letters = lettersOf(pattern.word);
  const isNear = nearTest(pattern.word, pattern.edits);
  const near: number[] = [];
  const add = (first: number, end: number, isWhole: boolean) => {
    for (let place = first; place < end; place += 1) {
      // An edit changes at most one distinct letter, so a word that differs in more of them is too far away.
      const others = typos.letters[place] as number;
      if (countBits(letters & ~others) > pattern.edits) continue;
      if (isWhole && countBits(others & ~letters) > pattern.edits) continue;
      const id = typos.ids[place] as number;
      // Fuse.js takes some microseconds per word, so filter first.
      if (isNear(words[id] as string)) near.push(id);
    }
  };
  const { shortest, longest, goesOn } = misspeltLengths(pattern.word, pattern.edits);
  const longestWord = typos.starts.length - 2;
  const last = goesOn ? longestWord : Math.min(longest, longestWord);
  const initial = pattern.word.charCodeAt(0);
  for (let length = shortest; length <= last; length += 1) {
    const [first, end] = [typos.starts[length] as number, typos.starts[length + 1] as number];
    // The words with the same first letter are next to each other. Only of them may a prefix match.
    const from = goesOn ? firstWith(vocabulary, initial, first, end) : end;
    const to = goesOn ? firstWith(vocabulary, initial + 1, from, end) : end;
    if (length <= longest) add(first, from, true);
    add(from, to, false);
    if (length <= longest) add(to, end, true);
  }
  near.sort((one, other) => one - other);
  const texts = near.map((id) => words[id] as string);
  for (const place of proposeTypos(pattern.word, pattern.edits, texts)) {
    const match = matchMisspelt(pattern, texts[place] as string);
    if (match !== null) visit(near[place] as number, match);
  }
}

/**
 * The index of the first typo word from `from` to before `end`, all of one length, whose first letter is
 * `initial` or later.
 */
function firstWith({ words, typos }: Vocabulary, initial: number, from: number, end: number): number {
  let low = from;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[typos.ids[middle] as number] as string).charCodeAt(0) < initial) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The letters of a word as bits: one for each of a to z; all others share six. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code >= 97 && code <= 122) bits |= 1 << (code - 97);
    else if (!isDigit(code) && code !== 45) bits |= 1 << (26 + (code % 6));
  }
  return bits >>> 0;
}

function countBits(bits: number): number {
  // Parallel bit count: adds up pairs, then groups of four, then bytes (Warren, Hacker's Delight, 5-1).
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function firstNotBefore(vocabulary: Vocabulary, word: string): number {
  let low = 0;
  let high = vocabulary.words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((vocabulary.words[middle] as string) < word) low = middle + 1;
    else high = middle;
  }
  return low;
}
