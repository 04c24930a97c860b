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
  fieldTypes,
  type MarkField,
  markBits,
  markFields,
  type PaperChange,
  paperFields,
} from "../../papers/marks.js";
import { clean } from "../../text/clean.js";
import { Column, compareRegisters } from "./column.js";
import { entryTime, type JournalEntry } from "./format.js";
import { MarkedTitles } from "./marked-titles.js";

/** What a snapshot has of the registers. */
export interface StoredRegisters {
  readonly newest: string;
  readonly untitled: readonly string[];
  /** Sorted lines (`sorted-lines.ts`) by their name: a field, `names` or `titles`. */
  readonly lines: ReadonlyMap<string, string>;
}

/** A paper that has a mark now. */
export interface Marked {
  readonly paper: string;
  /** The title when it was marked; "" if unknown. */
  readonly title: string;
}

/**
 * The marks as last-writer-wins registers (Shapiro et al., "A comprehensive study of Convergent and
 * Commutative Replicated Data Types", 2011, 3.2.1), one for each field of each paper: of several values the latest
 * counts, by time and then by id. So changes may come in any order, and more than once.
 */
export class Registers {
  /** The registers of all papers by field; `names` has the titles of those starred or later, and of watches. */
  readonly #columns: ReadonlyMap<string, Column>;
  readonly titles: MarkedTitles;
  /** Papers starred or kept for later when only their identity was known. */
  readonly untitled: Set<string>;
  /** The ordering time of the newest change; "" if there is none. */
  newest: string;

  /** @param stored what `stored()` gave */
  constructor({ newest = "", untitled = [], lines = new Map() }: Partial<StoredRegisters> = {}) {
    this.#columns = new Map([...fields, "names"].map((name) => [name, new Column(lines.get(name))]));
    this.titles = new MarkedTitles(lines.get("titles"));
    this.untitled = new Set(untitled);
    this.newest = newest;
  }

  stored(): StoredRegisters {
    const lines = new Map([...this.#columns].map(([field, column]) => [field, column.lines()]));
    lines.set("titles", this.titles.lines());
    return { newest: this.newest, untitled: [...this.untitled], lines };
  }

  /** Applies a change; `changed` gets the papers whose marks are others after it. */
  apply(entry: JournalEntry, changed: Set<string> | null = null): void {
    const { id, papers } = entry;
    const time = entryTime(entry);
    if (time > this.newest) this.newest = time;
    for (let place = 0; place < papers.length; place += 1) {
      const one = papers[place] as PaperChange;
      const { paper, title, starred, later, on } = one;
      const bits = changed === null ? 0 : this.bits(paper);
      for (const key in one) {
        const value = one[key as Field] as FieldValue;
        this.#columns.get(key)?.set(paper, { value, time, id, place });
      }
      const isListed = starred !== undefined || later !== undefined || on !== undefined;
      if (isListed && title !== "") this.#column("names").set(paper, { value: title, time, id, place });
      if (title === "" && (starred || later)) this.untitled.add(paper);
      if (!isInterestId(paper)) this.titles.add(paper, title);
      if (changed !== null && this.bits(paper) !== bits) changed.add(paper);
    }
  }

  /** The mark bits of a paper, or 0. */
  bits(paper: string): number {
    let bits = 0;
    for (const field of markFields) if (this.value(paper, field)) bits |= markBits[field];
    return bits;
  }

  /** The value of a field; false or "" where it was never set. */
  value<Name extends Field>(id: string, field: Name): FieldValue<Name> {
    const value = this.#column(field).get(id)?.value ?? (fieldTypes[field] === "boolean" ? false : "");
    return value as FieldValue<Name>;
  }

  /** The watches and the like in force, by identity, if they have a name. Another program may have written them. */
  interests(): readonly Interest[] {
    return this.#papersWith("on")
      .filter((id) => interestKind(id) !== null && !/^\w+:\s*$/.test(id))
      .sort()
      .map((id) => ({
        id,
        title: clean(this.#nameOf(id)) || nameIn(id),
        filter: clean(this.value(id, "filter")),
        with: this.value(id, "with"),
        without: this.value(id, "without"),
      }))
      .filter(({ title }) => title !== "");
  }

  /** The papers that the reader wanted, and the surest sign of it, by identity in alphabetical order. */
  wanted(): ReadonlyMap<string, WantedKind> {
    const found = new Map<string, WantedKind>();
    for (const id of this.#noted("learned")) found.set(id, "learned");
    for (const [id, { value }] of this.#column("place").all()) if (value !== "") found.set(id, "readInFull");
    for (const id of this.#noted("exported")) found.set(id, "exported");
    for (const field of ["later", "starred"] as const)
      for (const id of this.#papersWith(field)) if (!isInterestId(id)) found.set(id, field);
    return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  /** The title of a paper when it was marked, or of its notes; "" if unknown. */
  titleOf(paper: string): string {
    return (
      this.#nameOf(paper) || this.#nameOf(noteId("learned", paper)) || this.#nameOf(noteId("exported", paper))
    );
  }

  /** Each paper that has or had a mark, or a place in its text. */
  papers(): ReadonlySet<string> {
    const papers = new Set<string>();
    for (const field of paperFields)
      for (const paper of this.#column(field).all().keys()) if (!isInterestId(paper)) papers.add(paper);
    return papers;
  }

  /** How many papers have a mark. */
  get size(): number {
    let size = 0;
    for (const paper of this.papers()) if (this.bits(paper) !== 0) size += 1;
    return size;
  }

  /** The papers that have a mark now, the last marked first. */
  marked(field: MarkField): readonly Marked[] {
    return [...this.#column(field).all()]
      .filter(([paper, { value }]) => value === true && !isInterestId(paper))
      .sort(([, one], [, other]) => compareRegisters(other, one))
      .map(([paper]) => ({ paper, title: this.#nameOf(paper) }));
  }

  #column(name: Field | "names"): Column {
    return this.#columns.get(name) as Column;
  }

  /** The papers of which a mark is set, in no order. */
  #papersWith(field: MarkField | "on"): string[] {
    return [...this.#column(field).all()].flatMap(([paper, { value }]) => (value === true ? paper : []));
  }

  /** The papers that a note is in force of. */
  #noted(kind: NoteKind): string[] {
    const prefix = noteId(kind, "");
    return this.#papersWith("on").flatMap((id) => (id.startsWith(prefix) ? id.slice(prefix.length) : []));
  }

  #nameOf(paper: string): string {
    return String(this.#column("names").get(paper)?.value ?? "");
  }
}

/** What an identity says after its kind; "" where that is no more than the kind of a name: `follow:author/`. */
function nameIn(id: string): string {
  const name = clean(id.slice(id.indexOf(":") + 1));
  return /^\w+\/$/.test(name) ? "" : name;
}
