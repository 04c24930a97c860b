import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Library } from "../../source/library/library.js";
import { type MarkField, markBits } from "../../source/papers/marks.js";
import { bitsOf, fresh, labels, linesOf, mark, open, undoable } from "./support.js";

const { read, starred } = markBits;

/** A change of one paper; its id. */
function act(library: Library, label: string, paper: string, field: MarkField = "read", on = true): string {
  return library.record(label, [mark(paper, field, on)]).change.id;
}

/** A decision of a triage. */
function triage(library: Library, paper: string): void {
  library.record("marked read", [mark(paper, "read", true)], [], false, 1);
}

/** The papers of changes that were undone or redone. */
const papersOf = (changes: ReturnType<Library["redo"]>) =>
  changes.map(({ change }) => change.papers[0]?.paper).join(" ");

/** The program marks a paper read by itself. */
function automatic(library: Library, label: string, paper: string): string {
  return library.record(label, [mark(paper, "read", true)], [], true).change.id;
}

test("the history lists changes of earlier runs too, the newest first, with what was taken back", (t) => {
  const { state, library: first } = fresh(t);
  act(first, "starred", "1", "starred");
  first.record("2 marked read", [mark("3", "read", true), mark("4", "read", true)]);
  act(first, "read later", "2", "later");
  first.undo();
  act(open(state, "desktop"), "elsewhere", "9");
  const library = open(state);
  const listed = library.history().map((one) => `${one.label} ${one.papers.length} ${one.isUndone}`);
  assert.deepEqual(listed, ["read later 1 true", "2 marked read 2 false", "starred 1 false"]);
  assert.deepEqual(first.history(), library.history());
  assert.match(library.history()[0]?.at ?? "", /^2026-11-23T08:/);
});

test("a change of the history is undone with all later ones, in one write, and redone one by one", (t) => {
  const { state, library } = fresh(t);
  act(library, "starred", "1", "starred");
  const second = library.record("2 marked read", [mark("1", "read", true), mark("2", "read", true)]).change;
  act(library, "unstarred", "1", "starred", false);
  assert.deepEqual(labels(library.undoTo(second.id)), ["unstarred", "2 marked read"]);
  assert.deepEqual(bitsOf(library, "1", "2"), [starred, 0]);
  assert.equal(linesOf(join(state, "marks-laptop.jsonl")).length, 5);
  assert.deepEqual(library.undoTo(second.id), [], "it is taken back already");
  assert.deepEqual(library.undoTo("nobody's"), []);
  const again = open(state);
  assert.deepEqual([undoable(again), again.redoable], [1, 2]);
  assert.equal(again.redo()[0]?.change.id, second.id);
  assert.equal(again.redo()[0]?.change.label, "unstarred");
  assert.deepEqual(bitsOf(again, "1", "2"), [read, read]);
});

test("500 changes are remembered, whatever was undone among them, and the same after a restart", (t) => {
  const { state, library } = fresh(t);
  for (let number = 1; number <= 700; number += 1) {
    act(library, `change ${number}`, `${number}`);
    if (number % 7 === 0) library.undo();
    if (number % 14 === 0) library.redo();
  }
  const again = open(state);
  assert.deepEqual(again.history(), library.history());
  assert.equal(again.history().length, 500);
  assert.equal(again.history().at(-1)?.label, "change 201");
  assert.deepEqual([undoable(again), again.redoable], [undoable(library), library.redoable]);
  while (again.undo().length > 0);
  assert.deepEqual(bitsOf(again, "200", "201"), [read, 0]);
});

test("undo first takes what the person did last, then what the program did by itself since then", (t) => {
  const { state, library } = fresh(t);
  act(library, "first", "1");
  act(library, "second", "2");
  automatic(library, "automatic 3", "3");
  automatic(library, "automatic 4", "4");
  const undone = [...library.undo()];
  // The next is that of another terminal.
  undone.push(...open(state).undo());
  library.refresh();
  // A paper that is read meanwhile leaves what can be redone, and is undone before what is older.
  automatic(library, "automatic 5", "5");
  assert.equal(library.redoable, 2);
  for (let times = 0; times < 3; times += 1) undone.push(...library.undo());
  const names = ["second", "automatic 4", "automatic 5", "automatic 3", "first"];
  assert.deepEqual([labels(undone), library.undo()], [names, []]);
  for (const name of names.toReversed()) assert.equal(library.redo()[0]?.change.label, name);
  assert.equal(library.size, 5);
});

test("several changes undone at once are those of the person, whatever was marked by itself after them", (t) => {
  const { library } = fresh(t);
  act(library, "starred", "1", "starred");
  act(library, "read later", "2", "later");
  // Earlier versions said by its label alone that a change was made by itself.
  act(library, "read by looking", "3");
  for (const undone of [["read later"], ["starred"], []])
    assert.deepEqual(labels(library.undo(true)), undone);
  assert.equal(library.undo()[0]?.change.label, "read by looking");
});

test("a change of the history is undone with all made after it, whatever was redone between", (t) => {
  const { library } = fresh(t);
  const first = act(library, "first", "1", "starred");
  const looked = automatic(library, "looked", "2");
  // Undone and redone, the first change is the last that was done.
  assert.equal(library.undo()[0]?.change.id, first);
  assert.equal(library.redo()[0]?.change.id, first);
  const last = act(library, "last", "3", "later");
  assert.deepEqual(labels(library.undoTo(looked)), ["last", "looked"]);
  assert.deepEqual(bitsOf(library, "1", "2", "3"), [starred, 0, 0]);
  assert.deepEqual([library.redo()[0]?.change.label, library.redo()[0]?.change.id], ["looked", last]);
  assert.deepEqual(labels(library.undoTo(first)), ["last", "looked", "first"]);
  assert.equal(library.size, 0);
});

test("undoing everything brings back what was there before, also where one change was undone before the next", (t) => {
  const { library } = fresh(t);
  act(library, "marked read", "1");
  const star = act(library, "starred", "2", "starred");
  act(library, "marked unread", "1", "read", false);
  automatic(library, "marked read automatically", "1");
  // Undone before what came after it: the paper is read, as it was before both.
  assert.equal(library.undo()[0]?.change.label, "marked unread");
  library.undoTo(star);
  assert.deepEqual(bitsOf(library, "1", "2"), [read, 0]);
  assert.deepEqual(undoable(library), 1);
});

test("undoing a change of several marks skips a change before it that was undone since, for each of them", (t) => {
  const { library } = fresh(t);
  const both = (on: boolean) => [{ ...mark("1", "read", on), starred: on }];
  library.record("read and starred", both(true), [], false, 1);
  library.record("neither", both(false));
  library.record("later", [mark("2", "later", true)], [], false, 1);
  // A group is undone as a whole, though another change was made between.
  assert.deepEqual(labels(library.undo()), ["later", "read and starred"]);
  assert.deepEqual(labels(library.undo()), ["neither"]);
  assert.equal(library.bits("1"), 0);
});

test("what another machine did between is not taken for ours when a change is undone", (t) => {
  const { state, library } = fresh(t);
  act(library, "starred", "1", "starred");
  library.undo();
  act(open(state, "desktop"), "starred", "1", "starred");
  library.refresh();
  act(library, "unstarred", "1", "starred", false);
  library.undo();
  assert.equal(library.bits("1"), starred);
});

test("all of a triage is undone at once, after what was done since, also after a restart", (t) => {
  const { state, library } = fresh(t);
  act(library, "before", "0", "starred");
  for (const paper of ["1", "2", "3"]) triage(library, paper);
  assert.equal(library.undo(true)[0]?.papers[0]?.paper, "3");
  automatic(library, "marked read automatically", "3");
  act(library, "starred", "4", "starred");
  assert.deepEqual(labels(library.undo()), ["starred"]);
  const again = open(state);
  // Another run's first triage is another one.
  triage(again, "5");
  assert.deepEqual(labels(again.undo()), ["marked read"]);
  // It was made after the last of the triage, which is undone already.
  assert.deepEqual(labels(again.undo()), ["marked read automatically"]);
  assert.equal(papersOf(again.undo()), "2 1");
  assert.deepEqual(labels(again.undo()), ["before"]);
  assert.deepEqual(again.undo(), []);
});

test("what was undone together is redone at once, also after a restart, and what was undone alone is not", (t) => {
  const { state, library } = fresh(t);
  for (const paper of ["1", "2", "3", "4"]) triage(library, paper);
  act(library, "starred", "5", "starred");
  // In the triage `u` undoes one decision.
  library.undo(true);
  library.undo(true);
  assert.equal(papersOf(library.undo()), "3 2 1");
  const again = open(state);
  assert.equal(papersOf(again.redo()), "1 2 3");
  assert.deepEqual(bitsOf(again, "1", "2", "3", "4"), [read, read, read, 0]);
  for (const redone of ["4", "5", ""]) assert.equal(papersOf(again.redo()), redone);
  // What the history's Enter undoes is redone one by one.
  const [, , third] = again.history().toReversed();
  assert.equal(again.undoTo(third?.id ?? "").length, 3);
  assert.equal(open(state).redo().length, 1);
});
