import { type MarkField, markBits } from "../papers/marks.js";
import { foldInOrder, foldJournals } from "./fold.js";
import { readJournals } from "./journal-reader.js";
import { JournalScan, type Scanned } from "./journal-scan.js";
import { readKeptPapers } from "./kept-papers.js";
import { SeenIds } from "./seen-ids.js";

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
  const journals = journalsIn(stateDirectory);
  const titles =
    titlesOf(journals, field, foldJournals) ?? titlesOf(journals, field, foldInOrder) ?? new Map();
  const kept = readKeptPapers(stateDirectory, new Set(titles.keys()));
  return [...titles].reverse().map(([id, title]) => ({ id, title, kept: kept.get(id) ?? null }));
}

/** The titles of papers that have the mark, by identity, in the order in which they got it; `null` where that cannot be told in this way. */
function titlesOf(
  journals: readonly Scanned[],
  field: MarkField,
  fold: typeof foldJournals,
): ReadonlyMap<string, string> | null {
  const titles = new Map<string, string>();
  const bit = markBits[field];
  let isInOrder = true;
  const scans = journals.map((journal) => new JournalScan(journal));
  fold(scans, new SeenIds(""), (scan, isLate) => {
    // Most lines say that a paper was read, which nobody lists.
    if (scan.entry === null && !scan.plain.tells(bit)) return true;
    if (isLate) isInOrder = false;
    for (const one of scan.current()?.papers ?? []) {
      const value = one[field];
      if (value === undefined) continue;
      // Put behind the others, as what is marked again is marked last.
      const title = one.title || (titles.get(one.paper) ?? "");
      titles.delete(one.paper);
      if (value) titles.set(one.paper, title);
    }
    return isInOrder;
  });
  return isInOrder ? titles : null;
}

function journalsIn(stateDirectory: string): readonly Scanned[] {
  try {
    return readJournals(stateDirectory).flatMap((journal) =>
      "error" in journal ? [] : [{ name: journal.path, ...journal }],
    );
  } catch {
    return [];
  }
}
