import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Marks } from "../../source/library/fold.js";
import { decodeLine, encodeLine, entryTime, type JournalEntry } from "../../source/library/journal-format.js";
import { splitId } from "../../source/library/journal-order.js";
import { JournalScan } from "../../source/library/journal-scan.js";
import { timeKey, timeOfKey } from "../../source/library/journal-time.js";
import { PaperTable } from "../../source/library/paper-table.js";
import { padding } from "../../source/library/plain-line.js";
import { SeenIds } from "../../source/library/seen-ids.js";

function scanOf(bytes: Buffer): JournalScan {
  return new JournalScan({
    name: "a",
    bytes: Buffer.concat([bytes, Buffer.alloc(padding)]),
    length: bytes.length,
  });
}

const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom('a "b" \\ c', "\\alpha", "ends in \\", '{"v":1,"id":"', "論文", ""),
);
const name = text.filter((one) => one !== "" && !/[\ud800-\udfff]/.test(one));
const time = fc
  .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString());
const mark = fc.option(fc.boolean(), { nil: undefined });
const id = fc.oneof(
  fc.tuple(fc.constantFrom("m:r", "m:s.1", "x:r"), fc.nat(30)).map(([run, number]) => `${run}-${number}`),
  name,
);
const entry: fc.Arbitrary<JournalEntry> = fc
  .record({
    id,
    at: time,
    orderedAt: fc.option(time, { nil: undefined }),
    label: text,
    undoes: fc.option(id, { nil: undefined }),
    papers: fc.array(fc.record({ paper: name, title: text, read: mark, starred: mark, later: mark }), {
      maxLength: 9,
    }),
  })
  .map((one) => JSON.parse(JSON.stringify(one)) as JournalEntry);

test("a scan finds what JSON.parse finds, of any entries", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 8 }), fc.boolean(), (entries, hasLastBreak) => {
      const lines = entries.map(encodeLine).join("\n");
      const scan = scanOf(Buffer.from(hasLastBreak ? `${lines}\n` : lines));
      const marks = new Marks();
      const expected = new Marks();
      const seen = new SeenIds("m:");
      const met = new Set<string>();
      let [before, time, newest] = ["", -1, -1];
      for (const one of entries) {
        assert.ok(!scan.isAtEnd);
        const [last, now] = [splitId(before), splitId(one.id)];
        const isNextOfRun = last.run === now.run && last.number < now.number;
        time = isNextOfRun ? Math.max(time, timeKey(entryTime(one))) : timeKey(entryTime(one));
        newest = Math.max(newest, time);
        assert.deepEqual([scan.time, scan.newest], [time, newest]);
        before = one.id;
        assert.equal(seen.addFrom(scan), !met.has(one.id));
        met.add(one.id);
        assert.equal(seen.isOwnEntry(scan), one.id.startsWith("m:"));
        assert.deepEqual(scan.current()?.papers, one.papers);
        marks.take(scan, 1);
        expected.apply(one.papers, 1);
        assert.deepEqual([...marks.papers()], [...expected.papers()]);
        assert.deepEqual(marks.unknown, expected.unknown);
        scan.advance();
      }
      assert.ok(scan.isAtEnd);
    }),
    { numRuns: 300 },
  );
});

const whole = encodeLine({
  id: "m:r-1",
  at: "2026-11-23T08:24:15.123Z",
  label: "2 starred",
  redoes: "m:r-0",
  papers: [
    { paper: "2510.22543", title: "Learning", starred: true },
    { paper: "2510.22544", title: "More", read: true, later: false },
  ],
});

test("a line cut or damaged at any byte is read only where JSON.parse reads it the same", () => {
  for (let at = 0; at < whole.length; at += 1) {
    assert.ok(scanOf(Buffer.from(whole.slice(0, at))).isAtEnd, `cut at ${at}`);
    for (const byte of ['"', "}", ",", "0", "x", "\\"]) {
      const damaged = `${whole.slice(0, at)}${byte}${whole.slice(at + 1)}`;
      const expected = decodeLine(damaged).entry;
      const scan = scanOf(Buffer.from(`${damaged}\n`));
      // Of an entry only what is inside a label or a title may be damaged.
      if (scan.isAtEnd) assert.equal(expected, null, damaged);
      else if (expected !== null) assert.deepEqual(scan.current(), expected);
      else assert.match(damaged.slice(0, at), /"(label|title)":"[^"]*$/, damaged);
    }
  }
});

test("hostile bytes end in no error and in linear time", () => {
  const part = '{"v":1,"id":"a-1","at":"2026-11-23T08:24:15.123Z","label":"';
  for (const bytes of [Buffer.alloc(1 << 20, part), Buffer.alloc(1 << 20, '"'), Buffer.alloc(1 << 20)]) {
    const scan = scanOf(bytes);
    assert.ok(scan.isAtEnd);
  }
});

test("times keep their order as numbers, and come back as text", () => {
  fc.assert(
    fc.property(time, time, (one, other) => {
      assert.equal(Math.sign(timeKey(one) - timeKey(other)), one < other ? -1 : one > other ? 1 : 0);
      assert.equal(timeOfKey(timeKey(one)), one);
    }),
  );
  for (const none of ["", "2026-11-23T08:24:15.123+", "2026-13-23T08:24:15.123Z", "yesterday"]) {
    assert.equal(timeKey(none), -1);
  }
  assert.equal(timeOfKey(-1), "");
});

test("a table keeps as many papers as come, each by its own bits", () => {
  const table = new PaperTable();
  const expected = new Map<string, number>();
  for (let number = 0; number < 20_000; number += 1) {
    const paper = `${number % 7_000}.${"é".repeat(number % 50)}`;
    table.setPaper(paper, 1 << (number % 3), number % 2 ? 7 : 0, number);
    const before = expected.get(paper) ?? 0;
    const bit = 1 << (number % 3);
    expected.set(paper, number % 2 ? before | bit : before & ~bit);
  }
  assert.deepEqual(new Map(table.papers()), expected);
  assert.equal(table.marked, [...expected.values()].filter((bits) => bits > 0).length);
  assert.deepEqual([table.bits("nobody"), table.stamp("nobody")], [0, -1]);
});
