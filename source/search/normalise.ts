/**
 * How text is made comparable, and where its words stand.
 *
 * Everything here works unit by unit (a character with its marks, or one TeX accent), and a text folds
 * to exactly what its units fold to. That is what lets a match found in folded text be shown at the
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

/** A piece of the original and what it folds to; a mark of its own folds to nothing. */
export interface Unit {
  readonly folded: string;
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
export function fold(text: string, keepCase = false): string {
  const bare = text.includes("\\") ? text.replace(texPattern, texLetter) : text;
  return foldCharacters(bare, keepCase);
}

/** The units of a text in order, without gaps; their folded forms joined are `fold(text)`. */
export function units(text: string, keepCase = false): Unit[] {
  const found: Unit[] = [];
  for (const match of text.matchAll(unitPattern)) {
    const written = match[0];
    const isTex = written.length > 1 && /^[\\{].*[A-Za-z]/.test(written);
    const folded = foldCharacters(isTex ? texLetter(written) : written, keepCase);
    found.push({ folded, start: match.index, end: match.index + written.length });
  }
  return found;
}

/**
 * The words of a text in order: runs of letters and digits of any script. Words joined by a single
 * hyphen, dot, apostrophe or the like come apart and, after their last part, once more glued:
 * "GPT-4" gives `gpt`, `4` and `gpt4`; "2.78x" gives `2`, `78x` and `2.78x`.
 */
export function words(text: string): Word[] {
  const found: Word[] = [];
  scanWords(text, (word, start, end, compound) => {
    found.push({ text: word, start, end, compound });
  });
  return found;
}

/** What `words` gives, handed over one by one. */
export function scanWords(
  text: string,
  visit: (text: string, start: number, end: number, compound: boolean) => void,
): void {
  scanSpans(text, {
    plain: (start, end) => visit(text.slice(start, end).toLowerCase(), start, end, false),
    folded: (word, start, end) => visit(word, start, end, false),
    glued: (word, start, end) => visit(word, start, end, true),
  });
}

/** Takes the words of a text in order, each where it ends. */
export interface SpanSink {
  /** A word of ASCII letters and digits, which folds to its lower case. */
  plain(start: number, end: number): void;
  /** Any other word, folded. */
  folded(word: string, start: number, end: number): void;
  /** Words glued over a hyphen or the like. */
  glued(word: string, start: number, end: number): void;
}

/** What `words` gives, without making a string of every word: most of an index's time would go to that. */
export function scanSpans(text: string, sink: SpanSink): void {
  let glued = "";
  let parts = 0;
  let from = 0;
  let to = -2; // one before the start would join the first word to nothing
  let start = 0;
  while (start < text.length) {
    let end = start;
    while (isPlainLetter(text.charCodeAt(end))) end += 1;
    const code = text.charCodeAt(end);
    let folded: string | null = null;
    // Beyond ASCII, or TeX: a backslash or a brace may be part of a word.
    if (code > 127 || code === 92 || code === 123) {
      end = wordEnd(text, start);
      if (end > start) folded = fold(text.slice(start, end));
    }
    if (end === start) {
      start += 1;
      continue;
    }
    if (folded === "") {
      start = end; // a letter that is only a mark, like the halfwidth ﾞ
      continue;
    }
    const joint = start === to + 1 ? jointBetween(text, to) : null;
    if (joint === null) {
      if (parts > 1 && parts <= maxParts && glued.length <= maxGlued) sink.glued(glued, from, to);
      parts = 1;
      from = start;
    } else {
      if (parts === 1) glued = fold(text.slice(from, to));
      // Past the limit there is nothing to glue for: "a-a-a-…" may go on for megabytes.
      if (parts < maxParts) glued += joint + (folded ?? text.slice(start, end).toLowerCase());
      parts += 1;
    }
    to = end;
    if (folded === null) sink.plain(start, end);
    else sink.folded(folded, start, end);
    start = end;
  }
  if (parts > 1 && parts <= maxParts && glued.length <= maxGlued) sink.glued(glued, from, to);
}

/** Where the word that begins at `at` ends; `at` itself where none begins. */
function wordEnd(text: string, at: number): number {
  wordPattern.lastIndex = at;
  return wordPattern.test(text) ? wordPattern.lastIndex : at;
}

/** Whether a UTF-16 code is an ASCII letter or digit. */
export function isPlainLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(code);
}

const maxParts = 8;
const maxGlued = 80;
const joiners = new Set("-‐‑‒–−'’._^/&");

/** What stands for the one character at `at` when the words beside it are glued; null where they are not. */
function jointBetween(text: string, at: number): string | null {
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

function foldCharacters(text: string, keepCase: boolean): string {
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
