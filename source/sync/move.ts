import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { appendLines } from "../files/append.js";
import { describeFsError, fsErrorCode } from "../files/fs-errors.js";
import { isWithin, lstatSafely, realPathOf } from "../files/real-path.js";
import { readRegular } from "../files/regular.js";
import { writeAtomic } from "../files/write-atomic.js";
import { keepCopy } from "./merge.js";
import { backupPrefix, linkPrefix, movingPrefix, removeLinks, unfinishedMove } from "./unfinished-move.js";

/** The result of moving the state directory; its sentences are for people. */
export type Moved =
  | {
      readonly done: true;
      /** The new folder of the marks. */
      readonly target: string;
      /** The backup of the old folder; `null` if there was none. */
      readonly backup: string | null;
      /** Whether the marks were there already. */
      readonly already: boolean;
    }
  | { readonly done: false; readonly why: string };

/** Why it failed, as a clause for people. */
class Refusal extends Error {}

/** How long to wait for programs that had moved files open, in milliseconds. */
const settling = 50;

/**
 * Moves the state directory to `DIR/papers-tui`, a synchronised folder, and leaves a symbolic link in its
 * place. Files of other machines there stay unchanged. Copies the files, verifies the copies, and keeps the old
 * folder under another name. Lines that other terminals append meanwhile are copied too. If the marks are in
 * that folder already, under whatever name or link, changes nothing. Refuses if anything could be lost. Never
 * throws.
 *
 * @param now milliseconds since 1970, for the name of the backup
 */
export function moveState(stateDirectory: string, directory: string, now: () => number): Moved {
  const target = join(resolve(directory), "papers-tui");
  try {
    const there = whereAlready(stateDirectory, resolve(directory), target);
    if (there !== null) return { done: true, target: there, backup: null, already: true };
    const why = whyNot(stateDirectory, resolve(directory), target);
    if (why !== null) return { done: false, why };
    mkdirSync(target, { recursive: true, mode: 0o700 });
    mkdirSync(dirname(stateDirectory), { recursive: true, mode: 0o700 });
    const copied = copyFiles(stateDirectory, target);
    const moving = putLink(stateDirectory, target, now());
    bringRest(moving, copied, target);
    const backups = moving.map((folder) => {
      const backup = backupPrefix(stateDirectory) + folder.slice(movingPrefix(stateDirectory).length);
      renameSync(folder, backup);
      return backup;
    });
    return { done: true, target, backup: backups[0] ?? null, already: false };
  } catch (error) {
    if (error instanceof Refusal) return { done: false, why: error.message };
    const [left] = unfinishedMove(stateDirectory);
    if (left !== undefined) {
      const why = `${describeFsError(error, target)}. ${left} has some of your marks; papers-tui doctor --fix brings them back`;
      return { done: false, why };
    }
    return {
      done: false,
      why: `${describeFsError(error, target)}. Your marks are still in ${stateDirectory}`,
    };
  }
}

/** The given folder if the marks are in it already, otherwise `null`. */
function whereAlready(stateDirectory: string, directory: string, target: string): string | null {
  const state = realPathOf(stateDirectory);
  // Either the folder of the marks itself, or its parent, to which they would move.
  return [target, directory].find((one) => state !== null && isSameFolder(state, realPathOf(one))) ?? null;
}

/** Whether two real paths are one folder: the same name, or another spelling or mount. */
function isSameFolder(one: string, other: string | null): boolean {
  if (other === null || one === other) return one === other;
  const [here, there] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return here !== undefined && there !== undefined && here.ino === there.ino && here.dev === there.dev;
}

/** Why to refuse; `null` if nothing speaks against it. */
function whyNot(stateDirectory: string, directory: string, target: string): string | null {
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (!stats) return `there is no folder ${directory}; create it where your files are synchronised`;
  if (!stats.isDirectory()) return `${directory} is not a folder`;
  const to = realPathOf(target);
  if (to === null) return `${target} is a link that leads nowhere; remove it`;
  if (existsSync(to) && !statSync(to).isDirectory()) return `a file is in the way, ${target}; move it away`;
  const state = realPathOf(stateDirectory);
  if (state === null) {
    if (brokenState(stateDirectory) !== null) {
      return `${stateDirectory} is a link that leads back to itself; papers-tui doctor --fix repairs it`;
    }
    return `${stateDirectory} is a link to a folder that is not there; bring that back or remove the link`;
  }
  if (lstatSafely(stateDirectory)?.isSymbolicLink()) {
    return `${stateDirectory} is a link to ${state} already; remove the link first, and move that folder yourself`;
  }
  if (existsSync(state) && !statSync(state).isDirectory()) {
    return `a file is in the way where ${stateDirectory} should be; move it away`;
  }
  if (isWithin(to, state))
    return `${directory} is inside ${stateDirectory}, which would be moved into itself`;
  if (isWithin(state, to)) return `your marks are inside ${target}, in ${state}; name another folder`;
  return null;
}

/** The copy of a file, and its length in bytes. */
interface Copied {
  readonly to: string;
  readonly length: number;
  /** Another inode means a file that took the name later, as after compaction (`compact.ts`). */
  readonly ino: number;
}

/** The files to move; without locks and unfinished files. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => !/\.(?:lock|tmp)$/.test(name));
}

/** Copies every file and verifies the copy. */
function copyFiles(from: string, target: string): ReadonlyMap<string, Copied> {
  const copied = new Map<string, Copied>();
  if (!existsSync(from)) return copied;
  const names = filesIn(from);
  const odd = names.find((name) => !lstatSync(join(from, name)).isFile());
  if (odd !== undefined) throw new Refusal(`${join(from, odd)} is not a regular file; move it away first`);
  for (const name of names) {
    const { ino } = statSync(join(from, name));
    const bytes = readRegular(join(from, name));
    const to = copyTo(target, name, bytes);
    if (!startsWith(to, bytes))
      throw new Refusal(`${to} does not have the bytes that were written to it; nothing was moved`);
    copied.set(name, { to, length: bytes.length, ino });
  }
  return copied;
}

/** Copies a file; if another file has the name, leaves it and uses a new name. */
function copyTo(target: string, name: string, bytes: Buffer): string {
  const to = join(target, name);
  try {
    writeAtomic(to, bytes, { overwrite: false, sync: true });
    return to;
  } catch (error) {
    const isTaken = ["EEXIST", "ELOOP"].includes(fsErrorCode(error) ?? "");
    if (!isTaken) throw error;
  }
  if (startsWith(to, bytes)) return to;
  const kind = /^(marks|papers)-.+\.jsonl$/.exec(name)?.[1];
  if (kind === undefined) {
    if (completed(to, bytes)) return to;
    throw new Refusal(`${to} already exists and differs; move it away first`);
  }
  return keepCopy(target, kind as "marks" | "papers", name, bytes);
}

function startsWith(path: string, bytes: Buffer): boolean {
  try {
    return readRegular(path).subarray(0, bytes.length).equals(bytes);
  } catch {
    return false;
  }
}

/** Completes a file that an interrupted move has left and that has grown here since. Whether it was one. */
function completed(path: string, bytes: Buffer): boolean {
  const there = readRegular(path);
  if (there.length === 0 || !bytes.subarray(0, there.length).equals(there)) return false;
  appendLines(path, () => bytes.toString("utf8", there.length));
  return true;
}

/**
 * Replaces the directory by a link and keeps it under another name, by which a move that ends here is found
 * (`unfinished-move.ts`). If another terminal makes the directory again in between, with its next mark, keeps that one
 * too.
 * @returns the kept folders, the oldest first
 */
function putLink(stateDirectory: string, target: string, now: number): readonly string[] {
  const stamp = new Date(now).toISOString().replace(/\D/g, "").slice(0, 14);
  const link = linkPrefix(stateDirectory) + stamp;
  const backups: string[] = [];
  removeLinks(stateDirectory);
  symlinkSync(target, link, process.platform === "win32" ? "junction" : "dir");
  try {
    for (;;) {
      if (existsSync(stateDirectory)) {
        const name = `${stamp}${backups.length > 0 ? `-${backups.length}` : ""}`;
        const backup = movingPrefix(stateDirectory) + name;
        const taken = [backup, backupPrefix(stateDirectory) + name].find((path) => existsSync(path));
        if (taken !== undefined) throw new Refusal(`${taken} is in the way; move it away first`);
        renameSync(stateDirectory, backup);
        backups.push(backup);
      }
      try {
        renameSync(link, stateDirectory);
        return backups;
      } catch (error) {
        if (!existsSync(stateDirectory) || backups.length > 100) throw error;
      }
    }
  } catch (error) {
    rmSync(link, { force: true });
    const [first] = backups;
    if (first !== undefined && !existsSync(stateDirectory)) renameSync(first, stateDirectory);
    throw error;
  }
}

/** Appends to the copies the lines written since, and adds files made since. */
function bringRest(backups: readonly string[], copied: ReadonlyMap<string, Copied>, target: string): void {
  // A program that had a file open has finished its write after microseconds.
  if (backups.length > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, settling);
  for (const [index, backup] of backups.entries()) {
    for (const name of filesIn(backup)) {
      const known = index === 0 ? copied.get(name) : undefined;
      const isSame = known !== undefined && known.ino === statSync(join(backup, name)).ino;
      const to = known?.to ?? join(target, name);
      const rest = readRegular(join(backup, name)).subarray(isSame ? known.length : 0);
      if (rest.length > 0) appendLines(to, () => rest.toString());
    }
  }
}

/** A state directory that is a link to itself, and its backup. */
export interface BrokenState {
  /** The newest backup, or `null`. */
  readonly backup: string | null;
}

/**
 * Whether the state directory is a link to itself, directly or through other links; `null` if not. Earlier
 * versions made such a link when the marks were moved to the folder in which they already were.
 */
export function brokenState(stateDirectory: string): BrokenState | null {
  if (!lstatSafely(stateDirectory)?.isSymbolicLink()) return null;
  try {
    realpathSync(stateDirectory);
    return null;
  } catch (error) {
    if (fsErrorCode(error) !== "ELOOP") return null;
  }
  const parent = dirname(stateDirectory);
  const beginning = backupPrefix(stateDirectory);
  const backups = readdirSync(parent)
    .map((name) => join(parent, name))
    .filter((path) => path.startsWith(beginning) && lstatSync(path).isDirectory());
  return { backup: backups.sort().at(-1) ?? null };
}

/**
 * Repairs a state directory that is a link to itself: removes the link and restores the backup. Marks in other
 * folders stay there.
 * @returns a sentence for people
 * @throws the system's error; the link is then unchanged
 */
export function mendState(stateDirectory: string, { backup }: BrokenState): string {
  const aside = `${stateDirectory}.broken-link`;
  const to = readlinkSync(stateDirectory);
  renameSync(stateDirectory, aside);
  try {
    if (backup === null) mkdirSync(stateDirectory, { mode: 0o700 });
    else renameSync(backup, stateDirectory);
  } catch (error) {
    renameSync(aside, stateDirectory);
    throw error;
  }
  rmSync(aside);
  const what = backup === null ? "an empty folder" : `the folder that was kept as ${backup}`;
  return `${stateDirectory} was a link to ${to} that led back to itself; it is ${what} again`;
}
