import type { NumberField, PartName, TextField } from "../text/fields.js";
import type { Place } from "./tokens.js";
import type { DayRange, NumberRange } from "./values.js";

/** A word, as typed; it may hold signs ("L2R-GNN"). Without a `field` it is looked for everywhere. */
export interface WordTerm {
  readonly kind: "word";
  readonly text: string;
  readonly field: TextField | null;
  readonly negated: boolean;
  /** Other forms of its verb are taken for it, or near words too, though it is written somewhere as it is typed (see did-you-mean.ts). */
  readonly loose?: "forms" | "near";
  /** Of a watch or a muted filter: neither typos nor parts of words are taken for it, nor words beside each other for one. */
  readonly strict?: true;
  /** One of many words, as in a pasted text: it is neither an acronym nor a part of a word. */
  readonly plain?: true;
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
  readonly mark: "unread" | "read" | "starred" | "later" | "new" | "muted" | "followed" | "watched";
  readonly negated: boolean;
}

export interface DateTerm extends DayRange {
  readonly kind: "date";
  readonly negated: boolean;
}

export interface NumberTerm extends NumberRange {
  readonly kind: "number";
  readonly field: NumberField;
  readonly negated: boolean;
}

/** `has:`: a paper has that part. */
export interface PartTerm {
  readonly kind: "has";
  readonly part: PartName;
  readonly negated: boolean;
}

/** `from:`: one of the sources of a paper has that text in its name. */
export interface SourceTerm {
  readonly kind: "from";
  /** In lower case. */
  readonly text: string;
  readonly negated: boolean;
}

export type TextTerm = WordTerm | PhraseTerm;
export type Term = WordTerm | PhraseTerm | MarkTerm | DateTerm | NumberTerm | PartTerm | SourceTerm;

/** What must hold of a paper: a term, all of some, or any of some. What is left out is left out by its terms. */
export type Node = Term | Group;
export interface Group {
  readonly kind: "all" | "any";
  readonly parts: readonly Node[];
}

/** Something in a query that is not as it should be: an error for a script, a note beside the prompt. */
export interface Mistake {
  readonly kind: "unknown" | "unfinished";
  readonly written: string;
  /** What is said of it on the screen. */
  readonly what: string;
  /** The nearest right spelling, where there is one. */
  readonly nearest: string | null;
}

/** The filters of the watches that `watch:NAME` may name, by name (`nameOf`). */
export type Watches = ReadonlyMap<string, string>;

/** What a person asked for. */
export interface Query {
  readonly text: string;
  /** The watches it was read with. */
  readonly watches: Watches;
  /** All of these must hold. */
  readonly parts: readonly Node[];
  /** Every term in them, in the order in which they are written. */
  readonly terms: readonly Term[];
  /** Where in the text each term is, with what leaves it out. */
  readonly places: ReadonlyMap<Term, Place>;
  readonly mistakes: readonly Mistake[];
  /** Said beside the prompt: what was not understood and is searched as plain words. */
  readonly notes: readonly string[];
  /** What is only begun and left aside, so that it can be said once nobody types any more. */
  readonly unfinished: readonly string[];
  /** Nothing is asked yet: every paper matches. */
  readonly isEmpty: boolean;
}

/** Whether a node is made of others. */
export function isGroup(node: Node): node is Group {
  return node.kind === "all" || node.kind === "any";
}

/** Every term in a node, in order. */
export function termsOf(node: Node): readonly Term[] {
  return isGroup(node) ? node.parts.flatMap(termsOf) : [node];
}

/** Whether a term looks for text. */
export function isText(node: Node): node is TextTerm {
  return node.kind === "word" || node.kind === "phrase";
}
