import { markFields, type PaperChange } from "../papers/marks.js";
import { foldInOrder } from "./fold.js";
import { historyLength } from "./history.js";
import { journalVersion, type LineFault } from "./journal-format.js";
import type { JournalBytes } from "./journal-reader.js";
import { JournalScan, type Place } from "./journal-scan.js";
import { timeOfKey } from "./journal-time.js";
import { LeftOut } from "./left-out.js";
import { withTime } from "./own-entries.js";
import { SeenIds } from "./seen-ids.js";

/** A journal to be compacted. */
export type Source = Pick<JournalBytes, "bytes" | "length"> & { readonly path: string };

/** What some journals come to. */
export interface Compacted {
  /** Whole lines, in their order. */
  readonly lines: readonly Buffer[];
  /** How many changes the journals have, and how many of them are left. */
  readonly changesBefore: number;
  readonly changesAfter: number;
}

const newline = 0x0a;

/** An entry that was met, in the order in which it counts. */
interface Met extends Place {
  readonly scan: JournalScan;
  readonly isOwn: boolean;
  readonly isRevert: boolean;
  /** Whether it stays as it is, whatever came later. */
  isKept: boolean;
  /** How many values it tells, and how many of them stand. */
  told: number;
  standing: number;
}

/**
 * The journal that says all that some others say and leaves out what later changes have made
 * pointless: of several changes that tell the same mark of a paper, under the same title and by the
 * same author, the last stands. So every mark keeps its last value, also that it was taken away, with
 * its time and its id; and whatever else is read beside it, a copy of what was left out too, it comes
 * to what they came to. This machine's last changes stay whole, to be undone. Lines that could not be
 * read stay as they are, at the end. Pure.
 *
 * @param leftOutId the id of the line that says which changes were left out, unique among all
 */
export function compacted(sources: readonly Source[], machine: string, leftOutId: string): Compacted {
  const damage = new Map<string, Map<number, LineFault>>();
  const scans = sources.map(({ path, bytes, length }) => {
    const faults = new Map<number, LineFault>();
    damage.set(path, faults);
    const skipped = (fault: LineFault, line: number) => void faults.set(line, fault);
    return new JournalScan({ name: path, bytes, length, skipped });
  });
  const met: Met[] = [];
  const ids = new Set<string>();
  const leftOut = new LeftOut();
  /** The last of the entries that tell one value, by their place in `met`. */
  const last = new Map<string, number>();
  const seen = new SeenIds(`${machine}:`);
  foldInOrder(scans, seen, (scan) => {
    const { start, entry: made, time } = scan;
    const entry = scan.current();
    // A title may be damaged in a line whose marks are read all the same.
    if (entry === null) {
      const isOwn = seen.isOwnEntry(scan);
      const { isRevert } = scan.plain;
      met.push({ scan, start, entry: made, time, isOwn, isRevert, isKept: true, told: 0, standing: 0 });
      return;
    }
    if (entry.leftOut !== undefined) {
      leftOut.addAll(entry.leftOut);
      return;
    }
    ids.add(entry.id);
    const keys = entry.papers.flatMap(keysOf);
    for (const key of keys) last.set(key, met.length);
    const isRevert = entry.undoes !== undefined || entry.redoes !== undefined;
    const isOwn = seen.isOwn(entry.id);
    const told = keys.length;
    met.push({ scan, start, entry: made, time, isOwn, isRevert, isKept: false, told, standing: 0 });
  });
  for (const index of last.values()) (met[index] as Met).standing += 1;
  keepLast(met);
  const damaged = scans.flatMap((scan) => damagedLines(scan, damage.get(scan.name) ?? new Map(), met, ids));
  const lines: Buffer[] = [];
  for (const [index, one] of met.entries()) {
    if (one.isKept || one.standing > 0) lines.push(lineOf(one, index, last));
    else leftOut.add(idOf(one));
  }
  const changesAfter = lines.length;
  const newest = met.at(-1)?.time ?? -1;
  if (!leftOut.isEmpty && newest >= 0) {
    const line = { v: journalVersion, id: leftOutId, at: timeOfKey(newest), label: "left out", papers: [] };
    lines.push(Buffer.from(`${JSON.stringify({ ...line, leftOut: leftOut.ranges() })}\n`));
  }
  // Of two bases that hold the same, each has the same damage.
  const told = new Set<string>();
  for (const line of damaged) {
    const text = line.toString("latin1");
    if (!told.has(text)) lines.push(line);
    told.add(text);
  }
  return { lines, changesBefore: met.length, changesAfter };
}

/** What a change of a paper tells: each mark that it gives, with what is said of the paper beside it. */
function keysOf(change: PaperChange): string[] {
  const { paper, title, by = "" } = change;
  return markFields
    .filter((field) => change[field] !== undefined)
    .map((field) => [field, paper, title, by].join("\0"));
}

/** Keeps this machine's last changes, and all that was undone and redone since the first of them. */
function keepLast(met: readonly Met[]): void {
  for (let index = met.length - 1, changes = 0; index >= 0 && changes < historyLength; index -= 1) {
    const one = met[index] as Met;
    if (!one.isOwn) continue;
    one.isKept = true;
    if (!one.isRevert) changes += 1;
  }
}

/** The line of an entry, with the values that stand: the very bytes where all do. */
function lineOf(one: Met, index: number, last: ReadonlyMap<string, number>): Buffer {
  const { scan, start, entry: made, time, isKept, told, standing } = one;
  const entry = made ?? scan.entryAt(start);
  // A line that was read from its bytes stands alone in it and is what it was.
  if (entry === null) return wholeLine(scan, start);
  const isWhole = isKept || standing === told;
  const timed = withTime(entry, time);
  if (isWhole && made === null && timed === entry) return wholeLine(scan, start);
  const papers = isWhole ? entry.papers : entry.papers.flatMap((paper) => standingOf(paper, index, last));
  const { v: _, ...rest } = { v: 0, ...timed, papers };
  return Buffer.from(`${JSON.stringify({ v: journalVersion, ...rest })}\n`);
}

/** What a change of a paper tells that no later one does; nothing where that is nothing. */
function standingOf(change: PaperChange, index: number, last: ReadonlyMap<string, number>): PaperChange[] {
  const { paper, title, by = "" } = change;
  const isLast = (field: string) => last.get([field, paper, title, by].join("\0")) === index;
  const told = markFields.filter((field) => change[field] !== undefined);
  const gone = new Set<string>(told.filter((field) => !isLast(field)));
  if (gone.size === told.length) return [];
  const left = Object.entries(change).filter(([key]) => !gone.has(key));
  return [Object.fromEntries(left) as unknown as PaperChange];
}

/**
 * The lines of a journal that are no entries, each once; but for those that broke off and were then
 * written whole. The entries that stand in one with them are kept, too, so that the line brings nothing
 * of another time.
 */
function damagedLines(
  scan: JournalScan,
  faults: ReadonlyMap<number, LineFault>,
  met: readonly Met[],
  ids: ReadonlySet<string>,
): Buffer[] {
  if (faults.size === 0) return [];
  const starts = new Set<number>();
  const lines: Buffer[] = [];
  let start = 0;
  for (let number = 1; start < scan.length; number += 1) {
    const line = wholeLine(scan, start);
    const fault = faults.get(number);
    if (fault !== undefined && !(fault === "torn" && isWholeElsewhere(line.toString("latin1"), ids))) {
      starts.add(start);
      lines.push(line);
    }
    start = lineEnd(scan, start) + 1;
  }
  for (const one of met) if (one.scan === scan && starts.has(one.start)) one.isKept = true;
  return lines;
}

/** Whether what a line began is among the entries. */
function isWholeElsewhere(line: string, ids: ReadonlySet<string>): boolean {
  const id = /^\{"v":1,"id":"([^"\\]+)"/.exec(line)?.[1];
  return id !== undefined && ids.has(id) && line.indexOf('{"v":', 1) < 0;
}

/** The bytes of the line that begins at `start`, with a break behind them. */
function wholeLine(scan: JournalScan, start: number): Buffer {
  return Buffer.concat([scan.bytes.subarray(start, lineEnd(scan, start)), Buffer.from("\n")]);
}

function lineEnd({ bytes, length }: JournalScan, start: number): number {
  const breaks = bytes.indexOf(newline, start);
  return breaks < 0 || breaks > length ? length : breaks;
}

function idOf({ scan, start, entry }: Met): string {
  return (entry ?? scan.entryAt(start))?.id ?? "";
}
