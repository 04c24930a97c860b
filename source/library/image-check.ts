import { closeSync, openSync, readSync } from "node:fs";
import { checksum } from "./image-file.js";
import type { FileStats, KnownFile } from "./marks-image.js";

/** How many bytes are read at a time to see whether they are what they were. */
const readAtOnce = 1 << 18;
/**
 * A file that was written within so many milliseconds before it was read may have been written once more
 * in the same tick of the file system's clock, and look the same: FAT's ticks take two seconds.
 */
const coarsestClock = 2_000;

/**
 * Whether a file is the one that was read, as far as its inode tells, which no other program's change of
 * it leaves as it was.
 */
export function isUntouched(known: FileStats, now: FileStats, readAt: number): boolean {
  const isSame =
    known.dev === now.dev &&
    known.ino === now.ino &&
    known.size === now.size &&
    known.mtimeMs === now.mtimeMs &&
    known.ctimeMs === now.ctimeMs;
  return isSame && Math.max(now.mtimeMs, now.ctimeMs) < readAt - coarsestClock;
}

/**
 * Whether a journal begins with the very bytes that are in the image, which is a matter of a millisecond
 * for two megabytes; a step for each quarter of one. Throws where it cannot be read.
 */
export function* beginsAsKnown(path: string, { length, sum }: KnownFile): Generator<void, boolean> {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.allocUnsafe(Math.min(readAtOnce, length));
    let at = 0;
    let now = 0;
    while (at < length) {
      const read = readSync(file, bytes, 0, Math.min(bytes.length, length - at), at);
      if (read === 0) return false;
      now = checksum?.(bytes.subarray(0, read), now) ?? -1;
      at += read;
      yield;
    }
    return now === sum;
  } finally {
    closeSync(file);
  }
}
