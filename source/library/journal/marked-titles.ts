import { titleHash } from "../../papers/same/title-hash.js";
import { allLines, keyOf, linesWith, sortedLines, splitKey } from "./sorted-lines.js";

/** A paper, and a title under which it was marked. */
export interface TitleMarked {
  readonly paper: string;
  /** The hash of the title (`titleHash`). */
  readonly hash: number;
}

/** Hashes of the titles of marked papers, to find marks under other identities. A snapshot's stay its lines. */
export class MarkedTitles {
  readonly #lines: string;
  /** Those since the snapshot, some more than once; lists take less time than pairs. */
  readonly #papers: string[] = [];
  readonly #hashes: number[] = [];

  /** @param lines what `lines()` gave */
  constructor(lines = "") {
    this.#lines = lines;
  }

  get isEmpty(): boolean {
    return this.#lines === "" && this.#hashes.length === 0;
  }

  /** Adds a marked paper, if its title says anything. */
  add(paper: string, title: string): void {
    const hash = titleHash(paper, title);
    if (hash === null) return;
    this.#papers.push(paper);
    this.#hashes.push(hash);
  }

  /** The papers marked under titles with these hashes, in no order. */
  under(hashes: ReadonlySet<number | null>): readonly TitleMarked[] {
    const found: TitleMarked[] = [];
    for (const hash of this.#lines === "" ? [] : hashes)
      for (const line of linesWith(this.#lines, keyOf(String(hash)))) found.push(titleIn(line));
    // An iterator is slow before it is compiled.
    for (let at = 0; at < this.#hashes.length; at += 1) {
      const hash = this.#hashes[at] as number;
      if (hashes.has(hash)) found.push({ paper: this.#papers[at] as string, hash });
    }
    return found;
  }

  /** All of them, in no order. */
  all(): readonly TitleMarked[] {
    const since = this.#papers.map((paper, at) => ({ paper, hash: this.#hashes[at] as number }));
    return [...allLines(this.#lines).map(titleIn), ...since];
  }

  /** Sorted lines, for a snapshot. */
  lines(): string {
    return sortedLines(this.all().map(({ paper, hash }) => keyOf(String(hash)) + keyOf(paper)));
  }
}

function titleIn(line: string): TitleMarked {
  const [hash, paper] = splitKey(line);
  return { paper: splitKey(paper)[0], hash: Number(hash) };
}
