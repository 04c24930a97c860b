import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A lock older than this was left behind by a process that died; it is held for a few file operations. */
const abandoned = 5_000;
/** Milliseconds between two looks at a lock that another process has. */
const patience = 20;

/**
 * How long to wait, in milliseconds, until this process may ask a server that wants `pause` between
 * two requests, from all processes of this machine together (arXiv: one in three seconds). The turn
 * is taken by asking. Where the directory cannot be written each process only keeps to itself.
 */
export async function takeTurn(
  directory: string,
  server: string,
  pause: number,
  now: () => number,
): Promise<number> {
  const path = join(directory, `next-${server.replace(/[^\w.-]/g, "_")}`);
  const lock = `${path}.lock`;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    while (!taken(lock, now())) await new Promise((resolve) => setTimeout(resolve, patience));
  } catch {
    return 0;
  }
  try {
    const time = now();
    const next = Number(readOr(path, "0"));
    // A clock that was set back must not keep anyone waiting for longer than a turn or a few.
    const mine = next > time && next < time + 20 * pause ? next : time;
    writeFileSync(path, String(mine + pause));
    return mine - time;
  } catch {
    return 0;
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
  try {
    if (now - statSync(lock).mtimeMs > abandoned) rmSync(lock, { force: true });
  } catch {
    // It has just been given back.
  }
  return false;
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return otherwise;
  }
}
