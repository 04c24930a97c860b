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
import { titleHash } from "../../papers/same/title-hash.js";
import { clean } from "../../text/clean.js";
import { compareIds, entryTime, type JournalEntry } from "./format.js";

/** What set the value of a field of one paper. */
interface Setter {
  /** The ordering time of the change (`entryTime`). */
  readonly time: string;
  /** The id of the change. */
  readonly id: string;
  /** The paper's index in the change. */
  readonly place: number;
}

/** The value of a field of one paper, and what set it. */
interface Register extends Setter {
  readonly value: FieldValue;
}

/**
 * A list of texts as one text, a line each, which JSON reads several times faster; as it is where one of them has
 * a line feed.
 */
type StoredTexts = string | readonly string[];

function storedTexts(texts: readonly string[]): StoredTexts {
  return texts.length === 0 || texts.some((text) => text.includes("\n")) ? texts : texts.join("\n");
}

function textsFrom(stored: StoredTexts): string[] {
  return typeof stored === "string" ? stored.split("\n") : [...stored];
}

/** Registers as plain JSON values: lists of equal length, which take less time to read than a list for each. */
interface StoredColumn {
  readonly papers: StoredTexts;
  readonly values: readonly FieldValue[];
}
type StoredSetters = { readonly [Part in keyof Setter]: readonly Setter[Part][] };

/** What a start needs of the registers, as plain JSON values. */
export interface StoredRegisters {
  readonly columns: Readonly<Record<string, StoredColumn>>;
  readonly untitled: readonly string[];
  readonly titles: { readonly papers: StoredTexts; readonly hashes: readonly number[] };
  readonly newest: string;
}

/** What only the next change or a list of marks needs. It is most of the snapshot. */
export interface StoredRest {
  readonly setters: Readonly<Record<string, StoredSetters>>;
  readonly names: StoredColumn & StoredSetters;
}

/** The titles under which papers were marked, as hashes: of each pair its halves, some pairs more than once. */
interface MarkedTitles {
  readonly papers: string[];
  readonly hashes: number[];
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
  /** The registers of all papers by field. */
  readonly #columns: ReadonlyMap<string, Map<string, Register>>;
  /** The titles of papers with a listed mark (starred or later), and the names of watches and the like. */
  readonly #names = new Map<string, Register>();
  /** Reads the rest of a snapshot; `null` if that is done. */
  #readRest: (() => StoredRest) | null;
  /** So a start knows whether a listing may have marked papers under other identities, without the titles. */
  readonly titles: MarkedTitles;
  /** Papers starred or kept for later when only their identity was known. */
  readonly untitled: Set<string>;
  /** The ordering time of the newest change; "" if there is none. */
  newest: string;

  /**
   * @param stored what `stored()` gave; throws if it has another shape
   * @param readRest what `storedRest()` gave; called at most once
   */
  constructor(stored: StoredRegisters | null = null, readRest: (() => StoredRest) | null = null) {
    this.#columns = new Map(fields.map((field) => [field, columnFrom(stored?.columns[field])]));
    this.#readRest = readRest;
    const { papers, hashes } = stored?.titles ?? { papers: [], hashes: [] };
    this.titles = { papers: textsFrom(papers), hashes: [...hashes] };
    this.untitled = new Set(stored?.untitled);
    this.newest = stored?.newest ?? "";
  }

  /** The registers as plain values. */
  stored(): StoredRegisters {
    return {
      columns: Object.fromEntries([...this.#columns].map(([field, column]) => [field, storedColumn(column)])),
      untitled: [...this.untitled],
      titles: { papers: storedTexts(this.titles.papers), hashes: this.titles.hashes },
      newest: this.newest,
    };
  }

  storedRest(): StoredRest {
    this.#loadRest();
    return {
      setters: Object.fromEntries(
        [...this.#columns].map(([field, column]) => [field, storedSetters(column)]),
      ),
      names: { ...storedColumn(this.#names), ...storedSetters(this.#names) },
    };
  }

  #loadRest(): void {
    const rest = this.#readRest?.();
    this.#readRest = null;
    if (rest === undefined) return;
    for (const [field, column] of this.#columns) load(column, rest.setters[field]);
    for (const [paper, register] of columnFrom(rest.names)) this.#names.set(paper, register);
    load(this.#names, rest.names);
  }

  /**
   * Applies a change.
   * @param changed gets the papers whose marks are others after it
   */
  apply(entry: JournalEntry, changed: Set<string> | null = null): void {
    this.#loadRest();
    const { id, papers } = entry;
    const time = entryTime(entry);
    if (time > this.newest) this.newest = time;
    for (let place = 0; place < papers.length; place += 1) {
      const one = papers[place] as PaperChange;
      const { paper, title, starred, later, on } = one;
      const bits = changed === null ? 0 : this.bits(paper);
      for (const key in one) {
        const column = this.#columns.get(key);
        if (column) set(column, paper, { value: one[key as Field] as FieldValue, time, id, place });
      }
      const isListed = starred !== undefined || later !== undefined || on !== undefined;
      if (isListed && title !== "") set(this.#names, paper, { value: title, time, id, place });
      if (title === "" && (starred || later)) this.untitled.add(paper);
      const hash = isInterestId(paper) ? null : titleHash(paper, title);
      if (hash !== null) {
        this.titles.papers.push(paper);
        this.titles.hashes.push(hash);
      }
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

  /**
   * The watches, follows, mutes and struck reasons in force, by identity; without those that have no name. The
   * journal may be another program's, so their texts are cleaned.
   */
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
    for (const [id, { value }] of this.#column("place")) if (value !== "") found.set(id, "readInFull");
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

  /** Each paper that has or had a mark, or a place in its text, with its bits. */
  all(): ReadonlyMap<string, number> {
    const all = new Map<string, number>();
    for (const field of paperFields) {
      for (const paper of this.#column(field).keys()) {
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
    this.#loadRest();
    return [...this.#column(field)]
      .filter(([paper, { value }]) => value === true && !isInterestId(paper))
      .sort(([, one], [, other]) => compareRegisters(other, one))
      .map(([paper]) => ({ paper, title: this.#nameOf(paper) }));
  }

  #column(field: Field): Map<string, Register> {
    return this.#columns.get(field) as Map<string, Register>;
  }

  /** The papers of which a mark is set, in no order. */
  #papersWith(field: MarkField | "on"): string[] {
    return [...this.#column(field)].flatMap(([paper, { value }]) => (value === true ? paper : []));
  }

  /** The papers that a note is in force of. */
  #noted(kind: NoteKind): string[] {
    const prefix = noteId(kind, "");
    return this.#papersWith("on").flatMap((id) => (id.startsWith(prefix) ? id.slice(prefix.length) : []));
  }

  #nameOf(paper: string): string {
    this.#loadRest();
    return String(this.#names.get(paper)?.value ?? "");
  }
}

/** Sets the register of a paper, unless what set it before is later. */
function set(column: Map<string, Register>, paper: string, register: Register): void {
  const known = column.get(paper);
  // Early versions could give two changes one id; then the values decide.
  const order = known === undefined ? 1 : compareRegisters(register, known);
  if (order > 0 || (order === 0 && String(register.value) > String(known?.value)))
    column.set(paper, register);
}

/** The order in which values count: by time, then by id, then within a change. */
function compareRegisters(one: Register, other: Register): number {
  if (one.time !== other.time) return one.time < other.time ? -1 : 1;
  return compareIds(one.id, other.id) || one.place - other.place;
}

function storedColumn(column: ReadonlyMap<string, Register>): StoredColumn {
  return { papers: storedTexts([...column.keys()]), values: [...column.values()].map(({ value }) => value) };
}

function storedSetters(column: ReadonlyMap<string, Register>): StoredSetters {
  const all = <Part extends keyof Setter>(part: Part) => [...column.values()].map((one) => one[part]);
  return { time: all("time"), id: all("id"), place: all("place") };
}

/** The registers with their values, those of one value as one object; `load` adds what set them. */
function columnFrom(stored: StoredColumn | undefined): Map<string, Register> {
  const column = new Map<string, Register>();
  const registers = new Map<FieldValue, Register>();
  if (stored === undefined) return column;
  textsFrom(stored.papers).forEach((paper, at) => {
    const value = stored.values[at] as FieldValue;
    const register = registers.get(value) ?? { value, time: "", id: "", place: 0 };
    registers.set(value, register);
    column.set(paper, register);
  });
  return column;
}

function load(column: Map<string, Register>, stored: StoredSetters | undefined): void {
  if (stored === undefined) return;
  [...column].forEach(([paper, { value }], at) => {
    const { time, id, place } = stored;
    column.set(paper, { value, time: time[at] as string, id: id[at] as string, place: place[at] as number });
  });
}

/** What an identity says after its kind; "" where that is no more than the kind of a name: `follow:author/`. */
function nameIn(id: string): string {
  const name = clean(id.slice(id.indexOf(":") + 1));
  return /^\w+\/$/.test(name) ? "" : name;
}
