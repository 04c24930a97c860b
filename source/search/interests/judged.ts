import { type Interest, interestKind } from "../../papers/interests/interest.js";
import { interestBits } from "../../papers/marks.js";
import { hasSaidMark, markedAs } from "../match/search.js";
import type { MarkTerm, Query, Watches } from "../query/query.js";
import { type Finding, queryOf } from "./judge.js";

/** A watch, a follow or a mute, and the papers of a listing that it holds for now. */
export interface Held {
  readonly interest: Interest;
  /** Indices into the listing, ascending. */
  readonly papers: Uint32Array;
  /** Papers by somebody of an author's name, who may be somebody else. */
  readonly unsure: Uint32Array;
}

/** What the interests of a person say of a listing. */
export interface Judged {
  readonly held: readonly Held[];
  /** What they were made of, whatever the marks. */
  readonly findings: readonly Finding[];
  /** The query of each; `null` of what is no filter. */
  readonly queries: readonly (Query | null)[];
  /** The marks they were held against. */
  readonly marks: Uint8Array;
  /** `held` by the identities of the interests. */
  readonly byId: ReadonlyMap<string, Held>;
  /** The watches that find something, by identity, in the order of `held`. */
  readonly watches: readonly string[];
  /** Whether marks decide: `is:unread` in a watch. */
  readonly isOfMarks: boolean;
  /** Of each paper whether it is muted, followed or watched (`interestBits`). */
  readonly bits: Uint8Array;
  /** Of each paper the number of its first watch among `held`, from 1; 0 where it has none. */
  readonly firstWatch: Uint16Array;
}

/** Watches beyond that number have no letter. */
const mostNumbered = 0xffff;

/**
 * What the findings (`judge`) come to with the marks of the papers. Follows and mutes come first, so that a
 * watch may ask for `is:followed` and `is:muted`; of `is:watched` a watch knows nothing.
 *
 * @param marks the mark bits of each paper, without those made here
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
 * The same with other marks. Nothing is looked for again.
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
    // By index, which takes a third of the time: a watch may find all papers there are.
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

/** Of some papers, in their order, those that meet the conditions of a query on marks. */
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
  // Of 256 sets of bits it is asked once each, and not of every paper.
  const meets = Uint8Array.from({ length: 256 }, (_, all) =>
    terms.every((term) => hasSaidMark(term.mark, all) !== term.negated) ? 1 : 0,
  );
  // A loop, which takes a fraction of the time of `filter`.
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

/** Follows, then what is muted by itself, then muted filters, then watches. */
function rankOf(interest: Interest | undefined): number {
  const id = interest?.id ?? "";
  if (id.startsWith("watch:")) return 3;
  if (id.startsWith("mute:filter/")) return 2;
  return id.startsWith("mute:") ? 1 : 0;
}

/** Whether a list of indices, ascending, has one. */
export function hasPaper(papers: Uint32Array, paper: number): boolean {
  let [low, high] = [0, papers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((papers[middle] as number) < paper) low = middle + 1;
    else high = middle;
  }
  return papers[low] === paper;
}

/** The watches, follows and mutes that hold for a paper. */
export function heldFor({ held }: Judged, paper: number): readonly Interest[] {
  return held.filter(({ papers }) => hasPaper(papers, paper)).map(({ interest }) => interest);
}

/** The follows and mutes of an author of whom it is not sure whether they wrote a paper. */
export function unsureOf({ held }: Judged, paper: number): readonly Interest[] {
  return held.filter(({ unsure }) => hasPaper(unsure, paper)).map(({ interest }) => interest);
}
