import { chmodSync, lstatSync, mkdirSync, readlinkSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Whether only this user can put files into a folder, so that what lies in it can be trusted: it is a
 * folder and no link, is owned by this user, nobody else may write to it, and nobody else can put another
 * folder in its place. Windows has no such owners and modes; its user folders are private by themselves.
 */
export function isPrivateFolder(path: string, userId = process.getuid?.()): boolean {
  if (userId === undefined) return true;
  try {
    const stats = lstatSync(path);
    if (!stats.isDirectory() || stats.uid !== userId || (stats.mode & 0o077) !== 0) return false;
    return isSafeWay(dirname(resolve(path)), userId, mostLinks);
  } catch {
    return false; // Not there, or a folder above it may not be read.
  }
}

/**
 * Makes a folder that is for this user only. A folder of this user's that others could read but never
 * write to is closed to them.
 * @returns whether it is there and private now; `false` also where it cannot be made
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

/** As many links on the way to a folder as Linux follows. */
const mostLinks = 40;

/**
 * Whether nobody but this user and root can change what a path leads to: every folder and every link that
 * is passed on the way to it, those that links lead through too, is theirs and closed to others. A folder
 * that others may write to is safe with the sticky bit, as in /tmp: only owners rename there.
 */
function isSafeWay(path: string, userId: number, linksLeft: number): boolean {
  const parent = dirname(path);
  if (parent !== path && !isSafeWay(parent, userId, linksLeft)) return false;
  const stats = lstatSync(path);
  if (stats.uid !== userId && stats.uid !== 0) return false;
  if (stats.isSymbolicLink()) {
    const target = readlinkSync(path);
    // "a/../b" may be anywhere where a is a link, which resolve() does not know.
    const isBackAndForth = target
      .replace(/^(?:\.\.\/)+/, "")
      .split("/")
      .includes("..");
    if (linksLeft === 0 || isBackAndForth) return false;
    // From the real folder of the link, which "../" in its target starts from.
    return isSafeWay(resolve(realpathSync(parent), target), userId, linksLeft - 1);
  }
  return stats.isDirectory() && ((stats.mode & 0o022) === 0 || (stats.mode & 0o1000) !== 0);
}
