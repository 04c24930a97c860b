import { join } from "node:path";
import { appendBeside } from "../files/append.js";
import { describeFsError } from "../files/fs-errors.js";
import { bareTitle, isTitleId } from "../papers/title-identity.js";
import { recordsIn } from "./record-lines.js";

/**
 * The papers that were in a listing on the screen, so that new ones come first. Each machine has a file
 * `seen-MACHINE.jsonl`, one line a visit,
 *
 *     {"v":1,"at":"2026-11-23T08:24:15.123Z","papers":["2510.22543","title:…"]}
 *
 * with the identities seen for the first time. Nothing else depends on it: without it, papers count as new once
 * more.
 */
/** A refresh after this long begins a new visit: an hour, in milliseconds. */
const longVisit = 60 * 60 * 1_000;

/** The path of a machine's file. */
export function seenPath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `seen-${machine}.jsonl`);
}

/** The papers shown in earlier visits, and those of this one. */
export class SeenPapers {
  readonly #path: string;
  readonly #now: () => number;
  readonly #before = new Set<string>();
  readonly #shown = new Set<string>();
  #began: number;
  /** Sentences about files that could not be read. */
  readonly problems: string[] = [];

  /**
   * Reads the files of all machines. Never throws.
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
    // Earlier versions stored the title alone for a paper without identifiers.
    return isTitleId(id) && bareTitle(id) !== id && this.has(bareTitle(id));
  }

  /** Whether no paper was ever on the screen before this visit. */
  get isFirstVisit(): boolean {
    return this.#before.size === 0;
  }

  /** Records that a paper is in the listing on the screen. */
  show(id: string): void {
    if (!this.has(id)) this.#shown.add(id);
  }

  /** Ends a long visit: a program left open for hours begins a new one. */
  endLongVisit(): void {
    if (this.#now() - this.#began > longVisit) this.endVisit();
  }

  /**
   * Ends the visit: its papers count as seen from now on, here and on disk.
   * @returns a sentence if the write fails, otherwise `null`
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
