import { join } from "node:path";
import { appendBeside } from "../files/append.js";
import { describeFsError } from "../files/fs-errors.js";
import { isRecord } from "../files/json.js";
import { type Movement, movementOf, type Numbers } from "../papers/movement.js";
import { bareTitle, isTitleId } from "../papers/title-identity.js";
import { isPossibleTime } from "./journal/format.js";
import { recordsIn } from "./record-lines.js";

/** A refresh after this long begins a new visit: an hour, in milliseconds. */
const longVisit = 60 * 60 * 1_000;

/**
 * The path of a machine's file of the papers that were in a listing on the screen, one line a visit:
 *
 *     {"v":1,"at":"2026-11-23T08:24:15.123Z","papers":["2510.22543","title:…"],"numbers":{"2510.22543":[92,3,152]}}
 *
 * with the identities seen for the first time, and the numbers (votes, comments, stars of the code) of all papers
 * whose numbers are others than before. Without it, papers count as new once more.
 */
export function seenPath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `seen-${machine}.jsonl`);
}

/** The papers shown in earlier visits, and those of this one. */
export class SeenPapers {
  readonly #path: string;
  readonly #now: () => number;
  readonly #before = new Set<string>();
  readonly #shown = new Set<string>();
  /** The numbers of papers at the end of the visit before, and in this one. */
  readonly #numbersBefore = new Map<string, Numbers>();
  readonly #numbersNow = new Map<string, Numbers>();
  #began: number;
  /** Sentences about files that could not be read. */
  readonly problems: string[] = [];

  /** Reads the files of all machines. Never throws. */
  constructor(stateDirectory: string, machine: string, now: () => number) {
    this.#path = seenPath(stateDirectory, machine);
    this.#now = now;
    /** When each number was seen: the files of several machines may come in any order. */
    const times = new Map<string, string>();
    for (const { at, papers, numbers } of recordsIn("seen", stateDirectory, this.problems)) {
      for (const id of Array.isArray(papers) ? papers : []) if (typeof id === "string") this.#before.add(id);
      if (!isRecord(numbers) || !isPossibleTime(at)) continue;
      for (const [id, value] of Object.entries(numbers)) {
        const known = numbersIn(value);
        if (known === null || at < (times.get(id) ?? "")) continue;
        times.set(id, at);
        this.#numbersBefore.set(id, known);
      }
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

  /**
   * Records that a paper is in the listing on the screen, with its numbers.
   * @returns how they moved since an earlier visit; `null` if they did not, or are not known
   */
  show(id: string, numbers: Numbers | null = null): Movement | null {
    if (!this.has(id)) this.#shown.add(id);
    if (numbers === null || Object.values(numbers).every((one) => one === null)) return null;
    this.#numbersNow.set(id, numbers);
    const before = this.#numbersBefore.get(id);
    return before === undefined ? null : movementOf(before, numbers);
  }

  /** Ends a long visit: a program left open for hours begins a new one. */
  endLongVisit(): void {
    if (this.#now() - this.#began > longVisit) this.endVisit();
  }

  /** Ends the visit: its papers count as seen, here and on disk. Returns a sentence if the write fails. */
  endVisit(): string | null {
    this.#began = this.#now();
    const papers = [...this.#shown];
    const others = [...this.#numbersNow].filter(([id, now]) => {
      const before = this.#numbersBefore.get(id);
      return before === undefined || movementOf(before, now) !== null;
    });
    for (const [id, now] of others) this.#numbersBefore.set(id, now);
    this.#numbersNow.clear();
    if (papers.length === 0 && others.length === 0) return null;
    for (const id of papers) this.#before.add(id);
    this.#shown.clear();
    const changed = others.map(([id, now]) => [id, [now.upvotes, now.comments, now.codeStars]] as const);
    const numbers = changed.length === 0 ? {} : { numbers: Object.fromEntries(changed) };
    try {
      const line = JSON.stringify({ v: 1, at: new Date(this.#now()).toISOString(), papers, ...numbers });
      appendBeside(this.#path, () => `${line}\n`);
      return null;
    } catch (error) {
      return `The papers you have seen were not saved: ${describeFsError(error, this.#path)}.`;
    }
  }
}

/** The numbers of a paper in a line; `null` if there are none. */
function numbersIn(value: unknown): Numbers | null {
  if (!Array.isArray(value) || value.length < 3) return null;
  const [upvotes = null, comments = null, codeStars = null] = value.map((one): number | null =>
    Number.isSafeInteger(one) && one >= 0 ? one : null,
  );
  return { upvotes, comments, codeStars };
}
