import { type Change, opposite, type PaperChange, undoableFields } from "../papers/marks.js";
import { compareIds, decodeLine, encodeLine, entryTime, type JournalEntry } from "./journal/format.js";

/** How many changes can be undone and redone. */
const historyLength = 500;
/** After this many entries, those that no longer matter are dropped. */
const mostCollected = 2 * historyLength;

/** The label of earlier versions for a paper marked read automatically. */
const earlierAutomatic = "read by looking";

/** A change as the history lists it. */
export interface Remembered extends JournalEntry {
  readonly isUndone: boolean;
}

/** Which changes can be undone and redone. */
interface Stacks {
  /** The last changes in the order they were made, undone or not; the oldest first. */
  readonly made: JournalEntry[];
  /** Each change that is undone now, and the entry that undid it. */
  readonly undoneBy: Map<JournalEntry, JournalEntry>;
  /** Those that can be redone, the last to be undone at the end. */
  readonly redoable: readonly JournalEntry[];
}

/**
 * The last 500 changes made on this machine, and which of them are undone. It replays entries in the order of
 * their times, so they may arrive in any order and more than once.
 */
export class History {
  #entries: JournalEntry[] = [];
  /** How many entries there may be before those that no longer matter are dropped. */
  #most = mostCollected;
  #stacks: Stacks | null = null;
  /** The lines of a snapshot, until they are needed. */
  #kept: string;

  /** @param lines what `lines()` gave */
  constructor(lines = "") {
    this.#kept = lines;
  }

  /** The entries that matter, each as a line of a journal. */
  lines(): string {
    return this.entries()
      .map((entry) => `${encodeLine(entry)}\n`)
      .join("");
  }

  /** Adds an entry of this machine. */
  add(entry: JournalEntry): void {
    if (isPlaceOnly(entry)) return;
    this.#stacks = null;
    this.#entries.push(entry);
    if (this.#entries.length > this.#most) this.entries();
  }

  /** The entries that matter, in order, each once. */
  entries(): readonly JournalEntry[] {
    const kept = this.#kept.split("\n").map(decodeLine);
    this.#kept = "";
    this.#entries = inOrder([...kept.flatMap(({ entry }) => entry ?? []), ...this.#entries]);
    let changes = 0;
    const oldest = this.#entries.findLastIndex(({ undoes, redoes }) => {
      return undoes === undefined && redoes === undefined && ++changes === historyLength;
    });
    if (oldest > 0) this.#entries = this.#entries.slice(oldest);
    this.#most = mostCollected + this.#entries.length;
    return this.#entries;
  }

  /** How many changes can be redone. */
  get redoable(): number {
    return this.#now().redoable.length;
  }

  /**
   * The changes that undo undoes, the newest first: the last change that the person made, and the rest of its
   * group. Automatic changes after it are undone after it.
   */
  toUndo(): readonly JournalEntry[] {
    const { made, undoneBy } = this.#now();
    const last = made.findLastIndex((entry) => !undoneBy.has(entry));
    // Undone changes count here, too: the automatic changes after them come next.
    const own = made.slice(0, last + 1).findLast((entry) => !isAutomatic(entry));
    const next = own && !undoneBy.has(own) ? own : made[last];
    if (next?.group === undefined) return next === undefined ? [] : [next];
    return this.#applied().filter(({ group }) => group === next.group);
  }

  /** The last change that the person made and has not undone, without its group. */
  toUndoAlone(): readonly JournalEntry[] {
    const own = this.#applied().filter((entry) => !isAutomatic(entry));
    return own.slice(0, 1);
  }

  /** The changes to undo, in order, so that the change `id` and all later ones are undone. */
  toUndoTo(id: string): readonly JournalEntry[] {
    const { made } = this.#now();
    const from = made.findIndex((change) => change.id === id);
    return from < 0 ? [] : this.#applied(from);
  }

  /** The changes that redo redoes: the last undone and those that were undone with it, the last undone first. */
  toRedo(): readonly JournalEntry[] {
    const { redoable, undoneBy } = this.#now();
    const groupOf = (entry: JournalEntry) => undoneBy.get(entry)?.group;
    const last = redoable.slice(-1);
    const [group] = last.map(groupOf);
    return group === undefined ? last : redoable.filter((entry) => groupOf(entry) === group).reverse();
  }

  /** All changes, the newest first. */
  list(): readonly Remembered[] {
    const { made, undoneBy } = this.#now();
    return made.map((entry) => ({ ...entry, isUndone: undoneBy.has(entry) })).reverse();
  }

  /** The values that undoing a change restores: those before it, skipping earlier changes that were undone later. */
  valuesBefore(change: JournalEntry): readonly PaperChange[] {
    const { made, undoneBy } = this.#now();
    const isSkipped = (one: JournalEntry) => {
      const undone = undoneBy.get(one);
      return undone !== undefined && entryTime(undone) > entryTime(change);
    };
    const earlier = made.slice(0, made.indexOf(change));
    return earlier.some(isSkipped) ? beforeAll(change, earlier, isSkipped) : opposite(change);
  }

  /** The changes that are not undone, the newest first. */
  #applied(from = 0): readonly JournalEntry[] {
    const { made, undoneBy } = this.#now();
    return made
      .slice(from)
      .filter((entry) => !undoneBy.has(entry))
      .reverse();
  }

  #now(): Stacks {
    this.#stacks ??= replay(this.entries());
    return this.#stacks;
  }
}

/** Whether a change only keeps places in texts, which nobody wants to undo. */
function isPlaceOnly({ papers }: Change): boolean {
  if (papers.length === 0) return false;
  return papers.every((one) => one.place !== undefined && !undoableFields.some((field) => field in one));
}

/** Whether the program made a change automatically. */
function isAutomatic({ automatic, label }: Change): boolean {
  return automatic === true || label === earlierAutomatic;
}

/** Replays entries. An undo or redo of a dropped change has no effect. */
function replay(entries: readonly JournalEntry[]): Stacks {
  const made: JournalEntry[] = [];
  const undoneBy = new Map<JournalEntry, JournalEntry>();
  let redoable: JournalEntry[] = [];
  for (const entry of entries) {
    const { undoes, redoes } = entry;
    if (undoes !== undefined) {
      const undone = made.findLast((one) => one.id === undoes && !undoneBy.has(one));
      if (undone === undefined) continue;
      undoneBy.set(undone, entry);
      redoable.push(undone);
    } else if (redoes !== undefined) {
      const redone = redoable.findLast(({ id }) => id === redoes);
      if (redone === undefined) continue;
      undoneBy.delete(redone);
      redoable = redoable.filter((one) => one !== redone);
    } else {
      // After a new change by the person nothing can be redone.
      if (!isAutomatic(entry)) redoable = [];
      made.push(entry);
    }
  }
  return { made, undoneBy, redoable };
}

/** The values before a change and the skipped ones right before it, field by field. */
function beforeAll(
  change: Change,
  earlier: readonly JournalEntry[],
  isSkipped: (one: JournalEntry) => boolean,
): readonly PaperChange[] {
  const values = new Map(opposite(change).map((one) => [one.paper, { ...one }]));
  const settled = new Set<string>();
  for (const one of earlier.toReversed()) {
    for (const before of opposite(one)) {
      const value = values.get(before.paper);
      if (value === undefined) continue;
      for (const field of undoableFields) {
        const name = `${field} ${before.paper}`;
        if (value[field] === undefined || before[field] === undefined || settled.has(name)) continue;
        if (isSkipped(one)) Object.assign(value, { [field]: before[field] });
        else settled.add(name);
      }
    }
  }
  return [...values.values()];
}

/** Entries in the order of changes, each once. */
export function inOrder(entries: readonly JournalEntry[]): JournalEntry[] {
  return [...entries]
    .sort(compareEntries)
    .filter((entry, at, all) => at === 0 || compareEntries(entry, all[at - 1] as JournalEntry) !== 0);
}

/** The order of changes: by ordering time, then by id. */
function compareEntries(one: JournalEntry, other: JournalEntry): number {
  const time = entryTime(one);
  const otherTime = entryTime(other);
  if (time !== otherTime) return time < otherTime ? -1 : 1;
  const order = compareIds(one.id, other.id);
  if (order !== 0) return order;
  // Early versions could give two changes one id.
  const [text, otherText] = [encodeLine(one), encodeLine(other)];
  return text < otherText ? -1 : text > otherText ? 1 : 0;
}
