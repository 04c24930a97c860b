import type { ReadOptions } from "../formats/format.js";
import { type FormatName, readListing } from "../formats/index.js";
import type { Extent, ParsedListing, Problem } from "../papers/listing.js";
import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { thousands } from "../text/numbers.js";
import { FetchError } from "./fetch-error.js";
import type { Answer } from "./fetcher.js";
import type { Pages, RemoteListing } from "./remote.js";
import { SourceError } from "./source.js";
import type { Watched } from "./watched.js";

/** What is wanted of a listing on a server, and where its answers come from. */
export interface Wanted {
  readonly options: ReadOptions;
  /** How many papers to read of a listing whose further pages are read when asked for. */
  readonly papers: number;
  /** An answer of a server or of the cache, `null` where the cache has none; rejects with a FetchError. */
  readonly answer: (listing: RemoteListing, watched: Watched) => Promise<Answer | null>;
}

/** A listing of a month has 20 of them; this many are no listing. */
const mostPages = 100;

interface Read {
  readonly format: FormatName;
  readonly listing: ParsedListing & Partial<Extent>;
}

/**
 * Reads a listing from its server, page after page where it has several. Called off, or where a later
 * page fails, it gives the pages before. Rejects with a SourceError where there is not even one.
 */
export async function readRemote(remote: RemoteListing, wanted: Wanted, watched: Watched): Promise<Read> {
  const { pages } = remote;
  const most = pages?.all === false ? wanted.papers : Number.POSITIVE_INFINITY;
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  let first: Page | null = null;
  let hasMore = false;
  let isCut = false;
  let stale: Extent["stale"] = null;
  for (let number = 0; number < mostPages; number += 1) {
    if (number > 0) watched.progress(`${thousands(papers.length)}${outOf(first)} papers`);
    const page = await readPage(remote, number, wanted, watched);
    if (page === null || page instanceof FetchError) {
      if (first === null) throw notFetched(remote, page);
      // What is kept ends here; that a further page was called off or failed is said.
      hasMore = true;
      if (page !== null) {
        isCut = true;
        problems.unshift({
          line: null,
          message: `${clean(page.message)}: these are the first ${thousands(papers.length)} papers${pages?.all ? " · r reads all" : ""}`,
        });
        stale = page.failure === "offline" ? "offline" : page.failure === "cancelled" ? stale : "failed";
      }
      break;
    }
    first ??= page;
    stale ??= page.stale;
    papers.push(...page.listing.papers);
    // That an answer is old is said once, and not for every page.
    for (const one of page.listing.problems)
      if (!problems.some(({ message }) => message === one.message)) problems.push(one);
    hasMore = pages !== undefined && goesOn(page, number, pages, first);
    if (!hasMore || papers.length >= most) break;
  }
  if (first === null) throw notFetched(remote, null);
  const { format, listing } = first;
  // An answer for a day does not always say which it is.
  const day = listing.day ?? (remote.hasDays ? remote.settled : null);
  return {
    format,
    listing: { papers, day, problems, total: listing.total ?? null, hasMore, stale, isCut },
  };
}

/** Whether there is a page behind this one: by the count of all where it is told, else by a full page. */
function goesOn({ listing }: Page, number: number, { size }: Pages, { listing: { total } }: Page): boolean {
  if (listing.papers.length === 0) return false;
  return total === undefined || total === null ? listing.papers.length >= size : (number + 1) * size < total;
}

function outOf(first: Page | null): string {
  const total = first?.listing.total ?? null;
  return total === null ? "" : ` of ${thousands(total)}`;
}

interface Page {
  readonly format: FormatName;
  readonly listing: ParsedListing;
  readonly stale: Extent["stale"];
}

async function readPage(
  remote: RemoteListing,
  number: number,
  { options, answer }: Wanted,
  watched: Watched,
): Promise<Page | FetchError | null> {
  const address = number === 0 ? remote.address : (remote.pages?.address(number) ?? remote.address);
  let given: Answer | null;
  try {
    given = await answer({ ...remote, address }, watched);
  } catch (error) {
    if (error instanceof FetchError) return error;
    throw error;
  }
  if (given === null) return null;
  const result = await readListing(given.body, options);
  if (!result.ok) {
    if (number > 0)
      return new FetchError("bad-answer", `page ${number + 1} cannot be read: ${result.reason}`);
    throw new SourceError(`cannot read ${clean(remote.name)}: ${result.reason}`);
  }
  const { format, listing } = result;
  const { failure, checked } = given;
  if (!failure) return { format, listing, stale: null };
  const when = new Date(checked).toISOString().replace("T", " ").slice(0, 16);
  const message = `${clean(failure.message)} · this is how it was on ${when} UTC`;
  const problems = [{ line: null, message }, ...listing.problems];
  return {
    format,
    listing: { ...listing, problems },
    stale: failure.failure === "offline" ? "offline" : "failed",
  };
}

function notFetched({ name }: RemoteListing, error: FetchError | null): SourceError {
  const why = error === null ? "it was never fetched" : error.message;
  return new SourceError(`cannot fetch ${clean(name)}: ${clean(why)}`, error?.failure === "offline");
}
