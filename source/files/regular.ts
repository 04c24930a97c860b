import { constants as bufferConstants } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from "node:fs";
import { notRegular } from "./fs-errors.js";

/** An open file and its stats. */
export interface OpenFile {
  /** The descriptor; the caller closes it. */
  readonly file: number;
  readonly stats: Stats;
}

/**
 * Opens a regular file for reading. Anything else could hang the program: a pipe without a writer waits for
 * ever, a device may never end, and a terminal would take the keys. Follows links.
 *
 * @throws the system's error, EISDIR for a folder, `notRegular` for a pipe, device or socket
 */
export function openRegular(path: string): OpenFile {
  // Non-blocking, so that a pipe opens at once and is refused below. It has no effect on a regular file.
  // Windows has neither flag.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
  try {
    const stats = fstatSync(file);
    assertRegular(stats, path);
    return { file, stats };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/**
 * The bytes of a regular file.
 * @throws as `openRegular` does
 */
export function readRegular(path: string): Buffer {
  const { file } = openRegular(path);
  try {
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * The text of a regular file, as UTF-8.
 * @throws as `openRegular` does; at once where it is too large for a text, as a synchroniser's empty gigabyte
 */
export function readText(path: string): string {
  const { file, stats } = openRegular(path);
  try {
    if (stats.size > bufferConstants.MAX_STRING_LENGTH) throw new Error("is too large; move it away");
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

/**
 * Checks that stats are those of a regular file.
 * @throws EISDIR for a folder, `notRegular` for a pipe, device or socket
 */
export function assertRegular(stats: Stats, path: string): void {
  if (stats.isFile()) return;
  const code = stats.isDirectory() ? "EISDIR" : notRegular;
  throw Object.assign(new Error(`${code}: not a regular file, '${path}'`), { code, path });
}
