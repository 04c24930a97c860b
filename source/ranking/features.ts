import { type LeftOut, nothingLeftOut } from "./left-out.js";
import {
  type FeatureKind,
  type FeatureName,
  hashOf,
  hashSize,
  type KnownWords,
  keywordTerm,
  nameTerm,
  type RankedPaper,
  termsOf,
} from "./terms.js";
import { WordScanner } from "./word-scanner.js";

/** The weight of a word in the title and in a keyword; in abstract and summary it is 1. */
const titleCount = 2;
const keywordCount = 2;

/**
 * The features of a paper before weighting, without duplicates, in one block per kind: `at` has the hashes,
 * `counts` how often a word occurs (1 for other features).
 */
export interface Features {
  readonly at: Uint32Array;
  readonly counts: Float32Array;
  /** Where the block of each kind ends, in the order of `kinds`. */
  readonly ends: readonly number[];
}

/** Reads the features of many papers. Caches words, which saves most of the work. */
export class FeatureReader {
  readonly #leftOut: LeftOut;
  readonly #words: KnownWords = new Map();
  readonly #keywords = new Map<string, string>();
  readonly #scanner = new WordScanner();
  /** How often each feature of the current paper occurs; all 0 between two papers. */
  readonly #counts = new Float32Array(hashSize);
  #found: number[] = [];

  /** @param leftOut the features to omit, unless `read` is given others */
  constructor(leftOut: LeftOut = nothingLeftOut) {
    this.#leftOut = leftOut;
  }

  /** The features of a paper without those in `leftOut`. */
  read(paper: RankedPaper, leftOut: LeftOut = this.#leftOut): Features {
    const add = (text: string, count: number) => {
      if (leftOut.isNothing && this.#scanner.scan(text, (hash) => this.#count(hash, count))) return;
      for (const { hash } of leftOut.from(termsOf(text, this.#words))) this.#count(hash, count);
    };
    add(paper.title, titleCount);
    add(paper.abstract, 1);
    if (paper.summary) add(paper.summary, 1);
    const keywords: string[] = [];
    for (const keyword of paper.keywords) {
      if (leftOut.hasKeyword(keyword)) continue;
      add(keyword, keywordCount);
      keywords.push(this.#keywordTerm(keyword));
    }
    const ends = [this.#found.length];
    const once = (kind: FeatureKind, terms: readonly string[]) => {
      for (const term of terms) {
        if (term === "" || leftOut.has(kind, term)) continue;
        const hash = hashOf(kind, term);
        if (this.#counts[hash] === 0) this.#found.push(hash);
        this.#counts[hash] = 1;
      }
      ends.push(this.#found.length);
    };
    once("keyword", keywords);
    once("author", paper.authors.map(nameTerm));
    once("organization", paper.organization ? [nameTerm(paper.organization)] : []);
    once(
      "category",
      paper.categories.map((one) => one.toLowerCase()),
    );
    return this.#take(ends);
  }

  /** A keyword as a single feature; cached, because many papers share it. */
  #keywordTerm(keyword: string): string {
    const known = this.#keywords.get(keyword);
    if (known !== undefined) return known;
    const term = keywordTerm(keyword, this.#words);
    this.#keywords.set(keyword, term);
    return term;
  }

  #count(hash: number, count: number): void {
    const before = this.#counts[hash] as number;
    if (before === 0) this.#found.push(hash);
    this.#counts[hash] = before + count;
  }

  #take(ends: readonly number[]): Features {
    const at = Uint32Array.from(this.#found);
    const counts = new Float32Array(at.length);
    for (let index = 0; index < at.length; index += 1) {
      const hash = at[index] as number;
      counts[index] = this.#counts[hash] as number;
      this.#counts[hash] = 0;
    }
    this.#found = [];
    return { at, counts, ends };
  }
}

/** A feature with its name: its normalized term, and its spelling in the paper. */
export interface NamedFeature extends FeatureName {
  readonly written: string;
}

/** The features of a paper with their names, without duplicates. */
export function namedFeatures(paper: RankedPaper): NamedFeature[] {
  const named = new Map<string, NamedFeature>();
  const add = (kind: FeatureKind, term: string, written: string) => {
    const key = `${kind}:${term}`;
    if (term !== "" && !named.has(key)) named.set(key, { kind, term, written });
  };
  const { title, abstract, summary, keywords, authors, organization, categories } = paper;
  for (const text of [title, abstract, summary ?? "", ...keywords]) {
    for (const { term, written } of termsOf(text)) add("word", term, written);
  }
  for (const keyword of keywords) add("keyword", keywordTerm(keyword), keyword);
  for (const name of authors) add("author", nameTerm(name), name);
  if (organization !== null) add("organization", nameTerm(organization), organization);
  for (const category of categories) add("category", category.toLowerCase(), category);
  return [...named.values()];
}
