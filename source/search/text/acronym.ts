import type { Scanner } from "../index/scanner.js";
import { type Tier, tiers } from "../rank/ranking.js";
import { glueMark } from "../words/pattern.js";
import { type Word, words } from "./normalize.js";
import type { Range } from "./ranges.js";
import { lastNotAfter } from "./starts.js";

/** Words that an acronym may pass over: "moe" has the "of" of "mixture of experts", "pca" has none. */
const passedOver = new Set("a an and as at by for from in is of on or the to via with".split(" "));

/** First parts of words that give a letter of their own: "vae" is a variational autoencoder. */
const firstParts =
  /^(?:auto|back|counter|cross|hyper|inter|meta|micro|multi|over|pre|self|semi|super|trans)(?=\p{L}{4})/u;

/** The first letters of a title's words in one way of reading them, and where each stands. */
interface Reading {
  readonly letters: string;
  /** Where in the title each letter stands. */
  readonly from: readonly number[];
}

/** The first letters of all titles: one native search finds an acronym in any of them. */
export interface Initials {
  readonly joined: string;
  /** Where each reading of a title begins in `joined`, and which paper's it is. */
  readonly starts: Uint32Array;
  readonly papers: Uint32Array;
}

/** Collects the titles' first letters, paper after paper. */
export class InitialsLog {
  readonly #readings: string[] = [];
  readonly #papers: number[] = [];
  /** Of each word of a table what `initialsOf` says of it; 0 until it is asked. */
  #known = new Int32Array(1 << 12);
  readonly #letters: number[][] = [[], [], []];

  /** Takes in a paper's title as it is shown. */
  add(paper: number, title: string): void {
    for (const { letters } of readingsOf(title)) this.#push(paper, letters);
  }

  /** Takes in an ASCII title without TeX, as `add`, by the numbers of its words in a table. */
  addNumbers(paper: number, { numbers, count }: Scanner, words: readonly string[]): void {
    const [all, without, parted] = this.#letters as [number[], number[], number[]];
    all.length = 0;
    without.length = 0;
    parted.length = 0;
    while (this.#known.length < words.length) {
      const bigger = new Int32Array(2 * this.#known.length);
      bigger.set(this.#known);
      this.#known = bigger;
    }
    for (let at = 0; at < count; at += 1) {
      const number = numbers[at] as number;
      const word = words[number] as string;
      const known = (this.#known[number] as number) || initialsOf(word);
      this.#known[number] = known;
      if (known === isGlued) continue;
      all.push(known & 255);
      if (known & isPassed) continue;
      without.push(known & 255);
      parted.push(known & 255);
      if (known >> 16 > 0) parted.push(known >> 16);
    }
    if (all.length > 1) this.#push(paper, String.fromCharCode(...all));
    if (without.length > 1 && without.length < all.length) this.#push(paper, String.fromCharCode(...without));
    if (parted.length > without.length) this.#push(paper, String.fromCharCode(...parted));
  }

  finish(): Initials {
    const starts = new Uint32Array(this.#readings.length);
    let at = 1;
    this.#readings.forEach((letters, place) => {
      starts[place] = at;
      at += letters.length + 1;
    });
    return { joined: `\n${this.#readings.join("\n")}\n`, starts, papers: Uint32Array.from(this.#papers) };
  }

  #push(paper: number, letters: string): void {
    this.#readings.push(letters);
    this.#papers.push(paper);
  }
}

const isPassed = 256;
const isGlued = 512;

/** A plain word's first letter, with `isPassed` and, above the 16th bit, the letter behind its first part; or `isGlued`. */
function initialsOf(word: string): number {
  if (word.endsWith(glueMark)) return isGlued;
  const first = firstParts.exec(word)?.[0];
  const second = first === undefined ? 0 : word.charCodeAt(first.length) << 16;
  return word.charCodeAt(0) | (passedOver.has(word) ? isPassed : 0) | second;
}

/** What a normalized word may be an acronym of, plural or not, and how good a match that is; `null` where it is none. */
export interface Acronym {
  readonly forms: readonly string[];
  readonly tier: Tier;
}

/** A normalized word as an acronym of two to six letters. */
export function acronymOf(word: string): Acronym | null {
  if (!/^[a-z]{2,6}$/.test(word)) return null;
  // "gnns" are graph neural networks; "rls" would be said of too much.
  const forms = word.length > 3 && word.endsWith("s") ? [word, word.slice(0, -1)] : [word];
  return { forms, tier: word.length > 2 ? tiers.acronym : tiers.chance };
}

/** Hands over each paper whose title has the acronym in it, at least once. */
export function eachAcronym(
  { joined, starts, papers }: Initials,
  acronym: Acronym,
  visit: (paper: number) => void,
): void {
  for (const form of acronym.forms) {
    let reading = 0;
    for (let at = joined.indexOf(form); at >= 0; at = joined.indexOf(form, at)) {
      reading = lastNotAfter(starts, at, reading);
      visit(papers[reading] as number);
      at = starts[reading + 1] ?? joined.length;
    }
  }
}

/** The letters of a title, one by one, that an acronym stands for. */
export function acronymRanges(acronym: Acronym, title: string): Range[] {
  const ranges: Range[] = [];
  for (const { letters, from } of readingsOf(title)) {
    for (const form of acronym.forms) {
      for (let at = letters.indexOf(form); at >= 0; at = letters.indexOf(form, at + 1)) {
        for (const start of from.slice(at, at + form.length)) ranges.push({ start, end: start + 1 });
      }
    }
  }
  return ranges;
}

/** A title's first letters: of all its words, and where that differs without the small words and with first parts. */
function readingsOf(title: string): Reading[] {
  const found = words(title).filter((word) => !word.compound);
  const all = reading(found, () => false, false);
  const without = reading(found, (word) => passedOver.has(word.text), false);
  const parted = reading(found, (word) => passedOver.has(word.text), true);
  const readings = [all];
  if (without.letters !== all.letters) readings.push(without);
  if (parted.letters !== without.letters) readings.push(parted);
  return readings.filter(({ letters }) => letters.length > 1);
}

function reading(found: readonly Word[], isPassed: (word: Word) => boolean, parted: boolean): Reading {
  let letters = "";
  const from: number[] = [];
  for (const word of found) {
    if (isPassed(word)) continue;
    letters += word.text.charAt(0);
    from.push(word.start);
    const first = parted ? firstParts.exec(word.text)?.[0] : undefined;
    // Where accents make the text longer than what it normalizes to, the letter is not looked for.
    if (first !== undefined && word.end - word.start === word.text.length) {
      letters += word.text.charAt(first.length);
      from.push(word.start + first.length);
    }
  }
  return { letters, from };
}
