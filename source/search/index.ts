import { type Initials, InitialsLog } from "./acronym.js";
import {
  fieldBits,
  fields,
  fieldTexts,
  headFields,
  isPlainAscii,
  type Searched,
  type SearchedPaper,
} from "./fields.js";
import { fold, type SpanSink, scanSpans } from "./normalise.js";
import type { Query } from "./query.js";
import { makeVocabulary, type Vocabulary } from "./vocabulary.js";
import { WordTable } from "./word-table.js";

/**
 * Which papers have a word: those at `papers[offsets[word] … offsets[word + 1])`, in listing order, each
 * as `paper × 32 + field bits`.
 */
export interface Postings {
  readonly offsets: Uint32Array;
  readonly papers: Uint32Array;
}

/** A listing made ready for searching. Made by `buildIndex`; what is in it is the search room's own. */
export interface SearchIndex {
  readonly listing: Searched;
  readonly vocabulary: Vocabulary;
  readonly all: Postings;
  /** The same without the abstracts. */
  readonly heads: Postings;
  readonly initials: Initials;
  /** Of each paper the field bits of its title and abstract that are shown as written and `isPlainAscii`: quick to read again. */
  readonly simple: Uint8Array;
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
export function buildIndex(listing: Searched): SearchIndex {
  const builder = new IndexBuilder(listing);
  builder.add(listing.size);
  return builder.finish();
}

/** Builds an index a stretch of papers at a time, so that something else can be done in between. */
export class IndexBuilder {
  readonly #listing: Searched;
  readonly #isHeads: boolean;
  readonly #log = new WordLog();
  readonly #initials = new InitialsLog();
  readonly #ids: string[] = [];
  readonly #simple: Uint8Array;
  readonly #days: Uint32Array;
  readonly #upvotes: Int32Array;
  readonly #authorCounts: Int32Array;
  #done = 0;

  /** `scope` "heads" leaves the abstracts out, which makes it ten times as fast. */
  constructor(listing: Searched, scope: "all" | "heads" = "all") {
    this.#listing = listing;
    this.#isHeads = scope === "heads";
    this.#simple = new Uint8Array(listing.size);
    this.#days = new Uint32Array(listing.size);
    this.#upvotes = new Int32Array(listing.size);
    this.#authorCounts = new Int32Array(listing.size);
  }

  /** Takes in the next `count` papers; returns whether there are more. */
  add(count: number): boolean {
    const end = Math.min(this.#listing.size, this.#done + count);
    for (; this.#done < end; this.#done += 1) {
      const paper = this.#listing.paper(this.#done);
      for (const field of fieldBits) {
        if (this.#isHeads && !(field & headFields)) continue;
        const texts = fieldTexts(paper, field);
        for (const text of texts) this.#log.add(text, field);
        const source =
          field === fields.title ? paper.title : field === fields.abstract ? paper.abstract : null;
        if (source !== null && texts.length === 1 && texts[0] === source && isPlainAscii(source)) {
          this.#simple[this.#done] = (this.#simple[this.#done] as number) | field;
        }
      }
      this.#log.endPaper();
      this.#initials.add(this.#done, paper);
      this.#ids.push(identifiers(paper));
      this.#days[this.#done] = dayNumber(paper.published);
      this.#upvotes[this.#done] = paper.upvotes ?? -1;
      this.#authorCounts[this.#done] = paper.authorCount ?? (paper.authors.length || -1);
    }
    return this.#done < this.#listing.size;
  }

  /** The index, once all papers are in. */
  finish(): SearchIndex {
    const { vocabulary, postings } = this.#log.sorted();
    return {
      listing: this.#listing,
      vocabulary,
      all: postings,
      heads: this.#isHeads ? postings : headsOf(postings),
      initials: this.#initials.finish(),
      simple: this.#simple,
      ids: this.#ids,
      days: this.#days,
      upvotes: this.#upvotes,
      authorCounts: this.#authorCounts,
      remembered: new Map(),
      readied: new WeakMap(),
    };
  }
}

/** Entries of the log in one piece: no piece is ever copied to a bigger one. */
const pieceLength = 1 << 18;

/** Which papers have which words where, in the order they are read. */
class WordLog implements SpanSink {
  readonly #table = new WordTable();
  /** The text and field that are being read. */
  #text = "";
  #field = 0;
  /** The fields in which the present paper has a word, and which words it has. */
  #places = new Uint8Array(1 << 12);
  #touched = new Uint32Array(1 << 12);
  #touchedCount = 0;
  /** Paper after paper `word × 32 + field bits`, and how many each paper has. */
  readonly #pieces: Uint32Array[] = [];
  #piece = new Uint32Array();
  readonly #counts: number[] = [];
  #length = 0;

  add(text: string, field: number): void {
    this.#text = text;
    this.#field = field;
    scanSpans(text, this);
  }

  plain(start: number, end: number): void {
    this.#touch(this.#table.plain(this.#text, start, end));
  }

  folded(word: string): void {
    this.#touch(this.#table.word(word, false));
  }

  glued(word: string): void {
    this.#touch(this.#table.word(word, true));
  }

  endPaper(): void {
    for (let touched = 0; touched < this.#touchedCount; touched += 1) {
      const number = this.#touched[touched] as number;
      const at = this.#length % pieceLength;
      if (at === 0) {
        this.#piece = new Uint32Array(pieceLength);
        this.#pieces.push(this.#piece);
      }
      this.#piece[at] = number * 32 + (this.#places[number] as number);
      this.#length += 1;
      this.#places[number] = 0;
    }
    this.#counts.push(this.#touchedCount);
    this.#touchedCount = 0;
  }

  /** The words sorted, and the postings by word. */
  sorted(): { vocabulary: Vocabulary; postings: Postings } {
    const words = this.#table.words().sort();
    const rank = new Uint32Array(words.length);
    words.forEach((word, id) => {
      rank[this.#table.word(word, false)] = id;
    });
    const offsets = new Uint32Array(words.length + 1);
    for (let at = 0; at < this.#length; at += 1) {
      const after = (rank[this.#entry(at) >>> 5] as number) + 1;
      offsets[after] = (offsets[after] as number) + 1;
    }
    for (let id = 0; id < words.length; id += 1) {
      offsets[id + 1] = (offsets[id + 1] as number) + (offsets[id] as number);
    }
    const next = offsets.slice();
    const papers = new Uint32Array(this.#length);
    const places = new Uint8Array(words.length);
    let at = 0;
    this.#counts.forEach((count, paper) => {
      for (const end = at + count; at < end; at += 1) {
        const entry = this.#entry(at);
        const id = rank[entry >>> 5] as number;
        const slot = next[id] as number;
        papers[slot] = paper * 32 + (entry & 31);
        next[id] = slot + 1;
        places[id] = (places[id] as number) | (entry & 31);
      }
    });
    return { vocabulary: makeVocabulary(words, places), postings: { offsets, papers } };
  }

  #touch(number: number): void {
    if (number >= this.#places.length) this.#places = grown(this.#places);
    const places = this.#places[number] as number;
    if (places === 0) {
      if (this.#touchedCount === this.#touched.length) this.#touched = grown(this.#touched);
      this.#touched[this.#touchedCount] = number;
      this.#touchedCount += 1;
    }
    this.#places[number] = places | this.#field;
  }

  #entry(at: number): number {
    return (this.#pieces[Math.floor(at / pieceLength)] as Uint32Array)[at % pieceLength] as number;
  }
}

function grown<Numbers extends Uint8Array | Uint32Array>(numbers: Numbers): Numbers {
  const bigger = new (numbers.constructor as new (length: number) => Numbers)(2 * numbers.length);
  bigger.set(numbers);
  return bigger;
}

/** The postings of which the abstract is not the only field, without the abstract. */
function headsOf({ offsets, papers }: Postings): Postings {
  let length = 0;
  for (const posting of papers) if (posting & headFields) length += 1;
  const heads = new Uint32Array(length);
  const headOffsets = new Uint32Array(offsets.length);
  let taken = 0;
  for (let id = 0; id + 1 < offsets.length; id += 1) {
    const end = offsets[id + 1] as number;
    for (let at = offsets[id] as number; at < end; at += 1) {
      const posting = papers[at] as number;
      if ((posting & headFields) === 0) continue;
      heads[taken] = (posting & ~31) | (posting & headFields);
      taken += 1;
    }
    headOffsets[id + 1] = taken;
  }
  return { offsets: headOffsets, papers: heads };
}

/** What `id:` looks in. An identity made of the title says nothing the title does not. */
function identifiers(paper: SearchedPaper): string {
  const own = paper.id.startsWith("title:") ? [] : [paper.id];
  return fold([...own, ...(paper.doi === null ? [] : [paper.doi])].join("\n"));
}

/** `YYYY-MM-DD` as the number YYYYMMDD, so that days compare as numbers; 0 for null and what is no day. */
export function dayNumber(day: string | null): number {
  const match = day === null ? null : /^(\d{4,5})(?:-(\d\d))?(?:-(\d\d))?/.exec(day);
  if (!match) return 0;
  return Number(match[1]) * 10_000 + Number(match[2] ?? 1) * 100 + Number(match[3] ?? 1);
}
