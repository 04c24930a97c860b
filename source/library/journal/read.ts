import { closeSync, lstatSync, readdirSync, readSync, type Stats, statSync } from "node:fs";
import { basename, join } from "node:path";
import { crc32 } from "node:zlib";
import { describeFsError, fsErrorCode } from "../../files/fs-errors.js";
import { openRegular } from "../../files/regular.js";
import {
  decodeLine,
  entryTime,
  followsInEarlyRun,
  type JournalEntry,
  type LineFault,
  salvageLine,
} from "./format.js";

/** The file a machine's journal is kept in. */
export function journalPath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `marks-${machine}.jsonl`);
}

/**
 * All journals in a state directory, sorted by name, as paths. None where the directory does not
 * exist yet; throws where it exists and cannot be read.
 */
export function findJournals(stateDirectory: string): readonly string[] {
  try {
    return filesCalled("marks", stateDirectory);
  } catch (error) {
    if (fsErrorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/**
 * The files of one kind in a state directory (`marks-….jsonl`), sorted by name, as paths.
 * @throws where the directory cannot be listed
 */
export function filesCalled(kind: "marks" | "papers" | "seen", stateDirectory: string): readonly string[] {
  return readdirSync(stateDirectory)
    .filter((name) => name.startsWith(`${kind}-`) && name.length > kind.length + 7 && name.endsWith(".jsonl"))
    .sort()
    .map((name) => join(stateDirectory, name));
}

/** What tells whether a file is another than it was, or longer. */
export type FileStats = Pick<Stats, "ino" | "size" | "mtimeMs" | "ctimeMs">;

export function isSameFile(one: FileStats, other: FileStats): boolean {
  return one.ino === other.ino && one.size === other.size && one.mtimeMs === other.mtimeMs;
}

/** What takes the entries of a journal: each with when it counts as made, in milliseconds since 1970, and as text. */
export type TakeEntry = (entry: JournalEntry, time: number, line?: string) => void;

/** Bytes read at once. */
const pieceLength = 1 << 16;
/** So many bytes before the place read up to are kept, by which a file is known again. */
const tailLength = 256;
const newline = 0x0a;

/** How far a journal was read, so that reading goes on there. JSON can hold it. */
export interface JournalState {
  readonly name: string;
  /** The file as it was then. */
  readonly stats: FileStats;
  /** The place in bytes after the last line break that was read, and how many lines are before it. */
  readonly readTo: number;
  readonly lines: number;
  /** A checksum of all bytes up to there; 0 on versions of Node that have none. */
  readonly checksum: number;
  /** The last entry there, and when it counts as made. */
  readonly last: { readonly id: string; readonly time: number };
}

/** A line that was begun and broke off: it is whole again where the next one begins with it. */
interface Torn {
  readonly text: string;
  readonly line: number;
}

/**
 * Reads a journal line by line, and later what was appended to it. A line that is no entry is left out and
 * reported; only one that broke off and is written whole on the next line is passed over in silence, because
 * nothing of it is missing.
 */
export class JournalFile {
  readonly path: string;
  #state: JournalState;
  /** `null` where it is not known yet. */
  #tail: Buffer | null = null;
  #torn: Torn | null = null;
  #hadRest = false;
  /** The last entry that was read, and when it counts as made. */
  #last = { id: "", time: 0 };

  /** @param state how far it was read before, by a file whose beginning is the same */
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

  /** Whether more was taken than is before the place read up to, or a line may still turn out to be whole. */
  get isOpen(): boolean {
    return this.#torn !== null || this.#hadRest;
  }

  /**
   * Reads what comes after the place read up to.
   * @param isAll also what comes after the last line break, which may be half a line
   * @returns `false` where the file no longer begins with what was read before; then nothing was taken
   * @throws where it is no regular file or cannot be read
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
        // The end of the file; a line longer than the buffer needs a larger one.
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

  /** Reads bytes that are in memory in place of the file. */
  readBytes(bytes: Buffer, take: TakeEntry, problems: JournalProblems): void {
    const end = bytes.lastIndexOf(newline) + 1;
    if (end > 0) this.#readLines(bytes, end, take, problems);
    this.#readRest(bytes.subarray(end), bytes.length - end, take, problems);
  }

  /** Whether the bytes before the place read up to are those that were read. */
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
    // A byte order mark is what some editors leave; it means nothing.
    let start = lines === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (start < text.length) {
      const breaks = text.indexOf("\n", start);
      const line = text.slice(start, breaks < 0 ? text.length : breaks);
      start += line.length + 1;
      lines += 1;
      const { entry } = decodeLine(line);
      if (entry !== null && this.#torn === null) this.#take(entry, take, line);
      else this.#salvage(line, lines, take, problems);
    }
    this.#state = { ...this.#state, lines };
  }

  #take(entry: JournalEntry, take: TakeEntry, line?: string): void {
    const time = Date.parse(entryTime(entry));
    if (time < this.#last.time && followsInEarlyRun(entry.id, this.#last.id)) {
      take({ ...entry, orderedAt: new Date(this.#last.time).toISOString() }, this.#last.time);
    } else {
      this.#last.time = time;
      take(entry, time, line);
    }
    this.#last.id = entry.id;
  }

  /** Takes the entries of a damaged line; nothing of a line that may be whole on the next one. */
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

  /** Reads a last line without a break, which is read again when there is more; reports what stays broken. */
  #readRest(bytes: Buffer, length: number, take: TakeEntry, problems: JournalProblems | null): void {
    const settled = this.#state;
    const last = { ...this.#last };
    if (length > 0) this.#hadRest = true;
    if (length > 0) this.#readLines(bytes, length, take, problems);
    if (this.#torn !== null) problems?.line(this.path, "torn", this.#torn.line);
    // That line is read again with what follows it.
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
 * Checks that a file begins with what was read of it: that it was not touched since, or else that all bytes
 * have the same checksum.
 * @param readAt when it was read, in milliseconds since 1970
 * @throws where it cannot be read
 */
export function stillBegins(path: string, state: JournalState, readAt: number): boolean {
  const { file, stats } = openRegular(path);
  try {
    // A change in the moment of reading may leave the times as they are; those of FAT are two seconds apart.
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

/** What a file is now; `null` where that cannot be told. */
export function statsOf(path: string): FileStats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    // A link that leads to itself, or through a folder that may not be entered.
    return null;
  }
}

/** A line of a journal, from 1, and what is wrong with it. */
export interface LineProblem {
  readonly path: string;
  readonly fault: LineFault;
  readonly line: number;
}

/** Collects what could not be read, over all journals, into a few sentences for the footer. */
export class JournalProblems {
  readonly lines: LineProblem[];
  readonly #files: string[] = [];

  constructor(lines: readonly LineProblem[] = []) {
    this.lines = [...lines];
  }

  /** A line that was skipped. */
  line(path: string, fault: LineFault, line: number): void {
    this.lines.push({ path, fault, line });
  }

  /** A file that could not be read. */
  file(path: string, error: unknown): void {
    const isNowhere = fsErrorCode(error) === "ENOENT";
    const isLink = isNowhere && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
    // Without a link it is gone by now: another program has removed or renamed it.
    if (isNowhere && !isLink) return;
    const why = isNowhere ? `${path} is a link to nothing; remove it` : describeFsError(error, path);
    this.#files.push(`Marks could not be read: ${why}. All others are here.`);
  }

  /** The directory, which could not be listed. */
  directory(path: string, error: unknown): void {
    const isLoop = fsErrorCode(error) === "ELOOP";
    const why = isLoop
      ? `${path} is a link that leads back to itself; papers-tui doctor --fix puts it right`
      : describeFsError(error, path);
    this.#files.push(`Marks could not be read: ${why}.`);
  }

  /** One sentence or two a problem, the gravest first. */
  sentences(): readonly string[] {
    const newer = this.lines.filter(({ fault }) => fault === "newer version");
    const late = this.lines.filter(({ fault }) => fault === "far future");
    const unreadable = this.lines.filter((one) => !newer.includes(one) && !late.includes(one));
    const said = [...this.#files];
    const say = (of: readonly LineProblem[], what: string, then = "") => {
      if (of.length > 0) said.push(`${counted(of)} ${what} ${places(of)}${then}`);
    };
    say(unreadable, `could not be read and ${were(unreadable)} skipped`);
    say(late, `${late.length === 1 ? "is" : "are"} dated in the far future and ${were(late)} skipped`);
    const left = `${were(newer)} written by a newer papers-tui and left alone`;
    say(newer, left, ": update to see those marks");
    return said;
  }
}

function were({ length }: readonly LineProblem[]): string {
  return length === 1 ? "was" : "were";
}

function counted({ length }: readonly LineProblem[]): string {
  return length === 1 ? "1 line of the journal" : `${length} lines of the journal`;
}

/** The first few places: whoever repairs a file wants to know where, and the footer has one line. */
function places(lines: readonly LineProblem[]): string {
  const byPlace = [...lines].sort((one, other) =>
    one.path === other.path ? one.line - other.line : one.path < other.path ? -1 : 1,
  );
  const shown = byPlace.slice(0, 3).map(({ path, line }) => `${basename(path)}:${line}`);
  return lines.length > 3 ? `(${shown.join(", ")}, …)` : `(${shown.join(", ")})`;
}
