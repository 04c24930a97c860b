import type { MarkField } from "../papers/marks.js";
import { JournalStream, mergeJournals } from "./fold.js";
import { findJournals, journalEntries, readJournal } from "./journal-reader.js";
import { readKeptPapers } from "./kept-papers.js";

/** A paper that has a mark now, and what is known of it without any listing. */
export interface MarkedPaper {
  readonly id: string;
  /** The title when it was marked; "" where it was not known. */
  readonly title: string;
  /** What was kept of it (`kept-papers.ts`), as it stands in the file; `null` where nothing was. */
  readonly kept: Readonly<Record<string, unknown>> | null;
}

/**
 * The papers that have a mark now, on all of the reader's machines, the one marked last first.
 * Reads the journals anew; damage in them is told by `openLibrary`. Never throws.
 */
export function markedPapers(stateDirectory: string, field: MarkField): readonly MarkedPaper[] {
  const titles = new Map<string, string>();
  for (const { papers } of mergeJournals(streamsIn(stateDirectory))) {
    for (const one of papers) {
      const value = one[field];
      if (value === undefined) continue;
      // Put behind the others, as what is marked again is marked last.
      const title = one.title || (titles.get(one.paper) ?? "");
      titles.delete(one.paper);
      if (value) titles.set(one.paper, title);
    }
  }
  const kept = readKeptPapers(stateDirectory, new Set(titles.keys()));
  return [...titles].reverse().map(([id, title]) => ({ id, title, kept: kept.get(id) ?? null }));
}

function streamsIn(stateDirectory: string): JournalStream[] {
  try {
    return findJournals(stateDirectory).flatMap((path) => {
      try {
        return [
          new JournalStream(
            path,
            journalEntries(readJournal(path), () => {}),
          ),
        ];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
