import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Marks } from "./fold.js";
import { encodeHead, joined } from "./image-file.js";
import { foldOnto, foldSorted, type Reading } from "./image-fold.js";
import { readBehind, sumOf } from "./image-reading.js";
import { seenForImage } from "./image-seen.js";
import { isSameSet } from "./image-start.js";
import type { LineFault } from "./journal-format.js";
import { compareEntries } from "./journal-order.js";
import { findJournals, journalPath } from "./journal-reader.js";
import { JournalScan } from "./journal-scan.js";
import type { MarkedTitles } from "./marked-titles.js";
import {
  type ImageAccount,
  type ImagePlace,
  imagePath,
  type KnownJournal,
  leastBehind,
  type MarksImage,
  readImage,
} from "./marks-image.js";
import { lastChanges } from "./own-entries.js";
import type { PaperTable } from "./paper-table.js";
import type { SeenIds } from "./seen-ids.js";

/** How many bytes are written in one step. */
const bytesAtOnce = 1 << 19;
/** The last bytes of a journal that are known again at once. */
const tailLength = 256;
/** With more lines that are no entries than this a journal is no usual one. */
const mostSkipped = 1_000;
/** A file half written is one that its process has left after so many milliseconds. */
const longestWriting = 60 * 60 * 1_000;

interface Folded {
  readonly account: ImageAccount;
  readonly marks: Marks;
  readonly seen: SeenIds;
  /** Papers that were seen at an earlier visit. */
  readonly shown: PaperTable;
  readonly own: string;
  readonly titles: MarkedTitles;
  /** How many bytes no image had. */
  readonly read: number;
}

/**
 * Makes the image of a place, in steps of a few milliseconds, and puts it in the place of the one before.
 * It only describes what it has read itself, every byte of it: where another process appends meanwhile,
 * that is not in it, and where one writes an image too, the last one stands. Throws where a journal
 * cannot be read or the image not be written, and on a Node without checksums: there is none then.
 *
 * @param now milliseconds since 1970
 * @param least how many bytes of journals that no image has are enough to do
 * @returns whether there was enough to do for it
 */
export function* renewImage(place: ImagePlace, now: number, least = leastBehind): Generator<void, boolean> {
  const previous = readImage(place);
  yield;
  let folded = previous && (yield* fold(place, previous, now));
  if (folded !== null && folded.read < least) return false;
  folded ??= yield* fold(place, null, now);
  if (folded === null) throw new Error("the journals change too fast");
  if (folded.read < least) return false;
  yield* write(imagePath(place), folded);
  return true;
}

/** Reads and folds the journals, what is behind `previous` of them or all; `null` where it does not fit them. */
function* fold(
  { state, machine, program }: ImagePlace,
  previous: MarksImage | null,
  now: number,
): Generator<void, Folded | null> {
  const paths = findJournals(state);
  if (previous !== null && !isSameSet(paths, previous)) return null;
  const own = journalPath(state, machine);
  const names = [...new Set([...paths, own].map((path) => basename(path)))].sort();
  const skipped: [string, LineFault, number][] = [...(previous?.account.skipped ?? [])].map((one) => [
    ...one,
  ]);
  const readings: Reading[] = [];
  for (const path of paths) {
    const reading = yield* read(path, previous, skipped);
    if (reading === null) return null;
    readings.push(reading);
  }
  if (skipped.length > mostSkipped) throw new Error("too many lines are no entries");

  const length = readings.reduce((sum, { behind }) => sum + behind.length, 0);
  const folded =
    (yield* foldOnto(readings, { previous, machine, names })) ??
    (previous === null ? yield* foldSorted(readings, machine, names) : null);
  if (folded === null) return null;
  const { marks, seen, changes, titles } = folded;
  if (skipped.length > mostSkipped) throw new Error("too many lines are no entries");
  const shown = yield* seenForImage(state, previous);
  if (shown === null) return null;
  // Compacted meanwhile: an image of these files would never be of use.
  if (findJournals(state).join("\n") !== paths.join("\n")) return null;
  const history = lastChanges([...(previous?.own() ?? []), ...changes.entries()].sort(compareEntries));
  const account: ImageAccount = {
    of: { state, machine, program },
    journals: readings.map(known),
    names,
    seen: shown.files,
    readAt: now,
    counts: { papers: 0, marked: 0, titles: 0, dois: 0 },
    unknown: [...marks.unknown],
    skipped,
  };
  return {
    account,
    marks,
    seen,
    shown: shown.table,
    titles,
    own: JSON.stringify(history),
    read: length + shown.read,
  };
}

/** Reads a journal; `null` where it does not begin as it is known. */
function* read(
  path: string,
  previous: MarksImage | null,
  skipped: [string, LineFault, number][],
): Generator<void, Reading | null> {
  const name = basename(path);
  const known = previous?.account.journals.find((one) => one.name === name) ?? null;
  const behind = yield* readBehind(path, known);
  if (behind === null) return null;
  const scan = new JournalScan({
    name: path,
    bytes: behind.bytes,
    length: behind.length,
    after: known?.last ?? null,
    from: known?.length ?? 0,
    lines: known?.lines ?? 0,
    goesOn: true,
    skipped: (fault, line) => skipped.push([name, fault, line]),
  });
  return { path, known, behind, scan };
}

/** A journal as the image is to know it, when its scan is at the end. */
function known({ path, known, behind: { stats, sum, bytes }, scan }: Reading): KnownJournal {
  const { at, lines } = scan.settled;
  const before = Buffer.from(known?.tail ?? "", "base64");
  const tail =
    at >= tailLength ? bytes.subarray(at - tailLength, at) : Buffer.concat([before, bytes.subarray(0, at)]);
  return {
    name: basename(path),
    stats,
    length: (known?.length ?? 0) + at,
    lines,
    sum: sumOf(bytes.subarray(0, at), sum),
    tail: tail.subarray(Math.max(0, tail.length - tailLength)).toString("base64"),
    newest: Math.max(known?.newest ?? -1, scan.newest),
    last: scan.last(),
  };
}

/** Writes the image beside its place and then moves it there: readers see this one or the one before. */
function* write(path: string, { account, marks, seen, shown, own, titles }: Folded): Generator<void, void> {
  const { columns, counts } = yield* marks.table.columns();
  const { columns: shownColumns } = yield* shown.columns();
  const text = (value: string) => new TextEncoder().encode(value);
  const core = joined({
    account: text(JSON.stringify({ ...account, counts })),
    "paper directory": columns.directory,
    "paper starts": columns.starts,
    "paper ids": columns.ids,
    "paper bits": columns.bits,
    "paper stamps": columns.stamps,
    "seen directory": shownColumns.directory,
    "seen starts": shownColumns.starts,
    "seen ids": shownColumns.ids,
    ids: text(JSON.stringify(seen.stored())),
    own: text(own),
  });
  yield;
  const { directory, hashes, lines } = yield* titles.columns();
  const rest = joined({ "title directory": directory, "title hashes": hashes, "title lines": lines });
  const head = encodeHead({
    coreLength: lengthOf(core),
    coreSum: yield* sumOfAll(core),
    restLength: lengthOf(rest),
    restSum: yield* sumOfAll(rest),
  });
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  removeLeft(path);
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    const file = openSync(temporary, "w", 0o600);
    try {
      for (const piece of [head, ...core, ...rest]) {
        for (let from = 0; from < piece.length; ) {
          from += writeSync(file, piece, from, Math.min(bytesAtOnce, piece.length - from));
          yield;
        }
      }
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } finally {
    // Also where nobody takes the steps that are left.
    rmSync(temporary, { force: true });
  }
}

/** Removes what a process has left that was ended while it wrote. */
function removeLeft(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    const left = join(dirname(path), name);
    if (!name.startsWith(`${basename(path)}.`)) continue;
    const isLeft = Date.now() - (statSync(left, { throwIfNoEntry: false })?.mtimeMs ?? 0) > longestWriting;
    if (isLeft) rmSync(left, { force: true });
  }
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

function* sumOfAll(pieces: readonly Uint8Array[]): Generator<void, number> {
  let sum = 0;
  for (const piece of pieces) {
    sum = sumOf(piece, sum);
    yield;
  }
  return sum;
}
