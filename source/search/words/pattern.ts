import { type Tier, tiers } from "../rank/ranking.js";
import { allFields, fields, typoFields } from "../text/fields.js";
import { isDigit } from "../text/normalize.js";
import { allowedEdits, typoMatch } from "./typos.js";

/** Marks in the vocabulary a word glued from several: "GPT-4" is kept as `gpt4-`, beside `gpt` and `4`. */
export const glueMark = "-";

/** A normalized word somebody looks for, made ready to be held against the words of papers. */
export interface Pattern {
  readonly word: string;
  /** The other numbers of the word: `networks` for `network` and the reverse. */
  readonly otherNumbers: readonly string[];
  /** Typos forgiven when misspelling is considered. */
  readonly edits: number;
  /** Whether it may stand in the middle of a word. */
  readonly inMiddle: boolean;
  /** It begins with a digit: "4" is found in "GPT4", where digits begin. */
  readonly isNumber: boolean;
}

/** How a word matched, and the matched part of it (offsets in the normalized word). */
export interface WordMatch {
  readonly tier: Tier;
  readonly start: number;
  readonly end: number;
}

// Scripts written without spaces, where a run of letters is no single word.
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The pattern of a normalized word. */
export function makePattern(word: string): Pattern {
  return {
    word,
    otherNumbers: otherNumbers(word),
    edits: allowedEdits(word),
    inMiddle: word.length >= 3 || unspaced.test(word),
    isNumber: isDigit(word.charCodeAt(0)),
  };
}

/**
 * How `key`, a word of the vocabulary, has the pattern in it as written: whole, in the other number, at
 * its start or in its middle; null where it has not. In a glued word nothing is looked for in the
 * middle, since "self-attention" does not say "fatten"; its parts are words of their own.
 */
export function matchWritten(pattern: Pattern, key: string): WordMatch | null {
  const { word } = pattern;
  const isGlued = key.endsWith(glueMark);
  const length = isGlued ? key.length - 1 : key.length;
  if (key.startsWith(word)) {
    if (length === word.length) return { tier: tiers.exact, start: 0, end: length };
    const tier = isOtherNumber(pattern, key, length) ? tiers.plural : tiers.prefix;
    return { tier, start: 0, end: tier === tiers.plural ? length : word.length };
  }
  if (isOtherNumber(pattern, key, length)) return { tier: tiers.plural, start: 0, end: length };
  if (pattern.isNumber) {
    const at = numberAt(pattern, key);
    if (at >= 0) return { tier: tiers.prefix, start: at, end: at + word.length };
  }
  if (!pattern.inMiddle || isGlued) return null;
  const at = key.indexOf(word);
  if (at < 0) return null;
  const isLong = word.length >= 5 || unspaced.test(word);
  return { tier: isLong ? tiers.middle : tiers.chance, start: at, end: at + word.length };
}

/** How `key` has the pattern in it misspelt; null where it is not near enough. */
export function matchMisspelt(pattern: Pattern, key: string): WordMatch | null {
  const bare = key.endsWith(glueMark) ? key.slice(0, -1) : key;
  const match = typoMatch(pattern.word, bare, pattern.edits);
  if (match === null) return null;
  return { tier: match.edits > 1 ? tiers.typos : tiers.typo, start: 0, end: match.end };
}

/** The fields (bits) in which a match of that tier counts; the abstract's many words must fit better. */
export function countsIn(tier: Tier): number {
  switch (tier) {
    case tiers.typo:
    case tiers.typos:
    case tiers.chance:
      return typoFields;
    case tiers.acronym:
      return fields.title;
    case tiers.meaning:
      return fields.title | fields.keywords | fields.organization;
    case tiers.middle:
      return typoFields | fields.abstract | fields.summary;
    default:
      return allFields;
  }
}

/** Where a run of digits begins with the pattern's, as in "Qwen2.5" or "GPT4"; -1 where none does. */
function numberAt(pattern: Pattern, key: string): number {
  let at = key.indexOf(pattern.word, 1);
  while (at > 0 && (isDigit(key.charCodeAt(at - 1)) || key[at - 1] === ".")) {
    at = key.indexOf(pattern.word, at + 1);
  }
  return at;
}

function isOtherNumber(pattern: Pattern, key: string, length: number): boolean {
  for (const other of pattern.otherNumbers) {
    if (other.length === length && key.startsWith(other)) return true;
  }
  return false;
}

/** The plurals of a singular and the singulars of a plural, the simple English ones; some are no words. */
function otherNumbers(word: string): string[] {
  if (word.length < 3 || !/^\p{L}+$/u.test(word)) return [];
  const found = [`${word}s`];
  if (/(?:s|x|z|ch|sh)$/.test(word)) found.push(`${word}es`);
  if (/[^aeiou]y$/.test(word)) found.push(`${word.slice(0, -1)}ies`);
  if (/(?:ix|ex)$/.test(word)) found.push(`${word.slice(0, -2)}ices`);
  if (/sis$/.test(word)) found.push(`${word.slice(0, -2)}es`); // hypothesis
  if (word.length > 3 && /[^s]s$/.test(word)) found.push(word.slice(0, -1));
  if (word.length > 4 && /(?:s|x|z|ch|sh)es$/.test(word)) found.push(word.slice(0, -2));
  if (word.length > 4 && /[^aeiou]ies$/.test(word)) found.push(`${word.slice(0, -3)}y`);
  if (word.length > 5 && /ices$/.test(word)) found.push(`${word.slice(0, -4)}ix`, `${word.slice(0, -4)}ex`);
  if (word.length > 5 && /ses$/.test(word)) found.push(`${word.slice(0, -2)}is`);
  return found;
}
