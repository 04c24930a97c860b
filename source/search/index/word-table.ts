import { glueMark } from "../words/pattern.js";

/**
 * A hash table that numbers distinct words from 0, in order of appearance. Words of up to twelve ASCII
 * letters and digits (nearly all) are identified by two integer codes (`codeOf`), so a known word is found
 * without comparing letters or making a string. There are millions of lookups.
 */
export class WordTable {
  /**
   * Open addressing, four integers per slot: the word's number + 1 (0 if empty) and its two codes; the fourth
   * is unused. The length is a power of two.
   */
  #short = new Int32Array(4 << 11);
  #shortCount = 0;
  /** The same for all other words, two integers per slot: number + 1, and hash. */
  #long = new Int32Array(2 << 10);
  #longCount = 0;
  /** The offset in `#letters` at which each word begins; the next entry is its end. */
  #starts = new Uint32Array((1 << 11) + 1);
  #letters = new Uint16Array(1 << 14);
  #size = 0;
  /** Words that found no free slot in a chain of `longestChain`. */
  readonly #aside = new Map<string, number>();
  readonly #strings: string[] = [];

  get size(): number {
    return this.#size;
  }

  /**
   * The number of a word of at most twelve letters, given the codes of its first six letters and of the rest.
   */
  short(first: number, rest: number): number {
    const slots = this.#short;
    const last = slots.length - 4;
    let at = (mixed(first, rest) << 2) & last;
    for (let passed = 0; passed <= longestChain; passed += 1) {
      const held = slots[at] as number;
      if (held === 0) {
        // The table may have grown since words were put aside, so this word may already have a number there.
        if (this.#aside.size > 0) break;
        slots[at] = this.#size + 1;
        slots[at + 1] = first;
        slots[at + 2] = rest;
        this.#shortCount += 1;
        if (8 * this.#shortCount > slots.length) this.#growShort();
        return this.#keep(this.#write(first, rest));
      }
      if (slots[at + 1] === first && slots[at + 2] === rest) return held - 1;
      at = (at + 4) & last;
    }
    return this.#numberAside(this.#write(first, rest));
  }

  /** The number of the ASCII word in `bytes` from `start` to `end`, in any case. */
  plain(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length <= longestShort) {
      let first = 0;
      let rest = 0;
      for (let at = start; at < end; at += 1) {
        const code = codeOf[bytes[at] as number] as number;
        if (at - start < half) first = (Math.imul(first, base) + code) | 0;
        else rest = (Math.imul(rest, base) + code) | 0;
      }
      return this.short(first, rest);
    }
    const begin = this.#room(length);
    const letters = this.#letters;
    let hash = seed;
    for (let at = 0; at < length; at += 1) {
      const code = bytes[start + at] as number;
      const letter = code >= 65 && code <= 90 ? code | 32 : code;
      letters[begin + at] = letter;
      hash = Math.imul(hash ^ letter, factor);
    }
    return this.#longNumber(length, hash);
  }

  /** The number of a normalized word. */
  word(word: string): number {
    const { length } = word;
    if (length > 0 && length <= longestShort) {
      let first = 0;
      let rest = 0;
      let at = 0;
      for (; at < length; at += 1) {
        const letter = word.charCodeAt(at);
        const isCapital = letter >= 65 && letter <= 90;
        const code = isCapital ? 0 : (codeOf[letter] ?? 0);
        if (code === 0) break;
        if (at < half) first = (Math.imul(first, base) + code) | 0;
        else rest = (Math.imul(rest, base) + code) | 0;
      }
      if (at === length) return this.short(first, rest);
    }
    const begin = this.#room(length);
    const letters = this.#letters;
    let hash = seed;
    for (let at = 0; at < length; at += 1) {
      const letter = word.charCodeAt(at);
      letters[begin + at] = letter;
      hash = Math.imul(hash ^ letter, factor);
    }
    return this.#longNumber(length, hash);
  }

  /**
   * The number of a compound word, the first `length` of `letters`. It differs from that of the same letters
   * written as one word.
   */
  glued(glued: Uint16Array, length: number): number {
    const begin = this.#room(length + 1);
    const letters = this.#letters;
    let hash = seed;
    for (let at = 0; at < length; at += 1) {
      const letter = glued[at] as number;
      letters[begin + at] = letter;
      hash = Math.imul(hash ^ letter, factor);
    }
    const mark = glueMark.charCodeAt(0);
    letters[begin + length] = mark;
    return this.#longNumber(length + 1, Math.imul(hash ^ mark, factor));
  }

  /** All words by number; the same growing array each time. */
  words(): readonly string[] {
    const strings = this.#strings;
    const known = strings.length;
    if (known === this.#size) return strings;
    const from = this.#starts[known] as number;
    const joined = this.#string(from, this.#starts[this.#size] as number);
    for (let number = known; number < this.#size; number += 1) {
      const start = (this.#starts[number] as number) - from;
      strings.push(joined.slice(start, (this.#starts[number + 1] as number) - from));
    }
    return strings;
  }

  /** The number of the long word whose letters are at the end of `#letters`. If it is new, it is kept. */
  #longNumber(length: number, rough: number): number {
    // The low bits choose the slot, so mix the high bits into them.
    const hash = rough ^ (rough >>> 15);
    const slots = this.#long;
    const mask = slots.length / 2 - 1;
    let slot = hash & mask;
    for (let passed = 0; passed <= longestChain; passed += 1) {
      const held = slots[2 * slot] as number;
      if (held === 0) {
        if (this.#aside.size > 0) break;
        slots[2 * slot] = this.#size + 1;
        slots[2 * slot + 1] = hash;
        this.#longCount += 1;
        if (4 * this.#longCount > slots.length) this.#growLong();
        return this.#keep(length);
      }
      if (slots[2 * slot + 1] === hash && this.#isWord(held - 1, length)) return held - 1;
      slot = (slot + 1) & mask;
    }
    return this.#numberAside(length);
  }

  /**
   * The number of the word at the end of `#letters`, whose chain is too long, as with words chosen to
   * collide. A `Map` hashes with a secret seed.
   */
  #numberAside(length: number): number {
    const begin = this.#starts[this.#size] as number;
    const word = this.#string(begin, begin + length);
    const known = this.#aside.get(word);
    if (known !== undefined) return known;
    this.#aside.set(word, this.#size);
    return this.#keep(length);
  }

  /** Decodes two codes to letters at the end of `#letters`. Returns the number of letters. */
  #write(first: number, rest: number): number {
    let length = 0;
    for (let left = first >>> 0; left > 0; left = Math.floor(left / base)) length += 1;
    const front = length;
    for (let left = rest >>> 0; left > 0; left = Math.floor(left / base)) length += 1;
    const begin = this.#room(length);
    let at = begin + front;
    for (let left = first >>> 0; left > 0; left = Math.floor(left / base)) {
      at -= 1;
      this.#letters[at] = letterOf(left % base);
    }
    at = begin + length;
    for (let left = rest >>> 0; left > 0; left = Math.floor(left / base)) {
      at -= 1;
      this.#letters[at] = letterOf(left % base);
    }
    return length;
  }

  /** Keeps the word at the end of `#letters`. Returns its new number. */
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

  /** Makes room for a word of this length. Returns the offset for its letters. */
  #room(length: number): number {
    const begin = this.#starts[this.#size] as number;
    if (begin + length > this.#letters.length) {
      const bigger = new Uint16Array(Math.max(2 * this.#letters.length, begin + length));
      bigger.set(this.#letters);
      this.#letters = bigger;
    }
    if (this.#size + 1 === this.#starts.length) {
      const starts = new Uint32Array(2 * this.#starts.length);
      starts.set(this.#starts);
      this.#starts = starts;
    }
    return begin;
  }

  /** Keeps the load factor at one half or less. */
  #growShort(): void {
    const before = this.#short;
    const slots = new Int32Array(2 * before.length);
    const last = slots.length - 4;
    for (let held = 0; held < before.length; held += 4) {
      if (before[held] === 0) continue;
      let at = (mixed(before[held + 1] as number, before[held + 2] as number) << 2) & last;
      while (slots[at] !== 0) at = (at + 4) & last;
      for (let part = 0; part < 3; part += 1) slots[at + part] = before[held + part] as number;
    }
    this.#short = slots;
  }

  #growLong(): void {
    const before = this.#long;
    const slots = new Int32Array(2 * before.length);
    const mask = slots.length / 2 - 1;
    for (let held = 0; held < before.length; held += 2) {
      if (before[held] === 0) continue;
      let slot = (before[held + 1] as number) & mask;
      while (slots[2 * slot] !== 0) slot = (slot + 1) & mask;
      slots[2 * slot] = before[held] as number;
      slots[2 * slot + 1] = before[held + 1] as number;
    }
    this.#long = slots;
  }
}

/** The number of letters per code: six digits in base 37 stay below 2³². */
export const half = 6;
export const base = 37;
export const longestShort = 2 * half;

const order = "0123456789abcdefghijklmnopqrstuvwxyz";

/**
 * The digit of a byte in a code: 1 to 10 for digits, 11 to 36 for ASCII letters in either case, 0 for all
 * others. A code is a number in base 37: the first six letters of a word make its first code, the rest its
 * second.
 */
export const codeOf: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 128 ? order.indexOf(String.fromCharCode(byte).toLowerCase()) + 1 : 0,
);

function letterOf(value: number): number {
  return value <= 10 ? 47 + value : 86 + value;
}

/** Hashes two codes. Each bit depends on both. */
function mixed(first: number, rest: number): number {
  const hash = Math.imul(first ^ Math.imul(rest, 0x9e3779b1), 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

/** FNV-1a, one letter at a time. */
const seed = 0x811c9dc5 | 0;
const factor = 0x01000193;

/** A longer run of filled slots practically never occurs by chance at this load factor. */
const longestChain = 128;

/** The most arguments for one call without risk of a stack overflow. */
const longestCall = 4096;
