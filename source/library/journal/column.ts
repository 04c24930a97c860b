import type { FieldValue } from "../../papers/marks.js";
import { listFrom, numbersFrom, type StoredList, storedList, storedNumbers } from "./stored.js";

/** What set a field: the order of these is the order in which values count. */
export interface Setting {
  /** The ordering time of the change, in milliseconds since 1970. */
  readonly time: number;
  /** The id of the change (`splitId`). Changes of one run share the text, because there may be many. */
  readonly run: string;
  readonly number: number;
  /** The paper's index in the change. */
  readonly place: number;
}

/** A column as plain JSON values, without what set the values. */
export interface StoredColumn {
  readonly papers: StoredList;
  readonly values: readonly FieldValue[];
}

/** What set the values of a column, as plain JSON values. */
export interface StoredSettings {
  readonly times: string;
  /** The runs, and for each value the index of its run. */
  readonly runNames: StoredList;
  readonly runs: string;
  readonly numbers: string;
  readonly places: string;
}

/** What set the values of a column; the parts are in arrays of their own, to make no object for each. */
interface Settings {
  readonly times: number[];
  readonly runs: string[];
  readonly numbers: number[];
  readonly places: number[];
}

/** One field of all papers: a last-writer-wins register for each paper. */
export class Column {
  readonly #slots = new Map<string, number>();
  #values: FieldValue[] = [];
  #settings: Settings | null = null;
  /** Reads the settings of a snapshot, which few starts need. */
  #readSettings: () => StoredSettings | null = () => null;

  /** Sets the value of a paper, unless what set it before is later. */
  set(paper: string, value: FieldValue, time: number, run: string, number: number, place: number): void {
    const { times, runs, numbers, places } = this.#set();
    let slot = this.#slots.get(paper);
    if (slot === undefined) {
      slot = times.length;
      this.#slots.set(paper, slot);
    } else if (!this.#isLater(slot, value, { time, run, number, place })) return;
    times[slot] = time;
    runs[slot] = run;
    numbers[slot] = number;
    places[slot] = place;
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

  /** The papers that have this value, the last set first. */
  papersWith(value: FieldValue): string[] {
    return [...this.#slots]
      .filter(([, slot]) => this.#values[slot] === value)
      .sort(([, one], [, other]) => compareSettings(this.#setting(other), this.#setting(one)))
      .map(([paper]) => paper);
  }

  stored(): StoredColumn {
    return { papers: storedList([...this.#slots.keys()]), values: this.#values };
  }

  storedSettings(): StoredSettings {
    const { times, runs, numbers, places } = this.#set();
    const indices = new Map([...new Set(runs)].map((run, index) => [run, index]));
    return {
      times: storedNumbers(times),
      runNames: storedList([...indices.keys()]),
      runs: storedNumbers(runs.map((run) => indices.get(run) as number)),
      numbers: storedNumbers(numbers),
      places: storedNumbers(places),
    };
  }

  /** @param readSettings called when the settings are needed */
  static from({ papers, values }: StoredColumn, readSettings: () => StoredSettings): Column {
    const made = new Column();
    const names = listFrom(papers);
    for (let slot = 0; slot < names.length; slot += 1) made.#slots.set(names[slot] as string, slot);
    made.#values = [...values];
    made.#readSettings = readSettings;
    return made;
  }

  #set(): Settings {
    this.#settings ??= settingsFrom(this.#readSettings());
    return this.#settings;
  }

  /** Early versions could give two changes one id; then the values decide. */
  #isLater(slot: number, value: FieldValue, setting: Setting): boolean {
    const order = compareSettings(setting, this.#setting(slot));
    return order === 0 ? String(value) > String(this.#values[slot]) : order > 0;
  }

  #setting(slot: number): Setting {
    const { times, runs, numbers, places } = this.#set();
    return {
      time: times[slot] as number,
      run: runs[slot] as string,
      number: numbers[slot] as number,
      place: places[slot] as number,
    };
  }
}

function settingsFrom(stored: StoredSettings | null): Settings {
  if (stored === null) return { times: [], runs: [], numbers: [], places: [] };
  const names = listFrom(stored.runNames);
  return {
    times: numbersFrom(stored.times),
    runs: numbersFrom(stored.runs).map((index) => names[index] as string),
    numbers: numbersFrom(stored.numbers),
    places: numbersFrom(stored.places),
  };
}

/** The order of what sets fields: by time, then by id, then within a change. */
export function compareSettings(one: Setting, other: Setting): number {
  if (one.time !== other.time) return one.time - other.time;
  if (one.run !== other.run) return one.run < other.run ? -1 : 1;
  return one.number - other.number || one.place - other.place;
}
