import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { encodeLine, type JournalEntry } from "../../source/library/journal/format.js";
import { type Library, openLibrary, type Reverted } from "../../source/library/library.js";
import { type MarkField, markFields, type PaperChange } from "../../source/papers/marks.js";

/** A directory of its own, gone when the test is over. */
export function temporaryDirectory(test: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "papers-tui-"));
  test.after(() => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}

/** A clock that starts at `start` and goes on a second each time it is looked at. */
export function clockFrom(start: string): () => number {
  let time = Date.parse(start);
  return () => {
    time += 1000;
    return time;
  };
}

/** One field of one paper. */
export function mark(paper: string, field: MarkField, on: boolean): PaperChange {
  return { paper, title: `Paper ${paper}`, [field]: on };
}

/** The line of an entry that marks one paper. */
export function line(
  id: string,
  at: string,
  paper: string,
  field: MarkField,
  on: boolean,
  more: Partial<JournalEntry> = {},
): string {
  return `${encodeLine({ id, at, label: field, papers: [mark(paper, field, on)], ...more })}\n`;
}

/** The lines of a file that hold anything, as text. */
export function linesOf(path: string): readonly string[] {
  return readFileSync(path, "utf8").split("\n").filter(Boolean);
}

/** Papers and the marks they have: "2510.22543 read later". */
export function shown(changes: readonly PaperChange[]): readonly string[] {
  return changes.map((one) => [one.paper, ...markFields.filter((field) => one[field])].join(" "));
}

/** The mark bits of papers. */
export function bitsOf(library: Library, ...papers: readonly string[]): readonly number[] {
  return papers.map((paper) => library.bits(paper));
}

/** The names of changes that were undone or redone. */
export function labels(reverted: readonly Reverted[]): readonly string[] {
  return reverted.map(({ change }) => change.label);
}

/** How many changes can be undone. */
export function undoable(library: Library): number {
  return library.history().filter(({ isUndone }) => !isUndone).length;
}

/** The clock of these tests. */
export const now = clockFrom("2026-11-23T08:00:00.000Z");

export function open(state: string, machine = "laptop"): Library {
  return openLibrary(state, machine, now).library;
}

/** A library in a folder of its own. */
export function fresh(t: TestContext, state = temporaryDirectory(t)) {
  return { state, library: open(state) };
}
