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
 * with the non-empty fields of `list --json`; of several lines of one paper the newest counts for each field, and one
 * with only the identifier where there is no other. Without this file a marked paper is still listed, by its title.
 */
export function keptPath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `papers-${machine}.jsonl`);
}

/** The paper in a line. */
type Kept = { readonly id: string; readonly at: string; readonly paper: Record<string, unknown> };

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
      return `The mark is saved, but the details of the paper are not: ${describeFsError(error, this.#path)}.`;
    }
  }
}

function lineOf(paper: Paper, at: string): string {
  const isSaid = ([, value]: unknown[]) => (Array.isArray(value) ? value.length > 0 : value || value === 0);
  return JSON.stringify({ v: 1, at, paper: Object.fromEntries(Object.entries(paper).filter(isSaid)) });
}

type Wanted = Pick<ReadonlySet<string>, "has">;
/** Kept papers by identity, with their fields as in the file. */
export type KeptPapers = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/**
 * The wanted ones of the kept papers of all machines. The caller checks the data, which others may have written.
 * Skips damaged lines and those of later versions; never throws.
 */
export function readKeptPapers(stateDirectory: string, wanted: Wanted): KeptPapers {
  return atOnce(readingKeptPapers(stateDirectory, wanted));
}

/** The same in steps of about a millisecond. */
export function* readingKeptPapers(stateDirectory: string, wanted: Wanted): Generator<void, KeptPapers> {
  const found = new Map<string, Kept[]>();
  let count = 0;
  for (const record of recordsIn("papers", stateDirectory)) {
    if (++count % 50 === 0) yield;
    const kept = keptIn(record);
    if (kept === null || !wanted.has(kept.id)) continue;
    if (!found.get(kept.id)?.push(kept)) found.set(kept.id, [kept]);
  }
  return new Map([...found].map(([id, lines]) => [id, allOf(lines)]));
}

/** What the lines of a paper say: of each field the newest, and last what has only the identifier. */
function allOf(lines: Kept[]): Record<string, unknown> {
  const bare = ({ paper }: Kept) => Number(hasOnlyIdentifier(paper));
  lines.sort((one, other) => bare(other) - bare(one) || (one.at < other.at ? -1 : Number(one.at > other.at)));
  return Object.fromEntries(lines.flatMap(({ paper }) => Object.entries(paper)));
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
