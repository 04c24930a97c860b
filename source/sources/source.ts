import { existsSync, fstatSync } from "node:fs";
import { basename } from "node:path";
import { arxivId } from "../papers/identity.js";
import { clean } from "../text/clean.js";
import { type ListedMark, markedNames } from "./marked.js";
import { arxivPaper, type Endpoints, type RemoteListing, toRemote } from "./remote/addresses.js";

/** A place that listings come from, as the reader names it on the command line. */
export type Source =
  | { readonly kind: "sample" }
  | { readonly kind: "stdin" }
  | { readonly kind: "remote"; readonly listing: RemoteListing }
  | { readonly kind: "marked"; readonly field: ListedMark }
  | { readonly kind: "file"; readonly path: string };

/** A source that cannot be read: what it is, why, and what to do about it. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  /** Whether it is because its server is not reached. */
  readonly isOffline: boolean;
  /** Why alone, for where it is plain what cannot be read. */
  readonly reason: string;

  constructor(message: string, isOffline = false, reason = message) {
    super(message);
    this.isOffline = isOffline;
    this.reason = reason;
  }
}

/** A listing on a server of which nothing is kept, where the server is not to be asked. */
export class NotKeptError extends SourceError {}

/**
 * What a SOURCE argument names; a file that is called like another source is opened with `./` before
 * its name. Throws a SourceError for one that is written wrong.
 */
export function toSource(argument: string, endpoints: Endpoints): Source {
  if (argument === "sample") return { kind: "sample" };
  if (argument === "-") return { kind: "stdin" };
  if (argument === "starred" || argument === "later") return { kind: "marked", field: argument };
  const remote = toRemote(argument, endpoints);
  if (typeof remote === "string") throw new SourceError(clean(remote));
  if (remote) return { kind: "remote", listing: remote };
  const arxiv = arxivId(argument);
  if (arxiv !== null && !existsSync(argument)) {
    return { kind: "remote", listing: arxivPaper(arxiv, endpoints) };
  }
  return { kind: "file", path: argument };
}

/** What the footer and the header call a source. */
export function sourceName(source: Source): string {
  if (source.kind === "sample") return "Daily Papers (sample)";
  if (source.kind === "remote") return clean(source.listing.name);
  if (source.kind === "marked") return markedNames[source.field];
  return source.kind === "stdin" ? "standard input" : clean(basename(source.path));
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
