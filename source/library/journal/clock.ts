import { type JournalEntry, lastAt, lastOrderedAt } from "./format.js";

/**
 * The time of an entry made now, as the journal writes it (a hybrid logical clock). The clocks of two machines
 * differ, and a clock may jump. A star removed here, after another machine with a fast clock set it, must stay
 * removed. So an entry that would not sort after everything that this machine has seen also gets the next later
 * time.
 * @param now milliseconds since 1970
 * @param seen the latest ordering time that this machine has seen (`entryTime`); "" for none
 */
export function stampAfter(seen: string, now: number): Pick<JournalEntry, "at" | "orderedAt"> {
  // A clock far in the future must not write lines that nobody reads.
  const at = new Date(Math.min(now, Date.parse(lastAt))).toISOString();
  return at > seen ? { at } : { at, orderedAt: timeAfter(seen) };
}

/** The next time: a millisecond later, and after the last one more digits. */
function timeAfter(time: string): string {
  if (time < lastOrderedAt) return new Date(Date.parse(time) + 1).toISOString();
  return /[0-8]$/.test(time) ? `${time.slice(0, -1)}${Number(time.at(-1)) + 1}` : `${time}0`;
}
