import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { fsErrorCode } from "../files/fs-errors.js";
import { compacted } from "./compacted.js";
import { findSegments, journalPath, readJournal } from "./journal-reader.js";

/** What compaction came to. */
export interface Compaction {
  /** How many files there were, and are of those. */
  readonly files: number;
  /** How many bytes and changes there were, and are. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly changesBefore: number;
  readonly changesAfter: number;
}

/** How old a file is that a compaction has begun and will not end, in milliseconds. */
const abandoned = 3_600_000;

/**
 * Writes what this machine's journal comes to into one shorter file, without the changes that later
 * ones have made pointless (`compacted.ts`).
 *
 * It needs no lock, may be ended at any moment, and may be done by several at once while others mark:
 *
 * 1. The journal is *sealed*: put aside under a name of its own that is read like any other. Whoever
 *    marks next begins a new one; and whoever had it open to write sees that it lost its name, and
 *    writes the same again before it says that it is saved (`appendLines`). So what is acknowledged was
 *    in the sealed file before that was put aside, or is in another.
 * 2. All that was sealed or compacted before is folded into a *base*, which is on the disk before it
 *    gets a name that is read, and is never changed again.
 * 3. Only then is removed what was read. Until then a change stands in several files and counts once;
 *    whoever reads meanwhile looks whether the files are still the same (`readJournals`).
 *
 * Nobody removes a file but who has put all that he read of it into another, so two that compact at
 * the same moment leave two bases that say the same, which are one the next time.
 *
 * @returns `null` where there is no journal
 * @throws where files cannot be read or written; then nothing is lost, and no base made
 */
export function compactJournal(stateDirectory: string, machine: string): Compaction | null {
  if (!existsSync(stateDirectory)) return null;
  const directory = realpathSync(stateDirectory);
  seal(stateDirectory, machine);
  const sources = findSegments(stateDirectory, machine).flatMap((path) => {
    try {
      return [{ path, ...readJournal(path) }];
    } catch (error) {
      // Another compaction was faster: what was in it is in that one's base.
      if (fsErrorCode(error) === "ENOENT") return [];
      throw error;
    }
  });
  if (sources.length === 0) return null;
  removeAbandoned(stateDirectory, machine);
  const unique = uniqueName();
  const { lines, ...changes } = compacted(sources, machine, `left-out:${machine}:${unique}-1`);
  const bytesBefore = sources.reduce((sum, { length }) => sum + length, 0);
  const bytesAfter = lines.reduce((sum, line) => sum + line.length, 0);
  const figures = { files: sources.length, bytesBefore, ...changes };
  if (sources.length === 1 && bytesAfter >= bytesBefore) {
    return { ...figures, bytesAfter: bytesBefore, changesAfter: changes.changesBefore };
  }
  publish(lines, segmentPath(stateDirectory, machine, "base", unique));
  // Where the directory was moved meanwhile (`move-state.ts`) these may be other files.
  if (realpathSync(stateDirectory) === directory) {
    for (const { path, stats } of sources) removeRead(path, stats);
  }
  return { ...figures, bytesAfter };
}

/** Puts the journal aside, where there is one. */
function seal(stateDirectory: string, machine: string): void {
  const path = journalPath(stateDirectory, machine);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isFile()) throw new Error("is a link or a folder; only an ordinary file is compacted");
  try {
    renameSync(path, segmentPath(stateDirectory, machine, "sealed", uniqueName()));
  } catch (error) {
    if (fsErrorCode(error) !== "ENOENT") throw error;
  }
}

/** A name that nobody else takes. */
function uniqueName(): string {
  const random = Math.floor(Math.random() * 2 ** 50).toString(36);
  return `${Date.now().toString(36)}-${process.pid.toString(36)}${random}`;
}

function segmentPath(
  stateDirectory: string,
  machine: string,
  kind: "sealed" | "base",
  unique: string,
): string {
  return join(stateDirectory, `marks-${machine}.${kind}-${unique}.jsonl`);
}

/** Writes a file that is whole and on the disk before it can be met under its name. */
function publish(lines: readonly Buffer[], path: string): void {
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, "wx", 0o600);
  try {
    try {
      writeAll(file, lines);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncDirectory(join(path, ".."));
}

/** How many bytes are written at once. */
const together = 1 << 20;

function writeAll(file: number, lines: readonly Buffer[]): void {
  let waiting: Buffer[] = [];
  let length = 0;
  const write = () => {
    const bytes = Buffer.concat(waiting);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    waiting = [];
    length = 0;
  };
  for (const line of lines) {
    waiting.push(line);
    length += line.length;
    if (length >= together) write();
  }
  write();
}

/** Sees to it that the new name outlives a power failure which the removal of the old ones outlives. */
function syncDirectory(path: string): void {
  let directory: number;
  try {
    directory = openSync(path, "r");
  } catch {
    return;
  }
  try {
    fsyncSync(directory);
  } catch {
    // Not every system can.
  } finally {
    closeSync(directory);
  }
}

/** Removes a file that was read whole; one that somebody has written to since stays till the next time. */
function removeRead(path: string, { size }: Stats): void {
  if (statSync(path, { throwIfNoEntry: false })?.size === size) rmSync(path, { force: true });
}

/** Removes what compactions have begun that were ended in between. */
function removeAbandoned(stateDirectory: string, machine: string): void {
  const beginning = `marks-${machine}.base-`;
  for (const name of readdirSync(stateDirectory)) {
    if (!name.startsWith(beginning) || !name.endsWith(".jsonl.tmp")) continue;
    const path = join(stateDirectory, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && Date.now() - stats.mtimeMs > abandoned) rmSync(path, { force: true });
  }
}
