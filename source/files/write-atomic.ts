import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
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
import { assertRegular } from "./regular.js";

export interface WriteOptions {
  /** Permissions of a file that was not there before, before the umask. Default 0o600: for its owner only. */
  readonly mode?: number;
  /** Whether a file that is there is replaced; it keeps its permissions. Otherwise EEXIST is thrown. Default true. */
  readonly overwrite?: boolean;
  /** Whether the bytes must be on the disk before the file has its name. Default false. */
  readonly sync?: boolean;
}

/** A text, bytes, or pieces of either. */
export type Content = string | Uint8Array | Iterable<string | Uint8Array>;

/**
 * Writes a file whole or not at all: to a new file beside it, which then takes its name. Whoever reads
 * sees the old content or the new, never half of either, and a failure leaves the old. Links are followed.
 *
 * The new file has a name that cannot be guessed and is made only where nothing has that name, so that
 * another user's link planted there is not followed.
 *
 * @throws the system's error where it could not be written, `notRegular` where the path leads to a pipe, device
 *   or socket; nothing is left behind
 */
export function writeAtomic(path: string, content: Content, options: WriteOptions = {}): void {
  const { mode = 0o600, overwrite = true, sync = false } = options;
  const target = resolveLinks(path);
  const temporary = `${target}.${randomBytes(8).toString("hex")}.tmp`;
  try {
    const before = statSync(target, { throwIfNoEntry: false });
    // Root could put a file in the place of a device.
    if (before) assertRegular(before, target);
    const file = openSync(temporary, "wx", mode);
    try {
      for (const piece of inLargePieces(content)) writeFileSync(file, piece);
      if (sync) fsyncSync(file);
    } finally {
      // Some network file systems report a full disk only here.
      closeSync(file);
    }
    if (before && overwrite) chmodSync(temporary, before.mode & 0o7777);
    if (overwrite) renameSync(temporary, target);
    else placeNew(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Gives a file a name that nothing may have yet. */
function placeNew(temporary: string, target: string): void {
  try {
    linkSync(temporary, target);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST") throw error;
    // File systems without hard links (FAT, some network drives).
    closeSync(openSync(target, "wx"));
    renameSync(temporary, target);
    return;
  }
  rmSync(temporary, { force: true });
}

/** Characters or bytes that are written in one call. */
const pieceLength = 1 << 20;

/** The content in pieces large enough that a million short ones do not cost a million calls. */
function* inLargePieces(content: Content): Generator<string | Uint8Array> {
  if (typeof content === "string" || content instanceof Uint8Array) {
    yield content;
    return;
  }
  let text = "";
  for (const piece of content) {
    if (typeof piece !== "string") {
      if (text !== "") yield text;
      text = "";
      yield piece;
      continue;
    }
    text += piece;
    if (text.length < pieceLength) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

/** The path that links lead to, also where the last link leads to nothing yet. */
export function resolveLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats?.isSymbolicLink() ? resolve(dirname(path), readlinkSync(path)) : path;
  }
}
