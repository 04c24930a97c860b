import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from "node:fs";
import { notRegular } from "./fs-errors.js";

/** An open file and what the system said of it when it was opened. */
export interface OpenFile {
  /** The descriptor; the caller closes it. */
  readonly file: number;
  readonly stats: Stats;
}

/**
 * Opens a file to read it, and only a regular file: a pipe with nobody at its other end would wait for
 * ever, a device may never end, and a terminal would take the keys. Links are followed.
 *
 * @throws the system's error, EISDIR for a folder, `notRegular` for anything else that is not a file
 */
export function openRegular(path: string): OpenFile {
  // Non-blocking, so that a pipe is opened at once and refused below. For a regular file it changes nothing.
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
 * Checks that what was opened or found is a regular file.
 * @throws EISDIR for a folder, `notRegular` for a pipe, device or socket
 */
export function assertRegular(stats: Stats, path: string): void {
  if (stats.isFile()) return;
  const code = stats.isDirectory() ? "EISDIR" : notRegular;
  throw Object.assign(new Error(`${code}: not a regular file, '${path}'`), { code });
}
