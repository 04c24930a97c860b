import { closeSync, lstatSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makePrivateFolder } from "../../files/private-folder.js";
import { readRegular } from "../../files/regular.js";
import { writeAtomic } from "../../files/write-atomic.js";

/** A lock older than this was left by a process that died; it is held for a few file operations. */
const abandoned = 5_000;
/** Milliseconds between two looks at a lock that another process has. */
const patience = 20;

/**
 * How long to wait, in milliseconds, until this process may ask a server that wants `pause` between
 * two requests, from all processes of this machine together (arXiv: one in three seconds). The turn
 * is taken by asking.
 *
 * @returns `null` where processes cannot agree: the directory cannot be written or is not private, or
 *   something that is no lock is in its place
 */
export async function takeTurn(
  directory: string,
  server: string,
  pause: number,
  now: () => number,
): Promise<number | null> {
  const path = join(directory, `next-${server.replace(/[^\w.-]/g, "_")}`);
  const lock = `${path}.lock`;
  try {
    if (!makePrivateFolder(directory)) return null;
    // Measured by a clock that nobody sets: the files' times and `now` may jump.
    const giveUp = performance.now() + 2 * abandoned;
    while (!taken(lock, now())) {
      if (performance.now() > giveUp) return null;
      await new Promise((resolve) => setTimeout(resolve, patience));
    }
  } catch {
    return null;
  }
  try {
    const time = now();
    const next = Number(readOr(path, "0"));
    // A clock that was set back must not keep anyone waiting for longer than a turn or a few.
    const mine = next > time && next < time + 20 * pause ? next : time;
    writeAtomic(path, String(mine + pause));
    return mine - time;
  } catch {
    return null;
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the lock is this process's now. Throws where there can be none. */
function taken(lock: string, now: number): boolean {
  try {
    closeSync(openSync(lock, "wx", 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const stats = lstatSync(lock, { throwIfNoEntry: false });
  // It has just been given back.
  if (!stats) return false;
  // Older, or of a time that has not come: the clock was set back since.
  if (Math.abs(now - stats.mtimeMs) > abandoned || !stats.isFile()) {
    rmSync(lock, { recursive: true, force: true });
  }
  return false;
}

function readOr(path: string, otherwise: string): string {
  try {
    return readRegular(path).toString("utf8");
  } catch {
    return otherwise;
  }
}
