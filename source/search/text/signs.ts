import { lazily } from "../../papers/lazily.js";

/** Signs that belong to the word before them: C++, C#, A*. */
const wordSigns = new Set("+#*");
/** A longer run is decoration. */
const mostSigns = 2;

/**
 * The end of the signs that belong to the word from `start` to `end` of a text: those of "C++" and "A*", but
 * not of "a+b" or "*stressed*"; `end` itself if there are none.
 */
export function signsEnd(text: string, start: number, end: number): number {
  if (!wordSigns.has(text[end] ?? "") || wordSigns.has(text[start - 1] ?? "")) return end;
  let at = end + 1;
  while (at < text.length && at - end < mostSigns && wordSigns.has(text[at] as string)) at += 1;
  return goesOn.test(text.charAt(at)) ? end : at;
}

/** A sign followed by one of these is an operator or markup and does not belong to the word. */
const goesOn = /[A-Za-z0-9+#*\\{]|[^\x00-\x7f]/;

/**
 * The distinct non-ASCII symbols in a text: "√", "∇", "🤗". Letters, digits and punctuation are not symbols.
 */
export function signsOf(text: string): ReadonlySet<string> {
  return mayBeSymbol.test(text) ? new Set(text.match(symbols())) : none;
}

const none: ReadonlySet<string> = new Set();
/** Most texts that are not ASCII have only accented letters, dashes and quotation marks besides. */
const mayBeSymbol = /[^\x00-\x7f\xa0À-ÖØ-öø-ÿ‐-―‘-„…]/;
const symbols = lazily(() => /(?![\x00-\x7f])\p{S}/gu);
