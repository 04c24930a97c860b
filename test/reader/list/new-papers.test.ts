import assert from "node:assert/strict";
import { test } from "node:test";
import { newBit } from "../../../source/papers/marks.js";
import { leaveOff, start } from "../../../source/reader/start.js";
import { update } from "../../../source/reader/update.js";
import { rowsOf } from "../../../source/screen/regions.js";
import { listingOf, Reader } from "../reader.js";

/** A reader of a listing of which these papers (from 1) are new. */
function withNew(
  size: number,
  fresh: readonly number[],
  options: { columns?: number; rows?: number } = {},
): Reader {
  const listing = listingOf(size);
  const reader = new Reader(listing, options);
  const marks = Uint8Array.from({ length: size }, (_, at) => (fresh.includes(at + 1) ? newBit : 0));
  return reader.send({ type: "loaded", listing, marks });
}

const screen = (reader: Reader) => rowsOf(reader.model).map((line) => line.map(({ text }) => text).join(""));

test("papers never on the screen before come first, under a line that says so", () => {
  const reader = withNew(6, [2, 5]);
  assert.deepEqual(reader.rows, ["Paper 2", "Paper 5", "Paper 1", "Paper 3", "Paper 4", "Paper 6"]);
  const rows = screen(reader)
    .slice(2, 11)
    .map((row) => row.split("│")[0]?.replace(/[─ ]+$/, ""));
  assert.match(rows[0] ?? "", /^─── 2 new since your last visit/);
  assert.match(rows[1] ?? "", /Paper 2/);
  assert.match(rows[3] ?? "", /^─── seen before/);
  assert.match(rows[4] ?? "", /Paper 1/);
  assert.match(screen(reader)[0] ?? "", /Test · 29 Oct 2025 · 2 new/);
});

test("where all are new, or a filter or another order is on, nothing is set apart", () => {
  assert.equal(withNew(3, [1, 2, 3]).model.newRows, 0);
  assert.equal(withNew(3, []).model.newRows, 0);
  assert.equal(withNew(6, [2]).type("/paper\r").model.newRows, 0);
  assert.equal(withNew(6, [2]).type("St").model.newRows, 0);
});

test("back in the order of the listing new papers come first again, and nothing is remembered of it", () => {
  for (const keys of ["So", "StSo", "SoSoSo", "StSr"]) {
    const ordered = withNew(6, [2, 5]).type(keys);
    assert.deepEqual(
      [ordered.rows.slice(0, 3), ordered.model.newRows],
      [["Paper 2", "Paper 5", "Paper 1"], 2],
    );
    assert.doesNotMatch(screen(ordered)[0] ?? "", / by /, keys);
    assert.equal(leaveOff(ordered.model).sort, "relevance", keys);
  }
  const backwards = withNew(6, [2, 5]).type("SoSo");
  assert.deepEqual([backwards.rows[0], leaveOff(backwards.model).sort], ["Paper 6", "-order"]);
});

test("a listing left in its own order by an earlier version begins with the new papers", () => {
  const { listing, caches, settings, size } = new Reader(6).model;
  const leftOff = { view: "all", sort: "order", filter: "", paper: null, history: [] } as const;
  const marks = Uint8Array.from([0, newBit, 0, 0, newBit, 0]);
  const model = start({ caches, listing, marks, size, settings, leftOff, notice: null, recent: [] });
  assert.deepEqual([model.newRows, [...model.shown.slice(0, 3)]], [2, [1, 4, 0]]);
  assert.equal(leaveOff(model).sort, "relevance");
});

test("where another order is usual, the listing's own is a choice that the header names", () => {
  const forYou = withNew(6, [2]).send({ type: "command", command: "next-view", count: 4 });
  assert.equal(forYou.model.view, "for-you");
  assert.match(screen(forYou.type("So"))[0] ?? "", /by order/);
  assert.match(screen(withNew(6, [2]).type("/paper\rSo"))[0] ?? "", /by order/);
});

test("where r shows what waited, the cursor is on the first new paper; else it stays on its own", () => {
  const at = (waiting: number) => {
    const reader = withNew(6, []).type("jjj");
    reader.send({ type: "waits", papers: waiting });
    const marks = Uint8Array.from({ length: 6 }, (_, at) => (at >= 4 ? newBit : 0));
    reader.send({ type: "loaded", listing: listingOf(6), marks });
    assert.deepEqual(reader.rows.slice(0, 2), ["Paper 5", "Paper 6"]);
    return reader.current;
  };
  assert.equal(at(2), "Paper 5");
  assert.equal(at(0), "Paper 4");
});

test("where a day comes above the papers of a file, the first key finds the cursor at the top, and so does r", () => {
  const book = { title: "A book of the file" };
  const day = [{ title: "Paper 1" }, { title: "Paper 2" }];
  const come = (reader: Reader) => {
    const listing = listingOf([...day, book]);
    reader.send({ type: "loaded", listing, marks: new Uint8Array(listing.size) });
    return [reader.current, reader.model.cursor, reader.model.top];
  };
  // On the first visit none of them is set apart as new.
  assert.deepEqual(come(new Reader([book])), ["Paper 1", 0, 0]);
  const used = new Reader([book]).type("j").send({ type: "waits", papers: 2 });
  assert.deepEqual(come(used), ["Paper 1", 0, 0]);
  const below = new Reader([day[0] as { title: string }]).type("j").send({ type: "waits", papers: 2 });
  assert.equal(come(below)[0], "Paper 2", "the first of those that waited");
});

test("who left off on a paper is still on it when nothing new comes", () => {
  const listing = listingOf(6);
  const model = start({
    listing,
    marks: new Uint8Array(6),
    size: { columns: 120, rows: 36 },
    settings: { markReadAfter: 0, ascii: false, locale: "en" },
    leftOff: { view: "all", sort: "relevance", filter: "", paper: listing.id(3), history: [] },
    notice: null,
    recent: [],
  });
  const [next] = update(model, { type: "loaded", listing: listingOf(6), marks: new Uint8Array(6) });
  assert.equal(next.cursor, 3);
});

test("is:new finds them", () => {
  assert.deepEqual(withNew(6, [2, 5]).type("/is:new").rows, ["Paper 2", "Paper 5"]);
  assert.deepEqual(withNew(3, [2]).type("/-is:new").rows, ["Paper 1", "Paper 3"]);
});

test("wherever the cursor goes, it is on the screen, and every line of the list is used", () => {
  for (const rows of [12, 14, 16, 20]) {
    const reader = withNew(40, [3, 4, 5, 30, 31], { columns: 120, rows });
    for (const key of [
      ..."jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj",
      "G",
      "g",
      "\x04",
      "\x15",
      ..."GkkkkkkkkkkkkG",
    ]) {
      reader.type(key);
      const lines = screen(reader);
      assert.ok(
        lines.some((line) => line.startsWith("▌")),
        `${rows} rows, after ${key}`,
      );
      assert.equal(lines.filter((line) => line.startsWith("▌")).length, 1);
      const body = lines.slice(rows >= 16 ? 2 : 1, rows >= 16 ? rows - 3 : rows - 1);
      assert.ok(
        body.every((line) => (line.split("│")[0] ?? "").trim() !== ""),
        `${rows} rows, after ${key}:\n${body.join("\n")}`,
      );
    }
  }
});
