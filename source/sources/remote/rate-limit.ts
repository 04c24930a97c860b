import { closeSync, lstatSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makePrivateFolder, readPrivate, writePrivate } from "../../files/private-folder.js";

/**
 * The servers that are asked with a pause: the milliseconds between two requests of this machine, and what whoever
 * waits reads, before the seconds.
 */
export const rateLimits = {
  // https://info.arxiv.org/help/api/tou.html
  arxiv: {
    server: "arxiv.org",
    pause: 3_000,
    why: "arXiv allows one request every three seconds, asking",
  },
  // These two name no limit: a reader needs no more.
  biorxiv: { server: "biorxiv.org", pause: 1_000, why: "bioRxiv is asked once a second, asking" },
  europePmc: { server: "europepmc.org", pause: 1_000, why: "Europe PMC is asked once a second, asking" },
} as const;

/** A lock older than this belongs to a dead process; it is held for a few file operations only. */
const abandoned = 5_000;
/** The delay between two attempts to take the lock, in milliseconds. */
const patience = 20;

/**
 * How long to wait, in milliseconds, until this process may send a request to a server that wants `pause`
 * between two requests of this machine (arXiv: three seconds). The call reserves the slot.
 *
 * @returns `null` if processes cannot coordinate: the directory cannot be written or is not private, or
 *   something else has the lock's name
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
    // Measured with a monotonic clock: file times and `now` may jump.
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
    // After a clock was set back, nobody must wait longer than a few slots.
    const mine = next > time && next < time + 20 * pause ? next : time;
    writePrivate(path, String(mine + pause));
    return mine - time;
  } catch {
    return null;
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether this process has the lock now. Throws if no lock can be made. */
function taken(lock: string, now: number): boolean {
  try {
    closeSync(openSync(lock, "wx", 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const stats = lstatSync(lock, { throwIfNoEntry: false });
  // It has just been released.
  if (!stats) return false;
  // Older, or in the future: the clock was set back since.
  if (Math.abs(now - stats.mtimeMs) > abandoned || !stats.isFile()) {
    rmSync(lock, { recursive: true, force: true });
  }
  return false;
}

function readOr(path: string, otherwise: string): string {
  try {
    return readPrivate(path).toString("utf8");
  } catch {
    return otherwise;
  }
}
