import type { Listing } from "../papers/listing.js";
import type { PaperChange } from "../papers/marks.js";
import type { Paper } from "../papers/paper.js";
import { areContradictory, distinctId, sharedId, workOfId } from "../papers/same/contradiction.js";
import {
  isBare,
  isSamePaper,
  kindOf,
  madeBy,
  type Trace,
  titleOf,
  traceOf,
} from "../papers/same/same-paper.js";
import { titleHash } from "../papers/same/title-hash.js";
import { areOtherWorks, workOf } from "../papers/same/work.js";
import { isTitleId, titleId } from "../papers/title-identity.js";
import type { Journals } from "./journal/journals.js";
import type { Registers } from "./journal/registers.js";
import { type KeptPapers, readKeptPapers } from "./papers-kept.js";

/** In a longer listing only papers with the title in their identity are compared; other titles are never read. */
export const longestAliased = 5_000;

/** A marked paper as journals describe it. */
interface MarkedTrace extends Trace {
  /** Whether they name the authors or say that none were known. Earlier versions did neither. */
  readonly isSaid: boolean;
}

/** Other identities of a listing's papers: one starred on a page without identifiers is starred in arXiv's too. */
export class Aliases {
  readonly #journals: Pick<Journals, "registers" | "changesOf">;
  readonly #kept: (ids: ReadonlySet<string>) => KeptPapers;
  #listing: Listing | null = null;
  /** Paper of the listing → the identities for its marks; only of those that have more or another than their own. */
  #names = new Map<string, readonly [string, ...string[]]>();
  /** Other identity → the paper of the listing. */
  #listed = new Map<string, string>();

  constructor(journals: Pick<Journals, "registers" | "changesOf">, stateDirectory: string) {
    this.#journals = journals;
    this.#kept = (ids) => readKeptPapers(stateDirectory, ids);
  }

  /** The identities for a paper's marks. The first is its own, unless other papers have marks there. */
  names(paper: string): readonly [string, ...string[]] {
    return this.#names.get(paper) ?? [paper];
  }

  /** The papers with marks under another identity than that of the listing. */
  get papers(): Pick<ReadonlyMap<string, unknown>, "keys" | "has"> {
    return this.#names;
  }

  /** The identity of a paper in the listing. */
  listed(paper: string): string {
    return this.#listed.get(paper) ?? paper;
  }

  /** A change, with the author and year from the listing, to distinguish papers with the same title. */
  traced(change: PaperChange): PaperChange {
    if (change.by !== undefined || this.#listing === null) return change;
    const { indexOf, firstAuthor, published } = this.#listing;
    const at = indexOf(change.paper);
    if (at < 0) return change;
    const author = firstAuthor(at);
    const by = madeBy({ authors: author === null ? [] : [author], published: published(at) });
    // An empty `by` says that only the title was known; earlier versions did not always write it.
    if (by === "" && !isBare(change.paper)) return change;
    const { paper, title, ...marks } = change;
    return { paper, title, by, ...marks };
  }

  /** Opens another listing, and searches the marks for its papers. */
  setListing(listing: Listing): void {
    this.#listing = listing;
    this.#names = new Map();
    this.#listed = new Map();
    this.#leaveOthersMarks(listing);
    const papers = namesakes(listing, this.#journals.registers);
    if (papers.size === 0) return;
    const found = tracesOf(this.#journals, papers);
    const unsaid = [...found.values()].flatMap((traces) => [...traces.values()].filter(isUnsaid));
    const known = unsaid.length === 0 ? null : this.#kept(new Set(unsaid.map(({ id }) => id)));
    for (const [title, traces] of found) {
      const complete = [...traces.values()].map((trace) => withKept(trace, known?.get(trace.id)));
      this.#join(papers.get(title) ?? [], complete);
    }
  }

  /**
   * Gives papers another identity for their marks if the kept papers show that their own belongs to another
   * paper: no mark under that DOI has their title.
   */
  #leaveOthersMarks({ size, id, title, paper, indexOf }: Listing): void {
    const { registers } = this.#journals;
    if (size > longestAliased) return;
    const unsure = new Map<string, number | null>();
    for (let at = 0; at < size; at += 1) {
      const doi = id(at);
      const mayBeShared = kindOf(doi) === "doi" && sharedId(doi) === doi;
      if (mayBeShared && registers.bits(doi) !== 0) unsure.set(doi, titleHash(doi, title(at)));
    }
    if (unsure.size === 0) return;
    for (const { paper, hash } of registers.titles.under(new Set(unsure.values())))
      if (unsure.get(paper) === hash) unsure.delete(paper);
    if (unsure.size === 0) return;
    for (const [doi, record] of this.#kept(new Set(unsure.keys()))) {
      const listed = paper(indexOf(doi));
      const { title } = record;
      if (typeof title !== "string" || !areContradictory(doi, listed, { title, authors: authorsOf(record) }))
        continue;
      const own = distinctId(listed);
      this.#names.set(doi, [own]);
      this.#listed.set(own, doi);
    }
  }

  /** Joins papers of one title with the marks under it, if there is only one way to do it. */
  #join(papers: readonly Paper[], traces: readonly MarkedTrace[]): void {
    const fits = (paper: Paper, trace: MarkedTrace) =>
      (isSamePaper(traceOf(paper), trace) && !areOtherWorks(workOf(paper), workOfId(trace.id))) ||
      // No author is known: the mark belongs to the only paper with this title.
      (isUnsaid(trace) && papers.length === 1 && isTitleId(paper.id));
    for (const paper of papers) {
      const same = traces.filter((trace) => trace.id !== paper.id && fits(paper, trace));
      const others = same.filter((trace) => {
        const isOnlyOne = same.every((other) => other === trace || !areRivals(other, trace));
        return isOnlyOne && papers.filter((one) => fits(one, trace)).length === 1;
      });
      if (others.length === 0) continue;
      const [own] = this.names(paper.id);
      const names = others.map(({ id }) => id).filter((id) => id !== own);
      this.#names.set(paper.id, [own, ...names]);
      for (const { id } of others) this.#listed.set(id, paper.id);
    }
  }
}

/** Whether two identities cannot belong to one paper. */
function areRivals(one: Trace, other: Trace): boolean {
  if (kindOf(one.id) !== kindOf(other.id)) return false;
  if (!isTitleId(one.id)) return sharedId(one.id) !== sharedId(other.id);
  return !isBare(one.id) && !isBare(other.id) && !isSamePaper(one, other);
}

/** Whether a paper was marked by its title alone, with no author known. */
function isUnsaid({ id, by, isSaid }: MarkedTrace): boolean {
  return isBare(id) && by === "" && !isSaid;
}

/** A trace with the author and year of the kept paper, if the journals have none. */
function withKept(trace: MarkedTrace, kept: Readonly<Record<string, unknown>> | undefined): MarkedTrace {
  if (kept === undefined || !isUnsaid(trace)) return trace;
  const published = typeof kept.published === "string" ? kept.published : null;
  return { ...trace, by: madeBy({ authors: authorsOf(kept), published }) };
}

function authorsOf({ authors }: Readonly<Record<string, unknown>>): string[] {
  return Array.isArray(authors) ? authors.filter((author) => typeof author === "string") : [];
}

/** The papers of a listing under whose titles there are marks of papers that the listing lacks, by `titleId`. */
function namesakes(listing: Listing, { titles }: Registers): ReadonlyMap<string, readonly Paper[]> {
  const { size, id, title, indexOf, packed } = listing;
  const isLong = size > longestAliased;
  if (titles.isEmpty || (isLong && packed?.titleIds === 0)) return new Map();
  // The marks first: they are fewer than the papers of a long listing. A short one is hashed first.
  const marked = isLong
    ? titles.all().filter(({ paper }) => isTitleId(paper))
    : titles.under(new Set(Array.from({ length: size }, (_, at) => titleHash(id(at), title(at)))));
  const missing = new Set(marked.filter(({ paper }) => indexOf(paper) < 0).map(({ hash }) => hash));
  const found: number[] = [];
  for (let at = 0; at < size && missing.size > 0; at += 1) {
    if (isLong && !isTitleId(id(at))) continue;
    const hash = titleHash(id(at), isLong ? "" : title(at));
    if (hash !== null && missing.has(hash)) found.push(at);
  }
  const papers = new Map<string, Paper[]>();
  for (const at of found) {
    const paper = listing.paper(at);
    const name = titleId(paper.title);
    papers.set(name, [...(papers.get(name) ?? []), paper]);
  }
  return papers;
}

/** The marks under the wanted titles, by title and identity. */
function tracesOf(
  journals: Pick<Journals, "changesOf">,
  wanted: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, ReadonlyMap<string, MarkedTrace>> {
  const hashes = new Set([...wanted.keys()].map((title) => titleHash(title, "")));
  const isWanted = ({ paper, title }: PaperChange) => hashes.has(titleHash(paper, title));
  const found = new Map<string, Map<string, MarkedTrace>>();
  for (const { paper: id, title, by = null } of journals.changesOf(isWanted)) {
    const name = titleOf({ id, title });
    if (!wanted.has(name)) continue;
    const traces = found.get(name) ?? new Map<string, MarkedTrace>();
    found.set(name, traces);
    // Later marks may have the author, or the paper was marked where nobody knew the author.
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
