import { historyLength } from "./history.js";
import { entryTime, type JournalEntry } from "./journal-format.js";
import { compareIds } from "./journal-order.js";
import type { JournalScan } from "./journal-scan.js";
import { timeOfKey } from "./journal-time.js";

/** Larger than any journal is long, in bytes. */
const longest = 2 ** 41;
/** How many entries are noted before those are forgotten that can no longer matter. */
const leastForgotten = 16 * historyLength;

/**
 * Where this machine's entries stand, while journals are folded: of 400,000 only the last few are
 * ever made into objects, and which those are is known at the end. They may come in any order.
 */
export class OwnEntries {
  readonly #scans: JournalScan[] = [];
  /** Each entry as one number: which journal, where its line begins, and whether it reverts another. */
  #places: number[] = [];
  /** When each counts as made (`timeKey`). */
  #times: number[] = [];
  /** Those that share a line with others; `null` for all else. */
  #made: (JournalEntry | null)[] = [];
  #most = leastForgotten;

  /** Notes the entry that a scan stands at. */
  add(scan: JournalScan): void {
    let journal = this.#scans.length - 1;
    if (this.#scans[journal] !== scan) {
      journal = this.#scans.indexOf(scan);
      if (journal < 0) journal = this.#scans.push(scan) - 1;
    }
    const { entry, time } = scan;
    const reverts = entry === null ? scan.plain.isRevert : isRevert(entry);
    const place = (journal * longest + scan.start) * 2 + (reverts ? 1 : 0);
    const made = entry !== null && scan.isCrowded ? entry : null;
    const times = this.#times;
    if (times.length === 0 || time > (times[times.length - 1] as number)) {
      this.#places.push(place);
      times.push(time);
      this.#made.push(made);
    } else {
      const at = this.#placeFor(time, scan.id());
      this.#places.splice(at, 0, place);
      times.splice(at, 0, time);
      this.#made.splice(at, 0, made);
    }
    if (times.length > this.#most) this.#forget();
  }

  /** The last changes that can be undone, and all that was undone and redone since the first of them, in order. */
  entries(): JournalEntry[] {
    this.#forget();
    return this.#places.flatMap((_, index) => {
      const entry = this.#entryAt(index);
      return entry === null ? [] : withTime(entry, this.#times[index] as number);
    });
  }

  /** Where an entry belongs that is not behind all others. */
  #placeFor(time: number, id: string): number {
    let at = this.#times.length;
    for (; at > 0; at -= 1) {
      const before = this.#times[at - 1] as number;
      if (before < time) break;
      if (before === time && compareIds(this.#entryAt(at - 1)?.id ?? "", id) < 0) break;
    }
    return at;
  }

  #forget(): void {
    let first = this.#places.length;
    for (let changes = 0; first > 0 && changes < historyLength; ) {
      first -= 1;
      if ((this.#places[first] as number) % 2 === 0) changes += 1;
    }
    this.#places = this.#places.slice(first);
    this.#times = this.#times.slice(first);
    this.#made = this.#made.slice(first);
    this.#most = Math.max(leastForgotten, 2 * this.#places.length);
  }

  #entryAt(index: number): JournalEntry | null {
    const made = this.#made[index] ?? null;
    if (made !== null) return made;
    const whole = Math.floor((this.#places[index] as number) / 2);
    const scan = this.#scans[Math.floor(whole / longest)] as JournalScan;
    return scan.entryAt(whole % longest);
  }
}

/** As many of the entries, from the end, as can matter to undoing. */
export function lastChanges(entries: readonly JournalEntry[]): JournalEntry[] {
  let first = entries.length;
  for (let changes = 0; first > 0 && changes < historyLength; ) {
    first -= 1;
    if (!isRevert(entries[first] as JournalEntry)) changes += 1;
  }
  return entries.slice(first);
}

/** An entry that says by itself when it counts as made (`timeKey`), wherever its line stands. */
export function withTime(entry: JournalEntry, time: number): JournalEntry {
  const text = timeOfKey(time);
  return text > entryTime(entry) ? { ...entry, orderedAt: text } : entry;
}

function isRevert(entry: JournalEntry): boolean {
  return entry.undoes !== undefined || entry.redoes !== undefined;
}
