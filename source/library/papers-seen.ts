import { join } from "node:path";
import { appendBeside } from "../files/append.js";
import { describeFsError } from "../files/fs-errors.js";
import { bareTitle, isTitleId } from "../papers/title-identity.js";
import { recordsIn } from "./record-lines.js";

/**
 * Which papers were in a listing on the screen, so that new ones come first: beside each
 * machine's journal a file `seen-MACHINE.jsonl`, one line a visit,
 *
 *     {"v":1,"at":"2026-11-23T08:24:15.123Z","papers":["2510.22543","title:…"]}
 *
 * with the identities that were there for the first time. Nothing else depends on it: where it
 * is damaged or gone, papers are new once more.
 */
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
    for (const { papers } of recordsIn("seen", stateDirectory, this.problems)) {
      for (const id of Array.isArray(papers) ? papers : []) if (typeof id === "string") this.#before.add(id);
    }
    this.#began = now();
  }

  /** Whether a paper was in a listing on the screen in an earlier visit. */
  has(id: string): boolean {
    if (this.#before.has(id)) return true;
    // Earlier versions knew a paper without identifiers by its title alone.
    return isTitleId(id) && bareTitle(id) !== id && this.has(bareTitle(id));
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
      const line = JSON.stringify({ v: 1, at: new Date(this.#now()).toISOString(), papers });
      appendBeside(this.#path, () => `${line}\n`);
      return null;
    } catch (error) {
      return `What you have seen is not remembered: ${describeFsError(error, this.#path)}.`;
    }
  }
}
