import { type JournalEntry, lastAt, lastOrderedAt } from "./format.js";

/**
 * Time stamps for entries (a hybrid logical clock). The clocks of two machines differ, and a clock may jump. A
 * star removed here, after another machine with a fast clock set it, must stay removed. So an entry that would
 * not sort after everything that this machine has seen also gets the next later time. Its line then sorts
 * correctly in every copy.
 */
export class JournalClock {
  readonly #now: () => number;
  #seen = "";

  /** @param now milliseconds since 1970, as `Date.now` */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes the ordering time of an entry (`entryTime`); nothing for "". */
  see(time: string): void {
    if (time > this.#seen) this.#seen = time;
  }

  /** The time of an entry made now, as the journal writes it. */
  stamp(): Pick<JournalEntry, "at" | "orderedAt"> {
    // A clock far in the future must not write lines that nobody reads.
    const at = new Date(Math.min(this.#now(), Date.parse(lastAt))).toISOString();
    if (at > this.#seen) {
      this.#seen = at;
      return { at };
    }
    this.#seen = timeAfter(this.#seen);
    return { at, orderedAt: this.#seen };
  }
}

/** The next time: a millisecond later, and after the last one more digits. */
function timeAfter(time: string): string {
  if (time < lastOrderedAt) return new Date(Date.parse(time) + 1).toISOString();
  return /[0-8]$/.test(time) ? `${time.slice(0, -1)}${Number(time.at(-1)) + 1}` : `${time}0`;
}
