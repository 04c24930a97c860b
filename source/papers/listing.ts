import { PackedPapers } from "./packed/packed-papers.js";
import type { Paper } from "./paper.js";
import { joinDoubles } from "./same/join.js";

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

/** Papers as they come from a source, as objects or, where they are many, packed. */
export type ManyPapers = readonly Paper[] | PackedPapers;

/** What a format made of a text. */
export interface ParsedListing<Papers extends ManyPapers = readonly Paper[]> {
  readonly papers: Papers;
  /** The day the listing shows, `YYYY-MM-DD`, where it says one. */
  readonly day: string | null;
  readonly problems: readonly Problem[];
  /** How many papers there are in all, where the listing is one page of them and says so. */
  readonly total?: number | null;
  /** Whether it ends where reading it was called off. */
  readonly isCut?: boolean;
  /** A sentence on why there are no papers, where the source says it. */
  readonly whyEmpty?: string | null;
  /** Set where the text ends before its listing does: some of it is missing. */
  readonly isTruncated?: true;
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
 * Papers in the order of their source. What is drawn asks only for `size` and for the paper at an index,
 * and what goes through all papers only for a field of each: a listing of a million is no million objects.
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
  /** Fields of the paper at `index`, without making the paper. */
  id(index: number): string;
  title(index: number): string;
  firstAuthor(index: number): string | null;
  published(index: number): string | null;
  upvotes(index: number): number | null;
  /** The index of the paper with that identity, or -1. */
  indexOf(id: string): number;
  /** The papers as they lie packed in memory; `null` where they are objects. */
  readonly packed: PackedPapers | null;
}

/** A listing of more papers than this is packed. */
export const mostObjects = 5_000;

/**
 * A listing held in memory. A paper that comes twice is one row, because a mark belongs to the
 * paper and not to the row.
 */
export function makeListing(
  name: string,
  parsed: ParsedListing<ManyPapers>,
  extent: Partial<Extent> = {},
): Listing {
  const { papers, day, problems } = parsed;
  const rest = { name, ...whole, ...extent, day, problems };
  if (papers instanceof PackedPapers) return { ...rest, ...packedColumns(papers) };
  if (papers.length <= mostObjects) return { ...rest, ...objectColumns(joinDoubles(papers)) };
  return { ...rest, ...packedColumns(pack(papers)) };
}

type Columns = Omit<Listing, keyof Extent | "name" | "day" | "problems">;

/** Papers packed at once, doubles joined. */
function pack(papers: readonly Paper[]): PackedPapers {
  const packed = new PackedPapers();
  for (const paper of papers) packed.push(paper);
  const settling = packed.settling();
  let step = settling.next();
  while (!step.done) step = settling.next();
  return step.value;
}

function objectColumns(papers: readonly Paper[]): Columns {
  const byId = new Map<string, number>();
  const has = { dates: false, authors: false, upvotes: false };
  for (const [at, paper] of papers.entries()) {
    byId.set(paper.id, at);
    has.dates ||= paper.published !== null;
    has.authors ||= paper.authors.length > 0;
    has.upvotes ||= paper.upvotes !== null;
  }
  const paper = (index: number) => papers[index] as Paper;
  return {
    size: papers.length,
    has,
    paper,
    id: (index) => paper(index).id,
    title: (index) => paper(index).title,
    firstAuthor: (index) => paper(index).authors[0] ?? null,
    published: (index) => paper(index).published,
    upvotes: (index) => paper(index).upvotes,
    indexOf: (id) => byId.get(id) ?? -1,
    packed: null,
  };
}

/** The papers that there are now: more may be added behind them while the listing is on the screen. */
function packedColumns(papers: PackedPapers): Columns {
  const size = papers.length;
  return {
    size,
    has: { dates: papers.hasDates, authors: papers.hasAuthors, upvotes: papers.hasUpvotes },
    paper: (index) => papers.paper(index),
    id: (index) => papers.id(index),
    title: (index) => papers.title(index),
    firstAuthor: (index) => papers.firstAuthor(index),
    published: (index) => papers.published(index),
    upvotes: (index) => papers.upvotes(index),
    indexOf: (id) => {
      const index = papers.indexOf(id);
      return index < size ? index : -1;
    },
    packed: papers,
  };
}
