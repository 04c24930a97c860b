import { LazyRegExp } from "../../lazy-regexp.js";

/** Text accents: command → combining character, which follows the letter. The TeXbook, chapter 9. */
export const textAccents: Readonly<Record<string, string>> = {
  '"': "\u0308",
  "'": "\u0301",
  "`": "\u0300",
  "^": "\u0302",
  "~": "\u0303",
  "=": "\u0304",
  ".": "\u0307",
  u: "\u0306",
  v: "\u030c",
  H: "\u030b",
  c: "\u0327",
  k: "\u0328",
  r: "\u030a",
  d: "\u0323",
  b: "\u0331",
  t: "\u0361",
};

/** Accents of formulas. */
export const mathAccents: ReadonlyMap<string, string> = new Map([
  ["hat", "\u0302"],
  ["widehat", "\u0302"],
  ["tilde", "\u0303"],
  ["widetilde", "\u0303"],
  ["bar", "\u0304"],
  ["overline", "\u0304"],
  ["vec", "\u20d7"],
  ["overrightarrow", "\u20d7"],
  ["overleftrightarrow", "\u20e1"],
  ["overleftarrow", "\u20d6"],
  ["dot", "\u0307"],
  ["ddot", "\u0308"],
  ["dddot", "\u20db"],
  ["ddddot", "\u20dc"],
  ["check", "\u030c"],
  ["widecheck", "\u030c"],
  ["breve", "\u0306"],
  ["acute", "\u0301"],
  ["grave", "\u0300"],
  ["mathring", "\u030a"],
  ["underbar", "\u0331"],
  ["Hat", "\u0302"],
  ["Tilde", "\u0303"],
  ["Bar", "\u0304"],
  ["Vec", "\u20d7"],
  ["Dot", "\u0307"],
  ["Ddot", "\u0308"],
  ["Check", "\u030c"],
  ["Breve", "\u0306"],
  ["Acute", "\u0301"],
  ["Grave", "\u0300"],
]);

const fewLetters = new LazyRegExp(() => /^\p{L}{2,4}$/u);

/** As `accented`, with a bar over each of a few letters: that of `\overline{MS}` covers both. */
export function stroked(text: string, accent: string): string {
  if (!fewLetters.test(text)) return accented(text, accent);
  return [...text].map((letter) => accented(letter, accent)).join("");
}

/** A first letter (or symbol) with its combining marks, and the rest. */
const first = new LazyRegExp(() => /^(\s*)([^\s\p{M}]\p{M}*)/u);

/**
 * Puts an accent on the first letter of a text, as one composed character if Unicode has it: `o` with U+0308 is
 * ö, `xᵢ` with U+0302 x̂ᵢ. On a dotless i or j it replaces the dot. A bar over several letters is over the
 * first; terminals have no longer one.
 */
export function accented(text: string, accent: string): string {
  const found = first.pattern.exec(text);
  if (!found) return text;
  const [whole, space = "", letter = ""] = found;
  const base = letter === "ı" || letter === "𝚤" ? "i" : letter === "ȷ" ? "j" : letter;
  return space + (base + accent).normalize("NFC") + text.slice(whole.length);
}
