import { closeSync, readdirSync, readSync, type Stats, statSync } from "node:fs";
import { basename, join } from "node:path";
import { crc32 } from "node:zlib";
import { fsErrorCode } from "../../files/fs-errors.js";
import { openRegular } from "../../files/regular.js";
import { decodeLine, entryTime, followsInEarlyRun, type JournalEntry, salvageLine } from "./format.js";
import type { JournalProblems } from "./problems.js";

/** The path of a machine's journal. */
export function journalPath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `marks-${machine}.jsonl`);
}

/**
 * The paths of one kind of file in a state directory (`marks-….jsonl`), sorted by name; empty if the directory
 * does not exist.
 * @throws if the directory cannot be listed
 */
export function filesCalled(kind: "marks" | "papers" | "seen", stateDirectory: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(stateDirectory);
  } catch (error) {
    if (fsErrorCode(error) === "ENOENT") return [];
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
/** How many bytes before the offset are kept, to recognise the file. */
const tailLength = 256;
const newline = 0x0a;

/** How far a journal was read, so that reading can continue. Fits in JSON. */
export interface JournalState {
  readonly name: string;
  /** The file at that time. */
  readonly stats: FileStats;
  /** The offset in bytes after the last line break, and how many lines precede it. */
  readonly readTo: number;
  readonly lines: number;
  /** A checksum of all bytes before the offset; 0 on versions of Node without one. */
  readonly checksum: number;
  /** The last entry before the offset, and its ordering time. */
  readonly last: { readonly id: string; readonly time: string };
}

/** A truncated line: it is complete if the next line begins with it. */
interface Torn {
  readonly text: string;
  readonly line: number;
}

/**
 * Reads a journal line by line, and later the appended lines. Skips and reports lines that are not entries. A
 * truncated line whose whole text is on the next line is skipped silently, because nothing is missing.
 */
export class JournalFile {
  readonly path: string;
  #state: JournalState;
  /** `null` if not known yet. */
  #tail: Buffer | null = null;
  #torn: Torn | null = null;
  #hadRest = false;
  /** The last entry read, and its ordering time. */
  #last = { id: "", time: "" };

  /** @param state how far it was read before; the file must have the same beginning */
  constructor(path: string, state: JournalState | null = null) {
    this.path = path;
    const stats = { ino: 0, size: 0, mtimeMs: 0, ctimeMs: 0 };
    this.#state = state ?? {
      name: basename(path),
      stats,
      readTo: 0,
      lines: 0,
      checksum: 0,
      last: this.#last,
    };
    this.#last = { ...this.#state.last };
  }

  get state(): JournalState {
    return this.#state;
  }

  /** Whether entries after the offset were taken, or a truncated line may still prove complete. */
  get isOpen(): boolean {
    return this.#torn !== null || this.#hadRest;
  }

  /**
   * Reads the lines after the offset.
   * @param isAll also the text after the last line break, which may be half a line
   * @returns `false` if the file no longer begins with the bytes read before; then nothing was taken
   * @throws if it is not a regular file or cannot be read
   */
  read(take: TakeEntry, problems: JournalProblems | null = null, isAll = false): boolean {
    const { file, stats } = openRegular(this.path);
    try {
      if (!this.#begins(file, stats.size)) return false;
      let { readTo, checksum } = this.#state;
      let bytes = Buffer.allocUnsafe(pieceSize(stats.size - readTo));
      let length = 0;
      for (;;) {
        const read = readSync(file, bytes, length, bytes.length - length, readTo + length);
        length += read;
        const end = length === 0 ? 0 : bytes.lastIndexOf(newline, length - 1) + 1;
        if (end > 0) {
          this.#readLines(bytes, end, take, problems);
          const piece = bytes.subarray(0, end);
          checksum = crc32?.(piece, checksum) ?? 0;
          this.#keepTail(piece);
          readTo += end;
          bytes.copyWithin(0, end, length);
          length -= end;
        }
        // The end of the file. A line longer than the buffer needs a larger one.
        if (read === 0) break;
        if (length === bytes.length) bytes = Buffer.concat([bytes], 2 * bytes.length);
      }
      this.#state = { ...this.#state, stats: plainStats(stats), readTo, checksum, last: { ...this.#last } };
      if (isAll) this.#readRest(bytes, length, take, problems);
      return true;
    } finally {
      closeSync(file);
    }
  }

  /** Reads bytes in memory instead of the file. */
  readBytes(bytes: Buffer, take: TakeEntry, problems: JournalProblems): void {
    const end = bytes.lastIndexOf(newline) + 1;
    if (end > 0) this.#readLines(bytes, end, take, problems);
    this.#readRest(bytes.subarray(end), bytes.length - end, take, problems);
  }

  /** Whether the bytes before the offset are unchanged. */
  #begins(file: number, size: number): boolean {
    const { readTo } = this.#state;
    if (size < readTo) return false;
    const tail = Buffer.alloc(Math.min(tailLength, readTo));
    readSync(file, tail, 0, tail.length, readTo - tail.length);
    this.#tail ??= tail;
    return tail.equals(this.#tail);
  }

  #keepTail(piece: Buffer): void {
    const all = piece.length >= tailLength ? piece : Buffer.concat([this.#tail ?? piece, piece]);
    this.#tail = Buffer.from(all.subarray(Math.max(0, all.length - tailLength)));
  }

  #readLines(bytes: Buffer, end: number, take: TakeEntry, problems: JournalProblems | null): void {
    const text = bytes.toString("utf8", 0, end);
    let { lines } = this.#state;
    // Some editors write a byte order mark; it means nothing.
    let start = lines === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (start < text.length) {
      const breaks = text.indexOf("\n", start);
      const line = text.slice(start, breaks < 0 ? text.length : breaks);
      start += line.length + 1;
      lines += 1;
      const { entry } = decodeLine(line);
      if (entry !== null && this.#torn === null) this.#take(entry, take);
      else this.#salvage(line, lines, take, problems);
    }
    this.#state = { ...this.#state, lines };
  }

  #take(entry: JournalEntry, take: TakeEntry): void {
    const time = entryTime(entry);
    if (time < this.#last.time && followsInEarlyRun(entry.id, this.#last.id)) {
      take({ ...entry, orderedAt: this.#last.time });
    } else {
      this.#last.time = time;
      take(entry);
    }
    this.#last.id = entry.id;
  }

  /** Takes the entries of a damaged line, unless the next line may have it complete. */
  #salvage(text: string, line: number, take: TakeEntry, problems: JournalProblems | null): void {
    if (this.#torn !== null) {
      if (!text.startsWith(this.#torn.text)) problems?.line(this.path, "torn", this.#torn.line);
      this.#torn = null;
    }
    if (text.trim() === "") return;
    const pieces = salvageLine(text);
    if (pieces.length === 1 && pieces[0]?.fault === "torn") {
      this.#torn = { text, line };
      return;
    }
    for (const { entry, fault } of pieces) {
      if (entry === null) problems?.line(this.path, fault, line);
      else this.#take(entry, take);
    }
  }

  /**
   * Reads a last line without a line break, which is read again when it grows. Reports a line that stays
   * truncated.
   */
  #readRest(bytes: Buffer, length: number, take: TakeEntry, problems: JournalProblems | null): void {
    const settled = this.#state;
    const last = { ...this.#last };
    if (length > 0) this.#hadRest = true;
    if (length > 0) this.#readLines(bytes, length, take, problems);
    if (this.#torn !== null) problems?.line(this.path, "torn", this.#torn.line);
    // That line is read again with its rest.
    if (this.#torn !== null && this.#torn.line > settled.lines) this.#torn = null;
    this.#state = settled;
    this.#last = last;
  }
}

function pieceSize(left: number): number {
  return Math.min(pieceLength, Math.max(left, 0) + 1);
}

function plainStats({ ino, size, mtimeMs, ctimeMs }: FileStats): FileStats {
  return { ino, size, mtimeMs, ctimeMs };
}

/**
 * Checks that a file begins with the bytes read before: it is untouched, or all bytes have the same checksum.
 * @param readAt when it was read, in milliseconds since 1970
 * @throws if it cannot be read
 */
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
 * Takes every entry of all journals, in no order, and some more than once. Never throws.
 * @param failed gets each journal that cannot be read, or the directory if it cannot be listed
 */
export function readJournals(
  stateDirectory: string,
  take: TakeEntry,
  failed: (path: string, error: unknown) => void,
): void {
  let paths: readonly string[] = [];
  try {
    paths = filesCalled("marks", stateDirectory);
  } catch (error) {
    failed(stateDirectory, error);
  }
  for (const path of paths) {
    try {
      new JournalFile(path).read(take, null, true);
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
