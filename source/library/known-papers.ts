import { hashByte, hashSeed, spread } from "../papers/identity-hash.js";
import { inSteps } from "./steps.js";

/** Papers in columns, those of one bucket beside each other. */
export interface PaperColumns {
  /** Where the papers of each bucket begin; one more, where the last ends. */
  readonly directory: Uint32Array;
  /** Where each identity begins in `ids`; one more, where the last ends. */
  readonly starts: Uint32Array;
  readonly ids: Uint8Array;
  readonly bits: Uint8Array;
  readonly stamps: Float64Array;
}

export interface PaperCounts {
  readonly papers: number;
  /** How many of them have a mark now. */
  readonly marked: number;
  /** How many are known by their title only, and how many by a DOI. */
  readonly titles: number;
  readonly dois: number;
}

/**
 * Papers by their identity, each with its marks and when they last changed, as `PaperTable` has come to
 * them: nothing has to be done with the bytes of a file that has them before the first is asked for.
 */
export class KnownPapers {
  readonly columns: PaperColumns;
  readonly counts: PaperCounts;

  constructor(columns: PaperColumns, counts: PaperCounts) {
    this.columns = columns;
    this.counts = counts;
  }

  /** The place of the paper whose identity is those bytes, of which `hash` is made by `hashByte`; -1 where there is none. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const { directory, starts, ids } = this.columns;
    const bucket = bucketOf(hash, directory.length - 1);
    const last = directory[bucket + 1] as number;
    for (let index = directory[bucket] as number; index < last; index += 1) {
      const from = starts[index] as number;
      if ((starts[index + 1] as number) - from !== end - start) continue;
      // Identities differ at their end.
      let at = end - start - 1;
      while (at >= 0 && ids[from + at] === bytes[start + at]) at -= 1;
      if (at < 0) return index;
    }
    return -1;
  }

  /** The marks of the paper at that place, 0 where there is none. */
  bits(index: number): number {
    return index < 0 ? 0 : (this.columns.bits[index] as number);
  }

  /** When the last change of a paper counts as made, by its identity as text or as in `find`; -1 where there is none. */
  stamp(paper: string): number {
    const bytes = new TextEncoder().encode(paper);
    let hash = hashSeed;
    for (const byte of bytes) hash = hashByte(hash, byte);
    return this.stampOf(bytes, 0, bytes.length, hash);
  }
  stampOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const index = this.find(bytes, start, end, hash);
    return index < 0 ? -1 : (this.columns.stamps[index] as number);
  }
}

/** About how many share a bucket. */
const perBucket = 4;

/** Where each bucket begins, and which stand in it. */
export interface Buckets {
  readonly directory: Uint32Array;
  readonly order: Uint32Array;
}

/** Puts what has these hashes into buckets, in steps; those of one bucket keep their order. */
export function* bucketed(hashes: Int32Array, count: number): Generator<void, Buckets> {
  const buckets = 2 ** Math.ceil(Math.log2(Math.max(1, count / perBucket)));
  const directory = new Uint32Array(buckets + 1);
  yield* inSteps(count, (index) => {
    const bucket = bucketOf(hashes[index] as number, buckets);
    directory[bucket + 1] = (directory[bucket + 1] as number) + 1;
  });
  yield* inSteps(buckets, (bucket) => {
    directory[bucket + 1] = (directory[bucket + 1] as number) + (directory[bucket] as number);
  });
  const next = directory.slice();
  const order = new Uint32Array(count);
  yield* inSteps(count, (index) => {
    const bucket = bucketOf(hashes[index] as number, buckets);
    order[next[bucket] as number] = index;
    next[bucket] = (next[bucket] as number) + 1;
  });
  return { directory, order };
}

/** The bucket of a hash, of so many: a power of two. */
export function bucketOf(hash: number, buckets: number): number {
  return spread(hash) & (buckets - 1);
}
