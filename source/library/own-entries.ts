import { historyLength } from "./history.js";
import type { JournalEntry } from "./journal-format.js";
import type { JournalScan } from "./journal-scan.js";

/** Larger than any journal is long, in bytes. */
const longest = 2 ** 41;

/**
 * Where this machine's entries stand, while journals are folded: of 400,000 only the last few are
 * ever made into objects, and which those are is known at the end.
 */
export class OwnEntries {
  readonly #scans: JournalScan[] = [];
  /** Each entry as one number: which journal, where its line begins, and whether it reverts another. */
  readonly #places: number[] = [];
  /** Entries that share a line with others, by their place above. */
  readonly #crowded = new Map<number, JournalEntry>();

  /** Notes the entry that a scan stands at. */
  add(scan: JournalScan): void {
    let journal = this.#scans.length - 1;
    if (this.#scans[journal] !== scan) {
      journal = this.#scans.indexOf(scan);
      if (journal < 0) journal = this.#scans.push(scan) - 1;
    }
    const { entry } = scan;
    if (entry !== null && scan.isCrowded) this.#crowded.set(this.#places.length, entry);
    const reverts = entry === null ? scan.plain.isRevert : isRevert(entry);
    this.#places.push((journal * longest + scan.start) * 2 + (reverts ? 1 : 0));
  }

  /** The last changes that can be undone, and all that was undone and redone since the first of them. */
  entries(): JournalEntry[] {
    let first = this.#places.length;
    for (let changes = 0; first > 0 && changes < historyLength; ) {
      first -= 1;
      if ((this.#places[first] as number) % 2 === 0) changes += 1;
    }
    const entries: JournalEntry[] = [];
    for (let index = first; index < this.#places.length; index += 1) {
      const entry = this.#crowded.get(index) ?? this.#read(this.#places[index] as number);
      if (entry !== null) entries.push(entry);
    }
    return entries;
  }

  #read(place: number): JournalEntry | null {
    const whole = Math.floor(place / 2);
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

function isRevert(entry: JournalEntry): boolean {
  return entry.undoes !== undefined || entry.redoes !== undefined;
}
