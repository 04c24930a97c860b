import type { Listing } from "../papers/listing.js";
import type { PaperChange } from "../papers/marks.js";
import { type Paper, titleId } from "../papers/paper.js";
import { isSamePaper, type Kind, kindOf, madeBy, type Trace } from "../papers/same-paper.js";
import type { JournalScan } from "./journal-scan.js";
import { lettersHash, nameHashAt, nameOf } from "./marked-titles.js";
import { part, stride } from "./plain-line.js";

/** A listing, as far as it is asked. */
export type Listed = Pick<Listing, "size" | "indexOf" | "paper" | "firstAuthor" | "published">;

/** In a listing longer than this papers are known by their identities only: it is never read whole. */
export const longestAliased = 5_000;

/**
 * Other identities under which the papers of a listing were marked: what was starred on a page that
 * tells no identifiers is starred in arXiv's listing too.
 */
export class Aliases {
  #listing: Listed | null = null;
  /** The other identities of a paper of the listing. */
  #others = new Map<string, readonly string[]>();
  /** The paper of the listing that has another identity. */
  #listed = new Map<string, string>();

  /** The other identities of a paper that have been marked; nearly always none. */
  of(paper: string): readonly string[] {
    return this.#others.get(paper) ?? [];
  }

  /** The identity by which the listing knows a paper. */
  listed(paper: string): string {
    return this.#listed.get(paper) ?? paper;
  }

  /** A change, with what the listing knows of who made the paper, so that it can be told from others. */
  traced(change: PaperChange): PaperChange {
    if (change.by !== undefined || this.#listing === null) return change;
    const { indexOf, firstAuthor, published } = this.#listing;
    const at = indexOf(change.paper);
    const author = at < 0 ? null : firstAuthor(at);
    const authors = author === null ? [] : [author];
    const by = at < 0 ? "" : madeBy({ authors, published: published(at) });
    if (by === "") return change;
    const { paper, title, ...marks } = change;
    return { paper, title, by, ...marks };
  }

  /**
   * Turns to another listing, and looks for its titles among all that was marked.
   * @param kinds of the identities under which papers were marked
   * @param scans what the journals say of papers with titles of such hashes (`lettersHash`), and more
   *   perhaps; asked for only where there is anything to look for
   */
  turnTo(
    listing: Listed,
    kinds: ReadonlySet<Kind>,
    scans: (hashes: ReadonlySet<number>) => Iterable<JournalScan>,
  ): void {
    this.#listing = listing;
    this.#others = new Map();
    this.#listed = new Map();
    const { size } = listing;
    if (size === 0 || size > longestAliased || !hasOtherKinds(listing, kinds)) return;
    const byTitle = new Map<string, Paper[]>();
    for (let at = 0; at < size; at += 1) {
      const paper = listing.paper(at);
      const title = titleId(paper.title);
      const same = byTitle.get(title);
      if (same) same.push(paper);
      else byTitle.set(title, [paper]);
    }
    const found = tracesOf(scans, byTitle);
    for (const [title, traces] of found) this.#join(byTitle.get(title) ?? [], [...traces.values()]);
  }

  /** Joins papers of one title with what was marked under it, where there is but one way to do it. */
  #join(papers: readonly Paper[], traces: readonly Trace[]): void {
    for (const paper of papers) {
      const own = { id: paper.id, title: paper.title, by: madeBy(paper) };
      const same = traces.filter((trace) => trace.id !== paper.id && isSamePaper(own, trace));
      const others = same.filter((trace) => {
        const isOnlyOne = same.every(({ id }) => id === trace.id || kindOf(id) !== kindOf(trace.id));
        const fits = papers.filter(({ id, title, ...paper }) =>
          isSamePaper({ id, title, by: madeBy(paper) }, trace),
        );
        return isOnlyOne && fits.length === 1;
      });
      if (others.length === 0) continue;
      this.#others.set(
        paper.id,
        others.map(({ id }) => id),
      );
      for (const { id } of others) this.#listed.set(id, paper.id);
    }
  }
}

/** Whether anything was marked by another kind of identity than those of the listing: as a rule nothing is. */
function hasOtherKinds({ size, paper }: Listed, kinds: ReadonlySet<Kind>): boolean {
  const [first, second] = kinds;
  if (first === undefined || second !== undefined) return first !== undefined;
  for (let at = 0; at < size; at += 1) if (kindOf(paper(at).id) !== first) return true;
  return false;
}

/**
 * What was marked under the titles that are wanted, by title and identity.
 * @param scans as in `Aliases.turnTo`
 */
export function tracesOf(
  scans: (hashes: ReadonlySet<number>) => Iterable<JournalScan>,
  wanted: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, ReadonlyMap<string, Trace>> {
  const hashes = new Set([...wanted.keys()].map(lettersHash));
  const found = new Map<string, Map<string, Trace>>();
  const take = (id: string, title: string, by: string): void => {
    const name = nameOf(id, title);
    if (!wanted.has(name)) return;
    const traces = found.get(name) ?? new Map<string, Trace>();
    found.set(name, traces);
    // Later marks may know more, or the paper was marked where nobody knew who made it.
    traces.set(id, { id, title, by: by || (traces.get(id)?.by ?? "") });
  };
  for (const scan of scans(hashes)) {
    for (; !scan.isAtEnd; scan.advance()) {
      if (scan.entry === null) takePlain(scan, hashes, take);
      else for (const { paper, title, by = "" } of scan.entry.papers) take(paper, title, by);
    }
  }
  return found;
}

/** Tells `take` of the papers of a plain line whose titles are, as far as a hash tells, among those wanted. */
function takePlain(
  { plain, bytes }: JournalScan,
  hashes: ReadonlySet<number>,
  take: (id: string, title: string, by: string) => void,
): void {
  const { parts } = plain;
  for (let base = 0; base < plain.count * stride; base += stride) {
    const titleStart = parts[base + part.titleStart] as number;
    const titleEnd = parts[base + part.titleEnd] as number;
    const hash = nameHashAt(bytes, plain, base);
    if (hash !== null && !hashes.has(hash)) continue;
    const byStart = parts[base + part.byStart] as number;
    take(
      bytes.toString("latin1", parts[base + part.start], parts[base + part.end]),
      bytes.toString("utf8", titleStart, titleEnd),
      byStart < 0 ? "" : bytes.toString("utf8", byStart, parts[base + part.byEnd]),
    );
  }
}
