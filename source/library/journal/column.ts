import type { FieldValue } from "../../papers/marks.js";
import { compareIds } from "./format.js";
import { listFrom, numbersFrom, type StoredList, storedList, storedNumbers } from "./stored.js";

/** What set a field: the order of these is the order in which values count. */
export interface Setting {
  /** The ordering time of the change, in milliseconds since 1970. */
  readonly time: number;
  /** The id of the change. */
  readonly id: string;
  /** The paper's index in the change. */
  readonly place: number;
}

/** A column as plain JSON values. */
export interface StoredColumn {
  readonly papers: StoredList;
  readonly ids: StoredList;
  readonly times: string;
  readonly places: string;
  readonly values: readonly FieldValue[];
}

/**
 * One field of all papers: a last-writer-wins register for each paper. The parts of a register are in arrays of
 * their own, because a start with many marks has no time to make an object for each.
 */
export class Column {
  readonly #slots = new Map<string, number>();
  #times: number[] = [];
  #ids: string[] = [];
  #places: number[] = [];
  #values: FieldValue[] = [];

  /** Sets the value of a paper, unless what set it before is later. */
  set(paper: string, value: FieldValue, time: number, id: string, place: number): void {
    let slot = this.#slots.get(paper);
    if (slot === undefined) {
      slot = this.#times.length;
      this.#slots.set(paper, slot);
    } else if (!this.#isLater(slot, value, time, id, place)) return;
    this.#times[slot] = time;
    this.#ids[slot] = id;
    this.#places[slot] = place;
    this.#values[slot] = value;
  }

  has(paper: string): boolean {
    return this.#slots.has(paper);
  }

  get(paper: string): FieldValue | undefined {
    const slot = this.#slots.get(paper);
    return slot === undefined ? undefined : this.#values[slot];
  }

  /** The papers of which the field was ever set. */
  papers(): IterableIterator<string> {
    return this.#slots.keys();
  }

  /** The papers that have this value, the last set first. */
  papersWith(value: FieldValue): string[] {
    return [...this.#slots]
      .filter(([, slot]) => this.#values[slot] === value)
      .sort(([, one], [, other]) => compareSettings(this.#setting(other), this.#setting(one)))
      .map(([paper]) => paper);
  }

  stored(): StoredColumn {
    return {
      papers: storedList([...this.#slots.keys()]),
      ids: storedList(this.#ids),
      times: storedNumbers(this.#times),
      places: storedNumbers(this.#places),
      values: this.#values,
    };
  }

  static from({ papers, ids, times, places, values }: StoredColumn): Column {
    const made = new Column();
    const names = listFrom(papers);
    for (let slot = 0; slot < names.length; slot += 1) made.#slots.set(names[slot] as string, slot);
    made.#times = numbersFrom(times);
    made.#ids = listFrom(ids);
    made.#places = numbersFrom(places);
    made.#values = [...values];
    return made;
  }

  /** Early versions could give two changes one id; then the values decide. */
  #isLater(slot: number, value: FieldValue, time: number, id: string, place: number): boolean {
    const held = this.#times[slot] as number;
    if (time !== held) return time > held;
    const order = compareSettings({ time, id, place }, this.#setting(slot));
    return order === 0 ? String(value) > String(this.#values[slot]) : order > 0;
  }

  #setting(slot: number): Setting {
    return {
      time: this.#times[slot] as number,
      id: this.#ids[slot] as string,
      place: this.#places[slot] as number,
    };
  }
}

/** The order of what sets fields: by time, then by id, then within a change. */
export function compareSettings(one: Setting, other: Setting): number {
  return one.time - other.time || compareIds(one.id, other.id) || one.place - other.place;
}
