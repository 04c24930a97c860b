import type { JournalEntry } from "./journal-format.js";

/**
 * Says when an entry was made. Clocks of two machines differ: a star taken away here, after it was
 * seen to be set by a machine whose clock is ahead, must stay away. So an entry that the clock would
 * put before what this machine has seen of others is also given the moment behind that.
 */
export class JournalClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly #seen: string;
  readonly #afterSeen: string;

  /**
   * @param now milliseconds since 1970, as `Date.now`
   * @param seen when the newest entry of the other machines counts as made; "" where there is none
   */
  constructor(now: () => number, seen: string) {
    this.now = now;
    this.#seen = seen;
    this.#afterSeen = justAfter(seen);
  }

  /** The time of an entry made now. */
  stamp(): Pick<JournalEntry, "at" | "orderedAt"> {
    const at = new Date(this.now()).toISOString();
    return at > this.#seen ? { at } : { at, orderedAt: this.#afterSeen };
  }
}

/** A millisecond later; the same where there is no later that could be written down. */
function justAfter(time: string): string {
  const later = new Date(Date.parse(time) + 1);
  if (Number.isNaN(later.getTime())) return time;
  const text = later.toISOString();
  return text.length === time.length ? text : time;
}
