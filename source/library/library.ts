import { type Change, opposite, type PaperChange } from "../papers/marks.js";
import type { Paper } from "../papers/paper.js";
import { faultText } from "./faults.js";
import { JournalStream, Marks, mergeJournals } from "./fold.js";
import { History } from "./history.js";
import { JournalClock } from "./journal-clock.js";
import type { JournalEntry } from "./journal-format.js";
import { findJournals, JournalProblems, journalEntries, journalPath, readJournal } from "./journal-reader.js";
import { JournalWriter } from "./journal-writer.js";
import { PaperKeeper, readKeptPapers } from "./kept-papers.js";

/** What came of a change: `error` is a sentence for the footer where it is not on disk. */
export interface Recorded {
  readonly change: Change;
  readonly error: string | null;
}

/** What came of undoing or redoing `change`: `papers` has the values as they now are. */
export interface Reverted extends Recorded {
  readonly papers: readonly PaperChange[];
}

/** What the reader did with papers, on all their machines. */
export interface Library {
  /** The mark bits of a paper by its id (0 where there are none). */
  bits(paper: string): number;
  /** How many papers have a mark. */
  readonly size: number;
  /**
   * Writes a change to the journal and then counts it. Where it could not be written it counts all
   * the same, for this session, and is written before the next one; `error` then says so.
   * A change of no papers is neither written nor counted.
   * @param label what the footer calls it: "starred", "37 marked read"
   * @param papers the papers and the fields whose value really changed, with the new value
   * @param keep papers to keep beside the marks, so that they can be shown without their listing
   */
  record(label: string, papers: readonly PaperChange[], keep?: readonly Paper[]): Recorded;
  /** Takes back the newest change not yet taken back, also of earlier runs; `null` when there is none. */
  undo(): Reverted | null;
  /** Does the change again that was taken back last; `null` when there is none. */
  redo(): Reverted | null;
  /**
   * Keeps what a listing tells of papers that were marked by their identity alone, so that they are
   * listed by more than that from now on. Nothing is said where it fails: nothing is lost either.
   */
  learn(listing: { readonly indexOf: (id: string) => number; readonly paper: (at: number) => Paper }): void;
  readonly undoable: number;
  readonly redoable: number;
  /** Tries once more, before leaving, to write what could not be written; a sentence where it still cannot. */
  flush(): string | null;
}

export interface LibraryOpened {
  readonly library: Library;
  /** Sentences for the footer: "3 lines of the journal could not be read and were skipped (FILE:12, …)". */
  readonly problems: readonly string[];
}

/** How many libraries this process has opened. */
let opened = 0;

/** Why nothing can be saved for as long as the program runs, and what to do about it. */
function notSaving(error: unknown, path: string): string {
  return `Marks are not saved in this session: ${faultText(error, path)}.`;
}

/**
 * Reads every `marks-*.jsonl` in the state directory and folds them into marks. Never throws: a
 * directory that is not there is an empty library, made by the first change; one that is there and
 * cannot be read is an empty library that says so and saves nothing.
 *
 * @param stateDirectory an absolute path; symbolic links are followed
 * @param machine this machine's name (`thisMachine()`), which its journal is called by
 * @param now milliseconds since 1970, as `Date.now`
 */
export function openLibrary(stateDirectory: string, machine: string, now: () => number): LibraryOpened {
  const problems = new JournalProblems();
  const own = journalPath(stateDirectory, machine);
  const streams: JournalStream[] = [];
  let size = 0;
  let fault: string | null = null;
  let paths: readonly string[] = [];
  try {
    paths = findJournals(stateDirectory);
  } catch (error) {
    fault = notSaving(error, stateDirectory);
    problems.file(fault);
  }
  for (const path of paths) {
    try {
      const bytes = readJournal(path);
      if (path === own) size = bytes.length;
      const skipped = problems.line.bind(problems, path);
      streams.push(new JournalStream(path, journalEntries(bytes, skipped)));
    } catch (error) {
      const sentence =
        path === own
          ? notSaving(error, path)
          : `Marks could not be read: ${faultText(error, path)}. The other marks are here.`;
      if (path === own) fault = sentence;
      problems.file(sentence);
    }
  }
  const marks = new Marks();
  const history = new History();
  // Only what was done on this machine can be undone on it, wherever a copy of the line stands.
  const ours = `${machine}:`;
  for (const entry of mergeJournals(streams)) {
    marks.apply(entry.papers);
    if (entry.id.startsWith(ours)) history.replay(entry);
  }
  const writer = fault === null ? new JournalWriter(own, size) : new NoWriter(fault);
  const others = streams.filter((stream) => stream.name !== own);
  const clock = new JournalClock(
    now,
    others
      .map((stream) => stream.time)
      .sort()
      .at(-1) ?? "",
  );
  const keeper = fault === null ? new PaperKeeper(stateDirectory, machine, now) : noKeeper;
  return {
    library: new JournalLibrary(machine, stateDirectory, clock, marks, history, writer, keeper),
    problems: problems.sentences(),
  };
}

/** Takes changes to disk; each answers with a sentence where what it was given is not there. */
type Writer = Pick<JournalWriter, "append" | "flush">;

/** Stands in where the journal cannot be read, and so must not be written either. */
class NoWriter implements Writer {
  readonly #why: string;
  #isUnsaved = false;

  constructor(why: string) {
    this.#why = why;
  }

  append(): string {
    this.#isUnsaved = true;
    return this.#why;
  }

  flush(): string | null {
    return this.#isUnsaved ? this.#why : null;
  }
}

/** Keeps papers; a sentence where one is not on disk. */
type Keeper = Pick<PaperKeeper, "keep" | "flush">;

/** Beside a journal that is not written, nothing is kept either; `NoWriter` says why. */
const noKeeper: Keeper = { keep: () => null, flush: () => null };

class JournalLibrary implements Library {
  readonly #clock: JournalClock;
  readonly #marks: Marks;
  readonly #history: History;
  readonly #writer: Writer;
  readonly #keeper: Keeper;
  readonly #stateDirectory: string;
  /** Tells this run's ids from those of every other, of one started in the same millisecond too. */
  readonly #run: string;
  #count = 0;

  constructor(
    machine: string,
    stateDirectory: string,
    clock: JournalClock,
    marks: Marks,
    history: History,
    writer: Writer,
    keeper: Keeper,
  ) {
    this.#clock = clock;
    this.#marks = marks;
    this.#history = history;
    this.#writer = writer;
    this.#keeper = keeper;
    this.#stateDirectory = stateDirectory;
    opened += 1;
    // Told apart by when, by whom and by which: no two libraries open on a machine share all three.
    this.#run = `${machine}:${[clock.now(), process.pid, opened].map((one) => one.toString(36)).join(".")}`;
  }

  bits(paper: string): number {
    return this.#marks.bits(paper);
  }

  get size(): number {
    return this.#marks.size;
  }

  get undoable(): number {
    return this.#history.undoable;
  }

  get redoable(): number {
    return this.#history.redoable;
  }

  record(label: string, papers: readonly PaperChange[], keep: readonly Paper[] = []): Recorded {
    const change = { id: this.#nextId(), label, papers };
    if (papers.length === 0) return { change, error: null };
    // The mark first: it is what cannot be had again.
    const error = this.#take({ ...change, ...this.#clock.stamp() });
    return { change, error: error ?? this.#keeper.keep(keep) };
  }

  undo(): Reverted | null {
    const change = this.#history.newestDone;
    return change && this.#revert(change, opposite(change), { undoes: change.id });
  }

  redo(): Reverted | null {
    const change = this.#history.newestUndone;
    return change && this.#revert(change, change.papers, { redoes: change.id });
  }

  learn({ indexOf, paper }: Parameters<Library["learn"]>[0]): void {
    // A listing of identifiers, or of marked papers, may know no more of a paper than we do.
    const isTold = (id: string) => indexOf(id) >= 0 && paper(indexOf(id)).title !== id;
    const met = [...this.#marks.unknown].filter(isTold);
    if (met.length === 0) return;
    const kept = readKeptPapers(this.#stateDirectory, new Set(met));
    for (const id of met) this.#marks.unknown.delete(id);
    this.#keeper.keep(met.filter((id) => !kept.has(id)).map((id) => paper(indexOf(id))));
  }

  flush(): string | null {
    return this.#writer.flush() ?? this.#keeper.flush();
  }

  #revert(
    { id, label, papers: original }: Change,
    papers: readonly PaperChange[],
    what: { undoes: string } | { redoes: string },
  ): Reverted {
    const error = this.#take({ id: this.#nextId(), ...this.#clock.stamp(), label, ...what, papers });
    return { change: { id, label, papers: original }, papers, error };
  }

  /** Writes first, so that nothing is shown as done which a crash could still take away unsaid. */
  #take(entry: JournalEntry): string | null {
    const error = this.#writer.append(entry);
    this.#marks.apply(entry.papers);
    this.#history.replay(entry);
    return error;
  }

  #nextId(): string {
    this.#count++;
    return `${this.#run}-${this.#count}`;
  }
}
