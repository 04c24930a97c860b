import { hashByte, hashSeed } from "../papers/packed/identity-hash.js";
import { isTitleId } from "../papers/title-identity.js";

const prefix = "title:";

/** A hash of a normalised title's letters and digits, to compare most titles without normalising them. */
export function lettersHash(title: string): number {
  const bytes = new TextEncoder().encode(title.slice(prefix.length).replaceAll("-", ""));
  let hash = hashSeed;
  // Before the first screen this code is not compiled, and an iterator takes four times as long.
  for (let at = 0; at < bytes.length; at += 1) hash = hashByte(hash, bytes[at] as number);
  return hash;
}

/**
 * The same hash for the title of a marked paper (`titleOf`); `null` if the title is empty, not ASCII or has
 * TeX, and must be normalised.
 */
export function nameHash(id: string, title: string): number | null {
  if (title.includes("\\")) return null;
  const text = isTitleId(id) ? id.slice(prefix.length).split("/", 1).join() : title;
  let hash = hashSeed;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return null;
    // This bit makes letters lower case and leaves digits unchanged.
    const letter = code | 0x20;
    const isLetter = letter >= 0x61 && letter <= 0x7a;
    if (isLetter || (code >= 0x30 && code <= 0x39)) hash = hashByte(hash, letter);
  }
  return hash === hashSeed ? null : hash;
}
