import { accessSync, closeSync, constants, openSync, statSync, writeFileSync } from "node:fs";
import { describeFsError, fsErrorCode } from "../../files/fs-errors.js";
import { writingAtomic } from "../../files/write-atomic.js";
import { atOnce } from "../../papers/at-once.js";

export interface WriteFileOptions {
  /** Whether a file that is there is replaced. */
  readonly overwrite: boolean;
  /** Permissions of a new file, before the umask. Default 0o666; 0o600 is for its owner only. */
  readonly mode?: number;
  /** Whether a pipe or a device is written to, as a shell would. Default false: opening a pipe may wait for ever. */
  readonly intoPipes?: boolean;
}

/**
 * Writes a file that a person named, whole or not at all: until the new content is complete and on the
 * disk, what was there stays.
 *
 * @returns `null` if it is written, "exists" if a file is there that is not to be replaced, otherwise why
 *   it could not be written, as a clause without a full stop
 */
export function writeFile(
  path: string,
  content: string | Iterable<string>,
  options: WriteFileOptions,
): string | null {
  return atOnce(writingFile(path, content, options));
}

/** The same a step at a time, for content that takes long to make. What is not run to its end leaves nothing. */
export function* writingFile(
  path: string,
  content: string | Iterable<string>,
  { overwrite, mode = 0o666, intoPipes = false }: WriteFileOptions,
): Generator<void, string | null> {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) return `${path} is a folder; add the name of a file`;
    if (stats && !stats.isFile()) {
      if (!intoPipes) return `${path} is a pipe or a device; choose a file`;
      writeThrough(path, content);
      return null;
    }
    // The folder alone decides whether a file can be renamed over; a write-protected one is meant to stay.
    if (stats && overwrite) accessSync(path, constants.W_OK);
    yield* writingAtomic(path, content, { overwrite, mode, sync: true });
    return null;
  } catch (error) {
    if (!overwrite && fsErrorCode(error) === "EEXIST") return "exists";
    if (fsErrorCode(error) === "ENOENT") return `there is no folder for ${path}`;
    return describeFsError(error, path);
  }
}

/** Writes into what is there: a pipe, a device. */
function writeThrough(path: string, content: string | Iterable<string>): void {
  const file = openSync(path, "w");
  try {
    for (const piece of typeof content === "string" ? [content] : content) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}
