import { existsSync, lstatSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { lstatSafely, realPathOf } from "../files/real-path.js";
import { readRegular } from "../files/regular.js";
import { writeAtomic } from "../files/write-atomic.js";
import { keepCopy, mergeFile } from "./merge.js";

/**
 * The folders in which marks wait while they are moved (`move.ts`): what was the state directory, beside it, under a
 * name that ends in a time. A move that was killed or failed leaves them, and `finishMove` brings back what they have.
 */
export function movingPrefix(stateDirectory: string): string {
  return `${stateDirectory}.moving-`;
}

/** The link that takes the state directory's place. */
export function linkPrefix(stateDirectory: string): string {
  return `${stateDirectory}.link-`;
}

/** The prefix of backup names. */
export function backupPrefix(stateDirectory: string): string {
  return `${stateDirectory}.before-sync-`;
}

/** The folders that an unfinished move has left, the oldest first. Never throws. */
export function unfinishedMove(stateDirectory: string): readonly string[] {
  return beside(movingPrefix(stateDirectory)).filter((path) => lstatSafely(path)?.isDirectory());
}

/** A sentence for people about them; `null` if there are none. */
export function unfinishedMoveProblem(stateDirectory: string): string | null {
  const [first] = unfinishedMove(stateDirectory);
  if (first === undefined) return null;
  return `Moving your marks was interrupted, and ${first} has some of them: papers-tui doctor --fix brings them back.`;
}

/**
 * Brings the marks of an unfinished move back into the state directory, wherever that is now. Where it is gone, the
 * move is undone. Keeps the folders as backups.
 * @returns a sentence for people
 * @throws the system's error; what was not brought back is still in the folders
 */
export function finishMove(stateDirectory: string, machine: string): string {
  const folders = unfinishedMove(stateDirectory);
  const back = folders.map((folder) => {
    if (lstatSafely(stateDirectory) === undefined) {
      renameSync(folder, stateDirectory);
      return stateDirectory;
    }
    for (const name of readdirSync(folder)) bringBack(stateDirectory, machine, join(folder, name));
    const backup = backupPrefix(stateDirectory) + folder.slice(movingPrefix(stateDirectory).length);
    renameSync(folder, backup);
    return backup;
  });
  removeLinks(stateDirectory);
  return back.includes(stateDirectory)
    ? `moving your marks was interrupted; they are in ${stateDirectory} as before`
    : `moving your marks was interrupted; they are in ${realPathOf(stateDirectory)}, and ${back.join(", ")} is a backup`;
}

/** Removes the links of moves that never came to use them. */
export function removeLinks(stateDirectory: string): void {
  for (const link of beside(linkPrefix(stateDirectory))) if (lstatSync(link).isSymbolicLink()) rmSync(link);
}

function bringBack(stateDirectory: string, machine: string, path: string): void {
  const name = basename(path);
  if (/\.(?:lock|tmp)$/.test(name)) return;
  const bytes = readRegular(path);
  const kind = /^(marks|papers)-.+\.jsonl$/.exec(name)?.[1];
  if (kind !== undefined) {
    // Lines of a newer version are no marks for this one, and are to be kept.
    if (!mergeFile(stateDirectory, machine, path).isDone && bytes.length > 0)
      keepCopy(stateDirectory, kind as "marks" | "papers", name, bytes);
    return;
  }
  // Of anything else what is there stays, and the backup has the other.
  const to = join(stateDirectory, name);
  if (!existsSync(to)) writeAtomic(to, bytes, { overwrite: false, sync: true });
}

/** The paths that begin with a prefix, sorted. */
function beside(prefix: string): readonly string[] {
  try {
    return readdirSync(dirname(prefix))
      .map((name) => join(dirname(prefix), name))
      .filter((path) => path.startsWith(prefix))
      .sort();
  } catch {
    return [];
  }
}
