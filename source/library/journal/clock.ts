import { type JournalEntry, lastAt, lastOrderedAt } from "./format.js";

/**
 * Says when an entry was made (a hybrid logical clock). Clocks of two machines differ, and the clock of one
 * may jump: a star taken away here, after it was seen to be set by a machine whose clock is ahead, must stay
 * away. So an entry that the clock would not put after all that this machine has seen, of others and of
 * itself, is also given the moment after that. Every entry then has its place in the order by itself, wherever
 * a copy of its line is.
 */
export class JournalClock {
  readonly #now: () => number;
  #seen = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds since 1970, as `Date.now` */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes note of when an entry counts as made. */
  see(time: number): void {
    if (time > this.#seen) this.#seen = time;
  }

  /** The time of an entry made now, as the journal writes it. */
  stamp(): Pick<JournalEntry, "at" | "orderedAt"> {
    // A clock that is out of all bounds must not make lines that nobody reads.
    const now = Math.min(this.#now(), Date.parse(lastAt));
    const at = new Date(now).toISOString();
    if (now > this.#seen) {
      this.#seen = now;
      return { at };
    }
    this.#seen = Math.min(this.#seen + 1, Date.parse(lastOrderedAt));
    return { at, orderedAt: new Date(this.#seen).toISOString() };
  }
}
