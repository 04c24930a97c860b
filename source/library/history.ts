import { type Change, opposite, type PaperChange, undoableFields } from "../papers/marks.js";
import { compareIds, decodeLine, encodeLine, entryTime, type JournalEntry } from "./journal/format.js";

/** How many changes can be undone and redone. */
export const historyLength = 500;
/** After this many entries, those that no longer matter are dropped. */
const mostCollected = 2 * historyLength;

/** The label of earlier versions for a paper marked read automatically. */
const earlierAutomatic = "read by looking";

/** A change as the history lists it. */
export interface Remembered extends Change {
  /** When it was made: UTC, `2026-11-23T08:24:15.123Z`. */
  readonly at: string;
  readonly isUndone: boolean;
}

/** Which changes can be undone and redone. */
interface Stacks {
  /** The last changes in the order they were made, undone or not; the oldest first. */
  readonly made: JournalEntry[];
  /** When each change that is undone now was undone. */
  readonly undoneAt: Map<JournalEntry, string>;
  /** Those that can be redone, the last to be undone at the end. */
  readonly redoable: Redoable[];
}

/** A change that is undone; `group` is the same for changes that were undone together. */
interface Redoable {
  readonly entry: JournalEntry;
  readonly group: string | undefined;
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
    const oldest = this.#entries.findLastIndex((entry) => !reverts(entry) && ++changes === historyLength);
    if (oldest > 0) this.#entries = this.#entries.slice(oldest);
    this.#most = mostCollected + this.#entries.length;
    return this.#entries;
  }

  get undoable(): number {
    return this.#applied().length;
  }

  get redoable(): number {
    return this.#now().redoable.length;
  }

  /**
   * The change to undo next, or `null`: the last change that the person made. Automatic changes after it are
   * undone after it, because `u` means the person's own change.
   */
  get nextToUndo(): Change | null {
    const { made, undoneAt } = this.#now();
    const last = made.findLastIndex((entry) => !undoneAt.has(entry));
    // Undone changes count here, too: the automatic changes after them come next.
    const own = made.slice(0, last + 1).findLast((entry) => !isAutomatic(entry));
    return own && !undoneAt.has(own) ? own : (made[last] ?? null);
  }

  /** The changes that `undo` undoes, the newest first: the next change and the rest of its group. */
  get nextGroupToUndo(): readonly Change[] {
    const next = this.nextToUndo;
    if (next?.group === undefined) return next === null ? [] : [next];
    return this.#applied()
      .filter(({ group }) => group === next.group)
      .reverse();
  }

  /** The last change that the person made and has not undone, or `null`. */
  get nextOwnToUndo(): Change | null {
    return this.#applied().findLast((entry) => !isAutomatic(entry)) ?? null;
  }

  /** The change undone last and not redone, or `null`. */
  get nextToRedo(): Change | null {
    return this.#now().redoable.at(-1)?.entry ?? null;
  }

  /** The changes that `redo` redoes: the next one and those that were undone together with it, the last undone first. */
  get nextGroupToRedo(): readonly Change[] {
    const { redoable } = this.#now();
    const last = redoable.at(-1);
    if (last === undefined) return [];
    const { group } = last;
    const together = group === undefined ? [last] : redoable.filter((one) => one.group === group);
    return together.map(({ entry }) => entry).reverse();
  }

  /** The history, the newest first, at most `limit`. */
  list(limit: number): readonly Remembered[] {
    const { made, undoneAt } = this.#now();
    return made
      .slice(Math.max(0, made.length - limit))
      .reverse()
      .map((entry) => {
        const { id, label, papers, at } = entry;
        return { id, label, papers, at, isUndone: undoneAt.has(entry) };
      });
  }

  /**
   * The changes to undo, in order, so that the change `id` and all later ones are undone. Leaves out those
   * already undone.
   */
  backTo(id: string): readonly Change[] {
    const { made, undoneAt } = this.#now();
    const at = made.findIndex((change) => change.id === id);
    if (at < 0) return [];
    return made
      .slice(at)
      .filter((entry) => !undoneAt.has(entry))
      .reverse();
  }

  /**
   * The values that undoing the changes restores, in the order of undoing: the values before each change,
   * skipping earlier changes that were undone later.
   */
  undoing(changes: readonly Change[]): readonly (readonly PaperChange[])[] {
    const { made, undoneAt } = this.#now();
    const undoneNow = new Set<Change>();
    return changes.map((change) => {
      const at = made.findIndex(({ id }) => id === change.id);
      const time = at < 0 ? "" : entryTime(made[at] as JournalEntry);
      const isSkipped = (one: JournalEntry) => (undoneAt.get(one) ?? "") > time;
      undoneNow.add(change);
      const earlier = made.slice(0, Math.max(0, at)).filter((one) => !undoneNow.has(one));
      return earlier.some(isSkipped) ? beforeAll(change, earlier, isSkipped) : opposite(change);
    });
  }

  /** The changes that are not undone, in order. */
  #applied(): readonly JournalEntry[] {
    const { made, undoneAt } = this.#now();
    return made.filter((entry) => !undoneAt.has(entry));
  }

  #now(): Stacks {
    this.#stacks ??= replay(this.entries());
    return this.#stacks;
  }
}

/** Whether an entry undoes or redoes another. */
function reverts({ undoes, redoes }: JournalEntry): boolean {
  return undoes !== undefined || redoes !== undefined;
}

/** Whether a change only keeps places in texts, which nobody wants to undo. */
function isPlaceOnly({ papers }: Change): boolean {
  if (papers.length === 0) return false;
  return papers.every(
    (one) => one.place !== undefined && undoableFields.every((field) => one[field] === undefined),
  );
}

/** Whether the program made a change automatically. */
function isAutomatic({ automatic, label }: Change): boolean {
  return automatic === true || label === earlierAutomatic;
}

/**
 * Replays entries. A new change by the person clears the redo list. An undo or redo of a dropped change has no
 * effect.
 */
function replay(entries: readonly JournalEntry[]): Stacks {
  const made: JournalEntry[] = [];
  const undoneAt = new Map<JournalEntry, string>();
  let redoable: Redoable[] = [];
  for (const entry of entries) {
    const { undoes, redoes } = entry;
    if (undoes !== undefined) {
      const undone = made.findLast((one) => one.id === undoes && !undoneAt.has(one));
      if (undone === undefined) continue;
      undoneAt.set(undone, entryTime(entry));
      redoable.push({ entry: undone, group: entry.group });
    } else if (redoes !== undefined) {
      const redone = redoable.findLast((one) => one.entry.id === redoes);
      if (redone === undefined) continue;
      undoneAt.delete(redone.entry);
      redoable = redoable.filter((one) => one !== redone);
    } else {
      if (!isAutomatic(entry)) redoable = [];
      made.push(entry);
      if (made.length <= historyLength) continue;
      const forgotten = made.shift() as JournalEntry;
      undoneAt.delete(forgotten);
      redoable = redoable.filter(({ entry }) => entry !== forgotten);
    }
  }
  return { made, undoneAt, redoable };
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
