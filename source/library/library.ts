import { hasOnlyIdentifier } from "../papers/identity.js";
import type { WantedKind } from "../papers/interests/evidence.js";
import { type Interest, isInterestId } from "../papers/interests/interest.js";
import type { Listing } from "../papers/listing.js";
import {
  type Change,
  type FieldValues,
  hasMark,
  interestFields,
  type MarkField,
  markFields,
  type PaperChange,
} from "../papers/marks.js";
import type { Paper } from "../papers/paper.js";
import { Aliases, longestAliased } from "./aliases.js";
import type { Remembered } from "./history.js";
import type { JournalEntry } from "./journal/format.js";
import { Journals } from "./journal/journals.js";
import type { Marked } from "./journal/registers.js";
import type { SnapshotLocation } from "./journal/snapshot.js";
import { keptProblems, PaperKeeper, readKeptPapers } from "./papers-kept.js";

/** The result of a change: `error` is a sentence for the footer if it is not on disk. */
export interface Recorded {
  readonly change: Change;
  readonly error: string | null;
}

/** The result of undoing or redoing `change`: `papers` has the current values. */
export interface Reverted extends Recorded {
  readonly papers: readonly PaperChange[];
}

export interface LibraryOpened {
  readonly library: Library;
  /** Sentences for the footer: "3 lines of the journal could not be read and were skipped (FILE:12, …)". */
  readonly problems: readonly string[];
}

/**
 * Reads every `marks-*.jsonl` in the state directory and replays them into marks. Never throws: without a
 * directory the library is empty, and the first change makes it; an unreadable file is reported and skipped.
 *
 * @param stateDirectory an absolute path; symbolic links are followed
 * @param machine this machine's name (`thisMachine()`), used in the name of its journal
 * @param now milliseconds since 1970, as `Date.now`
 * @param location where the snapshot is; `null` for none
 */
export function openLibrary(
  stateDirectory: string,
  machine: string,
  now: () => number,
  location: SnapshotLocation | null = null,
): LibraryOpened {
  const journals = new Journals(stateDirectory, machine, location, now);
  const problems = [...journals.problems, ...keptProblems(stateDirectory)];
  return { library: new Library(stateDirectory, machine, now, journals), problems };
}

/** The marks of papers, from all machines. */
export class Library {
  readonly #journals: Journals;
  readonly #keeper: PaperKeeper;
  readonly #stateDirectory: string;
  /** The prefix of all ids of this run. */
  readonly run: string;
  #count = 0;
  readonly #aliases: Aliases;

  /** As in `openLibrary`. */
  constructor(stateDirectory: string, machine: string, now: () => number, journals: Journals) {
    this.#journals = journals;
    this.#keeper = new PaperKeeper(stateDirectory, machine, now);
    this.#stateDirectory = stateDirectory;
    this.#aliases = new Aliases(journals, stateDirectory);
    // Processes in containers may share the process id, the machine's name and the time.
    const random = [1, 2].map(() => Math.floor(Math.random() * 2 ** 48).toString(36)).join("");
    this.run = `${machine}:${now().toString(36)}.${process.pid.toString(36)}.${random}`;
  }

  /** The mark bits of a paper by its id, or 0. */
  bits(paper: string): number {
    const { registers } = this.#journals;
    let bits = 0;
    for (const name of this.#aliases.names(paper)) bits |= registers.bits(name);
    return bits;
  }

  /** Where the reader left a paper's text: the anchor of a block, "" for its beginning. */
  place(paper: string): string {
    const { registers } = this.#journals;
    const places = this.#aliases.names(paper).map((name) => registers.value(name, "place"));
    return places.find((place) => place !== "") ?? "";
  }

  /** Keeps where the reader left a paper's text, unless that is known. Returns a sentence if it is not on disk. */
  keepPlace(paper: string, title: string, place: string): string | null {
    if (this.place(paper) === place) return null;
    return this.record("place in a text", [{ paper, title, place }], [], true).error;
  }

  /** The mark bits of all papers of a listing. */
  bitsOf({ size, id, packed }: Pick<Listing, "size" | "id" | "packed">): Uint8Array {
    // A packed short listing may have marks under other identities.
    if (packed === null || size <= longestAliased) {
      return Uint8Array.from({ length: size }, (_, at) => this.bits(id(at)));
    }
    const all = new Uint8Array(size);
    for (const paper of [...this.#journals.registers.papers(), ...this.#aliases.papers.keys()]) {
      const at = packed.indexOf(paper);
      if (at >= 0 && at < size) all[at] = this.bits(paper);
    }
    return all;
  }

  /** The watches, follows, mutes and struck reasons in force, by identity. */
  interests(): readonly Interest[] {
    return this.#journals.registers.interests();
  }

  /** The papers that the reader wanted, and the surest sign of it, by identity in alphabetical order. */
  wanted(): ReadonlyMap<string, WantedKind> {
    return this.#journals.registers.wanted();
  }

  /** The papers with a mark, the last marked first. */
  marked(field: MarkField): readonly Marked[] {
    return this.#journals.registers.marked(field);
  }

  /** Whether nothing was ever marked; quicker than counting the marks. */
  get isEmpty(): boolean {
    return this.#journals.registers.newest === "";
  }

  /** How many papers have a mark. */
  get size(): number {
    return this.#journals.registers.size;
  }

  /** How many changes can be redone. */
  get redoable(): number {
    return this.#journals.history.redoable;
  }

  /** How many bytes of the journals the snapshot replaced at the start. */
  get bytesInSnapshot(): number {
    return this.#journals.bytesInSnapshot;
  }

  /**
   * Writes a change to the journal, then applies it. If the write fails, the change still applies to this
   * session and is written before the next one; `error` then says so. A change of no papers is ignored.
   * @param label its name in the footer: "starred", "37 marked read"
   * @param papers the papers and their changed fields, with the new values
   * @param keep papers to store with the marks, to show them without their listing
   * @param automatic whether the program made the change, so that `undo` goes to the person's own change first
   * @param group a number shared by changes that are undone together, as after a triage
   */
  record(
    label: string,
    papers: readonly PaperChange[],
    keep: readonly Paper[] = [],
    automatic = false,
    group: number | null = null,
  ): Recorded {
    // Changes that others have just written count as they were before this one.
    this.#journals.takeIn();
    const change = { id: this.#nextId(), label, papers: this.#underAllNames(papers) };
    if (change.papers.length === 0) return { change, error: null };
    const grouped = group === null ? {} : { group: `${this.run}+${group}` };
    // The mark first: it cannot be restored from anywhere else.
    const error = this.#journals.append([{ ...change, ...(automatic && { automatic }), ...grouped }]);
    const kept = keep.map((paper) => ({ ...paper, id: this.#aliases.names(paper.id)[0] }));
    return { change, error: error ?? this.#keeper.keep(kept) };
  }

  /** The changes that `undo` would undo, the newest first. */
  get nextToUndo(): readonly JournalEntry[] {
    return this.#journals.history.toUndo();
  }

  /**
   * Undoes the person's last change, even of an earlier run, with the rest of its group; the automatic changes
   * since then come next. Undoing is a new change with the values from before, whatever has changed them since.
   * @param alone only the person's last change, and no automatic one
   * @returns what was undone, the newest first; empty if there is nothing
   */
  undo(alone = false): readonly Reverted[] {
    const { history } = this.#journals;
    return this.#revert(alone ? history.toUndoAlone() : history.toUndo(), "undoes", true);
  }

  /** Redoes the change undone last, and those undone together with it. The last undone first. */
  redo(): readonly Reverted[] {
    return this.#revert(this.#journals.history.toRedo(), "redoes");
  }

  /** The last 500 changes made on this machine, the newest first; also of earlier runs. */
  history(): readonly Remembered[] {
    return this.#journals.history.list();
  }

  /** Undoes the change with that id and all later ones, the newest first, in one write. They are redone one by one. */
  undoTo(id: string): readonly Reverted[] {
    return this.#revert(this.#journals.history.toUndoTo(id), "undoes");
  }

  /** Takes in what others did since the last call. Returns the marks, without titles, of the papers that changed. */
  refresh(): readonly PaperChange[] {
    this.#journals.takeIn();
    const papers = new Set([...this.#journals.changed()].map((paper) => this.#aliases.listed(paper)));
    return [...papers].map((paper) => ({ paper, title: "", ...this.#marks(paper, markFields) }));
  }

  /**
   * Stores the listing's data for papers that were marked by their identity alone. Joins the marks that its
   * papers have under several identities (`same-paper.ts`). If it fails, nothing is lost.
   */
  attachListing(listing: Listing): void {
    const { indexOf, paper } = listing;
    const { registers } = this.#journals;
    this.#aliases.setListing(listing);
    // A listing of identifiers or marked papers may have no more data than the library.
    const isKnown = (id: string) => indexOf(id) >= 0 && !hasOnlyIdentifier({ ...paper(indexOf(id)) });
    const nowKnown = [...registers.untitled].filter(isKnown);
    if (nowKnown.length === 0) return;
    const kept = readKeptPapers(this.#stateDirectory, new Set(nowKnown));
    for (const id of nowKnown) registers.untitled.delete(id);
    const isKept = (id: string) => !hasOnlyIdentifier(kept.get(id) ?? { id, title: id });
    this.#keeper.keep(nowKnown.filter((id) => !isKept(id)).map((id) => paper(indexOf(id))));
  }

  /** Keeps what has become known of marked papers; a sentence where it is not on disk. */
  keepDetails(papers: readonly Paper[]): string | null {
    return this.#keeper.keep(papers);
  }

  /** Tries a last time, on exit, to write unsaved entries; a sentence if it fails. */
  flush(): string | null {
    return this.#journals.writer.flush() ?? this.#keeper.flush();
  }

  /**
   * Writes a snapshot so that the next start reads only new lines, if there are enough of them. Never throws.
   * For exit only: it takes in the changes of other terminals, so an `undo` after it may undo one of theirs.
   * @param enough how many bytes must be new; the default depends on the size of the journals
   */
  keepSnapshot(enough?: number): void {
    this.#journals.takeIn();
    this.#journals.keepSnapshot(enough);
  }

  /** Changes, repeated for the other identities of the papers. */
  #underAllNames(papers: readonly PaperChange[]): readonly PaperChange[] {
    return papers.flatMap((one) => {
      if (isInterestId(one.paper)) return this.#withBefore(one);
      const { paper, ...change } = this.#aliases.traced(one);
      const [own, ...others] = this.#aliases.names(paper);
      const marked = others.filter((other) => this.#journals.registers.bits(other) !== 0);
      return [own, ...marked].map((name) => ({ paper: name, ...change }));
    });
  }

  /**
   * A change of a watch or the like, with the values that undo restores; none if nothing changes. Unchanged
   * fields stay in it, so that a watch edited here is there although another machine has just removed it.
   */
  #withBefore(change: PaperChange): readonly PaperChange[] {
    const { registers } = this.#journals;
    const { paper } = change;
    const set = interestFields.filter((field) => change[field] !== undefined);
    const before = Object.fromEntries(set.map((field) => [field, registers.value(paper, field)]));
    return set.every((field) => change[field] === before[field]) ? [] : [{ ...change, before }];
  }

  /** A change for the paper of the listing, with that paper's current marks. */
  #asListed(change: PaperChange): PaperChange {
    const paper = this.#aliases.listed(change.paper);
    if (paper === change.paper && !this.#aliases.papers.has(paper)) return change;
    const now = markFields.filter((field) => change[field] !== undefined);
    return { paper, title: change.title, ...this.#marks(paper, now) };
  }

  /** Whether the paper has each of the marks. */
  #marks(paper: string, which: readonly MarkField[]): FieldValues {
    const bits = this.bits(paper);
    return Object.fromEntries(which.map((field) => [field, hasMark(bits, field)]));
  }

  /**
   * Undoes or redoes changes, in that order, in one write.
   * @param isGroup whether those that are undone together are redone together
   */
  #revert(changes: readonly JournalEntry[], how: "undoes" | "redoes", isGroup = false): readonly Reverted[] {
    const { history } = this.#journals;
    const reverted = changes.map((change) => ({
      id: this.#nextId(),
      change: { id: change.id, label: change.label, papers: change.papers },
      papers: how === "undoes" ? history.valuesBefore(change) : change.papers,
    }));
    const group = isGroup && reverted.length > 1 ? { group: reverted[0]?.id as string } : {};
    const error = this.#journals.append(
      reverted.map(({ id, change, papers }) => {
        return { id, label: change.label, [how]: change.id, ...group, papers };
      }),
    );
    return reverted.map(({ change, papers }) => {
      return { change, papers: papers.map((one) => this.#asListed(one)), error };
    });
  }

  #nextId(): string {
    this.#count += 1;
    return `${this.run}-${this.#count}`;
  }
}
