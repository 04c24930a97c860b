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

/** An entry as text, and its ordering time. */
export interface HistoryLine {
  readonly time: string;
  readonly line: string;
  /** Whether it undoes or redoes another. */
  readonly reverts: boolean;
}

/** Which changes can be undone and redone. */
interface Stacks {
  /** The last changes in the order they were made, undone or not; the oldest first. */
  readonly made: JournalEntry[];
  readonly done: JournalEntry[];
  readonly undone: JournalEntry[];
  /** When each change that is not done now was last undone. */
  readonly undoneAt: Map<JournalEntry, string>;
}

/**
 * The last 500 changes made on this machine, and which of them are undone. It replays entries in the order of
 * their times, so they may arrive in any order and more than once.
 */
export class History {
  /** In order, each once. As text, since most are dropped while a long journal is read. */
  #lines: HistoryLine[] = [];
  #waiting: HistoryLine[] = [];
  #stacks: Stacks | null = null;
  /** No entry before this time matters any more. */
  #from = "";
  #to = "";
  /** How many entries remain after dropping. */
  #least = 0;

  /**
   * Adds an entry of this machine.
   * @param line the entry as text
   */
  add(entry: JournalEntry, line = encodeLine(entry)): void {
    if (isPlaceOnly(entry)) return;
    const one = lineOf(entry, line);
    if (one.time < this.#from) return;
    this.#stacks = null;
    // Nearly all entries arrive in order.
    (one.time > this.#to ? this.#lines : this.#waiting).push(one);
    if (one.time > this.#to) this.#to = one.time;
    if (this.#lines.length + this.#waiting.length > mostCollected + this.#least) this.#settle();
  }

  /** The entries that matter, in order. */
  lines(): readonly HistoryLine[] {
    this.#settle();
    return this.#lines;
  }

  /** A history of these entries. */
  static from(lines: readonly HistoryLine[]): History {
    const made = new History();
    made.#lines = [...lines];
    made.#to = lines.at(-1)?.time ?? "";
    made.#least = lines.length;
    return made;
  }

  get undoable(): number {
    return this.#now().done.length;
  }

  get redoable(): number {
    return this.#now().undone.length;
  }

  /**
   * The change to undo next, or `null`: the last change that the person made. Automatic changes after it are
   * undone after it, because `u` means the person's own change.
   */
  get nextToUndo(): Change | null {
    const { made, done } = this.#now();
    const applied = new Set(done);
    // Undone changes count here, too: the automatic changes after them come next.
    const lastOfPerson = made.findLastIndex(
      (entry, at) => !isAutomatic(entry) && made.slice(at).some((later) => applied.has(later)),
    );
    const last = made[lastOfPerson];
    return (last && applied.has(last) ? last : made.findLast((entry) => applied.has(entry))) ?? null;
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
    return this.#now().undone.at(-1) ?? null;
  }

  /** The history, the newest first, at most `limit`. */
  list(limit: number): readonly Remembered[] {
    const { made, done } = this.#now();
    const applied = new Set(done);
    return made
      .slice(Math.max(0, made.length - limit))
      .reverse()
      .map((entry) => {
        const { id, label, papers, at } = entry;
        return { id, label, papers, at, isUndone: !applied.has(entry) };
      });
  }

  /**
   * The changes to undo, in order, so that the change `id` and all later ones are undone. Leaves out those
   * already undone.
   */
  backTo(id: string): readonly Change[] {
    const { made } = this.#now();
    const at = made.findIndex((change) => change.id === id);
    if (at < 0) return [];
    const from = new Set(made.slice(at));
    return this.#applied()
      .filter((entry) => from.has(entry))
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
    const { made, done } = this.#now();
    const applied = new Set(done);
    return made.filter((entry) => applied.has(entry));
  }

  #settle(): void {
    if (this.#waiting.length > 0) {
      const all = entriesOf([...this.#lines, ...this.#waiting]).sort(compareEntries);
      const once = all.filter((entry, at) => at === 0 || compareEntries(entry, all[at - 1] as never) !== 0);
      this.#waiting = [];
      this.#lines = once.map((entry) => lineOf(entry, encodeLine(entry)));
    }
    let changes = 0;
    const first = this.#lines.findLastIndex(({ reverts }) => !reverts && ++changes === historyLength);
    if (first >= 0) {
      this.#from = this.#lines[first]?.time ?? "";
      this.#lines = this.#lines.slice(first);
    }
    this.#least = this.#lines.length;
  }

  #now(): Stacks {
    this.#settle();
    this.#stacks ??= replay(entriesOf(this.#lines));
    return this.#stacks;
  }
}

function lineOf(entry: JournalEntry, line: string): HistoryLine {
  const reverts = entry.undoes !== undefined || entry.redoes !== undefined;
  return { time: entryTime(entry), line, reverts };
}

function entriesOf(lines: readonly HistoryLine[]): JournalEntry[] {
  return lines.flatMap(({ line }) => decodeLine(line).entry ?? []);
}

/** Whether a change only keeps places in texts, which nobody wants to undo. */
function isPlaceOnly({ papers }: Change): boolean {
  if (papers.length === 0) return false;
  return papers.every(
    (one) => one.place !== undefined && undoableFields.every((field) => one[field] === undefined),
  );
}

/** Whether the program made a change automatically. */
export function isAutomatic({ automatic, label }: Change): boolean {
  return automatic === true || label === earlierAutomatic;
}

/**
 * Replays entries. A new change by the person clears the redo list. An undo or redo of a dropped change has no
 * effect.
 */
function replay(entries: readonly JournalEntry[]): Stacks {
  const stacks: Stacks = { made: [], done: [], undone: [], undoneAt: new Map() };
  const { made, done, undone, undoneAt } = stacks;
  for (const entry of entries) {
    if (entry.undoes !== undefined) {
      const moved = move(entry.undoes, done, undone);
      if (moved) undoneAt.set(moved, entryTime(entry));
    } else if (entry.redoes !== undefined) {
      const moved = move(entry.redoes, undone, done);
      if (moved) undoneAt.delete(moved);
    } else {
      if (!isAutomatic(entry)) undone.length = 0;
      made.push(entry);
      done.push(entry);
      if (made.length <= historyLength) continue;
      const forgotten = made.shift() as JournalEntry;
      undoneAt.delete(forgotten);
      for (const list of [done, undone])
        if (list.includes(forgotten)) list.splice(list.indexOf(forgotten), 1);
    }
  }
  return stacks;
}

/** Moves the change with that id to the end of `to` and returns it; it is nearly always the last of `from`. */
function move(id: string, from: JournalEntry[], to: JournalEntry[]): JournalEntry | null {
  const at = from.findLastIndex((change) => change.id === id);
  const [moved = null] = at < 0 ? [] : from.splice(at, 1);
  if (moved) to.push(moved);
  return moved;
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
      for (const field of value === undefined ? [] : undoableFields) {
        if (value?.[field] === undefined || before[field] === undefined) continue;
        const name = `${field} ${before.paper}`;
        if (settled.has(name)) continue;
        if (isSkipped(one)) values.set(before.paper, { ...value, [field]: before[field] });
        else settled.add(name);
      }
    }
  }
  return [...values.values()];
}

/** The order of changes: by ordering time, then by id. */
export function compareEntries(one: JournalEntry, other: JournalEntry): number {
  const time = entryTime(one);
  const otherTime = entryTime(other);
  if (time !== otherTime) return time < otherTime ? -1 : 1;
  const order = compareIds(one.id, other.id);
  if (order !== 0) return order;
  // Early versions could give two changes one id.
  const [text, otherText] = [encodeLine(one), encodeLine(other)];
  return text < otherText ? -1 : text > otherText ? 1 : 0;
}
