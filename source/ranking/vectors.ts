import type { Features } from "./features.js";
import { type FeatureKind, hashSize, kinds } from "./terms.js";

type BlockScales = Readonly<Record<Exclude<FeatureKind, "word">, number>>;

/**
 * The values of features that are present or absent, relative to the words of a paper, which have length 1
 * together.
 */
const blockScales: BlockScales = { keyword: 0.4, author: 0.4, organization: 0.15, category: 0.15 };

/** A paper as a sparse vector: the hashes of its features, and their values. */
export interface Vector {
  readonly at: Uint32Array;
  readonly values: Float32Array;
}

/**
 * Counts in how many papers each word occurs and weighs it by inverse document frequency (Spärck Jones,
 * 1972), so that "diffusion" counts more than "model".
 */
export class Commonness {
  readonly #papers = new Uint32Array(hashSize);
  #size = 0;

  add({ at, ends }: Features): void {
    this.#size += 1;
    const [words = 0] = ends;
    for (let index = 0; index < words; index += 1) {
      const hash = at[index] as number;
      this.#papers[hash] = (this.#papers[hash] as number) + 1;
    }
  }

  /** The weight of a word, 0 or more. */
  weight(hash: number): number {
    return Math.log((this.#size + 1) / ((this.#papers[hash] as number) + 1));
  }
}

/**
 * The vector of a paper: words by TF-IDF with logarithmic counts, normalized to length 1; every other
 * feature has a fixed value for its kind, so that one author counts the same among two and among twenty.
 */
export function vectorOf({ at, counts, ends }: Features, commonness: Commonness): Vector {
  const values = new Float32Array(at.length);
  const [words = 0] = ends;
  let sum = 0;
  for (let index = 0; index < words; index += 1) {
    const value = (1 + Math.log(counts[index] as number)) * commonness.weight(at[index] as number);
    values[index] = value;
    sum += value * value;
  }
  const scale = sum === 0 ? 0 : 1 / Math.sqrt(sum);
  for (let index = 0; index < words; index += 1) values[index] = (values[index] as number) * scale;
  for (let block = 1; block < kinds.length; block += 1) {
    values.fill(blockScales[kinds[block] as keyof BlockScales], ends[block - 1], ends[block]);
  }
  return { at, values };
}

/** The product of a vector and weights by hash. */
export function product({ at, values }: Vector, weights: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < at.length; index += 1) {
    sum += (values[index] as number) * (weights[at[index] as number] as number);
  }
  return sum;
}
