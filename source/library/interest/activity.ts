import { describeFsError } from "../../files/fs-errors.js";
import { isInterestId } from "../../papers/interests/interest.js";
import type { JournalEntry } from "../journal/format.js";
import { findJournals, JournalFile } from "../journal/read.js";

/** What was done on a day: how many papers were marked read, starred and put aside for later. */
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
 * often it was set; what was undone does not count. A compacted journal has only the last change of each mark.
 * Never throws.
 * @param dayOf the reader's day of a time in UTC, `2026-11-23T08:24:15.123Z`
 */
export function readActivity(stateDirectory: string, dayOf: (at: string) => string): Activity {
  const problems: string[] = [];
  const entries = new Map<string, JournalEntry>();
  let paths: readonly string[] = [];
  try {
    paths = findJournals(stateDirectory);
  } catch (error) {
    problems.push(describeFsError(error, stateDirectory));
  }
  for (const path of paths) {
    try {
      // One entry may be in several files, after a merge.
      new JournalFile(path).read((entry) => entries.set(entry.id, entry), null, true);
    } catch (error) {
      problems.push(describeFsError(error, path));
    }
  }
  const undone = undoneIn([...entries.values()]);
  const days = new Map<string, Record<(typeof counted)[number], Set<string>>>();
  for (const { id, at, papers, undoes, redoes } of entries.values()) {
    if (undoes !== undefined || redoes !== undefined || undone.has(id)) continue;
    for (const change of papers) {
      if (isInterestId(change.paper)) continue;
      for (const mark of counted) {
        if (change[mark] !== true) continue;
        const day = dayOf(at);
        const sets = days.get(day) ?? { read: new Set(), starred: new Set(), later: new Set() };
        sets[mark].add(change.paper);
        days.set(day, sets);
      }
    }
  }
  return {
    days: [...days]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([day, { read, starred, later }]) => {
        return { day, read: read.size, starred: starred.size, later: later.size };
      }),
    problems,
  };
}

/** The changes that are undone now: undone more recently than redone. */
function undoneIn(entries: readonly JournalEntry[]): ReadonlySet<string> {
  const undone = new Set<string>();
  const inOrder = entries
    .filter(({ undoes, redoes }) => undoes !== undefined || redoes !== undefined)
    .sort((one, other) => ((one.orderedAt ?? one.at) < (other.orderedAt ?? other.at) ? -1 : 1));
  for (const { undoes, redoes } of inOrder) {
    if (undoes !== undefined) undone.add(undoes);
    if (redoes !== undefined) undone.delete(redoes);
  }
  return undone;
}
