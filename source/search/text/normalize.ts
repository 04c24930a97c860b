import { lazily } from "../../papers/lazily.js";
import { signsEnd } from "./signs.js";

/**
 * Normalization and tokenization of text.
 *
 * Everything here works on units: a character with its combining marks, or one TeX accent. A text normalizes
 * to the concatenation of its normalized units, so a match in normalized text can be mapped back to the text
 * on screen.
 */

/** A token: its normalized text and its offsets in the original (UTF-16, end exclusive). */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether it is joined from several words, like `gpt4` for "GPT-4". */
  readonly compound: boolean;
}

/** A piece of the original and its normalized form, which is empty for a lone combining mark. */
export interface Unit {
  readonly normalized: string;
  readonly start: number;
  readonly end: number;
}

// TeX accents: \"o \"{o} {\"o} \'{\i} \c{c} \c c \v{s}, and TeX letters: \o \l \ss.
const accent = String.raw`["'${"`"}^~=.]\s?(?:\{\\?[A-Za-z]\s?\}|\\?[A-Za-z])|[cvuHkrbdt](?:\{\\?[A-Za-z]\}|\s\\?[A-Za-z])`;
const letter = String.raw`(?:ss|ae|AE|oe|OE|aa|AA|[oOlLij])(?![A-Za-z])(?:\{\})?`;
const tex = String.raw`(?:\{\\(?:${accent}|${letter})\}|\\(?:${accent}|${letter}))`;
// Combining marks and invisible characters inside words: ZWNJ, ZWJ, soft hyphen.
const mark = String.raw`[\p{M}\u200c\u200d\u00ad]`;

const texPattern = lazily(() => new RegExp(tex, "g"));
const unitPattern = lazily(() => new RegExp(`${tex}|[\\s\\S]${mark}*`, "gu"));
const wordPattern = lazily(() => new RegExp(`(?:${tex}|[\\p{L}\\p{N}]${mark}*)+`, "uy"));
const invisible = lazily(() => new RegExp(`${mark}+`, "gu"));
const notAscii = /[^\x00-\x7f]/;

/** Letters that NFKD does not decompose, with what people type instead. */
const plainLetters: Readonly<Record<string, string>> = {
  ø: "o",
  Ø: "O",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ð: "d",
  Ð: "D",
  ħ: "h",
  Ħ: "H",
  ŧ: "t",
  Ŧ: "T",
  ı: "i",
  ß: "ss",
  ẞ: "SS",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  þ: "th",
  Þ: "TH",
  ς: "σ",
};
const plainLetterPattern = lazily(() => new RegExp(`[${Object.keys(plainLetters).join("")}]`, "g"));

/**
 * Normalizes a text for comparison: removes accents (Unicode or TeX), replaces compatibility forms, and
 * lowers the case unless `keepCase`. "Müller", "MULLER" and `M\"uller` all become `muller`.
 */
export function normalize(text: string, keepCase = false): string {
  const bare = text.includes("\\") ? text.replace(texPattern(), texLetter) : text;
  return normalizeCharacters(bare, keepCase);
}

/** Splits a text into units without gaps. Their normalized forms concatenate to `normalize(text)`. */
export function units(text: string, keepCase = false): Unit[] {
  const found: Unit[] = [];
  for (const match of text.matchAll(unitPattern())) {
    const written = match[0];
    const isTex = written.length > 1 && /^[\\{].*[A-Za-z]/.test(written);
    const normalized = normalizeCharacters(isTex ? texLetter(written) : written, keepCase);
    found.push({ normalized, start: match.index, end: match.index + written.length });
  }
  return found;
}

/**
 * Tokenizes a text. A token is a run of letters and digits of any script. Words joined by a single hyphen,
 * dot, apostrophe or the like also yield a compound token after their last part: "GPT-4" gives `gpt`, `4` and
 * `gpt4`; "2.78x" gives `2`, `78x` and `2.78x`. So does a word with trailing signs: "C++" gives `c` and
 * `c++`.
 */
export function words(text: string): Word[] {
  const found: Word[] = [];
  let glued = "";
  let parts = 0;
  let from = 0;
  let to = -2; // with -1, the first word would be joined to nothing
  const endGlued = () => {
    if (parts < 2 || parts > maxParts || glued.length > maxGlued) return;
    found.push({ text: glued, start: from, end: to, compound: true });
  };
  let start = 0;
  while (start < text.length) {
    let end = start;
    while (isPlainLetter(text.charCodeAt(end))) end += 1;
    const isPlain = !mayGoOn(text.charCodeAt(end));
    if (!isPlain) end = wordEnd(text, start);
    if (end === start) {
      start += 1;
      continue;
    }
    const written = text.slice(start, end);
    const normalized = isPlain ? written.toLowerCase() : normalize(written);
    if (normalized === "") {
      start = end; // a letter that normalizes to nothing, like the halfwidth ﾞ
      continue;
    }
    const joint = start === to + 1 ? jointBetween(text, to) : null;
    if (joint === null) {
      endGlued();
      parts = 1;
      from = start;
      glued = normalized;
    } else {
      // Beyond the limit no compound is made, so stop collecting: "a-a-a-…" may go on for megabytes.
      if (parts < maxParts) glued += joint + normalized;
      parts += 1;
    }
    to = end;
    found.push({ text: normalized, start, end, compound: false });
    const signed = signsEnd(text, start, end);
    if (signed > end && normalized.length < maxGlued - 2) {
      const withSigns = normalized + text.slice(end, signed);
      found.push({ text: withSigns, start, end: signed, compound: true });
    }
    start = end;
  }
  endGlued();
  return found;
}

/**
 * Whether a token may begin or continue at a code unit that is no `isPlainLetter`: beyond ASCII, a backslash
 * or a brace (TeX).
 */
function mayGoOn(code: number): boolean {
  return code > 127 || code === 92 || code === 123;
}

/** The end of the token that begins at `at`; `at` itself if none does. */
export function wordEnd(text: string, at: number): number {
  const pattern = wordPattern();
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Whether a UTF-16 code unit is an ASCII letter or digit. */
function isPlainLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(code);
}

/** The most parts, and the most characters, of a compound token. */
export const maxParts = 8;
export const maxGlued = 80;
const joiners = new Set("-‐‑‒–−'’._^/&");

/**
 * What replaces the character at `at` in a compound token; `null` if it does not join the words around it.
 */
export function jointBetween(text: string, at: number): string | null {
  const sign = text[at] as string;
  const amongDigits = isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1));
  // The decimal point stays: 2.5 is not 25. A thousands comma goes: 10,000 is 10000, but (1,2) is two
  // numbers.
  if (sign === "." && amongDigits) return ".";
  if (sign === ",") return amongDigits && /^\d{3}(?!\d)/.test(text.slice(at + 1, at + 5)) ? "" : null;
  return joiners.has(sign) ? "" : null;
}

/** Whether a UTF-16 code unit is a digit 0 to 9. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function normalizeCharacters(text: string, keepCase: boolean): string {
  if (!notAscii.test(text)) return keepCase ? text : text.toLowerCase();
  // Lower the case after decomposition: ℝ and İ have a lower case only once they are decomposed.
  const bare = text.normalize("NFKD").replace(invisible(), "");
  const cased = keepCase ? bare : bare.toLowerCase();
  return cased.replace(plainLetterPattern(), (one) => plainLetters[one] as string);
}

/** The plain letter or letters of a TeX accent or TeX letter. */
function texLetter(written: string): string {
  const bare = written.replace(/[{}\s]/g, "").slice(1);
  if (/^(?:ss|ae|AE|oe|OE)$/.test(bare)) return bare;
  return bare.slice(-1); // the accented letter comes last; \aa is å, so `a`
}
