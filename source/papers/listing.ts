import { PackedPapers } from "./packed/packed-papers.js";
import type { Paper } from "./paper.js";
import { joinDoubles } from "./same/join-doubles.js";
import { type CountField, countFields } from "./sort-and-column-names.js";

/** An unreadable part of a listing, and its position. */
export interface Problem {
  /** Line in the source, from 1; `null` if the format has no lines. */
  readonly line: number | null;
  readonly message: string;
  /** The source that the line is in, where several are joined. */
  readonly source?: string;
  /** How many entries are missing because of it; nearly always 1. */
  readonly skips?: number;
  /** Set if nothing of one of several sources could be read. */
  readonly isWholeSource?: true;
  /** Set if nothing is wrong: a remark on how the listing was read. */
  readonly isRemark?: true;
  /** Set if the only problem is the network, which the listing's `stale` says too; no entry is wrong. */
  readonly isOffline?: true;
}

/** Where a problem is, for people: "line 12", of one of several sources "refs.bib, line 12"; `null` without a line. */
export function placeOfProblem({ line, source }: Problem): string | null {
  if (line === null) return null;
  return source === undefined ? `line ${line}` : `${source}, line ${line}`;
}

/** Papers of a source: objects or, if many, packed. */
export type ManyPapers = readonly Paper[] | PackedPapers;

/** The result of reading a text in a format. */
export interface ParsedListing<Papers extends ManyPapers = readonly Paper[]> {
  readonly papers: Papers;
  /** The day of the listing, `YYYY-MM-DD`, if given. */
  readonly day: string | null;
  readonly problems: readonly Problem[];
  /** How many papers there are in all, if the listing is one page of them and says so. */
  readonly total?: number | null;
  /** Whether reading was cancelled. */
  readonly isCut?: boolean;
  /** A sentence on why there are no papers, if the source has one. */
  readonly whyEmpty?: string | null;
  /** Set if the text is truncated: part of the listing is missing. */
  readonly isTruncated?: true;
}

/** How complete and fresh a listing is. */
export interface Extent {
  /** How many papers the source has in all; `null` if unknown. */
  readonly total: number | null;
  /** Whether the source has more papers, to read on demand. */
  readonly hasMore: boolean;
  /** Why it may be outdated: its server could not be reached, or failed. */
  readonly stale: "offline" | "failed" | null;
  /** Whether reading was cancelled or interrupted. */
  readonly isCut: boolean;
  /** Whether it is one day of a source that has a previous and a next day. */
  readonly hasDays: boolean;
  /** A sentence on why there are no papers and what to do, unless the source itself has none. */
  readonly whyEmpty: string | null;
  /** Files with the whole text of a paper, by its identity: absolute paths. */
  readonly texts: ReadonlyMap<string, string>;
}

const whole: Extent = {
  total: null,
  hasMore: false,
  stale: null,
  isCut: false,
  hasDays: false,
  whyEmpty: null,
  texts: new Map(),
};

/**
 * Papers in the order of their source. Drawing uses only `size` and the paper at an index; loops over all
 * papers read single fields, so a listing of a million papers is not a million objects.
 */
export interface Listing extends Extent {
  /** Its name on screen: "Daily Papers", "reading.bib". */
  readonly name: string;
  readonly day: string | null;
  readonly size: number;
  readonly problems: readonly Problem[];
  /** The optional columns in which at least one paper has a value. */
  readonly has: Readonly<Record<"dates" | "authors" | "listed" | CountField, boolean>>;
  /** The paper at `index`, from 0 to `size - 1`. */
  paper(index: number): Paper;
  /** Fields of the paper at `index`, without making the paper. */
  id(index: number): string;
  title(index: number): string;
  firstAuthor(index: number): string | null;
  published(index: number): string | null;
  count(index: number, field: CountField): number | null;
  /** The day on which a source listed the paper. */
  listed(index: number): string | null;
  /** The index of the paper with that identity, or -1. */
  indexOf(id: string): number;
  /** The packed papers; `null` if they are objects. */
  readonly packed: PackedPapers | null;
}

/** A longer listing is packed. */
export const mostObjects = 5_000;

/**
 * A listing in memory. A paper that occurs twice is one row, because a mark belongs to the paper and not to the
 * row.
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

/** Packs papers in one go and joins duplicates. */
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
  const has = {
    dates: false,
    authors: false,
    listed: false,
    upvotes: false,
    codeStars: false,
    comments: false,
    citations: false,
  };
  for (const [at, paper] of papers.entries()) {
    byId.set(paper.id, at);
    has.dates ||= paper.published !== null;
    has.authors ||= paper.authors.length > 0;
    has.listed ||= paper.listed !== null;
    for (const field of countFields) has[field] ||= paper[field] !== null;
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
    count: (index, field) => paper(index)[field],
    listed: (index) => paper(index).listed,
    indexOf: (id) => byId.get(id) ?? -1,
    packed: null,
  };
}

/** The current papers; more may be appended while the listing is on the screen. */
function packedColumns(papers: PackedPapers): Columns {
  const size = papers.length;
  return {
    size,
    has: {
      dates: papers.hasDates,
      authors: papers.hasAuthors,
      listed: papers.hasListed,
      ...papers.hasCounts,
    },
    paper: (index) => papers.paper(index),
    id: (index) => papers.id(index),
    title: (index) => papers.title(index),
    firstAuthor: (index) => papers.firstAuthor(index),
    published: (index) => papers.published(index),
    count: (index, field) => papers.count(index, field),
    listed: (index) => papers.listed(index),
    indexOf: (id) => {
      const index = papers.indexOf(id);
      return index < size ? index : -1;
    },
    packed: papers,
  };
}
