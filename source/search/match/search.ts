import type { SearchIndex } from "../index/search-index.js";
import { namedBy } from "../query/names.js";
import { type Group, isText, type Node, type Query, type TextTerm, termsOf } from "../query/types.js";
import { either, type Found } from "../rank/best.js";
import { Nearness } from "../rank/nearness.js";
import { inOrder } from "../rank/order.js";
import { nameBonus, rarity, titleBonus } from "../rank/ranking.js";
import { runsOf } from "../words/runs.js";
import { findRun, findTerm, lookupCost, type Scope } from "./found.js";
import { remember } from "./remember.js";
import { anyMarks, asksForText, Findings, filterOf, meeting } from "./truths.js";

/**
 * The first part of a result, without searching abstracts: the papers that match every word in the fields
 * that the list shows, best first. Conditions on marks are left to `markedAs`. `null` if the query has no
 * words.
 */
export function searchHeads(index: SearchIndex, query: Query): Uint32Array | null {
  if (!query.parts.some(asksForText)) return null;
  const { papers, scores } = ranked(index, query.parts, "heads");
  return inOrder(papers, scores, filterOf(index, query.parts, "heads"));
}

/**
 * The full result of a query apart from its conditions on marks: `heads` unchanged, then the rest, best
 * first.
 */
export function searchAll(index: SearchIndex, query: Query, heads: Uint32Array | null): Uint32Array {
  if (heads === null) {
    const holds = filterOf(index, query.parts, "all");
    const every = new Uint32Array(index.listing.size);
    for (let paper = 0; paper < every.length; paper += 1) every[paper] = paper;
    return holds === null ? every : every.filter(holds);
  }
  const isHead = new Uint8Array(index.listing.size);
  for (const paper of heads) isHead[paper] = 1;
  const { papers, scores } = ranked(index, query.parts, "all");
  // Last, so that excluded words do not use up the reads of wanted ones.
  const holds = filterOf(index, query.parts, "all");
  const rest = inOrder(papers, scores, (paper) => isHead[paper] === 0 && (holds === null || holds(paper)));
  const found = new Uint32Array(heads.length + rest.length);
  found.set(heads);
  found.set(rest, heads.length);
  return found;
}

/**
 * The papers whose titles match all terms of a query, together with those of `others` that the query finds,
 * best first. Empty if no title beyond `others` matches all terms.
 */
export function searchTitles(index: SearchIndex, query: Query, others: Uint32Array = none): Uint32Array {
  const isOther = new Uint8Array(index.listing.size);
  for (const paper of others) isOther[paper] = 1;
  const { papers, scores, inTitle } = ranked(index, query.parts, "all", isOther);
  const holds = filterOf(index, query.parts, "all");
  const wanted = new Set(others);
  for (let at = 0; at < papers.length; at += 1) if (inTitle[at] === 1) wanted.add(papers[at] as number);
  return inOrder(papers, scores, (paper) => wanted.has(paper) && (holds === null || holds(paper)));
}

const none = new Uint32Array();

/** The result for one part of a query, and its weight. */
interface Clause {
  readonly found: Found;
  readonly worth: number;
  /** Whether the part counts for `titleBonus`. */
  readonly saysTitle: boolean;
}

/**
 * The papers that match all parts with text, in listing order, with their scores (see ranking.ts).
 *
 * @param titlesAnd if given, keeps only papers that match all words in their titles, and papers with a 1
 * here; the result is empty if there are only the latter
 */
function ranked(
  index: SearchIndex,
  parts: readonly Node[],
  scope: Scope,
  titlesAnd: Uint8Array | null = null,
): { papers: Uint32Array; scores: Float64Array; inTitle: Uint8Array } {
  const narrowed = narrow(index, parts, scope, titlesAnd);
  if (narrowed === null) return { papers: none, scores: new Float64Array(), inTitle: new Uint8Array() };
  const { clauses, left, count } = narrowed;
  const { papers, sums, inTitle } = summedUp(clauses, left, count);
  const inTitles = clauses
    .filter(({ saysTitle }) => saysTitle)
    .map(({ found }) => found.words)
    .filter((words, at, all) => words !== all[at - 1]);
  const names = new Set(named(index, parts));
  const nearness = inTitles.length > 0 ? new Nearness(index, inTitles) : null;
  const scores = new Float64Array(papers.length);
  for (let at = 0; at < papers.length; at += 1) {
    const paper = papers[at] as number;
    const bonus = inTitle[at] === 1 ? titleBonus * (nearness?.of(paper) ?? 1) : 1;
    scores[at] = (sums[at] as number) * (names.size > 0 && names.has(paper) ? nameBonus : bonus);
  }
  nearness?.end();
  return { papers, scores, inTitle };
}

/**
 * The papers of `left`, in listing order, with the weighted sum of their points, and whether their titles match
 * all clauses.
 */
function summedUp(
  clauses: readonly Clause[],
  left: Uint8Array,
  count: number,
): { papers: Uint32Array; sums: Float64Array; inTitle: Uint8Array } {
  const papers = new Uint32Array(count);
  const sums = new Float64Array(count);
  const inTitle = new Uint8Array(count).fill(1);
  for (let paper = 0, place = 0; place < count; paper += 1) {
    if (left[paper] === 0) continue;
    papers[place] = paper;
    place += 1;
  }
  for (const { found, worth, saysTitle } of withoutRepeats(clauses)) {
    for (let at = 0, place = 0; place < count; at += 1) {
      if (left[found.papers[at] as number] === 0) continue;
      sums[place] = (sums[place] as number) + (found.points[at] as number) * worth;
      if (saysTitle) inTitle[place] = (inTitle[place] as number) & (found.inTitle[at] as number);
      place += 1;
    }
  }
  return { papers, sums, inTitle };
}

/** The clauses with those of the same result as one: a word may be typed a hundred times. */
function withoutRepeats(clauses: readonly Clause[]): Iterable<Clause> {
  const distinct = new Map<Found, Clause>();
  for (const clause of clauses) {
    const before = distinct.get(clause.found);
    const [worth, saysTitle] = [before?.worth ?? 0, before?.saysTitle ?? false];
    distinct.set(clause.found, {
      ...clause,
      worth: worth + clause.worth,
      saysTitle: saysTitle || clause.saysTitle,
    });
  }
  return distinct.values();
}

/**
 * The result for each part with text, in their order, and a 1 for each of the `count` papers that match them
 * all; `null` if the result is empty (see `ranked`).
 */
function narrow(
  index: SearchIndex,
  parts: readonly Node[],
  scope: Scope,
  titlesAnd: Uint8Array | null,
): { clauses: readonly Clause[]; left: Uint8Array; count: number } | null {
  const asked = parts.filter(asksForText);
  const clauses = new Array<Clause>(asked.length);
  const costs = asked.map((part) => costOf(index, part));
  const order = [...asked.keys()].sort((one, other) => (costs[one] as number) - (costs[other] as number));
  const runs = runsOf(index, parts).map((run) => ({ ...run, found: findRun(index, run, scope) }));
  let within: Uint8Array | null = null;
  let count = 0;
  const narrowedBy = new Set<Found>();
  for (const at of order) {
    const part = asked[at] as Node;
    let found = isText(part)
      ? findTerm(index, part, scope, () => within)
      : findGroup(index, part as Group, scope);
    const place = parts.indexOf(part);
    for (const run of runs) if (run.from <= place && place < run.to) found = either(found, run.found);
    const clause: Clause = {
      found,
      worth: isText(part) ? rarity(found.papers.length, index.total) : 1,
      saysTitle: !isText(part) || part.field === null || part.field === "title",
    };
    clauses[at] = clause;
    if (narrowedBy.has(found)) continue;
    narrowedBy.add(found);
    const left = leftOf(clause, within, titlesAnd, index.listing.size);
    if (left.wanted === 0) return null;
    within = left.papers;
    count = left.count;
  }
  return within === null ? null : { clauses, left: within, count };
}

/** A 1 for each paper of `within` that matches a clause, their number, and how many are wanted (see `ranked`). */
function leftOf(
  { found, saysTitle }: Clause,
  within: Uint8Array | null,
  titlesAnd: Uint8Array | null,
  size: number,
): { papers: Uint8Array; count: number; wanted: number } {
  const { papers, inTitle } = found;
  const left = new Uint8Array(size);
  let count = 0;
  let others = 0;
  for (let place = 0; place < papers.length; place += 1) {
    const paper = papers[place] as number;
    if (within !== null && within[paper] === 0) continue;
    if (titlesAnd !== null) {
      if (titlesAnd[paper] === 1) others += 1;
      else if (saysTitle && inTitle[place] === 0) continue;
    }
    left[paper] = 1;
    count += 1;
  }
  return { papers: left, count, wanted: count - others };
}

/**
 * An estimate of the work for a part. The cheapest part runs first, so that searches without results end
 * early and texts are read only for papers that the other parts leave.
 */
function costOf(index: SearchIndex, node: Node): number {
  return isText(node) ? lookupCost(index, node) : groupCost;
}

const groupCost = 2 ** 31;

/** The result for a group: its papers, each with the best points of its words, weighted by rarity. */
function findGroup(index: SearchIndex, group: Group, scope: Scope): Found {
  const { size } = index.listing;
  const findings = new Findings(index, scope);
  const best = new Float32Array(size);
  const titles = new Uint8Array(size);
  const words: number[] = [];
  const wanted = termsOf(group).filter((term): term is TextTerm => isText(term) && !term.negated);
  for (const found of new Set(wanted.map((term) => findings.of(term)))) {
    const { papers, points, inTitle } = found;
    const worth = rarity(papers.length, size);
    for (const word of found.words) words.push(word);
    for (let place = 0; place < papers.length; place += 1) {
      const paper = papers[place] as number;
      const worthHere = (points[place] as number) * worth;
      if (worthHere > (best[paper] as number)) best[paper] = worthHere;
      titles[paper] = (titles[paper] as number) | (inTitle[place] as number);
    }
  }
  // In a group of positive words, a paper matches exactly if it has points.
  const isAnyWord = group.kind === "any" && group.parts.every((part) => isText(part) && !part.negated);
  const met = isAnyWord ? best : meeting(index, group, anyMarks, findings);
  const papers = new Uint32Array(size);
  let count = 0;
  for (let paper = 0; paper < size; paper += 1) {
    if (met[paper] === 0) continue;
    papers[count] = paper;
    // In place: a paper is never before its place.
    best[count] = best[paper] as number;
    titles[count] = titles[paper] as number;
    count += 1;
  }
  return {
    papers: papers.subarray(0, count),
    points: best.subarray(0, count),
    inTitle: titles.subarray(0, count),
    words: Uint32Array.from(words),
  };
}

/** The result of `namedBy`, cached. */
function named(index: SearchIndex, parts: readonly Node[]): readonly number[] {
  const terms = parts.filter((part): part is TextTerm => isText(part) && !part.negated);
  if (terms.length < 2 || terms.length < parts.filter(asksForText).length) return [];
  const key = `names ${JSON.stringify(terms.map(({ kind, field, text }) => [kind, field, text]))}`;
  return remember(index, key, () => namedBy(index, terms));
}
