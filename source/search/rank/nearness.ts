import type { SearchIndex } from "../index/search-index.js";
import { formEnd, partsOfGlued } from "../index/title-words.js";
import { glueMark } from "../words/pattern.js";
import { nearness as bonus } from "./ranking.js";

/** The most terms that are distinguished in a title: one bit each. */
export const mostTerms = 16;
/** The most words of a title that are examined. */
const longestTitle = 64;
/** The largest distance, in words, between two terms that still count as near; allows for "of" and "the". */
const nearStep = 3;
/** The largest distance at which their order still decides between titles that are equal otherwise. */
const farStep = 16;
const farWorth = 0.08;

/**
 * The proximity of the query terms in a title, as a factor of 1 or more for the score of the paper. `terms`
 * has, for each term, the words that match it as ranges of vocabulary ids (first, end, …).
 */
export class Nearness {
  readonly #index: SearchIndex;
  readonly #terms: readonly Uint32Array[];
  /** For each word of the current title, the terms it matches, as bits. */
  readonly #met = new Uint16Array(longestTitle);
  #length = 0;

  constructor(index: SearchIndex, terms: readonly Uint32Array[]) {
    this.#index = index;
    this.#terms = terms.slice(0, mostTerms);
    this.#mark((met, bit) => met | bit);
  }

  /** Must be called after the last `of`: the marks are stored in the index. */
  end(): void {
    this.#mark(() => 0);
  }

  of(paper: number): number {
    const { titles } = this.#index;
    const start = titles.offsets[paper] as number;
    const end = titles.offsets[paper + 1] as number;
    if (this.#terms.length === 1) return 1 + this.#beginning(start, end);
    let best = 0;
    for (let from = start; from < end; ) {
      let to = from;
      while (titles.ids[to] !== formEnd) to += 1;
      this.#read(from, to);
      best = Math.max(best, this.#bonus());
      from = to + 1;
    }
    return 1 + best;
  }

  /** The bonus for a title that begins with the only term, in any form of the title. */
  #beginning(start: number, end: number): number {
    const { titles, metBy } = this.#index;
    let best = 0;
    for (let at = start; at < end; at += 1) {
      const isFirst = at === start || titles.ids[at - 1] === formEnd;
      const id = titles.ids[at] as number;
      if (!isFirst || id === formEnd || metBy[id] === 0) continue;
      best = Math.max(best, bonus.beginsWord + (titles.ids[at + 1] === formEnd ? bonus.whole : 0));
    }
    return best;
  }

  #mark(change: (met: number, bit: number) => number): void {
    const { metBy } = this.#index;
    for (const [term, stretches] of this.#terms.entries()) {
      const bit = 1 << term;
      for (let at = 0; at < stretches.length; at += 2) {
        const end = stretches[at + 1] as number;
        for (let id = stretches[at] as number; id < end; id += 1)
          metBy[id] = change(metBy[id] as number, bit);
      }
    }
  }

  #read(from: number, to: number): void {
    const { titles, metBy, vocabulary } = this.#index;
    const met = this.#met;
    let length = 0;
    for (let at = from; at < to && length < longestTitle; at += 1) {
      const id = titles.ids[at] as number;
      const bits = metBy[id] as number;
      if (!isGlued(vocabulary.words[id] as string)) {
        met[length] = bits;
        length += 1;
      } else if (bits !== 0) {
        // A compound word covers the positions of its parts.
        const parts = partsOfGlued(vocabulary.words, titles.ids, at, from);
        for (let place = Math.max(0, length - parts); place < length; place += 1)
          met[place] = (met[place] as number) | bits;
      }
    }
    this.#length = length;
  }

  #bonus(): number {
    const count = this.#terms.length;
    const chain = this.#chain();
    let near = 0;
    for (let term = 0; term + 1 < count; term += 1) near += this.#pair(1 << term, 2 << term);
    const begun = chain ? bonus.begins + (this.#isAll() ? bonus.whole : 0) : 0;
    return (bonus.near * near) / (count - 1) + begun;
  }

  /** Whether the title begins with all terms in query order. */
  #chain(): boolean {
    let at = 0;
    for (let term = 0; term < this.#terms.length; term += 1) {
      const bit = 1 << term;
      if (
        term > 0 &&
        at > 0 &&
        (this.#met[at - 1] as number) & bit &&
        !((this.#met[at] as number) & bit && at < this.#length)
      )
        continue;
      if (at >= this.#length || !((this.#met[at] as number) & bit)) return false;
      at += 1;
    }
    return true;
  }

  #isAll(): boolean {
    for (let at = 0; at < this.#length; at += 1) if (this.#met[at] === 0) return false;
    return true;
  }

  /**
   * 1 if the second term follows the first directly, or both are in one word; less if other words are
   * between, and hardly anything if they are many.
   */
  #pair(first: number, second: number): number {
    let best = 0;
    for (let at = 0; at < this.#length; at += 1) {
      if (!((this.#met[at] as number) & first)) continue;
      for (let step = 0; step <= farStep && at + step < this.#length; step += 1) {
        if (!((this.#met[at + step] as number) & second)) continue;
        const worth = step <= 1 ? 1 : step <= nearStep ? 0.6 / (step - 1) : farWorth / step;
        if (worth > best) best = worth;
      }
      if (best === 1) break;
    }
    return best;
  }
}

function isGlued(word: string): boolean {
  return word.endsWith(glueMark);
}
