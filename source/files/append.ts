import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { fsErrorCode, notRegular } from "./fs-errors.js";
import { assertRegular, openRegular } from "./regular.js";

const newline = 0x0a;

/** How often lines are written again into a file that took the place of the one they were written to. */
const mostTries = 20;
/** So many bytes of a journal hold the id of its first line. */
const beginning = 64;

/** How long a file is, and what tells it from another of its name. */
export interface FileNow {
  readonly size: number;
  /** Its first bytes. */
  readonly begins: string;
}

/** Files that stand in for one that is not to be used, and why it may not be. */
const standIns = 3;
const unusable = new Set(["EISDIR", notRegular, "ELOOP", "EACCES", "EPERM", "ENOENT", "ENXIO"]);

/**
 * `appendLines` to a file, or where something else has its name (a folder, a pipe, a link that leads nowhere,
 * a file without permission) to one beside it: `marks-laptop-2.jsonl` for `marks-laptop.jsonl`.
 *
 * @param lines the lines for the file at that path
 * @returns the path of the file that has them, and the file
 * @throws the error of the first where none can be written
 */
export function appendBeside(
  path: string,
  lines: (file: FileNow, path: string) => string,
): { readonly path: string; readonly file: FileNow } {
  let first: unknown;
  for (let number = 1; number <= standIns; number += 1) {
    const name = number === 1 ? path : path.replace(/\.jsonl$/, `-${number}.jsonl`);
    try {
      return { path: name, file: appendLines(name, (file) => lines(file, name)) };
    } catch (error) {
      first ??= error;
      if (!unusable.has(fsErrorCode(error) ?? "")) break;
    }
  }
  throw first;
}

/**
 * Appends whole lines to a file in one write; makes it, and its directory, where missing, for this
 * user only. Lines torn earlier are closed first, so that these begin a line.
 *
 * The file is opened for every append: a file or directory that was moved, removed or replaced while
 * the program runs is then noticed, where an open descriptor would go on writing into a file nobody
 * can find. Should that happen between opening and writing, the lines are written once more, to the
 * file that has the name now: whoever puts a file aside (`compact.ts`) may have read it by then.
 *
 * @param lines the lines, each with its line break, for the file as it is
 * @returns the file with them
 * @throws where not everything was written
 */
export function appendLines(path: string, lines: (file: FileNow) => string): FileNow {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const file = appendOnce(path, lines);
    if (file !== null) return file;
  }
  throw new Error("is replaced again and again");
}

/** `null` where the file no longer had its name when the lines were in it. */
function appendOnce(path: string, lines: (file: FileNow) => string): FileNow | null {
  const file = openForAppend(path);
  let now: FileNow | null = null;
  try {
    const stats = fstatSync(file);
    assertRegular(stats, path);
    const { size } = stats;
    const begins = beginningOf(file);
    const text = lines({ size, begins });
    const bytes = Buffer.from(endsWithNewline(file, size) ? text : `\n${text}`);
    const written = writeSync(file, bytes);
    // The rest is not written after it: another process may have appended in between. The torn
    // line stays, and the next append begins with a line break and brings the line whole.
    if (written < bytes.length) throw shortWrite(written, bytes.length);
    // Before it is closed: the number of a file that nobody has open may be given to the next one.
    if (hasName(path, stats) || holds(path, bytes, size)) {
      now = { size: size + written, begins: (begins + bytes.toString("latin1")).slice(0, beginning) };
    }
  } catch (error) {
    closeQuietly(file);
    throw error;
  }
  // Some network file systems say only here that there was no room.
  closeSync(file);
  return now;
}

/** Whether it is that file which has the name. */
function hasName(path: string, { dev, ino }: Stats): boolean {
  try {
    const named = statSync(path);
    return named.ino === ino && named.dev === dev;
  } catch {
    return false;
  }
}

/** Whether the file that has the name holds the bytes after `from`: some network drives number files anew each time. */
function holds(path: string, bytes: Buffer, from: number): boolean {
  let file: number;
  try {
    file = openRegular(path).file;
  } catch {
    return false;
  }
  try {
    const rest = Buffer.alloc(Math.max(0, fstatSync(file).size - from));
    return rest.subarray(0, readSync(file, rest, 0, rest.length, from)).includes(bytes);
  } finally {
    closeSync(file);
  }
}

function beginningOf(file: number): string {
  const bytes = Buffer.alloc(beginning);
  return bytes.toString("latin1", 0, readSync(file, bytes, 0, beginning, 0));
}

/** Opens a file to append to and to look at its end; a pipe with nobody at its other end does not hang it. */
function openForAppend(path: string): number {
  const { O_RDWR, O_APPEND, O_CREAT, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  const flags = O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY;
  try {
    return openSync(path, flags, 0o600);
  } catch (error) {
    if (fsErrorCode(error) !== "ENOENT") throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(path, flags, 0o600);
  }
}

/** Whether the next byte begins a line; also so in an empty file. */
function endsWithNewline(file: number, size: number): boolean {
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  return readSync(file, last, 0, 1, size - 1) === 1 && last[0] === newline;
}

function closeQuietly(file: number): void {
  try {
    closeSync(file);
  } catch {
    // What made the write fail is the better message.
  }
}

/** A write that stopped halfway means that the disk is full, or a limit was reached. */
function shortWrite(written: number, wanted: number): Error {
  const error = new Error(`only ${written} of ${wanted} bytes could be written`);
  return Object.assign(error, { code: "ENOSPC" });
}
