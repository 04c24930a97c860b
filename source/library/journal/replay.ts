import {
  type FieldValue,
  hasMark,
  type MarkField,
  markBits,
  markFields,
  type PaperChange,
} from "../../papers/marks.js";
import { type Kind, kindOf } from "../../papers/same-paper.js";
import { compareIds, type JournalEntry, splitId } from "./format.js";

/** The values of one field, by the number of the paper: each with the change that set it, or -1. */
interface Column {
  readonly changes: number[];
  readonly values: (FieldValue | null)[];
}

/** A title, and the change that had it. */
interface Title {
  readonly title: string;
  readonly time: number;
  readonly id: string;
}

/** Registers as plain values that JSON can hold. */
export interface StoredRegisters {
  readonly papers: readonly string[];
  /** Of each change when it counts as made, the number of its run, and its number in that run. */
  readonly times: number[];
  readonly runs: number[];
  readonly numbers: number[];
  readonly runNames: readonly string[];
  /** By field: the papers that have a value, the changes that set it, and the values. */
  readonly fields: Readonly<Record<string, readonly [number[], number[], (FieldValue | null)[]]>>;
  readonly titles: readonly (readonly [string, Title])[];
  readonly untitled: readonly string[];
}

/** A paper that has a mark now. */
export interface Marked {
  readonly paper: string;
  /** The title when it was marked; "" where it was not known. */
  readonly title: string;
}

/**
 * The marks as last-writer-wins registers (Shapiro et al., "A comprehensive study of Convergent and
 * Commutative Replicated Data Types", 2011, 3.2.1), one for each field of each paper: a value stays until a
 * change sets another that is later, by time and then by id. So changes may come in any order, more than once
 * and from any number of files: the marks are the same.
 */
export class Registers {
  /** The number of each paper, in the order in which they were met. */
  readonly #papers = new Map<string, number>();
  readonly #columns: readonly Column[] = markFields.map(() => ({ changes: [], values: [] }));
  #times: number[] = [];
  #runs: number[] = [];
  #numbers: number[] = [];
  readonly #runNames: string[] = [];
  readonly #runNumbers = new Map<string, number>();
  /** Titles of papers that are listed by a mark: starred, or put aside. */
  readonly #titles = new Map<string, Title>();
  #size = 0;
  /** When the newest change counts as made, in milliseconds since 1970. */
  newest = Number.NEGATIVE_INFINITY;
  /** The kinds of identities that those papers have. */
  readonly kinds = new Set<Kind>();
  /** Papers that were starred or put aside when nothing but the identity was known. */
  readonly untitled = new Set<string>();

  /** How many papers have a mark. */
  get size(): number {
    return this.#size;
  }

  /** How many papers have or had a mark. */
  get known(): number {
    return this.#papers.size;
  }

  /**
   * Takes in a change.
   * @param time when it counts as made, in milliseconds since 1970
   * @param before is told the bits that papers had before, of each paper the first it hears
   */
  apply(entry: JournalEntry, time: number, before: Map<string, number> | null = null): void {
    if (time > this.newest) this.newest = time;
    const { papers } = entry;
    let change = -1;
    for (let index = 0; index < papers.length; index += 1) {
      const one = papers[index] as PaperChange;
      const at = this.#numberOf(one.paper);
      const bits = this.#bitsAt(at);
      for (let field = 0; field < markFields.length; field += 1) {
        const value = one[markFields[field] as MarkField];
        if (value === undefined) continue;
        const { changes, values } = this.#columns[field] as Column;
        const held = changes[at] as number;
        // A line that sets a field twice means the last.
        if (held >= 0 && held !== change && !this.#isLater(time, entry.id, value, held, values[at])) continue;
        if (change < 0) change = this.#addChange(time, entry.id);
        changes[at] = change;
        values[at] = value;
      }
      if (one.starred !== undefined || one.later !== undefined) this.#takeTitle(one, time, entry.id);
      const now = this.#bitsAt(at);
      if (now === bits) continue;
      if (before !== null && !before.has(one.paper)) before.set(one.paper, bits);
      this.#size += Number(now !== 0) - Number(bits !== 0);
    }
  }

  /** The mark bits of a paper, 0 where it has none. */
  bits(paper: string): number {
    const at = this.#papers.get(paper);
    return at === undefined ? 0 : this.#bitsAt(at);
  }

  /** Each paper that has or had a mark, with its bits. */
  *all(): Generator<readonly [paper: string, bits: number]> {
    for (const [paper, at] of this.#papers) yield [paper, this.#bitsAt(at)];
  }

  /** The papers that have a mark now, the one that got it last first. */
  marked(field: MarkField): readonly Marked[] {
    const { changes } = this.#columns[markFields.indexOf(field)] as Column;
    const found: (Marked & { readonly change: number })[] = [];
    for (const [paper, at] of this.#papers) {
      if (!hasMark(this.#bitsAt(at), field)) continue;
      found.push({ paper, title: this.#titles.get(paper)?.title ?? "", change: changes[at] as number });
    }
    return found
      .sort((one, other) => this.#compare(other.change, one.change) || (one.paper < other.paper ? 1 : -1))
      .map(({ paper, title }) => ({ paper, title }));
  }

  /** All of it as plain values. */
  stored(): StoredRegisters {
    const fields: Record<string, [number[], number[], (FieldValue | null)[]]> = {};
    for (const [index, { changes, values }] of this.#columns.entries()) {
      const set = [...changes.keys()].filter((at) => (changes[at] as number) >= 0);
      fields[markFields[index] as MarkField] = [
        set,
        set.map((at) => changes[at] as number),
        set.map((at) => values[at] as FieldValue),
      ];
    }
    return {
      papers: [...this.#papers.keys()],
      times: this.#times,
      runs: this.#runs,
      numbers: this.#numbers,
      runNames: this.#runNames,
      fields,
      titles: [...this.#titles],
      untitled: [...this.untitled],
    };
  }

  /** Registers as they were stored. Throws where the values are of another shape. */
  static from(stored: StoredRegisters): Registers {
    const made = new Registers();
    for (const paper of stored.papers) made.#numberOf(paper);
    made.#times = stored.times;
    made.#runs = stored.runs;
    made.#numbers = stored.numbers;
    for (const time of stored.times) if (time > made.newest) made.newest = time;
    for (const run of stored.runNames) made.#runNumbers.set(run, made.#runNames.push(run) - 1);
    for (const [index, field] of markFields.entries()) {
      const { changes, values } = made.#columns[index] as Column;
      const [set, by, given] = stored.fields[field] as [number[], number[], FieldValue[]];
      for (const [place, at] of set.entries()) {
        changes[at] = by[place] as number;
        values[at] = given[place] as FieldValue;
      }
    }
    for (const [paper, title] of stored.titles) made.#titles.set(paper, title);
    for (const paper of stored.untitled) made.untitled.add(paper);
    for (let at = 0; at < made.known; at += 1) if (made.#bitsAt(at) !== 0) made.#size += 1;
    return made;
  }

  #numberOf(paper: string): number {
    const known = this.#papers.get(paper);
    if (known !== undefined) return known;
    const at = this.#papers.size;
    this.#papers.set(paper, at);
    this.kinds.add(kindOf(paper));
    for (const { changes, values } of this.#columns) {
      changes.push(-1);
      values.push(null);
    }
    return at;
  }

  #bitsAt(at: number): number {
    let bits = 0;
    for (let field = 0; field < markFields.length; field += 1) {
      if (this.#columns[field]?.values[at] === true) bits |= markBits[markFields[field] as MarkField];
    }
    return bits;
  }

  #addChange(time: number, id: string): number {
    const { run, number } = splitId(id);
    let name = this.#runNames.length - 1;
    // Most changes are of the run that made the one before.
    if (this.#runNames[name] !== run) {
      name = this.#runNumbers.get(run) ?? this.#runNames.push(run) - 1;
      this.#runNumbers.set(run, name);
    }
    this.#runs.push(name);
    this.#numbers.push(number);
    return this.#times.push(time) - 1;
  }

  /** Whether a change is later than the one that holds a field; two of one id are ordered by their values. */
  #isLater(time: number, id: string, value: FieldValue, held: number, now: unknown): boolean {
    const heldTime = this.#times[held] as number;
    if (time !== heldTime) return time > heldTime;
    const order = compareIds(id, this.#idOf(held));
    return order === 0 ? JSON.stringify(value) > JSON.stringify(now) : order > 0;
  }

  #compare(one: number, other: number): number {
    const times = (this.#times[one] as number) - (this.#times[other] as number);
    return times || compareIds(this.#idOf(one), this.#idOf(other));
  }

  #idOf(change: number): string {
    const number = this.#numbers[change] as number;
    return `${this.#runNames[this.#runs[change] as number]}${number < 0 ? "" : number}`;
  }

  /** Keeps the title that a paper is listed by: the newest there is. */
  #takeTitle({ paper, title, starred, later }: PaperChange, time: number, id: string): void {
    if (title === "" && (starred || later)) this.untitled.add(paper);
    const known = this.#titles.get(paper);
    const order = known === undefined ? 1 : time - known.time || compareIds(id, known.id);
    if (title !== "" && order >= 0) this.#titles.set(paper, { title, time, id });
  }
}

/** What became of a paper's marks, as a change of one paper or of none. */
export function difference(paper: string, before: number, after: number): PaperChange[] {
  if (before === after) return [];
  const change: Record<string, unknown> = { paper, title: "" };
  for (const field of markFields) {
    if (hasMark(before ^ after, field)) change[field] = hasMark(after, field);
  }
  return [change as unknown as PaperChange];
}
