import { normalize, words } from "../text/normalize.js";
import { type DayRange, type NumberRange, readDay, readNumbers, readYears } from "./values.js";

/** Where a word or phrase may be told to be looked for. */
export type TextField = "title" | "author" | "abstract" | "id" | "category";

/** A word, as typed; it may hold signs ("L2R-GNN"). Without a `field` it is looked for everywhere. */
export interface WordTerm {
  readonly kind: "word";
  readonly text: string;
  readonly field: TextField | null;
  readonly negated: boolean;
  /** Looked for as misspelt, though some words begin with it (see meant.ts). */
  readonly loose?: true;
}

/** What stood between quotes. */
export interface PhraseTerm {
  readonly kind: "phrase";
  readonly text: string;
  readonly field: TextField | null;
  readonly negated: boolean;
  /** There is a capital in it, so that "RAG" is not "rag". */
  readonly caseSensitive: boolean;
  /** The closing quote is missing: the last word may not be typed to its end. */
  readonly open: boolean;
}

export interface MarkTerm {
  readonly kind: "is";
  readonly mark: "unread" | "read" | "starred" | "later" | "new";
  readonly negated: boolean;
}

export interface DateTerm extends DayRange {
  readonly kind: "date";
  readonly negated: boolean;
}

export interface NumberTerm extends NumberRange {
  readonly kind: "number";
  readonly field: "upvotes" | "authors";
  readonly negated: boolean;
}

export type Term = WordTerm | PhraseTerm | MarkTerm | DateTerm | NumberTerm;

/** What a person asked for. */
export interface Query {
  readonly text: string;
  /** All of these must hold. */
  readonly terms: readonly Term[];
  /** Said beside the prompt: what was not understood and is searched as plain words. */
  readonly notes: readonly string[];
  /** What is only begun and left aside, so that it can be said once nobody types any more. */
  readonly unfinished: readonly string[];
  /** Nothing is asked yet: every paper matches. */
  readonly isEmpty: boolean;
}

/** Longer than anybody types; of a pasted text each word would be looked for, and each letter of a phrase. */
const longestQuery = 1_000;

/**
 * Reads what was typed at the prompt. Never throws: what is not understood is searched as plain words
 * and said in `notes`, and what is only begun is left aside until there is something to look for.
 *
 * ```
 * query   = { term }                    all must hold, in any order
 * term    = ["-"] ( text | field ":" text | condition )     "-" leaves papers out
 * text    = word | '"' phrase '"'       an unclosed quote reaches to the end; \"o does not close it
 * field   = "title" | "author" | "abstract" | "id" | "category"
 *           ("authors:name" is author:, "arxiv:" and "doi:" are id:)
 * condition = "is:" ( "unread" | "read" | "starred" | "later" | "new" )
 *           | "year:" numbers           of the day a paper was published: 2023, 2020..2023, >2020
 *           | "after:" day              on that day or later: after:2024-06 is from 1 June 2024 on
 *           | "before:" day             before that day: before:2024-06 is until 31 May 2024
 *           | "upvotes:" numbers | "authors:" numbers
 * numbers = N | "=" N | ">" N | ">=" N | "<" N | "<=" N | N ".." N | N ".." | ".." N
 * day     = YYYY | YYYY-MM | YYYY-MM-DD the first day of what it names
 * ```
 *
 * Words know neither case nor accents; a phrase with a capital in it knows case. Names of fields may be
 * written in any case. A sign without a letter ("∇", an emoji) is looked for as it is written.
 */
export function parseQuery(text: string): Query {
  const terms: Term[] = [];
  const notes = new Set<string>();
  const unfinished = new Set<string>();
  if (text.length > longestQuery) notes.add(`only the first ${longestQuery} characters are searched`);
  for (const piece of pieces(text.slice(0, longestQuery))) {
    const { name, value } = piece;
    if (name !== null && isUnfinished(name, value))
      unfinished.add(`${name}:${value} is unfinished and left aside`);
    readPiece(piece, terms, notes);
  }
  return { text, terms, notes: [...notes], unfinished: [...unfinished], isEmpty: terms.length === 0 };
}

/** One term as it is written, taken apart but not yet understood. */
interface Piece {
  readonly negated: boolean;
  /** A name of ours that stood before a colon, in lower case. */
  readonly name: string | null;
  /** What was looked for; without the quotes, where `quoted`. */
  readonly value: string;
  readonly quoted: boolean;
  readonly open: boolean;
}

const textFields: Readonly<Record<string, TextField>> = {
  title: "title",
  author: "author",
  abstract: "abstract",
  id: "id",
  arxiv: "id",
  doi: "id",
  category: "category",
};
const conditions = new Set(["is", "year", "after", "before", "upvotes", "authors"]);
const marks = new Set(["unread", "read", "starred", "later", "new"]);
const quotes = new Set('"“”„');

function* pieces(text: string): Generator<Piece> {
  const prefix = /(-(?=[^\s-]))?(?:([A-Za-z]+):)?/y;
  const word = /\S*/y;
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] as string)) {
      at += 1;
      continue;
    }
    prefix.lastIndex = at;
    const [written = "", dash, name] = prefix.exec(text) ?? [];
    const ours = name !== undefined && isOurs(name.toLowerCase());
    at += ours ? written.length : (dash?.length ?? 0);
    const negated = dash !== undefined;
    const field = ours ? name.toLowerCase() : null;
    if (quotes.has(text[at] ?? "")) {
      const end = closingQuote(text, at + 1);
      const value = text.slice(at + 1, end);
      // A space behind the last word says that the word is whole.
      const open = end === text.length && !/\s$/.test(value);
      yield { negated, name: field, value, quoted: true, open };
      at = end + 1;
    } else {
      word.lastIndex = at;
      const value = word.exec(text)?.[0] ?? "";
      yield { negated, name: field, value, quoted: false, open: false };
      at += value.length;
    }
  }
}

function isOurs(name: string): boolean {
  return Object.hasOwn(textFields, name) || conditions.has(name);
}

/** Where the phrase that begins at `from` ends; the end of the text where nothing closes it. */
function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\" && text[at + 1] === '"' && /[A-Za-z{\\]/.test(text[at + 2] ?? "")) at += 1;
    else if (quotes.has(text[at] as string)) return at;
  }
  return text.length;
}

/** Whether a value is on its way to one that means something, or only partly there. */
function isUnfinished(name: string, value: string): boolean {
  if (value.trim() === "") return true;
  switch (name) {
    case "is":
      return isBegunMark(value.toLowerCase());
    case "year":
      // Of "2020..2" only the first year counts so far.
      return readYears(value) === "unfinished" || /^\d{1,3}\.\.?\d|\d\.\.?\d{1,3}$/.test(value);
    case "after":
    case "before":
      return readDay(value) === "unfinished";
    case "upvotes":
    case "authors":
      return readNumbers(value) === "unfinished";
    default:
      return false;
  }
}

function isBegunMark(value: string): boolean {
  return !marks.has(value) && [...marks].some((mark) => mark.startsWith(value));
}

function readPiece(piece: Piece, terms: Term[], notes: Set<string>): void {
  const { name, value, negated } = piece;
  if (value.trim() === "") return;
  const field = name === null ? null : textFields[name];
  if (field !== undefined) {
    if (name === null) noteUnknownField(piece, terms, notes);
    else addText(piece, field, terms);
    return;
  }
  if (name === "is") {
    const mark = value.toLowerCase();
    if (isBegunMark(mark)) return;
    if (!marks.has(mark)) asWords(piece, `is:${value} is not known; searched as words`, terms, notes);
    else terms.push({ kind: "is", mark: mark as MarkTerm["mark"], negated });
  } else if (name === "year") {
    const years = readYears(value);
    if (years === null) asWords(piece, `year:${value} is not a year; searched as words`, terms, notes);
    else if (years !== "unfinished") terms.push({ kind: "date", ...years, negated });
  } else if (name === "after" || name === "before") {
    const day = readDay(value);
    if (day === null) asWords(piece, `${name}:${value} is not a date; searched as words`, terms, notes);
    else if (day !== "unfinished") {
      const range = name === "after" ? { from: day, before: null } : { from: null, before: day };
      terms.push({ kind: "date", ...range, negated });
    }
  } else if (name === "upvotes" || name === "authors") {
    const numbers = readNumbers(value);
    if (numbers !== null) {
      if (numbers !== "unfinished") terms.push({ kind: "number", field: name, ...numbers, negated });
    } else if (name === "authors" && /^\p{L}/u.test(value)) addText(piece, "author", terms);
    else asWords(piece, `${name}:${value} is not a number; searched as words`, terms, notes);
  }
}

/** A word without a field of ours; one that looks like it was meant to have one is said so. */
function noteUnknownField(piece: Piece, terms: Term[], notes: Set<string>): void {
  // Small letters, a colon and something at once: an attempt. "2:1", "CLIP: a" and "https://…" are text.
  const attempt = piece.quoted ? null : /^([a-z]{2,}):(?=[\p{L}\p{N}"<>=])/u.exec(piece.value);
  if (attempt) asWords(piece, `${attempt[1]}: is not a field; searched as words`, terms, notes);
  else addText(piece, null, terms);
}

/**
 * What was not understood, as the words it is made of. What is to be left out stays in one piece, or
 * "-foo:bar" would leave out every paper with a "foo".
 */
function asWords(piece: Piece, note: string, terms: Term[], notes: Set<string>): void {
  notes.add(note);
  const whole = piece.name === null ? piece.value : `${piece.name}:${piece.value}`;
  const colon = whole.indexOf(":");
  const texts = piece.negated ? [whole] : [whole.slice(0, colon), whole.slice(colon + 1)];
  for (const text of texts) addText({ ...piece, value: text, quoted: false }, null, terms);
}

function addText(piece: Piece, field: TextField | null, terms: Term[]): void {
  const { value, negated, quoted, open } = piece;
  const hasWords = words(value).length > 0;
  const hasSigns = /[^\x00-\x7f]/.test(value) && /\p{S}/u.test(value);
  if (!hasWords && !hasSigns) return; // a lone "-", ",", "…": nothing to look for
  if (quoted || !hasWords) {
    const text = value.trim().replace(/\s+/g, " ");
    const bare = normalize(text, true);
    terms.push({ kind: "phrase", text, field, negated, caseSensitive: bare !== bare.toLowerCase(), open });
  } else {
    terms.push({ kind: "word", text: value, field, negated });
  }
}
