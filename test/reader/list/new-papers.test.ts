import assert from "node:assert/strict";
import { test } from "node:test";
import { newBit } from "../../../source/papers/marks.js";
import { layOut, type Pane } from "../../../source/reader/layout.js";
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
  const leftOff = { view: "all", sort: "order", filter: "", paper: null, day: null, history: [] } as const;
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
    leftOff: { view: "all", sort: "relevance", filter: "", paper: listing.id(3), day: null, history: [] },
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

test("at 80×24 a line says where new papers end, and takes a row only while it is in sight", () => {
  const reader = withNew(40, [3, 4, 5, 30, 31], { columns: 80, rows: 24 });
  const list = () =>
    screen(reader)
      .slice(2, 8)
      .map((row) => row.replace(/^\W*((?:seen before|Paper \d+)?).*$/u, "$1"));
  const first = ["Paper 3", "Paper 4", "Paper 5", "Paper 30", "Paper 31"];
  assert.deepEqual(list(), [...first, "seen before"]);
  reader.type("5j");
  assert.deepEqual(list(), [...first.slice(1), "seen before", "Paper 1"]);
  reader.type("9j");
  assert.equal(list().filter((row) => row.startsWith("Paper")).length, 6);
  assert.doesNotMatch(
    screen(withNew(9, [2], { columns: 80, rows: 4 }))
      .join("\n")
      .slice(0, 240),
    /seen before/,
  );
});

test("wherever the cursor goes, it is on the screen, and every line of the list is used", () => {
  for (const [columns, rows] of [
    [120, 6],
    [39, 5],
    [80, 24],
    [120, 12],
    [120, 14],
    [120, 16],
    [120, 20],
  ] as const) {
    const reader = withNew(40, [3, 4, 5, 30, 31], { columns, rows });
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
      const pane = layOut(reader.model.size, "none").list as Pane;
      const body = lines.slice(pane.y, pane.y + pane.height);
      assert.ok(
        body.every((line) => (line.split("│")[0] ?? "").trim() !== ""),
        `${rows} rows, after ${key}:\n${body.join("\n")}`,
      );
    }
  }
});

test("a key that was on its way when papers came by themselves marks none of them", () => {
  const older = listingOf([{ title: "Older 1" }, { title: "Older 2" }]);
  const newer = listingOf([
    { title: "Newer 1", id: "doi:10.5555/newer-1" },
    { title: "Newer 2", id: "doi:10.5555/newer-2" },
  ]);
  const records = (reader: Reader) => reader.take().filter(({ type }) => type === "record").length;
  const arrived = () => new Reader(older).send({ type: "loaded", listing: newer, marks: new Uint8Array(2) });
  for (const key of ["s", "L", "m", "M"]) {
    const reader = arrived().type(key);
    assert.equal(records(reader), 0, key);
    assert.match(reader.model.notice?.text ?? "", /these papers have just arrived/);
    reader.send({ type: "pause-over", number: reader.model.pauses }).type(key);
    assert.equal(records(reader), 1, key);
  }
  assert.equal(
    arrived().type("/Newer 2 s").model.filter.query.text,
    "Newer 2 s",
    "letters of a filter are none",
  );
  // Other keys act, and end the doubt no sooner.
  const moved = arrived().type("js");
  assert.equal(moved.current, "Newer 2");
  assert.equal(records(moved), 0);
  // More papers below the same one change nothing under the cursor.
  const grown = new Reader(older).send({
    type: "loaded",
    listing: listingOf([{ title: "Older 1" }, { title: "Older 2" }, { title: "Older 3" }]),
    marks: new Uint8Array(3),
  });
  assert.equal(records(grown.type("s")), 1);
});

test("a warning of the start stays until a key, whatever arrives meanwhile", () => {
  const warning = { text: "The settings could not be read", tone: "warning", stays: true } as const;
  const reader = new Reader(2).send({ type: "noticed", notice: warning });
  reader.send({ type: "loaded", listing: listingOf(3), marks: new Uint8Array(3) });
  reader.send({ type: "noticed", notice: { text: "3 papers", tone: "info" } });
  reader.send({ type: "noticed", notice: { text: "cannot reach huggingface.co", tone: "error" } });
  assert.equal(reader.model.notice?.text, warning.text);
  assert.equal(reader.type("j").model.notice, null);
});
