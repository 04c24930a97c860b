import { titleId } from "../papers/paper.js";
import type { JournalScan } from "./journal-scan.js";
import { bucketed, bucketOf } from "./known-papers.js";
import { hashByte, hashSeed, part, stride } from "./plain-line.js";

/** A hash of a normalised title's letters and digits, which tells most titles apart without making them. */
export function lettersHash(title: string): number {
  let hash = hashSeed;
  for (const byte of new TextEncoder().encode(title.slice("title:".length).replaceAll("-", ""))) {
    hash = hashByte(hash, byte);
  }
  return hash;
}

/** The same of a title in bytes; `null` where it is not of ASCII alone, or empty, and has to be made. */
export function lettersHashAt(bytes: Uint8Array, start: number, end: number): number | null {
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

/** The title that a marked paper is found by. */
export function nameOf(id: string, title: string): string {
  return id.startsWith("title:") ? id : titleId(title);
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

  /** Takes in what was collected before. */
  addKnown({ hashes, lines }: TitleColumns): void {
    for (let index = 0; index < lines.length; index += 1) {
      this.#add(hashes[index] as number, lines[index] as number);
    }
  }

  /** Notes the papers of the entry that a scan stands at. */
  add({ entry, plain, bytes, start, from }: JournalScan, journal: number): void {
    const line = journal * longest + from + start;
    if (entry !== null) {
      for (const { paper, title } of entry.papers) this.#add(lettersHash(nameOf(paper, title)), line);
      return;
    }
    const { parts } = plain;
    for (let base = 0; base < plain.count * stride; base += stride) {
      const [titleStart, titleEnd] = [parts[base + part.titleStart], parts[base + part.titleEnd]] as [
        number,
        number,
      ];
      const hash = lettersHashAt(bytes, titleStart, titleEnd);
      const id = () => bytes.toString("latin1", parts[base + part.start], parts[base + part.end]);
      const name = () => nameOf(id(), bytes.toString("utf8", titleStart, titleEnd));
      this.#add(hash ?? lettersHash(name()), line);
    }
  }

  columns(): TitleColumns {
    const { directory, order } = bucketed(this.#hashes, this.#count);
    return {
      directory,
      hashes: Uint32Array.from(order, (index) => this.#hashes[index] as number),
      lines: Float64Array.from(order, (index) => this.#lines[index] as number),
    };
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
