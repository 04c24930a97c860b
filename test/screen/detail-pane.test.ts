import assert from "node:assert/strict";
import { test } from "node:test";
import { layOut } from "../../source/reader/layout.js";
import { rowsOf } from "../../source/screen/regions.js";
import { Reader } from "../reader/reader.js";

const lines = ({ model }: Reader) => rowsOf(model).map((line) => line.map(({ text }) => text).join(""));

const summary =
  "Summaryword is about knots that hold in wind and rain, and about those that do not hold at all in any weather, as sailors know.";
const papers = Array.from({ length: 4 }, (_, at) => ({
  title: `Title ${at} of a paper that is so long that it takes a second line of the detail at eighty columns`,
  authors: Array.from({ length: 15 }, (_, one) => `Given${one} Family${one}`),
  abstract: "Abstractword goes on and on about ropes and sails. ".repeat(30),
  summary: at === 1 ? null : summary,
  summaryBy: at === 1 ? null : "Hugging Face (a-model/of-a-long-name-1234)",
  published: "2026-08-17",
  listed: "2026-08-20",
  upvotes: 92,
  comments: 1,
  code: "https://example.org/code",
  codeStars: 1,
}));

test("at 80×24 at least eight lines of summary and abstract are visible", () => {
  for (const keys of ["", "j", "jj", "l"]) {
    const reader = new Reader(papers, { columns: 80, rows: 24 }).type(keys);
    const { detail } = layOut({ columns: 80, rows: 24 }, "none");
    assert.ok(detail);
    const shown = lines(reader).slice(detail.y, detail.y + detail.height);
    const words = shown.filter((line) =>
      /ropes|sails|Abstractword|knots|Summaryword|weather|hold/.test(line),
    );
    assert.ok(words.length >= 8, `${words.length}: ${shown.join("\n")}`);
    assert.match(shown[0] ?? "", /Title \d/);
    if (keys !== "j") assert.match(shown.join("\n"), /— (?:summary by )?Hugging Face/);
    assert.match(shown.join("\n"), /17 Aug 2026 .*▲ 92/);
  }
  // Facts that had no room appear further down.
  const whole = lines(new Reader(papers, { columns: 80, rows: 24 }).type("lG")).join("\n");
  assert.match(whole, /unread|read/);
});

test("one star is singular", () => {
  const text = lines(new Reader(papers, { columns: 200, rows: 60 })).join("\n");
  assert.match(text, /\(1 star\)/);
});

test("in full screen the text is a centred column, with the titles of the papers before and after", () => {
  for (const [columns, rows] of [
    [100, 30],
    [120, 36],
    [160, 44],
    [200, 60],
  ] as const) {
    const reader = new Reader(papers, { columns, rows }).type("j\r");
    const all = lines(reader);
    const left = Math.floor((columns - 80) / 2);
    for (const line of all.slice(2, rows - 4)) {
      assert.equal(line.slice(0, left).trim(), "", line);
      assert.equal(line.slice(left + 80, columns - 1).trim(), "", line);
    }
    const foot = all[rows - 4] ?? "";
    assert.match(foot, /^ ‹ Title 0 /);
    assert.match(foot, /Title 2 .* › $/);
    for (const span of rowsOf(reader.model)[rows - 4] ?? [])
      assert.ok(span.text.trim() === "" || span.style.dim === true);
    assert.doesNotMatch(lines(new Reader(papers, { columns, rows }).type("\r"))[rows - 4] ?? "", /‹/);
    assert.doesNotMatch(lines(new Reader(papers, { columns, rows }).type("G\r"))[rows - 4] ?? "", /›/);
  }
});

test("the pane with the focus has a heavy rule, also in ASCII", () => {
  for (const [columns, rows] of [
    [80, 24],
    [120, 36],
  ] as const) {
    for (const [ascii, heavy, light] of [
      [false, "━", "─"],
      [true, "=", "-"],
    ] as const) {
      const { list, detail } = layOut({ columns, rows }, "none");
      assert.ok(list && detail);
      const ruleOf = (keys: string, pane: typeof list) =>
        (lines(new Reader(papers, { columns, rows, ascii }).type(keys))[pane.y - 1] ?? "").slice(
          pane.x,
          pane.x + pane.width,
        );
      assert.equal(ruleOf("", list), heavy.repeat(list.width));
      assert.equal(ruleOf("", detail), light.repeat(detail.width));
      assert.equal(ruleOf("l", list), light.repeat(list.width));
      assert.equal(ruleOf("l", detail), heavy.repeat(detail.width));
    }
  }
});

test("one cell before the scrollbar stays empty", () => {
  for (const [columns, rows, keys] of [
    [80, 24, ""],
    [120, 36, ""],
    [120, 36, "\r"],
    [70, 30, "\r"],
  ] as const) {
    const all = lines(new Reader(papers, { columns, rows }).type(keys)).filter((line) => line.endsWith("┃"));
    assert.ok(all.length > 0);
    for (const line of all) assert.match(line, / ┃$/);
  }
});

test("at 80×24 the line of facts always shows a paper's marks", () => {
  const chapter = {
    title: "Fleece",
    published: "2012",
    journal: `Ecology and Power: ${"struggles over land ".repeat(8)}`,
    abstract: "Words. ".repeat(80),
    citations: 3,
    withdrawn: true,
  };
  const reader = new Reader([chapter], { columns: 80, rows: 24 });
  const facts = () => lines(reader).find((line) => line.startsWith(" 2012 ·")) ?? "";
  assert.match(facts(), /^ 2012 · 3 citations · withdrawn · ● unread /);
  reader.type("s");
  assert.match(facts(), /^ 2012 · 3 citations · withdrawn · ★ starred · ● unread /);
  assert.match(lines(reader.type("lG")).join("\n"), /Ecology and Power/, "the long one comes after the text");
});

test("keywords and a comment show their TeX as signs wherever they are shown, and raw with x", () => {
  const keywords = ["E\\textsuperscript{2}R-FLOPs", "$\\alpha$-stable"];
  const paper = { title: "One", keywords, comment: "$n^2$ pages" };
  for (const keys of ["", "ii", "T", "X", "/keyword:stable\r"]) {
    const reader = new Reader([paper], { columns: 120, rows: 36 }).type(keys);
    const shown = lines(reader).join("\n");
    assert.match(shown, /E²R-FLOPs/, keys);
    assert.match(shown, /α-stable/, keys);
    assert.doesNotMatch(shown, /textsuperscript|\$n/, keys);
  }
  assert.match(lines(new Reader([paper]).type("x")).join("\n"), /E\\textsuperscript\{2\}R-FLOPs/);
  const muted = new Reader([paper]).type("X1\r").model.interests[0];
  assert.equal(muted?.title, keywords[0]);
});
