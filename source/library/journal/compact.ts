import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, join } from "node:path";
import { fsErrorCode } from "../../files/fs-errors.js";
import { withLock } from "../../files/lock.js";
import { readRegular } from "../../files/regular.js";
import { writeAtomic } from "../../files/write-atomic.js";
import { fields, type PaperChange } from "../../papers/marks.js";
import { compareEntries, History } from "../history.js";
import { encodeLine, type JournalEntry, journalVersion } from "./format.js";
import { findJournals, JournalFile, JournalProblems, journalPath, statsOf } from "./read.js";

/** What compaction came to. */
export interface Compaction {
  /** How many files there were that are one now. */
  readonly files: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly changesBefore: number;
  readonly changesAfter: number;
}

/** How old a temporary file is that a compaction has begun and will not end, in milliseconds. */
const abandoned = 3_600_000;
/** What compaction calls the files that it puts a machine's journal into, after the machine's name. */
const segmentName = /^\.(?:sealed|base)-[0-9a-z]+-[0-9a-z]+\.jsonl$/;

/**
 * Writes this machine's journal anew without the changes that later ones have made pointless. By hand only,
 * and under a lock, so that no two do it at once. It may be ended at any moment while others mark:
 *
 * 1. The journal is *sealed*: renamed to a name that is read like any other. The next mark begins a new
 *    one; whoever had it open to write sees that it lost its name, and writes the same again before it
 *    says that it is saved (`appendLines`). So what is acknowledged was in the sealed file before that was
 *    renamed, or is in another.
 * 2. What was sealed or compacted before is written to a *base*, which is whole and on the disk before it
 *    gets a name that is read, and is never changed again.
 * 3. Only then are those files removed. Until then a change is in several files and counts once.
 *
 * @returns `null` where there is no journal
 * @throws where files cannot be read or written; then nothing is lost, and no base made
 */
export function compactJournal(stateDirectory: string, machine: string): Compaction | null {
  const isThere = [journalPath(stateDirectory, machine), ...segments(stateDirectory, machine)].some(
    (path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined,
  );
  if (!isThere) return null;
  const lock = join(stateDirectory, `compacting-${machine}.lock`);
  return withLock(lock, () => compactAlone(stateDirectory, machine));
}

function compactAlone(stateDirectory: string, machine: string): Compaction | null {
  const directory = realpathSync(stateDirectory);
  seal(stateDirectory, machine);
  const problems = new JournalProblems();
  const all: JournalEntry[] = [];
  const files = segments(stateDirectory, machine).map((path) => new JournalFile(path));
  for (const file of files) file.read((entry) => all.push(entry), problems, true);
  if (files.length === 0) return null;
  removeAbandoned(stateDirectory, machine);
  const sizes = files.map(({ state }) => state.stats.size);
  const bytesBefore = sizes.reduce((sum, size) => sum + size, 0);
  all.sort(compareEntries);
  const changes = all.filter(
    (entry, at) => at === 0 || compareEntries(entry, all[at - 1] as JournalEntry) !== 0,
  );
  const left = standing(changes, machine);
  const lines = [
    ...left.map((entry) => `${lineOf(entry)}\n`),
    ...damagedLines(problems, new Set(changes.map(({ id }) => id))),
  ];
  const bytesAfter = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  const figures = { files: files.length, bytesBefore, changesBefore: changes.length };
  if (files.length === 1 && bytesAfter >= bytesBefore) {
    return { ...figures, bytesAfter: bytesBefore, changesAfter: changes.length };
  }
  writeAtomic(segmentPath(stateDirectory, machine, "base"), lines, { sync: true });
  syncDirectory(stateDirectory);
  // Where the directory was moved meanwhile (`move-state.ts`) these may be other files.
  if (realpathSync(stateDirectory) === directory) {
    for (const [at, { path }] of files.entries()) {
      // One that somebody has written to since stays till the next time.
      if (statsOf(path)?.size === sizes[at]) rmSync(path, { force: true });
    }
  }
  return { ...figures, bytesAfter, changesAfter: left.length };
}

/** Puts the journal aside, where there is one. */
function seal(stateDirectory: string, machine: string): void {
  const path = journalPath(stateDirectory, machine);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isFile()) throw new Error("is a link or a folder; only an ordinary file is compacted");
  try {
    renameSync(path, segmentPath(stateDirectory, machine, "sealed"));
  } catch (error) {
    if (fsErrorCode(error) !== "ENOENT") throw error;
  }
}

/** A name that nobody else takes. */
function segmentPath(stateDirectory: string, machine: string, kind: "sealed" | "base"): string {
  const random = Math.floor(Math.random() * 2 ** 50).toString(36);
  const unique = `${Date.now().toString(36)}-${process.pid.toString(36)}${random}`;
  return join(stateDirectory, `marks-${machine}.${kind}-${unique}.jsonl`);
}

/** The files into which this machine's journal was put; not the copies that synchronisation or people make. */
function segments(stateDirectory: string, machine: string): readonly string[] {
  const beginning = `marks-${machine}`;
  return findJournals(stateDirectory).filter((path) => {
    const name = basename(path);
    return name.startsWith(beginning) && segmentName.test(name.slice(beginning.length));
  });
}

/**
 * The changes that still matter, with the values that stand: of several that set the same field of a paper,
 * under the same title and by the same author, the last, also where it takes a mark away; and all that can
 * be undone or done again.
 */
function standing(changes: readonly JournalEntry[], machine: string): JournalEntry[] {
  const last = new Map<string, JournalEntry>();
  const history = new History();
  for (const entry of changes) {
    for (const one of entry.papers) for (const field of fieldsOf(one)) last.set(keyOf(one, field), entry);
    if (entry.id.startsWith(`${machine}:`)) history.add(entry);
  }
  const kept = new Set(history.lines().map(({ line }) => line));
  return changes.flatMap((entry) => {
    if (kept.has(encodeLine(entry))) return [entry];
    const papers = entry.papers.flatMap((one) => {
      const gone: readonly string[] = fieldsOf(one).filter((field) => last.get(keyOf(one, field)) !== entry);
      if (gone.length === fieldsOf(one).length) return [];
      return [Object.fromEntries(Object.entries(one).filter(([key]) => !gone.includes(key))) as never];
    });
    return papers.length === 0 ? [] : [{ ...entry, papers }];
  });
}

function fieldsOf(change: PaperChange) {
  return fields.filter((field) => change[field] !== undefined);
}

function keyOf({ paper, title, by = "" }: PaperChange, field: string): string {
  return [field, paper, title, by].join("\0");
}

/** The line of an entry that was read from one, also with the keys that only later versions know. */
function lineOf(entry: JournalEntry): string {
  return JSON.stringify({ v: journalVersion, ...entry });
}

/** The lines that could not be read, as they are, each once; but for what broke off and is whole elsewhere. */
function damagedLines(problems: JournalProblems, ids: ReadonlySet<string>): readonly Buffer[] {
  const lines = new Set<string>();
  for (const path of new Set(problems.lines.map((one) => one.path))) {
    const numbers = new Set(problems.lines.filter((one) => one.path === path).map(({ line }) => line));
    const texts = readRegular(path).toString("latin1").split("\n");
    for (const number of numbers) {
      const text = texts[number - 1] as string;
      const begun = /^\{"v":1,"id":"([^"\\]+)"/.exec(text)?.[1];
      const isWhole = begun !== undefined && ids.has(begun) && text.indexOf('{"v":', 1) < 0;
      if (!isWhole) lines.add(`${text}\n`);
    }
  }
  // Bytes that are no text come out as they went in.
  return [...lines].map((line) => Buffer.from(line, "latin1"));
}

/** Makes sure that the new name outlives a power failure which the removal of the old ones outlives. */
function syncDirectory(path: string): void {
  try {
    const directory = openSync(path, "r");
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  } catch {
    // Not every system can.
  }
}

/** Removes what compactions have begun that were ended in between. */
function removeAbandoned(stateDirectory: string, machine: string): void {
  for (const name of readdirSync(stateDirectory)) {
    if (!name.startsWith(`marks-${machine}.base-`) || !name.endsWith(".tmp")) continue;
    const path = join(stateDirectory, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats && Date.now() - stats.mtimeMs > abandoned) rmSync(path, { force: true });
  }
}
