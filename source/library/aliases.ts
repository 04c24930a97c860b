import type { Listing } from "../papers/listing.js";
import type { PaperChange } from "../papers/marks.js";
import { type Paper, titleId } from "../papers/paper.js";
import { isSamePaper, type Kind, kindOf, madeBy, type Trace } from "../papers/same-paper.js";
import { lettersHash, nameHash, nameOf } from "./marked-titles.js";

/** What the journals have of the papers that are wanted, each time one was marked, in no order. */
export type ChangesOf = (isWanted: (change: PaperChange) => boolean) => readonly PaperChange[];

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
   * @param changes what the journals have of some papers; asked for only where there is anything to look for
   */
  turnTo(listing: Listed, kinds: ReadonlySet<Kind>, changes: ChangesOf): void {
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
    const found = tracesOf(changes, byTitle);
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
 * @param changes as in `Aliases.turnTo`
 */
export function tracesOf(
  changes: ChangesOf,
  wanted: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, ReadonlyMap<string, Trace>> {
  const hashes = new Set([...wanted.keys()].map(lettersHash));
  const isWanted = ({ paper, title }: PaperChange) => {
    const hash = nameHash(paper, title);
    return hash === null || hashes.has(hash);
  };
  const found = new Map<string, Map<string, Trace>>();
  for (const { paper, title, by = "" } of changes(isWanted)) {
    const name = nameOf(paper, title);
    if (!wanted.has(name)) continue;
    const traces = found.get(name) ?? new Map<string, Trace>();
    found.set(name, traces);
    // Where it was marked first nobody may have known who made it.
    const known = traces.get(paper)?.by ?? "";
    traces.set(paper, { id: paper, title, by: known > by ? known : by });
  }
  return found;
}
