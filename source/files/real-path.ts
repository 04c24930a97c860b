import { lstatSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";

/**
 * The path after following all links, even if the folder or its parents do not exist yet. `null` for a link to
 * itself or to nothing.
 */
export function realPathOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    // A broken link, here or on the way.
    if (lstatSafely(path)?.isSymbolicLink()) return null;
    const parent = dirname(path);
    if (parent === path) return path;
    const above = realPathOf(parent);
    return above && join(above, basename(path));
  }
}

/** The stats of a path without following a link; `undefined` if it cannot be read. */
export function lstatSafely(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether a path is inside a folder, or is the folder. Both without links. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
