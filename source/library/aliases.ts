import type { PaperChange } from "../papers/marks.js";
import type { Paper } from "../papers/paper.js";
import { areContradictory, distinctId, sharedId } from "../papers/same/contradiction.js";
import {
  isBare,
  isSamePaper,
  kindOf,
  madeBy,
  type Trace,
  titleOf,
  traceOf,
} from "../papers/same/same-paper.js";
import { isTitleId } from "../papers/title-identity.js";
import { candidates, type Listed, type Marked } from "./alias-candidates.js";
import { lettersHash, nameHash } from "./marked-titles.js";

/** What the journals have of the papers that are wanted, each time one was marked, in no order. */
export type ChangesOf = (isWanted: (change: PaperChange) => boolean) => readonly PaperChange[];

/** What was kept of papers (`papers-kept.ts`), by identity, as it is in the file. */
type Kept = (ids: ReadonlySet<string>) => ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** What journals say of a marked paper. */
interface MarkedTrace extends Trace {
  /** Whether they say who made it, or that nothing was known of that. Earlier versions did not. */
  readonly isSaid: boolean;
}

/**
 * Other identities under which the papers of a listing were marked: what was starred on a page that
 * has no identifiers is starred in arXiv's listing too.
 */
export class Aliases {
  #listing: Listed | null = null;
  /** The other identities of a paper of the listing. */
  #others = new Map<string, readonly string[]>();
  /** The paper of the listing that has another identity. */
  #listed = new Map<string, string>();
  /** The identity for the marks of a paper whose own identity has marks of another paper. */
  #own = new Map<string, string>();

  /** The other identities of a paper that have been marked; nearly always none. */
  of(paper: string): readonly string[] {
    return this.#others.get(paper) ?? [];
  }

  /** The identity for a paper's marks: its own, unless other papers with its identifier have marks under that. */
  own(paper: string): string {
    return this.#own.get(paper) ?? paper;
  }

  /** The papers for which `has` is true. */
  papers(): ReadonlySet<string> {
    return new Set([...this.#others.keys(), ...this.#own.keys()]);
  }

  /** Whether the paper's marks are not, or not only, under the identity that it has in the listing. */
  has(paper: string): boolean {
    return this.#others.has(paper) || this.#own.has(paper);
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
    if (at < 0) return change;
    const author = firstAuthor(at);
    const by = madeBy({ authors: author === null ? [] : [author], published: published(at) });
    // Of a title alone it is said that nothing more was known, as earlier versions did not always know.
    if (by === "" && !isBare(change.paper)) return change;
    const { paper, title, ...marks } = change;
    return { paper, title, by, ...marks };
  }

  /**
   * Opens another listing, and looks for its papers among all that was marked.
   * @param changes asked only where there is anything to look for
   * @param kept asked only where the journals do not say whose a mark is
   */
  setListing(listing: Listed, marks: Marked, changes: ChangesOf, kept: Kept): void {
    this.#listing = listing;
    this.#others = new Map();
    this.#listed = new Map();
    this.#own = new Map();
    const papers = candidates(listing, marks);
    if (papers.size === 0) return;
    const found = tracesOf(changes, papers);
    this.#leaveOthersMarks(papers, found, marks, kept);
    const unsaid = [...found.values()].flatMap((traces) => [...traces.values()].filter(isUnsaid));
    const known = unsaid.length === 0 ? null : kept(new Set(unsaid.map(({ id }) => id)));
    for (const [title, traces] of found) {
      const told = [...traces.values()].map((trace) => withKept(trace, known?.get(trace.id)));
      this.#join(papers.get(title) ?? [], told);
    }
  }

  /** Gives papers another identity for their marks where, as far as was kept, their own has another paper's. */
  #leaveOthersMarks(
    papers: ReadonlyMap<string, readonly Paper[]>,
    found: ReadonlyMap<string, ReadonlyMap<string, Trace>>,
    marks: Marked,
    kept: Kept,
  ): void {
    const unsure = new Map<string, Paper>();
    for (const [title, same] of papers) {
      for (const paper of same) {
        const mayBeShared = kindOf(paper.id) === "doi" && sharedId(paper.id) === paper.id;
        if (mayBeShared && !found.get(title)?.has(paper.id) && marks.bits(paper.id) !== 0) {
          unsure.set(paper.id, paper);
        }
      }
    }
    if (unsure.size === 0) return;
    for (const [id, record] of kept(new Set(unsure.keys()))) {
      const paper = unsure.get(id) as Paper;
      const { title } = record;
      if (typeof title !== "string" || !areContradictory(id, paper, { title, authors: authorsOf(record) }))
        continue;
      const own = distinctId(paper);
      this.#own.set(id, own);
      this.#listed.set(own, id);
    }
  }

  /** Joins papers of one title with what was marked under it, where there is but one way to do it. */
  #join(papers: readonly Paper[], traces: readonly MarkedTrace[]): void {
    const fits = (paper: Paper, trace: MarkedTrace) =>
      isSamePaper(traceOf(paper), trace) ||
      // Nothing was noted of whose it is: it stays with the only paper that is called so.
      (isUnsaid(trace) && papers.length === 1 && isTitleId(paper.id));
    for (const paper of papers) {
      const same = traces.filter((trace) => trace.id !== paper.id && fits(paper, trace));
      const others = same.filter((trace) => {
        const isOnlyOne = same.every((other) => other === trace || !areRivals(other, trace));
        return isOnlyOne && papers.filter((one) => fits(one, trace)).length === 1;
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

/** Whether two identities cannot both be of one paper. */
function areRivals(one: Trace, other: Trace): boolean {
  if (kindOf(one.id) !== kindOf(other.id)) return false;
  if (!isTitleId(one.id)) return sharedId(one.id) !== sharedId(other.id);
  return !isBare(one.id) && !isBare(other.id) && !isSamePaper(one, other);
}

/** Whether nothing was noted of who made a paper that was marked under its title alone. */
function isUnsaid({ id, by, isSaid }: MarkedTrace): boolean {
  return isBare(id) && by === "" && !isSaid;
}

/** A trace with author and year as they were kept, where the journals have none. */
function withKept(trace: MarkedTrace, kept: Readonly<Record<string, unknown>> | undefined): MarkedTrace {
  if (kept === undefined || !isUnsaid(trace)) return trace;
  const published = typeof kept.published === "string" ? kept.published : null;
  return { ...trace, by: madeBy({ authors: authorsOf(kept), published }) };
}

function authorsOf({ authors }: Readonly<Record<string, unknown>>): string[] {
  return Array.isArray(authors) ? authors.filter((author) => typeof author === "string") : [];
}

/**
 * What was marked under the titles that are wanted, by title and identity.
 * @param changes as in `Aliases.setListing`
 */
export function tracesOf(
  changes: ChangesOf,
  wanted: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, ReadonlyMap<string, MarkedTrace>> {
  const hashes = new Set([...wanted.keys()].map(lettersHash));
  const isWanted = ({ paper, title }: PaperChange) => {
    const hash = nameHash(paper, title);
    return hash === null || hashes.has(hash);
  };
  const found = new Map<string, Map<string, MarkedTrace>>();
  for (const { paper: id, title, by = null } of changes(isWanted)) {
    const name = titleOf({ id, title });
    if (!wanted.has(name)) continue;
    const traces = found.get(name) ?? new Map<string, MarkedTrace>();
    found.set(name, traces);
    // Later marks may know more, or the paper was marked where nobody knew who made it.
    const before = traces.get(id);
    const known = before?.by ?? "";
    traces.set(id, {
      id,
      title: title || (before?.title ?? ""),
      by: known > (by ?? "") ? known : (by ?? ""),
      isSaid: by !== null || before?.isSaid === true,
    });
  }
  return found;
}
