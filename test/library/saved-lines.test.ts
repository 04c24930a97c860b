import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeLine } from "../../source/library/journal-format.js";
import { SavedLines } from "../../source/library/saved-lines.js";
import type { PaperChange } from "../../source/papers/marks.js";

const line = (number: number, papers: readonly PaperChange[]) =>
  `${encodeLine({ id: `m:run-${number}`, at: "2026-11-23T08:24:15.123Z", label: "marked", papers })}\n`;
const change = (paper: number, title: string, starred: boolean): PaperChange => ({
  paper: `p${paper}`,
  title,
  starred,
});

test("lines come back as they were added, however long and whatever is in them", () => {
  const title = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.constantFrom("\u2028", "é".repeat(40_000), "x".repeat(65_400), "x".repeat(200_000)),
  );
  fc.assert(
    fc.property(fc.array(title, { maxLength: 4 }), (titles) => {
      const saved = new SavedLines();
      const lines = titles.map((one, at) => line(at, [change(at, one, true)]));
      for (const one of lines) saved.add(one);
      assert.deepEqual(saved.lines(), lines);
      assert.equal(saved.text(), lines.join(""));
      saved.clear();
      saved.add(line(7, []));
      assert.equal(saved.text(), line(7, []));
    }),
  );
});

test("of very many lines those stay that say something for the last time, and the last 500", () => {
  const saved = new SavedLines();
  const added: string[] = [];
  const add = (one: string) => {
    added.push(one);
    saved.add(one);
  };
  add(line(0, [change(-1, "Only once", true), change(0, "T", false)]));
  for (let at = 1; at < 30_000; at += 1)
    add(line(at, [change(at % 40, "A title of the usual length".repeat(2), at % 3 === 0)]));
  const kept = saved.lines();
  assert.ok(saved.text().length < 2.2 * 2 ** 20, `${saved.text().length} bytes`);
  assert.equal(kept[0], added[0]);
  assert.deepEqual(kept.slice(-500), added.slice(-500));
  // They come to the same.
  const marks = (lines: readonly string[]) => {
    const found = new Map<string, boolean>();
    for (const one of lines)
      for (const { paper, starred } of JSON.parse(one).papers) found.set(paper, starred);
    return Object.fromEntries([...found].sort());
  };
  assert.deepEqual(marks(kept), marks(added));
});
