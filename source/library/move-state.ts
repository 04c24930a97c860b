import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { describeFsError, fsErrorCode } from "../files/fs-errors.js";
import { appendLines } from "./append.js";
import { create, keepCopy } from "./merge.js";

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

/**
 * Moves the state directory to `DIR/papers-tui`, a folder that is synchronised with other machines,
 * and leaves a symbolic link where it was. Files that are there already, of other machines, stay as
 * they are. What was here is copied, looked at again, and then kept under another name; what another
 * terminal appends meanwhile comes along. Refuses where anything could be lost. Never throws.
 *
 * @param now milliseconds since 1970; the name of what is kept tells it
 */
export function moveState(stateDirectory: string, directory: string, now: () => number): Moved {
  const target = join(resolve(directory), "papers-tui");
  try {
    const why = unsafe(stateDirectory, resolve(directory));
    if (why !== null) return { done: false, why };
    if (isLink(stateDirectory)) return linked(stateDirectory, target);
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

/** How long files that were moved are waited for, in milliseconds. */
const settling = 50;

/** Why it cannot be done, as a clause for people. */
class Refusal extends Error {}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Why it should not be done at all; `null` where it may. */
function unsafe(stateDirectory: string, directory: string): string | null {
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (!stats) return `there is no folder ${directory}; make it where it is synchronised`;
  if (!stats.isDirectory()) return `${directory} is no folder`;
  const here = existsSync(stateDirectory) ? realpathSync(stateDirectory) : stateDirectory;
  if (!isLink(stateDirectory) && isWithin(realpathSync(directory), here)) {
    return `${directory} is inside ${stateDirectory}, which would be moved into itself`;
  }
  if (lstatSync(stateDirectory, { throwIfNoEntry: false })?.isFile()) {
    return `a file is in the way where ${stateDirectory} should be; move it away`;
  }
  return null;
}

function linked(stateDirectory: string, target: string): Moved {
  const to = resolve(dirname(stateDirectory), readlinkSync(stateDirectory));
  if (!existsSync(to)) {
    return {
      done: false,
      why: `${stateDirectory} is a link to ${to}, which is not there; bring that folder back or remove the link`,
    };
  }
  if (existsSync(target) && realpathSync(to) === realpathSync(target)) {
    return { done: true, target, backup: null, already: true };
  }
  return {
    done: false,
    why: `${stateDirectory} is a link to ${to} already; remove the link first, and move that folder yourself`,
  };
}

/** Where a file was copied to, and how many bytes of it. */
interface Copied {
  readonly to: string;
  readonly length: number;
  /** What tells it from a file that took its name later, as a journal does that is begun anew (`compaction.ts`). */
  readonly ino: number;
}

/** Copies every file, and looks whether what was written is what was read. */
function copyFiles(from: string, target: string): ReadonlyMap<string, Copied> {
  const copied = new Map<string, Copied>();
  if (!existsSync(from)) return copied;
  const names = readdirSync(from);
  const odd = names.find((name) => !lstatSync(join(from, name)).isFile());
  if (odd !== undefined) throw new Refusal(`${join(from, odd)} is no ordinary file; move it away first`);
  for (const name of names) {
    const { ino } = statSync(join(from, name));
    const bytes = readFileSync(join(from, name));
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
    create(to, bytes);
    return to;
  } catch (error) {
    if (fsErrorCode(error) !== "EEXIST") throw error;
  }
  if (startsWith(to, bytes)) return to;
  const kind = /^(marks|papers)-.+\.jsonl$/.exec(name)?.[1];
  if (kind === undefined) throw new Refusal(`${to} is there already and is another file; move it away first`);
  return keepCopy(target, kind as "marks" | "papers", name, bytes);
}

function startsWith(path: string, bytes: Buffer): boolean {
  return readFileSync(path).subarray(0, bytes.length).equals(bytes);
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
        const backup = `${stateDirectory}.before-sync-${stamp}${backups.length > 0 ? `-${backups.length}` : ""}`;
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

/** Appends to the copies what the files got after they were copied, and what came in later ones. */
function bringRest(backups: readonly string[], copied: ReadonlyMap<string, Copied>, target: string): void {
  // Whoever had a file open when the link came has written to it by then: it takes microseconds.
  if (backups.length > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, settling);
  for (const [index, backup] of backups.entries()) {
    for (const name of readdirSync(backup)) {
      const known = index === 0 ? copied.get(name) : undefined;
      const isSame = known !== undefined && known.ino === statSync(join(backup, name)).ino;
      const to = known?.to ?? join(target, name);
      const rest = readFileSync(join(backup, name)).subarray(isSame ? known.length : 0);
      if (rest.length > 0) appendLines(to, () => rest.toString());
    }
  }
}
