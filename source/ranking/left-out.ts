import { type FeatureKind, type FeatureName, keywordTerm, type Term } from "./terms.js";

/**
 * Features to ignore: those that the reader struck, or the one whose contribution is being measured. An
 * ignored word or keyword is removed from every text, and so is each keyword that contains it.
 */
export class LeftOut {
  readonly #names: ReadonlySet<string>;
  /** The ignored words and keywords, as lists of words. */
  readonly #phrases: readonly (readonly string[])[];

  constructor(features: Iterable<FeatureName>) {
    const all = [...features];
    this.#names = new Set(all.map(({ kind, term }) => `${kind}:${term}`));
    this.#phrases = all
      .filter(({ kind, term }) => (kind === "word" || kind === "keyword") && term !== "")
      .map(({ term }) => term.split(" "))
      .sort((one, other) => other.length - one.length);
  }

  /** Whether nothing is ignored. */
  get isNothing(): boolean {
    return this.#phrases.length === 0;
  }

  /** Whether a feature is ignored. */
  has(kind: FeatureKind, term: string): boolean {
    return this.#names.size > 0 && this.#names.has(`${kind}:${term}`);
  }

  /** Whether a keyword contains an ignored phrase. */
  hasKeyword(keyword: string): boolean {
    if (this.#phrases.length === 0) return false;
    const terms = keywordTerm(keyword).split(" ");
    return terms.some((_, at) => this.#phraseAt(terms, at) > 0);
  }

  /** The words of a text without the ignored ones. */
  from(terms: readonly Term[]): readonly Term[] {
    if (this.#phrases.length === 0) return terms;
    const plain = terms.map(({ term }) => term);
    const rest: Term[] = [];
    for (let at = 0; at < terms.length; ) {
      const length = this.#phraseAt(plain, at);
      if (length === 0) rest.push(terms[at] as Term);
      at += Math.max(1, length);
    }
    return rest;
  }

  /** The length of the longest ignored phrase that begins at a word; 0 if none does. */
  #phraseAt(terms: readonly string[], at: number): number {
    const found = this.#phrases.find((phrase) => phrase.every((term, next) => terms[at + next] === term));
    return found?.length ?? 0;
  }
}

export const nothingLeftOut = new LeftOut([]);
