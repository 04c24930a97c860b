/**
 * A program that marks papers till it is killed or has done as many changes as asked for. It prints
 * what it is about to do (`?+paper` or `?-paper`), and behind that `=` when it was acknowledged or
 * `!` and the error. Arguments: state directory ("" for where the program itself would have it),
 * machine, how many changes, length of the titles, and "wait" to end with a change that is made when
 * a line comes in, "compact" to compact the journal as often as asked for and mark nothing, or "full"
 * to compact it after every tenth change. An undo or redo of another change than the one meant is printed as
 * `~` and both. Compactions are printed as `.`, or `#` and the error. Where
 * STOPS is set, it stops itself at random between its calls (`|`) till it is sent SIGCONT. It begins with
 * a snapshot of the marks where there is one, and makes others meanwhile.
 */
import { randomBytes } from "node:crypto";
import fs, { readSync, writeSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { userDirectories } from "../../source/app/environment.js";
import { compactJournal } from "../../source/library/journal/compact.js";
import { openLibrary, type Reverted } from "../../source/library/library.js";
import { interestKinds } from "../../source/papers/interests/interest.js";
import type { PaperChange } from "../../source/papers/marks.js";

/** What its papers are called: in containers several have one process number. */
const tag = randomBytes(5).toString("hex");
const keepsSnapshots = Math.random() < 0.25;
const pause = new Int32Array(new SharedArrayBuffer(4));
const [state = "", machine = "", count = "0", length = "10", wait] = process.argv.slice(2);
const realWrite = writeSync;
if (process.env.STOPS) stopAtRandom(Number(process.env.STOPS));
const directories = state ? { state, cache: `${state}-cache` } : userDirectories();
const place = { cache: directories.cache, codeHash: "faults" };
const { library } = openLibrary(directories.state, machine, Date.now, place);
const title = "x".repeat(Number(length));

for (let number = 1; number <= Number(count); number += 1) {
  if (wait !== "compact") change(number);
  if (wait === "compact" || (wait === "full" && number % 10 === 0)) compact();
}
if (wait === "wait") {
  print("waiting\n");
  readSync(0, Buffer.alloc(1));
  change(Number(count) + 1);
}

function compact(): void {
  try {
    compactJournal(state, machine);
    print(".\n");
  } catch (error) {
    print(`#${error instanceof Error ? error.message : error}\n`);
  }
  if (wait === "compact") Atomics.wait(pause, 0, 0, Math.random() * 8);
}

/** Stops before one in so many of the calls that change files, and before fewer of the others. */
function stopAtRandom(oneIn: number): void {
  const patched = fs as unknown as Record<string, unknown>;
  const calls = { writeSync: 1, renameSync: 1, rmSync: 1, openSync: 10, statSync: 10, closeSync: 10 };
  for (const [name, rarer] of Object.entries(calls)) {
    const original = patched[name] as (...args: unknown[]) => unknown;
    patched[name] = (...args: unknown[]) => {
      if (Math.random() * oneIn * rarer < 1) {
        print("|\n");
        process.kill(process.pid, "SIGSTOP");
      }
      return original(...args);
    };
  }
  syncBuiltinESMExports();
}

function change(number: number): void {
  // Every third change is of a watch, a follow, a mute or a struck reason.
  const kind = number % 3 === 0 ? `${interestKinds[(number / 3) % interestKinds.length]}:` : "";
  const names =
    number % 7 === 0
      ? Array.from({ length: 12 }, (_, index) => `${kind}${tag}-${number}.${index}`)
      : [`${kind}${tag}-${number}`];
  attempt("+", names, () => {
    const papers = names.map(
      (paper): PaperChange =>
        kind === "" ? { paper, title, read: true } : { paper, title, on: true, filter: paper },
    );
    return library.record("marked read", papers).error;
  });
  if (number % 5 === 0) {
    attempt("-", names, () => revert(names, library.undo()));
    if (number % 10 === 0) attempt("+", names, () => revert(names, library.redo()));
    if (number % 3 === 0) library.refresh();
  }
  // Some of them are enough to have one at every moment; the others find it when they begin. Never between a
  // change and its undo: it takes in what others did, and then the last change may be theirs.
  if (keepsSnapshots) library.keepSnapshot(1);
}

/** The error of undo or redo; different if another change than the intended one was undone. */
function revert(names: readonly string[], [done]: readonly Reverted[]): string | null {
  const papers = done?.change.papers.map(({ paper }) => paper) ?? [];
  if (papers.join() !== names.join()) print(`~meant ${names[0]}, took ${papers[0]}\n`);
  return done?.error ?? null;
}

function attempt(sign: "+" | "-", papers: readonly string[], act: () => string | null): void {
  print(papers.map((paper) => `?${sign}${paper}\n`).join(""));
  const error = act();
  print(error === null ? "=\n" : `!${error}\n`);
}

/** Directly to the descriptor: what is printed is printed, whenever the end comes. */
function print(text: string): void {
  for (let bytes = Buffer.from(text); bytes.length > 0; ) {
    try {
      bytes = bytes.subarray(realWrite(1, bytes));
    } catch (error) {
      // The pipe is full till the other side has read; anything else is an error.
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}
