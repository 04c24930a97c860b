import { join } from "node:path";
import { fsErrorCode } from "../../files/fs-errors.js";
import { markFields, type PaperChange, withMark } from "../../papers/marks.js";
import { History } from "../history.js";
import { decodeLine, entryTime, type JournalEntry } from "./format.js";
import {
  findJournals,
  isSameFile,
  JournalFile,
  JournalProblems,
  journalPath,
  statsOf,
  type TakeEntry,
} from "./read.js";
import { difference, Registers } from "./replay.js";
import { readSnapshot, type SnapshotPlace, writeSnapshot } from "./snapshot.js";

/** How often the folder is listed again where journals are renamed meanwhile. */
const mostTries = 50;
/** A snapshot is made for so many bytes that none has yet, about 300 changes; of long journals for more. */
const leastForSnapshot = 64 << 10;

/**
 * All journals of a state directory: read whole once, or from a snapshot on, and then what others append to
 * them. What this process does is given to `made` when it is done, and met again in the journal later.
 */
export class Journals {
  readonly #directory: string;
  readonly #machine: string;
  readonly #own: string;
  /** What the ids of this machine's changes begin with. */
  readonly #ownIds: string;
  readonly #place: SnapshotPlace | null;
  readonly #readAt: number;
  readonly #files = new Map<string, JournalFile>();
  readonly #found = new JournalProblems();
  /** What was tried to be read at the start. */
  readonly #tried = new Set<string>();
  /** So many bytes of the journals are in a snapshot. */
  #inSnapshot = 0;
  registers = new Registers();
  history = new History();
  /** The bits that papers had before what was taken in since the last `refresh`. */
  #before = new Map<string, number>();

  /** @param place where a snapshot may be kept; `null` for none */
  constructor(stateDirectory: string, machine: string, place: SnapshotPlace | null, now: () => number) {
    this.#directory = stateDirectory;
    this.#machine = machine;
    this.#own = journalPath(stateDirectory, machine);
    this.#ownIds = `${machine}:`;
    this.#place = place;
    this.#readAt = now();
    this.#readAll();
  }

  /** Sentences for the footer. */
  get problems(): readonly string[] {
    return this.#found.sentences();
  }

  /** Counts a change that this process made, whether or not it could be written. */
  made(entry: JournalEntry): void {
    this.#apply(entry, Date.parse(entryTime(entry)), null);
    // The caller shows this change by itself.
    for (const { paper, ...change } of entry.papers) {
      let bits = this.#before.get(paper);
      if (bits === undefined) continue;
      for (const field of markFields) {
        const value = change[field];
        if (value !== undefined) bits = withMark(bits, field, value);
      }
      this.#before.set(paper, bits);
    }
  }

  /**
   * Takes in what was appended to the journals since they were last read, by whomever, and journals that
   * are new. Cheap where nothing was. Never throws: what cannot be read now is read another time.
   *
   * @param session the lines of this process, which may be in no journal any more
   * @param restore called where this machine's journal has lost something
   */
  takeIn(session: () => readonly string[], restore: () => void): void {
    try {
      let isWhole = true;
      for (const path of findJournals(this.#directory)) {
        const file = this.#files.get(path) ?? new JournalFile(path);
        const stats = statsOf(path);
        if (stats === null || isSameFile(file.state.stats, stats)) continue;
        if (this.#readOn(file)) continue;
        if (path === this.#own) restore();
        isWhole = false;
      }
      if (!isWhole) this.#readAnew(session());
    } catch {
      // What is known is still known.
    }
  }

  /** What has become of marks by what was taken in since this was last asked; of each paper only what changed. */
  changes(): readonly PaperChange[] {
    const before = this.#before;
    this.#before = new Map();
    return [...before].flatMap(([paper, bits]) => difference(paper, bits, this.registers.bits(paper)));
  }

  /**
   * What was said of the papers that are wanted, each time one was marked, in no order.
   * @param isWanted is asked for every paper of every change
   */
  changesOf(isWanted: (change: PaperChange) => boolean): readonly PaperChange[] {
    const found: PaperChange[] = [];
    const take: TakeEntry = ({ papers }) => {
      for (const one of papers) if (isWanted(one)) found.push(one);
    };
    for (const path of this.#list()) {
      try {
        new JournalFile(path).read(take, null, true);
      } catch {
        // It was reported when it was first read.
      }
    }
    return found;
  }

  /** How many bytes of the journals were not read at the start because a snapshot has what they come to. */
  get bytesInSnapshot(): number {
    return this.#inSnapshot;
  }

  /**
   * Writes a snapshot where there is enough new to read at the next start. Never throws.
   * @param enough how many bytes that is
   */
  keepSnapshot(enough?: number): void {
    const states = [...this.#files.values()].map(({ state }) => state);
    const all = states.reduce((sum, { readTo }) => sum + readTo, 0);
    const least = enough ?? Math.max(leastForSnapshot, all / 16);
    const isOpen = [...this.#files.values()].some((file) => file.isOpen);
    if (this.#place === null || isOpen || all - this.#inSnapshot < least) return;
    const settled = new Map(states.map(({ name, lines }) => [join(this.#directory, name), lines]));
    const problems = this.#found.lines.filter(({ path, line }) => line <= (settled.get(path) ?? 0));
    const snapshot = {
      journals: states.filter(({ readTo }) => readTo > 0),
      registers: this.registers,
      history: this.history.lines(),
      problems,
    };
    try {
      writeSnapshot(this.#place, this.#directory, this.#machine, snapshot, this.#readAt);
      this.#inSnapshot = all;
    } catch {
      // The next start is slower; nothing is lost.
    }
  }

  #apply(entry: JournalEntry, time: number, before: Map<string, number> | null, line?: string): void {
    this.registers.apply(entry, time, before);
    if (entry.id.startsWith(this.#ownIds)) this.history.add(entry, line);
  }

  /** Reads every journal there is, from a snapshot on where one is valid. */
  #readAll(): void {
    const snapshot = this.#place && readSnapshot(this.#place, this.#directory, this.#machine);
    if (snapshot !== null) {
      this.registers = snapshot.registers;
      this.history = History.from(snapshot.history);
      for (const { path, fault, line } of snapshot.problems) this.#found.line(path, fault, line);
      for (const state of snapshot.journals) {
        const path = join(this.#directory, state.name);
        this.#files.set(path, new JournalFile(path, state));
        this.#inSnapshot += state.readTo;
      }
    }
    for (let tries = 1; tries <= mostTries; tries += 1) {
      // Where a journal was renamed meanwhile (`compact.ts`), what was in it is looked for again.
      const paths = this.#list();
      for (const path of paths) this.#readFirst(path);
      if (this.#list().join("\n") === paths.join("\n")) break;
    }
  }

  #list(): readonly string[] {
    try {
      return findJournals(this.#directory);
    } catch (error) {
      if (!this.#tried.has(this.#directory)) this.#found.directory(this.#directory, error);
      this.#tried.add(this.#directory);
      // A folder that may not be listed may still be entered.
      return [this.#own];
    }
  }

  #readFirst(path: string): void {
    if (this.#tried.has(path)) return;
    this.#tried.add(path);
    const file = this.#files.get(path) ?? new JournalFile(path);
    try {
      file.read((entry, time, line) => this.#apply(entry, time, null, line), this.#found, true);
      this.#files.set(path, file);
    } catch (error) {
      if (fsErrorCode(error) === "ENOENT") this.#tried.delete(path);
      if (!this.#tried.has(this.#directory)) this.#found.file(path, error);
    }
  }

  /** Reads what a file has more; `false` where it is another than it was. */
  #readOn(file: JournalFile): boolean {
    try {
      if (!file.read((entry, time, line) => this.#apply(entry, time, this.#before, line))) return false;
      this.#files.set(file.path, file);
    } catch {
      // Reported when all is read the next time.
    }
    return true;
  }

  #readAnew(session: readonly string[]): void {
    const before = new Map(this.registers.all());
    const fresh = new Journals(this.#directory, this.#machine, null, () => this.#readAt);
    for (const line of session) {
      const { entry } = decodeLine(line);
      if (entry !== null) fresh.made(entry);
    }
    this.registers = fresh.registers;
    this.history = fresh.history;
    this.#files.clear();
    for (const [path, file] of fresh.#files) this.#files.set(path, file);
    this.#inSnapshot = 0;
    for (const [paper] of this.registers.all()) if (!before.has(paper)) before.set(paper, 0);
    for (const [paper, bits] of before) if (!this.#before.has(paper)) this.#before.set(paper, bits);
  }
}
