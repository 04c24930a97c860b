import { joinDoubles } from "./join.js";
import type { Paper } from "./paper.js";

/** Something in a listing that could not be read, and where. */
export interface Problem {
  /** Line in the source, from 1; `null` where the format has no lines. */
  readonly line: number | null;
  readonly message: string;
  /** Set where nothing at all could be read of one of several sources. */
  readonly isWholeSource?: true;
}

/** What a format made of a text. */
export interface ParsedListing {
  readonly papers: readonly Paper[];
  /** The day the listing shows, `YYYY-MM-DD`, where it says one. */
  readonly day: string | null;
  readonly problems: readonly Problem[];
}

/**
 * Papers in the order of their source. The drawing path asks only for `size` and for the paper at
 * an index, so that a listing of a million need not be a million objects.
 */
export interface Listing {
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
export function makeListing(name: string, parsed: ParsedListing): Listing {
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
    day: parsed.day,
    size: papers.length,
    problems: parsed.problems,
    has,
    paper: (index) => papers[index] as Paper,
    indexOf: (id) => byId.get(id) ?? -1,
  };
}
