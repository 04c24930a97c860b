import { hashSize } from "./terms.js";
import { product, type Vector } from "./vectors.js";

/** A training example: whether the paper is wanted, and its weight. */
export interface WeighedVector {
  readonly vector: Vector;
  readonly isWanted: boolean;
  /** More than 0; 1 for a star. */
  readonly weight: number;
}

/** A trained model: the log-odds that the reader wants a paper are `bias` plus the product with `weights`. */
export interface Weights {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** Training parameters, tuned by `bench/for-you` on its training days. */
interface Training {
  /** The strength of the L2 penalty. */
  readonly penalty: number;
  /** How much all unwanted examples count together, with all wanted ones as 1. */
  readonly unwanted: number;
  readonly steps: number;
}

const usual: Training = { penalty: 0.01, unwanted: 1, steps: 25 };

/**
 * Logistic regression with an L2 penalty, by accelerated gradient descent (Nesterov, 1983) over all
 * examples. Deterministic: no random numbers, a fixed number of steps, and sums in the order of the
 * examples. Yields between steps, so that the thread can do other work.
 */
export function* train(
  examples: readonly WeighedVector[],
  { penalty, unwanted, steps }: Training = usual,
): Generator<void, Weights> {
  const shares = sharesOf(examples, unwanted);
  // Only features of examples ever get a weight, so the rest is skipped.
  const slots = new Int32Array(hashSize).fill(-1);
  const hashes: number[] = [];
  const rows = examples.map(({ vector: { at } }) => {
    const row = new Uint32Array(at.length);
    for (let index = 0; index < at.length; index += 1) {
      const hash = at[index] as number;
      if ((slots[hash] as number) < 0) slots[hash] = hashes.push(hash) - 1;
      row[index] = slots[hash] as number;
    }
    return row;
  });
  const biasAt = hashes.length;
  const size = hashes.length + 1;
  let now = new Float64Array(size);
  let before = new Float64Array(size);
  const ahead = new Float64Array(size);
  const gradient = new Float64Array(size);
  // The logistic loss has a curvature of at most a quarter.
  const step = 1 / (penalty + 0.25 * curvature(examples, shares));
  for (let round = 0; round < steps; round += 1) {
    yield;
    const momentum = round / (round + 3);
    for (let slot = 0; slot < size; slot += 1) {
      ahead[slot] = (now[slot] as number) + momentum * ((now[slot] as number) - (before[slot] as number));
      gradient[slot] = slot === biasAt ? 0 : penalty * (ahead[slot] as number);
    }
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] as Uint32Array;
      const { vector, isWanted } = examples[index] as WeighedVector;
      let sum = ahead[biasAt] as number;
      for (let at = 0; at < row.length; at += 1) {
        sum += (vector.values[at] as number) * (ahead[row[at] as number] as number);
      }
      const error = (1 / (1 + Math.exp(-sum)) - (isWanted ? 1 : 0)) * (shares[index] as number);
      for (let at = 0; at < row.length; at += 1) {
        const slot = row[at] as number;
        gradient[slot] = (gradient[slot] as number) + error * (vector.values[at] as number);
      }
      gradient[biasAt] = (gradient[biasAt] as number) + error;
    }
    const next = before;
    for (let slot = 0; slot < size; slot += 1) {
      next[slot] = (ahead[slot] as number) - step * (gradient[slot] as number);
    }
    before = now;
    now = next;
  }
  const weights = new Float64Array(hashSize);
  for (const [slot, hash] of hashes.entries()) weights[hash] = now[slot] as number;
  return { weights, bias: now[biasAt] as number };
}

/** The log-odds of a paper. */
export function scoreOf(vector: Vector, { weights, bias }: Weights): number {
  return bias + product(vector, weights);
}

/** The share of each example: wanted ones sum to 1, unwanted ones to `unwanted`. */
function sharesOf(examples: readonly WeighedVector[], unwanted: number): Float64Array {
  let wantedSum = 0;
  let unwantedSum = 0;
  for (const { isWanted, weight } of examples) {
    if (isWanted) wantedSum += weight;
    else unwantedSum += weight;
  }
  return Float64Array.from(examples, ({ isWanted, weight }) =>
    isWanted ? weight / wantedSum : (unwanted * weight) / unwantedSum,
  );
}

/** An upper bound of the curvature of the loss: the sum of shares times squared lengths. */
function curvature(examples: readonly WeighedVector[], shares: Float64Array): number {
  let sum = 0;
  for (const [index, { vector }] of examples.entries()) {
    let length = 1;
    for (let at = 0; at < vector.values.length; at += 1) length += (vector.values[at] as number) ** 2;
    sum += (shares[index] as number) * length;
  }
  return sum;
}
