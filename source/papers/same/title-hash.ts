import { hashByte, hashOf, hashSeed } from "../packed/identity-hash.js";
import { isTitleId } from "../title-identity.js";
import { titleOf } from "./same-paper.js";

const prefix = "title:";

/** Keeps hashes small, because JSON parses small integers several times as fast as large ones. */
const mask = 0x3fffffff;

/**
 * A hash of the letters and digits of a paper's normalised title (`titleOf`). Equal titles have equal hashes;
 * `null` if there is no title.
 */
export function titleHash(id: string, title: string): number | null {
  if (title.includes("\\")) return normalizedHash(id, title);
  const text = isTitleId(id) ? id.slice(prefix.length).split("/", 1).join() : title;
  let hash = hashSeed;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return normalizedHash(id, title);
    // This bit makes letters lower case and leaves digits unchanged.
    const letter = code | 0x20;
    const isLetter = letter >= 0x61 && letter <= 0x7a;
    if (isLetter || (code >= 0x30 && code <= 0x39)) hash = hashByte(hash, letter);
  }
  return hash === hashSeed ? normalizedHash(id, title) : hash & mask;
}

/** The same for a title that is not ASCII, has TeX or no letters. */
function normalizedHash(id: string, title: string): number | null {
  const text = titleOf({ id, title }).slice(prefix.length).replaceAll("-", "");
  return text === "" ? null : hashOf(text) & mask;
}
