import type { Features } from "./features.js";
import { type FeatureKind, hashSize, kinds } from "./terms.js";

type BlockScales = Readonly<Record<Exclude<FeatureKind, "word">, number>>;

/** How much features count of which a paper has them or not; all its words are a vector of length 1. */
const blockScales: BlockScales = { keyword: 0.4, author: 0.4, organization: 0.15, category: 0.15 };

/** A paper as numbers: the hashes of its features, and their values. */
export interface Vector {
  readonly at: Uint32Array;
  readonly values: Float32Array;
}

/**
 * In how many papers of a collection each word occurs, which gives its weight: the logarithm of the inverse
 * share (Spärck Jones, 1972), so "diffusion" counts more than "model".
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
 * The vector of a paper: words by TF-IDF with logarithmic counts, of length 1 together; all other features with
 * a fixed value for their kind, so that one author counts the same among two and among twenty.
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
