import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { describeReadError, fsErrorCode } from "../files/fs-errors.js";
import { foldJournals } from "./fold.js";
import { JournalProblems, journalPath, readJournal, readJournals } from "./journal-reader.js";
import { JournalScan } from "./journal-scan.js";
import { decodeKept, readKeptPapers } from "./kept-papers.js";
import { LeftOut } from "./left-out.js";
import { padding } from "./plain-line.js";
import { SeenIds } from "./seen-ids.js";

/** What came of taking a file in. */
export interface Merged {
  /** How many changes, or kept papers, it had that were not known here. */
  readonly added: number;
  /** The file they are in now; `null` where nothing had to be added. */
  readonly path: string | null;
  /** Sentences: lines that could not be read, or why nothing was taken in (then `added` is 0). */
  readonly problems: readonly string[];
  /** Whether the file could be taken in, also where there was nothing new in it. */
  readonly isDone: boolean;
}

/**
 * Takes in a copy of a journal, or of what was kept of papers: a backup, another machine's file, a
 * conflict copy (`marks-laptop.sync-conflict-20261123.jsonl`). Nothing that is there is rewritten: a
 * copy with anything new in it is put, as it is, beside the other files of the state directory, where
 * it is read as one of them and each change counts once. Never throws.
 *
 * @param machine this machine's name; a copy of its own journal takes that name where there is none
 */
export function mergeFile(stateDirectory: string, machine: string, path: string): Merged {
  try {
    if (isIn(stateDirectory, path)) return done(0, null, []);
    const { bytes, length } = readJournal(path);
    return mergeBytes(stateDirectory, machine, basename(path), bytes.subarray(0, length));
  } catch (error) {
    return refused(describeReadError(error, path));
  }
}

/** The files of a folder that `mergeFile` could take in; the path itself where it is no folder. */
export function mergeable(path: string): readonly string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => /^(?:marks|papers)-.+\.jsonl$/.test(name))
    .sort()
    .map((name) => join(path, name));
}

/**
 * `mergeFile` for bytes in memory. Throws where they cannot be written.
 * @param name what the file was called: what it becomes is called after it
 */
export function mergeBytes(stateDirectory: string, machine: string, name: string, bytes: Buffer): Merged {
  const problems = new JournalProblems();
  const marks = newEntries(stateDirectory, name, bytes, problems);
  if (marks.read > 0) {
    if (marks.added === 0) return done(0, null, problems.sentences());
    const own = journalPath(stateDirectory, machine);
    const isOwn = name === basename(own);
    const path = keepCopy(stateDirectory, "marks", name, bytes, isOwn ? own : null);
    return done(marks.added, path, problems.sentences());
  }
  const kept = newPapers(stateDirectory, bytes);
  if (kept.read === 0) return refused(`${name} holds no marks`);
  const path = kept.added === 0 ? null : keepCopy(stateDirectory, "papers", name, bytes);
  return done(kept.added, path, []);
}

function done(added: number, path: string | null, problems: readonly string[]): Merged {
  return { added, path, problems, isDone: true };
}

function refused(why: string): Merged {
  return { added: 0, path: null, problems: [`${why}.`], isDone: false };
}

/** Whether the file is read from the state directory anyway. */
function isIn(stateDirectory: string, path: string): boolean {
  try {
    const isNamed = /^(?:marks|papers)-.+\.jsonl$/.test(basename(path));
    return isNamed && realpathSync(dirname(path)) === realpathSync(stateDirectory);
  } catch {
    return false;
  }
}

/** How many entries the bytes have, and how many of these no journal here has. */
function newEntries(stateDirectory: string, name: string, bytes: Buffer, problems: JournalProblems) {
  const seen = new SeenIds("");
  const here = readJournals(stateDirectory).map((journal) => {
    if ("error" in journal) throw journal.error;
    return new JournalScan({ name: journal.path, ...journal });
  });
  const leftOut = new LeftOut();
  foldJournals(here, seen, ({ entry }) => {
    if (entry?.leftOut !== undefined) leftOut.addAll(entry.leftOut);
  });
  const scan = new JournalScan({
    name,
    bytes: Buffer.concat([bytes, Buffer.alloc(padding)]),
    length: bytes.length,
    skipped: problems.line.bind(problems, name),
  });
  let read = 0;
  let added = 0;
  for (; !scan.isAtEnd; scan.advance()) {
    if (scan.entry?.leftOut !== undefined) continue;
    read += 1;
    if (seen.addFrom(scan) && !leftOut.has(scan.id())) added += 1;
  }
  return { read, added };
}

/** The same of papers that were kept; one that is here in another form counts as new. */
function newPapers(stateDirectory: string, bytes: Buffer) {
  const papers = bytes
    .toString()
    .split("\n")
    .flatMap((line) => decodeKept(line) ?? []);
  const here = readKeptPapers(stateDirectory, new Set(papers.map(({ id }) => id)));
  const added = papers.filter(({ id, paper }) => JSON.stringify(here.get(id)) !== JSON.stringify(paper));
  return { read: papers.length, added: added.length };
}

/**
 * Writes a copy under a name that is free and that is read from then on; it is there whole or not at all.
 * @param wanted the path it has where that is free
 * @returns the path it has
 */
export function keepCopy(
  stateDirectory: string,
  kind: "marks" | "papers",
  name: string,
  bytes: Buffer,
  wanted: string | null = null,
): string {
  mkdirSync(stateDirectory, { recursive: true, mode: 0o700 });
  const plain = name
    .replace(/^(?:marks|papers)-/, "")
    .replace(/\.jsonl?$/, "")
    .replace(/[^A-Za-z0-9.-]+/g, "-")
    .slice(0, 100);
  for (let number = 0; ; number += 1) {
    const suffix = number < 2 ? "merged" : `merged-${number}`;
    const path =
      number === 0 && wanted !== null
        ? wanted
        : join(stateDirectory, `${kind}-${plain || "copy"}-${suffix}.jsonl`);
    try {
      create(path, bytes);
      return path;
    } catch (error) {
      if (fsErrorCode(error) !== "EEXIST" || number > 1_000) throw error;
    }
  }
}

/** Makes a file that is not there yet, and sees to it that it is on the disk. */
export function create(path: string, bytes: Buffer): void {
  const file = openSync(path, "wx", 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(path, { force: true });
    throw error;
  }
  closeSync(file);
}
