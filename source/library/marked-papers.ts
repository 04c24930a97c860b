import type { MarkField } from "../papers/marks.js";
import { Journals } from "./journal/journals.js";
import type { SnapshotLocation } from "./journal/snapshot.js";
import { readKeptPapers } from "./papers-kept.js";

/** A paper with a mark, and its data without any listing. */
export interface MarkedPaper {
  readonly id: string;
  /** The title when it was marked; "" if unknown. */
  readonly title: string;
  /** Its kept data (`papers-kept.ts`), as in the file; `null` if there is none. */
  readonly kept: Readonly<Record<string, unknown>> | null;
}

/**
 * The papers with a mark, from all machines, the last marked first; `yours`: all that the reader wanted, by identity.
 * Parameters are as in `openLibrary`, which reports damage of the journals. Never throws.
 */
export function markedPapers(
  stateDirectory: string,
  field: MarkField | "yours",
  machine = "",
  location: SnapshotLocation | null = null,
): readonly MarkedPaper[] {
  const { registers } = new Journals(stateDirectory, machine, location, Date.now);
  const marked =
    field === "yours"
      ? [...registers.wanted().keys()].map((paper) => ({ paper, title: registers.titleOf(paper) }))
      : registers.marked(field);
  const kept = readKeptPapers(stateDirectory, new Set(marked.map(({ paper }) => paper)));
  return marked.map(({ paper, title }) => ({ id: paper, title, kept: kept.get(paper) ?? null }));
}
