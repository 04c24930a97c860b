import { closeSync, fstatSync, openSync, readdirSync, readSync, type Stats, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fsErrorCode } from "../files/fs-errors.js";
import type { LineFault } from "./journal-format.js";
import { padding } from "./plain-line.js";

/** The file a machine's journal is kept in. */
export function journalPath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `marks-${machine}.jsonl`);
}

/**
 * All journals in a state directory, sorted by name, as paths. None where the directory does not
 * exist yet; throws where it exists and cannot be read.
 */
export function findJournals(stateDirectory: string): readonly string[] {
  let names: string[];
  try {
    names = readdirSync(stateDirectory);
  } catch (error) {
    if (fsErrorCode(error) === "ENOENT") return [];
    throw error;
  }
  return names
    .filter((name) => /^marks-.+\.jsonl$/.test(name))
    .sort()
    .map((name) => join(stateDirectory, name));
}

/** What compaction (`compaction.ts`) calls the files that it puts a machine's journal into, behind the machine's name. */
const segmentName = /^\.(?:sealed|base)-[0-9a-z]+-[0-9a-z]+\.jsonl$/;

/**
 * The files into which compaction has put this machine's journal, sorted by name, as paths; not the
 * copies of them that synchronisation or people make.
 */
export function findSegments(stateDirectory: string, machine: string): readonly string[] {
  const beginning = `marks-${machine}`;
  return findJournals(stateDirectory).filter((path) => {
    const name = basename(path);
    return name.startsWith(beginning) && segmentName.test(name.slice(beginning.length));
  });
}

/** A journal with its bytes, or with what was thrown when it was read. */
export type ReadJournal =
  | (JournalBytes & { readonly path: string })
  | { readonly path: string; readonly error: unknown };

/** How often journals are read again that are compacted meanwhile. */
const mostTries = 50;

/**
 * Reads all journals as they were at one moment: where some were put into others meanwhile
 * (`compaction.ts`), which are no longer where they were and not yet where they were looked for, they
 * are looked for again. Throws where the directory exists and cannot be read.
 */
export function readJournals(stateDirectory: string): readonly ReadJournal[] {
  const known = new Map<string, JournalBytes>();
  let paths = findJournals(stateDirectory);
  for (let tries = 1; ; tries += 1) {
    const read = paths.map((path) => readAgain(path, known));
    const now = findJournals(stateDirectory);
    if (tries === mostTries || now.join("\n") === paths.join("\n")) return read;
    paths = now;
  }
}

/** Reads a journal, unless it is known and the same as it was. */
function readAgain(path: string, known: Map<string, JournalBytes>): ReadJournal {
  try {
    let journal = known.get(path);
    if (journal === undefined || !isSameFile(journal.stats, statSync(path))) journal = readJournal(path);
    known.set(path, journal);
    return { path, ...journal };
  } catch (error) {
    return { path, error };
  }
}

/** What tells whether a file is another than it was, or longer. */
export type FileStats = Pick<Stats, "dev" | "ino" | "size" | "mtimeMs">;

export function isSameFile(one: FileStats, other: FileStats): boolean {
  return (
    one.ino === other.ino && one.dev === other.dev && one.size === other.size && one.mtimeMs === other.mtimeMs
  );
}

/** The bytes of a file, from some place on, with `padding` zeros behind them. */
export interface JournalBytes {
  readonly bytes: Buffer;
  /** How many of them are the file's. */
  readonly length: number;
  /** What tells this file, as it is now, from another of its name. */
  readonly stats: Stats;
}

/**
 * The bytes of a journal from `from` on. Throws where it cannot be read or is not a file (a pipe
 * would never end).
 */
export function readJournal(path: string, from = 0): JournalBytes {
  const named = statSync(path);
  if (!named.isFile() && !named.isDirectory()) throw new Error("is not an ordinary file; move it away");
  const file = openSync(path, "r");
  try {
    const stats = fstatSync(file);
    const wanted = Math.max(0, stats.size - from);
    const bytes = Buffer.allocUnsafe(wanted + padding);
    let length = 0;
    while (length < wanted) {
      const read = readSync(file, bytes, length, wanted - length, from + length);
      if (read === 0) break;
      length += read;
    }
    // A folder is only found out by reading.
    if (wanted === 0) readSync(file, bytes, 0, 1, from);
    bytes.fill(0, length);
    return { bytes, length, stats };
  } finally {
    closeSync(file);
  }
}

/** A line of a journal, from 1. */
interface LinePlace {
  readonly name: string;
  readonly line: number;
}

/** Collects what could not be read, over all journals, into a few sentences for the footer. */
export class JournalProblems {
  readonly #unreadable: LinePlace[] = [];
  readonly #newer: LinePlace[] = [];
  readonly #files: string[] = [];

  /** A line that was skipped. */
  line(path: string, fault: LineFault, line: number): void {
    (fault === "newer version" ? this.#newer : this.#unreadable).push({ name: basename(path), line });
  }

  /** A journal, or the whole directory, that could not be read, in a sentence that says what follows. */
  file(sentence: string): void {
    this.#files.push(sentence);
  }

  /** One sentence or two a problem, the gravest first. */
  sentences(): readonly string[] {
    const said = [...this.#files];
    if (this.#unreadable.length > 0) {
      const was = this.#unreadable.length === 1 ? "was" : "were";
      said.push(
        `${counted(this.#unreadable)} could not be read and ${was} skipped ${places(this.#unreadable)}`,
      );
    }
    if (this.#newer.length > 0) {
      const was = this.#newer.length === 1 ? "was" : "were";
      said.push(
        `${counted(this.#newer)} ${was} written by a newer papers-tui and left alone ${places(this.#newer)}: update to see those marks`,
      );
    }
    return said;
  }
}

function counted(list: readonly LinePlace[]): string {
  return list.length === 1 ? "1 line of the journal" : `${list.length} lines of the journal`;
}

/** The first few places: whoever repairs a file wants to know where, the footer has one line. */
function places(list: readonly LinePlace[]): string {
  // Several journals are read side by side, and what is known of them from before comes first.
  const byPlace = [...list].sort((one, other) =>
    one.name === other.name ? one.line - other.line : one.name < other.name ? -1 : 1,
  );
  const shown = byPlace
    .slice(0, 3)
    .map(({ name, line }) => `${name}:${line}`)
    .join(", ");
  return list.length > 3 ? `(${shown}, …)` : `(${shown})`;
}
