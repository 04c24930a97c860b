import { join } from "node:path";
import { fsErrorCode } from "../../files/fs-errors.js";
import { isInterestId } from "../../papers/interests/interest.js";
import { markFields, type PaperChange, withMark } from "../../papers/marks.js";
import { History } from "../history.js";
import { decodeLine, type JournalEntry } from "./format.js";
import { JournalProblems } from "./problems.js";
import {
  filesCalled,
  isSameFile,
  JournalFile,
  journalPath,
  readJournals,
  statsOf,
  type TakeEntry,
} from "./read.js";
import { difference, Registers } from "./registers.js";
import { readSnapshot, type SnapshotPlace, writeSnapshot } from "./snapshot.js";

/** How often to list the folder again if journals are renamed meanwhile. */
const mostTries = 50;
/** A snapshot is written after this many new bytes, about 300 changes; more for long journals. */
const leastForSnapshot = 64 << 10;

/**
 * All journals of a state directory: reads them once, or from a snapshot on, and then what others append.
 * `made` adds this process's own changes, which appear again in the journal later.
 */
export class Journals {
  readonly #directory: string;
  readonly #machine: string;
  readonly #own: string;
  /** The prefix of the ids of this machine's changes. */
  readonly #ownIds: string;
  readonly #place: SnapshotPlace | null;
  readonly #readAt: number;
  readonly #files = new Map<string, JournalFile>();
  readonly #found = new JournalProblems();
  /** The files of the first reading. */
  readonly #tried = new Set<string>();
  /** How many bytes of the journals the snapshot covers. */
  #inSnapshot = 0;
  registers = new Registers();
  history = new History();
  /** The mark bits of papers before the changes taken in since the last `refresh`. */
  #before = new Map<string, number>();

  /** @param place the place of the snapshot; `null` for none */
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

  /** Applies a change of this process, written or not. */
  made(entry: JournalEntry): void {
    this.#apply(entry, null);
    // The caller shows this change itself.
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
   * Takes in appended lines and new journals. Cheap if there are none. Never throws: unreadable files are tried
   * again the next time.
   *
   * @param session the lines of this process, which the journal may have lost
   * @param restore called if this machine's journal has lost lines
   */
  takeIn(session: () => readonly string[], restore: () => void): void {
    try {
      let isWhole = true;
      for (const path of filesCalled("marks", this.#directory)) {
        const file = this.#files.get(path) ?? new JournalFile(path);
        const stats = statsOf(path);
        if (stats === null || isSameFile(file.state.stats, stats)) continue;
        if (this.#readOn(file)) continue;
        if (path === this.#own) restore();
        isWhole = false;
      }
      if (!isWhole) this.#readAnew(session());
    } catch {
      // The marks read so far remain.
    }
  }

  /** The marks that changed since the last call; of each paper only the changed fields. */
  changes(): readonly PaperChange[] {
    const before = this.#before;
    this.#before = new Map();
    return [...before].flatMap(([paper, bits]) => difference(paper, bits, this.registers.bits(paper)));
  }

  /**
   * All recorded changes of the wanted papers, in no order.
   * @param isWanted called for every paper of every change
   */
  changesOf(isWanted: (change: PaperChange) => boolean): readonly PaperChange[] {
    const found: PaperChange[] = [];
    const take: TakeEntry = ({ papers }) => {
      for (const one of papers) if (!isInterestId(one.paper) && isWanted(one)) found.push(one);
    };
    // What cannot be read was reported when it was first read.
    readJournals(this.#directory, take, () => {});
    return found;
  }

  /** How many bytes of the journals the snapshot replaced at the start. */
  get bytesInSnapshot(): number {
    return this.#inSnapshot;
  }

  /**
   * Writes a snapshot if the next start would have enough to read. Never throws.
   * @param enough this many new bytes
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
      history: this.history.entries(),
      problems,
    };
    try {
      writeSnapshot(this.#place, this.#directory, this.#machine, snapshot, this.#readAt);
      this.#inSnapshot = all;
    } catch {
      // The next start is slower; nothing is lost.
    }
  }

  #apply(entry: JournalEntry, before: Map<string, number> | null): void {
    this.registers.apply(entry, before);
    if (entry.id.startsWith(this.#ownIds)) this.history.add(entry);
  }

  /** Reads every journal, from a valid snapshot on. */
  #readAll(): void {
    const snapshot = this.#place && readSnapshot(this.#place, this.#directory, this.#machine);
    if (snapshot !== null) {
      this.registers = snapshot.registers;
      this.history = new History(snapshot.history);
      for (const { path, fault, line } of snapshot.problems) this.#found.line(path, fault, line);
      for (const state of snapshot.journals) {
        const path = join(this.#directory, state.name);
        this.#files.set(path, new JournalFile(path, state));
        this.#inSnapshot += state.readTo;
      }
    }
    for (let tries = 1; tries <= mostTries; tries += 1) {
      // If a journal was renamed meanwhile (`compact.ts`), reads the new file.
      const paths = this.#list();
      for (const path of paths) this.#readFirst(path);
      if (this.#list().join("\n") === paths.join("\n")) break;
    }
  }

  #list(): readonly string[] {
    try {
      return filesCalled("marks", this.#directory);
    } catch (error) {
      if (!this.#tried.has(this.#directory)) this.#found.directory(this.#directory, error);
      this.#tried.add(this.#directory);
      // A folder that cannot be listed can still be entered.
      return [this.#own];
    }
  }

  #readFirst(path: string): void {
    if (this.#tried.has(path)) return;
    this.#tried.add(path);
    const file = this.#files.get(path) ?? new JournalFile(path);
    try {
      file.read((entry) => this.#apply(entry, null), this.#found, true);
      this.#files.set(path, file);
    } catch (error) {
      if (fsErrorCode(error) === "ENOENT") this.#tried.delete(path);
      if (!this.#tried.has(this.#directory)) this.#found.file(path, error);
    }
  }

  /** Reads new lines of a file; `false` if the file was replaced. */
  #readOn(file: JournalFile): boolean {
    try {
      if (!file.read((entry) => this.#apply(entry, this.#before))) return false;
      this.#files.set(file.path, file);
    } catch {
      // Reported at the next full reading.
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
    for (const paper of this.registers.all().keys()) if (!before.has(paper)) before.set(paper, 0);
    for (const [paper, bits] of before) if (!this.#before.has(paper)) this.#before.set(paper, bits);
  }
}
