import { nameOf } from "../../papers/interests/interest.js";
import { isBesideIdentifier, wholeIdentifier } from "../text/identifiers.js";
import { normalize } from "../text/normalize.js";
import { meaningOf, noWatchMeaning } from "./conditions.js";
import { pastedNode } from "./pasted.js";
import { type Piece, type Place, type Token, tokensOf } from "./tokens.js";
import {
  isGroup,
  type Mistake,
  type Node,
  type Query,
  type Term,
  termsOf,
  type Watches,
  type WordTerm,
} from "./types.js";
import { readYears } from "./values.js";

export type * from "./types.js";
export { isGroup, isText, termsOf } from "./types.js";

const noWatches: ReadonlyMap<string, string> = new Map();
/** The most watches that are expanded in one query, since watches may refer to watches. */
const mostNamed = 64;

/** A query with more words is pasted text, whose words are complete. */
const mostTyped = 12;

/**
 * Longer than any typed query. In pasted text each word would be searched for, and each letter of a phrase.
 */
export const longestQuery = 1_000;

/**
 * Parses a query as typed at the prompt. Never throws: parts that are not understood are searched as plain
 * words and reported in `notes`; unfinished parts are ignored. The grammar is in docs/filter.md.
 *
 * Words ignore case and accents; a phrase with a capital is case-sensitive. Field names may be in any case. A
 * symbol without letters ("∇", an emoji) is searched for as it is.
 *
 * @param today `YYYY-MM-DD`, for `after:7d`; without it relative dates are not understood
 * @param watches the watches that `watch:NAME` can refer to
 */
export function parseQuery(text: string, today: string | null = null, watches: Watches = noWatches): Query {
  const parser = new Parser(tokensOf(text.slice(0, longestQuery)), today, watches);
  const pasted = pastedNode(text, false, parser.places);
  const root = pasted ?? parser.parse();
  const all = root === null ? [] : isGroup(root) && root.kind === "all" ? root.parts : [root];
  const written = withoutBesides(asCitation(all, parser.places));
  const isPasted = written.flatMap(termsOf).filter(({ kind }) => kind === "word").length > mostTyped;
  const parts = isPasted ? written.map((part) => plainly(part, parser.places)) : written;
  const { mistakes } = parser;
  const notes = mistakes.filter(({ kind }) => kind === "unknown").map(({ what }) => what);
  if (text.length > longestQuery && pasted === null)
    notes.unshift(`only the first ${longestQuery} characters are searched`);
  const unfinished = mistakes.filter(({ kind }) => kind === "unfinished").map(({ what }) => what);
  const terms = parts.flatMap(termsOf);
  return {
    text,
    watches,
    parts,
    terms,
    places: parser.places,
    mistakes,
    notes: [...new Set(notes)],
    unfinished: [...new Set(unfinished)],
    isEmpty: terms.length === 0,
  };
}

/** Whether a node is a word without a field that papers must have. */
const isWord = (part: Node | undefined): part is WordTerm =>
  part?.kind === "word" && part.field === null && !part.negated;

/** Reads a citation as texts have it, "Vaswani et al., 2017": no paper has "et al.", and the year is its own. */
function asCitation(parts: readonly Node[], places: Map<Term, Place>): readonly Node[] {
  const isEt = (at: number) => {
    const [et, al] = [parts[at], parts[at + 1]];
    return isWord(et) && /^et$/i.test(et.text) && isWord(al) && /^al\W*$/i.test(al.text);
  };
  const at = parts.findIndex((_, index) => index > 0 && isEt(index));
  if (at < 0) return parts;
  const [next, ...others] = parts.slice(at + 2);
  const year = isWord(next) ? /^\W*((?:19|20)\d\d)[a-z]?\W*$/.exec(next.text)?.[1] : undefined;
  const days = year === undefined ? null : readYears(year);
  if (!isWord(next) || days === null || days === "unfinished")
    return [...parts.slice(0, at), ...parts.slice(at + 2)];
  const published: Term = { kind: "date", ...days, negated: false };
  const place = places.get(next);
  if (place !== undefined) places.set(published, place);
  return [...parts.slice(0, at), published, ...others];
}

/** Removes words that only label an identifier: "arxiv 2508.21104", "2602.03082v1 [cs.LG]". */
function withoutBesides(parts: readonly Node[]): readonly Node[] {
  if (
    parts.length < 2 ||
    !parts.some((part) => isWord(part) && wholeIdentifier(normalize(part.text)) !== null)
  )
    return parts;
  return parts.filter((part) => !isWord(part) || !isBesideIdentifier(part.text));
}

class Parser {
  readonly mistakes: Mistake[] = [];
  readonly places = new Map<Term, Place>();
  readonly #tokens: readonly Token[];
  readonly #today: string | null;
  readonly #watches: Watches;
  /** How many more watches may be expanded. Shared with nested parsers. */
  readonly #named: { left: number };
  #at = 0;

  constructor(tokens: readonly Token[], today: string | null, watches: Watches, named = { left: mostNamed }) {
    this.#named = named;
    this.#tokens = tokens;
    this.#today = today;
    this.#watches = watches;
  }

  /** Parses all tokens, negated if asked; `null` if they ask for nothing yet. */
  parse(negated = false): Node | null {
    return this.#either(negated, null);
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

  /** Parses one operand. `start` is the offset of the negation before it, if any. */
  #one(negated: boolean, name: string | null, start: number | null = null): readonly Node[] {
    const token = this.#tokens[this.#at] as Token;
    this.#at += 1;
    if (token.kind === "not") {
      const next = this.#tokens[this.#at];
      if (next === undefined || next.kind === "or" || next.kind === "close") {
        this.#unfinished("NOT", "nothing follows NOT yet");
        return [];
      }
      return this.#one(!negated, name, start ?? token.start);
    }
    if (token.kind === "open") {
      const inside = this.#either(negated, token.name ?? name);
      if (this.#tokens[this.#at]?.kind === "close") this.#at += 1;
      else this.#unfinished("(", "a bracket is not closed yet");
      return inside === null ? [] : [inside];
    }
    if (token.kind !== "piece") return [];
    const piece = { ...token, name: token.name ?? name };
    const { place } = token;
    const filter = piece.name === "watch" ? this.#watches.get(nameOf(piece.value)) : undefined;
    if (filter !== undefined) return this.#watch(piece, filter, negated, start ?? place.start);
    const { terms, mistake } =
      piece.name === "watch"
        ? noWatchMeaning(piece, negated, this.#watches)
        : meaningOf(piece, negated, this.#today);
    if (mistake !== null) this.mistakes.push(mistake);
    for (const term of terms) this.places.set(term, { ...place, start: start ?? place.start });
    return terms;
  }

  /**
   * Expands a watch into its filter. Mistakes in the filter are not reported: they were when it was saved.
   */
  #watch({ value, place }: Piece, filter: string, negated: boolean, start: number): readonly Node[] {
    if (this.#named.left === 0) return [];
    this.#named.left -= 1;
    // A watch may refer to others, but not to itself.
    const others = new Map([...this.#watches].filter(([name]) => name !== nameOf(value)));
    const parser = new Parser(tokensOf(filter.slice(0, longestQuery)), this.#today, others, this.#named);
    const written = pastedNode(filter, negated, parser.places) ?? parser.parse(negated);
    if (written === null) return [];
    const node = strictly(written);
    for (const term of termsOf(node)) this.places.set(term, { ...place, start });
    return [node];
  }

  #unfinished(written: string, what: string): void {
    this.mistakes.push({ kind: "unfinished", written, what, nearest: null });
  }
}

/** The node with every word marked as strict. */
export function strictly(node: Node): Node {
  if (isGroup(node)) return { ...node, parts: node.parts.map(strictly) };
  return node.kind === "word" ? { ...node, strict: true } : node;
}

/** The node with every word marked as plain. Also records the places of the new terms. */
function plainly(node: Node, places: Map<Term, Place>): Node {
  if (isGroup(node)) return { ...node, parts: node.parts.map((part) => plainly(part, places)) };
  if (node.kind !== "word") return node;
  const plain: WordTerm = { ...node, plain: true };
  const place = places.get(node);
  if (place !== undefined) places.set(plain, place);
  return plain;
}

/** Combines parts into one node; nested groups of the same kind are flattened. */
function group(kind: "all" | "any", parts: readonly Node[]): Node | null {
  if (parts.length <= 1) return parts[0] ?? null;
  return { kind, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) };
}
