import { hashByte, hashOf, hashSeed } from "../../papers/packed/identity-hash.js";
import { titleOf } from "../../papers/same/same-paper.js";
import { isTitleId } from "../../papers/title-identity.js";
import { listFrom, numbersFrom, type StoredList, storedList, storedNumbers } from "./stored.js";

const prefix = "title:";

/** Marked titles as plain JSON values. */
export interface StoredTitles {
  readonly papers: StoredList;
  readonly hashes: string;
}

/**
 * The titles under which papers were marked, as hashes, one pair or more for each paper. So a start knows whether
 * a listing may have marked papers under other identities, without the titles.
 */
export class MarkedTitles {
  #papers: string[] = [];
  #hashes: number[] = [];

  /** Adds a title of a paper; nothing if neither it nor the identity says one. */
  add(paper: string, title: string): void {
    const hash = titleHash(paper, title);
    if (hash === null) return;
    this.#papers.push(paper);
    this.#hashes.push(hash);
  }

  /** Calls with each paper and the hash of a title, some of them more than once. */
  forEach(take: (paper: string, hash: number) => void): void {
    // An iterator is slow before it is compiled.
    for (let at = 0; at < this.#papers.length; at += 1) {
      take(this.#papers[at] as string, this.#hashes[at] as number);
    }
  }

  stored(): StoredTitles {
    const known = new Map<string, Set<number>>();
    const once = new MarkedTitles();
    this.forEach((paper, hash) => {
      const hashes = known.get(paper) ?? new Set();
      if (hashes.has(hash)) return;
      known.set(paper, hashes.add(hash));
      once.#papers.push(paper);
      once.#hashes.push(hash);
    });
    return { papers: storedList(once.#papers), hashes: storedNumbers(once.#hashes) };
  }

  static from({ papers, hashes }: StoredTitles): MarkedTitles {
    const made = new MarkedTitles();
    made.#papers = listFrom(papers);
    made.#hashes = numbersFrom(hashes);
    return made;
  }
}

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
  return hash === hashSeed ? normalizedHash(id, title) : hash;
}

/** The same for a title that is not ASCII, has TeX or no letters. */
function normalizedHash(id: string, title: string): number | null {
  const text = titleOf({ id, title }).slice(prefix.length).replaceAll("-", "");
  return text === "" ? null : hashOf(text);
}
