import { type BigIntStats, existsSync, fstatSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { resolveLinks } from "../../files/write-atomic.js";
import { fromHome } from "../environment.js";

/** What must not be written over. */
export interface Protected {
  /** Absolute paths of the files that are read, or were read since the program started. */
  readonly sources: readonly string[];
  /** Folders of the program's own files: marks, settings, cache. */
  readonly ownFolders: readonly string[];
}

/**
 * Why a file must not be written: it is being read, or it is one of the program's own. Two names are one
 * file if the system says so (links of both kinds, file systems that ignore case, standard input that comes
 * from it), or if they lead to the same path, where the file is not there at the moment.
 *
 * @param path as `fromHome` gives it
 * @returns a clause without a full stop, or `null` if the file may be written
 */
export function whyProtected(path: string, { sources, ownFolders }: Protected): string | null {
  const target = realTarget(path);
  const stats = statOf(target);
  const isRead =
    sources.some((source) => realTarget(source) === target || isSame(statOf(source), stats)) ||
    isSame(redirectedInput(), stats);
  if (isRead) return `${path} is open here; choose another name`;
  const isOwn = stats !== null && ownFolders.some((folder) => target.startsWith(realTarget(folder) + sep));
  return isOwn ? `${path} is a file of papers-tui itself; choose another folder` : null;
}

/**
 * Whether standard output goes to a file that is being read: `list a.bib >> a.bib` would read its own lines.
 * A file that the shell has emptied already has nothing left to protect.
 */
export function isOutputRead(sources: readonly string[]): boolean {
  const output = statOfDescriptor(1);
  if (output === null || output.size === 0n) return false;
  return sources.some((source) => isSame(statOf(source), output)) || isSame(redirectedInput(), output);
}

/**
 * A name for a new file like the one proposed: `lib.bib`, then `lib-export.bib`, `lib-export-2.bib`, … until
 * no file has it. After a hundred it is the person's turn.
 *
 * @param stem the name without its ending
 * @param ending with its dot
 */
export function freeName(stem: string, ending: string, isProtected: Protected): string {
  const isExport = /-export$/.test(stem);
  const isFree = (name: string) => !existsSync(fromHome(name)) && whyProtected(name, isProtected) === null;
  const first = `${stem}${ending}`;
  if (isFree(first)) return first;
  const base = isExport ? stem : `${stem}-export`;
  for (let number = isExport ? 2 : 1; number <= 100; number += 1) {
    const name = number === 1 ? `${base}${ending}` : `${base}-${number}${ending}`;
    if (isFree(name)) return name;
  }
  return `${base}-new${ending}`;
}

/** The absolute path that a name leads to, through all links, also where the last part is not there. */
function realTarget(path: string): string {
  const led = resolve(resolveLinks(path));
  try {
    return realpathSync(led);
  } catch {
    try {
      return join(realpathSync(dirname(led)), basename(led));
    } catch {
      return led;
    }
  }
}

function isSame(one: BigIntStats | null, other: BigIntStats | null): boolean {
  return one !== null && other !== null && one.ino === other.ino && one.dev === other.dev;
}

function statOf(path: string): BigIntStats | null {
  try {
    return statSync(path, { throwIfNoEntry: false, bigint: true }) ?? null;
  } catch {
    return null;
  }
}

/** Standard input, where a file is redirected into it. */
function redirectedInput(): BigIntStats | null {
  return statOfDescriptor(0);
}

/** An open descriptor, where it is of a regular file. */
function statOfDescriptor(descriptor: number): BigIntStats | null {
  try {
    const stats = fstatSync(descriptor, { bigint: true });
    return stats.isFile() ? stats : null;
  } catch {
    return null;
  }
}
