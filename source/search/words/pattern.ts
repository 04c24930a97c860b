import { lazily } from "../../papers/lazily.js";
import { type Tier, tiers } from "../rank/ranking.js";
import { allFields, fields, typoFields } from "../text/fields.js";
import { isDigit } from "../text/normalize.js";
import { allowedEdits, typoMatch } from "./typos.js";

/**
 * The suffix that marks compound ("glued") words in the vocabulary: "GPT-4" is stored as `gpt4-`, next to
 * `gpt` and `4`.
 */
export const glueMark = "-";

/** A normalized query word, prepared for comparison with the words of papers. */
export interface Pattern {
  readonly word: string;
  /** Its plural or singular forms: `networks` for `network` and the reverse. */
  readonly otherNumbers: readonly string[];
  /** The edit distance allowed when typos are corrected. */
  readonly edits: number;
  /** Whether it may match in the middle of a word. */
  readonly inMiddle: boolean;
  /**
   * Whether it begins with a digit. Then it also matches where a run of digits begins: "4" matches "GPT4".
   */
  readonly isNumber: boolean;
}

/** How well a word matched, and the matched range (offsets in the normalized word). */
export interface WordMatch {
  readonly tier: Tier;
  readonly start: number;
  readonly end: number;
}

/** Scripts written without spaces, in which a run of letters may be several words. */
const unspaced = lazily(
  () =>
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u,
);

/** Prepares a normalized word for matching. */
export function makePattern(word: string): Pattern {
  return {
    word,
    otherNumbers: otherNumbers(word),
    edits: allowedEdits(word),
    inMiddle: word.length >= 3 || unspaced().test(word),
    isNumber: isDigit(word.charCodeAt(0)),
  };
}

/**
 * Matches the pattern as typed against `key`, a word of the vocabulary: the whole word, its plural or
 * singular, a prefix or an infix; `null` if it does not match. Compound words have no infix matches, since
 * "self-attention" does not contain "fatten"; their parts are separate words.
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
  const isLong = word.length >= 5 || unspaced().test(word);
  return { tier: isLong ? tiers.middle : tiers.chance, start: at, end: at + word.length };
}

/** Matches the pattern against `key` with typos; `null` if the edit distance is too large. */
export function matchMisspelt(pattern: Pattern, key: string): WordMatch | null {
  const bare = key.endsWith(glueMark) ? key.slice(0, -1) : key;
  const match = typoMatch(pattern.word, bare, pattern.edits);
  if (match === null) return null;
  const tier = match.end < bare.length ? tiers.begunTypo : match.edits > 1 ? tiers.typos : tiers.typo;
  return { tier, start: 0, end: match.end };
}

/**
 * The fields (bits) in which a match of this tier counts. Abstracts have many words, so weak matches do not
 * count there.
 */
export function countsIn(tier: Tier): number {
  switch (tier) {
    case tiers.typo:
    case tiers.typos:
    case tiers.begunTypo:
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

/**
 * The offset at which a run of digits begins with the pattern, as in "Qwen2.5" or "GPT4"; -1 if none does.
 */
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

/** The regular English plurals of a singular and singulars of a plural. Some are not real words. */
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
