import { Remembered } from "../match/remember.js";
import type { Query } from "../query/types.js";
import { type Initials, InitialsLog } from "../text/acronym.js";
import {
  bodyFields,
  fields,
  fieldTexts,
  type NumberField,
  numberFieldNames,
  numberOf,
  partsOf,
  type Searched,
  type SearchedPaper,
  shownForms,
  sourcesOf,
} from "../text/fields.js";
import { normalize } from "../text/normalize.js";
import { signsOf } from "../text/signs.js";
import { type TitleWords, TitleWordsLog } from "./title-words.js";
import { makeVocabulary, type Vocabulary } from "./vocabulary.js";
import { Entries, type Postings, type SortedWords, WordLog } from "./word-log.js";

export type { Postings } from "./word-log.js";

/** A listing made ready for searching. Made by `buildIndex`; what is in it is the search room's own. */
export interface SearchIndex {
  readonly listing: Searched;
  /** Papers that are searched in all: how rare a word is is told of them. */
  readonly total: number;
  readonly vocabulary: Vocabulary;
  readonly all: Postings;
  /** The same without the abstracts. */
  readonly heads: Postings;
  readonly initials: Initials;
  readonly titles: TitleWords;
  /** Of each word how many texts have it alone between brackets, as an acronym is explained. */
  readonly bracketed: Uint8Array;
  /** Of each paper the field bits of its title and abstract that are shown as they are written, in plain ASCII (`Scanner.isPlain`): quick to read again. */
  readonly simple: Uint8Array;
  readonly ids: Identifiers;
  /** The day of publication as the number YYYYMMDD; 0 where it is not known. */
  readonly days: Uint32Array;
  /** What can be compared as a number; NaN where it is not known, `null` where it is known of no paper. */
  readonly numbers: Readonly<Record<NumberField, Float64Array | null>>;
  /** The sources that papers have (`sourcesOf`), each once, and for each paper which of these are its own. */
  readonly sources: readonly string[];
  readonly sourcesAt: Uint16Array;
  /** The parts that each paper has, as bits (`partsOf`). */
  readonly parts: Uint32Array;
  /** Room for the search of a term: the best match of each paper, and whether its title has it. */
  readonly best: { readonly points: Float32Array; readonly inTitle: Uint8Array };
  /** Room for the terms of a query that each word of the vocabulary meets, as bits (see nearness.ts); all 0 between two queries. */
  readonly metBy: Uint16Array;
  /** How much may still be read for the present query (see reads.ts). */
  readonly reads: { left: number };
  /** What was found for the last terms: while a query grows only its last term is new. */
  readonly remembered: Remembered;
  /** What queries were understood as that find nothing as they are typed (meant.ts). */
  readonly meant: WeakMap<Query, Query>;
  /** What there is to say of what queries find (why-nothing.ts). */
  readonly outcomes: WeakMap<Query, unknown>;
  /** What the terms of a query were made into, for highlighting row after row. */
  readonly readied: WeakMap<Query, unknown>;
}

/** The identifiers of all papers as they are searched, so that one native search finds a part in any of them. */
export interface Identifiers {
  /** A line each for id and DOI, with `betweenPapers` before and after the lines of each paper. */
  readonly joined: string;
  /** Where the lines of each paper begin in `joined`. */
  readonly starts: Uint32Array;
}

export const betweenPapers = "\0";

/** Builds the index of a listing, in time linear in its text (but for sorting the different words). */
export function buildIndex(listing: Searched): SearchIndex {
  const builder = new IndexBuilder(listing);
  builder.addHeads(listing.size);
  builder.addAbstracts(listing.size);
  return builder.finish();
}

/**
 * Builds an index a stretch of papers at a time, so that something else can be done in between: first all
 * that is seen of papers in a list, then their abstracts.
 */
export class IndexBuilder {
  readonly #listing: Searched;
  readonly #log = new WordLog();
  readonly #initials = new InitialsLog();
  readonly #titles = new TitleWordsLog();
  readonly #ids: string[] = [];
  readonly #simple: Uint8Array;
  readonly #days: Uint32Array;
  readonly #numbers: Record<NumberField, Float64Array | null>;
  readonly #parts: Uint32Array;
  readonly #sourcesAt: Uint16Array;
  /** Of papers whose sources are not known the number is 0. */
  readonly #numberOfSources = new Map([["", 0]]);
  readonly #heads = new Entries();
  readonly #all = new Entries();
  /** Of the entries of `#heads`, those of papers whose abstracts are in. */
  #headsDone = 0;

  constructor(listing: Searched) {
    this.#listing = listing;
    this.#simple = new Uint8Array(listing.size);
    this.#days = new Uint32Array(listing.size);
    this.#numbers = Object.fromEntries(numberFieldNames.map((name) => [name, null])) as Record<
      NumberField,
      Float64Array | null
    >;
    this.#parts = new Uint32Array(listing.size);
    this.#sourcesAt = new Uint16Array(listing.size);
  }

  /** Takes in the next `count` papers without their abstracts; returns whether there are more. */
  addHeads(count: number): boolean {
    const { size } = this.#listing;
    const end = Math.min(size, this.#heads.counts.length + count);
    for (let at = this.#heads.counts.length; at < end; at += 1) {
      const paper = this.#listing.paper(at);
      this.#addTitle(at, paper.title);
      this.#addEach(paper.authors, fields.authors);
      this.#addEach(paper.keywords, fields.keywords);
      this.#addEach(fieldTexts(paper, fields.organization), fields.organization);
      this.#addEach(paper.categories, fields.categories);
      this.#log.endPaper(this.#heads);
      this.#ids.push(identifiersOf(paper));
      this.#days[at] = dayNumber(paper.published);
      this.#addNumbers(at, paper);
      this.#parts[at] = partsOf(paper);
      this.#addSources(at, sourcesOf(paper));
    }
    return end < size;
  }

  #addSources(at: number, sources: string): void {
    const known = this.#numberOfSources.get(sources);
    // Nobody has so many sources that their combinations do not fit; the rest counts as not known.
    const number = known ?? (this.#numberOfSources.size < 2 ** 16 ? this.#numberOfSources.size : 0);
    if (known === undefined && number > 0) this.#numberOfSources.set(sources, number);
    this.#sourcesAt[at] = number;
  }

  /** The index of all that `addHeads` took in, once there is no more; it finds nothing in abstracts. */
  heads(): SearchIndex {
    const sorted = this.#log.sorted(this.#heads);
    const heads = drained(this.#log.postings(this.#heads, sorted.numbers, false));
    return this.#index(sorted, heads, heads);
  }

  /** Takes in the abstracts of the next `count` papers, once `addHeads` has had all; returns whether there are more. */
  addAbstracts(count: number): boolean {
    const { size } = this.#listing;
    const end = Math.min(size, this.#all.counts.length + count);
    for (let at = this.#all.counts.length; at < end; at += 1) {
      const headsEnd = this.#headsDone + (this.#heads.counts[at] as number);
      this.#log.noteAgain(this.#heads, this.#headsDone, headsEnd);
      this.#headsDone = headsEnd;
      const paper = this.#listing.paper(at);
      this.#addShown(at, paper.abstract, fields.abstract);
      for (const field of bodyFields) {
        if (field === fields.abstract) continue;
        for (const text of fieldTexts(paper, field)) this.#addText(text, field);
      }
      this.#log.endPaper(this.#all);
    }
    return end < size;
  }

  /** The index, once all abstracts are in. */
  finish(): SearchIndex {
    return drained(this.finishing());
  }

  /** The same, which yields now and then, so that something else can be done in between. */
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
    this.#titles.endPaper();
  }

  /** Notes the words of a title or an abstract as it is shown; returns all forms it is searched in. */
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
      // What has no TeX has just been read.
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

  /** Notes the signs beyond ASCII of a text as words of their own: "√" and "🤗" are looked for as they are. */
  #noteSigns(text: string, field: number): void {
    for (const sign of signsOf(text)) this.#log.noteWord(sign, field);
  }

  /** Notes the words of texts that have nothing to do with each other, as authors. */
  #addEach(texts: readonly string[], field: number): void {
    // Words hang together over no line break, but a backslash may reach over one.
    const joined = texts.join("\n");
    for (const text of joined.includes("\\") ? texts : [joined]) {
      this.#log.scanner.read(text);
      this.#log.note(field);
    }
  }

  #index({ words, places, bracketed, ids }: SortedWords, heads: Postings, all: Postings): SearchIndex {
    return {
      listing: this.#listing,
      total: this.#listing.size,
      vocabulary: makeVocabulary(words, places),
      all,
      heads,
      initials: this.#initials.finish(),
      titles: this.#titles.finish(ids),
      bracketed,
      simple: this.#simple,
      ids: joinedIdentifiers(this.#ids),
      days: this.#days,
      numbers: { ...this.#numbers },
      parts: this.#parts,
      sources: [...this.#numberOfSources.keys()],
      sourcesAt: this.#sourcesAt,
      best: { points: new Float32Array(this.#listing.size), inTitle: new Uint8Array(this.#listing.size) },
      metBy: new Uint16Array(words.length),
      reads: { left: 0 },
      remembered: new Remembered(),
      meant: new WeakMap(),
      outcomes: new WeakMap(),
      readied: new WeakMap(),
    };
  }
}

/** What a generator returns in the end. */
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

/** What `id:` looks in. An identity made of the title says nothing the title does not. */
export function identifiersOf(paper: SearchedPaper): string {
  const own = paper.id.startsWith("title:") ? [] : [paper.id];
  return normalize([...own, ...(paper.doi === null ? [] : [paper.doi])].join("\n"));
}

/** `YYYY-MM-DD` as the number YYYYMMDD, so that days compare as numbers; 0 for null and what is no day. */
export function dayNumber(day: string | null): number {
  const match = day === null ? null : /^(\d{4,5})(?:-(\d\d))?(?:-(\d\d))?/.exec(day);
  if (!match) return 0;
  return Number(match[1]) * 10_000 + Number(match[2] ?? 1) * 100 + Number(match[3] ?? 1);
}
