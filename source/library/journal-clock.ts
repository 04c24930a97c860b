import type { JournalEntry } from "./journal-format.js";

/**
 * Says when an entry was made. Clocks of two machines differ, and the clock of one may jump: a star
 * taken away here, after it was seen to be set by a machine whose clock is ahead, must stay away. So
 * an entry that the clock would not put behind all that this machine has seen, of others and of
 * itself, is also given the moment behind that. Every entry then has its place in it, wherever a
 * copy of its line stands.
 */
export class JournalClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  #seen = "";

  /** @param now milliseconds since 1970, as `Date.now` */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Takes note of when an entry counts as made; "" of none. */
  see(time: string): void {
    if (time > this.#seen) this.#seen = time;
  }

  /** The time of an entry made now. */
  stamp(): Pick<JournalEntry, "at" | "orderedAt"> {
    const at = new Date(this.now()).toISOString();
    if (at > this.#seen) {
      this.#seen = at;
      return { at };
    }
    this.#seen = justAfter(this.#seen);
    return { at, orderedAt: this.#seen };
  }
}

/** A millisecond later; the same where there is no later that could be written down. */
function justAfter(time: string): string {
  const later = new Date(Date.parse(time) + 1);
  if (Number.isNaN(later.getTime())) return time;
  const text = later.toISOString();
  return text.length === time.length ? text : time;
}
