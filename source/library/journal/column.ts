import type { FieldValue } from "../../papers/marks.js";
import { compareIds } from "./format.js";
import { listFrom, type StoredList, storedList } from "./stored.js";

/** What set a field: the order of these is the order in which values count. */
export interface Setting {
  /** The ordering time of the change, in milliseconds since 1970. */
  readonly time: number;
  /** The id of the change. */
  readonly id: string;
  /** The paper's index in the change. */
  readonly place: number;
}

/** A column as plain JSON values, without what set the values. */
export interface StoredColumn {
  readonly papers: StoredList;
  readonly values: readonly FieldValue[];
}

/** What set the values of a column; the parts are in arrays of their own, to make no object for each. */
export interface ColumnSettings {
  readonly times: readonly number[];
  readonly ids: readonly string[];
  readonly places: readonly number[];
}

/** One field of all papers: a last-writer-wins register for each paper. */
export class Column {
  readonly #slots = new Map<string, number>();
  #values: FieldValue[] = [];
  readonly #times: number[] = [];
  readonly #ids: string[] = [];
  readonly #places: number[] = [];
  /** Reads what set the values of a snapshot, once it is needed: most starts set only what was not set before. */
  #readEarlier: (() => ColumnSettings) | null = null;

  /** Sets the value of a paper, unless what set it before is later. */
  set(paper: string, value: FieldValue, time: number, id: string, place: number): void {
    let slot = this.#slots.get(paper);
    if (slot === undefined) {
      slot = this.#values.length;
      this.#slots.set(paper, slot);
    } else if (!this.#isLater(slot, value, { time, id, place })) return;
    this.#times[slot] = time;
    this.#ids[slot] = id;
    this.#places[slot] = place;
    this.#values[slot] = value;
  }

  get(paper: string): FieldValue | undefined {
    const slot = this.#slots.get(paper);
    return slot === undefined ? undefined : this.#values[slot];
  }

  /** The papers of which the field was ever set. */
  papers(): IterableIterator<string> {
    return this.#slots.keys();
  }

  /** The papers that have this value, in no order. */
  papersWith(value: FieldValue): string[] {
    return [...this.#slots].filter(([, slot]) => this.#values[slot] === value).map(([paper]) => paper);
  }

  /** The same, the last set first. */
  lastWith(value: FieldValue): string[] {
    const settings = new Map(
      this.papersWith(value).map((paper) => [paper, this.#setting(this.#slots.get(paper) as number)]),
    );
    return [...settings].sort(([, one], [, other]) => compareSettings(other, one)).map(([paper]) => paper);
  }

  stored(): StoredColumn {
    return { papers: storedList([...this.#slots.keys()]), values: this.#values };
  }

  /** What set the values, as plain JSON values. */
  storedSettings(): ColumnSettings {
    this.#loadEarlier();
    return { times: this.#times, ids: this.#ids, places: this.#places };
  }

  /** @param readSettings called once at most */
  static from({ papers, values }: StoredColumn, readSettings: () => ColumnSettings): Column {
    const made = new Column();
    const names = listFrom(papers);
    for (let slot = 0; slot < names.length; slot += 1) made.#slots.set(names[slot] as string, slot);
    made.#values = [...values];
    made.#readEarlier = readSettings;
    return made;
  }

  /** Early versions could give two changes one id; then the values decide. */
  #isLater(slot: number, value: FieldValue, setting: Setting): boolean {
    const order = compareSettings(setting, this.#setting(slot));
    return order === 0 ? String(value) > String(this.#values[slot]) : order > 0;
  }

  #setting(slot: number): Setting {
    if (this.#times[slot] === undefined) this.#loadEarlier();
    return {
      time: this.#times[slot] as number,
      id: this.#ids[slot] as string,
      place: this.#places[slot] as number,
    };
  }

  #loadEarlier(): void {
    const { times, ids, places } = this.#readEarlier?.() ?? { times: [], ids: [], places: [] };
    this.#readEarlier = null;
    for (let slot = 0; slot < times.length; slot += 1) {
      if (this.#times[slot] !== undefined) continue;
      this.#times[slot] = times[slot] as number;
      this.#ids[slot] = ids[slot] as string;
      this.#places[slot] = places[slot] as number;
    }
  }
}

/** The order of what sets fields: by time, then by id, then within a change. */
export function compareSettings(one: Setting, other: Setting): number {
  return one.time - other.time || compareIds(one.id, other.id) || one.place - other.place;
}
