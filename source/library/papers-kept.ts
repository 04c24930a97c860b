import { closeSync } from "node:fs";
import { join } from "node:path";
import { appendBeside } from "../files/append.js";
import { describeFsError } from "../files/fs-errors.js";
import { isRecord } from "../files/json.js";
import { openRegular } from "../files/regular.js";
import { atOnce } from "../papers/at-once.js";
import { hasOnlyIdentifier } from "../papers/identity.js";
import type { Paper } from "../papers/paper.js";
import { isPossibleTime } from "./journal/format.js";
import { contents, namesOf, recordsIn } from "./record-lines.js";

/**
 * The path of a machine's file of the data of marked papers, to show them without their listing. One line a paper,
 *
 *     {"v":1,"at":"2026-11-23T08:24:15.123Z","paper":{"id":"2510.22543","title":"…","abstract":"…",…}}
 *
 * with the non-empty fields of `list --json`; of several lines of one paper the newest counts, and a line that has
 * only the identifier, only where there is no other. Without this file a marked paper is still listed, by its title.
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
      return `The mark is saved, but the details of the paper are not: ${why}.`;
    }
  }
}

function lineOf(paper: Paper, at: string): string {
  const isSaid = (value: unknown) => (Array.isArray(value) ? value.length > 0 : value || value === 0);
  const said = Object.entries(paper).filter(([, value]) => isSaid(value));
  return JSON.stringify({ v: 1, at, paper: Object.fromEntries(said) });
}

/** Kept papers by identity, with their fields as in the file. */
type Wanted = Pick<ReadonlySet<string>, "has">;
export type KeptPapers = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/**
 * The wanted ones of the kept papers of all machines, the newest of each. The caller checks the data, which others may
 * have written. Skips damaged lines and those of later versions; never throws.
 */
export function readKeptPapers(stateDirectory: string, wanted: Wanted): KeptPapers {
  return atOnce(readingKeptPapers(stateDirectory, wanted));
}

/** The same a step at a time. */
export function* readingKeptPapers(stateDirectory: string, wanted: Wanted): Generator<void, KeptPapers> {
  const newest = new Map<string, Kept>();
  let count = 0;
  for (const record of recordsIn("papers", stateDirectory)) {
    // About a millisecond.
    if (++count % 50 === 0) yield;
    const kept = keptIn(record);
    if (kept === null || !wanted.has(kept.id)) continue;
    const { at, paper } = newest.get(kept.id) ?? { at: "", paper: kept.paper };
    const isBare = hasOnlyIdentifier(kept.paper);
    if (isBare === hasOnlyIdentifier(paper) ? kept.at >= at : !isBare) newest.set(kept.id, kept);
  }
  return new Map([...newest].map(([id, { paper }]) => [id, paper]));
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
