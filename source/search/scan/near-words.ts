import { misspeltLengths, nearTest } from "../words/typos.js";

/** A word that may be misspelt, as typed. */
interface Typed {
  readonly letters: number;
  readonly initial: number;
  readonly edits: number;
  readonly shortest: number;
  readonly longest: number;
  readonly goesOn: boolean;
  readonly isNear: (word: string) => boolean;
}

/** Finds words of ASCII texts that may be meant by misspelt ones. Lets through some too many. */
export class NearWords {
  readonly #typed: readonly Typed[];

  /** @param typed normalized words, and how many edits may be between them and the words meant */
  constructor(typed: Iterable<readonly [word: string, edits: number]>) {
    this.#typed = [...typed].map(([word, edits]) => ({
      letters: lettersOf(word),
      initial: word.charCodeAt(0),
      edits,
      ...misspeltLengths(word, edits),
      isNear: nearTest(word, edits),
    }));
  }

  /** Whether a text in the first `length` of `bytes`, with a zero after them, has such a word. */
  areIn(bytes: Uint8Array, length: number): boolean {
    /** The letters of the current word, and of the compound it may be part of, as bits, and how many. */
    let letters = 0;
    let count = 0;
    let start = 0;
    let joined = 0;
    let joinedCount = 0;
    let joinedStart = 0;
    for (let at = 0; at <= length; at += 1) {
      const byte = bytes[at] as number;
      const lower = byte | 32;
      if (lower >= 97 && lower <= 122) letters |= 1 << (lower - 97);
      else if (byte < 48 || byte > 57) {
        if (count > 0 && this.#isNear(letters, count, bytes, start, at)) return true;
        joined |= letters;
        joinedCount += count;
        const joins = count > 0 && joiners.has(byte);
        if (!joins) {
          if (joinedCount > count && this.#isNear(joined, joinedCount, bytes, joinedStart, at)) return true;
          joined = 0;
          joinedCount = 0;
          joinedStart = at + 1;
        }
        letters = 0;
        count = 0;
        start = at + 1;
        continue;
      }
      count += 1;
    }
    return false;
  }

  #isNear(letters: number, count: number, bytes: Uint8Array, start: number, end: number): boolean {
    const initial = (bytes[start] as number) | 32;
    for (const typed of this.#typed) {
      if (count < typed.shortest) continue;
      const goesOn = typed.goesOn && initial === (typed.initial | 32);
      if (count > typed.longest && !goesOn) continue;
      // An edit changes at most one distinct letter, so a word that differs in more of them is too far away.
      if (countBits(typed.letters & ~letters) > typed.edits) continue;
      if (!goesOn && countBits(letters & ~typed.letters) > typed.edits) continue;
      if (typed.isNear(written(bytes, start, end))) return true;
    }
    return false;
  }
}

/** What may join the parts of a compound. */
const joiners = new Set([..."-'._^/&"].map((sign) => sign.charCodeAt(0)));

/** The letters and digits of bytes, in lower case. */
function written(bytes: Uint8Array, start: number, end: number): string {
  let word = "";
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (!joiners.has(byte)) word += String.fromCharCode(byte >= 65 && byte <= 90 ? byte | 32 : byte);
  }
  return word;
}

/** The letters a to z of a word, as bits. */
function lettersOf(word: string): number {
  let bits = 0;
  for (const letter of word) if (letter >= "a" && letter <= "z") bits |= 1 << (letter.charCodeAt(0) - 97);
  return bits;
}

function countBits(bits: number): number {
  // Parallel bit count: adds up pairs, then groups of four, then bytes (Warren, Hacker's Delight, 5-1).
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
