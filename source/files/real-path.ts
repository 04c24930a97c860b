import { lstatSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";

/**
 * The path that a path leads to when all links on the way are followed, also where the folder itself, or
 * those above it, are not there yet. `null` where a link leads to itself or to nothing.
 */
export function realPathOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    // A link that cannot be followed, here or on the way.
    if (lstatSafely(path)?.isSymbolicLink()) return null;
    const parent = dirname(path);
    if (parent === path) return path;
    const above = realPathOf(parent);
    return above && join(above, basename(path));
  }
}

/** What a name is, whatever it leads to; `undefined` where that cannot be told. */
export function lstatSafely(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether a path is in a folder, or is that folder; both without links. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
