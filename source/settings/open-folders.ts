import { existsSync } from "node:fs";
import { join } from "node:path";
import { makePrivateFolder } from "../files/private-folder.js";

/** The folders in the cache folder, each with files of one kind. */
const cacheFolders = ["answers", "compiled", "marks", "turns", "pictures"] as const;

/**
 * The first folder of the cache that others can write to or replace, which is therefore not used; `null` if there
 * is none. Makes a folder private that others can only read, as every use of it does.
 */
export function openCacheFolder(cache: string): string | null {
  const folders = [cache, ...cacheFolders.map((name) => join(cache, name))];
  return folders.find((one) => existsSync(one) && !makePrivateFolder(one)) ?? null;
}

/** What is wrong with the cache folder, as a sentence; `null` if nothing is. */
export function cacheProblem(cache: string): string | null {
  const open = openCacheFolder(cache);
  return open === null
    ? null
    : `${open} is not private to you, so it is not used · papers-tui doctor says more`;
}
