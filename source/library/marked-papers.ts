import type { MarkField } from "../papers/marks.js";
import { Journals } from "./journal/journals.js";
import type { SnapshotPlace } from "./journal/snapshot.js";
import { readKeptPapers } from "./papers-kept.js";

/** A paper that has a mark now, and what is known of it without any listing. */
export interface MarkedPaper {
  readonly id: string;
  /** The title when it was marked; "" where it was not known. */
  readonly title: string;
  /** What was kept of it (`papers-kept.ts`), as it is in the file; `null` where nothing was. */
  readonly kept: Readonly<Record<string, unknown>> | null;
}

/**
 * The papers that have a mark now, on all of the reader's machines, the one marked last first. Reads the
 * journals; damage in them is reported by `openLibrary`. Never throws.
 * @param machine this machine's name, whose snapshot may be used
 * @param place as in `openLibrary`
 */
export function markedPapers(
  stateDirectory: string,
  field: MarkField,
  machine = "",
  place: SnapshotPlace | null = null,
): readonly MarkedPaper[] {
  const marked = new Journals(stateDirectory, machine, place, Date.now).registers.marked(field);
  const kept = readKeptPapers(stateDirectory, new Set(marked.map(({ paper }) => paper)));
  return marked.map(({ paper, title }) => ({ id: paper, title, kept: kept.get(paper) ?? null }));
}
