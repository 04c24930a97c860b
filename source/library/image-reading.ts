import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { checksum } from "./image-file.js";
import type { FileStats, KnownFile } from "./marks-image.js";
import { padding } from "./plain-line.js";

const newline = 0x0a;
/** How many bytes are read in one step. */
const bytesAtOnce = 1 << 19;

/** What was read of a file behind what was known of it. */
export interface ReadBehind {
  /** The file as it was just before. */
  readonly stats: FileStats;
  /** The checksum of what was known. */
  readonly sum: number;
  /** Whole lines, with `padding` zeros behind them. */
  readonly bytes: Buffer;
  readonly length: number;
}

/**
 * Reads a file of lines: what is known of it, to see that it is what it was, and the whole lines behind
 * that. `null` where it is not. Throws where it cannot be read.
 */
export function* readBehind(path: string, known: KnownFile | null): Generator<void, ReadBehind | null> {
  // A pipe would never end.
  if (!statSync(path).isFile()) throw new Error("is not an ordinary file");
  const file = openSync(path, "r");
  try {
    const { dev, ino, size, mtimeMs, ctimeMs } = fstatSync(file);
    const from = known?.length ?? 0;
    if (size < from) return null;
    const scratch = Buffer.allocUnsafe(Math.min(bytesAtOnce, from));
    let sum = 0;
    for (let at = 0; at < from; ) {
      const count = readSync(file, scratch, 0, Math.min(scratch.length, from - at), at);
      if (count === 0) return null;
      sum = sumOf(scratch.subarray(0, count), sum);
      at += count;
      yield;
    }
    if (known !== null && sum !== known.sum) return null;
    const bytes = Buffer.allocUnsafeSlow(size - from + padding);
    let to = 0;
    while (to < size - from) {
      const count = readSync(file, bytes, to, Math.min(bytesAtOnce, size - from - to), from + to);
      if (count === 0) break;
      to += count;
      yield;
    }
    const length = to === 0 ? 0 : bytes.lastIndexOf(newline, to - 1) + 1;
    bytes.fill(0, length);
    return { stats: { dev, ino, size, mtimeMs, ctimeMs }, sum, bytes, length };
  } finally {
    closeSync(file);
  }
}

/** The checksum of bytes behind others, of which it was `before`. */
export function sumOf(bytes: Uint8Array, before: number): number {
  if (checksum === null) throw new Error("this Node makes no checksums");
  return checksum(bytes, before);
}
