import { glueMark } from "./pattern.js";

/**
 * Numbers the different words of many texts as they come, from 0. A word that is there already is found
 * by its letters where they stand, without a string of its own: there are millions of them.
 */
export class WordTable {
  /** Open addressing, two numbers a slot: a word's number + 1, or 0, and its hash. A power of two. */
  #slots = new Int32Array(1 << 13);
  /** Where each word begins in `#letters`; the next one's beginning is its end. */
  #starts = new Uint32Array((1 << 11) + 1);
  #letters = new Uint16Array(1 << 14);
  #size = 0;
  /** Words whose slots are crowded. */
  readonly #aside = new Map<string, number>();

  get size(): number {
    return this.#size;
  }

  /** The number of the word in `text` from `start` to `end`, which is ASCII letters and digits, in lower case. */
  plain(text: string, start: number, end: number): number {
    this.#reserve(end - start);
    const letters = this.#letters;
    let to = this.#starts[this.#size] as number;
    let hash = seed;
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      const letter = code >= 65 && code <= 90 ? code | 32 : code;
      letters[to] = letter;
      to += 1;
      hash = Math.imul(hash ^ letter, factor);
    }
    return this.#numberOf(end - start, hash);
  }

  /** The number of a folded word; a glued one is another than the same word written as one. */
  word(word: string, isGlued: boolean): number {
    const key = isGlued ? word + glueMark : word;
    this.#reserve(key.length);
    const letters = this.#letters;
    const begin = this.#starts[this.#size] as number;
    let hash = seed;
    for (let at = 0; at < key.length; at += 1) {
      const letter = key.charCodeAt(at);
      letters[begin + at] = letter;
      hash = Math.imul(hash ^ letter, factor);
    }
    return this.#numberOf(key.length, hash);
  }

  /** All words by their numbers. */
  words(): string[] {
    const words: string[] = [];
    for (let number = 0; number < this.#size; number += 1) {
      words.push(this.#string(this.#starts[number] as number, this.#starts[number + 1] as number));
    }
    return words;
  }

  /** The number of the word whose letters stand behind the last one's: it is kept there if it is new. */
  #numberOf(length: number, rough: number): number {
    // The lower bits choose the slot: what the upper ones know goes into them.
    const hash = rough ^ (rough >>> 15);
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    let slot = hash & mask;
    let passed = 0;
    for (let held = slots[2 * slot] as number; held !== 0; held = slots[2 * slot] as number) {
      if (slots[2 * slot + 1] === hash && this.#isWord(held - 1, length)) return held - 1;
      slot = (slot + 1) & mask;
      passed += 1;
      if (passed > longestChain) return this.#numberAside(length);
    }
    // Slots are made anew as they grow: what stood aside may have an empty one by now.
    if (this.#aside.size > 0) return this.#numberAside(length);
    slots[2 * slot] = this.#size + 1;
    slots[2 * slot + 1] = hash;
    return this.#keep(length);
  }

  /** As `#numberOf`, for words that somebody chose so that they crowd: a Map's hash cannot be foreseen. */
  #numberAside(length: number): number {
    const begin = this.#starts[this.#size] as number;
    const word = this.#string(begin, begin + length);
    const known = this.#aside.get(word);
    if (known !== undefined) return known;
    this.#aside.set(word, this.#size);
    return this.#keep(length);
  }

  #keep(length: number): number {
    const number = this.#size;
    this.#starts[number + 1] = (this.#starts[number] as number) + length;
    this.#size += 1;
    return number;
  }

  #string(from: number, end: number): string {
    let word = "";
    for (let at = from; at < end; at += longestCall) {
      const letters = this.#letters.subarray(at, Math.min(end, at + longestCall));
      word += String.fromCharCode.apply(null, letters as unknown as number[]);
    }
    return word;
  }

  #isWord(number: number, length: number): boolean {
    const letters = this.#letters;
    const starts = this.#starts;
    const start = starts[number] as number;
    if ((starts[number + 1] as number) - start !== length) return false;
    const begin = starts[this.#size] as number;
    for (let at = 0; at < length; at += 1) if (letters[start + at] !== letters[begin + at]) return false;
    return true;
  }

  /** Makes room for one more word of that length; slots stay at most half full. */
  #reserve(length: number): void {
    const begin = this.#starts[this.#size] as number;
    if (begin + length > this.#letters.length) {
      const bigger = new Uint16Array(Math.max(2 * this.#letters.length, begin + length));
      bigger.set(this.#letters);
      this.#letters = bigger;
    }
    if (this.#size + 1 < this.#starts.length) return;
    const starts = new Uint32Array(2 * this.#starts.length - 1);
    starts.set(this.#starts);
    this.#starts = starts;
    const before = this.#slots;
    const slots = new Int32Array(2 * before.length);
    const mask = slots.length / 2 - 1;
    for (let held = 0; held < before.length; held += 2) {
      if (before[held] === 0) continue;
      let slot = (before[held + 1] as number) & mask;
      while (slots[2 * slot] !== 0) slot = (slot + 1) & mask;
      slots[2 * slot] = before[held] as number;
      slots[2 * slot + 1] = before[held + 1] as number;
    }
    this.#slots = slots;
  }
}

/** FNV-1a, a letter at a time. */
const seed = 0x811c9dc5 | 0;
const factor = 0x01000193;

/** Slots in a row that chance fills, at half full, once in many lifetimes. */
const longestChain = 128;

/** Arguments that one call takes without care for the stack. */
const longestCall = 4096;
