import { promises, statSync } from "node:fs";
import { join } from "node:path";
import { fsErrorCode } from "../../files/fs-errors.js";
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
  let isWhole = true;
  try {
    const folder = fromHome(path) || ".";
    const entries = await promises.opendir(folder);
    for await (const entry of entries) {
      const { name } = entry;
      // Several sources are named with these between them.
      if (/\n| \+ /.test(name)) {
        isWhole = false;
        continue;
      }
      const isFolder = entry.isSymbolicLink() ? leadsToFolder(join(folder, name)) : entry.isDirectory();
      files.push({ name, isFolder });
      if (files.length < most) continue;
      isWhole = false;
      break;
    }
  } catch (error) {
    // Where nothing can be seen nothing is offered; opening it says why.
    const code = fsErrorCode(error);
    isWhole = code === "ENOENT" || code === "ENOTDIR";
  }
  return { path, isWhole, files: files.sort((one, other) => (one.name < other.name ? -1 : 1)) };
}

function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
