import { hashByte, hashSeed, spread } from "../papers/identity-hash.js";
import type { Kind } from "../papers/same-paper.js";
import { bucketed, KnownPapers } from "./known-papers.js";
import { inSteps } from "./steps.js";

const titlePrefix = new TextEncoder().encode("title:");
const doiPrefix = new TextEncoder().encode("doi:");

/** The fewest papers a table is made for. */
const leastRoom = 1 << 10;

/**
 * Papers by their identity, each with its marks and when they last changed, in columns: at a start
 * 400,000 papers are put in, and neither a text nor an object is made for one of them.
 */
export class PaperTable {
  /** Open addressing: a slot holds 1 + the paper's number, 0 where it is free. Never more than half full. */
  #slots: Int32Array;
  #hashes: Int32Array;
  /** Where each identity begins in `#ids`; one more, where the last ends. */
  #starts: Uint32Array;
  #ids: Uint8Array;
  #bits: Uint8Array;
  #stamps: Float64Array;
  #count = 0;
  #marked = 0;
  #scratch = new Uint8Array(256);
  /** How many papers are known by their title only, and how many by a DOI. */
  #titles = 0;
  #dois = 0;

  /** Papers of which more is in the table only where they have changed since. */
  readonly #known: KnownPapers | null;
  /** How many of those have. */
  #changed = 0;

  /**
   * @param expected about how many papers there will be; more are taken too
   * @param known papers as they were before
   */
  constructor(expected = 0, known: KnownPapers | null = null) {
    this.#known = known;
    this.#marked = known?.counts.marked ?? 0;
    const room = 2 ** Math.ceil(Math.log2(Math.max(leastRoom, expected)));
    this.#slots = new Int32Array(room * 2);
    this.#hashes = new Int32Array(room);
    this.#starts = new Uint32Array(room + 1);
    this.#ids = new Uint8Array(room * 16);
    this.#bits = new Uint8Array(room);
    this.#stamps = new Float64Array(room);
  }

  /** How many papers have a mark. */
  get marked(): number {
    return this.#marked;
  }

  /** How many papers have or had a mark. */
  get known(): number {
    return this.#count + (this.#known?.counts.papers ?? 0) - this.#changed;
  }

  /** The kinds of identities of papers that have or had a mark. */
  get kinds(): ReadonlySet<Kind> {
    const { papers, titles, dois } = this.#known?.counts ?? { papers: 0, titles: 0, dois: 0 };
    const kinds = new Set<Kind>();
    if (this.#titles + titles > 0) kinds.add("title");
    if (this.#dois + dois > 0) kinds.add("doi");
    if (this.#count > this.#titles + this.#dois || papers > titles + dois) kinds.add("arxiv");
    return kinds;
  }

  /** The marks of a paper as bits, 0 where it has none. */
  bits(paper: string): number {
    const length = this.#encode(paper);
    const hash = hashOf(this.#scratch, length);
    const index = this.#find(this.#scratch, 0, length, hash);
    if (index >= 0) return this.#bits[index] as number;
    return this.#known === null ? 0 : this.#known.bits(this.#known.find(this.#scratch, 0, length, hash));
  }

  /** The stamp of the last change of a paper, -1 where there was none. */
  stamp(paper: string): number {
    const length = this.#encode(paper);
    return this.stampOf(this.#scratch, 0, length, hashOf(this.#scratch, length));
  }

  /** The same of the paper whose identity is the bytes from `start` to `end`; `hash` as in `set`. */
  stampOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const index = this.#find(bytes, start, end, hash);
    if (index >= 0) return this.#stamps[index] as number;
    return this.#known?.stampOf(bytes, start, end, hash) ?? -1;
  }

  /** `set`, with `told` telling which bits of it count. */
  setPaper(paper: string, told: number, set: number, stamp: number): void {
    const length = this.#encode(paper);
    this.set(this.#scratch, 0, length, hashOf(this.#scratch, length), told, set, stamp);
  }

  /**
   * Sets those bits of a paper that are told. The identity is the bytes from `start` to `end`, of
   * which `hash` is made by `hashByte`.
   */
  set(
    bytes: Uint8Array,
    start: number,
    end: number,
    hash: number,
    told: number,
    set: number,
    stamp: number,
  ): void {
    let index = this.#find(bytes, start, end, hash);
    if (index < 0) {
      index = this.#add(bytes, start, end, hash);
      const before = this.#known?.find(bytes, start, end, hash) ?? -1;
      if (this.#known !== null && before >= 0) {
        this.#bits[index] = this.#known.bits(before);
        this.#changed += 1;
      }
    }
    const before = this.#bits[index] as number;
    const after = (before & ~told) | (set & told);
    this.#bits[index] = after;
    this.#stamps[index] = stamp;
    if (before === 0 && after !== 0) this.#marked += 1;
    else if (before !== 0 && after === 0) this.#marked -= 1;
  }

  /** Each paper that has or had a mark, with its bits, in the order in which they were first marked. */
  *papers(): Generator<readonly [string, number], void, undefined> {
    for (let index = 0; index < this.#count; index += 1) {
      const id = Buffer.from(this.#ids.subarray(this.#starts[index], this.#starts[index + 1]));
      yield [id.toString(), this.#bits[index] as number];
    }
    if (this.#known === null) return;
    const { starts, ids, bits } = this.#known.columns;
    for (let index = 0; index < bits.length; index += 1) {
      const [start, end] = [starts[index] as number, starts[index + 1] as number];
      const isHere = this.#find(ids, start, end, hashBetween(ids, start, end)) >= 0;
      if (!isHere) yield [Buffer.from(ids.subarray(start, end)).toString(), bits[index] as number];
    }
  }

  /** Tells `take` of each paper that has a mark: where its identity stands, its hash and its bits. */
  eachMarked(take: (ids: Uint8Array, start: number, end: number, hash: number, bits: number) => void): void {
    for (let index = 0; index < this.#count; index += 1) {
      const bits = this.#bits[index] as number;
      if (bits === 0) continue;
      const [start, end] = [this.#starts[index] as number, this.#starts[index + 1] as number];
      take(this.#ids, start, end, this.#hashes[index] as number, bits);
    }
    if (this.#known === null) return;
    const { starts, ids, bits } = this.#known.columns;
    for (let index = 0; index < bits.length; index += 1) {
      if (bits[index] === 0) continue;
      const [start, end] = [starts[index] as number, starts[index + 1] as number];
      const hash = hashBetween(ids, start, end);
      if (this.#find(ids, start, end, hash) < 0) take(ids, start, end, hash, bits[index] as number);
    }
  }

  /** Takes in papers that were known before, in steps; of an empty table with room for them. */
  *takeKnown({ columns: { starts, ids, bits, stamps } }: KnownPapers): Generator<void, void> {
    yield* inSteps(bits.length, (index) => {
      const [start, end] = [starts[index] as number, starts[index + 1] as number];
      const hash = hashBetween(ids, start, end);
      this.set(ids, start, end, hash, 0xff, bits[index] as number, stamps[index] as number);
    });
  }

  /** All papers, to be kept, in steps; of a table that rests upon no other. */
  *columns(): Generator<void, KnownPapers> {
    const count = this.#count;
    const { directory, order } = yield* bucketed(this.#hashes, count);
    const starts = new Uint32Array(count + 1);
    const ids = new Uint8Array(this.#starts[count] as number);
    const bits = new Uint8Array(count);
    const stamps = new Float64Array(count);
    yield* inSteps(count, (at) => {
      const index = order[at] as number;
      const [start, end] = [this.#starts[index] as number, this.#starts[index + 1] as number];
      const from = starts[at] as number;
      for (let byte = start; byte < end; byte += 1) ids[from + byte - start] = this.#ids[byte] as number;
      starts[at + 1] = from + end - start;
      bits[at] = this.#bits[index] as number;
      stamps[at] = this.#stamps[index] as number;
    });
    const counts = { papers: count, marked: this.#marked, titles: this.#titles, dois: this.#dois };
    return new KnownPapers({ directory, starts, ids, bits, stamps }, counts);
  }

  #encode(paper: string): number {
    // No UTF-16 unit takes more than three bytes.
    if (this.#scratch.length < paper.length * 3) this.#scratch = new Uint8Array(paper.length * 3);
    return new TextEncoder().encodeInto(paper, this.#scratch).written;
  }

  #find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const hashes = this.#hashes;
    const starts = this.#starts;
    const ids = this.#ids;
    const length = end - start;
    const mask = slots.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const index = (slots[slot] as number) - 1;
      if (index < 0) return -1;
      if (hashes[index] !== hash) continue;
      const from = starts[index] as number;
      if ((starts[index + 1] as number) - from !== length) continue;
      let at = 0;
      while (at < length && ids[from + at] === bytes[start + at]) at += 1;
      if (at === length) return index;
    }
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    if (this.#count === this.#bits.length) this.#grow();
    const index = this.#count;
    const from = this.#starts[index] as number;
    const to = from + end - start;
    if (to > this.#ids.length)
      this.#ids = enlarged(this.#ids, new Uint8Array(Math.max(to, this.#ids.length * 2)));
    const ids = this.#ids;
    for (let at = 0; at < end - start; at += 1) ids[from + at] = bytes[start + at] as number;
    this.#starts[index + 1] = to;
    this.#hashes[index] = hash;
    this.#count = index + 1;
    if (beginsWith(bytes, start, titlePrefix)) this.#titles += 1;
    else if (beginsWith(bytes, start, doiPrefix)) this.#dois += 1;
    this.#place(index, hash);
    return index;
  }

  #place(index: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = spread(hash) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = index + 1;
  }

  #grow(): void {
    const room = this.#bits.length * 2;
    this.#bits = enlarged(this.#bits, new Uint8Array(room));
    this.#stamps = enlarged(this.#stamps, new Float64Array(room));
    this.#hashes = enlarged(this.#hashes, new Int32Array(room));
    this.#starts = enlarged(this.#starts, new Uint32Array(room + 1));
    this.#slots = new Int32Array(room * 2);
    for (let index = 0; index < this.#count; index += 1) this.#place(index, this.#hashes[index] as number);
  }
}

/** `into`, with what was in `from` at its beginning. */
function enlarged<Column extends Uint8Array | Uint32Array | Int32Array | Float64Array>(
  from: Column,
  into: Column,
): Column {
  into.set(from);
  return into;
}

function beginsWith(bytes: Uint8Array, start: number, prefix: Uint8Array): boolean {
  for (let at = 0; at < prefix.length; at += 1) if (bytes[start + at] !== prefix[at]) return false;
  return true;
}

function hashOf(bytes: Uint8Array, length: number): number {
  return hashBetween(bytes, 0, length);
}

function hashBetween(bytes: Uint8Array, start: number, end: number): number {
  let hash = hashSeed;
  for (let at = start; at < end; at += 1) hash = hashByte(hash, bytes[at] as number);
  return hash;
}
