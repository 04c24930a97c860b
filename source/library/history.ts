import type { Change } from "../papers/marks.js";
import type { JournalEntry } from "./journal-format.js";

/** How many changes can be taken back. */
export const historyLength = 500;

/**
 * What can be undone and redone. It is built by replaying entries, the same way from a journal at
 * the start and from each change while the program runs, so that a restart changes nothing.
 */
export class History {
  readonly #done: Change[] = [];
  readonly #undone: Change[] = [];

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
      this.#done.push(entry);
      if (this.#done.length > historyLength) this.#done.shift();
    }
  }
}

/** Moves the change with that id to the end of `to`; it is nearly always the last of `from`. */
function move(id: string, from: Change[], to: Change[]): void {
  for (let index = from.length - 1; index >= 0; index--) {
    const change = from[index] as Change;
    if (change.id !== id) continue;
    from.splice(index, 1);
    to.push(change);
    return;
  }
}
