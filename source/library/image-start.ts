import { statSync } from "node:fs";
import { basename, join } from "node:path";
import { Folding, isBehind, Marks } from "./fold.js";
import { beginsAsKnown, isUntouched } from "./image-check.js";
import type { JournalEntry } from "./journal-format.js";
import { compareEntries } from "./journal-order.js";
import { findJournals, JournalProblems, readJournal } from "./journal-reader.js";
import { JournalScan } from "./journal-scan.js";
import type { FileStats, KnownJournal, MarksImage } from "./marks-image.js";
import { lastChanges, OwnEntries } from "./own-entries.js";
import { SeenIds } from "./seen-ids.js";
import { atOnce } from "./steps.js";

const newline = 0x0a;

/**
 * So many bytes of journals that have changed are looked through before the first screen, in five
 * milliseconds, for whether they begin as they did: the marks of 35,000 papers. Of more than that only
 * the last bytes that are known are looked at, and the rest behind the screen.
 */
const mostBefore = 8 << 20;

/** A journal that an image goes on in. */
export interface ContinuedJournal {
  readonly path: string;
  readonly stats: FileStats;
  /** Behind the last line break, and the bytes before that. */
  readonly readTo: number;
  readonly tail: Buffer;
  /** When its newest entry counts as made (`timeKey`). */
  readonly newest: number;
}

/** What an image and what was appended since come to. */
export interface Continued {
  readonly marks: Marks;
  readonly seen: SeenIds;
  readonly own: () => JournalEntry[];
  readonly journals: readonly ContinuedJournal[];
  readonly problems: readonly string[];
  /** Journals of which the beginning is to be looked through behind the screen. */
  readonly unsure: readonly KnownJournal[];
}

/**
 * Reads what was appended to the journals of an image. `null` where the image does not fit: a journal
 * begins as another, is shorter, is gone or is new (as compaction leaves them), or an entry counts before
 * one of the same paper that is in the image, or is in it. Then all journals are to be read whole. Throws
 * where one cannot be read.
 *
 * @param tailLength how many bytes before the place read up to are kept
 */
export function continueImage(image: MarksImage, tailLength: number): Continued | null {
  const { of, journals: known, readAt, skipped, unknown } = image.account;
  const { state, machine } = of;
  const paths = findJournals(state);
  if (!isSameSet(paths, image)) return null;
  const problems = new JournalProblems();
  for (const [name, fault, line] of skipped) problems.line(name, fault, line);
  const journals: ReadOn[] = [];
  const changed: KnownJournal[] = [];
  for (const path of paths) {
    const before = known.find(({ name }) => name === basename(path)) ?? null;
    const now = statSync(path);
    const isSame = before !== null && isUntouched(before.stats, now, readAt);
    if (before !== null && !isSame) changed.push(before);
    const isAllKnown = isSame && now.size === before.length;
    const journal = isAllKnown
      ? asKnown(path, now, before, tailLength)
      : readOn(path, before, tailLength, problems);
    if (journal === null) return null;
    journals.push(journal);
  }
  const unsure = unsureOf(changed, journals, image);
  if (unsure === null) return null;

  const marks = new Marks(0, image.papers);
  for (const paper of unknown) marks.unknown.add(paper);
  const seen = new SeenIds(`${machine}:`, image.ids);
  const own = new OwnEntries();
  let isInOrder = true;
  const scans = journals.flatMap(({ scan }) => scan ?? []);
  const folding = new Folding(scans, seen, (scan, isLate) => {
    // Of the image it is not known which entry it was, so one of the same moment may belong behind it.
    if (isBehind(scan, image.papers) || (isLate && marks.isBehind(scan))) isInOrder = false;
    marks.take(scan, scan.time);
    if (seen.isOwnEntry(scan)) own.add(scan);
    return isInOrder;
  });
  folding.goOn();
  // An entry that stands in several journals counts where it comes first, which may be here.
  if (!isInOrder || folding.again > 0) return null;
  // Compaction puts journals into others: what was in one that is read last may be in one read first.
  if (findJournals(state).join("\n") !== paths.join("\n")) return null;
  return {
    marks,
    seen,
    own: () => lastChanges([...image.own(), ...own.entries()].sort(compareEntries)),
    journals: journals.map(({ scan, ...journal }) => ({
      ...journal,
      newest: Math.max(journal.newest, scan?.newest ?? -1),
    })),
    problems: problems.sentences(),
    unsure,
  };
}

/** A journal, and what is to be folded of it. */
interface ReadOn extends ContinuedJournal {
  readonly scan: JournalScan | null;
}

/** A journal to which nothing was added. */
function asKnown(path: string, stats: FileStats, known: KnownJournal, tailLength: number): ReadOn {
  const tail = Buffer.from(known.tail, "base64");
  const { length, newest } = known;
  return { path, stats, readTo: length, tail: lastOf(tail, tail.length, tailLength), newest, scan: null };
}

/** Reads a journal behind what is known of it; `null` where that does not end as it did. */
function readOn(
  path: string,
  known: KnownJournal | null,
  tailLength: number,
  problems: JournalProblems,
): ReadOn | null {
  const { length: readTo, newest, last, lines } = known ?? { length: 0, newest: -1, last: null, lines: 0 };
  const tail = Buffer.from(known?.tail ?? "", "base64");
  const from = readTo - tail.length;
  const { bytes, length, stats } = readJournal(path, from);
  if (length < tail.length || !bytes.subarray(0, tail.length).equals(tail)) return null;
  const end = Math.max(tail.length, bytes.lastIndexOf(newline, length - 1) + 1);
  const scan = new JournalScan({
    name: path,
    bytes: bytes.subarray(tail.length),
    length: length - tail.length,
    after: last,
    from: readTo,
    lines,
    skipped: problems.line.bind(problems, path),
  });
  return { path, stats, readTo: from + end, tail: lastOf(bytes, end, tailLength), newest, scan };
}

/** Whether the journals are those of the image; of this machine there may have been none. */
export function isSameSet(paths: readonly string[], { account }: MarksImage): boolean {
  const found = new Set(paths.map((path) => basename(path)));
  const isAllThere = account.journals.every(({ name }) => found.has(name));
  return isAllThere && [...found].every((name) => account.names.includes(name));
}

/** Those that are too long to be looked through now; `null` where one begins otherwise than the image says. */
function unsureOf(
  changed: readonly KnownJournal[],
  journals: readonly ContinuedJournal[],
  { account }: MarksImage,
): readonly KnownJournal[] | null {
  let left = mostBefore;
  const unsure: KnownJournal[] = [];
  for (const known of changed) {
    const path = join(account.of.state, known.name);
    const now = journals.find((one) => one.path === path)?.stats;
    const isSameFile = now?.ino === known.stats.ino && now.dev === known.stats.dev;
    left -= known.length;
    // Where another file has taken its place, it is not appending that has changed it.
    if (left < 0 && isSameFile) unsure.push(known);
    else if (!atOnce(beginsAsKnown(path, known))) return null;
  }
  return unsure;
}

/** The last bytes before `end`, in memory of their own. */
function lastOf(bytes: Buffer, end: number, length: number): Buffer {
  return Buffer.from(bytes.subarray(Math.max(0, end - length), end));
}
