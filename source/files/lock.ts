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

/** How long to wait for a lock, and how often to try, in milliseconds. */
const patience = 2_000;
const between = 10;
/** A lock older than this is abandoned, in milliseconds. No program holds one for so long. */
const stale = 30_000;

/**
 * Runs `work` under a lock file that only one program at a time can create. Breaks the lock of a killed
 * program. If there is no lock after two seconds (its holder is stopped, or something else has the name), runs
 * `work` without it, so `work` must be safe without the lock.
 *
 * @param path the lock file; its folder must exist
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
      // The folder cannot be written to: `work` reports that.
      if (fsErrorCode(error) !== "EEXIST") return false;
    }
    // A folder, a pipe or a link in its place stays.
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) return false;
    breakStale(path);
    if (performance.now() > end) return false;
    Atomics.wait(sleeping, 0, 0, between);
  }
}

/** Removes an abandoned lock. */
function breakStale(path: string): void {
  const held = read(path);
  if (held === null || !isLeft(path, held)) return;
  // Two programs may do this at once: the one that renamed a new lock puts it back.
  const aside = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    renameSync(path, aside);
    if (read(aside) !== held) linkSync(aside, path);
  } catch {
    // The other program was faster.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Whether the program that made a lock has ended. */
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
 * Process ids are comparable only here: on this machine, and on Linux in this pid namespace, because containers
 * can share a folder and a host name.
 */
function processSpace(): string {
  try {
    return `${hostname()}:${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** The content of a lock file; `null` if it is gone or not a file. */
function read(path: string): string | null {
  try {
    return readRegular(path).toString("latin1");
  } catch {
    return null;
  }
}
