import { hashByte, hashSeed } from "../papers/identity-hash.js";
import { titleId } from "../papers/paper.js";

const prefix = "title:";

/** A hash of a normalised title's letters and digits, by which most titles are told apart without normalising them. */
export function lettersHash(title: string): number {
  let hash = hashSeed;
  for (const byte of new TextEncoder().encode(title.slice(prefix.length).replaceAll("-", ""))) {
    hash = hashByte(hash, byte);
  }
  return hash;
}

/**
 * The same of the title that a marked paper is found by (`nameOf`); `null` where it is not of ASCII alone, or
 * empty, and has to be normalised.
 */
export function nameHash(id: string, title: string): number | null {
  const text = id.startsWith(prefix) ? id : title;
  let hash = hashSeed;
  for (let at = text === id ? prefix.length : 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return null;
    // What makes letters small leaves digits as they are.
    const letter = code | 0x20;
    const isLetter = letter >= 0x61 && letter <= 0x7a;
    if (isLetter || (code >= 0x30 && code <= 0x39)) hash = hashByte(hash, letter);
  }
  return hash === hashSeed ? null : hash;
}

/** The title that a marked paper is found by. */
export function nameOf(id: string, title: string): string {
  return id.startsWith(prefix) ? id : titleId(title);
}
