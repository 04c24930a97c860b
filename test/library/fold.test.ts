import assert from "node:assert/strict";
import { test } from "node:test";
import { JournalStream, Marks, mergeJournals } from "../../source/library/fold.js";
import { decodeLine, type JournalEntry } from "../../source/library/journal-format.js";
import { SeenIds } from "../../source/library/seen-ids.js";
import { hasMark, type MarkField } from "../../source/papers/marks.js";
import { line } from "./support.js";

function entry(id: string, at: string, on: boolean, field: MarkField = "starred"): JournalEntry {
  return decodeLine(line(id, `2026-11-23T${at}:00.000Z`, "1", field, on)).entry as JournalEntry;
}

/** The ids in the order they are folded, and the marks of paper "1" in the end. */
function fold(journals: Record<string, readonly JournalEntry[]>): { order: string[]; marks: Marks } {
  const marks = new Marks();
  const order: string[] = [];
  const streams = Object.entries(journals).map(([name, list]) => new JournalStream(name, list.values()));
  for (const one of mergeJournals(streams)) {
    order.push(one.id);
    marks.apply(one.papers);
  }
  return { order, marks };
}

test("the last change of a field wins, whichever machine made it", () => {
  const a = [entry("a:r-1", "08:00", true), entry("a:r-2", "10:00", false)];
  const b = [entry("b:r-1", "09:00", true), entry("b:r-2", "09:30", true, "read")];
  const { order, marks } = fold({ a, b });
  assert.deepEqual(order, ["a:r-1", "b:r-1", "b:r-2", "a:r-2"]);
  assert.ok(!hasMark(marks.bits("1"), "starred"));
  assert.ok(hasMark(marks.bits("1"), "read"));
});

test("two machines at the same moment: decided by name, in whatever order the files are found", () => {
  const a = [entry("a:r-1", "08:00", true)];
  const b = [entry("b:r-1", "08:00", false)];
  assert.deepEqual(fold({ a, b }).order, ["a:r-1", "b:r-1"]);
  assert.deepEqual(fold({ b, a }).order, ["a:r-1", "b:r-1"]);
});

test("a clock that jumps back does not change the order in which one machine did things", () => {
  const a = [entry("a:r-1", "12:00", true), entry("a:r-2", "03:00", false)];
  const b = [entry("b:r-1", "11:00", true, "read")];
  const { order, marks } = fold({ a, b });
  assert.deepEqual(order, ["b:r-1", "a:r-1", "a:r-2"]);
  assert.ok(!hasMark(marks.bits("1"), "starred"));
});

test("a line that stands twice counts where it stands first", () => {
  const star = entry("a:r-1", "08:00", true);
  const a = [star, entry("a:r-2", "09:00", false), star];
  const { order, marks } = fold({ a, "a.conflict": a });
  assert.deepEqual(order, ["a:r-1", "a:r-2"]);
  assert.equal(marks.size, 0);
});

test("a paper whose last mark is taken away has none", () => {
  const marks = new Marks();
  marks.apply(entry("a:r-1", "08:00", true).papers);
  assert.equal(marks.size, 1);
  marks.apply(entry("a:r-2", "08:00", false).papers);
  assert.deepEqual([marks.size, marks.bits("1")], [0, 0]);
});

test("an id is new once, in whatever order and form ids come", () => {
  const forms = [
    "m:r-1",
    "m:r-3",
    "m:r-2",
    "m:r-10",
    "m:r-0",
    "m:r-03",
    "m:s-3",
    "m:r",
    "m:r-",
    "-1",
    "7",
    "",
  ];
  forms.push("m:r-9999999999999999", "m:r-99999999999999999999", "m:r-4", "m:r--4", "m:r-4.0", "m:r-1e3");
  const seen = new SeenIds();
  for (const id of forms) assert.ok(seen.add(id), `${id} is new`);
  for (const id of forms) assert.ok(!seen.add(id), `${id} was there`);
});

test("shuffled and doubled ids are each new exactly once", () => {
  const ids = Array.from({ length: 600 }, (_, index) => `m:${index % 3}-${1 + ((index * 7) % 150)}`);
  const seen = new SeenIds();
  assert.equal(ids.filter((id) => seen.add(id)).length, new Set(ids).size);
});
