import { hashOf } from "../packed/identity-hash.js";
import type { Paper } from "../paper.js";
import { type TitleParts, titleId, titleParts } from "../title-identity.js";
import { areContradictory, kindOf, sharedId } from "./contradiction.js";
import { isCommon, isTelling, yearOfArxiv } from "./same-paper.js";

/**
 * Rows with different identities that are one paper. Found are
 *
 * 1. an arXiv paper and the record under the DOI that the arXiv paper has, if only one has it and
 *    neither titles nor authors contradict it;
 * 2. rows with the same title, first author and year, if they have no two arXiv identifiers and no two
 *    DOIs: those are an erratum, a reply, another part;
 * 3. a row known by its title and the only row with an identifier that is called the same, where author
 *    or year of one is not known, nothing contradicts it and the title is hardly had by chance, as on
 *    the Daily Papers page.
 *
 * Where more than one match is possible none is made, so the order of rows does not matter.
 */

/** Rows with an identity each. Asking for a paper may be slow. */
export interface Joinable {
  readonly size: number;
  readonly kinds: KindCounts;
  readonly id: (at: number) => string;
  readonly title: (at: number) => string;
  readonly paper: (at: number) => Paper;
}

/** How many rows have an identity of each kind, and how many of the first one of an earlier version. */
export interface KindCounts {
  title: number;
  doi: number;
  arxiv: number;
  formerTitles: number;
}

/** Rows looked at in one step. */
const stretch = 1_000;

/**
 * Finds rows of one paper, a stretch of rows a step.
 * @returns the row that each joins, the first of its paper, where it joins another
 */
export function* rowsOfOnePaper(rows: Joinable): Generator<void, ReadonlyMap<number, number>, void> {
  const roots = new Roots();
  const { title, doi, arxiv, formerTitles } = rows.kinds;
  const partners = arxiv > 0 && doi > 0 ? yield* joinByDoi(rows, roots) : new Map<number, number>();
  // One way of knowing papers throughout, as in nearly every listing: no two can be the same.
  const kinds = [title, doi, arxiv].filter((count) => count > 0).length;
  if (kinds > 1 || formerTitles > 0) {
    for (const same of yield* sameTitles(rows)) joinByTitle(rows, same, roots, partners);
  }
  return roots.all();
}

/** Which rows are one paper: each points to an earlier one of its paper. */
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

/** Joins the first kind. @returns the other row of each row that was joined */
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

/** Groups of rows that have, as far as a hash says, the same title. */
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

/** A row, as far as rows are compared. */
interface Row {
  readonly at: number;
  readonly id: string;
  /** The identity of the row that it is joined with already, else its own. */
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
    joinUnsigned(same, roots);
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
    if (!hasOneOfEach(group)) continue;
    for (const { at } of group) roots.join((group[0] as Row).at, at);
  }
}

/** Whether rows have no two arXiv identifiers and no two DOIs. */
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

/** Pairs of a row known by its title and one that has an identifier, where each is the only match of the other. */
function joinUnsigned(same: readonly Row[], roots: Roots): void {
  const known = same.filter(({ id }) => kindOf(id) !== "title");
  const knownRoots = new Set(known.map(({ at }) => roots.of(at)));
  const untold = same.filter(({ at, id }) => kindOf(id) === "title" && !knownRoots.has(roots.of(at)));
  const matches = untold.map((row) => ({
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
  const hasYears = here.date !== "" && there.date !== "";
  const apart = hasYears ? Math.abs(Number(here.date.slice(0, 4)) - Number(there.date.slice(0, 4))) : 0;
  if (here.name !== "" && there.name !== "") {
    return here.name === there.name && !hasYears && isTelling(here.title);
  }
  // A page of December has papers of January's arXiv.
  if (apart > 1 || isCommon(here.title)) return false;
  return isTelling(here.title) || (paper.authorCount !== null && paper.authorCount === countOf(known));
}

function countOf({ authorCount, authors }: Paper): number | null {
  return authorCount ?? (authors.length || null);
}

function add<Key>(groups: Map<Key, Row[]>, key: Key, row: Row): void {
  const group = groups.get(key);
  if (group) group.push(row);
  else groups.set(key, [row]);
}
