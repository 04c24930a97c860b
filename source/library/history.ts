import type { Change } from "../papers/marks.js";
import type { JournalEntry } from "./journal-format.js";

/** How many changes are remembered, to be taken back or done again. */
export const historyLength = 500;

/** A change of the history as it is listed. */
export interface Remembered extends Change {
  /** When it was made: UTC, `2026-11-23T08:24:15.123Z`. */
  readonly at: string;
  /** Whether it is taken back. */
  readonly isUndone: boolean;
}

/**
 * What can be undone and redone: the last 500 changes made on this machine, and which of them are
 * taken back. It is built by replaying entries, the same way from a journal at the start and from
 * each change while the program runs, so that a restart changes nothing.
 */
export class History {
  /** The last changes as they were made, whatever became of them; the oldest first. */
  readonly #made: JournalEntry[] = [];
  readonly #done: JournalEntry[] = [];
  readonly #undone: JournalEntry[] = [];

  get undoable(): number {
    return this.#done.length;
  }

  get redoable(): number {
    return this.#undone.length;
  }

  /** The newest change not taken back, or `null`. */
  get newestDone(): Change | null {
    return this.#done.at(-1) ?? null;
  }

  /** The change taken back last and not done again, or `null`. */
  get newestUndone(): Change | null {
    return this.#undone.at(-1) ?? null;
  }

  /**
   * Takes in the next entry. A new change leaves nothing to redo; one that undoes or redoes a change
   * no longer remembered (older than the last 500) moves nothing.
   */
  replay(entry: JournalEntry): void {
    if (entry.undoes !== undefined) {
      move(entry.undoes, this.#done, this.#undone);
    } else if (entry.redoes !== undefined) {
      move(entry.redoes, this.#undone, this.#done);
    } else {
      this.#undone.length = 0;
      this.#made.push(entry);
      this.#done.push(entry);
      if (this.#made.length <= historyLength) return;
      const [forgotten] = this.#made.splice(0, 1);
      const at = forgotten === undefined ? -1 : this.#done.indexOf(forgotten);
      if (at >= 0) this.#done.splice(at, 1);
    }
  }

  /** The changes remembered, the newest first, at most `limit`. */
  list(limit: number): readonly Remembered[] {
    const standing = new Set(this.#done);
    return this.#made
      .slice(Math.max(0, this.#made.length - limit))
      .reverse()
      .map((entry) => {
        const { id, label, papers, at } = entry;
        return { id, label, papers, at, isUndone: !standing.has(entry) };
      });
  }

  /** What has to be taken back, in order, so that the change `id` and all behind it are; none where it is not done. */
  backTo(id: string): readonly Change[] {
    const at = this.#done.findIndex((change) => change.id === id);
    return at < 0 ? [] : this.#done.slice(at).reverse();
  }
}

/** Moves the change with that id to the end of `to`; it is nearly always the last of `from`. */
function move(id: string, from: JournalEntry[], to: JournalEntry[]): void {
  for (let index = from.length - 1; index >= 0; index--) {
    const change = from[index] as JournalEntry;
    if (change.id !== id) continue;
    from.splice(index, 1);
    to.push(change);
    return;
  }
}
