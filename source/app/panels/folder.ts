import { promises, statSync } from "node:fs";
import { join } from "node:path";
import type { Folder, FoundFile } from "../../reader/panels/files.js";
import { fromHome } from "../environment.js";

/** Nobody looks through more by their names; a folder of millions must not hold anything up. */
const most = 20_000;

/**
 * The files of a folder, in the order of their names; none where it cannot be read.
 * @param path as it was typed, to its last slash; `""` is the present one
 */
export async function filesIn(path: string): Promise<Folder> {
  const files: FoundFile[] = [];
  try {
    const folder = fromHome(path) || ".";
    const entries = await promises.opendir(folder);
    for await (const entry of entries) {
      const { name } = entry;
      // Several sources are named with these between them.
      if (/\n| \+ /.test(name)) continue;
      const isFolder = entry.isSymbolicLink() ? leadsToFolder(join(folder, name)) : entry.isDirectory();
      files.push({ name, isFolder });
      if (files.length >= most) break;
    }
  } catch {
    // Where nothing can be seen nothing is offered; opening it says why.
  }
  return { path, files: files.sort((one, other) => (one.name < other.name ? -1 : 1)) };
}

function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
