import { hasMark, interestBits, isMuted, type MarkField, newBit } from "../../papers/marks.js";
import { dayNumber, type SearchIndex } from "../index/search-index.js";
import {
  type DateTerm,
  isGroup,
  isText,
  type MarkTerm,
  type Node,
  type NumberTerm,
  type PartTerm,
  type Query,
  type SourceTerm,
  type TextTerm,
  termsOf,
} from "../query/types.js";
import type { Found } from "../rank/best.js";
import { partBit } from "../text/fields.js";
import { findTerm, type Scope } from "./found.js";

// Which papers meet a query, and with which marks, whatever their order.

/** Marks that are part of a group in the query; each is a bit in the sets of `truthsOf`. */
type DecidingMark = Exclude<MarkTerm["mark"], "unread">;

function decidingMarks(query: Query): readonly DecidingMark[] {
  const isNested = query.parts.some(
    (part) => isGroup(part) && termsOf(part).some(({ kind }) => kind === "is"),
  );
  if (!isNested) return [];
  const marks = query.terms.filter((term): term is MarkTerm => term.kind === "is");
  return [...new Set(marks.map(({ mark }) => (mark === "unread" ? "read" : mark)))];
}

/** One number in `truthsOf` holds the results for this many sets of marks, one per bit. */
const setsInNumber = 16;
const everySet = 2 ** setsInNumber - 1;

/**
 * For each paper, with which marks the query matches it, if marks are alternatives in a group (`is:starred OR
 * attention`) and the searching thread does not know them. Each set of marks has a number whose bits are the
 * marks in it; bit n of a paper's result is set if it matches with set n. With more than four marks a paper
 * has several numbers. `null` if no group contains marks.
 */
export function truthsOf(index: SearchIndex, query: Query, papers: Uint32Array): Uint16Array | null {
  const marks = decidingMarks(query);
  if (marks.length === 0) return null;
  const stride = numbersOf(marks);
  const truths = new Uint16Array(papers.length * stride).fill(everySet);
  const findings = new Findings(index, "all");
  // The papers meet every part without marks.
  const deciding = query.parts.filter((part) => termsOf(part).some(({ kind }) => kind === "is"));
  for (let number = 0; number < stride; number += 1) {
    const setsOf = (term: MarkTerm) => setsWith(term, marks, number);
    for (const part of deciding) {
      const met = meeting(index, part, setsOf, findings);
      for (let at = 0, place = number; at < papers.length; at += 1, place += stride) {
        truths[place] = (truths[place] as number) & (met[papers[at] as number] as number);
      }
    }
  }
  return truths;
}

/** The sets of marks that satisfy a term, among those that a paper's number `number` covers, as bits. */
function setsWith({ mark, negated }: MarkTerm, marks: readonly DecidingMark[], number: number): number {
  const isSet = mark !== "unread" ? !negated : negated;
  const place = marks.indexOf(mark === "unread" ? "read" : mark);
  let sets = 0;
  for (let bit = 0; bit < setsInNumber; bit += 1) {
    if ((((number * setsInNumber + bit) >> place) & 1) === (isSet ? 1 : 0)) sets |= 1 << bit;
  }
  return sets;
}

function numbersOf(marks: readonly DecidingMark[]): number {
  return Math.ceil((1 << marks.length) / setsInNumber);
}

/** Keeps the papers that meet the query's conditions on marks, in the same order. */
export function markedAs(
  query: Query,
  papers: Uint32Array,
  truths: Uint16Array | null,
  marks: (index: number) => number,
): number[] {
  const terms = query.terms.filter((term): term is MarkTerm => term.kind === "is");
  // A loop is ten times as fast as `Array.from`, and an answer may contain every paper.
  const found = new Array<number>(papers.length);
  for (let at = 0; at < papers.length; at += 1) found[at] = papers[at] as number;
  if (terms.length === 0) return found;
  if (truths !== null) {
    const deciding = decidingMarks(query);
    const stride = numbersOf(deciding);
    return found.filter((paper, at) => {
      const bits = marks(paper);
      const set = deciding.reduce(
        (sum, mark, place) => (hasSaidMark(mark, bits) ? sum | (1 << place) : sum),
        0,
      );
      const number = truths[at * stride + Math.floor(set / setsInNumber)] as number;
      return ((number >> (set % setsInNumber)) & 1) === 1;
    });
  }
  return found.filter((paper) => {
    const bits = marks(paper);
    return terms.every((term) => hasSaidMark(term.mark, bits) !== term.negated);
  });
}

/** Whether a node requires text that a paper must contain. */
export function asksForText(node: Node): boolean {
  if (isGroup(node)) return node.parts.some(asksForText);
  return isText(node) && !node.negated;
}

/** A test of the parts that do not affect the ranking, only exclude papers; `null` if there are none. */
export function filterOf(
  index: SearchIndex,
  parts: readonly Node[],
  scope: Scope,
): ((paper: number) => boolean) | null {
  const holds = parts
    .filter((part) => part.kind !== "is" && !asksForText(part))
    .map((part) => predicateOf(index, part, scope));
  if (holds.length === 0) return null;
  return (paper) => holds.every((one) => one(paper));
}

/** The sets of marks that satisfy a term, as bits. */
type SetsOf = (term: MarkTerm) => number;
/** The marks are unknown, so every set may apply. */
export const anyMarks: SetsOf = () => everySet;

/** The results for the terms of a query, each searched for once. */
export class Findings {
  readonly #index: SearchIndex;
  readonly #scope: Scope;
  readonly #found = new Map<TextTerm, Found>();

  constructor(index: SearchIndex, scope: Scope) {
    this.#index = index;
    this.#scope = scope;
  }

  of(term: TextTerm): Found {
    let found = this.#found.get(term);
    if (found === undefined) {
      // A negated word also excludes papers with it in their abstract.
      found = findTerm(this.#index, term, term.negated ? "all" : this.#scope);
      this.#found.set(term, found);
    }
    return found;
  }
}

/** A test for papers that satisfy a node with some set of marks. */
export function predicateOf(index: SearchIndex, node: Node, scope: Scope): (paper: number) => boolean {
  if (isGroup(node) || isText(node)) {
    const met = meeting(index, node, anyMarks, new Findings(index, scope));
    return (paper) => met[paper] !== 0;
  }
  return node.kind === "is" ? () => true : conditionOf(index, node);
}

/**
 * For each paper, the sets of marks with which it satisfies a node, as bits. Whole arrays are combined
 * instead of testing papers one by one, because a group may have a hundred terms.
 */
export function meeting(index: SearchIndex, node: Node, setsOf: SetsOf, findings: Findings): Uint16Array {
  const met = new Uint16Array(index.listing.size);
  if (isGroup(node)) {
    const isAll = node.kind === "all";
    if (isAll) met.fill(everySet);
    for (const part of node.parts) {
      if (isText(part) && part.negated === isAll) {
        // Apply a term's result directly: an array for each of a hundred terms would be slow.
        const { papers } = findings.of(part);
        for (let at = 0; at < papers.length; at += 1) met[papers[at] as number] = isAll ? 0 : everySet;
        continue;
      }
      const one = meeting(index, part, setsOf, findings);
      if (isAll)
        for (let at = 0; at < met.length; at += 1) met[at] = (met[at] as number) & (one[at] as number);
      else for (let at = 0; at < met.length; at += 1) met[at] = (met[at] as number) | (one[at] as number);
    }
  } else if (isText(node)) {
    if (node.negated) met.fill(everySet);
    for (const paper of findings.of(node).papers) met[paper] = node.negated ? 0 : everySet;
  } else if (node.kind === "is") {
    met.fill(setsOf(node));
  } else {
    const holds = conditionOf(index, node);
    for (let paper = 0; paper < met.length; paper += 1) if (holds(paper)) met[paper] = everySet;
  }
  return met;
}

/** A test for papers that satisfy a condition. */
function conditionOf(
  index: SearchIndex,
  term: DateTerm | NumberTerm | PartTerm | SourceTerm,
): (paper: number) => boolean {
  const { negated } = term;
  if (term.kind !== "date") return (paper) => meets(index, term, paper) !== negated;
  const { days } = index;
  // The day of a paper without a date is 0 and must not match.
  const first = Math.max(1, term.from === null ? 1 : dayNumber(term.from));
  const before = term.before === null ? Number.POSITIVE_INFINITY : dayNumber(term.before);
  return (paper) => {
    const day = days[paper] as number;
    return (day >= first && day < before) !== negated;
  };
}

function meets(index: SearchIndex, term: NumberTerm | PartTerm | SourceTerm, paper: number): boolean {
  switch (term.kind) {
    case "number": {
      const number = index.numbers[term.field]?.[paper] ?? Number.NaN;
      if (Number.isNaN(number)) return false;
      return (term.min === null || number >= term.min) && (term.max === null || number <= term.max);
    }
    case "from":
      return (index.sources[index.sourcesAt[paper] as number] as string).includes(term.text);
    case "has":
      return ((index.parts[paper] as number) & partBit(term.part)) !== 0;
  }
}

/** Whether a paper with these bits satisfies `is:` with the mark. */
export function hasSaidMark(mark: MarkTerm["mark"], bits: number): boolean {
  if (mark === "new") return (bits & newBit) !== 0;
  if (mark === "unread") return !hasMark(bits, "read");
  if (mark === "muted") return isMuted(bits);
  if (mark === "followed" || mark === "watched") return (bits & interestBits[mark]) !== 0;
  return hasMark(bits, mark satisfies MarkField);
}
