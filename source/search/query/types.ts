import type { NumberField, PartName, TextField } from "../text/fields.js";
import type { Place } from "./tokens.js";
import type { DayRange, NumberRange } from "./values.js";

/** A word as typed, maybe with signs ("L2R-GNN"). Without a `field` it is searched for in all fields. */
export interface WordTerm {
  readonly kind: "word";
  readonly text: string;
  readonly field: TextField | null;
  readonly negated: boolean;
  /**
   * Also match other forms of its verb, or similar words, although the word exists as typed (see
   * did-you-mean.ts).
   */
  readonly loose?: "forms" | "near";
  /** Set in watches and muted filters: no typos, no infixes, no joining of adjacent words. */
  readonly strict?: true;
  /** Set in long queries, such as pasted text: no acronyms and no infixes. */
  readonly plain?: true;
}

/** A quoted phrase. */
export interface PhraseTerm {
  readonly kind: "phrase";
  readonly text: string;
  readonly field: TextField | null;
  readonly negated: boolean;
  /** It contains a capital, so "RAG" does not match "rag". */
  readonly caseSensitive: boolean;
  /** The closing quote is missing, so the last word may be unfinished. */
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

/** `has:`: the paper has this part. */
export interface PartTerm {
  readonly kind: "has";
  readonly part: PartName;
  readonly negated: boolean;
}

/** `from:`: the name of one of the paper's sources contains this text. */
export interface SourceTerm {
  readonly kind: "from";
  /** In lower case. */
  readonly text: string;
  readonly negated: boolean;
}

export type TextTerm = WordTerm | PhraseTerm;
export type Term = WordTerm | PhraseTerm | MarkTerm | DateTerm | NumberTerm | PartTerm | SourceTerm;

/** A condition on a paper: a term, all of several, or any of several. Negation is stored in the terms. */
export type Node = Term | Group;
export interface Group {
  readonly kind: "all" | "any";
  readonly parts: readonly Node[];
}

/** A mistake in a query: an error for scripts, a note beside the prompt. */
export interface Mistake {
  readonly kind: "unknown" | "unfinished";
  readonly written: string;
  /** The message on screen. */
  readonly what: string;
  /** The nearest correct spelling; `null` if there is none. */
  readonly nearest: string | null;
  /** Whether that is not a spelling but another word: `after:` for `since:`. */
  readonly isSynonym?: boolean;
}

/** The filters of the watches that `watch:NAME` can refer to, by name (`nameOf`). */
export type Watches = ReadonlyMap<string, string>;

/** A parsed query. */
export interface Query {
  readonly text: string;
  /** The watches it was parsed with. */
  readonly watches: Watches;
  /** The conditions; a paper must meet all of them. */
  readonly parts: readonly Node[];
  /** All terms in `parts`, in the order typed. */
  readonly terms: readonly Term[];
  /** The position of each term in `text`, including its negation. */
  readonly places: ReadonlyMap<Term, Place>;
  readonly mistakes: readonly Mistake[];
  /** Notes for the prompt: what was not understood and is searched as plain words. */
  readonly notes: readonly string[];
  /** Unfinished parts, which are ignored; reported when the user stops typing. */
  readonly unfinished: readonly string[];
  /** Whether there are no conditions yet, so that every paper matches. */
  readonly isEmpty: boolean;
}

/** Whether a node is a group. */
export function isGroup(node: Node): node is Group {
  return node.kind === "all" || node.kind === "any";
}

/** All terms of a node, in order. */
export function termsOf(node: Node): readonly Term[] {
  return isGroup(node) ? node.parts.flatMap(termsOf) : [node];
}

/** Whether a term searches text. */
export function isText(node: Node): node is TextTerm {
  return node.kind === "word" || node.kind === "phrase";
}
