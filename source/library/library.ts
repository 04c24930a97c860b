import type { Listing } from "../papers/listing.js";
import { type Change, hasMark, markFields, type PaperChange } from "../papers/marks.js";
import type { Paper } from "../papers/paper.js";
import { type Listed, longestAliased } from "./alias-candidates.js";
import { Aliases } from "./aliases.js";
import type { Remembered } from "./history.js";
import { JournalClock } from "./journal/clock.js";
import { decodeLine, encodeLine, type JournalEntry } from "./journal/format.js";
import { Journals } from "./journal/journals.js";
import { journalPath } from "./journal/read.js";
import type { SnapshotPlace } from "./journal/snapshot.js";
import { JournalWriter } from "./journal/writer.js";
import { keptProblems, PaperKeeper, readKeptPapers } from "./papers-kept.js";

export type { Remembered } from "./history.js";

/** What came of a change: `error` is a sentence for the footer where it is not on disk. */
export interface Recorded {
  readonly change: Change;
  readonly error: string | null;
}

/** What came of undoing or redoing `change`: `papers` has the values as they now are. */
export interface Reverted extends Recorded {
  readonly papers: readonly PaperChange[];
}

export interface LibraryOpened {
  readonly library: Library;
  /** Sentences for the footer: "3 lines of the journal could not be read and were skipped (FILE:12, …)". */
  readonly problems: readonly string[];
}

/** How many libraries this process has opened. */
let opened = 0;

/**
 * Reads every `marks-*.jsonl` in the state directory and replays them into marks. Never throws: a
 * directory that is not there is an empty library, made by the first change; a file that cannot be read is
 * reported and hides nothing but itself.
 *
 * @param stateDirectory an absolute path; symbolic links are followed
 * @param machine this machine's name (`thisMachine()`), which its journal is called by
 * @param now milliseconds since 1970, as `Date.now`
 * @param place where a snapshot of what the journals came to may be kept; `null` for none
 */
export function openLibrary(
  stateDirectory: string,
  machine: string,
  now: () => number,
  place: SnapshotPlace | null = null,
): LibraryOpened {
  const journals = new Journals(stateDirectory, machine, place, now);
  const problems = [...journals.problems, ...keptProblems(stateDirectory)];
  return { library: new Library(stateDirectory, machine, now, journals), problems };
}

/** What the reader did with papers, on all their machines. */
export class Library {
  readonly #clock: JournalClock;
  readonly #journals: Journals;
  readonly #writer: JournalWriter;
  readonly #keeper: PaperKeeper;
  readonly #stateDirectory: string;
  /** What all ids of this run begin with. */
  readonly #run: string;
  #count = 0;
  readonly #aliases = new Aliases();

  /** As in `openLibrary`. */
  constructor(stateDirectory: string, machine: string, now: () => number, journals: Journals) {
    this.#clock = new JournalClock(now);
    this.#journals = journals;
    this.#writer = new JournalWriter(journalPath(stateDirectory, machine));
    this.#keeper = new PaperKeeper(stateDirectory, machine, now);
    this.#stateDirectory = stateDirectory;
    opened += 1;
    // Processes in containers may share the number, the machine's name and the moment.
    const random = [1, 2].map(() => Math.floor(Math.random() * 2 ** 48).toString(36)).join("");
    const parts = [now(), process.pid, opened].map((one) => one.toString(36));
    this.#run = `${machine}:${parts.join(".")}.${random}`;
  }

  /** The mark bits of a paper by its id (0 where there are none). */
  bits(paper: string): number {
    const { registers } = this.#journals;
    let bits = registers.bits(this.#aliases.own(paper));
    for (const other of this.#aliases.of(paper)) bits |= registers.bits(other);
    return bits;
  }

  /** Where the reader left a paper's text: the anchor of a block, "" for its beginning. */
  place(paper: string): string {
    const { registers } = this.#journals;
    const names = [this.#aliases.own(paper), ...this.#aliases.of(paper)];
    return names.map((name) => registers.place(name)).find((place) => place !== "") ?? "";
  }

  /**
   * Keeps where the reader left a paper's text. Nothing is written where that is known.
   * @returns a sentence for the footer where it is not on disk
   */
  keepPlace(paper: string, title: string, place: string): string | null {
    if (this.place(paper) === place) return null;
    return this.record("place in a text", [{ paper, title, place }], [], true).error;
  }

  /** The mark bits of all papers of a listing. */
  bitsOf({ size, id, packed }: Pick<Listing, "size" | "id" | "packed">): Uint8Array {
    // What is packed and short may have marks under other identities.
    if (packed === null || size <= longestAliased) {
      return Uint8Array.from({ length: size }, (_, at) => this.bits(id(at)));
    }
    const all = new Uint8Array(size);
    for (const [paper, bits] of this.#journals.registers.all()) {
      const at = bits === 0 ? -1 : packed.indexOf(paper);
      if (at >= 0 && at < size) all[at] = bits;
    }
    for (const paper of this.#aliases.papers()) {
      const at = packed.indexOf(paper);
      if (at >= 0 && at < size) all[at] = this.bits(paper);
    }
    return all;
  }

  /** How many papers have a mark. */
  get size(): number {
    return this.#journals.registers.size;
  }

  get undoable(): number {
    return this.#journals.history.undoable;
  }

  get redoable(): number {
    return this.#journals.history.redoable;
  }

  /** How many bytes of the journals were in a snapshot at the start. */
  get bytesInSnapshot(): number {
    return this.#journals.bytesInSnapshot;
  }

  /**
   * Writes a change to the journal and then counts it. Where it could not be written it counts all
   * the same, for this session, and is written before the next one; `error` then says so.
   * A change of no papers is neither written nor counted.
   * @param label what the footer calls it: "starred", "37 marked read"
   * @param papers the papers and the fields whose value really changed, with the new value
   * @param keep papers to keep beside the marks, so that they can be shown without their listing
   * @param automatic whether the program did it by itself, so that `undo` first undoes what the person did
   * @param group a number that this process uses for changes that are undone together, as those of a triage
   */
  record(
    label: string,
    papers: readonly PaperChange[],
    keep: readonly Paper[] = [],
    automatic = false,
    group: number | null = null,
  ): Recorded {
    const change = { id: this.#nextId(), label, papers: this.#underAllNames(papers) };
    if (papers.length === 0) return { change, error: null };
    // The mark first: it is what cannot be had again.
    const error = this.#take([
      {
        ...change,
        ...(automatic ? { automatic } : {}),
        ...(group === null ? {} : { group: `${this.#run}+${group}` }),
      },
    ]);
    const kept = keep.map((paper) => ({ ...paper, id: this.#aliases.own(paper.id) }));
    return { change, error: error ?? this.#keeper.keep(kept) };
  }

  /**
   * Undoes what the person did last, also in earlier runs, and after it what the program did by itself since
   * then; `null` when there is nothing. It is a new change that gives the fields the values they had before,
   * whatever has become of them since.
   * @param own only what the person did
   */
  undo(own = false): Reverted | null {
    const { history } = this.#journals;
    const change = own ? history.nextOwnToUndo : history.nextToUndo;
    return (change && this.#revert([change], "undoes")[0]) ?? null;
  }

  /** As `undo`, with all changes of the same group at once: of a triage, all of it. The newest first; none where there is nothing. */
  undoGroup(): readonly Reverted[] {
    return this.#revert(this.#journals.history.nextGroupToUndo, "undoes");
  }

  /** Does the change again that was undone last; `null` when there is none. */
  redo(): Reverted | null {
    const change = this.#journals.history.nextToRedo;
    return (change && this.#revert([change], "redoes")[0]) ?? null;
  }

  /** The last changes made on this machine, the newest first: 500 at most, also of earlier runs. */
  history(limit: number): readonly Remembered[] {
    return this.#journals.history.list(limit);
  }

  /**
   * Undoes a change of the history and all that were made after it, the newest first. Each is a
   * line of its own, so that `redo` does them again one by one; all are written at once.
   * @param id the id of a change that is not undone; for any other nothing is done
   */
  undoTo(id: string): readonly Reverted[] {
    return this.#revert(this.#journals.history.backTo(id), "undoes");
  }

  /**
   * Takes in what others did since it was last asked: other terminals, and other machines whose
   * journals were synchronised. Cheap where they did nothing. Never throws.
   * @returns what has changed, of each paper only those fields; without titles
   */
  refresh(): readonly PaperChange[] {
    this.#takeIn();
    return this.#allAsListed(this.#journals.changes());
  }

  /**
   * Keeps what a listing has of papers that were marked by their identity alone, so that they are
   * listed by more than that from now on; and gives its papers the marks that they got under another identity
   * (`same-paper.ts`), and theirs under all. If it fails nothing is lost.
   */
  attachListing(listing: Listed): void {
    const { indexOf, paper } = listing;
    const { registers } = this.#journals;
    this.#aliases.setListing(
      listing,
      registers,
      (isWanted) => this.#journals.changesOf(isWanted),
      (ids) => readKeptPapers(this.#stateDirectory, ids),
    );
    // A listing of identifiers, or of marked papers, may know no more of a paper than we do.
    const isKnown = (id: string) => indexOf(id) >= 0 && paper(indexOf(id)).title !== id;
    const met = [...registers.untitled].filter(isKnown);
    if (met.length === 0) return;
    const kept = readKeptPapers(this.#stateDirectory, new Set(met));
    for (const id of met) registers.untitled.delete(id);
    this.#keeper.keep(met.filter((id) => !kept.has(id)).map((id) => paper(indexOf(id))));
  }

  /** Tries a last time, before leaving, to write what could not be written; a sentence where it still cannot. */
  flush(): string | null {
    return this.#writer.flush() ?? this.#keeper.flush();
  }

  /**
   * Keeps what the journals came to, so that the next start reads only what is new; where there is enough for
   * that to be worth its time. Never throws. Only for leaving: it takes in what other terminals did, so an undo
   * after it may be of their last change.
   * @param enough how many bytes must be new; by default it depends on how much there is
   */
  keepSnapshot(enough?: number): void {
    this.#takeIn();
    // What is only in memory would be in a snapshot and in no journal.
    if (this.#writer.isSaved) this.#journals.keepSnapshot(enough);
  }

  /** Changes, with those of the other identities under which the papers were marked before. */
  #underAllNames(papers: readonly PaperChange[]): readonly PaperChange[] {
    return papers.flatMap((one) => {
      const { paper, ...change } = this.#aliases.traced(one);
      const others = this.#aliases.of(paper).filter((other) => this.#journals.registers.bits(other) !== 0);
      const names = new Set([this.#aliases.own(paper), ...others]);
      return [...names].map((name) => ({ paper: name, ...change }));
    });
  }

  #allAsListed(changes: readonly PaperChange[]): readonly PaperChange[] {
    return changes.map((change) => this.#asListed(change));
  }

  /** A change as the listing has it: of the paper it knows, with the marks that this has now. */
  #asListed(change: PaperChange): PaperChange {
    const paper = this.#aliases.listed(change.paper);
    if (paper === change.paper && !this.#aliases.has(paper)) return change;
    const bits = this.bits(paper);
    const now = markFields.filter((field) => change[field] !== undefined);
    return {
      paper,
      title: change.title,
      ...Object.fromEntries(now.map((field) => [field, hasMark(bits, field)])),
    };
  }

  /** Undoes changes, or does them again, in that order, all in one write. */
  #revert(changes: readonly Change[], how: "undoes" | "redoes"): readonly Reverted[] {
    const before = how === "undoes" ? this.#journals.history.undoing(changes) : null;
    const reverted = changes.map(({ id, label, papers }, at) => ({
      change: { id, label, papers },
      papers: before?.[at] ?? papers,
    }));
    const error = this.#take(
      reverted.map(({ change: { id, label }, papers }) => ({ id: this.#nextId(), label, [how]: id, papers })),
    );
    return reverted.map(({ change, papers }) => ({ change, papers: this.#allAsListed(papers), error }));
  }

  /** Writes first, so that nothing is shown as done which a crash could still take away unsaid. */
  #take(changes: readonly Omit<JournalEntry, "at" | "orderedAt">[]): string | null {
    if (changes.length === 0) return null;
    // What others have just written counts as before this, whatever the clock says.
    this.#takeIn();
    this.#clock.see(this.#journals.registers.newest);
    const entries = changes.map((change) => ({ ...change, ...this.#clock.stamp() }));
    const error = this.#writer.append(entries);
    for (const entry of entries) {
      // As it is read again later.
      const { entry: read } = decodeLine(encodeLine(entry));
      if (read !== null) this.#journals.made(read);
    }
    return error;
  }

  #takeIn(): void {
    this.#journals.takeIn(
      () => this.#writer.lines,
      () => this.#writer.restore(),
    );
  }

  #nextId(): string {
    this.#count++;
    return `${this.#run}-${this.#count}`;
  }
}
