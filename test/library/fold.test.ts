import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { foldInOrder, foldJournals, Marks } from "../../source/library/fold.js";
import { compareIds } from "../../source/library/journal-order.js";
import { JournalScan } from "../../source/library/journal-scan.js";
import { padding } from "../../source/library/plain-line.js";
import { SeenIds } from "../../source/library/seen-ids.js";
import { hasMark, type MarkField } from "../../source/papers/marks.js";
import { line } from "./support.js";

function entry(id: string, at: string, on: boolean, field: MarkField = "starred"): string {
  return line(id, `2026-11-23T${at}:00.000Z`, "1", field, on);
}

/** The ids in the order they are folded, those of them that were late, and the marks in the end. */
function fold(journals: Record<string, readonly string[]>, how = foldJournals) {
  const marks = new Marks();
  const order: string[] = [];
  const late: string[] = [];
  const scans = Object.entries(journals).map(([name, lines]) => {
    const text = Buffer.from(lines.join(""));
    return new JournalScan({
      name,
      bytes: Buffer.concat([text, Buffer.alloc(padding)]),
      length: text.length,
    });
  });
  how(scans, new SeenIds("a:"), (scan, isLate) => {
    order.push(scan.id());
    if (isLate) late.push(scan.id());
    marks.take(scan, scan.time);
  });
  return { order, late, marks };
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

test("lines in any order and any number of files come in the order of their times and ids", () => {
  const minutes = { "a:r": 0, "a:s": 0, "b:r": 3 };
  const one = fc.record({
    run: fc.constantFrom(...(Object.keys(minutes) as (keyof typeof minutes)[])),
    number: fc.integer({ min: 1, max: 20 }),
    file: fc.nat(2),
  });
  const all = fc.uniqueArray(one, { maxLength: 30, selector: ({ run, number }) => `${run}-${number}` });
  const property = fc.property(all, (entries) => {
    const files: [string[], string[], string[]] = [[], [], []];
    const expected = entries
      .map(({ run, number, file }) => {
        const [id, at] = [`${run}-${number}`, `08:${String(number + minutes[run]).padStart(2, "0")}`];
        files[file]?.push(entry(id, at, true));
        return { id, at };
      })
      .sort((x, y) => (x.at < y.at ? -1 : x.at > y.at ? 1 : compareIds(x.id, y.id)))
      .map(({ id }) => id);
    const [a, b, c] = files;
    assert.deepEqual(fold({ a, b, c }, foldInOrder).order, expected);
    const { order, late } = fold({ a, b, c });
    assert.deepEqual([...order].sort(), [...expected].sort());
    // Late is what comes behind one that belongs behind it.
    let newest = -1;
    const behind = order.filter((id) => {
      const place = expected.indexOf(id);
      const isBehind = place < newest;
      newest = Math.max(newest, place);
      return isBehind;
    });
    assert.deepEqual(late, behind);
  });
  fc.assert(property, { numRuns: 300 });
});

test("a paper whose last mark is taken away has none", () => {
  const marks = new Marks();
  marks.apply([{ paper: "1", title: "", starred: true }], 1);
  assert.equal(marks.size, 1);
  marks.apply([{ paper: "1", title: "", starred: false }], 2);
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
  const seen = new SeenIds("m:");
  for (const id of forms) assert.ok(seen.add(id), `${id} is new`);
  for (const id of forms) assert.ok(!seen.add(id), `${id} was there`);
});

test("shuffled and doubled ids are each new exactly once", () => {
  const ids = Array.from({ length: 600 }, (_, index) => `m:${index % 3}-${1 + ((index * 7) % 150)}`);
  const seen = new SeenIds("m:");
  assert.equal(ids.filter((id) => seen.add(id)).length, new Set(ids).size);
});
