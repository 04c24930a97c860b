import { type JournalEntry, lastAt, lastOrderedAt } from "./format.js";

/**
 * Time stamps for entries (a hybrid logical clock). The clocks of two machines differ, and a clock may jump. A
 * star removed here, after another machine with a fast clock set it, must stay removed. So an entry that would
 * not sort after everything that this machine has seen also gets the next later time. Its line then sorts
 * correctly in every copy.
 */
export class JournalClock {
  readonly #now: () => number;
  #seen = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds since 1970, as `Date.now` */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes the ordering time of an entry (`entryTime`); nothing for "". */
  see(time: string): void {
    this.#seen = Math.max(this.#seen, time === "" ? this.#seen : Date.parse(time));
  }

  /** The time of an entry made now, as the journal writes it. */
  stamp(): Pick<JournalEntry, "at" | "orderedAt"> {
    // A clock far in the future must not write lines that nobody reads.
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
