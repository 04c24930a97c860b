import {
  type Interest,
  interestKind,
  isInterestId,
  type NoteKind,
  noteId,
} from "../../papers/interests/interest.js";
import {
  type Field,
  type FieldValue,
  fields,
  hasMark,
  type InterestField,
  interestFields,
  type MarkField,
  markBits,
  markFields,
  type PaperChange,
} from "../../papers/marks.js";
import { type Kind, kindOf } from "../../papers/same/same-paper.js";
import { compareIds, type JournalEntry, splitId } from "./format.js";

/** The values of one field, each with the change that set it and the paper's index in that change. */
interface Column {
  readonly slots: Map<string, number>;
  changes: number[];
  places: number[];
  values: FieldValue[];
}

/** A title, and the change that has it. */
interface Title {
  readonly title: string;
  readonly time: number;
  readonly id: string;
}

/** A column in `StoredRegisters`: the papers as one text if no name has a line break. */
interface StoredColumn {
  readonly papers: string | readonly string[];
  readonly changes: Repeated<number>;
  readonly places: Repeated<number>;
  readonly values: Repeated<FieldValue>;
}

/** Registers as plain JSON values, short because every start parses them. */
export interface StoredRegisters {
  /** For each change: its ordering time (as a difference to the one before), its run, and its number in the run. */
  readonly times: readonly number[];
  readonly runs: Repeated<number>;
  readonly numbers: Repeated<number>;
  readonly runNames: readonly string[];
  /** By field. */
  readonly columns: Readonly<Record<string, StoredColumn>>;
  readonly kinds: readonly Kind[];
  readonly titles: readonly (readonly [string, Title])[];
  readonly untitled: readonly string[];
}

/** A paper that has a mark now. */
export interface Marked {
  readonly paper: string;
  /** The title when it was marked; "" if unknown. */
  readonly title: string;
}

/**
 * The marks as last-writer-wins registers (Shapiro et al., "A comprehensive study of Convergent and
 * Commutative Replicated Data Types", 2011, 3.2.1), one for each field of each paper: a value stays until a
 * change sets another that is later, by time and then by id. So changes may come in any order, more than once
 * and from any number of files: the marks are the same.
 */
export class Registers {
  readonly #columns: readonly Column[] = fields.map(() => ({
    slots: new Map(),
    changes: [],
    places: [],
    values: [],
  }));
  #times: number[] = [];
  #runs: number[] = [];
  #numbers: number[] = [];
  #runNames: string[] = [];
  readonly #runNumbers = new Map<string, number>();
  /** Titles of papers with a listed mark (starred or later), and names of watches and the like. */
  readonly #titles = new Map<string, Title>();
  /** The ordering time of the newest change, in milliseconds since 1970. */
  newest = Number.NEGATIVE_INFINITY;
  /** The kinds of identity among the papers. */
  readonly kinds = new Set<Kind>();
  /** Papers starred or kept for later when only their identity was known. */
  readonly untitled = new Set<string>();

  /**
   * Applies a change.
   * @param time its ordering time, in milliseconds since 1970
   * @param before gets the bits of each paper before its first change
   */
  apply({ id, papers }: JournalEntry, time: number, before: Map<string, number> | null = null): void {
    if (time > this.newest) this.newest = time;
    let change = -1;
    for (let place = 0; place < papers.length; place += 1) {
      const one = papers[place] as PaperChange;
      const bits = before === null ? 0 : this.bits(one.paper);
      for (let field = 0; field < fields.length; field += 1) {
        const value = one[fields[field] as Field];
        if (value === undefined) continue;
        const { slots, changes, places, values } = this.#columns[field] as Column;
        let slot = slots.get(one.paper);
        if (slot === undefined) {
          slot = changes.length;
          slots.set(one.paper, slot);
          // Most identities of arXiv begin with a digit.
          if (this.kinds.size === 0 || one.paper.charCodeAt(0) > 0x39) this.#addKind(one.paper);
        } else {
          const held = changes[slot] as number;
          // If a line sets a field twice, the last value counts.
          if (held !== change && !this.#isLater(time, id, value, held, values[slot])) continue;
        }
        if (change < 0) change = this.#addChange(time, id);
        changes[slot] = change;
        places[slot] = place;
        values[slot] = value;
      }
      const isTitled = one.starred !== undefined || one.later !== undefined || one.on !== undefined;
      if (isTitled) this.#takeTitle(one, time, id);
      if (before !== null && !before.has(one.paper) && this.bits(one.paper) !== bits)
        before.set(one.paper, bits);
    }
  }

  /** The mark bits of a paper, or 0. */
  bits(paper: string): number {
    let bits = 0;
    for (let field = 0; field < markFields.length; field += 1) {
      const { slots, values } = this.#columns[field] as Column;
      const slot = slots.get(paper);
      if (slot !== undefined && values[slot] === true) bits |= markBits[markFields[field] as MarkField];
    }
    return bits;
  }

  /** Where the reader left a paper's text; "" where they have not, or at its beginning. */
  place(paper: string): string {
    const value = this.#value(paper, "place");
    return typeof value === "string" ? value : "";
  }

  /** The value of a text field of a watch, a follow, a mute or a reason; "" where there is none. */
  text(id: string, field: Exclude<InterestField, "on">): string {
    const value = this.#value(id, field);
    return typeof value === "string" ? value : "";
  }

  /** Whether a watch, a follow, a mute or a struck reason is in force. */
  isOn(id: string): boolean {
    return this.#value(id, "on") === true;
  }

  /** The watches, follows, mutes and struck reasons in force, by identity. */
  interests(): readonly Interest[] {
    const { slots } = this.#columns[fields.indexOf("on")] as Column;
    return [...slots.keys()]
      .filter((id) => interestKind(id) !== null && this.isOn(id) && !/^\w+:\s*$/.test(id))
      .sort()
      .map((id) => ({
        id,
        title: oneLine(this.#titles.get(id)?.title || id.slice(id.indexOf(":") + 1)),
        filter: oneLine(this.text(id, "filter")),
        with: this.text(id, "with"),
        without: this.text(id, "without"),
      }));
  }

  /** The papers that a note is in force of. */
  noted(kind: NoteKind): string[] {
    const { slots } = this.#columns[fields.indexOf("on")] as Column;
    const prefix = noteId(kind, "");
    return [...slots.keys()]
      .filter((id) => id.startsWith(prefix) && this.isOn(id))
      .map((id) => id.slice(prefix.length));
  }

  /** The title of a paper when it was marked, or of its notes; "" if unknown. */
  titleOf(paper: string): string {
    const ids = [paper, noteId("learned", paper), noteId("exported", paper)];
    return ids.map((id) => this.#titles.get(id)?.title ?? "").find((title) => title !== "") ?? "";
  }

  /** The papers in whose text the reader left a place other than the beginning. */
  placed(): string[] {
    const { slots, values } = this.#columns[fields.indexOf("place")] as Column;
    return [...slots].filter(([, slot]) => values[slot] !== "").map(([paper]) => paper);
  }

  /** Each paper that has or had a mark, with its bits. */
  *all(): Generator<readonly [paper: string, bits: number]> {
    // Fields of interests are the last.
    const columns = this.#columns.slice(0, -interestFields.length);
    for (const [field, { slots }] of columns.entries()) {
      const earlier = columns.slice(0, field);
      for (const paper of slots.keys()) {
        if (isInterestId(paper)) continue;
        if (!earlier.some((column) => column.slots.has(paper))) yield [paper, this.bits(paper)];
      }
    }
  }

  /** How many papers have a mark. */
  get size(): number {
    let size = 0;
    for (const [, bits] of this.all()) if (bits !== 0) size += 1;
    return size;
  }

  /** The papers that have a mark now, the last marked first. */
  marked(field: MarkField): readonly Marked[] {
    const { slots, changes, places } = this.#columns[markFields.indexOf(field)] as Column;
    const order = (one: number, other: number) =>
      this.#compare(changes[one] as number, changes[other] as number) ||
      (places[one] as number) - (places[other] as number);
    return [...slots]
      .filter(([paper]) => hasMark(this.bits(paper), field) && !isInterestId(paper))
      .sort(([, one], [, other]) => order(other, one))
      .map(([paper]) => ({ paper, title: this.#titles.get(paper)?.title ?? "" }));
  }

  /** The registers as plain values. */
  stored(): StoredRegisters {
    const columns = this.#columns.map(({ slots, changes, places, values }, field): [string, StoredColumn] => {
      const names = [...slots.keys()];
      const papers = names.some((name) => name.includes("\n")) ? names : names.join("\n");
      return [
        fields[field] as Field,
        {
          papers,
          changes: repeated(changes, 1),
          places: repeated(places, 0),
          values: repeated(values, 0),
        },
      ];
    });
    return {
      times: this.#times.map((time, at) => time - (at === 0 ? 0 : (this.#times[at - 1] as number))),
      runs: repeated(this.#runs, 0),
      numbers: repeated(this.#numbers, 1),
      runNames: this.#runNames,
      columns: Object.fromEntries(columns),
      kinds: [...this.kinds],
      titles: [...this.#titles],
      untitled: [...this.untitled],
    };
  }

  /** Registers from stored values. Throws if the values have another shape. */
  static from(stored: StoredRegisters): Registers {
    const { times, runs, numbers, runNames, columns, kinds, titles, untitled } = stored;
    const made = new Registers();
    let time = 0;
    for (const difference of times) {
      time += difference;
      made.#times.push(time);
      if (time > made.newest) made.newest = time;
    }
    made.#runs = unrepeated(runs, 0);
    made.#numbers = unrepeated(numbers, 1);
    made.#runNames = [...runNames];
    for (const [index, run] of runNames.entries()) made.#runNumbers.set(run, index);
    for (const [field, { papers, changes, places, values }] of Object.entries(columns)) {
      const into = made.#columns[fields.indexOf(field as Field)] as Column;
      into.changes = unrepeated(changes, 1);
      into.places = unrepeated(places, 0);
      into.values = unrepeated(values, 0);
      const names = typeof papers !== "string" ? papers : papers === "" ? [] : papers.split("\n");
      for (let slot = 0; slot < names.length; slot += 1) into.slots.set(names[slot] as string, slot);
    }
    for (const kind of kinds) made.kinds.add(kind);
    for (const [paper, title] of titles) made.#titles.set(paper, title);
    for (const paper of untitled) made.untitled.add(paper);
    return made;
  }

  #value(paper: string, field: Field): FieldValue | undefined {
    const { slots, values } = this.#columns[fields.indexOf(field)] as Column;
    const slot = slots.get(paper);
    return slot === undefined ? undefined : values[slot];
  }

  #addKind(paper: string): void {
    if (!isInterestId(paper)) this.kinds.add(kindOf(paper));
  }

  #addChange(time: number, id: string): number {
    const last = this.#runs.length - 1;
    let run = last < 0 ? -1 : (this.#runs[last] as number);
    // Nearly every change follows the one before in the same run.
    let number = (last < 0 ? 0 : (this.#numbers[last] as number)) + 1;
    if (run < 0 || id !== `${this.#runNames[run]}${number}`) {
      const parts = splitId(id);
      number = parts.number;
      run = this.#runNumbers.get(parts.run) ?? this.#runNames.push(parts.run) - 1;
      this.#runNumbers.set(parts.run, run);
    }
    this.#runs.push(run);
    this.#numbers.push(number);
    return this.#times.push(time) - 1;
  }

  /** Whether a change is later than the one that set a field; two with one id compare their values. */
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

  /** Keeps the newest title of a paper. */
  #takeTitle({ paper, title, starred, later }: PaperChange, time: number, id: string): void {
    if (title === "" && (starred || later)) this.untitled.add(paper);
    const known = this.#titles.get(paper);
    const order = known === undefined ? 1 : time - known.time || compareIds(id, known.id);
    if (title !== "" && order >= 0) this.#titles.set(paper, { title, time, id });
  }
}

/** A text of another program's journal on one line: names and filters have no control characters. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}

/** Run-length coding of values that mostly follow from the one before: value, count, value, count, … */
type Repeated<Value> = readonly (Value | number)[];

/** @param step the difference of successive values in a run, 0 or 1 */
function repeated<Value extends FieldValue | number>(values: readonly Value[], step: 0 | 1): Repeated<Value> {
  const rows: (Value | number)[] = [];
  let next: unknown;
  for (const value of values) {
    if (rows.length > 0 && value === next) (rows[rows.length - 1] as number) += 1;
    else rows.push(value, 1);
    next = step === 0 ? value : (value as number) + step;
  }
  return rows;
}

function unrepeated<Value extends FieldValue | number>(rows: Repeated<Value>, step: 0 | 1): Value[] {
  const values: Value[] = [];
  for (let at = 0; at < rows.length; at += 2) {
    let value = rows[at] as Value;
    for (let count = rows[at + 1] as number; count > 0; count -= 1) {
      values.push(value);
      if (step === 1) value = ((value as number) + 1) as Value;
    }
  }
  return values;
}

/** The difference of a paper's marks, as a change of one paper or of none. */
export function difference(paper: string, before: number, after: number): PaperChange[] {
  if (before === after) return [];
  const change: Record<string, unknown> = { paper, title: "" };
  for (const field of markFields) {
    if (hasMark(before ^ after, field)) change[field] = hasMark(after, field);
  }
  return [change as unknown as PaperChange];
}
