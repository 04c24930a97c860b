import type { ReadOptions } from "../../formats/format.js";
import type { FormatName } from "../../formats/index.js";
import type { Extent, ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { thousands } from "../../text/numbers.js";
import { readAnswer } from "../read-answer.js";
import { firstOnes } from "../read-bytes.js";
import { NotKeptError, SourceError } from "../source.js";
import type { Watched } from "../watched.js";
import type { Pages, RemoteListing } from "./addresses.js";
import { FetchError } from "./fetch-error.js";
import type { Answer } from "./fetcher.js";

/** A request for a listing, and where responses come from. */
export interface Wanted {
  readonly options: ReadOptions;
  /** How many papers to read of a listing whose pages are read on demand. */
  readonly papers: number;
  /** A response of a server or the cache, `null` if the cache has none; rejects with a FetchError. */
  readonly answer: (listing: RemoteListing, watched: Watched) => Promise<Answer | null>;
}

/** The limit of pages; a month has 20. */
const mostPages = 100;

interface Read {
  readonly format: FormatName;
  readonly listing: ParsedListing & Partial<Extent>;
}

/**
 * Reads a listing from its server, page after page. If cancelled, or if a later page fails, returns the pages
 * before. Rejects with a SourceError if there is not even one.
 */
export async function readRemote(remote: RemoteListing, wanted: Wanted, watched: Watched): Promise<Read> {
  const { pages } = remote;
  const most = pages?.all === false ? wanted.papers : Number.POSITIVE_INFINITY;
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  const known = new Set<string>();
  let first: Page | null = null;
  let hasMore = false;
  let isCut = false;
  let stale: Extent["stale"] = null;
  for (let number = 0; number < mostPages; number += 1) {
    if (number > 0) watched.progress(`${thousands(papers.length)}${outOf(first)} papers`);
    const page = await readPage(remote, number, wanted, watched);
    if (page === null || page instanceof FetchError) {
      if (first === null) throw notFetched(remote, page);
      // The cached pages end here. Report a further page that failed or was cancelled.
      hasMore = true;
      if (page !== null) {
        isCut = true;
        problems.unshift({
          line: null,
          message: `${clean(page.message)}: ${firstOnes(papers.length)}${pages?.all ? " · r reads all" : ""}`,
        });
        stale = page.failure === "offline" ? "offline" : page.failure === "cancelled" ? stale : "failed";
      }
      break;
    }
    first ??= page;
    stale ??= page.stale;
    const before = known.size;
    for (const { id } of page.listing.papers) known.add(id);
    // A server that does not know pages sends the same one for each.
    hasMore = false;
    if (number > 0 && known.size === before) break;
    papers.push(...page.listing.papers);
    // Report an outdated response once, not for every page.
    for (const one of page.listing.problems)
      if (!problems.some(({ message }) => message === one.message)) problems.push(one);
    hasMore = pages !== undefined && goesOn(page, number, pages, first);
    if (!hasMore || papers.length >= most) break;
  }
  if (first === null) throw notFetched(remote, null);
  const { format, listing } = first;
  // The requested day: a response does not always contain it, and its papers may have been submitted on
  // another.
  const day = (remote.hasDays ? remote.settled : null) ?? listing.day;
  return {
    format,
    listing: { papers, day, problems, total: listing.total ?? null, hasMore, stale, isCut },
  };
}

/** Whether there is a next page: by the total count if known, else by a full page. */
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
  const result = given.result ?? (await readAnswer(remote, given.body, options));
  if (!result.ok) {
    const host = URL.canParse(address) ? new URL(address).host : address;
    const where = number === 0 ? "" : `page ${number + 1} cannot be read: `;
    return new FetchError("bad-answer", `${where}${host} ${result.reason}`);
  }
  const { format, listing } = result;
  const { failure, checked } = given;
  if (!failure) return { format, listing, stale: null };
  // The shown listing comes first: on a short line, the reason matters less.
  const message = `showing what was fetched ${timeOf(checked)} · ${clean(failure.message)}`;
  const isOffline = failure.failure === "offline";
  const problems = [{ line: null, message, ...(isOffline && { isOffline }) }, ...listing.problems];
  return { format, listing: { ...listing, problems }, stale: isOffline ? "offline" : "failed" };
}

/** "on 2026-11-27 at 08:24 UTC". */
function timeOf(milliseconds: number): string {
  const [day, time = ""] = new Date(milliseconds).toISOString().split("T");
  return `on ${day} at ${time.slice(0, 5)} UTC`;
}

function notFetched({ name }: RemoteListing, error: FetchError | null): SourceError {
  if (error === null) return new NotKeptError(`${clean(name)} has not been fetched yet`);
  const reason = clean(error.message);
  return new SourceError(`cannot fetch ${clean(name)}: ${reason}`, error.failure === "offline", reason);
}
