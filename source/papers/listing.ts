import { joinDoubles } from "./join.js";
import type { Paper } from "./paper.js";

/** Something in a listing that could not be read, and where. */
export interface Problem {
  /** Line in the source, from 1; `null` where the format has no lines. */
  readonly line: number | null;
  readonly message: string;
  /** How many entries are not among the papers because of it; 1 in nearly all cases. */
  readonly skips?: number;
  /** Set where nothing at all could be read of one of several sources. */
  readonly isWholeSource?: true;
}

/** What a format made of a text. */
export interface ParsedListing {
  readonly papers: readonly Paper[];
  /** The day the listing shows, `YYYY-MM-DD`, where it says one. */
  readonly day: string | null;
  readonly problems: readonly Problem[];
  /** How many papers there are in all, where the listing is one page of them and says so. */
  readonly total?: number | null;
  /** Whether it ends where reading it was called off. */
  readonly isCut?: boolean;
}

/** How a listing stands to all that its source has. */
export interface Extent {
  /** How many papers the source has in all, where it says so; `null` where it does not. */
  readonly total: number | null;
  /** Whether the source has more papers, which are read when they are asked for. */
  readonly hasMore: boolean;
  /** Why it is not known to be as the source has it now: its server is not reached, or failed. */
  readonly stale: "offline" | "failed" | null;
  /** Whether it ends where reading it was called off or broke off. */
  readonly isCut: boolean;
  /** A sentence on why there are no papers and what to do, where that is not the source's own doing. */
  readonly whyEmpty: string | null;
}

const whole: Extent = { total: null, hasMore: false, stale: null, isCut: false, whyEmpty: null };

/**
 * Papers in the order of their source. The drawing path asks only for `size` and for the paper at
 * an index, so that a listing of a million need not be a million objects.
 */
export interface Listing extends Extent {
  /** What it is called on screen: "Daily Papers", "reading.bib". */
  readonly name: string;
  readonly day: string | null;
  readonly size: number;
  readonly problems: readonly Problem[];
  /** Which optional columns at least one paper has something for. */
  readonly has: { readonly dates: boolean; readonly authors: boolean; readonly upvotes: boolean };
  /** The paper at `index`, from 0 to `size - 1`. */
  paper(index: number): Paper;
  /** The index of the paper with that identity, or -1. */
  indexOf(id: string): number;
}

/**
 * A listing held in memory. A paper that comes twice is one row, because a mark belongs to the
 * paper and not to the row.
 */
export function makeListing(name: string, parsed: ParsedListing, extent: Partial<Extent> = {}): Listing {
  const byId = new Map<string, number>();
  const papers = joinDoubles(parsed.papers);
  const has = { dates: false, authors: false, upvotes: false };
  for (const [at, paper] of papers.entries()) {
    byId.set(paper.id, at);
    has.dates ||= paper.published !== null;
    has.authors ||= paper.authors.length > 0;
    has.upvotes ||= paper.upvotes !== null;
  }
  return {
    name,
    ...whole,
    ...extent,
    day: parsed.day,
    size: papers.length,
    problems: parsed.problems,
    has,
    paper: (index) => papers[index] as Paper,
    indexOf: (id) => byId.get(id) ?? -1,
  };
}
