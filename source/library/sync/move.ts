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
import { appendLines } from "../../files/append.js";
import { describeFsError, fsErrorCode } from "../../files/fs-errors.js";
import { isWithin, lstatSafely, realPathOf } from "../../files/real-path.js";
import { readRegular } from "../../files/regular.js";
import { writeAtomic } from "../../files/write-atomic.js";
import { keepCopy } from "./merge.js";

/** What came of moving the state directory; sentences are for people. */
export type Moved =
  | {
      readonly done: true;
      /** Where marks are now. */
      readonly target: string;
      /** Where what was here before is kept; `null` where nothing was. */
      readonly backup: string | null;
      /** Whether it was so already. */
      readonly already: boolean;
    }
  | { readonly done: false; readonly why: string };

/** Why it cannot be done, as a clause for people. */
class Refusal extends Error {}

/** How long files that were moved are waited for, in milliseconds. */
const settling = 50;

/**
 * Moves the state directory to `DIR/papers-tui`, a folder that is synchronised with other machines,
 * and leaves a symbolic link where it was. Files that are there already, of other machines, stay as
 * they are. What was here is copied, looked at again, and then kept under another name; what another
 * terminal appends meanwhile comes along. Where the marks are in that folder already, by whatever name and
 * links, nothing is touched. Refuses where anything could be lost. Never throws.
 *
 * @param now milliseconds since 1970, for the name of what is kept
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
    const backups = putLink(stateDirectory, target, now());
    bringRest(backups, copied, target);
    return { done: true, target, backup: backups[0] ?? null, already: false };
  } catch (error) {
    if (error instanceof Refusal) return { done: false, why: error.message };
    return {
      done: false,
      why: `${describeFsError(error, target)}. Your marks are still in ${stateDirectory}`,
    };
  }
}

/** The folder that was named, where the marks are in it already; `null` where they are not. */
function whereAlready(stateDirectory: string, directory: string, target: string): string | null {
  const state = realPathOf(stateDirectory);
  // Both "the folder that holds them" and the folder above it, where they would be put.
  return [target, directory].find((one) => state !== null && isSameFolder(state, realPathOf(one))) ?? null;
}

/** Whether two real paths are one folder: of one name, or by another spelling or mount. */
function isSameFolder(one: string, other: string | null): boolean {
  if (other === null || one === other) return one === other;
  const [here, there] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return here !== undefined && there !== undefined && here.ino === there.ino && here.dev === there.dev;
}

/** Why it should not be done at all; `null` where it may. */
function whyNot(stateDirectory: string, directory: string, target: string): string | null {
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (!stats) return `there is no folder ${directory}; make it where it is synchronised`;
  if (!stats.isDirectory()) return `${directory} is no folder`;
  const to = realPathOf(target);
  if (to === null) return `${target} is a link that leads nowhere; remove it`;
  if (existsSync(to) && !statSync(to).isDirectory()) return `a file is in the way, ${target}; move it away`;
  const state = realPathOf(stateDirectory);
  if (state === null) {
    if (brokenState(stateDirectory) !== null) {
      return `${stateDirectory} is a link that leads back to itself; papers-tui doctor --fix puts it right`;
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

/** Where a file was copied to, and how many bytes of it. */
interface Copied {
  readonly to: string;
  readonly length: number;
  /** Another number means a file that took its name later, as a journal does after compaction (`compact.ts`). */
  readonly ino: number;
}

/** The files to move; locks and what was never finished stay behind. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => !/\.(?:lock|tmp)$/.test(name));
}

/** Copies every file, and looks whether what was written is what was read. */
function copyFiles(from: string, target: string): ReadonlyMap<string, Copied> {
  const copied = new Map<string, Copied>();
  if (!existsSync(from)) return copied;
  const names = filesIn(from);
  const odd = names.find((name) => !lstatSync(join(from, name)).isFile());
  if (odd !== undefined) throw new Refusal(`${join(from, odd)} is no ordinary file; move it away first`);
  for (const name of names) {
    const { ino } = statSync(join(from, name));
    const bytes = readRegular(join(from, name));
    const to = copyTo(target, name, bytes);
    if (!startsWith(to, bytes)) throw new Refusal(`${to} is not what was written to it; nothing was moved`);
    copied.set(name, { to, length: bytes.length, ino });
  }
  return copied;
}

/** Makes the copy; where another file of that name is there, it is left and the copy put beside it. */
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
  if (kind === undefined) throw new Refusal(`${to} is there already and is another file; move it away first`);
  return keepCopy(target, kind as "marks" | "papers", name, bytes);
}

function startsWith(path: string, bytes: Buffer): boolean {
  try {
    return readRegular(path).subarray(0, bytes.length).equals(bytes);
  } catch {
    return false;
  }
}

/**
 * Puts a link in the place of the directory, which is kept under another name. Should another
 * terminal make the directory anew in between, with its next mark in it, that is kept as well.
 * @returns the names under which what was there is kept, the oldest first
 */
function putLink(stateDirectory: string, target: string, now: number): readonly string[] {
  const stamp = new Date(now).toISOString().replace(/\D/g, "").slice(0, 14);
  const link = `${stateDirectory}.link-${stamp}`;
  const backups: string[] = [];
  symlinkSync(target, link, process.platform === "win32" ? "junction" : "dir");
  try {
    for (;;) {
      if (existsSync(stateDirectory)) {
        const backup = `${backupName(stateDirectory)}${stamp}${backups.length > 0 ? `-${backups.length}` : ""}`;
        if (existsSync(backup)) throw new Refusal(`${backup} is in the way; move it away first`);
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

/** What the names begin with under which a state directory is kept that was moved. */
function backupName(stateDirectory: string): string {
  return `${stateDirectory}.before-sync-`;
}

/** Appends to the copies what the files got after they were copied, and what came in later ones. */
function bringRest(backups: readonly string[], copied: ReadonlyMap<string, Copied>, target: string): void {
  // Whoever had a file open when the link came has written to it by then: it takes microseconds.
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

/** A state directory that is a link leading back to itself, and the folder that can take its place. */
export interface BrokenState {
  /** The newest folder in which the marks were kept; `null` where there is none. */
  readonly backup: string | null;
}

/**
 * Whether the state directory is a link that leads back to itself, alone or by way of others: earlier versions
 * left that where the marks were moved to the folder in which they already were. `null` where it is not.
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
  const beginning = backupName(stateDirectory);
  const backups = readdirSync(parent)
    .map((name) => join(parent, name))
    .filter((path) => path.startsWith(beginning) && lstatSync(path).isDirectory());
  return { backup: backups.sort().at(-1) ?? null };
}

/**
 * Puts a state directory right that is a link leading back to itself: the link is removed, and the folder
 * in which the marks were kept takes its place again. Marks that are in other folders stay there.
 * @returns a sentence on what was done
 * @throws the system's error where it could not be done; the link is then as it was
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
