import { lstatSync, mkdirSync, realpathSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Whether only this user can put files into a folder, so that what lies in it can be trusted: it is a
 * folder and no link, is owned by this user, nobody else may write to it, and nobody else can put another
 * folder in its place. Windows has no such owners and modes; its user folders are private by themselves.
 */
export function isPrivateFolder(path: string, userId = process.getuid?.()): boolean {
  if (userId === undefined) return true;
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory() || stats.uid !== userId || (stats.mode & 0o077) !== 0) return false;
  const parent = dirname(path);
  // Both where the path leads and the links on the way to it.
  return isSafeAbove(parent, userId) && isSafeAbove(realpathSync(parent), userId);
}

/**
 * Makes a folder that is for this user only.
 * @returns whether it is there and private now; `false` also where it cannot be made
 */
export function makePrivateFolder(path: string): boolean {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return isPrivateFolder(path);
  } catch {
    return false;
  }
}

/**
 * Whether nobody but this user and root can rename what lies in a folder or in one above it. A folder that
 * others may write to is safe with the sticky bit, as in /tmp: only owners rename there.
 */
function isSafeAbove(path: string, userId: number): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (!stats) return false;
    const isOurs = stats.uid === userId || stats.uid === 0;
    // A link's own mode means nothing.
    const isClosed = stats.isSymbolicLink() || (stats.mode & 0o022) === 0 || (stats.mode & 0o1000) !== 0;
    if (!isOurs || !isClosed) return false;
    if (folder === dirname(folder)) return true;
  }
}
