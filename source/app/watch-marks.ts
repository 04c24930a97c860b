import { type FSWatcher, statfsSync, statSync, watch } from "node:fs";

/** Several writes of one act are looked at once, after so many milliseconds. */
const together = 50;
/** How often a directory that tells nothing of itself is looked at, in milliseconds. */
const between = 1_000;

/**
 * File systems of Linux that are on this machine, whose directories tell of every change: ext2 to ext4,
 * Btrfs, XFS, tmpfs, overlayfs, ZFS, F2FS, bcachefs, eCryptfs, JFS, FAT, exFAT, NTFS.
 * https://man7.org/linux/man-pages/man2/statfs.2.html
 */
const local: ReadonlySet<number> = new Set([
  0xef53, 0x9123683e, 0x58465342, 0x01021994, 0x794c7630, 0x2fc12fc1, 0xf2f52010, 0xca451a4e, 0xf15f,
  0x3153464a, 0x4d44, 0x2011bab0, 0x7366746e,
]);

/**
 * Tells when something in a directory may have changed, so that what another terminal or machine marks
 * is here within a moment. A directory on this machine is watched, which costs nothing. One that is not
 * there, cannot be watched or is on a drive that others write to, where the system tells only what this
 * machine does, is looked at every second.
 */
export class Watching {
  readonly #directory: string;
  readonly #look: () => void;
  #watcher: FSWatcher | null = null;
  /** The directory that is watched: another may come to stand under its name. */
  #watched: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #ticking: NodeJS.Timeout | undefined;

  /** @param look called after a change, and where changes cannot be told every second: it is to be cheap */
  constructor(directory: string, look: () => void) {
    this.#directory = directory;
    this.#look = look;
  }

  /** Begins to watch; called again, only where that did not succeed so far. */
  start(): void {
    if (this.#watcher === null) this.#watch();
    const isTold = this.#watcher !== null && tellsAll(this.#directory);
    if (isTold) {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
    } else if (this.#ticking === undefined) {
      this.#ticking = setInterval(() => this.#tick(), between);
      this.#ticking.unref();
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.#leave();
  }

  #watch(): void {
    try {
      this.#watched = placeOf(this.#directory);
      this.#watcher = watch(this.#directory, { persistent: false }, () => this.#soon());
      this.#watcher.on("error", () => this.#leave());
    } catch {
      this.#leave();
    }
  }

  #leave(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }

  #tick(): void {
    // What could not be watched may be there by now.
    if (this.#watcher === null) this.start();
    this.#look();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // The event may have been that the directory is gone, or is another one.
      if (placeOf(this.#directory) !== this.#watched) {
        this.#leave();
        this.start();
      }
      this.#look();
    }, together);
    this.#timer.unref();
  }
}

/** What tells a directory from another of its name; `null` where none can be seen. */
function placeOf(directory: string): number | null {
  try {
    return statSync(directory).ino;
  } catch {
    return null;
  }
}

/** Whether whatever changes in a directory is told to those who watch it. */
function tellsAll(directory: string): boolean {
  // Others number their file systems in other ways.
  if (process.platform !== "linux") return false;
  try {
    return local.has(statfsSync(directory).type >>> 0);
  } catch {
    return false;
  }
}
