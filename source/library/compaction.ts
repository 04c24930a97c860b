import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type MarkField, markFields, type PaperChange } from "../papers/marks.js";
import { faultCode } from "./faults.js";
import { foldJournals } from "./fold.js";
import { encodeLine, entryTime, type JournalEntry } from "./journal-format.js";
import { journalPath, olderJournals, readJournal } from "./journal-reader.js";
import { JournalScan } from "./journal-scan.js";
import { timeOfKey } from "./journal-time.js";
import { lastChanges } from "./own-entries.js";
import { SeenIds } from "./seen-ids.js";

/**
 * Writes what this machine's journal comes to into a shorter file, without the changes that later ones
 * have made pointless; the last 500 stay as they are, to be undone.
 *
 * It needs no lock and may be ended at any moment. The journal is first put aside under a name of its
 * own (`marks-MACHINE.older-…jsonl`), which is read like any other; whoever appends then begins a new
 * one, and whoever had it open sees that it is another now and writes again (`appendLines`). What was
 * put aside is folded into a file that is on the disk before it gets a name that is read; only then
 * are those that are in it removed. Until then every change stands in both, and counts once.
 *
 * @returns how many bytes there were before and after; `null` where nothing was done: there is
 *   nothing to be had by it, or a line could not be read, which is not ours to throw away
 * @throws where files cannot be read or written; then everything is as it was
 */
export function compactJournal(
  stateDirectory: string,
  machine: string,
): { readonly before: number; readonly after: number } | null {
  const live = journalPath(stateDirectory, machine);
  try {
    renameSync(live, nextOlder(stateDirectory, machine));
  } catch (error) {
    if (faultCode(error) !== "ENOENT") throw error;
  }
  const sources = olderJournals(stateDirectory, machine).map((path) => ({ path, ...readJournal(path) }));
  const before = sources.reduce((sum, { length }) => sum + length, 0);
  const lines = compacted(sources, machine);
  if (lines === null) return null;
  const after = lines.reduce((sum, line) => sum + line.length, 0);
  if (sources.length === 0 || (sources.length === 1 && after > before / 2)) return null;
  publish(lines, nextOlder(stateDirectory, machine));
  for (const { path, length } of sources) {
    // One that somebody has written to since it was read stays till the next time.
    if (statSync(path, { throwIfNoEntry: false })?.size === length) rmSync(path, { force: true });
  }
  return { before, after };
}

/** A name behind all others of its kind, and that nobody else takes. */
function nextOlder(stateDirectory: string, machine: string): string {
  const numbers = olderJournals(stateDirectory, machine).map((path) =>
    Number(/-(\d+)-\w+\.jsonl$/.exec(path)?.[1] ?? 0),
  );
  const next = String(Math.max(0, ...numbers) + 1).padStart(6, "0");
  const own = `${process.pid.toString(36)}${Math.floor(Math.random() * 2 ** 40).toString(36)}`;
  return join(stateDirectory, `marks-${machine}.older-${next}-${own}.jsonl`);
}

/** Writes a file that is whole and on the disk before it can be met under its name. */
function publish(lines: readonly Buffer[], path: string): void {
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, "wx", 0o600);
  try {
    for (const line of lines) {
      for (let written = 0; written < line.length; ) written += writeSync(file, line, written);
    }
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(temporary, { force: true });
    throw error;
  }
  closeSync(file);
  renameSync(temporary, path);
}

/** The lines that are left of some journals, `null` where there is a line in them that is no entry. */
function compacted(
  sources: readonly { readonly path: string; readonly bytes: Buffer; readonly length: number }[],
  machine: string,
): readonly Buffer[] | null {
  let isWhole = true;
  const skipped = () => {
    isWhole = false;
  };
  const scans = sources.map(
    ({ path, bytes, length }) => new JournalScan({ name: path, bytes, length, skipped }),
  );
  const entries: JournalEntry[] = [];
  const seen = new SeenIds(`${machine}:`);
  foldJournals(scans, seen, (scan) => {
    const entry = scan.current();
    if (entry === null) skipped();
    else entries.push(withTime(entry, timeOfKey(scan.time)));
  });
  if (!isWhole) return null;
  const [first] = lastChanges(entries.filter(({ id }) => seen.isOwn(id)));
  const kept = first === undefined ? entries.length : entries.indexOf(first);
  return reduced(entries, kept).map((entry) => Buffer.from(`${encodeLine(entry)}\n`));
}

/** An entry that says when it counts as made, whatever stands before it in a file. */
function withTime(entry: JournalEntry, time: string): JournalEntry {
  return time === entryTime(entry) ? entry : { ...entry, orderedAt: time };
}

/** The entries, of which those before `kept` say only what no later one says otherwise. */
function reduced(entries: readonly JournalEntry[], kept: number): readonly JournalEntry[] {
  const later = new Set<string>();
  const titles = new Map<string, Pick<PaperChange, "title" | "by">>();
  for (const { papers } of entries) {
    for (const { paper, title, by } of papers)
      if (title !== "") titles.set(paper, by ? { title, by } : { title });
  }
  const left: JournalEntry[] = [];
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index] as JournalEntry;
    const papers = entry.papers.flatMap((one) => {
      const fields = markFields.filter((field) => one[field] !== undefined);
      const standing = fields.filter((field) => !later.has(`${field} ${one.paper}`));
      for (const field of fields) later.add(`${field} ${one.paper}`);
      return standing.length === 0 ? [] : [onlyFields({ ...one, ...titleOf(one, titles) }, standing)];
    });
    if (index >= kept) left.push(entry);
    else if (papers.length > 0) left.push({ ...entry, papers });
  }
  return left.reverse();
}

function titleOf(one: PaperChange, titles: ReadonlyMap<string, Pick<PaperChange, "title" | "by">>) {
  return one.title === "" ? titles.get(one.paper) : undefined;
}

function onlyFields(change: PaperChange, fields: readonly MarkField[]): PaperChange {
  const { paper, title, by } = change;
  const marks = Object.fromEntries(fields.map((field) => [field, change[field]]));
  return { paper, title, ...(by === undefined ? {} : { by }), ...marks };
}
