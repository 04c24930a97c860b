import { glueMark } from "./pattern.js";

/**
 * Numbers the different words of many texts as they come, from 0. A word that is there already is found
 * by its letters where they stand, without a string of its own: there are millions of them.
 */
export class WordTable {
  /** Open addressing: a slot holds a word's number + 1, or 0. Its length is a power of two. */
  #slots = new Int32Array(1 << 12);
  /** Of each word its hash and where it begins in `#letters`; the next one's beginning is its end. */
  #hashes = new Int32Array(1 << 11);
  #starts = new Uint32Array((1 << 11) + 1);
  #letters = new Uint16Array(1 << 14);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of the word in `text` from `start` to `end`, which is ASCII letters and digits, in lower case. */
  plain(text: string, start: number, end: number): number {
    this.#reserve(end - start);
    const { begin } = this;
    let hash = seed;
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      const letter = code >= 65 && code <= 90 ? code | 32 : code;
      this.#letters[begin + at - start] = letter;
      hash = Math.imul(hash ^ letter, factor);
    }
    return this.#numberOf(end - start, hash);
  }

  /** The number of a folded word; a glued one is another than the same word written as one. */
  word(word: string, isGlued: boolean): number {
    const key = isGlued ? word + glueMark : word;
    this.#reserve(key.length);
    const { begin } = this;
    let hash = seed;
    for (let at = 0; at < key.length; at += 1) {
      const letter = key.charCodeAt(at);
      this.#letters[begin + at] = letter;
      hash = Math.imul(hash ^ letter, factor);
    }
    return this.#numberOf(key.length, hash);
  }

  /** All words by their numbers. */
  words(): string[] {
    const words: string[] = [];
    for (let number = 0; number < this.#size; number += 1) {
      const letters = this.#letters.subarray(this.#starts[number], this.#starts[number + 1]);
      let word = "";
      for (let at = 0; at < letters.length; at += longestCall) {
        word += String.fromCharCode(...letters.subarray(at, at + longestCall));
      }
      words.push(word);
    }
    return words;
  }

  /** Where the letters of the word asked for stand until it is known to be new. */
  private get begin(): number {
    return this.#starts[this.#size] as number;
  }

  #numberOf(length: number, rough: number): number {
    // The lower bits choose the slot: what the upper ones know goes into them.
    const hash = rough ^ (rough >>> 15);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let held = this.#slots[slot] as number; held !== 0; held = this.#slots[slot] as number) {
      if (this.#hashes[held - 1] === hash && this.#isWord(held - 1, length)) return held - 1;
      slot = (slot + 1) & mask;
    }
    const number = this.#size;
    this.#slots[slot] = number + 1;
    this.#hashes[number] = hash;
    this.#starts[number + 1] = this.begin + length;
    this.#size += 1;
    return number;
  }

  #isWord(number: number, length: number): boolean {
    const letters = this.#letters;
    const start = this.#starts[number] as number;
    if ((this.#starts[number + 1] as number) - start !== length) return false;
    const { begin } = this;
    for (let at = 0; at < length; at += 1) if (letters[start + at] !== letters[begin + at]) return false;
    return true;
  }

  /** Makes room for one more word of that length; slots stay at most half full. */
  #reserve(length: number): void {
    if (this.begin + length > this.#letters.length) {
      const bigger = new Uint16Array(Math.max(2 * this.#letters.length, this.begin + length));
      bigger.set(this.#letters);
      this.#letters = bigger;
    }
    if (this.#size < this.#hashes.length) return;
    const hashes = new Int32Array(2 * this.#hashes.length);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const starts = new Uint32Array(hashes.length + 1);
    starts.set(this.#starts);
    this.#starts = starts;
    const slots = new Int32Array(2 * hashes.length);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#size; number += 1) {
      let slot = (hashes[number] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

/** FNV-1a, a letter at a time. */
const seed = 0x811c9dc5 | 0;
const factor = 0x01000193;

/** Arguments that one call takes without care for the stack. */
const longestCall = 4096;
