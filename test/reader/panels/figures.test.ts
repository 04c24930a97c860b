import assert from "node:assert/strict";
import { test } from "node:test";
import { makePaper } from "../../../source/papers/paper.js";
import { heatMap } from "../../../source/reader/figures/heat-map.js";
import { tallyFilter, tallyKinds, tallyOf } from "../../../source/reader/figures/tally.js";
import { Reader } from "../reader.js";

const day = (date: string, read: number) => ({ day: date, read, starred: 1, later: 0 });

test("the heat map ends today: 26 weeks from Monday on, days to come blank", () => {
  // 28 November 2026 is a Saturday; its 26th week back begins on 1 June.
  const map = heatMap(
    [day("2026-06-01", 4), day("2026-05-31", 9), day("2026-11-28", 1)],
    "2026-11-28",
    false,
  );
  assert.equal(map.rows.length, 7);
  assert.equal(map.rows[0], `█${" ·".repeat(25)}`);
  assert.equal(map.rows[5], `${"· ".repeat(25)}░`);
  // The last cell is Sunday, which is still to come.
  assert.equal(map.rows[6], `·${" ·".repeat(24)}`);
  assert.deepEqual([map.read, map.starred], [5, 2]);
  assert.match(map.months, /^Jun +Jul/);
});

test("the heat map is right on every weekday, at the turn of a year and without anything", () => {
  for (const today of ["2024-02-29", "2025-01-01", "2026-03-30", "2026-12-31"]) {
    const map = heatMap([day(today, 3)], today, true);
    const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
    assert.equal(map.rows[weekday]?.at(-1), "#");
    assert.equal(map.rows[weekday]?.length, 51);
    assert.equal(heatMap([], today, true).read, 0);
    assert.doesNotMatch(heatMap([], today, true).rows.join(""), /#/);
  }
});

const papers = [
  makePaper({
    title: "A",
    id: "1",
    published: "2024-05-01",
    categories: ["cs.LG", "cs.LG"],
    keywords: ["RAG"],
  }),
  makePaper({ title: "B", id: "2", published: "2025", categories: ["cs.LG"], keywords: ["rag", 'a "b"'] }),
  makePaper({ title: "C", id: "3", published: "2024-06", organization: "Own Lab" }),
];

test("a listing is counted by year, category, organisation and keyword, each paper once", () => {
  assert.deepEqual(tallyOf(papers), {
    year: [
      ["2025", 1],
      ["2024", 2],
    ],
    category: [["cs.LG", 2]],
    organization: [["Own Lab", 1]],
    keyword: [
      ["rag", 2],
      ['a "b"', 1],
    ],
  });
});

test("the filter of each bar finds as many papers as the bar counts", () => {
  const tally = tallyOf(papers);
  for (const kind of tallyKinds) {
    for (const [name, count] of tally[kind]) {
      const reader = new Reader(papers);
      reader.type(`/${tallyFilter(kind, name)}\r`);
      assert.equal(reader.rows.length, count, tallyFilter(kind, name));
    }
  }
});

test("I opens the figures, asks for reading by day, and Enter filters; a heading stays", () => {
  const reader = new Reader(papers);
  reader.type("I");
  assert.ok(reader.take().some(({ type }) => type === "activity"));
  reader.send({ type: "clock", now: 0, today: "2026-11-28" });
  reader.send({ type: "activity", days: [day("2026-11-28", 1)] });
  reader.type("\x1b[A\r");
  assert.equal(reader.model.mode, "panel");
  reader.type("\x1b[B\r");
  assert.equal(reader.model.filter.query.text, "year:2025");
});
