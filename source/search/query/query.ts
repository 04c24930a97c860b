import type { NumberField, TextField } from "../text/fields.js";
import { isBesideIdentifier, wholeIdentifier } from "../text/identifiers.js";
import { normalize } from "../text/normalize.js";
import { meaningOf } from "./conditions.js";
import { type Token, tokensOf } from "./tokens.js";
import type { DayRange, NumberRange } from "./values.js";

export type { TextField } from "../text/fields.js";

/** A word, as typed; it may hold signs ("L2R-GNN"). Without a `field` it is looked for everywhere. */
export interface WordTerm {
  readonly kind: "word";
  readonly text: string;
  readonly field: TextField | null;
  readonly negated: boolean;
  /** Other forms of its verb are taken for it, or near words too, though it is written somewhere as it is typed (see did-you-mean.ts). */
  readonly loose?: "forms" | "near";
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
  readonly field: NumberField;
  readonly negated: boolean;
}

export type TextTerm = WordTerm | PhraseTerm;
export type Term = WordTerm | PhraseTerm | MarkTerm | DateTerm | NumberTerm;

/** What must hold of a paper: a term, all of some, or any of some. What is left out is left out by its terms. */
export type Node = Term | { readonly kind: "all" | "any"; readonly parts: readonly Node[] };

/** Something in a query that is not as it should be: an error for a script, a note beside the prompt. */
export interface Mistake {
  readonly kind: "unknown" | "unfinished";
  readonly written: string;
  /** What is said of it on the screen. */
  readonly what: string;
  /** The nearest right spelling, where there is one. */
  readonly nearest: string | null;
}

/** What a person asked for. */
export interface Query {
  readonly text: string;
  /** All of these must hold. */
  readonly parts: readonly Node[];
  /** Every term in them, in the order in which they are written. */
  readonly terms: readonly Term[];
  readonly mistakes: readonly Mistake[];
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
 * and said in `notes`, and what is only begun is left aside until there is something to look for. The
 * grammar is in docs/filter.md.
 *
 * Words know neither case nor accents; a phrase with a capital in it knows case. Names of fields may be
 * written in any case. A sign without a letter ("∇", an emoji) is looked for as it is written.
 *
 * @param today `YYYY-MM-DD`, for `after:7d`; without it such days are not known
 */
export function parseQuery(text: string, today: string | null = null): Query {
  const parser = new Parser(tokensOf(text.slice(0, longestQuery)), today);
  const root = parser.parse();
  const parts = withoutBesides(
    root === null ? [] : isGroup(root) && root.kind === "all" ? root.parts : [root],
  );
  const { mistakes } = parser;
  const notes = mistakes.filter(({ kind }) => kind === "unknown").map(({ what }) => what);
  if (text.length > longestQuery) notes.unshift(`only the first ${longestQuery} characters are searched`);
  const unfinished = mistakes.filter(({ kind }) => kind === "unfinished").map(({ what }) => what);
  const terms = parts.flatMap(termsOf);
  return {
    text,
    parts,
    terms,
    mistakes,
    notes: [...new Set(notes)],
    unfinished: [...new Set(unfinished)],
    isEmpty: terms.length === 0,
  };
}

/** Without what stands beside an identifier and only says what it is: "arxiv 2508.21104", "2602.03082v1 [cs.LG]". */
function withoutBesides(parts: readonly Node[]): readonly Node[] {
  const isWord = (part: Node): part is WordTerm =>
    part.kind === "word" && part.field === null && !part.negated;
  if (
    parts.length < 2 ||
    !parts.some((part) => isWord(part) && wholeIdentifier(normalize(part.text)) !== null)
  )
    return parts;
  return parts.filter((part) => !isWord(part) || !isBesideIdentifier(part.text));
}

/** Whether a node is made of others. */
export function isGroup(node: Node): node is Extract<Node, { readonly parts: readonly Node[] }> {
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

class Parser {
  readonly mistakes: Mistake[] = [];
  readonly #tokens: readonly Token[];
  readonly #today: string | null;
  #at = 0;

  constructor(tokens: readonly Token[], today: string | null) {
    this.#tokens = tokens;
    this.#today = today;
  }

  /** What all tokens ask for; `null` where that is nothing yet. */
  parse(): Node | null {
    return this.#either(false, null);
  }

  #either(negated: boolean, name: string | null): Node | null {
    const parts: Node[] = [];
    let isOpen = false;
    for (;;) {
      const part = this.#all(negated, name);
      if (part !== null) parts.push(part);
      if (isOpen && part === null) this.#unfinished("OR", "nothing follows OR yet");
      if (this.#tokens[this.#at]?.kind !== "or") break;
      while (this.#tokens[this.#at]?.kind === "or") this.#at += 1;
      isOpen = true;
    }
    return group(negated ? "all" : "any", parts);
  }

  #all(negated: boolean, name: string | null): Node | null {
    const parts: Node[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token === undefined || token.kind === "or" || token.kind === "close") break;
      parts.push(...this.#one(negated, name));
    }
    return group(negated ? "any" : "all", parts);
  }

  #one(negated: boolean, name: string | null): readonly Node[] {
    const token = this.#tokens[this.#at] as Token;
    this.#at += 1;
    if (token.kind === "not") {
      const next = this.#tokens[this.#at];
      if (next === undefined || next.kind === "or" || next.kind === "close") {
        this.#unfinished("NOT", "nothing follows NOT yet");
        return [];
      }
      return this.#one(!negated, name);
    }
    if (token.kind === "open") {
      const inside = this.#either(negated, token.name ?? name);
      if (this.#tokens[this.#at]?.kind === "close") this.#at += 1;
      else this.#unfinished("(", "a bracket is not closed yet");
      return inside === null ? [] : [inside];
    }
    if (token.kind !== "piece") return [];
    const { terms, mistake } = meaningOf({ ...token, name: token.name ?? name }, negated, this.#today);
    if (mistake !== null) this.mistakes.push(mistake);
    return terms;
  }

  #unfinished(written: string, what: string): void {
    this.mistakes.push({ kind: "unfinished", written, what, nearest: null });
  }
}

/** Parts as one node; groups of the same kind inside become part of it. */
function group(kind: "all" | "any", parts: readonly Node[]): Node | null {
  if (parts.length <= 1) return parts[0] ?? null;
  return { kind, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) };
}
