import { mkdirSync, readdirSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describeReadError, fsErrorCode } from "../files/fs-errors.js";
import { readRegular } from "../files/regular.js";
import { writeAtomic } from "../files/write-atomic.js";
import { JournalProblems } from "../library/journal/problems.js";
import { JournalFile, journalPath, readJournals } from "../library/journal/read.js";
import { keptIn } from "../library/papers-kept.js";
import { recordOf, recordsIn } from "../library/record-lines.js";

/** The result of merging a file. */
export interface Merged {
  /** How many new changes, or kept papers, it had. */
  readonly added: number;
  /** The file they are in now; `null` if nothing was added. */
  readonly path: string | null;
  /** Sentences: unreadable lines, or why the merge failed (then `added` is 0). */
  readonly problems: readonly string[];
  /** Whether the merge succeeded, even with nothing new. */
  readonly isDone: boolean;
  /** Whether the file is no journal. */
  readonly hasNoMarks?: boolean;
}

/**
 * Merges a copy of a journal, or of kept papers: a backup, another machine's file, a conflict copy
 * (`marks-laptop.sync-conflict-20261123.jsonl`). Changes no existing file: puts a copy with anything new into
 * the state directory, where it is read with the others and each change counts once. Never throws.
 *
 * @param machine this machine's name; a copy of its own journal gets that name if it is free
 */
export function mergeFile(stateDirectory: string, machine: string, path: string): Merged {
  try {
    if (isIn(stateDirectory, path)) return done(0, null, []);
    return mergeBytes(stateDirectory, machine, basename(path), readRegular(path));
  } catch (error) {
    return refused(describeReadError(error, path));
  }
}

/** The files of a folder that `mergeFile` accepts; the path itself if it is not a folder. */
export function mergeable(path: string): readonly string[] {
  try {
    return readdirSync(path)
      .filter((name) => /^(?:marks|papers)-.+\.jsonl$/.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch {
    // A file, or a path that `mergeFile` reports.
    return [path];
  }
}

/**
 * `mergeFile` for bytes in memory. Throws if they cannot be written.
 * @param name the name of the file; the copy is named after it
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
  if (kept.read === 0) return { ...refused(`${name} has no marks`), hasNoMarks: true };
  const path = kept.added === 0 ? null : keepCopy(stateDirectory, "papers", name, bytes);
  return done(kept.added, path, []);
}

function done(added: number, path: string | null, problems: readonly string[] = []): Merged {
  return { added, path, problems, isDone: true };
}

function refused(why: string): Merged {
  return { added: 0, path: null, problems: [`${why}.`], isDone: false };
}

/** Whether the file is already in the state directory. */
function isIn(stateDirectory: string, path: string): boolean {
  try {
    const isNamed = /^(?:marks|papers)-.+\.jsonl$/.test(basename(path));
    return isNamed && realpathSync(dirname(path)) === realpathSync(stateDirectory);
  } catch {
    return false;
  }
}

/** How many entries the bytes have, and how many of them are new. */
function newEntries(stateDirectory: string, name: string, bytes: Buffer, problems: JournalProblems) {
  const known = new Set<string>();
  readJournals(
    stateDirectory,
    ({ id }) => known.add(id),
    (path, error) => {
      // An unreadable file here does not prevent the merge.
      if (path === stateDirectory) throw error;
    },
  );
  let read = 0;
  let added = 0;
  const take = ({ id, papers }: { readonly id: string; readonly papers: readonly unknown[] }) => {
    // Earlier compactions wrote lines without papers, to say what they left out.
    if (papers.length === 0) return;
    read += 1;
    if (!known.has(id)) added += 1;
    known.add(id);
  };
  new JournalFile(name).readBytes(bytes, take, problems);
  return { read, added };
}

/** The same for kept papers. A line is new unless a newer one of its paper has all of its fields. */
function newPapers(stateDirectory: string, bytes: Buffer) {
  const papers = bytes
    .toString()
    .split("\n")
    .flatMap((line) => keptIn(recordOf(line) ?? {}) ?? []);
  const here = new Map<string, string>();
  for (const record of recordsIn("papers", stateDirectory)) {
    const { id, at, paper } = keptIn(record) ?? { id: "", at: "", paper: {} };
    for (const field of Object.keys(paper)) {
      const key = JSON.stringify([id, field]);
      if (at > (here.get(key) ?? "")) here.set(key, at);
    }
  }
  const added = papers.filter(({ id, at, paper }) =>
    Object.keys(paper).some((field) => at > (here.get(JSON.stringify([id, field])) ?? "")),
  );
  return { read: papers.length, added: new Set(added.map(({ id }) => id)).size };
}

/**
 * Writes a copy, completely or not at all, under a free name that is read from then on.
 * @param wanted the preferred path
 * @returns the path of the copy
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
      writeAtomic(path, bytes, { overwrite: false, sync: true });
      return path;
    } catch (error) {
      const isTaken = ["EEXIST", "ELOOP", "EISDIR"].includes(fsErrorCode(error) ?? "");
      if (!isTaken || number > 1_000) throw error;
    }
  }
}
