import { fstatSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Format, ReadOptions } from "../formats/format.js";
import { readListing } from "../formats/index.js";
import { type Listing, makeListing, type ParsedListing, type Problem } from "../papers/listing.js";
import { clean } from "../text/clean.js";
import { readSample } from "./bundled.js";

/** A place that listings come from, as the reader names it on the command line. */
export type Source =
  | { readonly kind: "sample" }
  | { readonly kind: "stdin" }
  | { readonly kind: "file"; readonly path: string };

/** A source that cannot be read: what it is, why, and what to do about it. */
export class SourceError extends Error {
  override readonly name = "SourceError";
}

/** Words that later versions read as sources; a file of that name is still opened with `./` before it. */
const announced = /^(daily|trending|search|arxiv|starred|later)(:|$)|^https?:/;

/** What a SOURCE argument names. Throws a SourceError for those this version cannot read. */
export function toSource(argument: string): Source {
  if (argument === "sample") return { kind: "sample" };
  if (argument === "-") return { kind: "stdin" };
  if (announced.test(argument)) {
    throw new SourceError(
      `cannot fetch “${clean(argument)}”: this version reads files and pipes only; save the page as text and open that file`,
    );
  }
  return { kind: "file", path: argument };
}

/** What the footer and the header call a source. */
export function sourceName(source: Source): string {
  if (source.kind === "sample") return "Daily Papers (sample)";
  return source.kind === "stdin" ? "standard input" : clean(basename(source.path));
}

/**
 * Reads one or more sources into a listing; several are joined in the order given, and those that
 * cannot be read are problems of it. `stdin` is what standard input held, read to its end before.
 * Rejects with a SourceError where none can be read.
 */
export async function openSources(
  sources: readonly Source[],
  options: ReadOptions,
  stdin: Buffer | null,
): Promise<Listing> {
  const unreadable: Problem[] = [];
  const parsed: Parsed[] = [];
  for (const source of sources) {
    try {
      parsed.push(await parse(source, options, stdin));
    } catch (error) {
      if (!(error instanceof SourceError) || sources.length === 1) throw error;
      unreadable.push({ line: null, message: error.message });
    }
  }
  if (parsed.length === 0) throw new SourceError(unreadable.map(({ message }) => message).join("; "));
  const [only, ...others] = parsed;
  if (only && others.length === 0) {
    const title = only.source.kind === "sample" ? null : only.format.title;
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

async function parse(source: Source, options: ReadOptions, stdin: Buffer | null): Promise<Parsed> {
  const result = await readListing(read(source, stdin), options);
  if (result.ok) return { source, format: result.format, listing: result.listing };
  throw new SourceError(`cannot read ${sourceName(source)}: ${result.reason}`);
}

function read(source: Source, stdin: Buffer | null): Buffer {
  switch (source.kind) {
    case "sample":
      return readSample();
    case "stdin":
      if (!stdin) throw new SourceError("nothing was piped in: standard input cannot be read a second time");
      return stdin;
    case "file":
      return readFile(source.path);
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
    const hint = code === "ENOENT" ? ". A SOURCE is a file, “-” for standard input, or “sample”" : "";
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
