import { join } from "node:path";
import { isInterestId } from "../../papers/interests/interest.js";
import type { PaperChange } from "../../papers/marks.js";
import { History } from "../history.js";
import { stampAfter } from "./clock.js";
import { decodeLine, encodeLine, entryTime, type JournalEntry } from "./format.js";
import { JournalProblems } from "./problems.js";
import { filesCalled, isSameFile, JournalFile, journalPath, readJournals, statsOf } from "./read.js";
import { Registers } from "./registers.js";
import { readSnapshot, type Snapshot, type SnapshotLocation, writeSnapshot } from "./snapshot.js";
import { JournalWriter } from "./writer.js";

/** How often to list the folder again if journals are renamed meanwhile. */
const mostTries = 50;
/** A snapshot is written after this many new bytes, about 300 changes; more for long journals. */
const leastForSnapshot = 64 << 10;

/**
 * All journals of a state directory: reads them once, or from a snapshot on, and then what others append. Appends
 * this process's changes to this machine's journal, and reads them there again later.
 */
export class Journals {
  readonly #directory: string;
  readonly #machine: string;
  readonly #own: string;
  readonly #location: SnapshotLocation | null;
  readonly #now: () => number;
  readonly #readAt: number;
  readonly #files = new Map<string, JournalFile>();
  readonly writer: JournalWriter;
  #found = new JournalProblems();
  /** How many bytes of the journals the snapshot covers. */
  bytesInSnapshot = 0;
  registers = new Registers();
  history = new History();
  /** The papers whose marks others have changed since the last `refresh`. */
  #changed = new Set<string>();

  /** As in `openLibrary`. */
  constructor(stateDirectory: string, machine: string, location: SnapshotLocation | null, now: () => number) {
    this.#directory = stateDirectory;
    this.#machine = machine;
    this.#own = journalPath(stateDirectory, machine);
    this.writer = new JournalWriter(this.#own);
    this.#location = location;
    this.#now = now;
    this.#readAt = now();
    this.#readAll(location && readSnapshot(location, stateDirectory, machine));
  }

  /** Sentences for the footer. */
  get problems(): readonly string[] {
    return this.#found.sentences();
  }

  /** Takes in appended lines and new journals. Never throws: unreadable files are tried again the next time. */
  takeIn(): void {
    try {
      const replaced = filesCalled("marks", this.#directory).filter(
        (path) => !this.#read(path, this.#changed),
      );
      if (replaced.includes(this.#own)) this.writer.restore();
      if (replaced.length > 0) this.#readAnew();
    } catch {
      // The marks read so far remain.
    }
  }

  /**
   * Writes changes of this process, then applies them: a crash cannot lose a change that the screen shows as done.
   * They apply even if the write fails.
   * @returns a sentence if they are not on disk
   */
  append(changes: readonly Omit<JournalEntry, "at" | "orderedAt">[]): string | null {
    if (changes.length === 0) return null;
    // Changes that others have just written come before these, whatever the clock says.
    this.takeIn();
    let seen = this.registers.newest;
    // Encoded once: a change may have 100,000 papers.
    const lines = changes.map((change) => {
      const entry = { ...change, ...stampAfter(seen, this.#now()) };
      seen = entryTime(entry);
      return encodeLine(entry);
    });
    const error = this.writer.append(lines);
    this.#applyLines(lines);
    return error;
  }

  /** The papers whose marks others have changed since the last call. */
  changed(): ReadonlySet<string> {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  /** All recorded changes of the wanted papers, in no order. */
  changesOf(isWanted: (change: PaperChange) => boolean): readonly PaperChange[] {
    const found: PaperChange[] = [];
    // What cannot be read was reported when it was first read.
    readJournals(this.#directory, ({ papers }) => {
      for (const one of papers) if (!isInterestId(one.paper) && isWanted(one)) found.push(one);
    });
    return found;
  }

  /** Writes a snapshot if the next start would have this many new bytes to read, or as many as usual. Never throws. */
  keepSnapshot(enough?: number): void {
    const files = [...this.#files.values()];
    const all = files.reduce((sum, { state }) => sum + state.readTo, 0);
    const least = enough ?? Math.max(leastForSnapshot, all / 16);
    // Changes only in memory would be in a snapshot and in no journal.
    if (files.some(({ isOpen }) => isOpen) || !this.writer.isSaved) return;
    if (this.#location === null || all - this.bytesInSnapshot < least) return;
    const snapshot = {
      journals: files.map(({ state }) => state).filter(({ readTo }) => readTo > 0),
      registers: this.registers,
      history: this.history,
      problems: this.#found.lines,
    };
    try {
      writeSnapshot(this.#location, this.#directory, this.#machine, snapshot, this.#readAt);
      this.bytesInSnapshot = all;
    } catch {
      // The next start is slower; nothing is lost.
    }
  }

  /** @param changed gets the papers whose marks are others after it */
  #apply(entry: JournalEntry, changed: Set<string> | null = null): void {
    this.registers.apply(entry, changed);
    if (entry.id.startsWith(`${this.#machine}:`)) this.history.add(entry);
  }

  /** Applies lines of this process exactly as a later start will read them. */
  #applyLines(lines: readonly string[]): void {
    for (const line of lines) {
      const { entry } = decodeLine(line);
      if (entry !== null) this.#apply(entry);
    }
  }

  /** Reads every journal, from a valid snapshot on. */
  #readAll(snapshot: Snapshot | null): void {
    this.registers = snapshot?.registers ?? new Registers();
    this.history = snapshot?.history ?? new History();
    this.#found = new JournalProblems(snapshot?.problems);
    this.#files.clear();
    for (const state of snapshot?.journals ?? []) {
      const path = join(this.#directory, state.name);
      this.#files.set(path, new JournalFile(path, state));
    }
    this.bytesInSnapshot = snapshot?.journals.reduce((sum, { readTo }) => sum + readTo, 0) ?? 0;
    // If a journal is renamed meanwhile (`compact.ts`), reads the new file.
    let before = "";
    for (let tries = 0; tries < mostTries; tries += 1) {
      const paths = this.#list();
      if (tries > 0 && paths.join("\n") === before) break;
      before = paths.join("\n");
      for (const path of paths) this.#read(path, null);
    }
  }

  #list(): readonly string[] {
    try {
      return filesCalled("marks", this.#directory);
    } catch (error) {
      this.#found.directory(this.#directory, error);
      // A folder that cannot be listed can still be entered.
      return [this.#own];
    }
  }

  /**
   * Reads new lines of a file, if there are any.
   * @param changed gets the papers whose marks are others; `null` for the first reading
   * @returns `false` if the file was replaced
   */
  #read(path: string, changed: Set<string> | null): boolean {
    const file = this.#files.get(path) ?? new JournalFile(path);
    const stats = statsOf(path);
    if (stats !== null && isSameFile(file.state.stats, stats)) return true;
    try {
      if (!file.read((entry) => this.#apply(entry, changed), this.#found, changed === null)) return false;
      this.#files.set(path, file);
    } catch (error) {
      // Later it is tried again.
      if (changed === null) this.#found.file(path, error);
    }
    return true;
  }

  /** Reads every journal again, and the lines of this process, which they may have lost. */
  #readAnew(): void {
    const before = this.registers;
    this.#readAll(null);
    this.#applyLines(this.writer.lines);
    // What is made now comes after what was seen and is gone, too: it may come back.
    if (before.newest > this.registers.newest) this.registers.newest = before.newest;
    for (const paper of [...before.papers(), ...this.registers.papers()])
      if (before.bits(paper) !== this.registers.bits(paper)) this.#changed.add(paper);
  }
}
