import { closeSync } from "node:fs";
import { join } from "node:path";
import { appendBeside } from "../files/append.js";
import { describeFsError } from "../files/fs-errors.js";
import { openRegular } from "../files/regular.js";
import type { Paper } from "../papers/paper.js";
import { isPossibleTime, isRecord } from "./journal/format.js";
import { contents, namesOf, recordsIn } from "./record-lines.js";

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
export function keptPath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `papers-${machine}.jsonl`);
}

/** What a line keeps. */
interface Kept {
  readonly id: string;
  readonly at: string;
  readonly paper: Record<string, unknown>;
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
  return JSON.stringify({ v: 1, at, paper: Object.fromEntries(Object.entries(paper).filter(saysSomething)) });
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
  const newest = new Map<string, Kept>();
  for (const record of recordsIn("papers", stateDirectory)) {
    const kept = keptIn(record);
    if (kept === null || !wanted.has(kept.id)) continue;
    if (kept.at >= (newest.get(kept.id)?.at ?? "")) newest.set(kept.id, kept);
  }
  return new Map([...newest].map(([id, { paper }]) => [id, paper]));
}

/** Sentences about files of kept papers that cannot be read. */
export function keptProblems(stateDirectory: string): readonly string[] {
  return namesOf("papers", stateDirectory).flatMap((path) => {
    try {
      closeSync(openRegular(path).file);
      return [];
    } catch (error) {
      return [`${contents.papers} could not be read: ${describeFsError(error, path)}.`];
    }
  });
}

/** The paper that a line of such a file keeps; `null` where it keeps none. */
export function keptIn({ at, paper }: Record<string, unknown>): Kept | null {
  if (!isPossibleTime(at) || !isRecord(paper) || typeof paper.id !== "string") return null;
  return { id: paper.id, at, paper };
}
