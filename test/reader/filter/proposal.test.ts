import assert from "node:assert/strict";
import { test } from "node:test";
import { proposalFor, whyNotKept } from "../../../source/reader/filter/proposal.js";
import { panelLines } from "../../../source/screen/panel.js";
import { rowsOf } from "../../../source/screen/regions.js";
import { parseQuery } from "../../../source/search/query/query.js";
import { Reader } from "../reader.js";

const papers = [
  { title: "Langevin Flows", authors: ["Wei Xu"], published: "2025-02-01" },
  { title: "Knots of Xu", authors: ["Ann Poe"], published: "2024-02-01" },
];
const reader = (columns = 80) => new Reader(papers, { columns, rows: 24 });
const screen = ({ model }: Reader) => rowsOf(model).map((line) => line.map(({ text }) => text).join(""));

test("the right spelling of a condition is proposed, in the place of the wrong one", () => {
  const proposals = [
    ["athor:xu", "author:xu"],
    ["flows yeer:2025 athor:x", "flows year:2025 author:x"],
    ["is:strred", "is:starred"],
    ["-is:strred flows", "-is:starred flows"],
    ['athor:"wei xu" flows', 'author:"wei xu" flows'],
    ["has:cdoe", "has:code"],
    // What other programs call it.
    ["date:2026-07 flows", "after:2026-07 flows"],
    ["date:<2026-07", "before:2026-07"],
    ["since:7d", "after:7d"],
    ["until:2025-06", "before:2025-06"],
    ["status:unread", "is:unread"],
  ] as const;
  for (const [typed, right] of proposals) assert.equal(proposalFor(parseQuery(typed))?.query, right, typed);
  for (const typed of ["author:xu", "flows", "is:xyz", "foo:bar", "after:soon", "is:star"])
    assert.equal(proposalFor(parseQuery(typed)), null, typed);
});

test("the prompt proposes it at 80 columns, and Tab takes it", () => {
  const one = reader().type("/athor:xu");
  const [prompt = "", footer = ""] = screen(one).slice(-2);
  assert.match(prompt, /athor: is not a field, did you mean author:xu\? +2 of 2/);
  assert.match(footer, /Tab take author:xu/);
  one.type("\t");
  assert.equal(one.model.filter.line.text, "author:xu");
  assert.deepEqual(one.rows, ["Langevin Flows"]);
  assert.doesNotMatch(screen(one).join("\n"), /did you mean/);
});

test("two mistakes are both said at 80 columns, and Tab takes both", () => {
  const one = reader().type("/yeer:2025 athor:wei");
  assert.match(screen(one).at(-2) ?? "", /did you mean year:2025 author:wei\? /);
  one.type("\t");
  assert.equal(one.model.filter.line.text, "year:2025 author:wei");
  assert.deepEqual(one.rows, ["Langevin Flows"]);
});

test("where a misspelt condition finds nothing, Enter takes the proposal", () => {
  const one = reader().type("/is:strred");
  assert.deepEqual(one.rows, []);
  const shown = screen(one).join("\n");
  assert.match(shown, /Enter takes “is:starred”/);
  assert.doesNotMatch(shown, /Enter keep/);
  one.type("\r");
  assert.deepEqual([one.model.filter.query.text, one.model.mode], ["is:starred", "browse"]);
});

test("Enter on a typo without matches takes the nearest word and closes the prompt, so that j moves", () => {
  const one = new Reader([{ title: "Hessian spectrum" }, { title: "Kettles" }]).type("/hessian zpektrumm");
  assert.match(screen(one).at(-1) ?? "", /Enter take spectrum/);
  one.type("\r");
  assert.deepEqual([one.model.mode, one.rows], ["browse", ["Hessian spectrum"]]);
  assert.match(screen(one).at(-2) ?? "", /^ \/ hessian spectrum .*1 of 2/);
  // A mark on its way was meant for another paper.
  one.take();
  one.type("s");
  assert.ok(!one.take().some(({ type }) => type === "record"));
  assert.equal(one.type("j").model.filter.query.text, "hessian spectrum");
  assert.equal(one.type("\x1b/\x1b[A").model.filter.line.text, "hessian spectrum", "↑ recalls what was kept");
  // Words that nothing is near to are kept, too.
  assert.equal(reader().type("/zzzzqqqq\r").model.mode, "browse");
  // Tab goes on typing.
  assert.equal(reader().type("/flows zzzzqqqq\t").model.mode, "filter");
});

test("a filter that is not understood becomes neither a watch nor a mute", () => {
  for (const [filter, why] of [
    ["is:strred", "is:strred is not known: did you mean is:starred?"],
    ["xu is:star", "is:star is unfinished: did you mean is:starred?"],
    ["xu (wei", "a bracket is not closed"],
    ["foo:xu", 'foo: is not a field: as text it is "foo:xu"'],
    ["author:xu year:2025", null],
  ] as const)
    assert.equal(whyNotKept(parseQuery(filter)), why);
  const one = reader().type("/xu athor:wei\rW");
  assert.equal(one.model.mode, "browse");
  assert.equal(
    one.model.notice?.text,
    "not saved: athor: is not a field: did you mean author:wei? · / changes the filter",
  );
  one.type("Xfilter");
  const [line = []] = panelLines(one.model);
  assert.match(line.map(({ text }) => text).join(""), /athor:wei · not muted: athor: is not a field/);
  one.type("\r");
  assert.deepEqual(one.model.interests, []);
});
