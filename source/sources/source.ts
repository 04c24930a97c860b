import { existsSync, fstatSync } from "node:fs";
import { basename } from "node:path";
import { arxivId } from "../papers/identity.js";
import { clean } from "../text/clean.js";
import { type ListedMark, markedNames } from "./marked.js";
import { arxivPaper, type Endpoints, type RemoteListing, toRemote } from "./remote/addresses.js";

/** A source of listings, as named on the command line. */
export type Source =
  | { readonly kind: "sample" }
  | { readonly kind: "stdin" }
  | { readonly kind: "remote"; readonly listing: RemoteListing }
  | { readonly kind: "marked"; readonly field: ListedMark }
  | { readonly kind: "file"; readonly path: string };

/** A source that cannot be read, with the reason and what to do. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  /** Whether its server cannot be reached. */
  readonly isOffline: boolean;
  /** The reason alone, for places that already name the source. */
  readonly reason: string;
  /** What the message ends with that is the same for every such source, and is said once for several. */
  readonly hint: string;

  constructor(message: string, isOffline = false, reason = message, hint = "") {
    super(message + hint);
    this.hint = hint;
    this.isOffline = isOffline;
    this.reason = reason;
  }
}

/** A file that is not there. */
export class MissingFileError extends SourceError {}

/** A remote listing that is not cached and must not be requested. */
export class NotKeptError extends SourceError {}

/**
 * Parses a SOURCE argument; a file named like another source needs `./` before its name. Throws a SourceError
 * if it is malformed.
 */
export function toSource(argument: string, endpoints: Endpoints): Source {
  if (argument === "sample") return { kind: "sample" };
  if (argument === "-") return { kind: "stdin" };
  if (argument === "starred" || argument === "later" || argument === "yours")
    return { kind: "marked", field: argument };
  const remote = toRemote(argument, endpoints);
  if (typeof remote === "string") throw new SourceError(clean(remote));
  if (remote) return { kind: "remote", listing: remote };
  const arxiv = arxivId(argument);
  if (arxiv !== null && !existsSync(argument)) {
    return { kind: "remote", listing: arxivPaper(arxiv, endpoints) };
  }
  return { kind: "file", path: argument };
}

/** The name of a source in the footer and the header. */
export function sourceName(source: Source): string {
  if (source.kind === "sample") return "Daily Papers (sample)";
  if (source.kind === "remote") return clean(source.listing.name);
  if (source.kind === "marked") return markedNames[source.field];
  return source.kind === "stdin" ? "standard input" : clean(basename(source.path));
}

/** The name of a source in the filter (`from:daily`) and in `list --json`: short, as the command line has it. */
export function sourceLabel(source: Source): string {
  if (source.kind === "remote") return clean(source.listing.argument);
  if (source.kind === "marked") return source.field;
  return source.kind === "file" ? clean(basename(source.path)) : source.kind;
}

/** Whether standard input is a pipe or a file, and not closed or a terminal. */
export function isPipedIn(): boolean {
  if (process.stdin.isTTY) return false;
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isFile() || stat.isSocket();
  } catch {
    return false;
  }
}
