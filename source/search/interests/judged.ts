import { type Interest, interestKind } from "../../papers/interests/interest.js";
import { interestBits } from "../../papers/marks.js";
import { hasSaidMark, markedAs } from "../match/truths.js";
import type { MarkTerm, Query, Watches } from "../query/query.js";
import { type Finding, queryOf } from "./judge.js";

/** A watch, follow or mute and the papers it applies to under the current marks. */
export interface Held {
  readonly interest: Interest;
  /** Indices into the listing, ascending. */
  readonly papers: Uint32Array;
  /** Papers by someone of the same name as a followed or muted author, possibly another person. */
  readonly unsure: Uint32Array;
}

/** The result of applying all watches, follows and mutes to a listing. */
export interface Judged {
  readonly held: readonly Held[];
  /** The findings before marks were applied. */
  readonly findings: readonly Finding[];
  /** The query of each interest; `null` if it is not a filter. */
  readonly queries: readonly (Query | null)[];
  /** The marks that were applied. */
  readonly marks: Uint8Array;
  /** `held` by the identity of the interest. */
  readonly byId: ReadonlyMap<string, Held>;
  /** The identities of the watches that find at least one paper, in the order of `held`. */
  readonly watches: readonly string[];
  /** Whether the result depends on marks, as with `is:unread` in a watch. */
  readonly isOfMarks: boolean;
  /** For each paper, whether it is muted, followed or watched (`interestBits`). */
  readonly bits: Uint8Array;
  /** For each paper, the number of its first watch in `held`, counted from 1; 0 if no watch finds it. */
  readonly firstWatch: Uint16Array;
}

/** Watches beyond this number do not fit in `firstWatch`. */
const mostNumbered = 0xffff;

/**
 * Applies the marks of the papers to the findings of `judge`. Follows and mutes come first, so that the
 * filter of a watch can use `is:followed` and `is:muted`. It cannot use `is:watched`, which is not known yet.
 *
 * @param marks the mark bits of each paper, without the interest bits computed here
 */
export function finish(
  interests: readonly Interest[],
  findings: readonly Finding[],
  marks: Uint8Array,
  today: string | null,
  watches: Watches,
): Judged {
  const queries = interests.map((one) => queryOf(one, today, watches));
  return applyMarks(interests, findings, queries, marks);
}

/**
 * Applies changed marks to an earlier result, without searching again.
 * @param marks as in `finish`
 */
export function finishAgain(judged: Judged, marks: Uint8Array): Judged {
  if (!judged.isOfMarks || areEqual(marks, judged.marks)) return judged;
  const interests = judged.held.map(({ interest }) => interest);
  return applyMarks(interests, judged.findings, judged.queries, marks);
}

function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function applyMarks(
  interests: readonly Interest[],
  findings: readonly Finding[],
  queries: readonly (Query | null)[],
  marks: Uint8Array,
): Judged {
  const bits = new Uint8Array(marks.length);
  const firstWatch = new Uint16Array(marks.length);
  const held = new Array<Held>(interests.length);
  let isOfMarks = false;
  const order = [...interests.keys()].sort((one, other) => rankOf(interests[one]) - rankOf(interests[other]));
  for (const at of order) {
    const interest = interests[at] as Interest;
    const { papers: all, truths, unsure } = findings[at] as Finding;
    const query = queries[at] ?? null;
    const asksForMarks = query?.terms.some(({ kind }) => kind === "is") === true;
    isOfMarks ||= asksForMarks;
    const papers = query !== null && asksForMarks ? marked(query, all, truths, marks, bits) : all;
    held[at] = { interest, papers, unsure };
    const bit = bitOf(interest);
    const isNumbered = bit === interestBits.watched && at < mostNumbered;
    // An indexed loop takes a third of the time of for-of, and a watch may find every paper.
    for (let place = 0; place < papers.length; place += 1) {
      const paper = papers[place] as number;
      bits[paper] = (bits[paper] as number) | bit;
      if (isNumbered && firstWatch[paper] === 0) firstWatch[paper] = at + 1;
    }
  }
  return {
    held,
    findings,
    queries,
    marks,
    byId: new Map(held.map((one) => [one.interest.id, one])),
    watches: held
      .filter(({ interest: { id }, papers }) => interestKind(id) === "watch" && papers.length > 0)
      .map(({ interest }) => interest.id),
    isOfMarks,
    bits,
    firstWatch,
  };
}

/** Keeps the papers that meet the query's conditions on marks, in the same order. */
function marked(
  query: Query,
  papers: Uint32Array,
  truths: Uint16Array | null,
  marks: Uint8Array,
  bits: Uint8Array,
): Uint32Array {
  const bitsAt = (paper: number) => (marks[paper] as number) | (bits[paper] as number);
  if (truths !== null) return Uint32Array.from(markedAs(query, papers, truths, bitsAt));
  const terms = query.terms.filter((term): term is MarkTerm => term.kind === "is");
  // Evaluate the terms once for each of the 256 possible bit sets instead of once per paper.
  const meets = Uint8Array.from({ length: 256 }, (_, all) =>
    terms.every((term) => hasSaidMark(term.mark, all) !== term.negated) ? 1 : 0,
  );
  // A loop takes a fraction of the time of `filter`.
  const met = new Uint32Array(papers.length);
  let count = 0;
  for (let place = 0; place < papers.length; place += 1) {
    const paper = papers[place] as number;
    if (meets[(marks[paper] as number) | (bits[paper] as number)] !== 1) continue;
    met[count] = paper;
    count += 1;
  }
  return met.slice(0, count);
}

function bitOf({ id }: Interest): number {
  const kind = interestKind(id);
  return kind === "mute"
    ? interestBits.muted
    : kind === "follow"
      ? interestBits.followed
      : interestBits.watched;
}

/** The order of evaluation: follows, then muted names and papers, then muted filters, then watches. */
function rankOf(interest: Interest | undefined): number {
  const id = interest?.id ?? "";
  if (id.startsWith("watch:")) return 3;
  if (id.startsWith("mute:filter/")) return 2;
  return id.startsWith("mute:") ? 1 : 0;
}

/** Whether an ascending list of indices contains one. Binary search. */
export function hasPaper(papers: Uint32Array, paper: number): boolean {
  let [low, high] = [0, papers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((papers[middle] as number) < paper) low = middle + 1;
    else high = middle;
  }
  return papers[low] === paper;
}

/** The watches, follows and mutes that apply to a paper. */
export function heldFor({ held }: Judged, paper: number): readonly Interest[] {
  return held.filter(({ papers }) => hasPaper(papers, paper)).map(({ interest }) => interest);
}

/** The follows and mutes of authors who may or may not have written a paper. */
export function unsureOf({ held }: Judged, paper: number): readonly Interest[] {
  return held.filter(({ unsure }) => hasPaper(unsure, paper)).map(({ interest }) => interest);
}
