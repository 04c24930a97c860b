import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { compactJournal } from "../../../source/library/journal/compact.js";
import { type Library, openLibrary } from "../../../source/library/library.js";
import { interestId, noteId } from "../../../source/papers/interests/interest.js";
import { markFields, type PaperChange, withMark } from "../../../source/papers/marks.js";
import { linesOf, mark, temporaryDirectory, undoable } from "../support.js";

/** Two terminals of one machine, and one of another, which has its own folder. */
const terminals = ["laptop", "laptop", "desktop"];
const papers = ["0", "1", "2", "3"];
const step = fc.record({
  who: fc.nat(terminals.length - 1),
  act: fc.constantFrom(
    ...([
      "mark",
      "mark",
      "save",
      "remove",
      "follow",
      "note",
      "undo",
      "redo",
      "refresh",
      "compact",
      "sync",
    ] as const),
  ),
  paper: fc.constantFrom(...papers),
  field: fc.constantFrom(...markFields),
  on: fc.boolean(),
  name: fc.constantFrom("a", "A", "b"),
  filter: fc.constantFrom("one", "two", "three", ""),
  minutes: fc.integer({ min: -5, max: 5 }),
});

/** All that can be asked of marks, watches and the like. */
const marksOf = (library: Library) => ({
  bits: papers.map((paper) => library.bits(paper)),
  size: library.size,
  interests: library.interests(),
  wanted: library.wanted(),
});
const historyOf = (library: Library) => [library.history(), undoable(library), library.redoable];

/** Brings the files of the other machine, which the one here never writes to. */
function sync(from: string, to: string, machine: string): void {
  const isOthers = (name: string) => name.startsWith("marks-") && !name.startsWith(`marks-${machine}`);
  for (const name of readdirSync(from).filter(isOthers))
    writeFileSync(join(to, name), readFileSync(join(from, name)));
}

test("whatever two machines do in any order ends the same on both, on the screen and after a start", (t) => {
  const home = temporaryDirectory(t);
  let round = 0;
  const property = fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, isReversed) => {
    round += 1;
    const folder = (machine: string) => join(home, `${round}-${machine}`);
    for (const machine of ["laptop", "desktop", "mixed"]) mkdirSync(folder(machine));
    let time = Date.parse("2026-11-23T08:00:00.000Z");
    const open = (machine: string) => openLibrary(folder(machine), machine, () => time).library;
    const running = terminals.map((machine) => ({ machine, library: open(machine), screen: new Map() }));
    const show = (screen: Map<string, number>, changes: readonly PaperChange[]) => {
      for (const { paper, ...change } of changes) {
        for (const field of markFields) {
          const on = change[field];
          if (on !== undefined) screen.set(paper, withMark(screen.get(paper) ?? 0, field, on));
        }
      }
    };
    for (const { who, act, paper, field, on, name, filter, minutes } of steps) {
      time += minutes * 60_000;
      const { machine, library, screen } = running[who] as (typeof running)[number];
      const record = (change: PaperChange) => show(screen, library.record(act, [change]).change.papers);
      const watch = { paper: interestId("watch", name), title: name };
      if (act === "mark") record(mark(paper, field, on));
      else if (act === "save") record({ ...watch, on: true, filter });
      else if (act === "remove") record({ ...watch, on: false });
      else if (act === "note") record({ paper: noteId("learned", paper), title: name, on });
      else if (act === "follow") record({ paper: "follow:author/x", title: name, on: true, with: filter });
      else if (act === "compact") compactJournal(folder(machine), machine);
      else if (act === "sync")
        sync(folder(machine === "laptop" ? "desktop" : "laptop"), folder(machine), machine);
      else if (act === "refresh") show(screen, library.refresh());
      else for (const { papers } of library[act]()) show(screen, papers);
    }
    sync(folder("laptop"), folder("desktop"), "desktop");
    sync(folder("desktop"), folder("laptop"), "laptop");
    // The same lines in one file, perhaps in the other order.
    const lines = readdirSync(folder("laptop"))
      .filter((name) => name.endsWith(".jsonl"))
      .flatMap((name) => linesOf(join(folder("laptop"), name)));
    const mixed = isReversed ? lines.toReversed() : lines;
    writeFileSync(join(folder("mixed"), "marks-z.jsonl"), mixed.map((line) => `${line}\n`).join(""));
    const expected = marksOf(open("mixed"));
    for (const { machine, library, screen } of running) {
      show(screen, library.refresh());
      const fresh = open(machine);
      assert.deepEqual(marksOf(fresh), expected);
      assert.deepEqual(marksOf(library), expected);
      assert.deepEqual(historyOf(library), historyOf(fresh));
      assert.deepEqual(
        papers.map((paper) => screen.get(paper) ?? 0),
        expected.bits,
      );
    }
  });
  fc.assert(property, { numRuns: 250 });
});
