import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import type { Library } from "../../library/library.js";
import type { SeenPapers } from "../../library/papers-seen.js";
import { hasMark, newBit } from "../../papers/marks.js";
import { defaultSources } from "../../reader/panels/default-sources.js";
import { loadConfigWriter } from "../../settings/config-writer.js";
import { changeSources } from "../../settings/save.js";
import { type Source, SourceError, toSource } from "../../sources/source.js";
import { fromHome, toHome, userDirectories } from "../environment.js";
import { marksOf } from "../marks-of.js";
import { morning, type Opener, type Reading } from "./reading.js";
import { endpoints } from "./remote-sources.js";

/**
 * A source in the form of the setting `sources`: files have absolute paths.
 * @param named as typed
 * @throws SourceError if it is malformed, or if there is no such file
 */
export function subscriptionOf(named: string, arxivEndpoint: string): string {
  const text = named.trim();
  if (text === morning) throw new SourceError("the morning cannot be part of itself");
  const source = toSource(fromHome(text), endpoints(arxivEndpoint));
  if (source.kind === "stdin") throw new SourceError("standard input cannot be part of the morning");
  if (source.kind !== "file") return nameOf(source, text);
  if (existsSync(source.path)) return toHome(source.path);
  throw new SourceError(`“${text}” is not a source or an existing file`);
}

/** The name of what is open in that form, several one a line; `null` if it cannot be opened again. */
export function settingName({ name, keepsPlace }: Pick<Reading, "name" | "keepsPlace">): string | null {
  const names = name.split("\n").map((one) => (isAbsolute(one) ? toHome(one) : one));
  return keepsPlace ? names.join("\n") : null;
}

function nameOf(source: Source, text: string): string {
  return source.kind === "remote" ? source.listing.argument : text;
}

/** Whether two names in the setting mean the same source. */
export function isSameSubscription(one: string, other: string): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf(name: string): string {
  const isNamed = /^(?:https?|arxiv|search|daily|trending):/i.test(name);
  const isKnown = isNamed || defaultSources.some((one) => one.name === name) || /^\d{4}\.\d{4,5}$/.test(name);
  return isKnown ? name : resolve(fromHome(name));
}

/** Writes the setting `sources` to disk. Resolves to `null`, or to a sentence if that failed. */
export async function saveSubscriptions(
  work: (sources: readonly string[]) => readonly string[] | null,
): Promise<string | null> {
  return changeSources(await loadConfigWriter(), userDirectories().config, work);
}

/** How many papers of a source are on this machine. */
export interface SourceCounts {
  readonly source: string;
  readonly total: number;
  readonly unread: number;
  readonly new: number;
  /**
   * When its server was last asked, in milliseconds since 1970; `null` for a file, and if it was never
   * asked.
   */
  readonly asked: number | null;
  /** Set for a file that is not there. */
  readonly isGone?: true;
  /** Set where nothing of it is on this machine yet. */
  readonly isUnloaded?: true;
}

/** Counts the papers of a source that are on this machine, without a request. */
export async function countSource(
  source: string,
  opener: Opener,
  library: Library,
  seen: SeenPapers,
): Promise<SourceCounts> {
  const found = await opener.peek(source);
  if (found === null) {
    const none = { source, total: 0, unread: 0, new: 0, asked: null };
    return opener.isMissing(source) ? { ...none, isGone: true } : { ...none, isUnloaded: true };
  }
  const { listing, asked } = found;
  const marks = marksOf(listing, library, seen);
  let unread = 0;
  let fresh = 0;
  for (const bits of marks) {
    if (hasMark(bits, "read")) continue;
    unread += 1;
    if ((bits & newBit) !== 0) fresh += 1;
  }
  return { source, total: listing.size, unread, new: fresh, asked };
}
