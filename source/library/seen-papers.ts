import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describeFsError } from "../files/fs-errors.js";
import { bareTitle, isTitleId } from "../papers/title-identity.js";
import { appendLines } from "./append.js";
import type { MarksImage } from "./marks-image.js";
import type { PaperTable } from "./paper-table.js";
import { seenOnto } from "./seen-onto.js";

/**
 * Which papers were in a listing on the screen, so that those that never were can be told: beside each
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
  readonly #stateDirectory: string;
  readonly #now: () => number;
  readonly #before: Set<string>;
  /** Those of before that an image knows. */
  readonly #known: PaperTable | null;
  readonly #inImage: number;
  readonly #shown = new Set<string>();
  #began: number;

  /**
   * Reads what all machines have shown. Never throws.
   * @param now milliseconds since 1970, as `Date.now`
   * @param image what was shown up to some time, so that only what was appended since is read
   */
  constructor(stateDirectory: string, machine: string, now: () => number, image: MarksImage | null = null) {
    this.#path = seenPath(stateDirectory, machine);
    this.#stateDirectory = stateDirectory;
    this.#now = now;
    const paths = seenFiles(stateDirectory);
    const onto = image && seenOnto(image, paths);
    this.#known = onto?.known ?? null;
    this.#inImage = (onto && image?.account.seen.reduce((sum, { length }) => sum + length, 0)) ?? 0;
    this.#before = idsIn(onto?.texts ?? paths.map(textOf));
    this.#began = now();
  }

  /** How many bytes the files have now, and how many of these are not in the image that was read. */
  sizes(): { readonly all: number; readonly behindImage: number } {
    let all = 0;
    for (const path of seenFiles(this.#stateDirectory)) {
      all += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    }
    return { all, behindImage: Math.max(0, all - this.#inImage) };
  }

  /** Whether a paper was in a listing on the screen in an earlier visit. */
  has(id: string): boolean {
    if (this.#before.has(id) || (this.#known !== null && this.#known.bits(id) !== 0)) return true;
    // Earlier versions knew a paper without identifiers by its title alone.
    return isTitleId(id) && bareTitle(id) !== id && this.has(bareTitle(id));
  }

  /** Says that a paper is in the listing on the screen. */
  show(id: string): void {
    if (!this.has(id)) this.#shown.add(id);
  }

  /** Ends a visit that has lasted: who leaves the program open comes to see it once more. */
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
      appendLines(this.#path, () => `${line}\n`);
      return null;
    } catch (error) {
      return `What you have seen is not remembered: ${describeFsError(error, this.#path)}.`;
    }
  }
}

function idsIn(texts: readonly string[]): Set<string> {
  const seen = new Set<string>();
  for (const text of texts) {
    for (const line of text.split("\n")) {
      for (const id of papersIn(line)) seen.add(id);
    }
  }
  return seen;
}

/** All files that tell which papers were seen, as paths; none where there is no directory. */
export function seenFiles(stateDirectory: string): string[] {
  try {
    return readdirSync(stateDirectory)
      .filter((name) => /^seen-.+\.jsonl$/.test(name))
      .map((name) => join(stateDirectory, name));
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
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
