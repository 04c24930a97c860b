import { hashOf, termOf } from "./terms.js";

/** Maps the codes of letters and digits to lower case, all others to 0. */
const letters = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code).toLowerCase();
  return /[a-z0-9]/.test(sign) ? sign.charCodeAt(0) : 0;
});
const [hyphen, apostrophe, quote, backslash] = [0x2d, 0x27, 0x2019, 0x5c];
/** Dashes, quotes and dots of typeset text, from ‐ to ‧. */
const [firstSign, lastSign] = [0x2010, 0x2027];

/**
 * Finds the words of English texts by hash. Gives the same result as `termsOf` several times as fast,
 * because a word seen before needs no string.
 */
export class WordScanner {
  /** Maps the hash of a word's spelling to its feature; -1 if it does not indicate a subject. */
  readonly #known = new Map<number, number>();

  /**
   * Calls `take` with the hash of each word that may indicate the subject. Returns `false` without calling
   * it if the text has non-ASCII letters or TeX.
   */
  scan(text: string, take: (hash: number) => void): boolean {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === backslash || (code > 0x7f && (code < firstSign || code > lastSign))) return false;
    }
    for (let at = 0; at < text.length; ) {
      let hash = 0x811c9dc5;
      let end = at;
      for (; end < text.length; end += 1) {
        const code = text.charCodeAt(end);
        let letter = letters[code] ?? 0;
        if (letter === 0) {
          const joins = end > at && (code === hyphen || code === apostrophe || code === quote);
          if (!joins || end + 1 >= text.length || !letters[text.charCodeAt(end + 1)]) break;
          letter = code;
        }
        hash = Math.imul(hash ^ letter, 0x01000193);
      }
      if (end > at) {
        let feature = this.#known.get(hash);
        if (feature === undefined) {
          const term = termOf(text.slice(at, end));
          feature = term === null ? -1 : hashOf("word", term);
          this.#known.set(hash, feature);
        }
        if (feature >= 0) take(feature);
      }
      at = end + 1;
    }
    return true;
  }
}
