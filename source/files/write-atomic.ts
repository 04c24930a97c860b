import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { assertOwnLink } from "./other-users.js";
import { lstatSafely } from "./real-path.js";
import { assertRegular } from "./regular.js";

export interface WriteOptions {
  /** Permissions of a new file, before the umask. Default 0o600: for its owner only. */
  readonly mode?: number;
  /** Whether to replace an existing file, which keeps its permissions. If false, EEXIST is thrown. Default true. */
  readonly overwrite?: boolean;
  /** Whether the file and its name are to survive a power failure: syncs the bytes, and then the folder. Default false. */
  readonly sync?: boolean;
}

/** A text, bytes, or pieces of either. */
export type Content = string | Uint8Array | Iterable<string | Uint8Array>;

/**
 * Writes a file completely or not at all: writes a new file in the same folder and renames it. Readers see the
 * old content or the new, never a part, and a failure leaves the old. Follows links if it may overwrite, except
 * those of other users.
 *
 * The new file has a random name and is made only if nothing has that name, so that another user's link there
 * is never followed.
 *
 * @throws the system's error, or `notRegular` for a pipe, device or socket; removes the new file
 */
export function writeAtomic(path: string, content: Content, options: WriteOptions = {}): void {
  for (const _ of writingAtomic(path, content, options));
}

/** The same a step at a time, for content that takes long to make. What is not run to its end leaves nothing. */
export function* writingAtomic(
  path: string,
  content: Content,
  options: WriteOptions = {},
): Generator<void, void> {
  const { mode = 0o600, overwrite = true, sync = false } = options;
  // A file that nothing may overwrite is not made through a broken link either: it may lead anywhere.
  const target = overwrite ? resolveLinks(path) : path;
  const temporary = `${target}.${randomBytes(8).toString("hex")}.tmp`;
  let isDone = false;
  try {
    const before = statSync(target, { throwIfNoEntry: false });
    // Root could replace a device by a file.
    if (before) assertRegular(before, target);
    assertOwnLink(path, before);
    const file = openSync(temporary, "wx", mode);
    try {
      for (const piece of inLargePieces(content)) {
        if (piece !== "") writeFileSync(file, piece);
        yield;
      }
      if (sync) fsyncSync(file);
    } finally {
      // Some network file systems report a full disk only here.
      closeSync(file);
    }
    if (before && overwrite) chmodSync(temporary, before.mode & 0o7777);
    if (overwrite) renameSync(temporary, target);
    else placeNew(temporary, target);
    isDone = true;
    if (sync) syncFolder(dirname(target));
  } finally {
    if (!isDone) rmSync(temporary, { force: true });
  }
}

/** Syncs the names in a folder. Not every system supports it. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // The file itself is written.
  }
}

/** Renames a file to a name that nothing may have yet. */
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

/** Joins short pieces, so that a million of them do not cost a million calls; "" for one that waits to be joined. */
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
    const isLong = text.length >= pieceLength;
    yield isLong ? text : "";
    if (isLong) text = "";
  }
  if (text !== "") yield text;
}

/** The path after following links, even if the last link leads to nothing yet. */
export function resolveLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Of a name that is too long, or in a folder that may not be entered, whoever opens it says so.
    return lstatSafely(path)?.isSymbolicLink() ? resolve(dirname(path), readlinkSync(path)) : path;
  }
}
