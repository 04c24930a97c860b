import assert from "node:assert/strict";
import { test } from "node:test";
import { type Listing, makeListing } from "../../../source/papers/listing.js";
import { PackedPapers } from "../../../source/papers/packed/packed-papers.js";
import { makePaper } from "../../../source/papers/paper.js";
import { leaveOff } from "../../../source/reader/start.js";
import { Reader } from "../reader.js";

/** A long listing as its papers come in. */
class Coming {
  readonly #papers = new PackedPapers();

  /** The listing with so many papers more. */
  more(count: number): Listing {
    for (let left = count; left > 0; left -= 1) {
      const at = this.#papers.length + 1;
      this.#papers.push(makePaper({ title: `Paper ${at}`, published: `${2000 + (at % 20)}-01-01` }));
    }
    return makeListing("Archive", { papers: this.#papers, day: null, problems: [] });
  }
}

function shows(
  reader: Reader,
  listing: Listing,
  adds: boolean,
  marks = new Uint8Array(listing.size),
): Reader {
  return reader.send({ type: "loaded", listing, marks, adds });
}

test("new papers are appended, and the reader stays where they are", () => {
  const coming = new Coming();
  const reader = shows(new Reader([]), coming.more(50), false).type("jjj");
  assert.equal(reader.current, "Paper 4");
  const { top } = reader.model;
  shows(reader, coming.more(50), true);
  assert.equal(reader.current, "Paper 4");
  assert.equal(reader.model.top, top);
  assert.equal(reader.rows.length, 100);
  assert.equal(reader.model.counts.all, 100);
  reader.type("G");
  assert.equal(reader.current, "Paper 100");
});

test("a view takes in only what belongs to it", () => {
  const coming = new Coming();
  const first = coming.more(10);
  const reader = shows(new Reader([]), first, false).type("v");
  assert.equal(reader.model.view, "unread");
  const more = coming.more(10);
  const marks = new Uint8Array(20);
  marks[12] = 1;
  shows(reader, more, true, marks);
  assert.equal(reader.rows.length, 19);
  assert.equal(reader.rows.includes("Paper 13"), false);
  assert.equal(reader.model.counts.unread, 19);
});

test("in another order what comes in takes its place, and the cursor stays on its paper", () => {
  const coming = new Coming();
  const reader = shows(new Reader([]), coming.more(30), false).type("Sd").type("jj");
  const paper = reader.current;
  shows(reader, coming.more(30), true);
  assert.equal(reader.current, paper);
  const days = Array.from(reader.model.shown, (at) => reader.model.listing.published(at) as string);
  assert.deepEqual(days, [...days].sort().reverse());
});

test("a filter is asked again of what has come in", () => {
  const coming = new Coming();
  const reader = shows(new Reader([]), coming.more(1_500), false).type("/paper\r");
  const first = reader.take().filter(({ type }) => type === "search").length;
  assert.ok(first > 0);
  shows(reader, coming.more(1_500), true);
  assert.deepEqual(
    reader.take().filter(({ type }) => type === "search"),
    [{ type: "search", text: "paper" }],
  );
  assert.notEqual(reader.model.awaited, null);
});

test("the cursor moves to the saved paper when it loads, unless the reader has moved", () => {
  for (const [keys, expected] of [
    ["", "Paper 70"],
    ["j", "Paper 2"],
  ] as const) {
    const coming = new Coming();
    const reader = new Reader([]);
    const leftOff = {
      view: "all",
      sort: "relevance",
      filter: "",
      paper: "title:paper-70//2010-01-01",
      day: null,
      history: [],
    } as const;
    const { listing } = reader.model;
    reader.send({
      type: "opened",
      listing,
      marks: new Uint8Array(),
      leftOff,
      notice: null,
      recent: [],
      working: null,
    });
    shows(reader, coming.more(50), false).type(keys);
    shows(reader, coming.more(10), true);
    shows(reader, coming.more(20), true);
    assert.equal(reader.current, expected);
    assert.equal(reader.rows.length, 80);
    shows(reader, coming.more(20), true);
    assert.equal(reader.current, expected);
  }
});

test("a listing that says the same of its papers keeps its rows", () => {
  const coming = new Coming();
  const listing = coming.more(40);
  const reader = shows(new Reader([]), listing, false).type("Gk");
  const { shown } = reader.model;
  shows(reader, { ...listing, stale: "failed" }, true);
  assert.deepEqual(reader.model.shown, shown);
  assert.equal(reader.current, "Paper 39");
  // In another order too, where a paper is read that would not be chosen another time.
  reader.type("Sdv").type("m");
  const rows = reader.rows;
  shows(reader, { ...listing, stale: "offline" }, true, reader.model.marks.slice());
  assert.deepEqual(reader.rows, rows);
  assert.equal(reader.model.listing.stale, "offline");
});

test("a saved place is kept until it is restored, in whatever order the papers come in", () => {
  for (const sort of ["relevance", "date", "-title"]) {
    const coming = new Coming();
    const reader = new Reader([]);
    const paper = "title:paper-70//2010-01-01";
    const leftOff = { view: "all", sort, filter: "", paper, day: null, history: [] } as const;
    const { listing } = reader.model;
    const opened = { listing, marks: new Uint8Array(), leftOff, notice: null, recent: [], working: null };
    reader.send({ type: "opened", ...opened });
    for (const [count, adds] of [
      [10, false],
      [20, true],
      [30, true],
    ] as const) {
      shows(reader, coming.more(count), adds);
      assert.deepEqual([reader.model.cursor, leaveOff(reader.model).paper], [0, paper], sort);
    }
    shows(reader, coming.more(40), true);
    assert.deepEqual([reader.current, leaveOff(reader.model).paper], ["Paper 70", paper], sort);
    shows(reader, coming.more(40), true);
    assert.equal(reader.current, "Paper 70", sort);
    const moved = new Reader([]).send({ type: "opened", ...opened });
    shows(moved, new Coming().more(10), false).type("jk");
    assert.equal(leaveOff(moved.model).paper, moved.model.listing.id(moved.model.shown[0] as number), sort);
  }
});
