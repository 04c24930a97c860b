import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { openLibrary } from "../../source/library/library.js";
import { markBits } from "../../source/papers/marks.js";
import { clockFrom, linesOf, mark, temporaryDirectory } from "./support.js";

const now = clockFrom("2026-11-23T08:00:00.000Z");

test("the history lists changes of earlier runs too, the newest first, with what was taken back", (t) => {
  const state = temporaryDirectory(t);
  const first = openLibrary(state, "laptop", now).library;
  first.record("starred", [mark("1", "starred", true)]);
  const many = Array.from({ length: 37 }, (_, index) => mark(`m${index}`, "read", true));
  first.record("37 marked read", many);
  first.record("read later", [mark("2", "later", true)]);
  first.undo();
  openLibrary(state, "desktop", now).library.record("elsewhere", [mark("9", "read", true)]);
  const { library } = openLibrary(state, "laptop", now);
  const listed = library.history(500).map(({ label, papers, isUndone }) => [label, papers.length, isUndone]);
  assert.deepEqual(listed, [
    ["read later", 1, true],
    ["37 marked read", 37, false],
    ["starred", 1, false],
  ]);
  assert.deepEqual(first.history(500), library.history(500));
  assert.match(library.history(1)[0]?.at ?? "", /^2026-11-23T08:/);
  assert.deepEqual([library.history(2).length, library.history(0).length], [2, 0]);
});

test("a change of the history is undone with all later ones, in one write, and redone one by one", (t) => {
  const state = temporaryDirectory(t);
  const path = join(state, "marks-laptop.jsonl");
  const { library } = openLibrary(state, "laptop", now);
  library.record("starred", [mark("1", "starred", true)]);
  const second = library.record("2 marked read", [mark("1", "read", true), mark("2", "read", true)]).change;
  library.record("unstarred", [mark("1", "starred", false)]);
  const undone = library.undoTo(second.id);
  assert.deepEqual(
    undone.map(({ change, error }) => [change.label, error]),
    [
      ["unstarred", null],
      ["2 marked read", null],
    ],
  );
  assert.deepEqual([library.bits("1"), library.bits("2")], [markBits.starred, 0]);
  assert.equal(linesOf(path).length, 5);
  assert.deepEqual(library.undoTo(second.id), [], "it is taken back already");
  assert.deepEqual(library.undoTo("nobody's"), []);
  const again = openLibrary(state, "laptop", now).library;
  assert.deepEqual([again.undoable, again.redoable], [1, 2]);
  assert.equal(again.redo()?.change.id, second.id);
  assert.equal(again.redo()?.change.label, "unstarred");
  assert.deepEqual([again.bits("1"), again.bits("2")], [markBits.read, markBits.read]);
});

test("500 changes are remembered, whatever was undone among them, and the same after a restart", (t) => {
  const state = temporaryDirectory(t);
  const { library } = openLibrary(state, "laptop", now);
  for (let number = 1; number <= 700; number += 1) {
    library.record(`change ${number}`, [mark(`${number}`, "read", true)]);
    if (number % 7 === 0) library.undo();
    if (number % 14 === 0) library.redo();
  }
  const again = openLibrary(state, "laptop", now).library;
  assert.deepEqual(again.history(1000), library.history(1000));
  assert.equal(again.history(1000).length, 500);
  assert.equal(again.history(1000).at(-1)?.label, "change 201");
  assert.deepEqual([again.undoable, again.redoable], [library.undoable, library.redoable]);
  while (again.undo() !== null);
  assert.equal(again.bits("200"), markBits.read);
  assert.equal(again.bits("201"), 0);
});

test("undo first takes what the person did last, then what the program did by itself since then", (t) => {
  const state = temporaryDirectory(t);
  const { library } = openLibrary(state, "laptop", now);
  const act = (label: string, paper: string, automatic = false) =>
    library.record(label, [mark(paper, "read", true)], [], automatic);
  act("first", "1");
  act("second", "2");
  act("automatic 3", "3", true);
  act("automatic 4", "4", true);
  const undone: (string | undefined)[] = [];
  undone.push(library.undo()?.change.label);
  // The next ones are those of a restart, and of another terminal.
  const other = openLibrary(state, "laptop", now).library;
  undone.push(other.undo()?.change.label);
  library.refresh();
  // A paper that is read meanwhile leaves what can be redone, and is undone before what is older.
  act("automatic 5", "5", true);
  assert.equal(library.redoable, 2);
  undone.push(library.undo()?.change.label, library.undo()?.change.label, library.undo()?.change.label);
  assert.deepEqual(undone, ["second", "automatic 4", "automatic 5", "automatic 3", "first"]);
  assert.equal(library.undo(), null);
  const redone = Array.from({ length: 5 }, () => library.redo()?.change.label);
  assert.deepEqual(redone, ["first", "automatic 3", "automatic 5", "automatic 4", "second"]);
  assert.equal(library.size, 5);
});

test("what earlier versions marked by themselves is known by its label", (t) => {
  const state = temporaryDirectory(t);
  const { library } = openLibrary(state, "laptop", now);
  library.record("starred", [mark("1", "starred", true)]);
  library.record("read by looking", [mark("2", "read", true)]);
  assert.equal(openLibrary(state, "laptop", now).library.undo()?.change.label, "starred");
});

test("several changes undone at once are those of the person, whatever was marked by itself after them", (t) => {
  const { library } = openLibrary(temporaryDirectory(t), "laptop", now);
  library.record("starred", [mark("1", "starred", true)]);
  library.record("read later", [mark("2", "later", true)]);
  library.record("read", [mark("3", "read", true)], [], true);
  assert.equal(library.undo(true)?.change.label, "read later");
  assert.equal(library.undo(true)?.change.label, "starred");
  assert.equal(library.undo(true), null);
  assert.equal(library.undo()?.change.label, "read");
});

test("a change of the history is undone with all made after it, whatever was redone between", (t) => {
  const { library } = openLibrary(temporaryDirectory(t), "laptop", now);
  const act = (label: string, change: ReturnType<typeof mark>, automatic = false) =>
    library.record(label, [change], [], automatic).change.id;
  const first = act("first", mark("1", "starred", true));
  const looked = act("looked", mark("2", "read", true), true);
  // Undone and redone, the first change is the last that was done.
  assert.equal(library.undo()?.change.id, first);
  assert.equal(library.redo()?.change.id, first);
  const last = act("last", mark("3", "later", true));
  assert.deepEqual(
    library.undoTo(looked).map(({ change }) => change.label),
    ["last", "looked"],
  );
  assert.deepEqual(
    ["1", "2", "3"].map((paper) => library.bits(paper)),
    [markBits.starred, 0, 0],
  );
  assert.deepEqual([library.redo()?.change.label, library.redo()?.change.id], ["looked", last]);
  assert.deepEqual(
    library.undoTo(first).map(({ change }) => change.label),
    ["last", "looked", "first"],
  );
  assert.equal(
    ["1", "2", "3"].some((paper) => library.bits(paper) !== 0),
    false,
  );
});

test("undoing everything brings back what was there before, also where one change was undone before the next", (t) => {
  const { library } = openLibrary(temporaryDirectory(t), "laptop", now);
  library.record("marked read", [mark("1", "read", true)]);
  const star = library.record("starred", [mark("2", "starred", true)]).change.id;
  library.record("marked unread", [mark("1", "read", false)]);
  library.record("marked read automatically", [mark("1", "read", true)], [], true);
  // Undone before what came after it: the paper is read, as it was before both.
  assert.equal(library.undo()?.change.label, "marked unread");
  library.undoTo(star);
  assert.deepEqual([library.bits("1"), library.bits("2")], [markBits.read, 0]);
  assert.deepEqual(
    library.history(9).map(({ isUndone }) => isUndone),
    [true, true, true, false],
  );
});

test("what another machine did between is not taken for ours when a change is undone", (t) => {
  const state = temporaryDirectory(t);
  const { library } = openLibrary(state, "laptop", now);
  library.record("starred", [mark("1", "starred", true)]);
  library.undo();
  openLibrary(state, "desktop", now).library.record("starred", [mark("1", "starred", true)]);
  library.refresh();
  library.record("unstarred", [mark("1", "starred", false)]);
  library.undo();
  assert.equal(library.bits("1"), markBits.starred);
});

test("all of a triage is undone at once, after what was done since, also after a restart", (t) => {
  const state = temporaryDirectory(t);
  const { library } = openLibrary(state, "laptop", now);
  library.record("before", [mark("0", "starred", true)]);
  for (const paper of ["1", "2", "3"])
    library.record("marked read", [mark(paper, "read", true)], [], false, 1);
  assert.equal(library.undo(true)?.papers[0]?.paper, "3");
  library.record("marked read automatically", [mark("3", "read", true)], [], true);
  library.record("starred", [mark("4", "starred", true)]);
  const labels = (reverted: ReturnType<typeof library.undoGroup>) =>
    reverted.map(({ change }) => change.label);
  assert.deepEqual(labels(library.undoGroup()), ["starred"]);
  const again = openLibrary(state, "laptop", now).library;
  // Another run's first triage is another one.
  again.record("marked read", [mark("5", "read", true)], [], false, 1);
  assert.deepEqual(labels(again.undoGroup()), ["marked read"]);
  // It was made after the last of the triage, which is undone already.
  assert.deepEqual(labels(again.undoGroup()), ["marked read automatically"]);
  assert.deepEqual(
    again.undoGroup().map(({ papers: [one] }) => one?.paper),
    ["2", "1"],
  );
  assert.deepEqual(labels(again.undoGroup()), ["before"]);
  assert.deepEqual(again.undoGroup(), []);
});
