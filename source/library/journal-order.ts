import { entryTime, type JournalEntry } from "./journal-format.js";
import { timeKey } from "./journal-time.js";

/**
 * The order of changes, which is the same on every machine and however they are spread over files: by
 * when they count as made, and those of one moment by their ids. A value of a mark is given by the last
 * change in this order that tells it. Nothing of it depends on where a line stands, so lines may be
 * copied, merged, left out when a later one says all they say, and read in any number of files.
 */

/** An id as two parts: what all ids of its run share, and the number it ends in; -1 where it ends in none. */
export function splitId(id: string): { readonly run: string; readonly number: number } {
  const start = numberStart(id);
  return start < 0 ? { run: id, number: -1 } : { run: id.slice(0, start), number: Number(id.slice(start)) };
}

/** Where the number behind the last "-" begins; -1 where none does that a run could have counted. */
export function numberStart(id: string): number {
  let start = id.length;
  while (start > 0 && isDigit(id.charCodeAt(start - 1))) start--;
  const digits = id.length - start;
  // "07" and "7" are two ids but one number, and a longer number would not be exact.
  if (digits === 0 || digits > 15 || id.charCodeAt(start) === 0x30) return -1;
  return start > 1 && id.charCodeAt(start - 1) === 0x2d ? start : -1;
}

/** Compares ids of one moment: by run (which begins with the machine's name), then by number. */
export function compareIds(one: string, other: string): number {
  if (one === other) return 0;
  const a = splitId(one);
  const b = splitId(other);
  if (a.run !== b.run) return a.run < b.run ? -1 : 1;
  return a.number - b.number;
}

/** When an entry counts as made (`timeKey`). */
export function timeOf(entry: JournalEntry): number {
  return timeKey(entryTime(entry));
}

/** Puts entries in their order. */
export function compareEntries(one: JournalEntry, other: JournalEntry): number {
  const time = entryTime(one);
  const otherTime = entryTime(other);
  if (time !== otherTime) return time < otherTime ? -1 : 1;
  return compareIds(one.id, other.id);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
