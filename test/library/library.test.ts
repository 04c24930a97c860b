import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openLibrary } from "../../source/library/library.js";
import { makeListing } from "../../source/papers/listing.js";
import { markBits, opposite } from "../../source/papers/marks.js";
import { makePaper } from "../../source/papers/paper.js";
import { bitsOf, fresh, line, linesOf, mark, now, open, temporaryDirectory, undoable } from "./support.js";

test("a library that was never used is empty, has no problems and leaves no trace, nor does a change of no papers", (t) => {
  const state = join(temporaryDirectory(t), "state");
  const { library, problems } = openLibrary(state, "laptop", now);
  assert.deepEqual([library.size, library.bits("1"), undoable(library), library.redoable], [0, 0, 0, 0]);
  assert.deepEqual(library.undo(), []);
  assert.deepEqual(library.redo(), []);
  assert.equal(library.record("0 marked read", []).error, null);
  assert.deepEqual([library.history(), problems], [[], []]);
  assert.ok(!existsSync(state));
});

test("marks are there after a restart, one line of the journal for each change", (t) => {
  const state = join(temporaryDirectory(t), "state", "papers-tui");
  const first = open(state);
  const { change, error } = first.record("starred", [mark("1", "starred", true)]);
  assert.deepEqual([change.label, error], ["starred", null]);
  first.record("2 marked read", [mark("1", "read", true), mark("2", "read", true)]);
  first.record("unstarred", [mark("1", "starred", false)]);
  first.record("read later", [mark("title:langevin", "later", true)]);
  first.record("not later", [mark("title:langevin", "later", false)]);
  for (const library of [first, open(state)]) {
    assert.deepEqual(bitsOf(library, "1", "2", "title:langevin"), [markBits.read, markBits.read, 0]);
    assert.deepEqual([library.size, undoable(library)], [2, 5]);
  }
  assert.equal(linesOf(join(state, "marks-laptop.jsonl")).length, 5);
});

test("the journal is for its owner, and a state directory that is a link is followed", {
  skip: process.platform === "win32",
}, (t) => {
  const home = temporaryDirectory(t);
  symlinkSync(join(home, "real"), join(home, "state"));
  mkdirSync(join(home, "real"));
  for (const name of ["state", "new"]) open(join(home, name)).record("starred", [mark("1", "starred", true)]);
  assert.deepEqual(readdirSync(join(home, "real")), ["marks-laptop.jsonl"]);
  assert.equal(open(join(home, "real")).size, 1);
  assert.equal(statSync(join(home, "new")).mode & 0o777, 0o700);
  assert.equal(statSync(join(home, "new", "marks-laptop.jsonl")).mode & 0o777, 0o600);
});

test("undo and redo give the values as they now are, and hold after a restart", (t) => {
  const { state, library } = fresh(t);
  const star = library.record("starred", [mark("1", "starred", true)]).change;
  const read = library.record("2 marked read", [mark("1", "read", true), mark("2", "read", true)]).change;
  assert.deepEqual(open(state).undo(), [{ change: read, error: null, papers: opposite(read) }]);
  assert.deepEqual(bitsOf(open(state), "1", "2"), [markBits.starred, 0]);
  const undoing = open(state);
  assert.deepEqual([undoable(undoing), undoing.redoable], [1, 1]);
  assert.equal(undoing.undo()[0]?.change.id, star.id);
  assert.deepEqual([undoing.undo(), undoing.size], [[], 0]);
  const redoing = open(state);
  assert.equal(redoing.redo()[0]?.change.id, star.id);
  assert.deepEqual(redoing.redo(), [{ change: read, error: null, papers: read.papers }]);
  assert.deepEqual(redoing.redo(), []);
  const again = open(state);
  assert.deepEqual([undoable(again), again.redoable, again.size], [2, 0, 2]);
  assert.equal(again.bits("1"), markBits.starred | markBits.read);
});

test("what is decided after seeing another machine's mark wins, though its clock is ahead or has gone back since", (t) => {
  const state = temporaryDirectory(t);
  const lines = [
    line("zebra:r-1", "2026-11-23T20:00:00.000Z", "1", "starred", true),
    line("zebra:r-2", "2026-11-23T02:00:00.000Z", "1", "read", true),
  ];
  writeFileSync(join(state, "marks-zebra.jsonl"), lines.join(""));
  const library = open(state);
  assert.equal(library.bits("1"), markBits.starred | markBits.read);
  library.record("unstarred, unread", [mark("1", "starred", false), mark("1", "read", false)]);
  library.record("later", [mark("1", "later", true)]);
  for (const machine of ["laptop", "zebra"]) assert.equal(open(state, machine).bits("1"), markBits.later);
  // Another terminal has not taken in yet what the last one has just marked.
  const other = open(state);
  library.record("read", [mark("3", "read", true)]);
  other.record("unread", [mark("3", "read", false)]);
  assert.equal(open(state).bits("3"), 0);
  // Also where the other machine's journal is gone for a while, as while a sync replaces it.
  const path = join(state, "marks-zebra.jsonl");
  const ahead = lines.join("") + line("zebra:r-3", "2026-11-24T20:00:00.000Z", "2", "starred", true);
  for (const text of [ahead, lines[0] as string, ahead]) {
    writeFileSync(path, text);
    library.refresh();
    if (text !== ahead) library.record("unstarred", [mark("2", "starred", false)]);
  }
  for (const one of [library, open(state)]) assert.equal(one.bits("2"), 0);
});

test("lines from the far future are reported, kept and without effect; what is marked now counts", (t) => {
  for (const [at, orderedAt, isDamaged] of [
    ["9999-12-31T23:59:59.999Z", undefined, true],
    ["9000-01-01T00:00:00.000Z", undefined, true],
    ["2026-11-23T07:00:00.000Z", "9999-12-31T23:59:59.998Z", true],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z", true],
    ["8999-12-31T23:59:59.999Z", undefined, false],
    ["8999-12-31T23:59:59.999Z", "9400-12-31T23:59:59.999Z", false],
    ["2026-11-23T07:00:00.000Z", "9499-12-31T23:59:59.999Z", false],
    ["2026-11-23T07:00:00.000Z", "9499-12-31T23:59:59.999Z99", false],
    ["2099-01-01T00:00:00.000Z", undefined, false],
  ] as const) {
    const state = temporaryDirectory(t);
    const path = join(state, "marks-zebra.jsonl");
    const text = line("zebra:r-1", at, "1", "starred", true, orderedAt ? { orderedAt } : {});
    writeFileSync(path, text);
    const { library, problems } = openLibrary(state, "laptop", now);
    assert.equal(library.bits("1"), isDamaged ? 0 : markBits.starred);
    const message = "1 line of the journal is dated in the far future and was skipped (marks-zebra.jsonl:1)";
    assert.deepEqual(problems, isDamaged ? [message] : []);
    assert.equal(library.record("unstarred", [mark("1", "starred", false)]).error, null);
    assert.equal(library.record("read", [mark("1", "read", true)]).error, null);
    for (const machine of ["laptop", "zebra"]) {
      assert.equal(open(state, machine).bits("1"), markBits.read, `${at} on ${machine}`);
    }
    assert.equal(readFileSync(path, "utf8"), text);
  }
});

test("there is a later time after every valid line, however late, and under a clock beyond all bounds", (t) => {
  const state = temporaryDirectory(t);
  const orderedAt = "9499-12-31T23:59:59.998Z";
  const text = line("zebra:r-1", "2026-11-23T07:00:00.000Z", "1", "starred", true, { orderedAt });
  writeFileSync(join(state, "marks-zebra.jsonl"), text);
  const beyond = () => Date.parse("9999-06-01T00:00:00.000Z");
  // The names of the two machines sort differently: at equal times the greater one would win.
  for (let count = 0; count < 40; count += 1) {
    const machine = ["laptop", "zebra"][count % 2] as string;
    const isStarred = count % 3 === 0;
    const { library } = openLibrary(state, machine, count % 5 === 0 ? beyond : now);
    assert.equal(library.record("star", [mark("1", "starred", isStarred)]).error, null);
    const again = openLibrary(state, "laptop", now);
    assert.equal(again.library.bits("1"), isStarred ? markBits.starred : 0, `mark ${count}`);
    assert.deepEqual(again.problems, []);
  }
});

test("the marks of a listing are those of its papers, whether it is packed or not", (t) => {
  const state = temporaryDirectory(t);
  const ids = Array.from({ length: 6_000 }, (_, at) =>
    at % 7 === 0 ? `doi:10.1000/größe-${at}` : at % 11 === 0 ? `title:日本-${at}` : `2510.${at}`,
  );
  const library = open(state);
  const star = (papers: readonly string[], on: boolean) =>
    library.record(
      "starred",
      papers.map((id) => mark(id, "starred", on)),
    );
  const marked = ids.filter((_, at) => at % 13 === 0);
  star([...marked, "2510.none"], true);
  star(marked.slice(0, 200), false);
  const papers = ids.map((id) => makePaper({ id, title: `Paper ${id}` }));
  for (const again of [library, open(state)]) {
    for (const count of [papers.length, 4_000]) {
      const listing = makeListing("", { papers: papers.slice(0, count), day: null, problems: [] });
      assert.equal(listing.packed !== null, count > 5_000);
      const bits = again.bitsOf(listing);
      assert.deepEqual([...bits], bitsOf(again, ...ids.slice(0, count)));
      assert.ok(bits.filter((one) => one !== 0).length > 100);
    }
  }
});
