import { statSync } from "node:fs";
import { join } from "node:path";
import { markBits, markFields, type PaperChange } from "../papers/marks.js";
import { faultText } from "./faults.js";
import { foldJournals, Marks, rankCount, stampOf } from "./fold.js";
import { History } from "./history.js";
import { beginsAsKnown } from "./image-check.js";
import { type Continued, continueImage } from "./image-start.js";
import { scansOfTitles } from "./image-titles.js";
import { entryTime, type JournalEntry } from "./journal-format.js";
import { findJournals, JournalProblems, journalPath, readJournal } from "./journal-reader.js";
import { JournalScan } from "./journal-scan.js";
import { timeKey, timeOfKey } from "./journal-time.js";
import { Late } from "./late.js";
import type { FileStats, KnownJournal, MarksImage } from "./marks-image.js";
import { lastChanges, OwnEntries } from "./own-entries.js";
import { SeenIds } from "./seen-ids.js";

/** How many bytes before the place read up to are kept, by which a file is known again. */
const tailLength = 256;
const newline = 0x0a;

/** Why nothing can be saved for as long as the program runs, and what to do about it. */
function notSaving(error: unknown, path: string): string {
  return `Marks are not saved in this session: ${faultText(error, path)}.`;
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
  /** When its last entry counts as made (`timeKey`). */
  time: number;
}

/** A line of a journal that others have written since. */
interface Met {
  readonly journal: ReadJournal;
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

  /** How many bytes the journals have now, and how many of these are not in the image that was read. */
  sizes(): { readonly all: number; readonly behindImage: number } {
    let [all, inImage] = [0, 0];
    for (const path of new Set([...this.#read.keys(), this.#own])) all += statsOf(path)?.size ?? 0;
    for (const { length } of this.#image?.account.journals ?? []) inImage += length;
    return { all, behindImage: Math.max(0, all - inImage) };
  }

  /** How many bytes this machine's journal had when it was last looked at. */
  get ownSize(): number {
    return this.#read.get(this.#own)?.stats.size ?? 0;
  }

  /** When the newest entry of all counts as made; "" where there is none. */
  get newest(): string {
    let newest = -1;
    for (const { time } of this.#read.values()) newest = Math.max(newest, time);
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
    const paths = [...this.#read.keys()].concat(this.#read.has(this.#own) ? [] : this.#own);
    const image = this.#image;
    const lines = image?.linesWith(hashes) ?? null;
    return paths.flatMap((path) => {
      try {
        if (image !== null && lines !== null) return scansOfTitles(path, image.account, lines);
        return [new JournalScan({ name: path, ...readJournal(path) })];
      } catch {
        return [];
      }
    });
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
    for (const { path, stats, readTo, tail, time } of found.journals) {
      this.#read.set(path, { path, stats, readTo, tail, time });
    }
    this.#history = new Late(found.own);
    this.problems = found.problems;
    this.#replay();
    return true;
  }

  /** Reads every journal and folds them. */
  #readAll(): void {
    const problems = new JournalProblems();
    const scans = this.#scans(problems);
    const length = [...this.#read.values()].reduce((sum, { stats }) => sum + stats.size, 0);
    this.#marks = new Marks(length);
    const own = new OwnEntries();
    const ranks = this.#ranks();
    const [only] = scans;
    const rank = scans.length === 1 && only ? ranks.get(only.name) : undefined;
    foldJournals(scans, this.#seen, (scan) => {
      this.#marks.take(scan, stampOf(scan.time, rank ?? ranks.get(scan.name) ?? 0));
      if (!this.#seen.isOwnEntry(scan)) return;
      own.add(scan);
      if (this.#made.size > 0) this.#made.delete(scan.entry?.id ?? scan.idText());
    });
    for (const scan of scans) {
      const journal = this.#read.get(scan.name);
      if (journal) journal.time = scan.time;
    }
    // Now, as the bytes it is read from are not kept.
    const history = own.entries();
    this.#history = new Late(() => history);
    this.#replay();
    this.problems = problems.sentences();
  }

  /** Begins to read each journal there is. */
  #scans(problems: JournalProblems): readonly JournalScan[] {
    let paths: readonly string[] = [];
    try {
      paths = findJournals(this.#directory);
    } catch (error) {
      this.fault = notSaving(error, this.#directory);
      problems.file(this.fault);
    }
    return paths.flatMap((path) => {
      try {
        const { bytes, length, stats } = readJournal(path);
        const readTo = length === 0 ? 0 : bytes.lastIndexOf(newline, length - 1) + 1;
        this.#read.set(path, { path, stats, readTo, tail: tailOf(bytes, readTo), time: -1 });
        return [new JournalScan({ name: path, bytes, length, skipped: problems.line.bind(problems, path) })];
      } catch (error) {
        this.#unreadable.set(path, statsOf(path));
        const sentence =
          path === this.#own
            ? notSaving(error, path)
            : `Marks could not be read: ${faultText(error, path)}. The other marks are here.`;
        if (path === this.#own) this.fault = sentence;
        problems.file(sentence);
        return [];
      }
    });
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
      scans.push(
        new JournalScan({
          name: path,
          bytes: added,
          length: end - journal.tail.length,
          time: journal.time,
          from: journal.readTo,
        }),
      );
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
    const ranks = this.#ranks();
    const met: Met[] = [];
    foldJournals(scans, this.#seen, (scan) => {
      const entry = scan.current();
      const journal = this.#read.get(scan.name);
      if (entry === null || journal === undefined) return;
      met.push({ journal, entry, stamp: stampOf(scan.time, ranks.get(scan.name) ?? 0) });
    });
    for (const scan of scans) {
      const journal = this.#read.get(scan.name);
      if (journal) journal.time = scan.time;
    }
    const isLate = met.some(({ entry, stamp }) =>
      entry.papers.some(({ paper }) => {
        const last = this.#marks.stamp(paper);
        return last > stamp || (last === stamp && ranks.size >= rankCount);
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
      if (this.#seen.isOwn(entry.id)) own.push(entry);
    }
    if (own.length > 0) {
      const history = lastChanges([...this.#history.value, ...own]);
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
      for (const entry of this.#history.value) undoing.replay(entry);
      for (const entry of this.#made.values()) undoing.replay(entry);
      return undoing;
    });
  }

  #count(entry: JournalEntry): void {
    const time = Math.max(timeKey(entryTime(entry)), this.#read.get(this.#own)?.time ?? -1);
    this.#marks.apply(entry.papers, stampOf(time, this.#ranks().get(this.#own) ?? 0));
  }

  /** The places of the journals by name, this machine's among them also where it is not there yet. */
  #ranks(): ReadonlyMap<string, number> {
    const names = [...new Set([...this.#read.keys(), this.#own])].sort();
    return new Map(names.map((name, rank) => [name, rank]));
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

function isSameFile(one: FileStats, other: FileStats): boolean {
  return (
    one.ino === other.ino && one.dev === other.dev && one.size === other.size && one.mtimeMs === other.mtimeMs
  );
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
