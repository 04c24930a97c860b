import { basename } from "node:path";
import { entriesAtOnce, Folding, foldInOrderInSteps, isBehind, Marks, usualLine } from "./fold.js";
import type { ReadBehind } from "./image-reading.js";
import { JournalScan } from "./journal-scan.js";
import { MarkedTitles } from "./marked-titles.js";
import type { KnownJournal, MarksImage } from "./marks-image.js";
import { OwnEntries } from "./own-entries.js";
import { SeenIds } from "./seen-ids.js";

/** What was read of a journal, and what of it was known. */
export interface Reading {
  readonly path: string;
  readonly known: KnownJournal | null;
  readonly behind: ReadBehind;
  readonly scan: JournalScan;
}

/** What was folded, before it is counted and put together. */
export interface Parts {
  readonly marks: Marks;
  readonly seen: SeenIds;
  readonly changes: OwnEntries;
  readonly titles: MarkedTitles;
}

/**
 * Folds what was read onto an image, or from nothing, going through each file once. `null` where an entry
 * counts before what it comes behind, or is there already.
 */
export function* foldOnto(
  readings: readonly Reading[],
  { previous, machine, names }: { previous: MarksImage | null; machine: string; names: readonly string[] },
): Generator<void, Parts | null> {
  const length = readings.reduce((sum, { behind }) => sum + behind.length, 0);
  const marks = new Marks(length + usualLine * (previous?.account.counts.papers ?? 0));
  const titles = new MarkedTitles();
  if (previous !== null) {
    yield* marks.table.takeKnown(previous.papers);
    for (const paper of previous.account.unknown) marks.unknown.add(paper);
    const columns = previous.titles();
    if (columns === null) return null;
    yield* titles.addKnown(columns);
  }
  const seen = new SeenIds(`${machine}:`, previous?.ids ?? null);
  const changes = new OwnEntries();
  let isInOrder = true;
  const take = (scan: JournalScan, isLate: boolean): void => {
    if (previous !== null && isBehind(scan, previous.papers)) isInOrder = false;
    if (isLate && marks.isBehind(scan)) isInOrder = false;
    marks.take(scan, scan.time);
    if (seen.isOwnEntry(scan)) changes.add(scan);
  };
  const scans = readings.map(({ scan }) => scan);
  const folding = new Folding(scans, withTitles(seen, titles, names), take);
  while (folding.goOn(entriesAtOnce)) {
    if (previous !== null && (folding.again > 0 || !isInOrder)) return null;
    yield;
  }
  if (!isInOrder || !folding.isEarliestFirst || (previous !== null && folding.again > 0)) return null;
  return { marks, seen, changes, titles };
}

/** Folds what was read in its very order, from nothing. */
export function* foldSorted(
  readings: readonly Reading[],
  machine: string,
  names: readonly string[],
): Generator<void, Parts> {
  const marks = new Marks(readings.reduce((sum, { behind }) => sum + behind.length, 0));
  const titles = new MarkedTitles();
  const seen = new SeenIds(`${machine}:`);
  const changes = new OwnEntries();
  const scans = readings.map(({ path, behind }) => new JournalScan({ name: path, ...behind, goesOn: true }));
  yield* foldInOrderInSteps(scans, withTitles(seen, titles, names), (scan) => {
    marks.take(scan, scan.time);
    if (seen.isOwnEntry(scan)) changes.add(scan);
  });
  return { marks, seen, changes, titles };
}

/** Looks for titles in all entries, those too that stand twice. */
function withTitles(seen: SeenIds, titles: MarkedTitles, names: readonly string[]) {
  const numbers = new Map(names.map((name, number) => [name, number]));
  return {
    addFrom: (scan: JournalScan): boolean => {
      titles.add(scan, numbers.get(basename(scan.name)) ?? 0);
      return seen.addFrom(scan);
    },
  };
}
