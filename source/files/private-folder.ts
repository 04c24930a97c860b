import {
  chmodSync,
  closeSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  type Stats,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { openRegular } from "./regular.js";
import { type Content, writeAtomic } from "./write-atomic.js";

/**
 * Whether only this user can put files into a folder, so that its files can be trusted: it is a folder and not
 * a link, belongs to this user, nobody else can read or write it, and nobody else can replace it. Always true
 * on Windows, where user folders are private and modes do not exist.
 */
export function isPrivateFolder(path: string, userId = process.getuid?.()): boolean {
  if (userId === undefined) return true;
  try {
    const stats = lstatSync(path);
    if (!stats.isDirectory() || stats.uid !== userId || (stats.mode & 0o077) !== 0) return false;
    return isSafeWay(dirname(resolve(path)), userId, mostLinks);
  } catch {
    return false; // Missing, or a parent folder is not readable.
  }
}

/**
 * Whether only this user and root can write to a folder or replace it, as `isPrivateFolder`; others may read it, and
 * it may be a link to such a folder.
 */
export function isOwnFolder(path: string, userId = process.getuid?.()): boolean {
  try {
    return userId === undefined || isSafeWay(resolve(path), userId, mostLinks);
  } catch {
    return false;
  }
}

/**
 * Makes a folder for this user only. Makes a folder of this user private if others can read but not write it.
 * @returns whether the folder exists and is private now; `false` if it cannot be made
 */
export function makePrivateFolder(path: string): boolean {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const { uid, mode } = lstatSync(path);
    if (uid === process.getuid?.() && (mode & 0o022) === 0 && (mode & 0o077) !== 0) chmodSync(path, 0o700);
    return isPrivateFolder(path);
  } catch {
    return false;
  }
}

/**
 * Whether it is a file of this user that nobody else may write to. In a private folder others may be left from a
 * time when it was open. On Windows every file is.
 */
export function isPrivateFile(stats: Stats, userId = process.getuid?.()): boolean {
  return stats.isFile() && (userId === undefined || (stats.uid === userId && (stats.mode & 0o022) === 0));
}

/**
 * The bytes of a file in a private folder.
 * @throws the system's error; EACCES where somebody else can have written it
 */
export function readPrivate(path: string): Buffer {
  const { file, stats } = openRegular(path);
  try {
    if (isPrivateFile(stats)) return readFileSync(file);
    throw Object.assign(new Error(`EACCES: others can write to it, '${path}'`), { code: "EACCES", path });
  } finally {
    closeSync(file);
  }
}

/**
 * Writes a file in a private folder completely or not at all. It replaces whatever somebody else left there, and
 * follows no link, whose target does not belong to the folder.
 *
 * @throws the system's error
 */
export function writePrivate(path: string, content: Content): void {
  const before = lstatSync(path, { throwIfNoEntry: false });
  if (before && !isPrivateFile(before)) rmSync(path, { recursive: true, force: true });
  writeAtomic(path, content);
}

/** Linux follows at most this many links. */
const mostLinks = 40;

/**
 * Whether only this user and root can change the target of a path: every folder and link on the way, including
 * the targets of links, belongs to them and is closed to others. A world-writable folder is safe with the
 * sticky bit, as /tmp: only owners rename there.
 */
function isSafeWay(path: string, userId: number, linksLeft: number): boolean {
  const parent = dirname(path);
  if (parent !== path && !isSafeWay(parent, userId, linksLeft)) return false;
  const stats = lstatSync(path);
  if (stats.uid !== userId && stats.uid !== 0) return false;
  if (stats.isSymbolicLink()) {
    const target = readlinkSync(path);
    // If a is a link, "a/../b" may be anywhere; resolve() does not know that.
    const isBackAndForth = target
      .replace(/^(?:\.\.\/)+/, "")
      .split("/")
      .includes("..");
    if (linksLeft === 0 || isBackAndForth) return false;
    // "../" in the target starts from the real folder of the link.
    return isSafeWay(resolve(realpathSync(parent), target), userId, linksLeft - 1);
  }
  return stats.isDirectory() && ((stats.mode & 0o022) === 0 || (stats.mode & 0o1000) !== 0);
}
