import { statSync } from "node:fs";
import { join } from "node:path";
import { describeFsError } from "../files/fs-errors.js";
import { markBits, markFields, type PaperChange } from "../papers/marks.js";
import { foldInOrder, foldJournals, Marks } from "./fold.js";
import { History } from "./history.js";
import { beginsAsKnown } from "./image-check.js";
import { type Continued, continueImage, isSameSet } from "./image-start.js";
import { scansOfTitles } from "./image-titles.js";
import type { JournalEntry } from "./journal-format.js";
import { compareEntries, compareIds, timeOf } from "./journal-order.js";
import {
  type FileStats,
  findJournals,
  isSameFile,
  type JournalBytes,
  JournalProblems,
  journalPath,
  readJournal,
  readJournals,
} from "./journal-reader.js";
import { JournalScan } from "./journal-scan.js";
import { timeOfKey } from "./journal-time.js";
import { Late } from "./late.js";
import type { KnownJournal, MarksImage } from "./marks-image.js";
import { lastChanges, OwnEntries, withTime } from "./own-entries.js";
import { SeenIds } from "./seen-ids.js";

/** How many bytes before the place read up to are kept, by which a file is known again. */
const tailLength = 256;
const newline = 0x0a;

/** Why nothing can be saved for as long as the program runs, and what to do about it. */
function notSaving(error: unknown, path: string): string {
  return `Marks are not saved in this session: ${describeFsError(error, path)}.`;
}

/** A journal, as far as it was read. */
interface ReadJournal {
  readonly path: string;
  /** The file as it was then. */
  stats: FileStats;
  /** Behind the last line break that was read. */
  readTo: number;
  /** The bytes before that. */
  tail: Buffer;
  /** When its newest entry counts as made (`timeKey`). */
  newest: number;
}

/** A line of a journal that others have written since. */
interface Met {
  readonly entry: JournalEntry;
  readonly stamp: number;
}

/**
 * All journals of a state directory: read whole once, and then what others append to them. What
 * this process does is told to it when it is done (`made`); it is then met again in the journal,
 * where it has its place among what others did.
 */
export class Journals {
  readonly #directory: string;
  readonly #machine: string;
  readonly #own: string;
  #marks: Marks;
  #seen: SeenIds;
  #read = new Map<string, ReadJournal>();
  /** What was read of this machine's own changes, the last that can be undone; made when it is asked for. */
  #history = new Late<JournalEntry[]>(() => []);
  /** What this process did and has not met in the journal yet. */
  #made: Map<string, JournalEntry>;
  #unreadable = new Map<string, FileStats | null>();
  #undoing = new Late<History>(() => new History());
  /** What the marks were read from, beside what was appended since; `null` where they were read whole. */
  #image: MarksImage | null = null;
  /** Journals that are still to be looked through for whether they begin as the image says. */
  #unsure: readonly KnownJournal[] = [];
  /** Whether one does not, and they could not be read anew since. */
  #isStale = false;

  /** Why this machine's journal cannot be written; `null` where it can. */
  fault: string | null = null;
  /** Sentences for the footer. */
  problems: readonly string[] = [];

  /**
   * @param image what the journals came to at an earlier time, to begin with where it fits
   * @param made what this process did, and may not have been able to write
   */
  constructor(
    stateDirectory: string,
    machine: string,
    image: MarksImage | null = null,
    made: ReadonlyMap<string, JournalEntry> = new Map(),
  ) {
    this.#directory = stateDirectory;
    this.#machine = machine;
    this.#own = journalPath(stateDirectory, machine);
    this.#seen = new SeenIds(`${machine}:`);
    this.#made = new Map(made);
    this.#marks = new Marks();
    if (image === null || !this.#readOnto(image)) this.#readAll();
  }

  get marks(): Marks {
    return this.#marks;
  }

  get history(): History {
    return this.#undoing.value;
  }

  /**
   * How many bytes the journals have now, and how many of these are not in the image that was read: all of
   * them where they are no longer the files that it was made of.
   */
  sizes(): { readonly all: number; readonly behindImage: number } {
    const paths = this.#paths();
    let [all, inImage] = [0, 0];
    for (const path of paths) all += statsOf(path)?.size ?? 0;
    if (this.#image !== null && isSameSet(paths, this.#image)) {
      for (const { length } of this.#image.account.journals) inImage += length;
    }
    return { all, behindImage: Math.max(0, all - inImage) };
  }

  /** How many bytes this machine's journal had when it was last looked at. */
  get ownSize(): number {
    return this.#read.get(this.#own)?.stats.size ?? 0;
  }

  /** When the newest entry of all counts as made; "" where there is none. */
  get newest(): string {
    let newest = -1;
    for (const journal of this.#read.values()) newest = Math.max(newest, journal.newest);
    return timeOfKey(newest);
  }

  /** Counts a change that this process made, whether or not it could be written. */
  made(entry: JournalEntry): void {
    this.#made.set(entry.id, entry);
    this.#count(entry);
    // What is made later counts it by itself.
    if (this.#undoing.isMade) this.#undoing.value.replay(entry);
  }

  /**
   * Reads what was appended to the journals since they were last read, by whomever, and journals
   * that are new. Never throws: what cannot be read now is read another time.
   *
   * @param restore called before this machine's journal is read again because it has lost something
   * @returns what became of marks by that; of each paper only what is other than before
   */
  refresh(restore: () => void): readonly PaperChange[] {
    try {
      const appended = this.#appended(findJournals(this.#directory), restore);
      if (appended === null || this.#isStale) return this.#readAnew();
      return appended.length === 0 ? [] : (this.#takeIn(appended) ?? this.#readAnew());
    } catch {
      return [];
    }
  }

  /**
   * What the journals say of papers with titles of these hashes (`lettersHash`), and more perhaps, in the
   * order of their names; those that cannot be read are left out.
   */
  scansWith(hashes: ReadonlySet<number>): readonly JournalScan[] {
    try {
      return (
        this.#scansByImage(hashes) ??
        readJournals(this.#directory).flatMap((journal) =>
          "error" in journal ? [] : [new JournalScan({ name: journal.path, ...journal })],
        )
      );
    } catch {
      return [];
    }
  }

  /** The same from the lines that an image tells; `null` where there is none, or journals are others by now. */
  #scansByImage(hashes: ReadonlySet<number>): readonly JournalScan[] | null {
    const image = this.#image;
    const lines = image?.linesWith(hashes) ?? null;
    if (image === null || lines === null) return null;
    try {
      const paths = findJournals(this.#directory);
      const scans = paths.flatMap((path) => scansOfTitles(path, image.account, lines));
      // Of one that was compacted meanwhile, other lines stand at those places.
      return isSameSet(findJournals(this.#directory), image) ? scans : null;
    } catch {
      return null;
    }
  }

  /**
   * Looks through the journals that were too long for it at the start, a step for each quarter of a
   * megabyte; where one does not begin as the image says, all are read anew.
   * @returns what is other than before, of each paper only what is
   */
  *makeSure(): Generator<void, readonly PaperChange[]> {
    for (const known of this.#unsure) {
      try {
        const isSame = yield* beginsAsKnown(join(this.#directory, known.name), known);
        if (isSame || this.#image === null) continue;
        this.#isStale = true;
        return this.#readAnew();
      } catch {
        // One that cannot be read now keeps what was read of it.
      }
    }
    this.#unsure = [];
    return [];
  }

  /** The journals there are; none where that cannot be told. */
  #paths(): readonly string[] {
    try {
      return findJournals(this.#directory);
    } catch {
      return [];
    }
  }

  /** Takes over what an image says, and what was appended since. Answers whether it fits. */
  #readOnto(image: MarksImage): boolean {
    let found: Continued | null = null;
    try {
      found = continueImage(image, tailLength);
    } catch {
      // What cannot be read is said where all is read.
    }
    if (found === null) return false;
    this.#image = image;
    this.#unsure = found.unsure;
    this.#marks = found.marks;
    this.#seen = found.seen;
    for (const { path, stats, readTo, tail, newest } of found.journals) {
      this.#read.set(path, { path, stats, readTo, tail, newest });
    }
    this.#history = new Late(found.own);
    this.problems = found.problems;
    this.#replay();
    return true;
  }

  /** Reads every journal and folds them. */
  #readAll(): void {
    const problems = new JournalProblems();
    const journals = this.#readBytes(problems);
    const scans = journals.map(
      (journal) => new JournalScan({ ...journal, skipped: problems.line.bind(problems, journal.name) }),
    );
    if (!this.#foldAll(scans, foldJournals)) {
      this.#foldAll(
        journals.map((journal) => new JournalScan(journal)),
        foldInOrder,
      );
    }
    for (const scan of scans) {
      const journal = this.#read.get(scan.name);
      if (journal) journal.newest = scan.newest;
    }
    this.#replay();
    this.problems = problems.sentences();
  }

  /**
   * Makes marks and history of journals. Answers `false` where the order of two changes of one paper
   * is not that in which they came; then it has to be done in order.
   */
  #foldAll(scans: readonly JournalScan[], fold: typeof foldJournals): boolean {
    const length = [...this.#read.values()].reduce((sum, { stats }) => sum + stats.size, 0);
    const marks = new Marks(length);
    const seen = new SeenIds(`${this.#machine}:`);
    const own = new OwnEntries();
    let isInOrder = true;
    const isEarliestFirst = fold(scans, seen, (scan, isLate) => {
      // The rest is read all the same, for what may be wrong in it.
      if (isLate && marks.isBehind(scan)) isInOrder = false;
      marks.take(scan, scan.time);
      if (!seen.isOwnEntry(scan)) return;
      own.add(scan);
      if (this.#made.size > 0) this.#made.delete(scan.id());
    });
    if (!isInOrder || !isEarliestFirst) return false;
    this.#marks = marks;
    this.#seen = seen;
    // Now, as the bytes it is read from are not kept.
    const history = own.entries();
    this.#history = new Late(() => history);
    return true;
  }

  /** Reads the bytes of each journal there is. */
  #readBytes(problems: JournalProblems): readonly (JournalBytes & { readonly name: string })[] {
    try {
      return readJournals(this.#directory).flatMap((journal) => {
        const { path } = journal;
        if ("error" in journal) {
          this.#unreadable.set(path, statsOf(path));
          this.#tellUnreadable(path, journal.error, problems);
          return [];
        }
        const { bytes, length, stats } = journal;
        const readTo = length === 0 ? 0 : bytes.lastIndexOf(newline, length - 1) + 1;
        this.#read.set(path, { path, stats, readTo, tail: tailOf(bytes, readTo), newest: -1 });
        return [{ name: path, bytes, length, stats }];
      });
    } catch (error) {
      this.fault = notSaving(error, this.#directory);
      problems.file(this.fault);
      return [];
    }
  }

  #tellUnreadable(path: string, error: unknown, problems: JournalProblems): void {
    const sentence =
      path === this.#own
        ? notSaving(error, path)
        : `Marks could not be read: ${describeFsError(error, path)}. The other marks are here.`;
    if (path === this.#own) this.fault = sentence;
    problems.file(sentence);
  }

  /**
   * What others appended, in the order in which it counts; `null` where a journal is new, shorter or
   * another than it was.
   */
  #appended(paths: readonly string[], restore: () => void): readonly JournalScan[] | null {
    const scans: JournalScan[] = [];
    let isWhole = true;
    for (const path of paths) {
      const journal = this.#read.get(path);
      const stats = statsOf(path);
      const known = journal?.stats ?? this.#unreadable.get(path) ?? null;
      if (stats === null || (known !== null && isSameFile(known, stats))) continue;
      if (journal === undefined || stats.size < journal.readTo) {
        if (journal && path === this.#own) restore();
        isWhole = false;
        continue;
      }
      const from = journal.readTo - journal.tail.length;
      const { bytes, length, stats: now } = readJournal(path, from);
      if (!bytes.subarray(0, journal.tail.length).equals(journal.tail)) {
        if (path === this.#own) restore();
        isWhole = false;
        continue;
      }
      // A line may be half there: what is behind the last break is left for the next time.
      const end = bytes.lastIndexOf(newline, length - 1) + 1;
      journal.stats = now;
      if (end <= journal.tail.length) continue;
      const added = bytes.subarray(journal.tail.length);
      scans.push(new JournalScan({ name: path, bytes: added, length: end - journal.tail.length }));
      journal.tail = tailOf(bytes, end);
      journal.readTo = from + end;
    }
    return isWhole ? scans : null;
  }

  /**
   * Takes in what was appended. `null` where a paper would have been changed later already by what
   * was read before: then only reading all of them anew puts things in their order.
   */
  #takeIn(scans: readonly JournalScan[]): readonly PaperChange[] | null {
    const met: Met[] = [];
    foldJournals(scans, this.#seen, (scan) => {
      const entry = scan.current();
      if (entry !== null) met.push({ entry, stamp: scan.time });
    });
    for (const scan of scans) {
      const journal = this.#read.get(scan.name);
      if (journal) journal.newest = Math.max(journal.newest, scan.newest);
    }
    met.sort((one, other) => one.stamp - other.stamp || compareIds(one.entry.id, other.entry.id));
    const isLate = met.some(({ entry, stamp }) =>
      entry.papers.some(({ paper }) => {
        const last = this.#marks.stamp(paper);
        // What this process did counts already, at that very moment.
        return last > stamp || (last === stamp && !this.#made.has(entry.id));
      }),
    );
    if (isLate) return null;
    const before = new Map<string, number>();
    const own: JournalEntry[] = [];
    for (const { entry, stamp } of met) {
      for (const { paper } of entry.papers) {
        if (!before.has(paper)) before.set(paper, this.#marks.bits(paper));
      }
      this.#marks.apply(entry.papers, stamp);
      this.#made.delete(entry.id);
      if (this.#seen.isOwn(entry.id)) own.push(withTime(entry, stamp));
    }
    if (own.length > 0) {
      const history = lastChanges([...this.#history.value, ...own].sort(compareEntries));
      this.#history = new Late(() => history);
    }
    this.#replay();
    return [...before].flatMap(([paper, bits]) => difference(paper, bits, this.#marks.bits(paper)));
  }

  /** Reads all journals again; returns what is other than before. */
  #readAnew(): readonly PaperChange[] {
    const fresh = new Journals(this.#directory, this.#machine, null, this.#made);
    // One that cannot be read at this moment (it is being replaced) keeps what was read of it.
    if ([...fresh.#unreadable.keys()].some((path) => this.#read.has(path))) return [];
    const before = this.#marks;
    this.#marks = fresh.#marks;
    this.#seen = fresh.#seen;
    this.#read = fresh.#read;
    this.#unreadable = fresh.#unreadable;
    this.#history = fresh.#history;
    this.#undoing = fresh.#undoing;
    this.#made = fresh.#made;
    this.#image = null;
    this.#unsure = [];
    this.#isStale = false;
    const changes: PaperChange[] = [];
    for (const [paper, bits] of before.papers()) {
      changes.push(...difference(paper, bits, this.#marks.bits(paper)));
    }
    for (const [paper, bits] of this.#marks.papers()) {
      if (before.stamp(paper) < 0) changes.push(...difference(paper, 0, bits));
    }
    return changes;
  }

  /** Has the history built anew, and counts what this process did that is in no journal yet. */
  #replay(): void {
    for (const entry of this.#made.values()) this.#count(entry);
    this.#undoing = new Late(() => {
      const undoing = new History();
      const all = [...this.#history.value, ...this.#made.values()];
      for (const entry of all.sort(compareEntries)) undoing.replay(entry);
      return undoing;
    });
  }

  #count(entry: JournalEntry): void {
    this.#marks.apply(entry.papers, timeOf(entry));
  }
}

/** The last bytes before `end`, in memory of their own. */
function tailOf(bytes: Buffer, end: number): Buffer {
  return Buffer.from(bytes.subarray(Math.max(0, end - tailLength), end));
}

/** `null` where there is no such file. */
function statsOf(path: string): FileStats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

/** What became of a paper's marks, as a change of one paper or of none. */
function difference(paper: string, before: number, after: number): PaperChange[] {
  if (before === after) return [];
  const change: Record<string, unknown> = { paper, title: "" };
  for (const field of markFields) {
    if (((before ^ after) & markBits[field]) !== 0) change[field] = (after & markBits[field]) !== 0;
  }
  return [change as unknown as PaperChange];
}
