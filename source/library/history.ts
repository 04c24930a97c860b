import type { Change } from "../papers/marks.js";
import { compareIds, encodeLine, entryTime, type JournalEntry } from "./journal/format.js";

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

/** What can be undone and redone after some entries. */
interface Stacks {
  /** The last changes as they were made, whatever became of them; the oldest first. */
  readonly made: JournalEntry[];
  readonly done: JournalEntry[];
  readonly undone: JournalEntry[];
}

/**
 * The last 500 changes made on this machine, and which of them are undone. It is made by replaying entries
 * in the order of their times, whichever order they come in and however often, so that a restart and
 * what other terminals do change nothing.
 */
export class History {
  /** In order, each once. */
  #entries: JournalEntry[] = [];
  #waiting: JournalEntry[] = [];
  #stacks: Stacks | null = null;
  /** Nothing before this time can matter any more; nothing settled is after the other. */
  #from = "";
  #to = "";
  /** How many entries are left when none can be forgotten. */
  #least = 0;

  /** Takes in an entry of this machine. */
  add(entry: JournalEntry): void {
    const time = entryTime(entry);
    if (time < this.#from) return;
    this.#stacks = null;
    // Nearly all are the next.
    if (time > this.#to) {
      this.#entries.push(entry);
      this.#to = time;
    } else {
      this.#waiting.push(entry);
    }
    if (this.#entries.length + this.#waiting.length > mostCollected + this.#least) this.#settle();
  }

  /** The entries that can matter, in order. */
  entries(): readonly JournalEntry[] {
    this.#settle();
    return this.#entries;
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

  /** What has to be undone, in order, so that the change `id` and all after it are; none where it is not done. */
  backTo(id: string): readonly Change[] {
    const { done } = this.#now();
    const at = done.findIndex((change) => change.id === id);
    return at < 0 ? [] : done.slice(at).reverse();
  }

  #settle(): void {
    if (this.#waiting.length > 0) {
      const all = [...this.#entries, ...this.#waiting].sort(compareEntries);
      this.#entries = all.filter((entry, at) => at === 0 || !isSame(entry, all[at - 1]));
      this.#waiting = [];
    }
    const first = firstThatMatters(this.#entries);
    if (first !== null) this.#from = entryTime(this.#entries[first] as JournalEntry);
    if (first !== null) this.#entries = this.#entries.slice(first);
    this.#least = this.#entries.length;
  }

  #now(): Stacks {
    this.#settle();
    this.#stacks ??= replay(this.#entries);
    return this.#stacks;
  }
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
  const stacks: Stacks = { made: [], done: [], undone: [] };
  const { made, done, undone } = stacks;
  for (const entry of entries) {
    if (entry.undoes !== undefined) move(entry.undoes, done, undone);
    else if (entry.redoes !== undefined) move(entry.redoes, undone, done);
    else {
      if (!isAutomatic(entry)) undone.length = 0;
      made.push(entry);
      done.push(entry);
      if (made.length <= historyLength) continue;
      const forgotten = made.shift() as JournalEntry;
      for (const list of [done, undone])
        if (list.includes(forgotten)) list.splice(list.indexOf(forgotten), 1);
    }
  }
  return stacks;
}

/** Moves the change with that id to the end of `to`; it is nearly always the last of `from`. */
function move(id: string, from: JournalEntry[], to: JournalEntry[]): void {
  const at = from.findLastIndex((change) => change.id === id);
  if (at >= 0) to.push(...from.splice(at, 1));
}

/** The place of the oldest entry that can still matter to undoing; `null` where more may come before them. */
function firstThatMatters(entries: readonly JournalEntry[]): number | null {
  let changes = 0;
  const first = entries.findLastIndex((entry) => !isRevert(entry) && ++changes === historyLength);
  return first < 0 ? null : first;
}

function isRevert(entry: JournalEntry): boolean {
  return entry.undoes !== undefined || entry.redoes !== undefined;
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

function isSame(one: JournalEntry, other: JournalEntry | undefined): boolean {
  return other !== undefined && compareEntries(one, other) === 0;
}
