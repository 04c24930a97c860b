import { hashOf } from "../packed/identity-hash.js";
import type { Paper } from "../paper.js";
import { type TitleParts, titleId, titleParts } from "../title-identity.js";
import { areContradictory, kindOf, sharedId } from "./contradiction.js";
import { isCommon, isDistinctive, yearOfArxiv } from "./same-paper.js";
import { areOtherWorks, type Work, workOf } from "./work.js";

/**
 * Finds rows with different identities that are one paper:
 *
 * 1. an arXiv paper and the record with the arXiv paper's DOI, if only one has it and neither titles nor
 *    authors contradict it;
 * 2. rows with the same title, first author and year, if they do not have two arXiv identifiers or two DOIs, as
 *    an erratum, a reply or another part would, and are not works of different kinds, as a thesis and an article;
 * 3. a row without an identifier and the only row with one that has its title, if author or year of one is
 *    unknown, nothing contradicts it and the title is distinctive, as on the Daily Papers page.
 *
 * If more than one match is possible, none is made, so the order of rows does not matter.
 */

/** Rows, each with an identity. Reading a paper may be slow. */
export interface Joinable {
  readonly size: number;
  readonly kinds: KindCounts;
  readonly id: (at: number) => string;
  readonly title: (at: number) => string;
  readonly paper: (at: number) => Paper;
}

/** How many rows have each kind of identity, and how many have an arXiv identity of an earlier version. */
export interface KindCounts {
  title: number;
  doi: number;
  arxiv: number;
  formerTitles: number;
}

/** Rows per step. */
const stretch = 1_000;

/**
 * Finds rows of one paper, a number of rows per step.
 * @returns for each joined row, the first row of its paper
 */
export function* rowsOfOnePaper(rows: Joinable): Generator<void, ReadonlyMap<number, number>, void> {
  const roots = new Roots();
  const { title, doi, arxiv, formerTitles } = rows.kinds;
  const partners = arxiv > 0 && doi > 0 ? yield* joinByDoi(rows, roots) : new Map<number, number>();
  // Only one kind of identity, as in nearly every listing: no two rows can be one paper.
  const kinds = [title, doi, arxiv].filter((count) => count > 0).length;
  if (kinds > 1 || formerTitles > 0) {
    for (const same of yield* sameTitles(rows)) joinByTitle(rows, same, roots, partners);
  }
  return roots.all();
}

/** The rows of one paper: each points to an earlier one. */
class Roots {
  readonly #roots = new Map<number, number>();

  of(row: number): number {
    let root = row;
    for (let next = this.#roots.get(root); next !== undefined; next = this.#roots.get(root)) root = next;
    return root;
  }

  join(one: number, other: number): void {
    const [first, second] = [this.of(one), this.of(other)];
    if (first !== second) this.#roots.set(Math.max(first, second), Math.min(first, second));
  }

  all(): ReadonlyMap<number, number> {
    return new Map([...this.#roots.keys()].map((row) => [row, this.of(row)]));
  }
}

/** Joins rows by rule 1. @returns for each joined row, the other one */
function* joinByDoi(rows: Joinable, roots: Roots): Generator<void, Map<number, number>, void> {
  const published = new Map<string, number>();
  for (let at = 0; at < rows.size; at += 1) {
    if (at % stretch === 0) yield;
    if (kindOf(rows.id(at)) === "doi") published.set(rows.id(at), at);
  }
  const found = new Map<number, number | "several">();
  for (let at = 0; at < rows.size; at += 1) {
    if (at % stretch === 0) yield;
    if (kindOf(rows.id(at)) !== "arxiv") continue;
    const paper = rows.paper(at);
    const row = published.get(`doi:${paper.doi?.toLowerCase()}`) ?? -1;
    if (row < 0 || areContradictory(rows.id(row), paper, rows.paper(row))) continue;
    found.set(row, found.has(row) ? "several" : at);
  }
  const partners = new Map<number, number>();
  for (const [row, at] of found) {
    if (at === "several") continue;
    roots.join(row, at);
    partners.set(row, at).set(at, row);
  }
  return partners;
}

/** Groups of rows whose titles have the same hash. */
function* sameTitles(rows: Joinable): Generator<void, Iterable<readonly number[]>, void> {
  const first = new Map<number, number>();
  const groups = new Map<number, number[]>();
  for (let at = 0; at < rows.size; at += 1) {
    if (at % stretch === 0) yield;
    const hash = hashOf(titleId(rows.title(at)));
    const before = first.get(hash);
    if (before === undefined) first.set(hash, at);
    else {
      const group = groups.get(hash);
      if (group) group.push(at);
      else groups.set(hash, [before, at]);
    }
  }
  return groups.values();
}

/** The part of a row that is compared. */
interface Row {
  readonly at: number;
  readonly id: string;
  /** The identity of the row it has joined, else its own. */
  readonly otherId: string;
  readonly parts: TitleParts;
  readonly paper: Paper;
}

function joinByTitle(
  rows: Joinable,
  places: readonly number[],
  roots: Roots,
  partners: ReadonlyMap<number, number>,
): void {
  const byTitle = new Map<string, Row[]>();
  for (const at of places) {
    const paper = rows.paper(at);
    const otherId = rows.id(partners.get(at) ?? at);
    const id = rows.id(at);
    const { date, ...said } = titleParts(paper);
    const row = { at, id, otherId, parts: { ...said, date: date || (yearOfArxiv(id) ?? "") }, paper };
    add(byTitle, row.parts.title, row);
  }
  for (const same of byTitle.values()) {
    if (same.length === 1) continue;
    joinByAuthorAndYear(same, roots);
    joinUnidentified(same, roots);
  }
}

/** Rows of one title by the same author in the same year. */
function joinByAuthorAndYear(same: readonly Row[], roots: Roots): void {
  const groups = new Map<string, Row[]>();
  for (const row of same) {
    const { name, date } = row.parts;
    if (name !== "" && date !== "") add(groups, `${name}/${date}`, row);
  }
  for (const group of groups.values()) {
    for (const work of ofEachWork(group)) {
      if (!hasOneOfEach(work)) continue;
      for (const { at } of work) roots.join((work[0] as Row).at, at);
    }
  }
}

/** The rows by kind of work. One of unknown kind, as on arXiv, is of the only kind, or of the articles. */
function ofEachWork(group: readonly Row[]): Iterable<readonly Row[]> {
  const kinds = group.map(({ paper }) => workOf(paper));
  const known = new Set(kinds.filter((kind) => kind !== null));
  if (known.size < 2) return [group];
  const works = new Map<Work, Row[]>();
  for (const [at, row] of group.entries()) add(works, kinds[at] ?? "article", row);
  return works.values();
}

/** Whether the rows have at most one arXiv identifier and one DOI. */
function hasOneOfEach(group: readonly Row[]): boolean {
  const arxivs = new Set<string>();
  const dois = new Set<string>();
  for (const { id, otherId, paper } of group) {
    for (const one of [id, otherId]) {
      if (kindOf(one) === "arxiv") arxivs.add(sharedId(one));
      if (kindOf(one) === "doi") dois.add(sharedId(one).slice("doi:".length));
    }
    if (paper.doi !== null && !isArxivDoi(paper.doi)) dois.add(paper.doi.toLowerCase());
  }
  return arxivs.size <= 1 && dois.size <= 1;
}

function isArxivDoi(doi: string): boolean {
  return /^10\.48550\/arxiv\./i.test(doi);
}

/** Pairs of a row without an identifier and one with, where each is the only match of the other. */
function joinUnidentified(same: readonly Row[], roots: Roots): void {
  const known = same.filter(({ id }) => kindOf(id) !== "title");
  const knownRoots = new Set(known.map(({ at }) => roots.of(at)));
  const unidentified = same.filter(({ at, id }) => kindOf(id) === "title" && !knownRoots.has(roots.of(at)));
  const matches = unidentified.map((row) => ({
    row,
    found: new Set(known.filter((other) => maybeSame(row, other)).map(({ at }) => roots.of(at))),
  }));
  for (const { row, found } of matches) {
    const [only, ...others] = found;
    if (only === undefined || others.length > 0) continue;
    const rivals = matches.filter((match) => match.found.has(only));
    if (new Set(rivals.map((match) => roots.of(match.row.at))).size === 1) roots.join(row.at, only);
  }
}

function maybeSame({ parts: here, paper }: Row, { parts: there, paper: known }: Row): boolean {
  if (areOtherWorks(workOf(paper), workOf(known))) return false;
  const hasYears = here.date !== "" && there.date !== "";
  const yearsApart = hasYears ? Math.abs(Number(here.date.slice(0, 4)) - Number(there.date.slice(0, 4))) : 0;
  if (here.name !== "" && there.name !== "") {
    return here.name === there.name && !hasYears && isDistinctive(here.title);
  }
  // A page of December may list papers of January.
  if (yearsApart > 1 || isCommon(here.title)) return false;
  return isDistinctive(here.title) || (paper.authorCount !== null && paper.authorCount === countOf(known));
}

function countOf({ authorCount, authors }: Paper): number | null {
  return authorCount ?? (authors.length || null);
}

function add<Key>(groups: Map<Key, Row[]>, key: Key, row: Row): void {
  const group = groups.get(key);
  if (group) group.push(row);
  else groups.set(key, [row]);
}
