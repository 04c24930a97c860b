import { type FSWatcher, statfsSync, statSync, watch } from "node:fs";

/** Changes within this many milliseconds cause one check: an act may write several times. */
const together = 50;
/** How often a directory that cannot be watched is looked at, in milliseconds. */
const between = 1_000;

/**
 * Local file systems of Linux, on which `fs.watch` reports every change: ext2 to ext4,
 * Btrfs, XFS, tmpfs, overlayfs, ZFS, F2FS, bcachefs, eCryptfs, JFS, FAT, exFAT, NTFS.
 * https://man7.org/linux/man-pages/man2/statfs.2.html
 */
const local: ReadonlySet<number> = new Set([
  0xef53, 0x9123683e, 0x58465342, 0x01021994, 0x794c7630, 0x2fc12fc1, 0xf2f52010, 0xca451a4e, 0xf15f,
  0x3153464a, 0x4d44, 0x2011bab0, 0x7366746e,
]);

/**
 * Reports when a directory may have changed, so that marks made in another terminal appear here at once. A
 * local directory is watched. A directory that is missing, cannot be watched or is on a network drive (where
 * the system reports only what this machine writes) is looked at every second.
 */
export class Watching {
  readonly #directory: string;
  readonly #check: () => void;
  #watcher: FSWatcher | null = null;
  /** The inode of the watched directory: another directory may take its name. */
  #watched: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #ticking: NodeJS.Timeout | undefined;

  /** @param check called after a change, or every second where changes are not reported; must be cheap */
  constructor(directory: string, check: () => void) {
    this.#directory = directory;
    this.#check = check;
  }

  /** Starts watching. Safe to call again: it only retries what has failed so far. */
  start(): void {
    if (this.#watcher === null) this.#watch();
    const isReported = this.#watcher !== null && reportsAll(this.#directory);
    if (isReported) {
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
      this.#watched = inodeOf(this.#directory);
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
    // The directory may exist by now.
    if (this.#watcher === null) this.start();
    this.#check();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // The event may mean that the directory is gone or was replaced.
      if (inodeOf(this.#directory) !== this.#watched) {
        this.#leave();
        this.start();
      }
      this.#check();
    }, together);
    this.#timer.unref();
  }
}

/** The inode of a directory; `null` where there is none. */
function inodeOf(directory: string): number | null {
  try {
    return statSync(directory).ino;
  } catch {
    return null;
  }
}

/** Whether a watcher of this directory hears of every change. */
function reportsAll(directory: string): boolean {
  // Other systems number their file systems differently.
  if (process.platform !== "linux") return false;
  try {
    return local.has(statfsSync(directory).type >>> 0);
  } catch {
    return false;
  }
}
