import { glueMark } from "../words/pattern.js";
import type { Scanner } from "./scanner.js";

/**
 * The words of each title in order, by their places in the vocabulary: how near words are to each other, and
 * how a title begins, is asked of thousands of titles at once. A title's forms (see `shownForms`) stand one
 * after another with `formEnd` between them.
 */
export interface TitleWords {
  /** Where each paper's words begin in `ids`; one more entry for the end. */
  readonly offsets: Uint32Array;
  readonly ids: Uint32Array;
}

export const formEnd = 0xffffffff;

/** Collects the words of titles, paper after paper. */
export class TitleWordsLog {
  #numbers = new Uint32Array(1 << 10);
  #count = 0;
  readonly #ends: number[] = [];

  /** The present title has, in one of its forms, the words that the scanner has read last. */
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

  /** The titles by the places of their words: `places` has the place of each word by its number. */
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
 * How many words before it a glued word is made of: "multi-agent" of the two before. The words of a title
 * and `at`, the place of the glued one.
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
