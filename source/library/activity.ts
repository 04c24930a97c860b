import { describeFsError } from "../files/fs-errors.js";
import { isInterestId } from "../papers/interests/interest.js";
import { inOrder } from "./history.js";
import type { JournalEntry } from "./journal/format.js";
import { readJournals } from "./journal/read.js";

/** What was done on a day: how many papers were marked read, starred and kept for later. */
export interface DayOfReading {
  /** `YYYY-MM-DD`, where the reader is. */
  readonly day: string;
  readonly read: number;
  readonly starred: number;
  readonly later: number;
}

export interface Activity {
  /** The days on which something was done, the earliest first. */
  readonly days: readonly DayOfReading[];
  /** Sentences about journals that could not be read. */
  readonly problems: readonly string[];
}

const counted = ["read", "starred", "later"] as const;

/**
 * What was done on each day, from the journals of all machines. A paper counts once a day for each mark, however
 * often it was set; what was undone does not count, nor a star or Later that was taken away. A compacted journal has
 * only the last change of each mark. Never throws.
 * @param dayOf the reader's day of a time in UTC, `2026-11-23T08:24:15.123Z`
 */
export function readActivity(stateDirectory: string, dayOf: (at: string) => string): Activity {
  const problems: string[] = [];
  const all: JournalEntry[] = [];
  const failed = (path: string, error: unknown) => problems.push(describeFsError(error, path));
  readJournals(stateDirectory, (entry) => all.push(entry), failed);
  const entries = inOrder(all);
  const undone = new Set<string>();
  for (const { undoes, redoes } of entries) {
    if (undoes !== undefined) undone.add(undoes);
    if (redoes !== undefined) undone.delete(redoes);
  }
  const found = new Map<string, { readonly day: string; readonly mark: (typeof counted)[number] }>();
  for (const { id, at, papers, undoes, redoes } of entries) {
    if (undoes !== undefined || redoes !== undefined || undone.has(id)) continue;
    const day = dayOf(at);
    for (const { paper, ...change } of papers) {
      if (isInterestId(paper)) continue;
      for (const mark of counted) {
        // Who has read a paper has read it, whatever it is marked as now.
        const key = mark === "read" ? `${day} ${paper}` : `${mark} ${paper}`;
        if (change[mark] === true) found.set(key, { day, mark });
        else if (change[mark] === false && mark !== "read") found.delete(key);
      }
    }
  }
  const days = new Map<string, Record<(typeof counted)[number], number>>();
  for (const { day, mark } of found.values()) {
    const counts = days.get(day) ?? { read: 0, starred: 0, later: 0 };
    counts[mark] += 1;
    days.set(day, counts);
  }
  const sorted = [...days].sort(([one], [other]) => (one < other ? -1 : 1));
  return { days: sorted.map(([day, counts]) => ({ day, ...counts })), problems };
}
