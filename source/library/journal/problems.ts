import { lstatSync } from "node:fs";
import { basename, dirname } from "node:path";
import { describeFsError, fsErrorCode } from "../../files/fs-errors.js";
import type { LineFault } from "./format.js";

/** A line number of a journal, from 1, and the fault of the line. */
export interface LineProblem {
  readonly path: string;
  readonly fault: LineFault;
  readonly line: number;
}

/** Collects the problems of all journals into a few sentences for the footer. */
export class JournalProblems {
  readonly #lines = new Map<string, LineProblem>();
  readonly #files = new Map<string, string>();

  constructor(lines: readonly LineProblem[] = []) {
    for (const { path, fault, line } of lines) this.line(path, fault, line);
  }

  get lines(): readonly LineProblem[] {
    return [...this.#lines.values()];
  }

  /** A skipped line. */
  line(path: string, fault: LineFault, line: number): void {
    this.#lines.set(`${line} ${fault} ${path}`, { path, fault, line });
  }

  /** A line that was reported and proved complete. */
  forget(path: string, fault: LineFault, line: number): void {
    this.#lines.delete(`${line} ${fault} ${path}`);
  }

  /** An unreadable file; nothing more is said of one in a directory that could not be listed. */
  file(path: string, error: unknown): void {
    if (this.#files.has(dirname(path))) return;
    const isNowhere = fsErrorCode(error) === "ENOENT";
    const isLink = isNowhere && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
    // If it is not a link, another program has removed or renamed it meanwhile.
    if (isNowhere && !isLink) return;
    const why = isNowhere ? `${path} is a link to nothing; remove it` : describeFsError(error, path);
    this.#files.set(path, `Marks could not be read: ${why}. All others were read.`);
  }

  /** The directory, if it could not be listed. */
  directory(path: string, error: unknown): void {
    const reasons: Record<string, string> = {
      ELOOP: `${path} is a link that leads back to itself; papers-tui doctor --fix repairs it`,
      ENOENT: `${path} is a link to a folder that is not there; mount it or bring it back`,
    };
    const why = reasons[fsErrorCode(error) ?? ""] ?? describeFsError(error, path);
    this.#files.set(path, `Marks could not be read: ${why}.`);
  }

  /** One or two sentences per problem, the worst first. */
  sentences(): readonly string[] {
    const said = [...this.#files.values()];
    const say = (faults: readonly LineFault[], one: string, several: string, then = "") => {
      const lines = this.lines.filter(({ fault }) => faults.includes(fault));
      const what =
        lines.length === 1
          ? `1 line of the journal ${one}`
          : `${lines.length} lines of the journal ${several}`;
      if (lines.length > 0) said.push(`${what} ${places(lines)}${then}`);
    };
    const unreadable = ["torn", "not JSON", "foreign"] as const;
    say(unreadable, "could not be read and was skipped", "could not be read and were skipped");
    const future = "dated in the far future and";
    say(["far future"], `is ${future} was skipped`, `are ${future} were skipped`);
    const newer = "written by a newer papers-tui and left alone";
    say(["newer version"], `was ${newer}`, `were ${newer}`, ": update to see those marks");
    return said;
  }
}

/** The first few line numbers, for repairing a file; the footer has one line. */
function places(lines: readonly LineProblem[]): string {
  const byPlace = [...lines].sort((one, other) =>
    one.path === other.path ? one.line - other.line : one.path < other.path ? -1 : 1,
  );
  const shown = byPlace.slice(0, 3).map(({ path, line }) => `${basename(path)}:${line}`);
  return lines.length > 3 ? `(${shown.join(", ")}, …)` : `(${shown.join(", ")})`;
}
