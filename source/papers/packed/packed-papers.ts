import type { Paper } from "../paper.js";
import { CollectedEntries } from "../same/collected-entries.js";
import { kindOf } from "../same/contradiction.js";
import { isFormerTitle, isJoined, withDistinctId } from "../same/join-doubles.js";
import { joinRecords } from "../same/join-records.js";
import { rowsOfOnePaper } from "../same/rows-of-one-paper.js";
import { type CountField, countFields } from "../sort-and-column-names.js";
import { IdTable } from "./id-table.js";
import { hashOf } from "./identity-hash.js";
import { RecordReader, RecordWriter } from "./record.js";

/** Bytes per chunk of records; a longer record has its own. */
const chunkSize = 1 << 22;
/** Records begin at multiples of this many bytes, and offsets count in these: 32 bits are enough for 16 GB. */
const unit = 4;
const unitsPerChunk = chunkSize / unit;
/** A longer list of chunks is not reused by another listing, so that chunk numbers never run out. */
const mostInherited = 2 ** 32 / unitsPerChunk / 4;
/** The smallest capacity of the columns. */
const leastRoom = 1 << 10;
/** Papers cached as objects: those of a few screens, so that drawing finds the same objects again. */
const heldPapers = 512;
/** Papers written in one step of `settling`. */
const stretch = 1_000;

/** Packed papers for another thread, which reads the same bytes. */
export interface SharedPapers {
  readonly size: number;
  readonly chunks: readonly (SharedArrayBuffer | null)[];
  /** The offset of each paper's record. */
  readonly places: Uint32Array<ArrayBuffer>;
}

/**
 * Papers as records in large chunks of bytes (`record.ts`), for listings that would not fit into memory as
 * objects. A paper is an object only while it is in use. Duplicates are joined as they are added, as in
 * `joinDoubles`.
 *
 * Written bytes never change: another thread may read them at the same time.
 */
export class PackedPapers implements Iterable<Paper> {
  readonly #chunks: (Buffer<SharedArrayBuffer> | null)[];
  /** The current chunk, and the offset of its next record. */
  #open = -1;
  #tail = chunkSize;
  #size = 0;
  #places = new Uint32Array(leastRoom);
  readonly #ids = new IdTable();
  /** For each paper, the indices in `#days` of its publication day and of the day it was listed. */
  #dayNumbers = new Uint32Array(leastRoom);
  #listedNumbers: Uint32Array | null = null;
  /** Index 0 means no day. */
  readonly #days: (string | null)[] = [null];
  readonly #numberOfDay = new Map<string | null, number>([[null, 0]]);
  /** NaN if unknown; absent if unknown for all papers. */
  readonly #counts: Record<CountField, Float64Array | null> = {
    upvotes: null,
    codeStars: null,
    comments: null,
    citations: null,
  };
  readonly #kinds = { title: 0, doi: 0, arxiv: 0, formerTitles: 0 };
  /** Identifier → the papers that share it. */
  readonly #sharing = new Map<string, number[]>();
  /** They are written once, in `settling`. */
  readonly #entries = new CollectedEntries();
  /** The indices of papers with several entries. */
  readonly #withSeveralEntries = new Set<number>();
  #hasAuthors = false;
  #hasDates = false;
  /** Bytes of the records in use. */
  #live = 0;
  #before: PackedPapers | null;
  /**
   * The last papers that were made, and the slot of each by its index. A map of the papers themselves would grow by
   * new tables, and each old one would keep its papers alive until the whole heap is collected.
   */
  readonly #held: Paper[] = [];
  readonly #heldIndices: number[] = [];
  readonly #slots = new Map<number, number>();
  #nextSlot = 0;
  readonly #writer = new RecordWriter();
  readonly #reader = new RecordReader();

  /**
   * @param before the listing to replace: unchanged papers are shared, so a refresh does not take the memory of
   *   two listings
   */
  constructor(before: PackedPapers | null = null) {
    const isWorthIt = before !== null && before.#chunks.length <= mostInherited && !before.#isMostlyDead();
    this.#before = isWorthIt ? before : null;
    this.#chunks = isWorthIt ? before.#chunks.slice() : [];
  }

  /** How many papers there are, with duplicates joined. */
  get length(): number {
    return this.#size;
  }

  /** Bytes allocated for records. */
  get bytes(): number {
    return this.#chunks.reduce((sum, chunk) => sum + (chunk?.length ?? 0), 0);
  }

  /** Which counts any paper has. */
  get hasCounts(): Readonly<Record<CountField, boolean>> {
    const { upvotes, codeStars, comments, citations } = this.#counts;
    return {
      upvotes: upvotes !== null,
      codeStars: codeStars !== null,
      comments: comments !== null,
      citations: citations !== null,
    };
  }

  get hasDates(): boolean {
    return this.#hasDates;
  }

  /** Whether any paper has the day on which it was listed. */
  get hasListed(): boolean {
    return this.#listedNumbers !== null;
  }

  get hasAuthors(): boolean {
    return this.#hasAuthors;
  }

  /** How many papers have an identity made of their title. */
  get titleIds(): number {
    return this.#kinds.title;
  }

  /** The indices of papers with several bibliography entries. */
  get withSeveralEntries(): Iterable<number> {
    return this.#withSeveralEntries;
  }

  /**
   * Adds a paper, or joins it with the one of the same identity, unless that is another paper with the same
   * identifier.
   */
  push(paper: Paper): void {
    const hash = hashOf(paper.id);
    const known = this.#find(paper.id, hash);
    if (known < 0) {
      this.#add(paper, hash);
      return;
    }
    const sharing = this.#sharing.get(paper.id) ?? [known];
    for (const index of sharing) {
      const before = this.#read(index);
      if (!isJoined(before, paper)) continue;
      const joined = this.#entries.join(index, before, { ...paper, id: before.id });
      if (isFormerTitle(joined) && !isFormerTitle(before)) this.#kinds.formerTitles += 1;
      this.#replace(index, joined);
      return;
    }
    const distinct = withDistinctId(paper);
    // An article keeps the identity of its title; the thesis that has it now gets another in `settling`.
    if (distinct.id === paper.id) this.#add(paper, hash);
    else this.push(distinct);
    const index = distinct.id === paper.id ? this.#size - 1 : this.indexOf(distinct.id);
    this.#sharing.set(paper.id, [...sharing, index]);
  }

  #add(paper: Paper, hash: number): void {
    const index = this.#size;
    if (index === this.#places.length) this.#grow();
    this.#size += 1;
    this.#ids.add(hash);
    this.#kinds[kindOf(paper.id)] += 1;
    if (isFormerTitle(paper)) this.#kinds.formerTitles += 1;
    this.#put(index, paper);
  }

  #replace(index: number, paper: Paper): void {
    const place = this.#places[index] as number;
    this.#live -= this.#reader.size(this.#chunkOf(place), offsetOf(place));
    this.#put(index, paper);
    this.#slots.delete(index);
  }

  /** The paper at `index`: the same object as long as it is on one of the last screens. */
  paper(index: number): Paper {
    const held = this.#slots.get(index);
    if (held !== undefined) return this.#held[held] as Paper;
    const paper = this.#read(index);
    const slot = this.#nextSlot;
    const before = this.#heldIndices[slot];
    if (before !== undefined && this.#slots.get(before) === slot) this.#slots.delete(before);
    this.#held[slot] = paper;
    this.#heldIndices[slot] = index;
    this.#slots.set(index, slot);
    this.#nextSlot = (slot + 1) % heldPapers;
    return paper;
  }

  /** The identity of the paper at `index`, without making the paper. */
  id(index: number): string {
    const place = this.#places[index] as number;
    return this.#reader.id(this.#chunkOf(place), offsetOf(place));
  }

  title(index: number): string {
    const place = this.#places[index] as number;
    return this.#reader.title(this.#chunkOf(place), offsetOf(place));
  }

  firstAuthor(index: number): string | null {
    const place = this.#places[index] as number;
    return this.#reader.firstAuthor(this.#chunkOf(place), offsetOf(place));
  }

  published(index: number): string | null {
    return this.#days[this.#dayNumbers[index] as number] as string | null;
  }

  listed(index: number): string | null {
    return this.#days[this.#listedNumbers?.[index] ?? 0] as string | null;
  }

  count(index: number, field: CountField): number | null {
    const count = this.#counts[field]?.[index];
    return count === undefined || Number.isNaN(count) ? null : count;
  }

  /** The index of the paper with that identity, or -1. */
  indexOf(id: string): number {
    return this.#find(id, hashOf(id));
  }

  /** The same for an identity in ASCII bytes, from `start` to `end`. @param hash `hashOf` of it */
  indexOfBytes(bytes: Uint8Array, start: number, end: number, hash: number): number {
    return this.#ids.find(hash, (index) => {
      const place = this.#places[index] as number;
      return this.#reader.hasIdBytes(this.#chunkOf(place), offsetOf(place), bytes, start, end);
    });
  }

  *[Symbol.iterator](): Generator<Paper, void, undefined> {
    for (let index = 0; index < this.#size; index += 1) yield this.#read(index);
  }

  /** The first `size` papers, for another thread. */
  shared(size: number): SharedPapers {
    return {
      size,
      chunks: this.#chunks.map((chunk) => chunk?.buffer ?? null),
      places: this.#places.slice(0, size),
    };
  }

  /**
   * Joins papers that are one (`rows-of-one-paper.ts`), and gives papers with a shared identifier identities of their
   * own. Works in steps, so that other work can run in between.
   * @returns all papers after joining: this object, or a new one if any were joined
   */
  *settling(): Generator<void, PackedPapers, void> {
    for (const [index, paper] of this.#entries.take((at) => this.#read(at))) this.#replace(index, paper);
    this.#before = null;
    this.#dropUnused();
    const distinct = new Map<number, Paper | null>();
    for (const index of [...this.#sharing.values()].flat())
      distinct.set(index, withDistinctId(this.#read(index)));
    // Their new identities may match other papers.
    if (distinct.size > 0) return yield* (yield* this.#rewritten(distinct)).settling();
    const rows = { size: this.#size, kinds: this.#kinds };
    const roots = yield* rowsOfOnePaper({
      ...rows,
      id: (index) => this.id(index),
      title: (index) => this.title(index),
      paper: (index) => this.#read(index),
    });
    if (roots.size === 0) return this;
    const joined = new Map<number, Paper | null>();
    for (const [index, root] of [...roots].sort(([one], [other]) => one - other)) {
      joined.set(root, joinRecords(joined.get(root) ?? this.#read(root), this.#read(index)));
      joined.set(index, null);
    }
    // A joined paper has more data, and may match yet another row.
    return yield* (yield* this.#rewritten(joined)).settling();
  }

  /** The papers with some replaced, and without those that are `null` there. */
  *#rewritten(others: ReadonlyMap<number, Paper | null>): Generator<void, PackedPapers, void> {
    const papers = new PackedPapers(this);
    for (let index = 0; index < this.#size; index += 1) {
      if (index % stretch === 0) yield;
      const paper = others.get(index);
      if (paper !== null) papers.push(paper ?? this.#read(index));
    }
    return papers;
  }

  #read(index: number): Paper {
    const place = this.#places[index] as number;
    return this.#reader.paper(this.#chunkOf(place), offsetOf(place));
  }

  #find(id: string, hash: number): number {
    return this.#ids.find(hash, (index) => {
      const place = this.#places[index] as number;
      return this.#reader.hasId(this.#chunkOf(place), offsetOf(place), id);
    });
  }

  #chunkOf(place: number): Buffer {
    return this.#chunks[Math.floor(place / unitsPerChunk)] as Buffer;
  }

  #put(index: number, paper: Paper): void {
    this.#places[index] = this.#write(paper);
    if (paper.otherEntries) this.#withSeveralEntries.add(index);
    this.#hasAuthors ||= paper.authors.length > 0;
    this.#dayNumbers[index] = this.#dayNumber(paper.published);
    this.#hasDates ||= paper.published !== null;
    if (paper.listed !== null) this.#listedNumbers ??= new Uint32Array(this.#places.length);
    if (this.#listedNumbers !== null) this.#listedNumbers[index] = this.#dayNumber(paper.listed);
    for (const field of countFields) {
      const count = paper[field];
      if (count !== null) this.#counts[field] ??= new Float64Array(this.#places.length).fill(Number.NaN);
      const column = this.#counts[field];
      if (column !== null) column[index] = count ?? Number.NaN;
    }
  }

  /** @returns the offset of the paper's record */
  #write(paper: Paper): number {
    const size = this.#writer.take(paper);
    const chunk = this.#chunkFor(size);
    this.#writer.write(chunk, this.#tail);
    this.#live += size;
    const same = this.#placeBefore(paper, chunk, size);
    if (same !== null) return same;
    const place = this.#open * unitsPerChunk + this.#tail / unit;
    this.#tail += Math.ceil(size / unit) * unit;
    return place;
  }

  /** The offset of an equal record in the previous listing, or `null`. */
  #placeBefore({ id }: Paper, chunk: Buffer, size: number): number | null {
    const before = this.#before;
    const index = before?.indexOf(id) ?? -1;
    if (before === null || index < 0) return null;
    const place = before.#places[index] as number;
    const start = offsetOf(place);
    const there = before.#chunkOf(place);
    if (start + size > there.length) return null;
    return chunk.compare(there, start, start + size, this.#tail, this.#tail + size) === 0 ? place : null;
  }

  /** The chunk with room for this many bytes, at `#tail`. */
  #chunkFor(size: number): Buffer {
    if (this.#open >= 0) {
      const open = this.#chunks[this.#open] as Buffer;
      if (this.#tail + size <= open.length) return open;
    }
    // Chunks are never copied to larger ones, and only the last has free space.
    const chunk = Buffer.from(new SharedArrayBuffer(Math.max(chunkSize, size)));
    this.#open = this.#chunks.length;
    this.#tail = 0;
    this.#chunks.push(chunk);
    return chunk;
  }

  #dayNumber(day: string | null): number {
    const known = this.#numberOfDay.get(day);
    if (known !== undefined) return known;
    const number = this.#days.length;
    // A copy: a slice of ten characters would retain the whole record's text.
    this.#days.push(day === null ? null : Buffer.from(day, "utf16le").toString("utf16le"));
    this.#numberOfDay.set(this.#days[number] as string | null, number);
    return number;
  }

  /** Whether less than half of the allocated bytes are in use. */
  #isMostlyDead(): boolean {
    return 2 * this.#live < this.bytes - 2 * chunkSize;
  }

  /** Releases chunks of the previous listing that share nothing with this one. */
  #dropUnused(): void {
    const isUsed = new Uint8Array(this.#chunks.length);
    for (let index = 0; index < this.#size; index += 1) {
      isUsed[Math.floor((this.#places[index] as number) / unitsPerChunk)] = 1;
    }
    for (let at = 0; at < isUsed.length; at += 1) {
      if (isUsed[at] === 0 && at !== this.#open) this.#chunks[at] = null;
    }
  }

  #grow(): void {
    const room = 2 * this.#places.length;
    this.#places = enlarged(this.#places, new Uint32Array(room));
    this.#dayNumbers = enlarged(this.#dayNumbers, new Uint32Array(room));
    if (this.#listedNumbers !== null)
      this.#listedNumbers = enlarged(this.#listedNumbers, new Uint32Array(room));
    for (const field of countFields) {
      const column = this.#counts[field];
      if (column !== null) this.#counts[field] = enlarged(column, new Float64Array(room).fill(Number.NaN));
    }
  }
}

/** Reads the papers of a listing of another thread. */
export class SharedPapersReader {
  readonly size: number;
  readonly #chunks: readonly (Buffer | null)[];
  readonly #places: Uint32Array;
  readonly #reader = new RecordReader();

  constructor({ size, chunks, places }: SharedPapers) {
    this.size = size;
    this.#chunks = chunks.map((chunk) => chunk && Buffer.from(chunk));
    this.#places = places;
  }

  /** The paper at `index`, from 0 to `size - 1`: a new object each time. */
  paper(index: number): Paper {
    const place = this.#places[index] as number;
    return this.#reader.paper(this.#chunks[Math.floor(place / unitsPerChunk)] as Buffer, offsetOf(place));
  }
}

function offsetOf(place: number): number {
  return (place % unitsPerChunk) * unit;
}

/** `into`, with `from` copied to its beginning. */
function enlarged<Column extends Uint32Array | Float64Array>(from: Column, into: Column): Column {
  into.set(from);
  return into;
}
