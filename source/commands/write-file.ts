import {
  chmodSync,
  closeSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { describeFsError, fsErrorCode } from "../files/fs-errors.js";

/** What a file may be opened by where it is new: by all whom the umask lets, or by its owner only. */
const modes = { shared: 0o666, private: 0o600 } as const;

/**
 * Writes a text, or pieces of one, to a file, whole or not at all.
 * @param overwrite whether a file that is there is replaced; links are followed
 * @param readers who may read it where it was not there before
 * @returns `null` where it is written, "exists" where a file is there that is not to be replaced, else
 *   why it could not be, in words
 */
export function writeFile(
  path: string,
  text: string | Iterable<string>,
  overwrite: boolean,
  readers: keyof typeof modes = "shared",
): string | null {
  try {
    if (overwrite) replace(path, text, modes[readers]);
    else create(path, text, modes[readers]);
    return null;
  } catch (error) {
    if (!overwrite && fsErrorCode(error) === "EEXIST") return "exists";
    if (fsErrorCode(error) === "ENOENT") return `there is no folder for ${path}`;
    return describeFsError(error, path);
  }
}

/** Characters written in one go. */
const pieceLength = 1 << 20;

function writeAll(file: number, text: string | Iterable<string>): void {
  let piece = "";
  for (const one of typeof text === "string" ? [text] : text) {
    piece += one;
    if (piece.length < pieceLength) continue;
    writeFileSync(file, piece);
    piece = "";
  }
  writeFileSync(file, piece);
}

/** Makes the file, and takes it away again where it could not be written to its end. */
function create(path: string, text: string | Iterable<string>, mode: number): void {
  const file = openSync(path, "wx", mode);
  try {
    writeAll(file, text);
  } catch (error) {
    closeSync(file);
    rmSync(path, { force: true });
    throw error;
  }
  closeSync(file);
}

/** Replaces a file at once, with the permissions it has; what is no file (a device, a pipe) is written to. */
function replace(path: string, text: string | Iterable<string>, mode: number): void {
  const target = followed(path);
  const stats = statSync(target, { throwIfNoEntry: false });
  if (stats && !stats.isFile()) {
    const file = openSync(target, "w");
    try {
      writeAll(file, text);
    } finally {
      closeSync(file);
    }
    return;
  }
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    create(temporary, text, mode);
    if (stats) chmodSync(temporary, stats.mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** What a path leads to, also where a link leads to nothing yet. */
function followed(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats?.isSymbolicLink() ? resolve(dirname(path), readlinkSync(path)) : path;
  }
}
