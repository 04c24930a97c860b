import { join } from "node:path";
import { appendBeside } from "../files/append.js";
import { describeFsError } from "../files/fs-errors.js";
import { readRegular } from "../files/regular.js";
import { filesCalled } from "./journal/read.js";

/**
 * Which papers were in a listing on the screen, so that new ones come first: beside each
 * machine's journal a file `seen-MACHINE.jsonl`, one line a visit,
 *
 *     {"v":1,"at":"2026-11-23T08:24:15.123Z","papers":["2510.22543","title:…"]}
 *
 * with the identities that were there for the first time. Nothing else depends on it: where it
 * is damaged or gone, papers are new once more.
 */
export const seenVersion = 1;

/** A visit of this many milliseconds is over when the listing is read anew: an hour. */
const longVisit = 60 * 60 * 1_000;

/** The file in which a machine keeps what it has shown. */
export function seenPath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `seen-${machine}.jsonl`);
}

/** What was shown in earlier visits, and what is shown in this one. */
export class SeenPapers {
  readonly #path: string;
  readonly #now: () => number;
  readonly #before = new Set<string>();
  readonly #shown = new Set<string>();
  #began: number;
  /** Sentences about files that could not be read. */
  readonly problems: string[] = [];

  /**
   * Reads what all machines have shown. Never throws.
   * @param now milliseconds since 1970, as `Date.now`
   */
  constructor(stateDirectory: string, machine: string, now: () => number) {
    this.#path = seenPath(stateDirectory, machine);
    this.#now = now;
    for (const path of seenFiles(stateDirectory)) {
      try {
        for (const line of readRegular(path).toString().split("\n")) {
          for (const id of papersIn(line)) this.#before.add(id);
        }
      } catch (error) {
        this.problems.push(`Papers you have seen could not be read: ${describeFsError(error, path)}.`);
      }
    }
    this.#began = now();
  }

  /** Whether a paper was in a listing on the screen in an earlier visit. */
  has(id: string): boolean {
    return this.#before.has(id);
  }

  /** Says that a paper is in the listing on the screen. */
  show(id: string): void {
    if (!this.has(id)) this.#shown.add(id);
  }

  /** Ends a visit that has lasted: a program that is left open for long is visited again. */
  endLongVisit(): void {
    if (this.#now() - this.#began > longVisit) this.endVisit();
  }

  /**
   * Ends the visit: what it has shown counts as seen from now on, here and on disk.
   * @returns a sentence where that could not be written; `null` also where there was nothing to write
   */
  endVisit(): string | null {
    this.#began = this.#now();
    if (this.#shown.size === 0) return null;
    const papers = [...this.#shown];
    for (const id of papers) this.#before.add(id);
    this.#shown.clear();
    try {
      const line = JSON.stringify({ v: seenVersion, at: new Date(this.#now()).toISOString(), papers });
      appendBeside(this.#path, () => `${line}\n`);
      return null;
    } catch (error) {
      return `What you have seen is not remembered: ${describeFsError(error, this.#path)}.`;
    }
  }
}

/** All files that say which papers were seen, as paths; none where the directory cannot be listed. */
function seenFiles(stateDirectory: string): readonly string[] {
  try {
    return filesCalled("seen", stateDirectory);
  } catch {
    return [];
  }
}

/** The papers that a line says were seen; none where it is no such line. */
export function papersIn(line: string): readonly string[] {
  if (line.trim() === "") return [];
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null) return [];
    const { v, papers } = value as { v?: unknown; papers?: unknown };
    return v === seenVersion && Array.isArray(papers) ? papers.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
