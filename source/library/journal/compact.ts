import { existsSync, lstatSync, readdirSync, realpathSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fsErrorCode } from "../../files/fs-errors.js";
import { type AssertHeld, withLockSync } from "../../files/lock.js";
import { readRegular } from "../../files/regular.js";
import { writeAtomic } from "../../files/write-atomic.js";
import { fields, type PaperChange } from "../../papers/marks.js";
import { History, inOrder } from "../history.js";
import { type JournalEntry, journalVersion } from "./format.js";
import { JournalProblems } from "./problems.js";
import { filesCalled, JournalFile, journalPath, statsOf } from "./read.js";

/** The result of a compaction. */
export interface Compaction {
  /** How many files became one. */
  readonly files: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly changesBefore: number;
  readonly changesAfter: number;
  /** How many lines that cannot be read were moved to the file at `unreadablePath`. */
  readonly unreadable: number;
}

/** A temporary file older than this is from an interrupted compaction, in milliseconds. */
const abandoned = 3_600_000;
/** How long to wait for another compaction, in milliseconds. */
const patience = 10_000;
/** The largest file of unreadable lines to which more are added, in bytes. */
const mostUnreadable = 1 << 26;
/** The end of the names that compaction gives to the parts of a journal. */
const segmentName = /^\.(?:sealed|base)-[0-9a-z]+-[0-9a-z]+\.jsonl$/;

/**
 * Rewrites this machine's journal without the changes that later ones have overwritten, under a lock. It may be
 * interrupted at any moment, and others may mark meanwhile:
 *
 * 1. *Seal*: the journal is renamed; its new name is read too. The next mark begins a new journal. A writer that had
 *    the old one open sees that its name is gone, and writes its lines again (`appendLines`).
 * 2. *Base*: all sealed files and bases are written to one new file, which gets its name once it is complete and on
 *    the disk. Lines that no version can read go to a file of their own.
 * 3. The old files are removed. Until then a change is in several files and counts once.
 *
 * @returns `null` if there is no journal
 * @throws if files cannot be read or written; nothing is lost then
 */
export function compactJournal(stateDirectory: string, machine: string): Compaction | null {
  if (!existsSync(stateDirectory) && filesCalled("marks", stateDirectory).length === 0) return null;
  const path = join(stateDirectory, `compacting-${machine}.lock`);
  return withLockSync({ path, holder: "compacting the journal", patience }, (assertHeld) =>
    compactAlone(stateDirectory, machine, assertHeld),
  );
}

/** The file of the lines that compaction found unreadable. Its name is none that is read. */
export function unreadablePath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `unreadable-${machine}.txt`);
}

function compactAlone(stateDirectory: string, machine: string, assertHeld: AssertHeld): Compaction | null {
  const directory = realpathSync(stateDirectory);
  // Nobody works on those any more, so this needs no lock.
  removeAbandoned(stateDirectory, machine);
  const own = journalPath(stateDirectory, machine);
  const hasOwn = isFile(own);
  const before = contentOf([...(hasOwn ? [own] : []), ...segments(stateDirectory, machine)], machine);
  if (before.files.length === 0) return null;
  const { bytesBefore, bytesAfter } = before.figures;
  // Its file keeps its name where nothing would be gained.
  if (before.files.length === 1 && bytesAfter >= bytesBefore) return before.figures;
  // Before anything is renamed.
  if (before.unreadable.length > 0) assertOrdinary(unreadablePath(stateDirectory, machine));
  assertHeld();
  if (hasOwn) seal(own, segmentPath(stateDirectory, machine, "sealed"));
  const { files, figures, lines, unreadable } = contentOf(segments(stateDirectory, machine), machine);
  if (files.length === 0) return null;
  setAside(unreadablePath(stateDirectory, machine), unreadable);
  writeAtomic(segmentPath(stateDirectory, machine, "base"), lines, { sync: true });
  // If the directory was moved meanwhile (`sync/move.ts`), these may be other files.
  if (realpathSync(stateDirectory) === directory) {
    for (const { path, state } of files) {
      // Files that somebody has written to since stay until the next compaction.
      if (statsOf(path)?.size === state.stats.size) rmSync(path, { force: true });
    }
  }
  return figures;
}

/** What compacting parts of a journal would leave. */
function contentOf(paths: readonly string[], machine: string) {
  const problems = new JournalProblems();
  const all: JournalEntry[] = [];
  const files = paths.map((path) => new JournalFile(path));
  for (const file of files) file.read((entry) => all.push(entry), problems, true);
  const changes = inOrder(all);
  const needed = neededChanges(changes, machine);
  const { kept, unreadable } = damagedLines(problems, new Set(changes.map(({ id }) => id)));
  // With the keys of later versions.
  const lines = [...needed.map((entry) => `${JSON.stringify({ v: journalVersion, ...entry })}\n`), ...kept];
  const figures: Compaction = {
    files: files.length,
    bytesBefore: files.reduce((sum, { state }) => sum + state.stats.size, 0),
    bytesAfter: lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0),
    changesBefore: changes.length,
    changesAfter: needed.length,
    unreadable: unreadable.length,
  };
  return { files, lines, unreadable, figures };
}

/** Whether there is a journal. Throws if its name is that of something else. */
function isFile(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  if (!stats.isFile()) throw new Error("is a link or a folder; only an ordinary file is compacted");
  return true;
}

function seal(path: string, sealed: string): void {
  try {
    renameSync(path, sealed);
  } catch (error) {
    if (fsErrorCode(error) !== "ENOENT") throw error;
  }
}

/** A unique name. */
function segmentPath(stateDirectory: string, machine: string, kind: "sealed" | "base"): string {
  const random = Math.floor(Math.random() * 2 ** 50).toString(36);
  const unique = `${Date.now().toString(36)}-${process.pid.toString(36)}${random}`;
  return join(stateDirectory, `marks-${machine}.${kind}-${unique}.jsonl`);
}

/** The sealed files and bases of this machine; not the copies that synchronisers or people make. */
export function segments(stateDirectory: string, machine: string): readonly string[] {
  const beginning = `marks-${machine}`;
  return filesCalled("marks", stateDirectory).filter((path) => {
    const name = basename(path);
    return name.startsWith(beginning) && segmentName.test(name.slice(beginning.length));
  });
}

/**
 * The changes that still matter. Of several that set the same field of a paper, with the same title and author,
 * this is the last, even if it removes a mark. Everything that can be undone or redone stays too.
 */
function neededChanges(changes: readonly JournalEntry[], machine: string): JournalEntry[] {
  const last = new Map<string, JournalEntry>();
  const history = new History();
  for (const entry of changes) {
    for (const one of entry.papers) for (const field of fieldsOf(one)) last.set(keyOf(one, field), entry);
    if (entry.id.startsWith(`${machine}:`)) history.add(entry);
  }
  const kept = new Set(history.entries());
  return changes.flatMap((entry) => {
    if (kept.has(entry)) return [entry];
    const papers = entry.papers.flatMap((one) => {
      const gone: readonly string[] = fieldsOf(one).filter((field) => last.get(keyOf(one, field)) !== entry);
      if (gone.length === fieldsOf(one).length) return [];
      // The values before a change only serve undo.
      const kept = Object.entries(one).filter(([key]) => !gone.includes(key) && key !== "before");
      return [Object.fromEntries(kept) as never];
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

/** The damaged lines, each once: those to keep for a later version or day, and those that are complete nowhere. */
function damagedLines(problems: JournalProblems, ids: ReadonlySet<string>) {
  const texts = new Map<string, readonly string[]>();
  const kept = new Set<string>();
  const unreadable = new Set<string>();
  for (const { path, line, fault } of problems.lines) {
    // Latin-1 keeps all bytes as they are.
    const lines = texts.get(path) ?? readRegular(path).toString("latin1").split("\n");
    texts.set(path, lines);
    const text = lines[line - 1] as string;
    const begun = /^\{"v":1,"id":"([^"\\]+)"/.exec(text)?.[1];
    if (fault === "newer version" || fault === "far future") kept.add(text);
    else if (begun === undefined || !ids.has(begun) || text.indexOf('{"v":', 1) >= 0) unreadable.add(text);
  }
  const bytes = (lines: ReadonlySet<string>) => [...lines].map((line) => Buffer.from(`${line}\n`, "latin1"));
  return { kept: bytes(kept), unreadable: bytes(unreadable) };
}

/** Adds lines to the file of unreadable ones, unless an interrupted compaction has. */
function setAside(path: string, lines: readonly Buffer[]): void {
  if (lines.length === 0) return;
  const before = assertOrdinary(path) ? readRegular(path) : Buffer.alloc(0);
  const fresh = lines.filter((line) => !before.includes(line));
  writeAtomic(path, [before, ...fresh], { sync: true });
}

/**
 * Whether the file of unreadable lines is there. Throws if another thing has its name, as a link that a synchroniser
 * brought, or if it is too large to be searched.
 */
function assertOrdinary(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const why = stats?.isFile() ? "is too large" : "is no ordinary file";
  if (stats && (!stats.isFile() || stats.size > mostUnreadable))
    throw Object.assign(new Error(`${why}; move it away`), { path });
  return stats !== undefined;
}

/** Removes the temporary files of interrupted compactions. */
function removeAbandoned(stateDirectory: string, machine: string): void {
  for (const name of readdirSync(stateDirectory)) {
    if (!name.startsWith(`marks-${machine}.base-`) || !name.endsWith(".tmp")) continue;
    const path = join(stateDirectory, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats && Date.now() - stats.mtimeMs > abandoned) rmSync(path, { force: true });
  }
}
