import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { readActivity } from "../../../source/library/activity.js";
import { type Library, openLibrary } from "../../../source/library/library.js";
import { noteId } from "../../../source/papers/interests/interest.js";
import { makePaper } from "../../../source/papers/paper.js";
import { clockFrom, fresh, mark, open, temporaryDirectory } from "../support.js";

const own = (id: string) => makePaper({ id, title: `Paper ${id}`, abstract: "Own text." });
const note = (kind: "learned" | "exported", id: string) => ({ paper: noteId(kind, id), title: id, on: true });

test("what was wanted is known with its surest sign, and undo takes a note back", (t) => {
  const { state, library } = fresh(t);
  library.record("learned from 2 papers", [note("learned", "1"), note("learned", "2")], [own("1")]);
  library.record("starred", [mark("2", "starred", true)]);
  library.keepPlace("3", "Paper 3", "s1");
  library.record("exported", [note("exported", "4")], [own("4")], true);
  library.record("put aside", [mark("5", "later", true)]);
  library.record("marked read", [mark("6", "read", true)]);
  const all = { 1: "learned", 2: "starred", 3: "readInFull", 4: "exported", 5: "later" };
  assert.deepEqual(Object.fromEntries(library.wanted()), all);
  assert.deepEqual(library.interests(), []);
  const again = open(state);
  assert.deepEqual(Object.fromEntries(again.wanted()), all);
  // Four changes of the person and the automatic one between them.
  for (let undone = 0; undone < 5; undone += 1) again.undo();
  assert.equal(again.wanted().get("1"), undefined);
  again.redo();
  assert.equal(again.wanted().get("1"), "learned");
});

test("a day's reading counts each paper once, of all machines, without what was undone", (t) => {
  const state = temporaryDirectory(t);
  const [laptop, desk] = ["laptop", "desk"].map(
    (machine) => openLibrary(state, machine, clockFrom("2026-11-23T08:00:00.000Z")).library,
  ) as [Library, Library];
  laptop.record("marked read", [mark("1", "read", true), mark("2", "read", true)]);
  laptop.record("starred", [mark("1", "starred", true)]);
  laptop.record("marked read", [mark("3", "read", true)]);
  laptop.undo();
  desk.record("marked read", [mark("2", "read", true), mark("4", "read", true)]);
  desk.record("starred", [mark("4", "starred", true)]);
  desk.undo();
  desk.redo();
  desk.record("learned", [note("learned", "7")]);
  const later = openLibrary(state, "desk", clockFrom("2026-11-24T09:00:00.000Z")).library;
  later.record("put aside", [mark("1", "later", true)]);
  const { days, problems } = readActivity(state, (at) => at.slice(0, 10));
  assert.deepEqual(problems, []);
  assert.deepEqual(days, [
    { day: "2026-11-23", read: 3, starred: 2, later: 0 },
    { day: "2026-11-24", read: 0, starred: 0, later: 1 },
  ]);
  assert.deepEqual(readActivity(join(state, "none"), String), { days: [], problems: [] });
});

test("a star that was taken away does not count, and one that was given again counts on that day", (t) => {
  const state = join(temporaryDirectory(t), "state");
  const day = (date: string) =>
    openLibrary(state, "desk", clockFrom(`2026-11-${date}T09:00:00.000Z`)).library;
  const star = (of: ReturnType<typeof day>, paper: string, on = true) =>
    of.record(on ? "starred" : "unstarred", [mark(paper, "starred", on)]);
  const first = day("21");
  for (const paper of ["1", "2", "3"]) star(first, paper);
  star(first, "2", false);
  first.undo();
  star(first, "3", false);
  const second = day("23");
  star(second, "1", false);
  star(second, "1");
  star(second, "4");
  star(second, "4", false);
  assert.deepEqual(readActivity(state, (at) => at.slice(0, 10)).days, [
    { day: "2026-11-21", read: 0, starred: 1, later: 0 },
    { day: "2026-11-23", read: 0, starred: 1, later: 0 },
  ]);
});
