import { eastAsianWidth } from "get-east-asian-width";
import { LazyRegExp } from "./lazy-regexp.js";

/**
 * The cells of one grapheme that may be an emoji or has marks, jamo or joiners (`cells.ts` knows the width of any
 * other), by the rules of the `string-width` package, which Ink measures with: two different widths would tear the
 * screen. A test compares both over all of Unicode. Loading the package compiles the list of all emoji (25 to 40
 * ms, a third of the time to the first screen), even if a listing has none; here that waits for the first possible
 * emoji.
 */
export function measureGrapheme(grapheme: string): number {
  const visible = Array.from(
    grapheme.matchAll(visibleCharacter.pattern),
    ([one]) => one.codePointAt(0) as number,
  );
  const [base, ...rest] = visible;
  if (base === undefined) return 0;
  if (mayBeEmoji.test(grapheme) && isEmoji(grapheme)) return 2;
  if (isJamo(base)) return jamoWidth(visible);
  // Spacing marks and half-width voicing marks take cells of their own.
  const beside = rest.filter(
    (code) => (code >= 0xff00 && code <= 0xffef) || spacingMark.test(String.fromCodePoint(code)),
  );
  return [base, ...beside].reduce((width, code) => width + eastAsianWidth(code), 0);
}

const visibleCharacter = new LazyRegExp(
  () =>
    /[^\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Nonspacing_Mark}\p{Enclosing_Mark}\p{Surrogate}]/gu,
);
const spacingMark = new LazyRegExp(() => /\p{Spacing_Mark}/u);

/** Every emoji has at least one of these: a pictograph, a flag letter, a keycap or VS16. */
const mayBeEmoji = new LazyRegExp(() => /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3|\ufe0f/u);
const pictographs = new LazyRegExp(() => /\p{Extended_Pictographic}/gu);
const keycap = /^[\d#*]\u20e3$/;

const emoji = new LazyRegExp(() => /^\p{RGI_Emoji}$/v);

/** An emoji of Unicode's list, or a form that terminals draw as wide without being listed. */
function isEmoji(grapheme: string): boolean {
  if (emoji.test(grapheme) || keycap.test(grapheme)) return true;
  // Joined pictographs without their variation selectors. No real emoji is longer.
  return (
    grapheme.length <= 50 &&
    grapheme.includes("\u200d") &&
    (grapheme.match(pictographs.pattern)?.length ?? 0) >= 2
  );
}

function isJamo(code: number): boolean {
  return isLeading(code) || isVowel(code) || isTrailing(code);
}

function isLeading(code: number): boolean {
  return (code >= 0x1100 && code <= 0x115f) || (code >= 0xa960 && code <= 0xa97c);
}

function isVowel(code: number): boolean {
  return (code >= 0x1160 && code <= 0x11a7) || (code >= 0xd7b0 && code <= 0xd7c6);
}

function isTrailing(code: number): boolean {
  return (code >= 0x11a8 && code <= 0x11ff) || (code >= 0xd7cb && code <= 0xd7fb);
}

/** Conjoining Hangul: a leading consonant, its vowel and a trailing consonant are one wide syllable. */
function jamoWidth(codes: readonly number[]): number {
  let width = 0;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] as number;
    if (isLeading(code) && isVowel(codes[at + 1] ?? 0)) {
      width += 2;
      at += isTrailing(codes[at + 2] ?? 0) ? 2 : 1;
    } else {
      width += eastAsianWidth(code);
    }
  }
  return width;
}
