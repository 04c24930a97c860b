import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { faultCode } from "./faults.js";

const newline = 0x0a;

/**
 * Appends whole lines to a file in one write; makes it, and its directory, where missing, for this
 * user only. Lines torn earlier are closed first, so that these begin a line.
 *
 * The file is opened for every append: a file or directory that was moved, removed or replaced while
 * the program runs is then noticed, where an open descriptor would go on writing into a file nobody
 * can find.
 *
 * @param lines the lines, each with its line break, for a file of `size` bytes
 * @returns the size of the file behind them, in bytes
 * @throws where not everything was written
 */
export function appendLines(path: string, lines: (size: number) => string): number {
  const file = openForAppend(path);
  let end: number;
  try {
    const { size } = fstatSync(file);
    const text = lines(size);
    const bytes = Buffer.from(endsWithNewline(file, size) ? text : `\n${text}`);
    const written = writeSync(file, bytes);
    // The rest is not written after it: another process may have appended in between. The torn
    // line stays, and the next append begins with a line break and brings the line whole.
    if (written < bytes.length) throw shortWrite(written, bytes.length);
    end = size + written;
  } catch (error) {
    closeQuietly(file);
    throw error;
  }
  // Some network file systems say only here that there was no room.
  closeSync(file);
  return end;
}

/** Opens a file to append to and to look at its end. */
function openForAppend(path: string): number {
  try {
    return openSync(path, "a+", 0o600);
  } catch (error) {
    if (faultCode(error) !== "ENOENT") throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(path, "a+", 0o600);
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
