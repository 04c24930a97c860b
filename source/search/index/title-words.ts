import { glueMark } from "../words/pattern.js";
import type { Scanner } from "./scanner.js";

/**
 * The words of each title in order, as vocabulary ids. They show, for thousands of titles at once, how close
 * words are and how a title begins. The forms of a title (see `shownForms`) follow one another, each ended by
 * `formEnd`.
 */
export interface TitleWords {
  /** The index in `ids` at which each paper's words begin, and one more entry for the end. */
  readonly offsets: Uint32Array;
  readonly ids: Uint32Array;
}

export const formEnd = 0xffffffff;

/** Collects the words of titles, one paper at a time. */
export class TitleWordsLog {
  #numbers = new Uint32Array(1 << 10);
  #count = 0;
  readonly #ends: number[] = [];

  /** Adds the words of the scanner's last text as a form of the current title. */
  add({ numbers, count }: Scanner): void {
    while (this.#numbers.length < this.#count + count + 1) {
      const bigger = new Uint32Array(2 * this.#numbers.length);
      bigger.set(this.#numbers);
      this.#numbers = bigger;
    }
    this.#numbers.set(numbers.subarray(0, count), this.#count);
    this.#count += count;
    this.#numbers[this.#count] = formEnd;
    this.#count += 1;
  }

  endPaper(): void {
    this.#ends.push(this.#count);
  }

  /** Converts word numbers to vocabulary ids: `places` maps a number to its id. */
  finish(places: Uint32Array): TitleWords {
    const ids = new Uint32Array(this.#count);
    for (let at = 0; at < ids.length; at += 1) {
      const number = this.#numbers[at] as number;
      ids[at] = number === formEnd ? formEnd : (places[number] as number);
    }
    return { offsets: Uint32Array.from([0, ...this.#ends]), ids };
  }
}

/**
 * The number of preceding words that a compound word joins: 2 for "multi-agent".
 * @param words the vocabulary
 * @param ids the words of titles
 * @param at the index of the compound in `ids`
 * @param first where this form of the title begins in `ids`
 */
export function partsOfGlued(words: readonly string[], ids: Uint32Array, at: number, first: number): number {
  const glued = (words[ids[at] as number] as string).slice(0, -glueMark.length).replace(/[+#*]+$/, "");
  let left = glued.length;
  let parts = 0;
  for (let place = at - 1; place >= first && left > 0; place -= 1) {
    const word = words[ids[place] as number] as string;
    if (word.endsWith(glueMark)) continue;
    left -= word.length;
    parts += 1;
  }
  return Math.max(1, parts);
}
