import type { PhraseTerm } from "../query/types.js";
import { fieldsOf } from "../text/fields.js";
import { isSpoken } from "../text/greek.js";
import { normalize, type Word, words } from "../text/normalize.js";
import { flatten, placeInWord, placesInFlat, type Range } from "../text/ranges.js";
import { signsOf } from "../text/signs.js";

/** A phrase prepared for searching texts. */
export interface Phrase {
  readonly flat: string;
  /** Finds it in flattened text. Its spaces also match hyphens: "low rank" matches "low-rank". */
  readonly pattern: RegExp;
  /** The same for plain ASCII text that is not flattened. */
  readonly quick: RegExp;
  /** A pre-check: the source of any text that contains it matches this (see `roughPattern`). */
  readonly rough: RegExp;
  readonly keepCase: boolean;
  /**
   * A pre-check for names: plain ASCII that it matches has what these match, one after another. Empty if the phrase
   * itself is not plain ASCII.
   */
  readonly inName: readonly RegExp[];
  /** Whether the last word may be a prefix. */
  readonly open: boolean;
  /** Its words, normalized, for narrowing down with the index. */
  readonly parts: readonly string[];
  /** Its words for comparison in names; with their case if it matters. */
  readonly nameParts: readonly string[];
  /** The index of the word that must be spelled out (see `anchorOf`). */
  readonly anchor: number;
  /** `author:"g. hinton"`: compared name by name; an initial matches a name. */
  readonly isName: boolean;
  /** The name with its initials first, where they came last: "Hinton GE" is also "G E Hinton". */
  readonly turned: Phrase | null;
  /** Its non-ASCII symbols, which the index has as words (see signs.ts). */
  readonly signs: readonly string[];
  readonly fields: number;
}

/**
 * A pattern that the source of a text must match, with or without TeX, if the words are adjacent in it: a
 * cheap check before a text is read word by word. Accents must be removed from the source first
 * (`roughText`).
 */
export function roughPattern(parts: readonly string[], open: boolean): RegExp {
  if (parts.length === 0 || parts.some((part) => /[^a-z0-9]/.test(part) || isSpoken(part))) return anything;
  const between = String.raw`(?:[^A-Za-z0-9]|\\[A-Za-z]+)*?`;
  const written = parts.map((part) => part.replace(/(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])/g, between));
  const last = written.at(-1) as string;
  // The last word may be in its plural or singular, which begins the same.
  written[written.length - 1] = open || last.length < 4 || /[^a-z]/.test(last) ? last : last.slice(0, -2);
  return new RegExp(`(?<![A-Za-z0-9])${written.join(between)}`, "i");
}

/** Prepares a text's source for `roughPattern`. */
export function roughText(source: string): string {
  return normalize(source);
}

/**
 * Whether a text's source may have accented or non-Latin letters, rather than only typographic punctuation.
 */
export function mayBeAccented(source: string): boolean {
  return /[^\x00-\x7f‐-―‘-„…]|\\[^A-Za-z ]|\\[cvuHkrbdt][ {]/.test(source);
}

const anything = /^/;

/** Prepares a phrase term. The last word of a negated phrase must be complete, even while it is typed. */
export function makePhrase(term: PhraseTerm): Phrase {
  const isName = term.field === "author";
  const text = isName ? givenNameFirst(term.text) : term.text;
  const turned = isName ? initialsFirst(text) : null;
  const parts = partsOf(text);
  const nameParts = parts.map((part) => compared(text, part, term.caseSensitive));
  const flat = flatten(text, term.caseSensitive).trim();
  const written = flat.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replaceAll(" ", "[ -]");
  return {
    flat,
    pattern: new RegExp(written, "g"),
    quick: new RegExp(written, term.caseSensitive ? "" : "i"),
    rough: roughPattern(
      parts.map((part) => part.text),
      true,
    ),
    inName: inName(
      parts.map((part) => part.text),
      anchorOf(nameParts),
    ),
    keepCase: term.caseSensitive,
    open: term.open && !term.negated,
    parts: parts.map((part) => part.text),
    nameParts,
    anchor: anchorOf(nameParts),
    isName,
    turned: turned === null ? null : makePhrase({ ...term, text: turned }),
    signs: [...signsOf(text)],
    fields: fieldsOf(term.field),
  };
}

/** A name as listings have it: "Hinton, Geoffrey", as bibliographies write it, becomes "Geoffrey Hinton". */
function givenNameFirst(name: string): string {
  return name.replace(/^([^,]+),([^,]+)$/, "$2 $1");
}

/**
 * The other order of a name with its initials last, as PubMed writes it and listings do not: "Holm I", "holm i.",
 * "Holm IE" and "Holm I-E" become "I Holm", "i. holm" and "I E Holm"; `null` of any other name. Both orders are searched, as the X
 * of "Malcolm X" is no initial.
 */
function initialsFirst(name: string): string | null {
  const family = name.trim().split(/\s+/);
  const initials: string[] = [];
  while (
    family.length > 1 &&
    /^(?:\p{L}|(?:\p{L}\.-?){1,4}|\p{L}-\p{L}\.?|\p{Lu}{2,3})$/u.test(family.at(-1) as string)
  )
    initials.unshift(...((family.pop() as string).match(/\p{L}\.?/gu) as string[]));
  const hasFamily = family.some((word) => /\p{L}{2}/u.test(word));
  return initials.length > 0 && hasFamily ? [...initials, ...family].join(" ") : null;
}

/** The ranges of a phrase in a text; `[]` if it does not occur. */
export function phraseRanges(phrase: Phrase, text: string): Range[] {
  if (phrase.isName && phrase.parts.length > 0) return nameRanges(phrase, text);
  const found = flatRanges(phrase, text);
  return found.length === 0 ? found : placesInFlat(text, phrase.keepCase, found);
}

/** Whether a phrase occurs in a text: like `phraseRanges`, without the cost of mapping ranges. */
export function hasPhrase(phrase: Phrase, text: string): boolean {
  if (phrase.isName && phrase.parts.length > 0) return hasName(phrase, text);
  return flatRanges(phrase, text).length > 0;
}

/** Whether a phrase is a single case-insensitive word, so that the index alone can answer. */
export function isOneWord(phrase: Phrase): boolean {
  return phrase.parts.length === 1 && phrase.parts[0] === phrase.flat && !phrase.keepCase && !phrase.isName;
}

/** The ranges of a phrase in the flattened text. */
function flatRanges(phrase: Phrase, text: string): Range[] {
  const found: Range[] = [];
  if (phrase.flat === "") return found;
  const flat = flatten(text, phrase.keepCase);
  const { pattern } = phrase;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(flat); match !== null; match = pattern.exec(flat)) {
    const start = match.index;
    const end = pattern.lastIndex;
    if (!cutsWord(flat, start) && (phrase.open || !cutsWord(flat, end))) found.push({ start, end });
    pattern.lastIndex = start + 1;
  }
  return found;
}

/** The index of the word in a name phrase that must be spelled out: the last one that is not an initial. */
export function anchorOf(parts: readonly string[]): number {
  const last = parts.findLastIndex((part) => part.length > 1);
  return last < 0 ? parts.length - 1 : last;
}

/** Whether `at` is inside a word. */
function cutsWord(text: string, at: number): boolean {
  const before = /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at));
  return before && /^[\p{L}\p{N}]/u.test(text.slice(at, at + 2));
}

/**
 * The ranges of words in a name that match the words of the phrase, in order, possibly with others between:
 * "geoffrey hinton" matches "Geoffrey E. Hinton", and "g. hinton" matches both "Geoffrey Hinton" and "G.
 * Hinton".
 */
function nameRanges(phrase: Phrase, text: string): Range[] {
  const found: Range[] = phrase.turned === null ? [] : nameRanges(phrase.turned, text);
  const ends = new RegExp(separators, "gi");
  let name: Word[] = [];
  let nameEnd = ends.exec(text)?.index ?? text.length;
  for (const word of partsOf(text)) {
    while (word.start >= nameEnd && nameEnd < text.length) {
      found.push(...rangesInName(phrase, text, name));
      name = [];
      nameEnd = ends.exec(text)?.index ?? text.length;
    }
    name.push(word);
  }
  found.push(...rangesInName(phrase, text, name));
  return found;
}

/** Separators between two names. */
const separators = /[,;·•|]|\s(?:and|&)\s/i;

/** Whether a name in the text matches: like `nameRanges`, but splits only the names that may match. */
function hasName(phrase: Phrase, text: string): boolean {
  if (phrase.turned !== null && hasName(phrase.turned, text)) return true;
  if (!mayBeNamed(phrase, text)) return false;
  const ends = new RegExp(separators, "gi");
  for (let start = 0, end = 0; end < text.length; start = end) {
    end = ends.exec(text)?.index ?? text.length;
    const name = text.slice(start, end);
    if (mayBeNamed(phrase, name) && rangesInName(phrase, name, partsOf(name)).length > 0) return true;
  }
  return false;
}

/** Patterns for the words of a name: the anchor is spelled out, the others may be initials. */
function inName(parts: readonly string[], anchor: number): readonly RegExp[] {
  if (parts.some((part) => /[^a-z0-9]/.test(part))) return [];
  return parts.map((part, at) => new RegExp(`(?<![a-z0-9])${at === anchor ? part : part.charAt(0)}`, "gi"));
}

/**
 * Whether a name may match. One search for each word: as one expression they would take a time of a power of the
 * text's length.
 */
function mayBeNamed({ inName: wanted }: Phrase, text: string): boolean {
  if (/[^\x00-\x5b\x5d-\x7a|}~]/.test(text)) return true;
  let at = 0;
  return wanted.every((word) => {
    word.lastIndex = at;
    const isThere = word.test(text);
    at = word.lastIndex;
    return isThere;
  });
}

function rangesInName(phrase: Phrase, text: string, name: readonly Word[]): Range[] {
  const { nameParts, anchor, open, keepCase } = phrase;
  const found: Range[] = [];
  let next = 0;
  for (const word of name) {
    const part = nameParts[next];
    if (part === undefined) break;
    const written = compared(text, word, keepCase);
    const goesOn = part.length === 1 || (open && next === nameParts.length - 1);
    if (written === part || (goesOn && written.startsWith(part))) {
      const isWhole = written.length === part.length || keepCase;
      found.push(isWhole ? word : placeInWord(text, word, 0, part.length));
    } else if (next !== anchor && written.length === 1 && part.startsWith(written)) {
      found.push(word);
    } else {
      continue;
    }
    next += 1;
  }
  return next === nameParts.length ? found.map(({ start, end }) => ({ start, end })) : [];
}

function partsOf(text: string): Word[] {
  return words(text).filter((word) => !word.compound);
}

function compared(text: string, word: Word, keepCase: boolean): string {
  return keepCase ? normalize(text.slice(word.start, word.end), true) : word.text;
}
