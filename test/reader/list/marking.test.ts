import assert from "node:assert/strict";
import { test } from "node:test";
import type { PaperChange } from "../../../source/papers/marks.js";
import { applyChanges } from "../../../source/reader/list/marking.js";
import { countViews } from "../../../source/reader/model.js";
import { Reader } from "../reader.js";

test("s stars and unstars, and the journal gets only real changes", () => {
  const reader = new Reader(3).type("js");
  assert.equal(reader.model.counts.starred, 1);
  assert.match(reader.model.notice?.text ?? "", /^starred/);
  reader.type("s");
  assert.equal(reader.model.counts.starred, 0);
  assert.deepEqual(
    reader.take().filter(({ type }) => type === "record"),
    [
      {
        type: "record",
        label: "starred",
        quiet: false,
        papers: [{ paper: "doi:10.5555/paper-2", title: "Paper 2", starred: true }],
        // The paper itself goes along, so that it can be listed when its listing is gone.
        keep: [reader.model.listing.paper(1)],
      },
      {
        type: "record",
        label: "unstarred",
        quiet: false,
        papers: [{ paper: "doi:10.5555/paper-2", title: "Paper 2", starred: false }],
        keep: [],
      },
    ],
  );
});

test("what was said of a mark goes when another terminal changes that mark, and only then", () => {
  const paper = "doi:10.5555/paper-1";
  const elsewhere = (...papers: PaperChange[]) =>
    new Reader(3).type("s").send({ type: "marked-elsewhere", papers }).model.notice?.text;
  const said = "starred · u undoes";
  assert.equal(elsewhere({ paper, title: "", starred: false }), undefined);
  assert.equal(elsewhere({ paper, title: "", starred: true }), said);
  assert.equal(elsewhere({ paper, title: "", later: true }), said);
  assert.equal(elsewhere({ paper: "doi:10.5555/paper-2", title: "", starred: false }), said);
  // What was undone here and is done again there is not undone any more.
  const papers = [{ paper, title: "", starred: false }];
  const undone = new Reader(3).send({
    type: "reverted",
    verb: "undid",
    label: "starred",
    papers,
    error: null,
  });
  assert.match(undone.model.notice?.text ?? "", /^undid: starred/);
  undone.send({ type: "marked-elsewhere", papers: [{ paper, title: "", starred: true }] });
  assert.equal(undone.model.notice, null);
});

test("m and L do the same for read and later", () => {
  const reader = new Reader(3).type("mL");
  assert.deepEqual([reader.model.counts.unread, reader.model.counts.later], [2, 1]);
  reader.type("mL");
  assert.deepEqual([reader.model.counts.unread, reader.model.counts.later], [3, 0]);
});

test("marking does not move the cursor and does not take the row away, until the view is entered anew", () => {
  const reader = new Reader(5).type("v");
  assert.equal(reader.model.view, "unread");
  reader.type("jm");
  assert.equal(reader.current, "Paper 2");
  assert.equal(reader.rows.length, 5);
  assert.equal(reader.model.counts.unread, 4);
  reader.type("vV");
  assert.deepEqual(reader.rows, ["Paper 1", "Paper 3", "Paper 4", "Paper 5"]);
  assert.equal(reader.current, "Paper 3");
});

test("M marks the rows of the present view only, and says how many", () => {
  const reader = new Reader([{ title: "Graph one" }, { title: "Other" }, { title: "Graph two" }]).type(
    "/graph\rM",
  );
  assert.equal(reader.model.counts.unread, 1);
  assert.equal(reader.model.notice?.text, "2 marked read · u undoes");
  reader.type("M");
  assert.equal(reader.model.notice?.text, "nothing unread here");
});

test("undo and redo ask the journal, and what it answers is shown and named", () => {
  const reader = new Reader(3).type("M");
  reader.take();
  reader.type("u");
  assert.deepEqual(reader.take(), [{ type: "undo" }]);
  const papers = [1, 2, 3].map((n) => ({
    paper: `doi:10.5555/paper-${n}`,
    title: `Paper ${n}`,
    read: false,
  }));
  reader.send({ type: "reverted", verb: "undid", label: "3 marked read", papers, error: null });
  assert.equal(reader.model.counts.unread, 3);
  assert.equal(reader.model.notice?.text, "undid: 3 marked read");
  reader.type("\x12");
  assert.deepEqual(reader.take(), [{ type: "redo" }]);
});

test("u tells whether the change of an earlier visit that it undoes is still named on the screen", () => {
  const reader = new Reader(3);
  const undoes = () => reader.take().filter(({ type }) => type === "undo");
  const name = () =>
    reader.send({ type: "noticed", notice: { text: "u again undoes …", tone: "info", namesUndo: true } });
  name().type("u");
  assert.deepEqual(undoes(), [{ type: "undo", isNamed: true }]);
  name().type("ju");
  assert.deepEqual(undoes(), [{ type: "undo" }]);
});

test("what undo brings back is in the view again, in its place, and what was marked meanwhile stays", () => {
  const reverted = (field: "read" | "starred", value: boolean, ...numbers: readonly number[]) => ({
    type: "reverted" as const,
    verb: "undid" as const,
    label: "marked",
    papers: numbers.map((n) => ({ paper: `doi:10.5555/paper-${n}`, title: `Paper ${n}`, [field]: value })),
    error: null,
  });
  const shown = (reader: Reader) => [...reader.model.shown];
  const emptied = new Reader(3).type("Mv");
  assert.deepEqual(shown(emptied), []);
  emptied.send(reverted("read", false, 1, 2, 3));
  assert.deepEqual(shown(emptied), [0, 1, 2]);
  assert.equal(emptied.model.cursor, 0);

  // Papers 2 and 4 are read before the view is chosen, 1 and 3 in it; the cursor is on 5.
  const partly = new Reader(5).type("jmjmvggmmG");
  const before = shown(partly);
  assert.equal(before.includes(1), false);
  partly.send(reverted("read", false, 2));
  assert.deepEqual(
    shown(partly),
    [...before, 1].sort((one, other) => one - other),
  );
  assert.equal(
    partly.model.listing.id(partly.model.shown[partly.model.cursor] as number),
    "doi:10.5555/paper-5",
  );

  const starred = new Reader(3).type("jsvvjs").type("vV");
  starred.send(reverted("starred", true, 2));
  assert.deepEqual(shown(starred), [1]);
  // What does not belong to the view comes into it no more than before.
  starred.send(reverted("starred", false, 3));
  assert.deepEqual(shown(starred), [1]);
});

test("an undone change of another paper is named with its title", () => {
  const reader = new Reader(3);
  const papers = [{ paper: "doi:10.5555/paper-3", title: "Paper 3", starred: false }];
  reader.send({ type: "reverted", verb: "undid", label: "starred", papers, error: null });
  assert.equal(reader.model.notice?.text, "undid: starred “Paper 3”");
});

test("a mark that could not be written says so", () => {
  const reader = new Reader(3);
  reader.send({
    type: "recorded",
    label: "starred",
    quiet: false,
    error: "1 change is not saved: disk full",
  });
  assert.deepEqual(reader.model.notice, {
    text: "1 change is not saved: disk full (starred)",
    tone: "error",
  });
});

test("a paper whose detail is looked at long enough becomes read, once, and quietly", () => {
  const reader = new Reader(3, { markReadAfter: 2 });
  reader.type("jk");
  assert.deepEqual(reader.take(), [
    { type: "dwell", paper: "doi:10.5555/paper-2", seconds: 2 },
    { type: "dwell", paper: "doi:10.5555/paper-1", seconds: 2 },
  ]);
  reader.type("j");
  assert.deepEqual(reader.take(), [{ type: "dwell", paper: "doi:10.5555/paper-2", seconds: 2 }]);
  reader.send({ type: "dwelled", paper: "doi:10.5555/paper-1" });
  assert.equal(reader.model.counts.unread, 3, "the cursor had gone on");
  reader.send({ type: "dwelled", paper: "doi:10.5555/paper-2" });
  assert.equal(reader.model.counts.unread, 2);
  assert.equal(reader.model.notice, null);
  reader.type("m");
  assert.equal(reader.model.counts.unread, 3);
  assert.deepEqual(
    reader.take().filter(({ type }) => type === "dwell"),
    [],
    "what was made unread stays so",
  );
});

const clocksOf = (reader: Reader) => reader.take().filter(({ type }) => type === "dwell").length;

test("the clock does not run for a paper that nobody went to", () => {
  const papers = [
    { title: "Graph one" },
    { title: "Other" },
    { title: "Graph two" },
    { title: "Graph three" },
  ];
  const reader = new Reader(papers, { markReadAfter: 2 });
  reader.send({ type: "started" }).send({ type: "resized", size: { columns: 119, rows: 36 } });
  reader.send({ type: "loaded", listing: reader.model.listing, marks: new Uint8Array(4) });
  assert.equal(clocksOf(reader), 0, "the first screen");
  for (const keys of ["/graph", "\r", "\x1b", "v", "V", "Su", "So", "?", "\x1b", "yy", "i"])
    assert.equal(clocksOf(reader.type(keys)), 0, keys);
  assert.equal(reader.model.counts.unread, 4);
  for (const keys of ["n", "N", "G", "g", "l", "hJ", "\x1b[B"])
    assert.equal(clocksOf(new Reader(papers, { markReadAfter: 2 }).type("j").type(keys)) > 0, true, keys);
});

test("the clock stops while a prompt or a panel is open, and in a triage", () => {
  for (const [open, close, keys] of [
    ["?", "\x1b", "j"],
    ["S", "\x1b", "j"],
    ["y", "\x1b", "j"],
    [":", "\x1b", "l"],
  ] as const) {
    const reader = new Reader(3, { markReadAfter: 2 }).type(keys);
    assert.equal(clocksOf(reader), 1);
    assert.deepEqual(reader.type(open).take().at(-1)?.type === "dwell", false);
    assert.equal(reader.model.lookingAt, null, open);
    assert.equal(clocksOf(reader.type(close)), 1, open);
  }
  // In the prompt, PgDn goes to a paper; it is looked at when the prompt is closed.
  const filtering = new Reader(30, { markReadAfter: 2 }).type("/paper\x1b[6~");
  assert.deepEqual([filtering.model.cursor, clocksOf(filtering)], [10, 0]);
  assert.equal(clocksOf(filtering.type("\r")), 1);
  const triage = new Reader(5, { markReadAfter: 2 }).type("Txx\x1b");
  assert.deepEqual([triage.model.mode, triage.current, clocksOf(triage)], ["browse", "Paper 3", 0]);
});

test("what was made unread again stays so, whatever is opened over it", () => {
  for (const keys of ["jmm", "jmm?\x1b", "jmmyy"]) {
    const reader = new Reader(3, { markReadAfter: 2 }).type(keys);
    assert.equal(reader.model.lookingAt, null, keys);
    reader.send({ type: "dwelled", paper: "doi:10.5555/paper-2" });
    assert.equal(reader.model.counts.unread, 3, keys);
  }
});

test("only by hand with markReadAfter 0; and never where no detail is on screen", () => {
  const byHand = new Reader(3, { markReadAfter: 0 }).type("j");
  assert.deepEqual(
    byHand.take().filter(({ type }) => type === "dwell"),
    [],
  );
  const small = new Reader(3, { markReadAfter: 2, columns: 50, rows: 12 }).type("j");
  assert.deepEqual(
    small.take().filter(({ type }) => type === "dwell"),
    [],
  );
});

test("while the help covers the detail nobody is looking at it", () => {
  const reader = new Reader(3, { markReadAfter: 2 }).type("j");
  reader.take();
  reader.type("?");
  assert.deepEqual(reader.take(), [{ type: "stop-dwelling" }]);
});

test("a listing read anew keeps the reader on the same paper", () => {
  const reader = new Reader(5).type("jj");
  const fresh = new Reader([
    { title: "New" },
    { title: "Paper 3", id: "doi:10.5555/paper-3" },
    { title: "Paper 1", id: "doi:10.5555/paper-1" },
  ]).model.listing;
  reader.send({ type: "loaded", listing: fresh, marks: new Uint8Array(3) });
  assert.equal(reader.current, "Paper 3");
  assert.deepEqual(reader.rows, ["New", "Paper 3", "Paper 1"]);
});

test("the counts stay those of the marks, whatever is marked and taken back", () => {
  const fields = ["read", "starred", "later"] as const;
  let model = new Reader(20).model;
  for (let step = 0; step < 300; step += 1) {
    const at = (step * 7) % 20;
    const changes = [at, (at + 3) % 20, at].map((one, index) => {
      const { id, title } = model.listing.paper(one);
      return { paper: id, title, [fields[(step + index) % 3] as string]: step % 5 < 3 };
    });
    model = applyChanges(model, [...changes, { paper: "title:elsewhere", title: "", read: true }]);
    assert.deepEqual(model.counts, countViews(model.marks));
  }
});
