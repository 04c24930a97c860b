import { randomBytes } from "node:crypto";
import {
  closeSync,
  lstatSync,
  openSync,
  readlinkSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fsErrorCode } from "./fs-errors.js";
import { readRegular } from "./regular.js";

/** How often to try, in milliseconds. */
const between = 10;
/** A lock older than this is abandoned, in milliseconds. No program holds one for so long. */
const stale = 30_000;
/** A lock without a holder, in milliseconds: its program was killed between making it and writing its name in it. */
const staleWithoutHolder = 2_000;
/** Windows says this of a file that another program is about to remove. */
const passing = new Set(process.platform === "win32" ? ["EPERM", "EACCES", "EBUSY"] : []);

/** What a lock is for. */
export interface Locking {
  /** The lock file; its folder must exist. */
  readonly path: string;
  /** What its holder is doing: "writing the settings". */
  readonly holder: string;
  /** How long to wait for it, in milliseconds. */
  readonly patience: number;
}

/** Throws if this program does not hold the lock. */
export type AssertHeld = () => void;

/** Another program holds the lock, or something else has its name. The message says what to do. */
export class LockError extends Error {}

/**
 * Runs `work` under a lock file that only one program at a time can create. Breaks the lock of a killed program.
 *
 * If there is no lock in time, `work` runs all the same, to look: it calls `assertHeld` directly before it
 * changes anything. That throws a `LockError`, or the system's error if no file can be made there. It also throws
 * if this program was stopped for so long that another one has broken its lock.
 */
export async function withLock<T>(locking: Locking, work: (assertHeld: AssertHeld) => T): Promise<T> {
  const lock = new Lock(locking);
  while (lock.mustWait()) await sleep(between);
  return lock.run(work);
}

/** `withLock` for a program that has nothing else to do: the wait blocks it. */
export function withLockSync<T>(locking: Locking, work: (assertHeld: AssertHeld) => T): T {
  const lock = new Lock(locking);
  const sleeping = new Int32Array(new SharedArrayBuffer(4));
  while (lock.mustWait()) Atomics.wait(sleeping, 0, 0, between);
  return lock.run(work);
}

class Lock {
  readonly #path: string;
  readonly #mine = `${process.pid} ${processSpace()} ${randomBytes(8).toString("hex")}`;
  readonly #end: number;
  readonly #busy: LockError;
  /** Why the lock is not held. */
  #missing: unknown;

  constructor({ path, holder, patience }: Locking) {
    this.#path = path;
    this.#end = performance.now() + patience;
    this.#busy = new LockError(`another papers-tui is ${holder}: try again`);
    this.#missing = this.#busy;
  }

  /** Tries to create the lock; `false` once it is held, or there is no use in waiting. */
  mustWait(): boolean {
    try {
      create(this.#path, this.#mine);
      this.#missing = null;
      return false;
    } catch (error) {
      const code = fsErrorCode(error) ?? "";
      if (code !== "EEXIST" && !passing.has(code)) {
        this.#missing = error;
        return false;
      }
    }
    if (lstatSync(this.#path, { throwIfNoEntry: false })?.isFile() === false) {
      this.#missing = new LockError(`${this.#path} is where a lock file should be; move it away`);
      return false;
    }
    breakStale(this.#path);
    return performance.now() < this.#end;
  }

  /** Runs `work` and removes the lock. */
  run<T>(work: (assertHeld: AssertHeld) => T): T {
    try {
      return work(() => {
        if (this.#missing !== null) throw this.#missing;
        if (!this.#isMine()) throw this.#busy;
      });
    } finally {
      if (this.#missing === null && this.#isMine()) rmSync(this.#path, { force: true });
    }
  }

  #isMine(): boolean {
    return read(this.#path) === this.#mine;
  }
}

/** Makes a lock file. Throws EEXIST if something has its name. */
function create(path: string, text: string): void {
  const file = openSync(path, "wx", 0o600);
  let isWhole = false;
  try {
    isWhole = writeSync(file, text) === Buffer.byteLength(text);
    if (!isWhole) throw Object.assign(new Error("the lock was cut short"), { code: "ENOSPC" });
  } finally {
    closeSync(file);
    // On a full disk nobody is to wait for it.
    if (!isWhole) rmSync(path, { force: true });
  }
}

/**
 * Removes an abandoned lock. Only one program at a time does that, under a lock of its own: a second one could
 * remove the lock that a third has made since.
 */
function breakStale(path: string): void {
  if (!isAbandoned(path)) return;
  const breaking = `${path}.breaking`;
  try {
    create(breaking, "");
  } catch {
    // Somebody else does it, or was killed over it.
    if (isOld(breaking, stale)) rmSync(breaking, { force: true });
    return;
  }
  try {
    if (isAbandoned(path)) rmSync(path, { force: true });
  } finally {
    rmSync(breaking, { force: true });
  }
}

/** Whether the program that made a lock has ended. */
function isAbandoned(path: string): boolean {
  const text = read(path);
  if (isOld(path, text === "" ? staleWithoutHolder : stale)) return true;
  const [pid, host] = text?.split(" ") ?? [];
  if (host !== processSpace() || !/^\d+$/.test(pid ?? "")) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return fsErrorCode(error) === "ESRCH";
  }
}

function isOld(path: string, after: number): boolean {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch {
    return false;
  }
  return Date.now() - stats.mtimeMs > after;
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

/** The content of a lock file; `null` if it is gone, not a file, or another user's. */
function read(path: string): string | null {
  try {
    return readRegular(path).toString();
  } catch {
    return null;
  }
}
