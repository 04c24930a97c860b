import { dirname, join } from "node:path";
import { appendBeside } from "../../files/append.js";
import { isRecord } from "../../files/json.js";
import { isPrivateFolder, makePrivateFolder, readPrivate } from "../../files/private-folder.js";
import { writeAtomic } from "../../files/write-atomic.js";
import { recordOf } from "../../library/record-lines.js";
import type { PassedKind } from "../../papers/interests/evidence.js";
import type { Paper } from "../../papers/paper.js";

/** A paper that the reader passed over: its fields as in the file, which the caller checks. */
export interface PassedPaper {
  readonly id: string;
  readonly kind: PassedKind;
  readonly paper: Readonly<Record<string, unknown>>;
}

/** So many papers are kept, the newest; the file is rewritten when it has twice as many. */
const mostKept = 2_000;
/** Of papers that are marked read in one go so many are kept: a whole archive says nothing about anybody. */
const mostAtOnce = 100;

const linesPerStep = 50;

const fields = [
  "id",
  "title",
  "abstract",
  "summary",
  "keywords",
  "authors",
  "organization",
  "categories",
] as const satisfies readonly (keyof Paper)[];

/**
 * The papers that were marked read and nothing else, for the ranking. A cache in the cache folder, one object a
 * line,
 *
 *     {"v":1,"kind":"skipped","paper":{"id":"2510.22543","title":"…","abstract":"…",…}}
 *
 * The marks themselves are in the journal. Without this file the ranking knows less of what the reader does not
 * want; nothing else is lost.
 */
export class PassedPapers {
  readonly #path: string;

  constructor(cacheDirectory: string) {
    this.#path = join(cacheDirectory, "passed-papers.jsonl");
  }

  /** Adds papers that were passed over in one go. Never throws: what cannot be written is not remembered. */
  add(papers: readonly Paper[], kind: PassedKind): void {
    const lines = papers.slice(0, mostAtOnce).map((paper) => {
      const own = Object.fromEntries(fields.map((field) => [field, paper[field]]));
      return `${JSON.stringify({ v: 1, kind, paper: own })}\n`;
    });
    if (lines.length === 0) return;
    try {
      if (!makePrivateFolder(dirname(this.#path))) return;
      appendBeside(this.#path, () => lines.join(""));
    } catch {
      // A cache: the next paper is tried again.
    }
  }

  /** The papers, the newest record of each, in the order they were passed over; in steps. Never throws. */
  *reading(): Generator<void, readonly PassedPaper[]> {
    let lines: readonly string[];
    try {
      if (!isPrivateFolder(dirname(this.#path))) return [];
      lines = readPrivate(this.#path).toString("utf8").split("\n");
    } catch {
      return [];
    }
    const newest = new Map<string, PassedPaper>();
    for (const [at, line] of lines.entries()) {
      if (at % linesPerStep === 0) yield;
      const passed = passedIn(recordOf(line));
      if (passed === null) continue;
      newest.delete(passed.id);
      newest.set(passed.id, passed);
    }
    const kept = [...newest.values()].slice(-mostKept);
    if (lines.length > 2 * mostKept) this.#rewrite(kept);
    return kept;
  }

  #rewrite(kept: readonly PassedPaper[]): void {
    try {
      writeAtomic(
        this.#path,
        kept.map(({ kind, paper }) => `${JSON.stringify({ v: 1, kind, paper })}\n`),
      );
    } catch {
      // It stays as long as it is.
    }
  }
}

function passedIn(record: Record<string, unknown> | null): PassedPaper | null {
  const { kind, paper } = record ?? {};
  if ((kind !== "skipped" && kind !== "glanced") || !isRecord(paper) || typeof paper.id !== "string")
    return null;
  return { id: paper.id, kind, paper };
}
