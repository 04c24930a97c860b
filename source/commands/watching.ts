import { type FSWatcher, watch } from "node:fs";

/** Several writes of one act are looked at once, after so many milliseconds. */
const together = 50;

/**
 * Tells when something in a directory has changed, without asking again and again: what another
 * terminal marks is here within a moment. Where a directory cannot be watched (it is not there yet, or
 * on a drive that tells nothing) it is silent, and `look` may be called by hand.
 */
export class Watching {
  readonly #directory: string;
  readonly #look: () => void;
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(directory: string, look: () => void) {
    this.#directory = directory;
    this.#look = look;
  }

  /** Begins to watch; tried again at every call for as long as it does not succeed. */
  start(): void {
    if (this.#watcher !== null) return;
    try {
      this.#watcher = watch(this.#directory, { persistent: false }, () => this.#soon());
      // A directory that is removed or unmounted is looked for anew with the next mark.
      this.#watcher.on("error", () => this.stop());
    } catch {
      this.#watcher = null;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#watcher?.close();
    this.#watcher = null;
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#look, together);
    this.#timer.unref();
  }
}
