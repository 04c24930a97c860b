import type { Listing } from "../papers/listing.js";
import type { Paper } from "../papers/paper.js";
import { fieldBits, fieldTexts } from "./fields.js";
import { fold, scanWords } from "./normalise.js";
import { glueMark } from "./pattern.js";
import type { Query } from "./query.js";
import { makeVocabulary, type Vocabulary } from "./vocabulary.js";

/** A listing made ready for searching. Made by `buildIndex`; what is in it is the search room's own. */
export interface SearchIndex {
  readonly listing: Listing;
  readonly vocabulary: Vocabulary;
  /**
   * Which papers have a word: those at `postings[offsets[word] … offsets[word + 1])`, in listing order,
   * each as `paper × 32 + field bits`.
   */
  readonly offsets: Uint32Array;
  readonly postings: Uint32Array;
  /** Identifiers as they are searched, a line each: id and DOI. */
  readonly ids: readonly string[];
  /** The day of publication as the number YYYYMMDD; 0 where it is not known. */
  readonly days: Uint32Array;
  /** -1 where they are not known. */
  readonly upvotes: Int32Array;
  readonly authorCounts: Int32Array;
  /** What was found for the last terms: while a query grows only its last term is new. */
  readonly remembered: Map<string, unknown>;
  /** What the terms of a query were made into, for highlighting row after row. */
  readonly readied: WeakMap<Query, unknown>;
}

/** Builds the index of a listing, in time linear in its text (but for sorting the different words). */
export function buildIndex(listing: Listing): SearchIndex {
  const log = new WordLog();
  const ids: string[] = [];
  const days = new Uint32Array(listing.size);
  const upvotes = new Int32Array(listing.size);
  const authorCounts = new Int32Array(listing.size);
  for (let index = 0; index < listing.size; index += 1) {
    const paper = listing.paper(index);
    for (const field of fieldBits) {
      for (const text of fieldTexts(paper, field)) log.add(text, field);
    }
    log.endPaper(index);
    ids.push(identifiers(paper));
    days[index] = dayNumber(paper.published);
    upvotes[index] = paper.upvotes ?? -1;
    authorCounts[index] = paper.authorCount ?? (paper.authors.length || -1);
  }
  return {
    listing,
    ...log.sorted(),
    ids,
    days,
    upvotes,
    authorCounts,
    remembered: new Map(),
    readied: new WeakMap(),
  };
}

/** Which papers have which words where, in the order they are read. */
class WordLog {
  readonly #numbers = new Map<string, number>();
  /** The fields in which the present paper has a word, and which words it has. */
  #places: number[] = [];
  readonly #touched: number[] = [];
  /** Pairs of word and posting; grown by doubling, since arrays of plain numbers would be four times as big. */
  #pairs = new Uint32Array(1024);
  #length = 0;

  add(text: string, field: number): void {
    scanWords(text, (word, _start, _end, compound) => {
      const key = compound ? word + glueMark : word;
      let number = this.#numbers.get(key);
      if (number === undefined) {
        number = this.#numbers.size;
        this.#numbers.set(key, number);
        this.#places.push(0);
      }
      const places = this.#places[number] as number;
      if (places === 0) this.#touched.push(number);
      this.#places[number] = places | field;
    });
  }

  endPaper(paper: number): void {
    for (const number of this.#touched) {
      this.#push(number, paper * 32 + (this.#places[number] as number));
      this.#places[number] = 0;
    }
    this.#touched.length = 0;
  }

  /** The words sorted, and the postings by word. */
  sorted(): { vocabulary: Vocabulary; offsets: Uint32Array; postings: Uint32Array } {
    const words = [...this.#numbers.keys()].sort();
    const rank = new Uint32Array(words.length);
    words.forEach((word, id) => {
      rank[this.#numbers.get(word) as number] = id;
    });
    const offsets = new Uint32Array(words.length + 1);
    const next = new Uint32Array(words.length + 1);
    for (let at = 0; at < this.#length; at += 2) {
      const after = (rank[this.#pairs[at] as number] as number) + 1;
      offsets[after] = (offsets[after] as number) + 1;
    }
    for (let id = 0; id < words.length; id += 1) {
      offsets[id + 1] = (offsets[id + 1] as number) + (offsets[id] as number);
    }
    next.set(offsets);
    const postings = new Uint32Array(this.#length / 2);
    const places = new Uint8Array(words.length);
    for (let at = 0; at < this.#length; at += 2) {
      const id = rank[this.#pairs[at] as number] as number;
      const posting = this.#pairs[at + 1] as number;
      const slot = next[id] as number;
      postings[slot] = posting;
      next[id] = slot + 1;
      places[id] = (places[id] as number) | (posting & 31);
    }
    return { vocabulary: makeVocabulary(words, places), offsets, postings };
  }

  #push(word: number, posting: number): void {
    if (this.#length === this.#pairs.length) {
      const bigger = new Uint32Array(this.#pairs.length * 2);
      bigger.set(this.#pairs);
      this.#pairs = bigger;
    }
    this.#pairs[this.#length] = word;
    this.#pairs[this.#length + 1] = posting;
    this.#length += 2;
  }
}

/** What `id:` looks in. An identity made of the title says nothing the title does not. */
function identifiers(paper: Paper): string {
  const own = paper.id.startsWith("title:") ? [] : [paper.id];
  return fold([...own, ...(paper.doi === null ? [] : [paper.doi])].join("\n"));
}

/** `YYYY-MM-DD` as the number YYYYMMDD, so that days compare as numbers; 0 for null and what is no day. */
export function dayNumber(day: string | null): number {
  const match = day === null ? null : /^(\d{4,5})(?:-(\d\d))?(?:-(\d\d))?/.exec(day);
  if (!match) return 0;
  return Number(match[1]) * 10_000 + Number(match[2] ?? 1) * 100 + Number(match[3] ?? 1);
}
