import { randomBytes } from "node:crypto";
import {
  closeSync,
  linkSync,
  lstatSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { fsErrorCode } from "./fs-errors.js";
import { readRegular } from "./regular.js";

/** How long a lock is waited for, and how often it is looked at, in milliseconds. */
const patience = 2_000;
const between = 10;
/** A lock older than this was left by a program that is gone, in milliseconds. Nothing holds one for so long. */
const stale = 30_000;

/**
 * Does something while no other program does: only one at a time can make the lock file. A lock that a
 * killed program has left is broken. One that cannot be had in two seconds (it is held by a program that was
 * stopped, or something else has its name) does not stop the work: what is done under a lock must be safe
 * without it, and only better with it.
 *
 * @param path the lock file, in the folder of what it protects; that folder must exist
 */
export function withLock<T>(path: string, work: () => T): T {
  const mine = `${process.pid} ${processSpace()} ${randomBytes(8).toString("hex")}`;
  const isHeld = acquire(path, mine);
  try {
    return work();
  } finally {
    if (isHeld && read(path) === mine) rmSync(path, { force: true });
  }
}

function acquire(path: string, mine: string): boolean {
  const sleeping = new Int32Array(new SharedArrayBuffer(4));
  const end = performance.now() + patience;
  for (;;) {
    try {
      const file = openSync(path, "wx", 0o600);
      try {
        writeSync(file, mine);
      } finally {
        closeSync(file);
      }
      return true;
    } catch (error) {
      // A folder that cannot be written to: the work will say so.
      if (fsErrorCode(error) !== "EEXIST") return false;
    }
    // A folder, a pipe or a link in its place will not go away.
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) return false;
    breakStale(path);
    if (performance.now() > end) return false;
    Atomics.wait(sleeping, 0, 0, between);
  }
}

/** Takes a lock away that nobody holds any more. */
function breakStale(path: string): void {
  const held = read(path);
  if (held === null || !isLeft(path, held)) return;
  // Two may see this at once: whoever renames a lock that was made since puts it back.
  const aside = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    renameSync(path, aside);
    if (read(aside) !== held) linkSync(aside, path);
  } catch {
    // The other was faster.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Whether the program that made a lock is gone. */
function isLeft(path: string, held: string): boolean {
  try {
    if (Date.now() - statSync(path).mtimeMs > stale) return true;
  } catch {
    return false;
  }
  const [pid, host] = held.split(" ");
  if (host !== processSpace() || !/^\d+$/.test(pid ?? "")) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return fsErrorCode(error) === "ESRCH";
  }
}

/**
 * Where process numbers mean the same: this machine, and on Linux this namespace of it, as containers can share
 * a folder and a host name.
 */
function processSpace(): string {
  try {
    return `${hostname()}:${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** What is in a lock file; `null` where it is gone, or is no file. */
function read(path: string): string | null {
  try {
    return readRegular(path).toString("latin1");
  } catch {
    return null;
  }
}
