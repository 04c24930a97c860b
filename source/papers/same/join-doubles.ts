import { atOnce } from "../at-once.js";
import type { Paper } from "../paper.js";
import { bareTitle, isTitleId } from "../title-identity.js";
import { CollectedEntries } from "./collected-entries.js";
import { areContradictory, distinctId, kindOf, sharedId } from "./contradiction.js";
import { joinRecords } from "./join-records.js";
import { type Joinable, rowsOfOnePaper } from "./rows-of-one-paper.js";

/**
 * Whether a record is the paper that has its identity already, or another with the same identifier. An identity
 * made for one of several papers belongs to that one only.
 */
export function isJoined(paper: Paper, record: Paper): boolean {
  return sharedId(record.id) !== record.id || !areContradictory(record.id, paper, record);
}

/**
 * Papers without duplicates, each at its first position, joined from all its records. Two records are one paper
 * if an identifier agrees and neither titles nor authors contradict it, or if title, first author and year
 * agree and their entries are not of different works (`rows-of-one-paper.ts`, `work.ts`). Different papers that
 * share an identifier get identities of their own (`distinctId`). A record with so little data that it fits
 * several of these joins the first.
 */
export function joinDoubles(papers: readonly Paper[]): Paper[] {
  const rows: Paper[] = [];
  const places = new Map<string, number[]>();
  const entries = new CollectedEntries();
  for (const paper of papers) {
    const same = places.get(paper.id);
    const place = same?.find((at) => isJoined(rows[at] as Paper, paper));
    if (place !== undefined) rows[place] = entries.join(place, rows[place] as Paper, paper);
    else {
      if (same) same.push(rows.length);
      else places.set(paper.id, [rows.length]);
      rows.push(paper);
    }
  }
  for (const [at, paper] of entries.take((row) => rows[row] as Paper)) rows[at] = paper;
  let distinct = named(rows, places);
  for (;;) {
    const roots = atOnce(rowsOfOnePaper(joinable(distinct)));
    if (roots.size === 0) return [...distinct];
    // A joined paper has more data, and may match yet another row.
    distinct = joinRows(distinct, roots);
  }
}

/** The rows, with own identities for papers that share an identifier. */
function named(rows: readonly Paper[], places: ReadonlyMap<string, readonly number[]>): readonly Paper[] {
  if (places.size === rows.length) return rows;
  const named = [...rows];
  for (const same of places.values()) {
    if (same.length === 1) continue;
    for (const at of same) named[at] = withDistinctId(rows[at] as Paper);
  }
  // A file of ours may already contain the identity made here.
  const joined = new Map<string, Paper>();
  for (const paper of named) {
    const before = joined.get(paper.id);
    joined.set(paper.id, before ? joinRecords(before, paper) : paper);
  }
  return [...joined.values()];
}

/** A paper with the identity of one of several with its identifier. */
export function withDistinctId(paper: Paper): Paper {
  return { ...paper, id: distinctId(paper) };
}

function joinable(papers: readonly Paper[]): Joinable {
  const kinds = { title: 0, doi: 0, arxiv: 0, formerTitles: 0 };
  for (const paper of papers) {
    kinds[kindOf(paper.id)] += 1;
    if (isFormerTitle(paper)) kinds.formerTitles += 1;
  }
  const paper = (at: number) => papers[at] as Paper;
  return { kinds, size: papers.length, id: (at) => paper(at).id, title: (at) => paper(at).title, paper };
}

/** Whether a paper has a title-only identity of earlier versions, but more data. */
export function isFormerTitle({ id, authors, published }: Paper): boolean {
  return isTitleId(id) && !id.includes("/") && (authors.length > 0 || published !== null);
}

/** The rows after joining. @param roots for each row the row that it joins, if any */
function joinRows(rows: readonly Paper[], roots: ReadonlyMap<number, number>): Paper[] {
  const joined = [...rows] as (Paper | null)[];
  for (const [at, root] of [...roots].sort(([one], [other]) => one - other)) {
    joined[root] = joinRecords(joined[root] as Paper, joined[at] as Paper);
    joined[at] = null;
  }
  return joined.filter((paper) => paper !== null);
}

/** The part of a listing that `indexNamed` needs. */
interface Identities {
  readonly size: number;
  id(index: number): string;
  /** The index of the paper with exactly that identity, or -1. */
  indexOf(id: string): number;
}

/**
 * The index of the paper of an identity, or -1. The identity may be a title alone, as in earlier versions, or a
 * shared identifier, if only one paper fits.
 */
export function indexNamed(listing: Identities, id: string): number {
  const exact = listing.indexOf(id);
  if (exact >= 0) return exact;
  let found = -1;
  for (let at = 0; at < listing.size; at += 1) {
    const known = listing.id(at);
    if ((isTitleId(known) ? bareTitle(known) : sharedId(known)) !== id) continue;
    if (found >= 0) return -1;
    found = at;
  }
  return found;
}
