import assert from "node:assert/strict";
import { test } from "node:test";
import { progressOf } from "../../../source/reader/list/triage.js";
import type { Effect } from "../../../source/reader/messages.js";
import type { Triage } from "../../../source/reader/model.js";
import { panelEntries } from "../../../source/reader/panels/panel.js";
import { Reader } from "../reader.js";

const records = (effects: readonly Effect[]) =>
  effects.filter((effect) => effect.type === "record").map(({ label, papers }) => [label, papers]);

test("triage goes through the unread papers, each decided by one key", () => {
  const reader = new Reader(4).marked("read", "Paper 2").type("T");
  assert.equal(reader.model.mode, "triage");
  assert.equal(reader.current, "Paper 1");
  reader.type("s");
  assert.equal(reader.current, "Paper 3");
  reader.type("L");
  assert.equal(reader.current, "Paper 4");
  assert.deepEqual(records(reader.take()), [
    ["starred and read", [{ paper: "doi:10.5555/paper-1", title: "Paper 1", read: true, starred: true }]],
    [
      "kept for later and read",
      [{ paper: "doi:10.5555/paper-3", title: "Paper 3", read: true, later: true }],
    ],
  ]);
  reader.type("x");
  assert.equal(reader.model.mode, "browse");
  assert.deepEqual([reader.model.zoom, reader.model.focus], ["none", "list"]);
  assert.match(
    reader.model.notice?.text ?? "",
    /^went through 3 papers · 1 starred · 1 for later · 1 skipped · u undoes it all$/,
  );
  assert.deepEqual(reader.model.counts, { all: 4, unread: 0, starred: 1, later: 1, "for-you": 0, muted: 0 });
});

test("what was not done is not said of a triage, so that its message fits into 80 cells", () => {
  const reader = new Reader(3, { columns: 80, rows: 24 }).type("Txxx");
  assert.equal(reader.model.notice?.text, "went through 3 papers · 3 skipped · u undoes it all");
});

test("u in it goes back a paper and undoes its decision alone; after it, the whole triage", () => {
  const reader = new Reader(3).type("Tsu");
  assert.equal(reader.current, "Paper 1");
  assert.deepEqual(
    reader.take().filter(({ type }) => type === "undo"),
    [{ type: "undo", alone: true }],
  );
  reader.type("u");
  assert.match(reader.model.notice?.text ?? "", /first paper/);
  const through = new Reader(3).type("Tsxx").send({ type: "pause-over", number: 1 }).type("u");
  assert.deepEqual(
    through.take().filter(({ type }) => type === "undo"),
    [{ type: "undo" }],
  );
  // Undone together: the decisions of one triage, and of no other.
  const twice = new Reader(4).type("Txx\x1bTx\x1b");
  const groups = twice.take().flatMap((effect) => (effect.type === "record" ? [effect.group] : []));
  assert.deepEqual(groups, [1, 1, 2]);
});

test("it begins at the paper under the cursor, ends with Esc, and leaves the rest as it was", () => {
  const reader = new Reader(5).type("jjTx\x1b");
  assert.equal(reader.model.counts.unread, 4);
  assert.match(reader.model.notice?.text ?? "", /^went through 1 paper · /);
  assert.equal(reader.current, "Paper 4");
  const none = new Reader(2).type("T\x1b");
  assert.equal(none.model.notice, null);
});

test("nothing unread gives a notice; keys without effect name those that have one; the detail scrolls", () => {
  const read = new Reader(1).marked("read", "Paper 1").type("T");
  assert.deepEqual([read.model.mode, read.model.notice?.text], ["browse", "nothing unread here"]);
  // Typed ahead for the triage, they would take the star from the paper under the cursor.
  read.type("sLx");
  assert.deepEqual(
    read.take().filter(({ type }) => type === "record"),
    [],
  );
  const after = read.send({ type: "pause-over", number: read.model.pauses }).type("s");
  assert.equal(after.take().filter(({ type }) => type === "record").length, 1);
  const reader = new Reader(2, { columns: 44, rows: 10 }).type("T");
  for (const key of ["w", "W", "F", "X", "Q"]) {
    assert.equal(reader.type(key).model.notice?.text, `${key} does nothing in triage · ? lists the keys`);
  }
  reader.type("j");
  assert.equal(reader.model.detailTops.get("doi:10.5555/paper-1"), 1);
  assert.equal(reader.model.mode, "triage");
});

test("another listing ends it, as its papers are no longer there", () => {
  const reader = new Reader(3).type("T");
  reader.send({ type: "loaded", listing: new Reader(2).model.listing, marks: new Uint8Array(2) });
  assert.equal(reader.model.mode, "browse");
  assert.equal(reader.model.triage, null);
});

test("the pace is shown once there is one", () => {
  const triage = (decided: number, minutes: number): Triage => ({
    papers: Array.from({ length: 40 }, (_, at) => String(at)),
    decided: Array.from({ length: decided }, () => "skip" as const),
    began: 0,
    last: minutes * 60_000,
  });
  assert.equal(progressOf(triage(0, 0)), "1 of 40");
  assert.equal(progressOf(triage(2, 1)), "3 of 40");
  assert.equal(progressOf(triage(10, 2)), "11 of 40, about 6 min left");
  assert.equal(progressOf(triage(39, 1)), "40 of 40, less than a minute left");
});

test("keys typed a moment after the last paper do nothing, held down or not", () => {
  const reader = new Reader(2).type("Txs");
  assert.equal(reader.model.mode, "browse");
  const { notice } = reader.model;
  const before = reader.model;
  reader.take();
  reader.type("xsLujq \x03\r");
  const ignored = reader.take().filter(({ type }) => type !== "pause");
  assert.deepEqual(ignored, []);
  assert.deepEqual(reader.model.notice, notice);
  assert.deepEqual(
    [reader.model.asSource, reader.model.counts, reader.model.cursor, reader.model.zoom],
    [before.asSource, before.counts, before.cursor, before.zoom],
  );
  // Each key of triage began the pause again, so the first end is none yet.
  reader.send({ type: "pause-over", number: 1 }).type("x");
  assert.equal(reader.model.asSource, false);
  reader.send({ type: "pause-over", number: reader.model.pause?.number ?? 0 }).type("x");
  assert.equal(reader.model.asSource, true);
});

test("a triage that another listing ends makes the next keys do nothing too; one that Esc ends does not", () => {
  const reader = new Reader(3).type("T");
  reader.send({ type: "loaded", listing: new Reader(2).model.listing, marks: new Uint8Array(2) }).type("s");
  assert.equal(reader.model.counts.starred, 0);
  for (const key of ["\x1b", "q", "\x03"]) {
    const ended = new Reader(3).type(`Tx${key}`);
    assert.deepEqual([ended.model.mode, ended.model.pause], ["browse", null]);
    assert.deepEqual(
      ended.take().filter(({ type }) => type === "quit"),
      [],
    );
    assert.equal(ended.type("s").model.counts.starred, 1);
  }
});

test("? in it lists its keys, and closes to where it was", () => {
  for (const [open, close] of [
    ["?", "\x1b"],
    ["?", "?"],
    ["\x1bOP", "\x03"],
    ["?", "\r"],
  ] as const) {
    const reader = new Reader(4).type(`Tx${open}`);
    assert.equal(reader.model.mode, "panel");
    const keys = panelEntries(reader.model).map(({ label }) => label);
    assert.deepEqual(keys.slice(0, 3), ["s", "L", "x"]);
    reader.take();
    reader.type(close);
    assert.deepEqual([reader.model.mode, reader.current, reader.model.pause], ["triage", "Paper 2", null]);
    assert.deepEqual(reader.take(), []);
    reader.type("s");
    assert.equal(reader.model.counts.starred, 1);
  }
  const byQ = new Reader(4).type("Tx?q");
  byQ.send({ type: "pause-over", number: byQ.model.pauses });
  assert.equal(byQ.model.mode, "triage");
  assert.equal(byQ.type("s").model.counts.starred, 0, "it may be the rest of a word");
  // Another listing ends the triage while its keys are shown.
  const ended = new Reader(3).type("T?");
  ended.send({ type: "loaded", listing: new Reader(2).model.listing, marks: new Uint8Array(2) });
  assert.equal(ended.type("\x1b").model.mode, "browse");
});
