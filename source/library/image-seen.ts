import { basename } from "node:path";
import { type ReadBehind, readBehind, sumOf } from "./image-reading.js";
import type { KnownFile, MarksImage } from "./marks-image.js";
import { PaperTable } from "./paper-table.js";
import { papersIn, seenFiles } from "./seen-papers.js";

/** How many visits are read in one step. */
const visitsAtOnce = 50;

/** What an image is to know of the papers that were seen. */
export interface SeenForImage {
  readonly table: PaperTable;
  readonly files: readonly KnownFile[];
  /** How many bytes no image had. */
  readonly read: number;
}

/** Reads which papers were seen, in steps; `null` where the image before no longer fits. */
export function* seenForImage(
  state: string,
  previous: MarksImage | null,
): Generator<void, SeenForImage | null> {
  const paths = seenFiles(state);
  const names = new Set(paths.map((path) => basename(path)));
  if (previous?.account.seen.some(({ name }) => !names.has(name))) return null;
  const table = new PaperTable(previous?.seen.columns.bits.length ?? 0);
  if (previous !== null) yield* table.takeKnown(previous.seen);
  const files: KnownFile[] = [];
  let read = 0;
  for (const path of paths) {
    const known = previous?.account.seen.find(({ name }) => name === basename(path)) ?? null;
    let behind: ReadBehind | null;
    try {
      behind = yield* readBehind(path, known);
    } catch {
      // One that cannot be read is not known, and is tried again at every start.
      if (known !== null) return null;
      continue;
    }
    if (behind === null) return null;
    const { stats, sum, bytes, length } = behind;
    const visits = bytes.toString("utf8", 0, length).split("\n");
    for (let from = 0; from < visits.length; from += visitsAtOnce) {
      for (const visit of visits.slice(from, from + visitsAtOnce)) {
        for (const id of papersIn(visit)) table.setPaper(id, 1, 1, 0);
      }
      yield;
    }
    read += length;
    files.push({
      name: basename(path),
      stats,
      length: (known?.length ?? 0) + length,
      sum: sumOf(bytes.subarray(0, length), sum),
    });
  }
  return { table, files, read };
}
