import { closeSync } from "node:fs";
import { join } from "node:path";
import { appendBeside } from "../files/append.js";
import { describeFsError } from "../files/fs-errors.js";
import { openRegular } from "../files/regular.js";
import type { Paper } from "../papers/paper.js";
import { isPossibleTime, isRecord } from "./journal/format.js";
import { contents, namesOf, recordsIn } from "./record-lines.js";

/**
 * The data of marked papers, to show them without their listing. Each machine has a file `papers-MACHINE.jsonl`
 * of one JSON object a line,
 *
 *     {"v":1,"at":"2026-11-23T08:24:15.123Z","paper":{"id":"2510.22543","title":"…","abstract":"…",…}}
 *
 * (on one line), appended when a paper is starred or kept for later. `paper` has the non-empty fields of `list
 * --json`; of several lines of one paper the newest counts. The marks are in the journal only: without this
 * file a marked paper is still listed, by its title.
 */
export function keptPath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `papers-${machine}.jsonl`);
}

/** The paper in a line. */
interface Kept {
  readonly id: string;
  readonly at: string;
  readonly paper: Record<string, unknown>;
}

/** Writes papers to this machine's file. Keeps unwritten papers in memory until they can be written. */
export class PaperKeeper {
  readonly #path: string;
  readonly #now: () => number;
  #unsaved = new Map<string, Paper>();

  /** @param now milliseconds since 1970, as `Date.now` */
  constructor(stateDirectory: string, machine: string, now: () => number) {
    this.#path = keptPath(stateDirectory, machine);
    this.#now = now;
  }

  /** Writes papers, after those still unsaved; returns a sentence if not all are on disk. */
  keep(papers: readonly Paper[]): string | null {
    for (const paper of papers) this.#unsaved.set(paper.id, paper);
    return this.flush();
  }

  /** Tries again to write unsaved papers; `null` if none are left. */
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
 * The kept papers of all machines, the newest of each, by identity. The caller checks the data, which others
 * may have written. Skips damaged lines and those of later versions; never throws.
 *
 * @param wanted the identities to return
 */
export function readKeptPapers(
  stateDirectory: string,
  wanted: ReadonlySet<string>,
): Map<string, Readonly<Record<string, unknown>>> {
  const newest = newestOf(keptRecords(stateDirectory), wanted);
  return new Map([...newest].map(([id, { paper }]) => [id, paper]));
}

/** The newest record of each paper, by identity; of two at one time the last. `null` means a damaged one. */
export function newestOf(
  records: Iterable<Kept | null>,
  wanted: ReadonlySet<string> | null = null,
): Map<string, Kept> {
  const newest = new Map<string, Kept>();
  for (const kept of records) {
    if (kept === null || wanted?.has(kept.id) === false) continue;
    if (kept.at >= (newest.get(kept.id)?.at ?? "")) newest.set(kept.id, kept);
  }
  return newest;
}

/** The records of kept papers one by one, of all machines; `null` for a damaged one. Never throws. */
export function* keptRecords(stateDirectory: string): Generator<Kept | null> {
  for (const record of recordsIn("papers", stateDirectory)) yield keptIn(record);
}

/** Sentences about unreadable files of kept papers. */
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

/** The paper in a line; `null` if there is none. */
export function keptIn({ at, paper }: Record<string, unknown>): Kept | null {
  if (!isPossibleTime(at) || !isRecord(paper) || typeof paper.id !== "string") return null;
  return { id: paper.id, at, paper };
}
