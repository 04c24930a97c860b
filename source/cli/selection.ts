import { sortingLocale, today, userDirectories } from "../app/environment.js";
import { PassedPapers } from "../app/interest/passed-papers.js";
import { learnNow } from "../app/interest/taste-now.js";
import { problemText, summaryOf } from "../app/loading/listing-problems.js";
import { marksOf, openMarks } from "../app/marks-of.js";
import type { Options } from "../app/options.js";
import type { ExportedPaper } from "../exports/exported-paper.js";
import type { Library } from "../library/library.js";
import { SeenPapers } from "../library/papers-seen.js";
import type { Listing } from "../papers/listing.js";
import { type Movement, numbersOf } from "../papers/movement.js";
import { Caches } from "../reader/caches.js";
import type { ForYou } from "../reader/for-you/for-you.js";
import { tooFewWanted } from "../reader/for-you/order.js";
import { judgeNow, watchesIn } from "../reader/interests/judging.js";
import { inOrder, select } from "../reader/list/views.js";
import { readSort } from "../reader/start.js";
import type { Query } from "../search/query/query.js";
import { scan } from "../search/scan/scan.js";
import { thisMachine } from "../settings/machine.js";
import { clean } from "../text/clean.js";
import { counted, thousands } from "../text/numbers.js";
import { scriptQuery } from "./script-query.js";

/** Papers that are made one at a time: a million objects would not fit into memory. */
export interface SelectedPapers extends Iterable<ExportedPaper> {
  readonly length: number;
}

/** The selected papers. */
export interface Selection {
  readonly papers: SelectedPapers;
  /** 1 if nothing matched, 2 if one of several sources could not be read, as with `cat`. */
  readonly code: 0 | 1 | 2;
}

/** The papers of a listing that the options select, in their order; problems go to standard error. */
export function selectPapers(listing: Listing, options: Options): Selection {
  const { cache, state } = userDirectories();
  const { library, problems } = openMarks();
  const seen = new SeenPapers(state, thisMachine(), Date.now);
  const messages = [...problems, ...seen.problems, ...problemLines(listing, options.problems)];
  for (const problem of new Set(messages)) {
    process.stderr.write(`papers-tui: ${problem}\n`);
  }
  if (listing.size === 0) {
    const why =
      listing.whyEmpty ?? "no papers here: arXiv and Daily Papers have none at weekends and on holidays";
    process.stderr.write(`papers-tui: ${why}\n`);
  }
  if (listing.hasMore && options.filter !== "") {
    const all = listing.total === null ? "" : ` of ${thousands(listing.total)}`;
    process.stderr.write(
      `papers-tui: looked through the newest ${counted(listing.size, "paper")}${all}; --limit N reads as many\n`,
    );
  }
  const caches = new Caches();
  const interests = library.interests();
  const query = scriptQuery(options.filter, watchesIn({ caches, interests }));
  const plainMarks = marksOf(listing, library, seen);
  // What is muted is known to nobody who does not ask for it: a script gets the whole listing.
  const marks = asksForInterests(query)
    ? judgeNow({ caches, interests, today: today() }, listing, plainMarks).marks
    : plainMarks;
  for (const note of query.notes) process.stderr.write(`papers-tui: ${note}\n`);
  const sort = readSort(options.sort);
  const locale = sortingLocale(process.env);
  const selection = {
    caches,
    listing,
    marks,
    view: "all",
    watch: null,
    sort,
    query,
    locale,
    forYou: sort.key === "for-you" ? rankNow(library, cache, state, listing) : null,
    moved: sort.key === "momentum" ? movedSince(seen, listing) : new Map(),
  } as const;
  const rows = query.isEmpty
    ? select(selection)
    : inOrder(selection, Uint32Array.from(scan(listing, query, (at) => marks[at] as number)));
  const shown = options.limit === null ? rows : rows.subarray(0, options.limit);
  const papers: SelectedPapers = {
    length: shown.length,
    *[Symbol.iterator]() {
      for (const at of shown) yield { paper: listing.paper(at), bits: marks[at] as number };
    },
  };
  if (papers.length === 0 && listing.size > 0) {
    const isOpen = query.terms.some((term) => term.kind === "phrase" && term.open);
    const why = isOpen ? "; a quotation mark is not closed" : "";
    process.stderr.write(`papers-tui: nothing matches “${clean(options.filter.trim())}”${why}\n`);
  }
  const isUnreadable = listing.problems.some(({ isWholeSource }) => isWholeSource);
  return { papers, code: isUnreadable ? 2 : papers.length === 0 ? 1 : 0 };
}

/** The ranking of a listing; where too few papers are known that the reader wanted, a sentence says so. */
function rankNow(library: Library, cache: string, stateDirectory: string, listing: Listing): ForYou {
  const known = { library, passed: new PassedPapers(cache), stateDirectory };
  const { taste, wanted } = learnNow(known, listing, listing.size);
  if (taste === null) process.stderr.write(`papers-tui: ${tooFewWanted(wanted)}\n`);
  const score = (at: number) => taste?.score(taste.featuresOf(listing.paper(at))) ?? 0;
  const scores = taste === null ? null : Float32Array.from({ length: listing.size }, (_, at) => score(at));
  return { listing, scores, steps: new Uint8Array(), wanted, reasons: new Map() };
}

/** By how much the numbers of papers moved since they were on the screen. */
function movedSince(seen: SeenPapers, listing: Listing): ReadonlyMap<number, Movement> {
  const moved = new Map<number, Movement>();
  for (let at = 0; at < listing.size; at += 1) {
    const movement = seen.show(listing.id(at), numbersOf(listing.paper(at)));
    if (movement !== null) moved.set(at, movement);
  }
  return moved;
}

/** Whether a query asks for what watches, follows and mutes say. */
function asksForInterests({ terms }: Query): boolean {
  return terms.some((term) => term.kind === "is" && ["muted", "followed", "watched"].includes(term.mark));
}

/** How many problems are printed before the rest is only counted. */
const mostProblems = 3;

/** The problems of a listing: all of them, or their number, the first few and how to see the rest. */
function problemLines(listing: Listing, all: boolean): string[] {
  const { problems } = listing;
  const lines = problems.map(problemText);
  const summary = summaryOf(listing);
  const head = summary === null || lines.length === 1 ? [] : [summary];
  if (all || lines.length <= mostProblems) return [...head, ...lines];
  const rest = lines.length - mostProblems + 1;
  return [
    ...head,
    ...lines.slice(0, mostProblems - 1),
    `${counted(rest, problems.every(({ isRemark }) => isRemark) ? "more remark" : "more problem")} (--problems prints all)`,
  ];
}
