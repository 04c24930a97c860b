import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, extname } from "node:path";
import { fsErrorCode, notRegular, ofOtherUser } from "./fs-errors.js";
import { assertOwnFile } from "./other-users.js";
import { assertRegular, openRegular } from "./regular.js";

const newline = 0x0a;

/** How often to retry when the file is replaced between opening and writing. */
const mostTries = 20;
/** This many bytes at the beginning of a journal contain the id of its first line. */
const beginning = 64;

/** The size of a file, and its beginning, which distinguishes it from another file of the same name. */
export interface FileNow {
  readonly size: number;
  /** Its first bytes. */
  readonly begins: string;
}

/** How many files to try, and the errors after which the next one is tried. */
const mostFiles = 3;
const unusable = new Set(["EISDIR", notRegular, ofOtherUser, "ELOOP", "EACCES", "EPERM", "ENOENT", "ENXIO"]);

/**
 * `appendLines` to a file or, if something else has its name (a folder, a pipe, a broken link, a file without
 * permission), to a file with a number: `marks-laptop-2.jsonl` for `marks-laptop.jsonl`.
 *
 * @param lines the lines for the file at that path
 * @returns the path of the file with the lines, and the file
 * @throws the first error if no file can be written
 */
export function appendBeside(
  path: string,
  lines: (file: FileNow, path: string) => string,
): { readonly path: string; readonly file: FileNow } {
  let first: unknown;
  for (let number = 1; number <= mostFiles; number += 1) {
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
 * Appends whole lines to a file in one write. Makes missing files and folders, for this user only. If the file
 * ends in half a line, a line break comes first.
 *
 * Opens the file for every append, to notice a file or folder that was moved, removed or replaced. If that
 * happens between opening and writing, the lines are written again to the file that has the name now:
 * compaction (`compact.ts`) may have read the old one already.
 *
 * @param lines the lines, each with its line break, for the file as it is
 * @returns the file after the write
 * @throws if not everything was written
 */
export function appendLines(path: string, lines: (file: FileNow) => string): FileNow {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const file = appendOnce(path, lines);
    if (file !== null) return file;
  }
  throw new Error("is replaced again and again");
}

/** `null` if the file lost its name before the lines were in it. */
function appendOnce(path: string, lines: (file: FileNow) => string): FileNow | null {
  const file = openForAppend(path);
  let now: FileNow | null = null;
  try {
    const stats = fstatSync(file);
    assertRegular(stats, path);
    assertOwnFile(path, stats);
    const { size } = stats;
    const begins = beginningOf(file);
    const text = lines({ size, begins });
    const bytes = Buffer.from(endsWithNewline(file, size) ? text : `\n${text}`);
    const written = writeSync(file, bytes);
    // The rest is not written: another process may have appended in between. The torn line stays. The next
    // append begins with a line break and repeats the whole line.
    if (written < bytes.length) throw shortWrite(written, bytes.length);
    // Before closing: a later file may get the inode number of a closed one.
    if (hasName(path, stats) || holds(path, bytes, size)) {
      now = { size: size + written, begins: (begins + bytes.toString("latin1")).slice(0, beginning) };
    }
  } catch (error) {
    closeQuietly(file);
    throw error;
  }
  // Some network file systems report a full disk only here.
  closeSync(file);
  return now;
}

/** Whether the path names this file. */
function hasName(path: string, { dev, ino }: Stats): boolean {
  try {
    const named = statSync(path);
    return named.ino === ino && named.dev === dev;
  } catch {
    return false;
  }
}

/**
 * Whether the file at the path has the bytes at `from` or later. Some network drives give new inode numbers
 * each time.
 */
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

/** Opens a file to append to and to read its end. A pipe without a reader does not block. */
function openForAppend(path: string): number {
  const { O_RDWR, O_APPEND, O_CREAT, O_NONBLOCK = 0, O_NOCTTY = 0, O_NOFOLLOW = 0 } = constants;
  const flags = O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW;
  const target = targetOf(path);
  try {
    return openSync(target, flags, 0o600);
  } catch (error) {
    if (fsErrorCode(error) !== "ENOENT") throw error;
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    return openSync(target, flags, 0o600);
  }
}

/**
 * The path itself, or the target of a link. A synchroniser may bring a link to any file, for example to one that
 * a shell runs, and the lines have text by strangers: the target must be there and have the same ending.
 * @throws the system's error, ELOOP if it has another ending
 */
function targetOf(path: string): string {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return path;
  const target = realpathSync(path);
  if (extname(target) === extname(path)) return target;
  throw Object.assign(new Error(`links to ${target}, which has another ending`), { code: "ELOOP" });
}

/** Whether the next byte begins a line; true for an empty file. */
function endsWithNewline(file: number, size: number): boolean {
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  return readSync(file, last, 0, 1, size - 1) === 1 && last[0] === newline;
}

function closeQuietly(file: number): void {
  try {
    closeSync(file);
  } catch {
    // The error of the write is the better message.
  }
}

/** A short write means a full disk or a file size limit. */
function shortWrite(written: number, wanted: number): Error {
  const error = new Error(`only ${written} of ${wanted} bytes could be written`);
  return Object.assign(error, { code: "ENOSPC" });
}
