import { Remembered } from "../match/remember.js";
import type { Query } from "../query/types.js";
import { type Initials, InitialsLog } from "../text/acronym.js";
import {
  bodyFields,
  fields,
  fieldTexts,
  keysOf,
  type NumberField,
  numberFieldNames,
  numberOf,
  partsOf,
  rawTextsOf,
  type Searched,
  type SearchedPaper,
  shownForms,
  sourcesOf,
} from "../text/fields.js";
import { normalize } from "../text/normalize.js";
import { signsOf } from "../text/signs.js";
import { type Beginnings, beginningsOf } from "./beginnings.js";
import { type TitleWords, TitleWordsLog } from "./title-words.js";
import { makeVocabulary, type Vocabulary } from "./vocabulary.js";
import { Entries, type Postings, type SortedWords, WordLog } from "./word-log.js";

export type { Postings } from "./word-log.js";

/** A listing prepared for searching, made by `buildIndex`. Its contents are private to `search`. */
export interface SearchIndex {
  readonly listing: Searched;
  /** The number of papers in the whole listing, from which the rarity of a word is computed. */
  readonly total: number;
  readonly vocabulary: Vocabulary;
  readonly all: Postings;
  /** The same without abstracts. */
  readonly heads: Postings;
  readonly beginnings: Beginnings;
  readonly initials: Initials;
  readonly titles: TitleWords;
  /** For each word, how many texts have it alone in parentheses, like the definition of an acronym. */
  readonly bracketed: Uint8Array;
  /**
   * For each paper, the bits of title and abstract if they are displayed as written, in plain ASCII
   * (`Scanner.isPlain`). Those are quick to read again.
   */
  readonly simple: Uint8Array;
  readonly ids: Identifiers;
  /** The citation keys of bibliographies, each after a line break; `null` if no paper has one. */
  readonly keys: Identifiers | null;
  /** The day of publication as the number YYYYMMDD; 0 if unknown. */
  readonly days: Uint32Array;
  /** The numeric fields; NaN if unknown for a paper, `null` if unknown for all. */
  readonly numbers: Readonly<Record<NumberField, Float64Array | null>>;
  /** The distinct sources (`sourcesOf`), and for each paper the index of its own. */
  readonly sources: readonly string[];
  readonly sourcesAt: Uint16Array;
  /** The parts of each paper, as bits (`partsOf`). */
  readonly parts: Uint32Array;
  /** Buffers for the search of a term: the best points of each paper, and whether its title matches. */
  readonly best: { readonly points: Float32Array; readonly inTitle: Uint8Array };
  /**
   * A buffer: for each word of the vocabulary, the terms of the query it matches, as bits (see nearness.ts).
   * All 0 between queries.
   */
  readonly metBy: Uint16Array;
  /**
   * The remaining read budget of the current query (see reads.ts), and its results for which the budget was too
   * small: they must not be kept for another query.
   */
  readonly reads: { left: number; readonly found: Map<string, unknown> };
  /** The points of single letters by the fields that count, once computed (found.ts). */
  readonly letterWorths: Map<number, Float64Array>;
  /** A cache of results by term: while a query is typed, only its last term changes. */
  readonly remembered: Remembered;
  /** The query as corrected, for queries that find nothing as typed (did-you-mean.ts). */
  readonly meant: WeakMap<Query, Query>;
  /** Explanations of results by query (why-nothing.ts). */
  readonly outcomes: WeakMap<Query, unknown>;
  /** A cache of matchers by query, for highlighting each row. */
  readonly readied: WeakMap<Query, unknown>;
}

/** The searchable identifiers of all papers in one string, so that a single `indexOf` searches them all. */
export interface Identifiers {
  /** One line each for id and DOI. `betweenPapers` separates the papers. */
  readonly joined: string;
  /** The offset in `joined` at which each paper's lines begin. */
  readonly starts: Uint32Array;
}

export const betweenPapers = "\0";

/** Builds the index of a listing, in time linear in its text, apart from sorting the distinct words. */
export function buildIndex(listing: Searched): SearchIndex {
  const builder = new IndexBuilder(listing);
  builder.addHeads(listing.size);
  builder.addAbstracts(listing.size);
  return builder.finish();
}

/** What of papers a query depends on. */
export interface RelevantText {
  /** Whether a term may be an identifier. */
  readonly identifiers: boolean;
  /** Whether there are conditions. */
  readonly conditions: boolean;
  /** Whether a text of a field that the list shows may have a relevant word, or a title relevant initials. */
  mayBeInHead(text: string, isTitle: boolean): boolean;
  /** A quick test of long texts; `null` if every word is relevant. */
  readonly sieve: {
    mayHave(source: string): boolean | null;
    tokens(source: string): string;
    readonly isPlain: boolean;
  } | null;
  /** Whether a source may contain a relevant word once it is rendered. */
  mayBeIn(source: string): boolean;
  /** The parts of a rendered text, up to the next spaces, that contain the relevant words. */
  excerpt(text: string): string;
}

/**
 * Builds an index a batch of papers at a time, so that other work can run in between: first the fields that
 * the list shows, then the abstracts and other long fields.
 */
export class IndexBuilder {
  readonly #listing: Searched;
  readonly #relevant: RelevantText | null;
  readonly #log = new WordLog();
  readonly #initials = new InitialsLog();
  readonly #titles = new TitleWordsLog();
  readonly #ids: string[] = [];
  /** Stays empty up to the first paper that has a key. */
  readonly #keys: string[] = [];
  readonly #simple: Uint8Array;
  readonly #days: Uint32Array;
  readonly #numbers: Record<NumberField, Float64Array | null>;
  readonly #parts: Uint32Array;
  readonly #sourcesAt: Uint16Array;
  /** The number for unknown sources is 0. */
  readonly #numberOfSources = new Map([["", 0]]);
  readonly #heads = new Entries();
  readonly #all = new Entries();
  /** The number of entries of `#heads` whose papers have been added with their abstracts. */
  #headsDone = 0;

  /** @param relevant what to index of abstracts and other long fields; `null` for everything */
  constructor(listing: Searched, relevant: RelevantText | null = null) {
    this.#listing = listing;
    this.#relevant = relevant;
    this.#simple = new Uint8Array(listing.size);
    this.#days = new Uint32Array(listing.size);
    this.#numbers = Object.fromEntries(numberFieldNames.map((name) => [name, null])) as Record<
      NumberField,
      Float64Array | null
    >;
    this.#parts = new Uint32Array(listing.size);
    this.#sourcesAt = new Uint16Array(listing.size);
  }

  /** Adds the next `count` papers without abstracts. Returns whether there are more. */
  addHeads(count: number): boolean {
    const { size } = this.#listing;
    const end = Math.min(size, this.#heads.counts.length + count);
    for (let at = this.#heads.counts.length; at < end; at += 1) this.#addHead(at, this.#listing.paper(at));
    return end < size;
  }

  /** Adds the next paper with its abstract. For all papers, in place of `addHeads` and `addAbstracts`. */
  add(paper: SearchedPaper): void {
    const at = this.#heads.counts.length;
    this.#addHead(at, paper);
    this.#addBody(at, paper);
  }

  #addHead(at: number, paper: SearchedPaper): void {
    const relevant = this.#relevant;
    if (relevant?.mayBeInHead(paper.title, true) !== false) this.#addTitle(at, paper.title);
    this.#titles.endPaper();
    this.#addEach(paper.authors, fields.authors);
    this.#addEach(paper.keywords, fields.keywords);
    this.#addEach(fieldTexts(paper, fields.organization), fields.organization);
    this.#addEach(paper.categories, fields.categories);
    this.#log.endPaper(this.#heads);
    this.#ids.push(relevant?.identifiers === false ? "" : identifiersOf(paper));
    this.#addKeys(at, keysOf(paper));
    if (relevant?.conditions === false) return;
    this.#days[at] = dayNumber(paper.published);
    this.#addNumbers(at, paper);
    this.#parts[at] = partsOf(paper);
    this.#addSources(at, sourcesOf(paper));
  }

  #addKeys(at: number, keys: readonly string[]): void {
    if (keys.length === 0 && this.#keys.length === 0) return;
    while (this.#keys.length < at) this.#keys.push("");
    this.#keys.push(normalize(keys.map((key) => `\n${key.replace(/\s+/g, " ")}`).join("")));
  }

  #addSources(at: number, sources: string): void {
    const known = this.#numberOfSources.get(sources);
    // The combinations of sources always fit in practice; any beyond the limit count as unknown.
    const number = known ?? (this.#numberOfSources.size < 2 ** 16 ? this.#numberOfSources.size : 0);
    if (known === undefined && number > 0) this.#numberOfSources.set(sources, number);
    this.#sourcesAt[at] = number;
  }

  /** An index of all papers without abstracts. Call it when `addHeads` has returned `false`. */
  heads(): SearchIndex {
    const sorted = this.#log.sorted(this.#heads);
    const heads = drained(this.#log.postings(this.#heads, sorted.numbers, false));
    return this.#index(sorted, heads, heads);
  }

  /**
   * Adds the abstracts of the next `count` papers, which `addHeads` must have added before. Returns whether
   * there are more.
   */
  addAbstracts(count: number): boolean {
    const { size } = this.#listing;
    const end = Math.min(size, this.#all.counts.length + count);
    for (let at = this.#all.counts.length; at < end; at += 1) this.#addBody(at, this.#listing.paper(at));
    return end < size;
  }

  #addBody(at: number, paper: SearchedPaper): void {
    const headsEnd = this.#headsDone + (this.#heads.counts[at] as number);
    this.#log.noteAgain(this.#heads, this.#headsDone, headsEnd);
    this.#headsDone = headsEnd;
    if (this.#relevant !== null) this.#addRelevant(at, paper, this.#relevant);
    else {
      this.#addShown(at, paper.abstract, fields.abstract);
      for (const field of bodyFields) {
        if (field === fields.abstract) continue;
        for (const text of fieldTexts(paper, field)) this.#addText(text, field);
      }
    }
    this.#log.endPaper(this.#all);
  }

  #addRelevant(at: number, paper: SearchedPaper, relevant: RelevantText): void {
    for (const field of bodyFields) {
      const [source = ""] = rawTextsOf(paper, field);
      if (source === "" || this.#addSifted(at, source, field, relevant)) continue;
      const texts = fieldTexts(paper, field);
      for (const text of texts) {
        this.#log.scanner.read(relevant.excerpt(text));
        this.#log.note(field);
        this.#noteSigns(text, field);
      }
      const isSimple = texts.length === 1 && texts[0] === source && !notPlain.test(source);
      if (isSimple) this.#noteSimple(at, field);
    }
  }

  /** Adds the relevant words of a source. Returns `false` without adding any if it must be rendered first. */
  #addSifted(at: number, source: string, field: number, { sieve, mayBeIn, excerpt }: RelevantText): boolean {
    if (sieve === null) return false;
    const mayHave = sieve.mayHave(source);
    if (mayHave === null) return !mayBeIn(source);
    const relevant = mayHave ? excerpt(sieve.tokens(source)) : "";
    if (relevant === "") return true;
    const { scanner } = this.#log;
    scanner.read(relevant);
    // A word that is rendered in another way is one of those that the scanner suspects.
    if (scanner.mayHaveTex) return false;
    this.#log.note(field);
    if (sieve.isPlain) this.#noteSimple(at, field);
    return true;
  }

  #noteSimple(at: number, field: number): void {
    if (field === fields.abstract) this.#simple[at] = (this.#simple[at] as number) | field;
  }

  /** The full index. Call it when `addAbstracts` has returned `false`. */
  finish(): SearchIndex {
    return drained(this.finishing());
  }

  /** Like `finish`, but yields so that other work can run in between. */
  *finishing(): Generator<void, SearchIndex> {
    const sorted = this.#log.sorted(this.#all);
    yield;
    const heads = yield* this.#log.postings(this.#heads, sorted.numbers, true);
    const all = yield* this.#log.postings(this.#all, sorted.numbers, true);
    yield;
    return this.#index(sorted, heads, all);
  }

  #addNumbers(at: number, paper: SearchedPaper): void {
    for (const name of numberFieldNames) {
      const number = numberOf(paper, name);
      if (number === null) continue;
      const column = this.#numbers[name] ?? new Float64Array(this.#listing.size).fill(Number.NaN);
      column[at] = number;
      this.#numbers[name] = column;
    }
  }

  #addTitle(at: number, title: string): void {
    const [shown = "", named] = this.#addShown(at, title, fields.title);
    const { scanner } = this.#log;
    if (shown === title && named === undefined && scanner.isAscii)
      this.#initials.addNumbers(at, scanner, this.#log.words());
    else this.#initials.add(at, shown);
  }

  /** Adds the words of a title or an abstract, rendered. Returns all forms that are searched. */
  #addShown(at: number, source: string, field: number): readonly string[] {
    const { scanner } = this.#log;
    scanner.read(source);
    if (scanner.isAscii && !scanner.mayHaveTex) {
      if (scanner.isPlain) this.#simple[at] = (this.#simple[at] as number) | field;
      this.#log.note(field);
      if (field === fields.title) this.#titles.add(scanner);
      return [source];
    }
    const texts = shownForms(source);
    for (const [place, text] of texts.entries()) {
      // A text without TeX was already read above.
      if (place > 0 || text !== source) scanner.read(text);
      this.#log.note(field);
      if (field === fields.title) this.#titles.add(scanner);
    }
    this.#noteSigns(texts[0] as string, field);
    const isSimple = texts.length === 1 && texts[0] === source && scanner.isPlain;
    if (isSimple) this.#simple[at] = (this.#simple[at] as number) | field;
    return texts;
  }

  #addText(text: string, field: number): void {
    this.#log.scanner.read(text);
    this.#log.note(field);
    this.#noteSigns(text, field);
  }

  /** Adds the non-ASCII symbols of a text as words, so that "√" and "🤗" can be searched for. */
  #noteSigns(text: string, field: number): void {
    for (const sign of signsOf(text)) this.#log.noteWord(sign, field);
  }

  /** Adds the words of independent texts, such as authors. */
  #addEach(texts: readonly string[], field: number): void {
    // No compound spans a line break, so the texts can be read together; but a backslash may reach across
    // one.
    if (texts.length === 0) return;
    const joined = texts.join("\n");
    if (this.#relevant?.mayBeInHead(joined, false) === false) return;
    for (const text of joined.includes("\\") ? texts : [joined]) {
      this.#log.scanner.read(text);
      this.#log.note(field);
    }
  }

  #index({ words, places, bracketed, ids }: SortedWords, heads: Postings, all: Postings): SearchIndex {
    const vocabulary = makeVocabulary(words, places);
    return {
      listing: this.#listing,
      total: this.#listing.size,
      vocabulary,
      all,
      heads,
      beginnings: beginningsOf(vocabulary, all, this.#listing.size),
      initials: this.#initials.finish(),
      titles: this.#titles.finish(ids),
      bracketed,
      simple: this.#simple,
      ids: joinedIdentifiers(this.#ids),
      keys: this.#keys.length === 0 ? null : joinedIdentifiers(this.#keys),
      days: this.#days,
      numbers: { ...this.#numbers },
      parts: this.#parts,
      sources: [...this.#numberOfSources.keys()],
      sourcesAt: this.#sourcesAt,
      best: { points: new Float32Array(this.#listing.size), inTitle: new Uint8Array(this.#listing.size) },
      metBy: new Uint16Array(words.length),
      reads: { left: 0, found: new Map() },
      letterWorths: new Map(),
      remembered: new Remembered(),
      meant: new WeakMap(),
      outcomes: new WeakMap(),
      readied: new WeakMap(),
    };
  }
}

/** What a text has that is not single-spaced ASCII, or is a control character or a backslash. */
const notPlain = /[^\x20-\x5b\x5d-\x7e]| {2}/;

/** Runs a generator to its end and returns its result. */
function drained<Made>(made: Generator<void, Made>): Made {
  for (;;) {
    const { done, value } = made.next();
    if (done) return value;
  }
}

function joinedIdentifiers(ids: readonly string[]): Identifiers {
  const starts = new Uint32Array(ids.length);
  let at = 1;
  for (const [paper, lines] of ids.entries()) {
    starts[paper] = at;
    at += lines.length + 1;
  }
  return { joined: betweenPapers + ids.map((lines) => lines + betweenPapers).join(""), starts };
}

/**
 * The identifiers that `id:` searches, one per line. An id made from the title is left out, as it adds
 * nothing.
 */
export function identifiersOf(paper: SearchedPaper): string {
  const own = paper.id.startsWith("title:") ? [] : [paper.id];
  return normalize([...own, ...(paper.doi === null ? [] : [paper.doi])].join("\n"));
}

/** `YYYY-MM-DD` as the number YYYYMMDD, so that days compare as numbers; 0 for `null` or an invalid day. */
export function dayNumber(day: string | null): number {
  const match = day === null ? null : /^(\d{4,5})(?:-(\d\d))?(?:-(\d\d))?/.exec(day);
  if (!match) return 0;
  return Number(match[1]) * 10_000 + Number(match[2] ?? 1) * 100 + Number(match[3] ?? 1);
}
