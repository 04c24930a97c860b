import { allFields, PlaceSets, placeBits, placeStep } from "../text/fields.js";
import { inOrder } from "../words/word-order.js";
import { Scanner } from "./scanner.js";
import { WordTable } from "./word-table.js";

/**
 * An inverted index. The postings of a word are `papers[offsets[word] … offsets[word + 1])`, in listing
 * order, each `paper × placeStep + field bits`.
 */
export interface Postings {
  readonly offsets: Uint32Array;
  readonly papers: Uint32Array;
}

/** A forward index: the words of each paper in turn, as `word number × placeStep + field bits`. */
export class Entries {
  /** Chunks, so that growing never copies. */
  readonly #pieces: Uint32Array[] = [];
  #length = 0;
  /** The number of entries of each paper. */
  readonly counts: number[] = [];

  push(entry: number): void {
    const at = this.#length & (pieceLength - 1);
    if (at === 0) this.#pieces.push(new Uint32Array(pieceLength));
    (this.#pieces[this.#length >>> pieceBits] as Uint32Array)[at] = entry;
    this.#length += 1;
  }

  at(place: number): number {
    return (this.#pieces[place >>> pieceBits] as Uint32Array)[place & (pieceLength - 1)] as number;
  }

  get length(): number {
    return this.#length;
  }

  /** Frees the entries before an index, which are not needed any more. */
  forgetBefore(place: number): void {
    for (let piece = (place >>> pieceBits) - 1; piece >= 0 && this.#pieces[piece] !== none; piece -= 1) {
      this.#pieces[piece] = none;
    }
  }
}

const none = new Uint32Array();
const pieceBits = 16;
const pieceLength = 1 << pieceBits;

/** The distinct words, sorted. */
export interface SortedWords {
  readonly words: readonly string[];
  /** For each word, the fields in which it occurs in any paper. */
  readonly places: PlaceSets;
  /** For each word, how many texts have it alone in parentheses. */
  readonly bracketed: Uint8Array;
  /** The table's number for each sorted word; `ids` is the inverse. */
  readonly numbers: Uint32Array;
  readonly ids: Uint32Array;
}

/** Collects which papers contain which words in which fields. */
export class WordLog {
  readonly #table = new WordTable();
  /** Reads the texts; `note` adds its last result. */
  readonly scanner = new Scanner(this.#table);
  /**
   * For each word number, the fields of the current paper with it; then the numbers that occur in the paper.
   */
  #places = new PlaceSets(1 << 12);
  #touched = new Uint32Array(1 << 12);
  #touchedCount = 0;
  /** For each word number, how many texts have it alone in parentheses, up to 255. */
  #bracketed = new Uint8Array(1 << 12);

  /** Adds the words of the scanner's last text to the current paper, in these fields. */
  note(fields: number): void {
    const { numbers, count } = this.scanner;
    while (this.#places.length < this.#table.size) this.#places = grown(this.#places);
    while (this.#touched.length < this.#touchedCount + count) this.#touched = grown(this.#touched);
    const places = this.#places;
    const touched = this.#touched;
    let touchedCount = this.#touchedCount;
    for (let at = 0; at < count; at += 1) {
      const number = numbers[at] as number;
      const before = places[number] as number;
      if (before === 0) {
        touched[touchedCount] = number;
        touchedCount += 1;
      }
      places[number] = before | fields;
    }
    this.#touchedCount = touchedCount;
    for (const number of this.scanner.bracketed) {
      while (this.#bracketed.length <= number) this.#bracketed = grown(this.#bracketed);
      this.#bracketed[number] = Math.min(255, (this.#bracketed[number] as number) + 1);
    }
  }

  /** Adds to the current paper a word that the scanner does not recognize, such as a symbol. */
  noteWord(word: string, field: number): void {
    const number = this.#table.word(word);
    while (this.#places.length < this.#table.size) this.#places = grown(this.#places);
    if (this.#touched.length === this.#touchedCount) this.#touched = grown(this.#touched);
    const before = this.#places[number] as number;
    if (before === 0) {
      this.#touched[this.#touchedCount] = number;
      this.#touchedCount += 1;
    }
    this.#places[number] = before | field;
  }

  /** Adds the entries from `start` to `end` to the current paper, which must still be empty. */
  noteAgain(entries: Entries, start: number, end: number): void {
    while (this.#touched.length < end - start) this.#touched = grown(this.#touched);
    for (let at = start; at < end; at += 1) {
      const entry = entries.at(at);
      this.#touched[at - start] = entry >>> placeBits;
      this.#places[entry >>> placeBits] = entry & allFields;
    }
    this.#touchedCount = end - start;
  }

  /** Writes the entries of the current paper and begins the next one. */
  endPaper(entries: Entries): void {
    const places = this.#places;
    for (let at = 0; at < this.#touchedCount; at += 1) {
      const number = this.#touched[at] as number;
      entries.push(number * placeStep + (places[number] as number));
      places[number] = 0;
    }
    entries.counts.push(this.#touchedCount);
    this.#touchedCount = 0;
  }

  /** All words by number; the same growing array each time. */
  words(): readonly string[] {
    return this.#table.words();
  }

  /** Sorts the words of the entries. Also returns the mapping between word numbers and sorted ids. */
  sorted(entries: Entries): SortedWords {
    const occurs = new PlaceSets(this.#table.size);
    for (let at = 0; at < entries.length; at += 1) {
      const entry = entries.at(at);
      occurs[entry >>> placeBits] = (occurs[entry >>> placeBits] as number) | (entry & allFields);
    }
    const strings = this.#table.words();
    const numbers = inOrder(strings, (number) => occurs[number] !== 0);
    const words = new Array<string>(numbers.length);
    const places = new PlaceSets(numbers.length);
    const bracketed = new Uint8Array(numbers.length);
    const ids = new Uint32Array(this.#table.size);
    for (let id = 0; id < numbers.length; id += 1) {
      const number = numbers[id] as number;
      words[id] = strings[number] as string;
      places[id] = occurs[number] as number;
      bracketed[id] = this.#bracketed[number] ?? 0;
      ids[number] = id;
    }
    return { words, places, bracketed, numbers, ids };
  }

  /**
   * Inverts the entries: the postings of each word, in the order of `numbers`. Yields now and then, so that
   * other work can run in between. With `isLast`, frees the entries as it goes.
   */
  *postings(entries: Entries, numbers: Uint32Array, isLast: boolean): Generator<void, Postings> {
    const next = this.#countsOf(entries);
    yield;
    const offsets = new Uint32Array(numbers.length + 1);
    for (let id = 0; id < numbers.length; id += 1) {
      const number = numbers[id] as number;
      const start = offsets[id] as number;
      offsets[id + 1] = start + (next[number] as number);
      next[number] = start;
    }
    const papers = new Uint32Array(entries.length);
    let at = 0;
    for (let paper = 0; paper < entries.counts.length; paper += papersAtOnce) {
      at = place(entries, at, paper, papers, next);
      if (isLast) entries.forgetBefore(at);
      yield;
    }
    return { offsets, papers };
  }

  #countsOf(entries: Entries): Uint32Array {
    const counts = new Uint32Array(this.#table.size);
    for (let at = 0; at < entries.length; at += 1) {
      const number = entries.at(at) >>> placeBits;
      counts[number] = (counts[number] as number) + 1;
    }
    return counts;
  }
}

/** The number of papers to process between two yields: some milliseconds. */
const papersAtOnce = 4_000;

/**
 * Writes the postings of a batch of papers, whose entries begin at `at`. `next` has the next free index for
 * each word number. Returns where the entries of the next paper begin.
 */
function place(entries: Entries, at: number, first: number, papers: Uint32Array, next: Uint32Array): number {
  let from = at;
  const last = Math.min(first + papersAtOnce, entries.counts.length);
  for (let paper = first; paper < last; paper += 1) {
    for (const end = from + (entries.counts[paper] as number); from < end; from += 1) {
      const entry = entries.at(from);
      const slot = next[entry >>> placeBits] as number;
      papers[slot] = paper * placeStep + (entry & allFields);
      next[entry >>> placeBits] = slot + 1;
    }
  }
  return from;
}

function grown<Numbers extends Uint8Array | Uint16Array | Uint32Array>(numbers: Numbers): Numbers {
  const bigger = new (numbers.constructor as new (length: number) => Numbers)(2 * numbers.length);
  bigger.set(numbers);
  return bigger;
}
