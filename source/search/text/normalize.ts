import { signsEnd } from "./signs.js";

/**
 * How text is made comparable, and where its words stand.
 *
 * Everything here works unit by unit (a character with its marks, or one TeX accent), and a text normalizes
 * to exactly what its units normalize to. That is what lets a match found in normalized text be shown at the
 * right place of the text a person sees.
 */

/** A word of a text: what it is compared by, and where it stands in the original (UTF-16, end exclusive). */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether it is several words glued over a hyphen or the like: `gpt4` for "GPT-4". */
  readonly compound: boolean;
}

/** A piece of the original and what it normalizes to; a mark of its own normalizes to nothing. */
export interface Unit {
  readonly normalized: string;
  readonly start: number;
  readonly end: number;
}

// Accents as TeX writes them: \"o \"{o} {\"o} \'{\i} \c{c} \c c \v{s}, and letters of their own: \o \l \ss.
const accent = String.raw`["'${"`"}^~=.]\s?(?:\{\\?[A-Za-z]\s?\}|\\?[A-Za-z])|[cvuHkrbdt](?:\{\\?[A-Za-z]\}|\s\\?[A-Za-z])`;
const letter = String.raw`(?:ss|ae|AE|oe|OE|aa|AA|[oOlLij])(?![A-Za-z])(?:\{\})?`;
const tex = String.raw`(?:\{\\(?:${accent}|${letter})\}|\\(?:${accent}|${letter}))`;
// Marks, and what joins or may break a word without being seen: ZWNJ, ZWJ, soft hyphen.
const mark = String.raw`[\p{M}\u200c\u200d\u00ad]`;

const texPattern = new RegExp(tex, "g");
const unitPattern = new RegExp(`${tex}|[\\s\\S]${mark}*`, "gu");
const wordPattern = new RegExp(`(?:${tex}|[\\p{L}\\p{N}]${mark}*)+`, "uy");
const invisible = new RegExp(`${mark}+`, "gu");
const notAscii = /[^\x00-\x7f]/;

/** Letters that Unicode does not take apart, as people type them who lack the key. */
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
const plainLetterPattern = new RegExp(`[${Object.keys(plainLetters).join("")}]`, "g");

/**
 * A text as it is compared: without accents (Unicode's or TeX's), compatibility forms made plain, in
 * lower case unless `keepCase`. "Müller", "MULLER" and `M\"uller` are all `muller`.
 */
export function normalize(text: string, keepCase = false): string {
  const bare = text.includes("\\") ? text.replace(texPattern, texLetter) : text;
  return normalizeCharacters(bare, keepCase);
}

/** The units of a text in order, without gaps; their normalized forms joined are `normalize(text)`. */
export function units(text: string, keepCase = false): Unit[] {
  const found: Unit[] = [];
  for (const match of text.matchAll(unitPattern)) {
    const written = match[0];
    const isTex = written.length > 1 && /^[\\{].*[A-Za-z]/.test(written);
    const normalized = normalizeCharacters(isTex ? texLetter(written) : written, keepCase);
    found.push({ normalized, start: match.index, end: match.index + written.length });
  }
  return found;
}

/**
 * The words of a text in order: runs of letters and digits of any script. Words joined by a single
 * hyphen, dot, apostrophe or the like come apart and, after their last part, once more glued:
 * "GPT-4" gives `gpt`, `4` and `gpt4`; "2.78x" gives `2`, `78x` and `2.78x`. So does a word with the signs
 * after it: "C++" gives `c` and `c++`.
 */
export function words(text: string): Word[] {
  const found: Word[] = [];
  let glued = "";
  let parts = 0;
  let from = 0;
  let to = -2; // one before the start would join the first word to nothing
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
      start = end; // a letter that is only a mark, like the halfwidth ﾞ
      continue;
    }
    const joint = start === to + 1 ? jointBetween(text, to) : null;
    if (joint === null) {
      endGlued();
      parts = 1;
      from = start;
      glued = normalized;
    } else {
      // Past the limit there is nothing to glue for: "a-a-a-…" may go on for megabytes.
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

/** Whether a word may go on with, or begin at, a UTF-16 code that is no `isPlainLetter`: beyond ASCII, or as TeX, a backslash or a brace. */
function mayGoOn(code: number): boolean {
  return code > 127 || code === 92 || code === 123;
}

/** Where the word that begins at `at` ends; `at` itself where none begins. */
export function wordEnd(text: string, at: number): number {
  wordPattern.lastIndex = at;
  return wordPattern.test(text) ? wordPattern.lastIndex : at;
}

/** Whether a UTF-16 code is an ASCII letter or digit. */
export function isPlainLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(code);
}

/** Words that hang together are glued up to so many, and so many letters. */
export const maxParts = 8;
export const maxGlued = 80;
const joiners = new Set("-‐‑‒–−'’._^/&");

/** What stands for the one character at `at` when the words beside it are glued; null where they are not. */
export function jointBetween(text: string, at: number): string | null {
  const sign = text[at] as string;
  const amongDigits = isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1));
  // The point stays: 2.5 is not 25. The comma goes: 10,000 is 10000, but (1,2) is two numbers.
  if (sign === "." && amongDigits) return ".";
  if (sign === ",") return amongDigits && /^\d{3}(?!\d)/.test(text.slice(at + 1, at + 5)) ? "" : null;
  return joiners.has(sign) ? "" : null;
}

/** Whether a UTF-16 code is one of the digits 0 to 9. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function normalizeCharacters(text: string, keepCase: boolean): string {
  if (!notAscii.test(text)) return keepCase ? text : text.toLowerCase();
  // Case after decomposition, because ℝ and İ have a lower case only once they are taken apart.
  const bare = text.normalize("NFKD").replace(invisible, "");
  const cased = keepCase ? bare : bare.toLowerCase();
  return cased.replace(plainLetterPattern, (one) => plainLetters[one] as string);
}

/** The letter or letters a TeX accent or TeX letter stands for. */
function texLetter(written: string): string {
  const bare = written.replace(/[{}\s]/g, "").slice(1);
  if (/^(?:ss|ae|AE|oe|OE)$/.test(bare)) return bare;
  return bare.slice(-1); // the accented letter stands last; \aa is å, and so `a`
}
