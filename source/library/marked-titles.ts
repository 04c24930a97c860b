import { hashByte, hashSeed } from "../papers/identity-hash.js";
import { titleOf } from "../papers/same-paper.js";
import type { JournalScan } from "./journal-scan.js";
import { bucketed, bucketOf } from "./known-papers.js";
import { type PlainLine, part, stride } from "./plain-line.js";
import { inSteps } from "./steps.js";

const prefix = new TextEncoder().encode("title:");
const slash = 0x2f;
const backslash = 0x5c;

/** A hash of a normalised title's letters and digits, which tells most titles apart without making them. */
export function lettersHash(title: string): number {
  const bytes = new TextEncoder().encode(title.slice("title:".length).replaceAll("-", ""));
  let hash = hashSeed;
  // Cold on the way to the first screen, where an iterator takes four times as long.
  for (let at = 0; at < bytes.length; at += 1) hash = hashByte(hash, bytes[at] as number);
  return hash;
}

/**
 * The same of the title by which a paper of a plain line is found (`titleOf`), `base` being where its
 * numbers begin; `null` where it is not of ASCII alone, empty or has TeX, and has to be made.
 */
export function nameHashAt(bytes: Uint8Array, { parts }: PlainLine, base: number): number | null {
  const start = parts[base + part.start] as number;
  const titleStart = parts[base + part.titleStart] as number;
  const titleEnd = parts[base + part.titleEnd] as number;
  for (let at = titleStart; at < titleEnd; at += 1) if (bytes[at] === backslash) return null;
  if (!isTitle(bytes, start)) return lettersHashAt(bytes, titleStart, titleEnd);
  const end = parts[base + part.end] as number;
  return lettersHashAt(bytes, start + prefix.length, endOfTitle(bytes, start, end));
}

/** The title of a paper of a plain line. */
export function titleAt(bytes: Buffer, { parts }: PlainLine, base: number): string {
  const text = bytes.toString("utf8", parts[base + part.titleStart], parts[base + part.titleEnd]);
  if (!text.includes("\\")) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

/** `lettersHash` of the title that an identity begins with, in bytes; `null` where it is not made of a title. */
export function titleHashOf(ids: Uint8Array, start: number, end: number): number | null {
  if (!isTitle(ids, start)) return null;
  let hash = hashSeed;
  for (let at = start + prefix.length; at < endOfTitle(ids, start, end); at += 1) {
    if (ids[at] !== 0x2d) hash = hashByte(hash, ids[at] as number);
  }
  return hash;
}

function endOfTitle(ids: Uint8Array, start: number, end: number): number {
  const found = ids.indexOf(slash, start);
  return found < 0 || found > end ? end : found;
}

function isTitle(bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < prefix.length; at += 1) if (bytes[start + at] !== prefix[at]) return false;
  return true;
}

function lettersHashAt(bytes: Uint8Array, start: number, end: number): number | null {
  let hash = hashSeed;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= 0x80) return null;
    // What makes letters small leaves digits as they are.
    const letter = byte | 0x20;
    if ((letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39)) hash = hashByte(hash, letter);
  }
  return hash === hashSeed ? null : hash;
}

/** Larger than any journal is long, in bytes. */
const longest = 2 ** 41;

/** Where in the journals papers of a title were marked, in columns, those of one bucket beside each other. */
export interface TitleColumns {
  readonly directory: Uint32Array;
  readonly hashes: Uint32Array;
  /** Which journal, by the place of its name among all, and where in it the line begins. */
  readonly lines: Float64Array;
}

/** The lines with a title of one of these hashes, as `[journal, place]`, in the order of journals and lines. */
export function linesWith(columns: TitleColumns, wanted: ReadonlySet<number>): readonly [number, number][] {
  const { directory, hashes, lines } = columns;
  const found = new Set<number>();
  for (const hash of wanted) {
    const bucket = bucketOf(hash, directory.length - 1);
    const last = directory[bucket + 1] as number;
    for (let index = directory[bucket] as number; index < last; index += 1) {
      if (hashes[index] === hash >>> 0) found.add(lines[index] as number);
    }
  }
  return [...found]
    .sort((one, other) => one - other)
    .map((line) => [Math.floor(line / longest), line % longest]);
}

/** Collects under which titles papers were marked, and where. */
export class MarkedTitles {
  #hashes = new Int32Array(1 << 10);
  #lines = new Float64Array(1 << 10);
  #count = 0;

  /** Takes in what was collected before, in steps. */
  *addKnown({ hashes, lines }: TitleColumns): Generator<void, void> {
    yield* inSteps(lines.length, (index) => this.#add(hashes[index] as number, lines[index] as number));
  }

  /** Notes the papers of the entry that a scan stands at. */
  add({ entry, plain, bytes, start, from }: JournalScan, journal: number): void {
    const line = journal * longest + from + start;
    if (entry !== null) {
      for (const { paper, title } of entry.papers)
        this.#add(lettersHash(titleOf({ id: paper, title })), line);
      return;
    }
    const { parts } = plain;
    for (let base = 0; base < plain.count * stride; base += stride) {
      const id = () => bytes.toString("latin1", parts[base + part.start], parts[base + part.end]);
      const hash =
        nameHashAt(bytes, plain, base) ??
        lettersHash(titleOf({ id: id(), title: titleAt(bytes, plain, base) }));
      this.#add(hash, line);
    }
  }

  /** What was collected, to be kept, in steps. */
  *columns(): Generator<void, TitleColumns> {
    const { directory, order } = yield* bucketed(this.#hashes, this.#count);
    const hashes = new Uint32Array(this.#count);
    const lines = new Float64Array(this.#count);
    yield* inSteps(this.#count, (at) => {
      hashes[at] = this.#hashes[order[at] as number] as number;
      lines[at] = this.#lines[order[at] as number] as number;
    });
    return { directory, hashes, lines };
  }

  #add(hash: number, line: number): void {
    // Papers of one line may have one title.
    if (
      this.#count > 0 &&
      this.#hashes[this.#count - 1] === (hash | 0) &&
      this.#lines[this.#count - 1] === line
    )
      return;
    if (this.#count === this.#lines.length) {
      const [hashes, lines] = [this.#hashes, this.#lines];
      this.#hashes = new Int32Array(hashes.length * 2);
      this.#lines = new Float64Array(lines.length * 2);
      this.#hashes.set(hashes);
      this.#lines.set(lines);
    }
    this.#hashes[this.#count] = hash;
    this.#lines[this.#count] = line;
    this.#count += 1;
  }
}
