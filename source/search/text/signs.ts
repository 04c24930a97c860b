/** Signs that belong to the word before them: C++, C#, A*. */
const wordSigns = new Set("+#*");
/** More in a row are decoration. */
const mostSigns = 2;

/**
 * Where the signs end that belong to the word from `start` to `end` of a text: "C++" and "A*", but neither
 * "a+b" nor "*stressed*"; `end` itself where it has none.
 */
export function signsEnd(text: string, start: number, end: number): number {
  if (!wordSigns.has(text[end] ?? "") || wordSigns.has(text[start - 1] ?? "")) return end;
  let at = end + 1;
  while (at < text.length && at - end < mostSigns && wordSigns.has(text[at] as string)) at += 1;
  return goesOn.test(text.charAt(at)) ? end : at;
}

/** What a word with signs is not followed by. */
const goesOn = /[A-Za-z0-9+#*\\{]|[^\x00-\x7f]/;

/** The different signs beyond ASCII in a text that are no letters, digits or punctuation: "√", "∇", "🤗". */
export function signsOf(text: string): ReadonlySet<string> {
  return beyondAscii.test(text) ? new Set(text.match(symbols)) : none;
}

const none: ReadonlySet<string> = new Set();
const beyondAscii = /[^\x00-\x7f]/;
const symbols = /(?![\x00-\x7f])\p{S}/gu;
