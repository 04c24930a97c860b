import { fstatSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Format, ReadOptions } from "../formats/format.js";
import { readListing } from "../formats/index.js";
import { type Listing, makeListing, type ParsedListing, type Problem } from "../papers/listing.js";
import { clean } from "../text/clean.js";
import { readSample } from "./bundled.js";
import { FetchError } from "./fetch-error.js";
import type { Answer } from "./fetcher.js";
import { type Endpoints, type RemoteListing, toRemote } from "./remote.js";

/** A place that listings come from, as the reader names it on the command line. */
export type Source =
  | { readonly kind: "sample" }
  | { readonly kind: "stdin" }
  | { readonly kind: "remote"; readonly listing: RemoteListing }
  | { readonly kind: "file"; readonly path: string };

/** Where sources get what is not on this machine's disk. */
export interface Supplies {
  /** What standard input held, read to its end before; `null` where it was not. */
  readonly stdin: Buffer | null;
  /** An answer of a server, or of the cache; rejects with a FetchError where there is none. */
  readonly answer: (listing: RemoteListing) => Promise<Answer>;
}

/** A source that cannot be read: what it is, why, and what to do about it. */
export class SourceError extends Error {
  override readonly name = "SourceError";
}

/** Words that later versions read as sources; a file of that name is still opened with `./` before it. */
const announced = /^(starred|later)$/;

/** What a SOURCE argument names. Throws a SourceError for one that is written wrong, or not known yet. */
export function toSource(argument: string, endpoints: Endpoints): Source {
  if (argument === "sample") return { kind: "sample" };
  if (argument === "-") return { kind: "stdin" };
  if (announced.test(argument)) {
    throw new SourceError(
      `“${argument}” as a source comes with a later version; in a listing the views show it (v)`,
    );
  }
  const remote = toRemote(argument, endpoints);
  if (typeof remote === "string") throw new SourceError(clean(remote));
  if (remote) return { kind: "remote", listing: remote };
  return { kind: "file", path: argument };
}

/** What the footer and the header call a source. */
export function sourceName(source: Source): string {
  if (source.kind === "sample") return "Daily Papers (sample)";
  if (source.kind === "remote") return clean(source.listing.name);
  return source.kind === "stdin" ? "standard input" : clean(basename(source.path));
}

/**
 * Reads one or more sources into a listing; several are joined in the order given, and those that
 * cannot be read are problems of it, and so is that an answer is an old one. Rejects with a SourceError where none can be read.
 */
export async function openSources(
  sources: readonly Source[],
  options: ReadOptions,
  supplies: Supplies,
): Promise<Listing> {
  const unreadable: Problem[] = [];
  const parsed: Parsed[] = [];
  for (const source of sources) {
    try {
      parsed.push(await parse(source, options, supplies));
    } catch (error) {
      if (!(error instanceof SourceError) || sources.length === 1) throw error;
      unreadable.push({ line: null, message: error.message, isWholeSource: true });
    }
  }
  if (parsed.length === 0) throw new SourceError(unreadable.map(({ message }) => message).join("; "));
  const [only, ...others] = parsed;
  if (only && others.length === 0) {
    // A source that was named is called by its name, not by its format: "Search: diffusion".
    const isNamed = only.source.kind === "sample" || only.source.kind === "remote";
    const title = isNamed ? null : only.format.title;
    const problems = [...unreadable, ...only.listing.problems];
    return makeListing(title ?? sourceName(only.source), { ...only.listing, problems });
  }
  const problems = [
    ...unreadable,
    ...parsed.flatMap(({ source, listing }) =>
      listing.problems.map((one): Problem => ({ ...one, message: `${sourceName(source)}: ${one.message}` })),
    ),
  ];
  const papers = parsed.flatMap(({ listing }) => listing.papers);
  return makeListing(parsed.map(({ source }) => sourceName(source)).join(" + "), {
    papers,
    day: null,
    problems,
  });
}

interface Parsed {
  readonly source: Source;
  readonly format: Format;
  readonly listing: ParsedListing;
}

async function parse(source: Source, options: ReadOptions, supplies: Supplies): Promise<Parsed> {
  const { bytes, problems } = await read(source, supplies);
  const result = await readListing(bytes, options);
  if (result.ok) {
    const listing = { ...result.listing, problems: [...problems, ...result.listing.problems] };
    return { source, format: result.format, listing };
  }
  throw new SourceError(`cannot read ${sourceName(source)}: ${result.reason}`);
}

async function read(
  source: Source,
  { stdin, answer }: Supplies,
): Promise<{ bytes: Buffer; problems: readonly Problem[] }> {
  switch (source.kind) {
    case "sample":
      return { bytes: readSample(), problems: [] };
    case "stdin":
      if (!stdin) throw new SourceError("nothing was piped in: standard input cannot be read a second time");
      return { bytes: stdin, problems: [] };
    case "remote":
      return readRemote(source.listing, answer);
    case "file":
      return { bytes: readFile(source.path), problems: [] };
  }
}

async function readRemote(listing: RemoteListing, answer: Supplies["answer"]) {
  try {
    const { body, checked, failure } = await answer(listing);
    if (!failure) return { bytes: body, problems: [] };
    const when = new Date(checked).toISOString().replace("T", " ").slice(0, 16);
    const message = `${clean(failure.message)} · this is how it was on ${when} UTC`;
    return { bytes: body, problems: [{ line: null, message }] };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    throw new SourceError(`cannot fetch ${clean(listing.name)}: ${clean(error.message)}`);
  }
}

const reasons: Record<string, string> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
};

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const hint =
      code === "ENOENT"
        ? ". A SOURCE is a file, “-”, an https address, daily, trending, search:WORDS, arxiv:cs.LG or sample"
        : "";
    throw new SourceError(`cannot read ${clean(path)}: ${reasons[code] ?? (error as Error).message}${hint}`);
  }
}

/** Everything that standard input holds, up to its end. */
export async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Whether something is piped or redirected into the program, and not just closed or a terminal. */
export function isPipedIn(): boolean {
  if (process.stdin.isTTY) return false;
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isFile() || stat.isSocket();
  } catch {
    return false;
  }
}
