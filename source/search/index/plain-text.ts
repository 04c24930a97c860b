import { mayHaveLostBackslashes } from "../../text/tex/detect/restore-backslashes.js";

/**
 * Whether a text is searched just as it is written: words of ASCII between single spaces, nothing of which is
 * TeX (see `Scanner.isPlain`, which tells the same word by word, and `renderTex`).
 */
export function isPlainText(source: string): boolean {
  return !odd.test(source) && !mayHaveLostBackslashes(source);
}

/** Neither what is not printed, or beyond ASCII, nor signs of TeX. */
const odd = /[^ -#%-Z\]a-z|]| {2}|--|''/;
