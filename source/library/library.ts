import type { Listing } from "../papers/listing.js";
import { type Change, hasMark, markFields, opposite, type PaperChange } from "../papers/marks.js";
import type { Paper } from "../papers/paper.js";
import { type Listed, longestAliased } from "./alias-candidates.js";
import { Aliases } from "./aliases.js";
import type { Remembered } from "./history.js";
import { JournalClock } from "./journal-clock.js";
import type { JournalEntry } from "./journal-format.js";
import { journalPath } from "./journal-reader.js";
import { JournalTail } from "./journal-tail.js";
import { JournalWriter } from "./journal-writer.js";
import { Journals } from "./journals.js";
import { PaperKeeper, readKeptPapers } from "./kept-papers.js";
import type { MarksImage } from "./marks-image.js";
import { isWorthCompacting } from "./worth-compacting.js";

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

/** What the reader did with papers, on all their machines. */
export interface Library {
  /** The mark bits of a paper by its id (0 where there are none). */
  bits(paper: string): number;
  /** The mark bits of all papers of a listing; of a packed one at the cost of looking up what is marked. */
  bitsOf(listing: Pick<Listing, "size" | "id" | "packed">): Uint8Array;
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
   * listed by more than that from now on; and sees to it that its papers have the marks that they got
   * under another identity (`same-paper.ts`), and get theirs under all. Nothing is said where it fails: nothing is lost either.
   */
  learn(listing: Listed): void;
  readonly undoable: number;
  readonly redoable: number;
  /** The last changes made on this machine, the newest first: 500 at most, also of earlier runs. */
  history(limit: number): readonly Remembered[];
  /**
   * Takes back a change of the history and all that were made after it, the newest first. Each is a
   * line of its own, so that `redo` does them again one by one; all are written at once.
   * @param id the id of a change that is not taken back; for any other nothing is done
   */
  undoTo(id: string): readonly Reverted[];
  /**
   * Takes in what others did since it was last asked: other terminals, and other machines whose
   * journals were synchronised. Cheap where they did nothing. Never throws.
   * @returns what is other than before, of each paper only the fields that are; without titles
   */
  refresh(): readonly PaperChange[];
  /**
   * Makes this machine's journal shorter where that pays (`compaction.ts`). For leaving, as it may take
   * a second. Never rejects: where it cannot be done all is as it was.
   */
  compact(): Promise<boolean>;
  /**
   * Looks through what was taken on trust at the start, in steps of less than a millisecond: long journals
   * of which an image (`marks-image.ts`) says what they came to.
   * @returns as `refresh`; nothing as a rule
   */
  makeSure(): Generator<void, readonly PaperChange[]>;
  /** How many bytes the journals have now, and how many of them no image had when the library was opened. */
  sizes(): { readonly all: number; readonly behindImage: number };
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

/**
 * Reads every `marks-*.jsonl` in the state directory and folds them into marks. Never throws: a
 * directory that is not there is an empty library, made by the first change; one that is there and
 * cannot be read is an empty library that says so and saves nothing.
 *
 * @param stateDirectory an absolute path; symbolic links are followed
 * @param machine this machine's name (`thisMachine()`), which its journal is called by
 * @param now milliseconds since 1970, as `Date.now`
 * @param image what the journals came to earlier, so that only what was appended since is read
 */
export function openLibrary(
  stateDirectory: string,
  machine: string,
  now: () => number,
  image: MarksImage | null = null,
): LibraryOpened {
  const journals = new Journals(stateDirectory, machine, image);
  const { fault } = journals;
  const own = journalPath(stateDirectory, machine);
  const writer = fault === null ? new JournalWriter(own) : new NoWriter(fault);
  const keeper = fault === null ? new PaperKeeper(stateDirectory, machine, now) : noKeeper;
  return {
    library: new JournalLibrary({ machine, stateDirectory, now, journals, writer, keeper }),
    problems: journals.problems,
  };
}

/** Takes changes to disk; each answers with a sentence where what it was given is not there. */
type Writer = Pick<JournalWriter, "append" | "flush" | "restore">;

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

  restore(): void {}
}

/** Keeps papers; a sentence where one is not on disk. */
type Keeper = Pick<PaperKeeper, "keep" | "flush">;

/** Beside a journal that is not written, nothing is kept either; `NoWriter` says why. */
const noKeeper: Keeper = { keep: () => null, flush: () => null };

/** What a library is put together from. */
interface Parts {
  readonly machine: string;
  readonly stateDirectory: string;
  readonly now: () => number;
  readonly journals: Journals;
  readonly writer: Writer;
  readonly keeper: Keeper;
}

class JournalLibrary implements Library {
  readonly #clock: JournalClock;
  readonly #journals: Journals;
  readonly #writer: Writer;
  readonly #keeper: Keeper;
  readonly #stateDirectory: string;
  readonly #machine: string;
  readonly #tail: JournalTail;
  /** Tells this run's ids from those of every other, of one started in the same millisecond too. */
  readonly #run: string;
  #count = 0;
  readonly #aliases = new Aliases();

  constructor({ machine, stateDirectory, now, journals, writer, keeper }: Parts) {
    this.#clock = new JournalClock(now);
    this.#journals = journals;
    this.#writer = writer;
    this.#keeper = keeper;
    this.#stateDirectory = stateDirectory;
    this.#machine = machine;
    this.#tail = new JournalTail(journalPath(stateDirectory, machine), journals.ownSize);
    opened += 1;
    // Told apart by when, by whom and by which: no two libraries open on a machine share all three.
    this.#run = `${machine}:${[now(), process.pid, opened].map((one) => one.toString(36)).join(".")}`;
  }

  bits(paper: string): number {
    const { marks } = this.#journals;
    let bits = marks.bits(this.#aliases.own(paper));
    for (const other of this.#aliases.of(paper)) bits |= marks.bits(other);
    return bits;
  }

  bitsOf({ size, id, packed }: Pick<Listing, "size" | "id" | "packed">): Uint8Array {
    // What is packed and short may have marks under other identities.
    if (packed === null || size <= longestAliased) {
      return Uint8Array.from({ length: size }, (_, at) => this.bits(id(at)));
    }
    const all = new Uint8Array(size);
    this.#journals.marks.eachMarked((ids, start, end, hash, bits) => {
      const at = isAscii(ids, start, end)
        ? packed.indexOfBytes(ids, start, end, hash)
        : packed.indexOf(new TextDecoder().decode(ids.subarray(start, end)));
      if (at >= 0 && at < size) all[at] = bits;
    });
    for (const paper of this.#aliases.papers()) {
      const at = packed.indexOf(paper);
      if (at >= 0 && at < size) all[at] = this.bits(paper);
    }
    return all;
  }

  get size(): number {
    return this.#journals.marks.size;
  }

  get undoable(): number {
    return this.#journals.history.undoable;
  }

  get redoable(): number {
    return this.#journals.history.redoable;
  }

  record(label: string, papers: readonly PaperChange[], keep: readonly Paper[] = []): Recorded {
    const change = { id: this.#nextId(), label, papers: this.#underAllNames(papers) };
    if (papers.length === 0) return { change, error: null };
    // The mark first: it is what cannot be had again.
    const error = this.#take([{ ...change, ...this.#stamp() }]);
    const kept = keep.map((paper) => ({ ...paper, id: this.#aliases.own(paper.id) }));
    return { change, error: error ?? this.#keeper.keep(kept) };
  }

  undo(): Reverted | null {
    const change = this.#journals.history.newestDone;
    return (change && this.#revert([change], "undoes")[0]) ?? null;
  }

  redo(): Reverted | null {
    const change = this.#journals.history.newestUndone;
    return (change && this.#revert([change], "redoes")[0]) ?? null;
  }

  history(limit: number): readonly Remembered[] {
    return this.#journals.history.list(limit);
  }

  undoTo(id: string): readonly Reverted[] {
    return this.#revert(this.#journals.history.backTo(id), "undoes");
  }

  refresh(): readonly PaperChange[] {
    return this.#allAsListed(this.#journals.refresh(() => this.#writer.restore()));
  }

  *makeSure(): Generator<void, readonly PaperChange[]> {
    return this.#allAsListed(yield* this.#journals.makeSure());
  }

  sizes(): { readonly all: number; readonly behindImage: number } {
    return this.#journals.sizes();
  }

  learn(listing: Listed): void {
    const { indexOf, paper } = listing;
    this.#aliases.turnTo(
      listing,
      this.#journals.marks,
      (hashes) => this.#journals.scansWith(hashes),
      (ids) => readKeptPapers(this.#stateDirectory, ids),
    );
    // A listing of identifiers, or of marked papers, may know no more of a paper than we do.
    const isTold = (id: string) => indexOf(id) >= 0 && paper(indexOf(id)).title !== id;
    const met = [...this.#journals.marks.unknown].filter(isTold);
    if (met.length === 0) return;
    const kept = readKeptPapers(this.#stateDirectory, new Set(met));
    for (const id of met) this.#journals.marks.unknown.delete(id);
    this.#keeper.keep(met.filter((id) => !kept.has(id)).map((id) => paper(indexOf(id))));
  }

  flush(): string | null {
    return this.#writer.flush() ?? this.#keeper.flush();
  }

  async compact(): Promise<boolean> {
    try {
      const { known } = this.#journals.marks;
      if (this.#journals.fault !== null) return false;
      if (!isWorthCompacting(this.#stateDirectory, this.#machine, known)) return false;
      const { compactJournal } = await import("./compaction.js");
      return compactJournal(this.#stateDirectory, this.#machine) !== null;
    } catch {
      // The journal is as good as it was, only longer.
      return false;
    }
  }

  /** Changes, with those of the other identities under which the papers were marked before. */
  #underAllNames(papers: readonly PaperChange[]): readonly PaperChange[] {
    return papers.flatMap((one) => {
      const { paper, ...change } = this.#aliases.traced(one);
      const others = this.#aliases.of(paper).filter((other) => this.#journals.marks.bits(other) !== 0);
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

  /** Takes changes back, or does them again, in that order, all in one write. */
  #revert(changes: readonly Change[], how: "undoes" | "redoes"): readonly Reverted[] {
    const reverted = changes.map(({ id, label, papers }) => ({
      change: { id, label, papers },
      papers: how === "undoes" ? opposite({ id, label, papers }) : papers,
    }));
    const error = this.#take(
      reverted.map(({ change: { id, label }, papers }) => ({
        id: this.#nextId(),
        ...this.#stamp(),
        label,
        [how]: id,
        papers,
      })),
    );
    return reverted.map(({ change, papers }) => ({ change, papers: this.#allAsListed(papers), error }));
  }

  /** Writes first, so that nothing is shown as done which a crash could still take away unsaid. */
  #take(entries: readonly JournalEntry[]): string | null {
    if (entries.length === 0) return null;
    const error = this.#writer.append(entries);
    for (const entry of entries) this.#journals.made(entry);
    return error;
  }

  #stamp(): Pick<JournalEntry, "at" | "orderedAt"> {
    this.#clock.see(this.#journals.newest);
    // What another terminal has just written may not have been taken in yet.
    this.#clock.see(this.#tail.newest());
    return this.#clock.stamp();
  }

  #nextId(): string {
    this.#count++;
    return `${this.#run}-${this.#count}`;
  }
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if ((bytes[at] as number) >= 0x80) return false;
  return true;
}
