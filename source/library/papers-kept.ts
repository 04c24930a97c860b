import { join } from "node:path";
import { appendBeside } from "../files/append.js";
import { describeFsError } from "../files/fs-errors.js";
import { readRegular } from "../files/regular.js";
import type { Paper } from "../papers/paper.js";
import { isPossibleTime, isRecord } from "./journal/format.js";
import { filesCalled } from "./journal/read.js";

/**
 * What shows a marked paper when its listing is long gone: beside each machine's journal a file
 * `papers-MACHINE.jsonl` of one JSON object a line,
 *
 *     {"v":1,"at":"2026-11-23T08:24:15.123Z","paper":{"id":"2510.22543","title":"…","abstract":"…",…}}
 *
 * (on one line), appended when a paper is starred or put aside to be read later. `paper` has the
 * fields of `list --json` that say something; of several lines of one paper the newest counts. The
 * marks themselves are in the journal only: without this file a marked paper is still listed, by
 * its title.
 */
export const keptVersion = 1;

/** The file in which a machine keeps papers. */
export function keptPath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `papers-${machine}.jsonl`);
}

/** Keeps papers in this machine's file, those that cannot be written in memory until they can. */
export class PaperKeeper {
  readonly #path: string;
  readonly #now: () => number;
  #unsaved = new Map<string, Paper>();

  /** @param now milliseconds since 1970, as `Date.now` */
  constructor(stateDirectory: string, machine: string, now: () => number) {
    this.#path = keptPath(stateDirectory, machine);
    this.#now = now;
  }

  /** Writes papers, after those still unsaved; a sentence where they are not all on disk. */
  keep(papers: readonly Paper[]): string | null {
    for (const paper of papers) this.#unsaved.set(paper.id, paper);
    return this.flush();
  }

  /** Tries again to write what is unsaved; `null` also where nothing is. */
  flush(): string | null {
    if (this.#unsaved.size === 0) return null;
    try {
      const at = new Date(this.#now()).toISOString();
      const lines = [...this.#unsaved.values()].map((paper) => `${lineOf(paper, at)}\n`);
      appendBeside(this.#path, () => lines.join(""));
      this.#unsaved = new Map();
      return null;
    } catch (error) {
      const why = describeFsError(error, this.#path);
      return `The mark is saved, but not what shows the paper without its listing: ${why}.`;
    }
  }
}

function lineOf(paper: Paper, at: string): string {
  return JSON.stringify({
    v: keptVersion,
    at,
    paper: Object.fromEntries(Object.entries(paper).filter(saysSomething)),
  });
}

function saysSomething([, value]: readonly [string, unknown]): boolean {
  return value !== null && value !== "" && value !== false && !(Array.isArray(value) && value.length === 0);
}

/**
 * What all machines have kept of papers, the newest of each, by identity and as it is in the
 * file: what somebody else may have written there is for the caller to check. Lines that are
 * damaged or of a later version are passed over; never throws.
 *
 * @param wanted the identities asked for
 */
export function readKeptPapers(
  stateDirectory: string,
  wanted: ReadonlySet<string>,
): Map<string, Readonly<Record<string, unknown>>> {
  const newest = new Map<string, { readonly at: string; readonly paper: Record<string, unknown> }>();
  for (const path of keptFiles(stateDirectory)) {
    for (const line of linesOf(path)) {
      const kept = decodeKept(line);
      if (kept === null || !wanted.has(kept.id)) continue;
      if (kept.at >= (newest.get(kept.id)?.at ?? "")) newest.set(kept.id, kept);
    }
  }
  return new Map([...newest].map(([id, { paper }]) => [id, paper]));
}

/** All files in which papers are kept, sorted by name, as paths; none where the directory cannot be listed. */
export function keptFiles(stateDirectory: string): readonly string[] {
  try {
    return filesCalled("papers", stateDirectory);
  } catch {
    return [];
  }
}

function linesOf(path: string): string[] {
  try {
    return readRegular(path).toString().split("\n");
  } catch {
    return [];
  }
}

/** The paper that a line of such a file keeps; `null` where it keeps none. */
export function decodeKept(line: string): { id: string; at: string; paper: Record<string, unknown> } | null {
  if (line.trim() === "") return null;
  try {
    const value: unknown = JSON.parse(line);
    if (!isRecord(value) || value.v !== keptVersion || !isPossibleTime(value.at)) return null;
    const { paper } = value;
    return isRecord(paper) && typeof paper.id === "string" ? { id: paper.id, at: value.at, paper } : null;
  } catch {
    return null;
  }
}
