import { closeSync, constants, createReadStream, openSync, readFileSync, statSync } from "node:fs";
import { Socket } from "node:net";
import { isatty } from "node:tty";
import type { ReadOptions } from "../formats/format.js";
import { type FormatName, type ReadResult, readListing } from "../formats/index.js";
import {
  type Extent,
  type Listing,
  type ManyPapers,
  makeListing,
  mostObjects,
  type ParsedListing,
  type Problem,
} from "../papers/listing.js";
import { PackedPapers } from "../papers/packed/packed-papers.js";
import { clean } from "../text/clean.js";
import { readSample } from "./bundled.js";
import { type KeptMark, type ListedMark, markedListing } from "./marked.js";
import { readListingFrom } from "./read-bytes.js";
import { readRemote, type Wanted } from "./remote/read-remote.js";
import { NotKeptError, type Source, SourceError, sourceName } from "./source.js";
import { unwatched, type Watched } from "./watched.js";
import { EventLoopTurns } from "./yield-to-event-loop.js";

/** Where sources get what is not on this machine's disk, and how they are read. */
export interface Supplies extends Wanted {
  readonly options: ReadOptions;
  /** What standard input holds, as it comes; throws a SourceError where it was read before. */
  readonly stdin: () => AsyncIterable<Buffer>;
  /** The papers the reader has marked so, the one marked last first. */
  readonly marked: (field: ListedMark) => readonly KeptMark[];
  /** The papers on the screen that a long listing is to take the place of; those that are the same are shared. */
  readonly before?: PackedPapers | null;
}

/**
 * Reads one or more sources into a listing; several are joined in the order given, and those that
 * cannot be read are problems of it, and so is that an answer is an old one. Called off, it gives
 * what was read by then. Rejects with a SourceError where none can be read.
 */
export async function openSources(
  sources: readonly Source[],
  supplies: Supplies,
  watched: Watched = unwatched,
): Promise<Listing> {
  const unreadable: Problem[] = [];
  const opened: Opened[] = [];
  let isOffline = false;
  for (const source of sources) {
    try {
      opened.push(
        await open(source, supplies, sources.length === 1 ? watched : { ...watched, grown: undefined }),
      );
    } catch (error) {
      if (!(error instanceof SourceError) || sources.length === 1) throw error;
      // That nobody has asked for it yet is not wrong with it.
      if (error instanceof NotKeptError) continue;
      isOffline ||= error.isOffline;
      unreadable.push({ line: null, message: error.message, isWholeSource: true });
    }
  }
  const [only, ...others] = opened;
  if (!only) {
    const [first] = unreadable;
    if (!first) throw new NotKeptError("nothing of it has been fetched yet");
    throw new SourceError(unreadable.map(({ message }) => message).join("; "), isOffline);
  }
  if (others.length === 0) {
    // A source that was named is called by its name, not by its format: "Search: diffusion".
    const isFile = only.source.kind === "file" || only.source.kind === "stdin";
    const title = isFile ? (only.format?.title ?? null) : null;
    const problems = [...unreadable, ...only.listing.problems];
    const papers = await allPapers(opened, supplies);
    return makeListing(
      title ?? sourceName(only.source),
      { ...only.listing, papers, problems },
      extentOf(only),
    );
  }
  const problems = [
    ...unreadable,
    ...opened.flatMap(({ source, listing }) =>
      listing.problems.map((one): Problem => ({ ...one, message: `${sourceName(source)}: ${one.message}` })),
    ),
  ];
  const papers = await allPapers(opened, supplies);
  const name = opened.map(({ source }) => sourceName(source)).join(" + ");
  const stale = isOffline ? "offline" : (opened.map((one) => extentOf(one).stale).find(Boolean) ?? null);
  const hasMore = opened.some((one) => extentOf(one).hasMore);
  return makeListing(
    name,
    { papers, day: null, problems },
    { hasMore, stale, isCut: opened.some((one) => extentOf(one).isCut) },
  );
}

/** The papers of several listings one behind the other; packed where that makes them many. */
async function allPapers(opened: readonly Opened[], { before = null }: Supplies): Promise<ManyPapers> {
  const parts = opened.map(({ listing }) => listing.papers);
  const [only, ...others] = parts;
  if (only instanceof PackedPapers && others.length === 0) return only;
  if (parts.reduce((sum, { length }) => sum + length, 0) <= mostObjects) {
    return parts.flatMap((one) => [...one]);
  }
  const [largest] = parts
    .filter((one) => one instanceof PackedPapers)
    .sort((one, other) => other.length - one.length);
  const papers = new PackedPapers(largest ?? before);
  const turns = new EventLoopTurns();
  let count = 0;
  for (const part of parts) {
    for (const paper of part) {
      papers.push(paper);
      count += 1;
      if (count % 500 === 0) await turns.take();
    }
  }
  return turns.through(papers.settling());
}

interface Opened {
  readonly source: Source;
  /** `null` where nothing had to be told apart. */
  readonly format: FormatName | null;
  readonly listing: ParsedListing<ManyPapers> & Partial<Extent>;
}

function extentOf({ source, listing }: Opened): Extent {
  const { total = null, hasMore = false, stale = null, isCut = false, whyEmpty = null } = listing;
  // An answer without papers is a day without papers, whatever its format says of the file that it would be.
  return { total, hasMore, stale, isCut, whyEmpty: source.kind === "remote" ? null : whyEmpty };
}

async function open(source: Source, supplies: Supplies, watched: Watched): Promise<Opened> {
  switch (source.kind) {
    case "marked":
      return { source, format: null, listing: markedListing(source.field, supplies.marked(source.field)) };
    case "sample":
      return parsed(source, await readListing(readSample(), supplies.options));
    case "stdin":
      return parsed(source, await readStream(source, supplies.stdin(), null, supplies, watched));
    case "remote":
      return { source, ...(await readRemote(source.listing, supplies, watched)) };
    case "file":
      return parsed(source, await readFile(source, supplies, watched));
  }
}

function parsed(source: Source, result: ReadResult<ManyPapers>): Opened {
  if (result.ok) return { source, format: result.format, listing: result.listing };
  throw new SourceError(`cannot read ${sourceName(source)}: ${result.reason}`);
}

const reasons: Record<string, string> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
};

/** Up to this size a file is read at once, which is faster than as it comes. */
export const smallFile = 1024 * 1024;

/** Bytes of a longer file that are read in one go: two milliseconds of work, which are not felt at a key. */
const pieceSize = 128 * 1024;

function isTerminal(path: string): boolean {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    return isatty(file);
  } finally {
    closeSync(file);
  }
}

async function readFile(
  source: Extract<Source, { kind: "file" }>,
  supplies: Supplies,
  watched: Watched,
): Promise<ReadResult<ManyPapers>> {
  const { path } = source;
  try {
    const stats = statSync(path);
    if (stats.isFile() && stats.size <= smallFile)
      return await readListing(readFileSync(path), supplies.options);
    if (stats.isCharacterDevice() && isTerminal(path)) {
      throw new Error("it is the terminal, which the keys come from");
    }
    const size = stats.isFile() ? stats.size : null;
    const chunks: AsyncIterable<Buffer> = stats.isFIFO()
      ? await readPipe(path)
      : createReadStream(path, { highWaterMark: pieceSize });
    return await readStream(source, chunks, size, supplies, watched);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const hint =
      code === "ENOENT"
        ? ". A SOURCE is a file, “-”, an https address, daily, trending, search:WORDS, arxiv:cs.LG, starred, later or sample"
        : "";
    throw new SourceError(`cannot read ${clean(path)}: ${reasons[code] ?? (error as Error).message}${hint}`);
  }
}

/**
 * What comes through a named pipe. Node reads files in threads, and would not end before the one that
 * waits for a pipe's other end; elsewhere than on Linux a pipe that is not waited for seems to be empty
 * until it is opened at the other end.
 */
async function readPipe(path: string): Promise<AsyncIterable<Buffer>> {
  if (process.platform !== "linux") return createReadStream(path);
  return new Socket({
    fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
    readable: true,
    writable: false,
  });
}

/** Reads bytes as they come; `grown` is told of the listing as it is on its way. */
function readStream(
  source: Source,
  chunks: AsyncIterable<Buffer>,
  size: number | null,
  { options, before = null }: Supplies,
  { grown, ...watched }: Watched,
): Promise<ReadResult<ManyPapers>> {
  const name = sourceName(source);
  const tellGrown = (papers: PackedPapers) =>
    grown?.(papers.length, () => makeListing(name, { papers, day: null, problems: [] }));
  return readListingFrom(chunks, size, options, { ...watched, grown: tellGrown }, before);
}
