import { closeSync, lstatSync, readdirSync, readSync, type Stats, statSync } from "node:fs";
import { basename, join } from "node:path";
import { crc32 } from "node:zlib";
import { fsErrorCode } from "../../files/fs-errors.js";
import { openRegular } from "../../files/regular.js";
import { decodeLine, entryTime, followsInEarlyRun, type JournalEntry, salvageLine } from "./format.js";
import { JournalProblems } from "./problems.js";

/** The path of a machine's journal. */
export function journalPath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `marks-${machine}.jsonl`);
}

/**
 * The paths of one kind of file (`marks-….jsonl`), sorted by name; empty if the directory does not exist.
 * @throws if the directory cannot be listed, or is a link to one that is not there
 */
export function filesCalled(kind: "marks" | "papers" | "seen", stateDirectory: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(stateDirectory);
  } catch (error) {
    const isLink = lstatSync(stateDirectory, { throwIfNoEntry: false })?.isSymbolicLink();
    if (fsErrorCode(error) === "ENOENT" && !isLink) return [];
    throw error;
  }
  return names
    .filter((name) => name.startsWith(`${kind}-`) && name.length > kind.length + 7 && name.endsWith(".jsonl"))
    .sort()
    .map((name) => join(stateDirectory, name));
}

/** Stats that show whether a file was replaced or has grown. */
export type FileStats = Pick<Stats, "ino" | "size" | "mtimeMs" | "ctimeMs">;

export function isSameFile(one: FileStats, other: FileStats): boolean {
  return one.ino === other.ino && one.size === other.size && one.mtimeMs === other.mtimeMs;
}

export type TakeEntry = (entry: JournalEntry) => void;

/** Bytes per read. */
const pieceLength = 1 << 16;
/** A change of a million papers has half as many bytes. More of a file in memory could be the end of the program. */
const longestLine = 1 << 28;
/** How many bytes before the offset are kept, to recognise the file. */
const tailLength = 256;
const newline = 0x0a;

/** How far a journal was read, so that reading can continue. Fits in JSON. */
export interface JournalState {
  readonly name: string;
  /** The file at that time. */
  stats: FileStats;
  /** The offset in bytes after the last line break, and how many lines precede it. */
  readTo: number;
  lines: number;
  /** A checksum of all bytes before the offset (0 on versions of Node without one), and the last of them. */
  checksum: number;
  tail: string;
  /** The last entry read, and its ordering time. */
  last: { readonly id: string; readonly time: string };
  /** A truncated line before the offset: it is complete if the next line begins with it. */
  torn: { readonly text: string; readonly line: number } | null;
}

const unread = {
  stats: { ino: 0, size: 0, mtimeMs: 0, ctimeMs: 0 },
  ...{ readTo: 0, lines: 0, checksum: 0, tail: "", last: { id: "", time: "" }, torn: null },
};

/**
 * Reads a journal line by line, and later the appended lines. Reports lines that are not entries, except a truncated
 * one whose whole text is on the next line.
 */
export class JournalFile {
  readonly path: string;
  readonly state: JournalState;
  #hadRest = false;

  /** @param state how far it was read before; the file must have the same beginning */
  constructor(path: string, state: JournalState = { name: basename(path), ...unread }) {
    this.path = path;
    this.state = state;
  }

  /** Whether entries after the offset were taken, or a truncated line may still prove complete. */
  get isOpen(): boolean {
    return this.state.torn !== null || this.#hadRest;
  }

  /**
   * Reads the lines after the offset.
   * @param isAll also the text after the last line break, which may be half a line
   * @returns `false` if the file no longer begins with the bytes read before; then nothing was taken
   * @throws if it is not a regular file or cannot be read
   */
  read(take: TakeEntry, problems: JournalProblems, isAll = false): boolean {
    const { file, stats } = openRegular(this.path);
    try {
      let { readTo, checksum } = this.state;
      if (stats.size < readTo || tailOf(file, readTo) !== this.state.tail) return false;
      let bytes = Buffer.allocUnsafe(pieceSize(stats.size - readTo));
      let length = 0;
      for (let read = -1; read !== 0; ) {
        read = readSync(file, bytes, length, bytes.length - length, readTo + length);
        length += read;
        const end = length === 0 ? 0 : bytes.lastIndexOf(newline, length - 1) + 1;
        this.#readLines(bytes.toString("utf8", 0, end), take, problems);
        checksum = crc32?.(bytes.subarray(0, end), checksum) ?? 0;
        readTo += end;
        bytes.copyWithin(0, end, length);
        length -= end;
        if (length > longestLine) throw new Error("has a line that is too long; move it away");
        // A line longer than the buffer needs a larger one.
        if (length === bytes.length) bytes = Buffer.concat([bytes], 2 * bytes.length);
      }
      const { ino, size, mtimeMs, ctimeMs } = stats;
      const tail = tailOf(file, readTo);
      Object.assign(this.state, { stats: { ino, size, mtimeMs, ctimeMs }, readTo, checksum, tail });
      if (isAll) this.#readRest(bytes.toString("utf8", 0, length), take, problems);
      return true;
    } finally {
      closeSync(file);
    }
  }

  /** Reads bytes in memory instead of the file. */
  readBytes(bytes: Buffer, take: TakeEntry, problems: JournalProblems): void {
    const end = bytes.lastIndexOf(newline) + 1;
    this.#readLines(bytes.toString("utf8", 0, end), take, problems);
    this.#readRest(bytes.toString("utf8", end), take, problems);
  }

  #readLines(text: string, take: TakeEntry, problems: JournalProblems): void {
    const { state } = this;
    // Some editors write a byte order mark; it means nothing.
    let start = state.lines === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (start < text.length) {
      const breaks = text.indexOf("\n", start);
      const line = text.slice(start, breaks < 0 ? text.length : breaks);
      start += line.length + 1;
      state.lines += 1;
      const { entry } = decodeLine(line);
      if (entry !== null && state.torn === null) this.#take(entry, take);
      else this.#salvage(line, take, problems);
    }
  }

  #take(entry: JournalEntry, take: TakeEntry): void {
    const { id } = entry;
    const { last } = this.state;
    const time = entryTime(entry);
    const isFollowing = time < last.time && followsInEarlyRun(id, last.id);
    take(isFollowing ? { ...entry, orderedAt: last.time } : entry);
    this.state.last = { id, time: isFollowing ? last.time : time };
  }

  /** Takes the entries of a damaged line, unless the next line may have it complete. */
  #salvage(text: string, take: TakeEntry, problems: JournalProblems): void {
    const { torn, lines: line } = this.state;
    if (torn !== null) problems[text.startsWith(torn.text) ? "forget" : "line"](this.path, "torn", torn.line);
    this.state.torn = null;
    if (text.trim() === "") return;
    const pieces = salvageLine(text);
    if (pieces.length === 1 && pieces[0]?.fault === "torn") {
      this.state.torn = { text, line };
      return;
    }
    for (const { entry, fault } of pieces) {
      if (entry === null) problems.line(this.path, fault, line);
      else this.#take(entry, take);
    }
  }

  /** Reads a last line without a line break, which is read again when it grows. */
  #readRest(rest: string, take: TakeEntry, problems: JournalProblems): void {
    const { lines } = this.state;
    if (rest !== "") this.#hadRest = true;
    this.#readLines(rest, take, problems);
    if (this.state.torn !== null) problems.line(this.path, "torn", this.state.torn.line);
    this.state.lines = lines;
  }
}

function pieceSize(left: number): number {
  return Math.min(pieceLength, Math.max(left, 0) + 1);
}

/** The last bytes before an offset. */
function tailOf(file: number, offset: number): string {
  const tail = Buffer.alloc(Math.min(tailLength, offset));
  readSync(file, tail, 0, tail.length, offset - tail.length);
  return tail.toString("latin1");
}

/** Whether a file begins with the bytes read at `readAt` (ms since 1970): untouched, or of the same checksum; may throw. */
export function stillBegins(path: string, state: JournalState, readAt: number): boolean {
  const { file, stats } = openRegular(path);
  try {
    // A change at the time of reading may leave the time stamps unchanged; those of FAT are two seconds apart.
    const isSettled = Math.max(stats.mtimeMs, stats.ctimeMs) + 3_000 < readAt;
    if (isSettled && isSameFile(state.stats, stats) && state.stats.ctimeMs === stats.ctimeMs) return true;
    if (stats.size < state.readTo) return false;
    const bytes = Buffer.allocUnsafe(pieceSize(state.readTo));
    let checksum = 0;
    for (let at = 0; at < state.readTo; ) {
      const read = readSync(file, bytes, 0, Math.min(bytes.length, state.readTo - at), at);
      if (read === 0) return false;
      checksum = crc32?.(bytes.subarray(0, read), checksum) ?? -1;
      at += read;
    }
    return checksum === state.checksum;
  } finally {
    closeSync(file);
  }
}

/**
 * Takes every entry of all journals, in no order, and some more than once. Never throws: `failed` gets each journal
 * that cannot be read, or the directory if it cannot be listed.
 */
export function readJournals(
  stateDirectory: string,
  take: TakeEntry,
  failed: (path: string, error: unknown) => void = () => {},
): void {
  let paths: readonly string[] = [];
  try {
    paths = filesCalled("marks", stateDirectory);
  } catch (error) {
    failed(stateDirectory, error);
  }
  for (const path of paths) {
    try {
      new JournalFile(path).read(take, new JournalProblems(), true);
    } catch (error) {
      failed(path, error);
    }
  }
}

/** The stats of a file; `null` if they cannot be read. */
export function statsOf(path: string): FileStats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    // A link to itself, or through a folder that cannot be entered.
    return null;
  }
}
