import { lazily } from "../../papers/lazily.js";
import type { Scanner } from "../index/scanner.js";
import { type Tier, tiers } from "../rank/ranking.js";
import { glueMark } from "../words/pattern.js";
import { type Word, words } from "./normalize.js";
import type { Range } from "./ranges.js";
import { lastNotAfter } from "./starts.js";

/** Words that an acronym may skip: "pca" skips nothing, but "moe" uses the "of" of "mixture of experts". */
const passedOver = new Set("a an and as at by for from in is of on or the to via with".split(" "));

/** Prefixes that contribute a letter of their own: "vae" is a variational autoencoder. */
const firstParts =
  /^(?:auto|back|counter|cross|hyper|inter|meta|micro|multi|over|pre|self|semi|super|trans)(?=\p{L}{4})/u;

/** Whether an ASCII title may have a word with such a prefix. */
export function mayHaveParts(title: string): boolean {
  return anyFirstPart().test(title);
}

const anyFirstPart = lazily(() => new RegExp(`(?<![A-Za-z0-9])${firstParts.source.slice(1)}`, "iu"));

/** The initials of a title under one set of rules, and their offsets. */
interface Reading {
  readonly letters: string;
  /** The UTF-16 offset in the title of each letter. */
  readonly from: readonly number[];
}

/** The initials of all titles in one string, so that a single `indexOf` searches them all. */
export interface Initials {
  readonly joined: string;
  /** The offset in `joined` at which each reading of a title begins, and the paper it belongs to. */
  readonly starts: Uint32Array;
  readonly papers: Uint32Array;
}

/** Collects the initials of the titles, one paper at a time. */
export class InitialsLog {
  readonly #readings: string[] = [];
  readonly #papers: number[] = [];
  /** For each word number, what `initialsOf` returned; 0 if it has not been computed yet. */
  #known = new Int32Array(1 << 12);
  readonly #letters: number[][] = [[], [], []];

  /** Adds a paper's title as it is displayed. */
  add(paper: number, title: string): void {
    for (const { letters } of readingsOf(title)) this.#push(paper, letters);
  }

  /**
   * Like `add`, for an ASCII title without TeX, given as the scanner's word numbers; `words` maps numbers to
   * words.
   */
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

/**
 * The char code of a plain word's initial, with the flag `isPassed` and, from bit 16 up, the letter after its
 * prefix; or `isGlued`.
 */
function initialsOf(word: string): number {
  if (word.endsWith(glueMark)) return isGlued;
  const first = firstParts.exec(word)?.[0];
  const second = first === undefined ? 0 : word.charCodeAt(first.length) << 16;
  return word.charCodeAt(0) | (passedOver.has(word) ? isPassed : 0) | second;
}

/** The acronyms that a normalized word may be, without a plural "s" too, and the tier of such a match. */
export interface Acronym {
  readonly forms: readonly string[];
  readonly tier: Tier;
}

/** Reads a normalized word as an acronym of two to six letters; `null` if it cannot be one. */
export function acronymOf(word: string): Acronym | null {
  if (!/^[a-z]{2,6}$/.test(word)) return null;
  // "gnns" are graph neural networks; "rls" would match too many titles.
  const forms = word.length > 3 && word.endsWith("s") ? [word, word.slice(0, -1)] : [word];
  return { forms, tier: word.length > 2 ? tiers.acronym : tiers.chance };
}

/** Calls `visit` at least once for each paper whose title contains the acronym. */
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

/** The one-letter ranges of a title that spell an acronym. */
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

/**
 * The initials of a title: of all words, then without stop words, then with prefixes; the last two only if
 * they differ.
 */
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
    // If accents make the word longer than its normalized form, the offset of this letter is unknown.
    if (first !== undefined && word.end - word.start === word.text.length) {
      letters += word.text.charAt(first.length);
      from.push(word.start + first.length);
    }
  }
  return { letters, from };
}
