import type { WantedKind } from "../../papers/interests/evidence.js";
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
  type MarkField,
  markBits,
  markFields,
  type PaperChange,
  paperFields,
} from "../../papers/marks.js";
import { clean } from "../../text/clean.js";
import { Column, type ColumnSettings, compareSettings, type Setting, type StoredColumn } from "./column.js";
import type { JournalEntry } from "./format.js";
import { MarkedTitles, type StoredTitles } from "./marked-titles.js";

/** A title, and what set it. */
interface Title extends Setting {
  readonly title: string;
}

/** Registers as plain JSON values. */
export interface StoredRegisters {
  readonly columns: Readonly<Record<string, StoredColumn>>;
  readonly names: readonly (readonly [string, Title])[];
  readonly untitled: readonly string[];
  readonly titles: StoredTitles;
  readonly newest: number;
}

/** What set the fields, by field. Few starts need it. */
export type FieldSettings = Readonly<Record<string, ColumnSettings>>;

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
  readonly #columns: Map<string, Column> = new Map(fields.map((field) => [field, new Column()]));
  /** Titles of papers with a listed mark (starred or later), and names of watches and the like. */
  #names = new Map<string, Title>();
  /** The titles of all papers. */
  titles = new MarkedTitles();
  /** The ordering time of the newest change, in milliseconds since 1970. */
  newest = 0;
  /** Papers starred or kept for later when only their identity was known. */
  readonly untitled = new Set<string>();

  /**
   * Applies a change.
   * @param time its ordering time, in milliseconds since 1970
   * @param before gets the bits of each paper before its first change
   */
  apply({ id, papers }: JournalEntry, time: number, before: Map<string, number> | null = null): void {
    if (time > this.newest) this.newest = time;
    for (let place = 0; place < papers.length; place += 1) {
      const one = papers[place] as PaperChange;
      const bits = before === null ? 0 : this.bits(one.paper);
      for (const key in one) {
        this.#columns.get(key)?.set(one.paper, one[key as Field] as FieldValue, time, id, place);
      }
      const isListed = one.starred !== undefined || one.later !== undefined || one.on !== undefined;
      if (isListed) this.#takeName(one, { time, id, place });
      if (!isInterestId(one.paper)) this.titles.add(one.paper, one.title);
      if (before !== null && !before.has(one.paper) && this.bits(one.paper) !== bits)
        before.set(one.paper, bits);
    }
  }

  /** The mark bits of a paper, or 0. */
  bits(paper: string): number {
    let bits = 0;
    for (const field of markFields) if (this.#column(field).get(paper) === true) bits |= markBits[field];
    return bits;
  }

  /** Where the reader left a paper's text; "" where they have not, or at its beginning. */
  place(paper: string): string {
    return this.text(paper, "place");
  }

  /** The value of a text field; "" where there is none. */
  text(id: string, field: Exclude<Field, MarkField | "on">): string {
    const value = this.#column(field).get(id);
    return typeof value === "string" ? value : "";
  }

  /** Whether a watch, a follow, a mute, a struck reason or a note is in force. */
  isOn(id: string): boolean {
    return this.#column("on").get(id) === true;
  }

  /**
   * The watches, follows, mutes and struck reasons in force, by identity; without those that have no name. The
   * journal may be another program's, so their texts are cleaned.
   */
  interests(): readonly Interest[] {
    return this.#column("on")
      .papersWith(true)
      .filter((id) => interestKind(id) !== null && !/^\w+:\s*$/.test(id))
      .sort()
      .map((id) => ({
        id,
        title: clean(this.#nameOf(id)) || nameIn(id),
        filter: clean(this.text(id, "filter")),
        with: this.text(id, "with"),
        without: this.text(id, "without"),
      }))
      .filter(({ title }) => title !== "");
  }

  /** The papers that the reader wanted, and the surest sign of it, by identity in alphabetical order. */
  wanted(): ReadonlyMap<string, WantedKind> {
    const found = new Map<string, WantedKind>();
    for (const id of this.#noted("learned")) found.set(id, "learned");
    const place = this.#column("place");
    for (const id of place.papers()) if (place.get(id) !== "") found.set(id, "readInFull");
    for (const id of this.#noted("exported")) found.set(id, "exported");
    for (const field of ["later", "starred"] as const)
      for (const id of this.#column(field).papersWith(true)) if (!isInterestId(id)) found.set(id, field);
    return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  /** The title of a paper when it was marked, or of its notes; "" if unknown. */
  titleOf(paper: string): string {
    return (
      this.#nameOf(paper) || this.#nameOf(noteId("learned", paper)) || this.#nameOf(noteId("exported", paper))
    );
  }

  /** Each paper that has or had a mark, or a place in its text, with its bits. */
  all(): ReadonlyMap<string, number> {
    const all = new Map<string, number>();
    for (const field of paperFields) {
      for (const paper of this.#column(field).papers()) {
        if (!all.has(paper) && !isInterestId(paper)) all.set(paper, this.bits(paper));
      }
    }
    return all;
  }

  /** How many papers have a mark. */
  get size(): number {
    let size = 0;
    for (const bits of this.all().values()) if (bits !== 0) size += 1;
    return size;
  }

  /** The papers that have a mark now, the last marked first. */
  marked(field: MarkField): readonly Marked[] {
    return this.#column(field)
      .lastWith(true)
      .filter((paper) => !isInterestId(paper))
      .map((paper) => ({ paper, title: this.#nameOf(paper) }));
  }

  /** The registers as plain values. */
  stored(): StoredRegisters {
    return {
      columns: Object.fromEntries([...this.#columns].map(([field, column]) => [field, column.stored()])),
      names: [...this.#names],
      untitled: [...this.untitled],
      titles: this.titles.stored(),
      newest: this.newest,
    };
  }

  settings(): FieldSettings {
    return Object.fromEntries([...this.#columns].map(([field, column]) => [field, column.storedSettings()]));
  }

  /**
   * Registers from stored values. Throws if the values have another shape.
   * @param readSettings called once when they are needed
   */
  static from(stored: StoredRegisters, readSettings: () => FieldSettings): Registers {
    const made = new Registers();
    let settings: FieldSettings | null = null;
    for (const [field, column] of Object.entries(stored.columns)) {
      const ofField = () => {
        settings ??= readSettings();
        return settings[field] as ColumnSettings;
      };
      made.#columns.set(field, Column.from(column, ofField));
    }
    made.#names = new Map(stored.names);
    for (const paper of stored.untitled) made.untitled.add(paper);
    made.titles = MarkedTitles.from(stored.titles);
    made.newest = stored.newest;
    return made;
  }

  #column(field: Field): Column {
    return this.#columns.get(field) as Column;
  }

  /** The papers that a note is in force of. */
  #noted(kind: NoteKind): string[] {
    const prefix = noteId(kind, "");
    return this.#column("on")
      .papersWith(true)
      .filter((id) => id.startsWith(prefix))
      .map((id) => id.slice(prefix.length));
  }

  #nameOf(paper: string): string {
    return this.#names.get(paper)?.title ?? "";
  }

  /** Keeps the newest title of a paper. */
  #takeName({ paper, title, starred, later }: PaperChange, setting: Setting): void {
    if (title === "" && (starred || later)) this.untitled.add(paper);
    const known = this.#names.get(paper);
    const isLater = known === undefined || compareSettings(setting, known) >= 0;
    if (title !== "" && isLater) this.#names.set(paper, { title, ...setting });
  }
}

/** What an identity says after its kind; "" where that is no more than the kind of a name: `follow:author/`. */
function nameIn(id: string): string {
  const name = clean(id.slice(id.indexOf(":") + 1));
  return /^\w+\/$/.test(name) ? "" : name;
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
