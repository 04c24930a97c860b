import { closeSync, constants, createReadStream, openSync, readFileSync, statSync } from "node:fs";
import { Socket } from "node:net";
import { resolve } from "node:path";
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
import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { nearest } from "../text/did-you-mean.js";
import { readSample } from "./bundled.js";
import { withEntryRemarks } from "./entry-remarks.js";
import { type KeptMark, type ListedMark, markedListing } from "./marked.js";
import { readListingFrom } from "./read-bytes.js";
import { readRemote, type Wanted } from "./remote/read-remote.js";
import {
  MissingFileError,
  NotKeptError,
  type Source,
  SourceError,
  sourceLabel,
  sourceName,
} from "./source.js";
import { unwatched, type Watched } from "./watched.js";
import { EventLoopTurns } from "./yield-to-event-loop.js";

/** How sources fetch remote data and read it. */
export interface Supplies extends Wanted {
  readonly options: ReadOptions;
  /** The bytes of standard input; throws a SourceError if it was read before. */
  readonly stdin: () => AsyncIterable<Buffer>;
  /** The papers with a mark, the last marked first. */
  readonly marked: (field: ListedMark) => readonly KeptMark[];
  /** The papers on the screen that a long listing replaces; unchanged papers are shared. */
  readonly before?: PackedPapers | null;
}

/**
 * Reads one or more sources into a listing, joined in the order given. Unreadable sources and outdated
 * responses are problems of the listing. If cancelled, it returns the papers read so far. Rejects with a
 * SourceError if no source can be read.
 */
export async function openSources(
  sources: readonly Source[],
  supplies: Supplies,
  watched: Watched = unwatched,
): Promise<Listing> {
  const parts: (Opened | SourceError)[] = [];
  for (const source of sources) {
    try {
      parts.push(
        await openSource(source, supplies, sources.length === 1 ? watched : { ...watched, grown: undefined }),
      );
    } catch (error) {
      if (!(error instanceof SourceError) || sources.length === 1) throw error;
      parts.push(error);
    }
  }
  return joinSources(parts, supplies);
}

/**
 * One listing of several sources, each opened or with the reason it could not be. A paper that several have is
 * one row, and knows all of them (`Paper.from`).
 * @param name the name of the listing; `null`: the names of the sources
 * @throws SourceError if none is open
 */
export async function joinSources(
  parts: readonly (Opened | SourceError)[],
  supplies: Pick<Supplies, "before">,
  name: string | null = null,
): Promise<Listing> {
  // A source that was not requested yet is not a problem.
  const errors = parts.filter((one) => one instanceof SourceError && !(one instanceof NotKeptError));
  const unreadable = sayingHintsOnce(errors as SourceError[]).map(
    (message): Problem => ({ line: null, message, isWholeSource: true }),
  );
  const isOffline = (errors as SourceError[]).some((error) => error.isOffline);
  const opened = parts.filter((one) => !(one instanceof SourceError)) as Opened[];
  const [only, ...others] = opened;
  if (!only) {
    const [first] = unreadable;
    if (!first) throw new NotKeptError("nothing has been fetched yet");
    throw new SourceError(unreadable.map(({ message }) => message).join("; "), isOffline);
  }
  if (others.length === 0 && name === null) {
    // A named source shows its name, not its format: "Search: diffusion".
    const isFile = only.source.kind === "file" || only.source.kind === "stdin";
    const title = isFile ? (only.format?.title ?? null) : null;
    const problems = [...unreadable, ...only.listing.problems];
    const papers = await allPapers(opened, supplies, parts.length > 1);
    const parsed = { ...only.listing, papers, problems };
    return withEntryRemarks(makeListing(title ?? sourceName(only.source), parsed, extentOf(only)));
  }
  const problems = [
    ...unreadable,
    ...opened.flatMap(({ source, listing }) =>
      listing.problems.map((one): Problem => {
        const name = sourceName(source);
        return one.line === null ? { ...one, message: `${name}: ${one.message}` } : { ...one, source: name };
      }),
    ),
  ];
  const papers = await allPapers(opened, supplies, true);
  const names = opened.map(({ source }) => sourceName(source)).join(" + ");
  const stale = isOffline ? "offline" : (opened.map((one) => extentOf(one).stale).find(Boolean) ?? null);
  const hasMore = opened.some((one) => extentOf(one).hasMore);
  const texts = new Map(opened.flatMap((one) => [...extentOf(one).texts]));
  const extent = { hasMore, stale, isCut: opened.some((one) => extentOf(one).isCut), texts };
  return withEntryRemarks(makeListing(name ?? names, { papers, day: null, problems }, extent));
}

/** The messages of errors; what several end with is said with the last of them. */
function sayingHintsOnce(errors: readonly SourceError[]): readonly string[] {
  return errors.map(({ message, hint }, at) => {
    const isSaidLater = hint !== "" && errors.slice(at + 1).some((one) => one.hint === hint);
    return isSaidLater ? message.slice(0, -hint.length) : message;
  });
}

/**
 * The papers of several listings, one after the other; packed if they are many.
 * @param areNamed whether each paper has the name of its source (`Paper.from`)
 */
async function allPapers(
  opened: readonly Opened[],
  { before = null }: Pick<Supplies, "before">,
  areNamed: boolean,
): Promise<ManyPapers> {
  const parts = opened.map(({ listing }) => listing.papers);
  const [only, ...others] = parts;
  if (only instanceof PackedPapers && others.length === 0 && !areNamed) return only;
  const named = opened.map(({ source, listing }) =>
    areNamed ? namedPapers(listing.papers, [sourceLabel(source)]) : listing.papers,
  );
  if (parts.reduce((sum, { length }) => sum + length, 0) <= mostObjects) {
    return named.flatMap((one) => [...one]);
  }
  const [largest] = parts
    .filter((one) => one instanceof PackedPapers)
    .sort((one, other) => other.length - one.length);
  const papers = new PackedPapers(largest ?? before);
  const turns = new EventLoopTurns();
  let count = 0;
  for (const part of named) {
    for (const paper of part) {
      papers.push(paper);
      count += 1;
      if (count % 500 === 0) await turns.take();
    }
  }
  return turns.through(papers.settling());
}

function* namedPapers(papers: ManyPapers, from: readonly string[]): Generator<Paper, void, void> {
  for (const paper of papers) yield { ...paper, from };
}

/** A source that was read. */
export interface Opened {
  readonly source: Source;
  /** `null` if no papers had to be distinguished. */
  readonly format: FormatName | null;
  readonly listing: ParsedListing<ManyPapers> & Partial<Extent>;
}

function extentOf({ source, format, listing }: Opened): Extent {
  const {
    total = null,
    hasMore = false,
    stale = null,
    isCut = false,
    whyEmpty = null,
    texts = noTexts,
  } = listing;
  const ofDays = source.kind === "remote" ? source.listing.hasDays === true : format?.hasDays === true;
  const hasDays = ofDays && listing.day !== null;
  // A response without papers is a day without papers, whatever its format.
  return {
    total,
    hasMore,
    stale,
    isCut,
    hasDays,
    whyEmpty: source.kind === "remote" ? (source.listing.whyEmpty ?? null) : whyEmpty,
    texts,
  };
}

const noTexts: ReadonlyMap<string, string> = new Map();

/** Reads one source. Rejects with a SourceError if it cannot be read. */
export async function openSource(source: Source, supplies: Supplies, watched: Watched): Promise<Opened> {
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
      return openFile(source, supplies, watched);
  }
}

/** A file: a listing, or the whole text of a paper, which is then its one paper. */
async function openFile(
  source: Extract<Source, { kind: "file" }>,
  supplies: Supplies,
  watched: Watched,
): Promise<Opened> {
  const path = resolve(source.path);
  const asText = (paper: Paper): Opened => ({
    source,
    format: null,
    listing: { papers: [paper], day: null, problems: [], texts: new Map([[paper.id, path]]) },
  });
  // The last is a page as `curl -O` saves it: 1706.03762v7.
  const mayBeText = /\.(?:x?html?|xml|nxml|jats|md|markdown|\d{4,5}(?:v\d+)?)(?:\.gz)?$/i.test(path);
  const { hasBody, paperOfFile } = mayBeText ? await import("./texts/local-text.js") : noLocalTexts;
  const surely = paperOfFile(path, "text");
  if (surely !== null) return asText(surely);
  const result = await readFile(source, supplies, watched);
  const paper = result.ok ? null : paperOfFile(path, "text or listing");
  if (paper !== null) return asText(paper);
  const opened = parsed(source, result);
  const { papers } = opened.listing;
  const [only] = papers.length === 1 ? papers : [];
  if (only === undefined || !hasBody(path)) return opened;
  return { ...opened, listing: { ...opened.listing, texts: new Map([[only.id, path]]) } };
}

const noLocalTexts = { hasBody: () => false, paperOfFile: () => null };

function parsed(source: Source, result: ReadResult<ManyPapers>): Opened {
  if (result.ok) return { source, format: result.format, listing: result.listing };
  throw new SourceError(`cannot read ${sourceName(source)}: ${result.reason}`);
}

const sourceKinds =
  ". A SOURCE is a file, “-”, an https address, daily, trending, search:WORDS, arxiv:cs.LG, starred, later, yours, morning or sample";

/** What is said of a name that is no file, after that: what was probably meant. Whoever types a path means a file. */
function hintFor(name: string): string {
  const [, kind, rest] = /^([a-z]+):(?=\S)(.+)$/i.exec(name) ?? [];
  const meant = kind === undefined ? null : nearest(kind.toLowerCase(), ["daily", "search", "arxiv"]);
  if (meant !== null) return `; did you mean ${meant}:${clean(rest ?? "")}?`;
  return /[/\\]|\.\w{1,5}$/.test(name) ? "" : sourceKinds;
}

const reasons: Record<string, string> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
};

/**
 * A file up to this size, some 1,500 papers, is read in one go: in half the time of a stream, whose pieces are
 * packed and unpacked again. It is the size up to which a text is parsed in this thread in any case.
 */
export const smallFile = 2 * 1024 * 1024;

/** Bytes per read of a longer file: two milliseconds of work, too short to delay a key. */
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
      throw new Error("it is the terminal");
    }
    const size = stats.isFile() ? stats.size : null;
    const chunks: AsyncIterable<Buffer> = stats.isFIFO()
      ? await readPipe(path)
      : createReadStream(path, { highWaterMark: pieceSize });
    return await readStream(source, chunks, size, supplies, watched);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const message = `cannot read ${clean(path)}: ${reasons[code] ?? (error as Error).message}`;
    const hint = code === "ENOENT" ? hintFor(path) : "";
    if (code === "ENOENT") throw new MissingFileError(message, false, message + hint, hint);
    throw new SourceError(message);
  }
}

/**
 * The bytes of a named pipe. Node reads files in threads, and would not exit before the thread that waits for a
 * writer. Outside Linux, a non-blocking pipe seems empty until a writer opens it.
 */
async function readPipe(path: string): Promise<AsyncIterable<Buffer>> {
  if (process.platform !== "linux") return createReadStream(path);
  return new Socket({
    fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
    readable: true,
    writable: false,
  });
}

/** Reads a stream of bytes; `grown` gets the listing so far. */
function readStream(
  source: Source,
  chunks: AsyncIterable<Buffer>,
  size: number | null,
  { options, before = null }: Supplies,
  { grown, ...watched }: Watched,
): Promise<ReadResult<ManyPapers>> {
  const name = sourceName(source);
  const reportGrowth = (papers: PackedPapers) =>
    grown?.(papers.length, () => makeListing(name, { papers, day: null, problems: [] }));
  return readListingFrom(chunks, size, options, { ...watched, grown: reportGrowth }, before);
}
