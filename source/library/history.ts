import { type Change, markFields, opposite, type PaperChange } from "../papers/marks.js";
import { compareIds, decodeLine, encodeLine, entryTime, type JournalEntry } from "./journal/format.js";

/** How many changes are remembered, to be undone or done again. */
export const historyLength = 500;
/** So many entries are collected before those are forgotten that can no longer matter. */
const mostCollected = 2 * historyLength;

/** What earlier versions called a paper that became read because it was looked at. */
const earlierAutomatic = "read by looking";

/** A change of the history as it is listed. */
export interface Remembered extends Change {
  /** When it was made: UTC, `2026-11-23T08:24:15.123Z`. */
  readonly at: string;
  readonly isUndone: boolean;
}

/** An entry as text, and when it counts as made. */
export interface HistoryLine {
  readonly time: string;
  readonly line: string;
  /** Whether it undoes or redoes another. */
  readonly reverts: boolean;
}

/** What can be undone and redone after some entries. */
interface Stacks {
  /** The last changes as they were made, whatever became of them; the oldest first. */
  readonly made: JournalEntry[];
  readonly done: JournalEntry[];
  readonly undone: JournalEntry[];
  /** When each of those that are not done now was undone last. */
  readonly undoneAt: Map<JournalEntry, string>;
}

/**
 * The last 500 changes made on this machine, and which of them are undone. It is made by replaying entries
 * in the order of their times, whichever order they come in and however often, so that a restart and
 * what other terminals do change nothing.
 */
export class History {
  /** In order, each once; as text, since most of them are forgotten again while a long journal is read. */
  #lines: HistoryLine[] = [];
  #waiting: HistoryLine[] = [];
  #stacks: Stacks | null = null;
  /** Nothing before this time can matter any more; nothing settled is after the other. */
  #from = "";
  #to = "";
  /** How many entries are left when none can be forgotten. */
  #least = 0;

  /**
   * Takes in an entry of this machine.
   * @param line the entry as text
   */
  add(entry: JournalEntry, line = encodeLine(entry)): void {
    if (isPlaceOnly(entry)) return;
    const one = lineOf(entry, line);
    if (one.time < this.#from) return;
    this.#stacks = null;
    // Nearly all are the next.
    (one.time > this.#to ? this.#lines : this.#waiting).push(one);
    if (one.time > this.#to) this.#to = one.time;
    if (this.#lines.length + this.#waiting.length > mostCollected + this.#least) this.#settle();
  }

  /** The entries that can matter, in order. */
  lines(): readonly HistoryLine[] {
    this.#settle();
    return this.#lines;
  }

  /** A history of such entries. */
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
   * The change to undo next, or `null`: what the person did last. What the program did by itself since then
   * comes after it: who presses a key, waits and presses `u` means what they did.
   */
  get nextToUndo(): Change | null {
    const { made, done } = this.#now();
    const standing = new Set(done);
    // What was undone counts here, too: what followed it by itself comes next.
    const lastOfPerson = made.findLastIndex(
      (entry, at) => !isAutomatic(entry) && made.slice(at).some((later) => standing.has(later)),
    );
    const last = made[lastOfPerson];
    return (last && standing.has(last) ? last : made.findLast((entry) => standing.has(entry))) ?? null;
  }

  /** What `undo` undoes, the newest first: the next change, with all of its group that are not undone. */
  get nextGroupToUndo(): readonly Change[] {
    const next = this.nextToUndo;
    if (next?.group === undefined) return next === null ? [] : [next];
    return this.#standing()
      .filter(({ group }) => group === next.group)
      .reverse();
  }

  /** The last change that the person made and has not undone, or `null`. */
  get nextOwnToUndo(): Change | null {
    return this.#standing().findLast((entry) => !isAutomatic(entry)) ?? null;
  }

  /** The change undone last and not done again, or `null`. */
  get nextToRedo(): Change | null {
    return this.#now().undone.at(-1) ?? null;
  }

  /** The changes remembered, the newest first, at most `limit`. */
  list(limit: number): readonly Remembered[] {
    const { made, done } = this.#now();
    const standing = new Set(done);
    return made
      .slice(Math.max(0, made.length - limit))
      .reverse()
      .map((entry) => {
        const { id, label, papers, at } = entry;
        return { id, label, papers, at, isUndone: !standing.has(entry) };
      });
  }

  /**
   * What has to be undone, in order, so that the change `id` and all made after it are. What is undone already
   * is left out; whether and when anything was redone makes no difference.
   */
  backTo(id: string): readonly Change[] {
    const { made } = this.#now();
    const at = made.findIndex((change) => change.id === id);
    if (at < 0) return [];
    const from = new Set(made.slice(at));
    return this.#standing()
      .filter((entry) => from.has(entry))
      .reverse();
  }

  /**
   * What undoing changes sets their papers to, in the order in which they are undone: the values from before
   * each. Where a change before it was undone after it was made, those are the values from before that one.
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

  /** The changes that are not undone, in the order in which they were made. */
  #standing(): readonly JournalEntry[] {
    const { made, done } = this.#now();
    const standing = new Set(done);
    return made.filter((entry) => standing.has(entry));
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
    (one) => one.place !== undefined && markFields.every((field) => one[field] === undefined),
  );
}

/** Whether the program made a change by itself. */
export function isAutomatic({ automatic, label }: Change): boolean {
  return automatic === true || label === earlierAutomatic;
}

/**
 * Replays entries. A new change of the person leaves nothing to redo; one that undoes or redoes a change that
 * is no longer remembered moves nothing.
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

/** Moves the change with that id to the end of `to`, and returns it; it is nearly always the last of `from`. */
function move(id: string, from: JournalEntry[], to: JournalEntry[]): JournalEntry | null {
  const at = from.findLastIndex((change) => change.id === id);
  const [moved = null] = at < 0 ? [] : from.splice(at, 1);
  if (moved) to.push(moved);
  return moved;
}

/** The values from before a change and the skipped ones right before it, each field by itself. */
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
      for (const field of value === undefined ? [] : markFields) {
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

/** The order of changes: by when they count as made, and those of one moment by their ids. */
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
