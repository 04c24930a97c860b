import { statSync } from "node:fs";
import { usualLine } from "./fold.js";
import { findSegments, journalPath } from "./journal-reader.js";

/** How long a journal is that is compacted unasked, in bytes. */
const leastCompacted = 2 << 20;

/**
 * Whether to compact unasked: where there is much, more than half of it is pointless as far as can be
 * told without reading it, and what came since the last time is more than what that left.
 *
 * @param known how many papers have or had a mark
 */
export function isWorthCompacting(stateDirectory: string, machine: string, known: number): boolean {
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const total = (paths: readonly string[]) => paths.reduce((sum, path) => sum + sizeOf(path), 0);
  const live = sizeOf(journalPath(stateDirectory, machine));
  const segments = findSegments(stateDirectory, machine);
  const bases = total(segments.filter((path) => path.includes(`${machine}.base-`)));
  const added = live + total(segments) - bases;
  return added > leastCompacted && added > bases && added + bases > 2 * known * usualLine;
}
