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
import { hasMark, markBits, opposite } from "../../source/papers/marks.js";
import { makePaper } from "../../source/papers/paper.js";
import { clockFrom, line, linesOf, mark, temporaryDirectory } from "./support.js";

const now = clockFrom("2026-11-23T08:00:00.000Z");

test("a library that was never used is empty, has no problems and leaves no trace", (t) => {
  const state = join(temporaryDirectory(t), "state");
  const { library, problems } = openLibrary(state, "laptop", now);
  assert.deepEqual([library.size, library.bits("1"), library.undoable, library.redoable], [0, 0, 0, 0]);
  assert.equal(library.undo(), null);
  assert.equal(library.redo(), null);
  assert.deepEqual(problems, []);
  assert.ok(!existsSync(state));
});

test("marks are there after a restart", (t) => {
  const state = join(temporaryDirectory(t), "state", "papers-tui");
  const first = openLibrary(state, "laptop", now).library;
  const { change, error } = first.record("starred", [mark("2510.22543", "starred", true)]);
  assert.equal(error, null);
  assert.equal(change.label, "starred");
  first.record("2 marked read", [mark("2510.22543", "read", true), mark("2509.00001", "read", true)]);
  first.record("unstarred", [mark("2510.22543", "starred", false)]);
  first.record("read later", [mark("title:langevin", "later", true)]);
  first.record("not later", [mark("title:langevin", "later", false)]);
  for (const library of [first, openLibrary(state, "laptop", now).library]) {
    assert.equal(library.bits("2510.22543"), markBits.read);
    assert.equal(library.bits("2509.00001"), markBits.read);
    assert.equal(library.bits("title:langevin"), 0);
    assert.equal(library.size, 2);
    assert.equal(library.undoable, 5);
  }
  assert.equal(linesOf(join(state, "marks-laptop.jsonl")).length, 5);
});

test("nobody else can read the journal", { skip: process.platform === "win32" }, (t) => {
  const state = join(temporaryDirectory(t), "state");
  openLibrary(state, "laptop", now).library.record("starred", [mark("1", "starred", true)]);
  assert.equal(statSync(state).mode & 0o777, 0o700);
  assert.equal(statSync(join(state, "marks-laptop.jsonl")).mode & 0o777, 0o600);
});

test("a state directory that is a link is followed", { skip: process.platform === "win32" }, (t) => {
  const home = temporaryDirectory(t);
  mkdirSync(join(home, "real"));
  symlinkSync(join(home, "real"), join(home, "state"));
  openLibrary(join(home, "state"), "laptop", now).library.record("starred", [mark("1", "starred", true)]);
  assert.deepEqual(readdirSync(join(home, "real")), ["marks-laptop.jsonl"]);
  assert.equal(openLibrary(join(home, "real"), "laptop", now).library.size, 1);
});

test("a change of no papers is nothing to undo and is not written", (t) => {
  const state = join(temporaryDirectory(t), "state");
  const { library } = openLibrary(state, "laptop", now);
  assert.equal(library.record("0 marked read", []).error, null);
  assert.equal(library.undoable, 0);
  assert.ok(!existsSync(state));
});

test("undo and redo give the values as they now are, and hold after a restart", (t) => {
  const state = temporaryDirectory(t);
  let { library } = openLibrary(state, "laptop", now);
  const star = library.record("starred", [mark("1", "starred", true)]).change;
  const read = library.record("2 marked read", [mark("1", "read", true), mark("2", "read", true)]).change;

  ({ library } = openLibrary(state, "laptop", now));
  const undone = library.undo();
  assert.equal(undone?.change.id, read.id);
  assert.equal(undone?.change.label, "2 marked read");
  assert.equal(undone?.error, null);
  assert.deepEqual(undone?.papers, opposite(read));
  assert.deepEqual([library.bits("1"), library.bits("2")], [markBits.starred, 0]);

  ({ library } = openLibrary(state, "laptop", now));
  assert.deepEqual([library.undoable, library.redoable], [1, 1]);
  assert.equal(library.undo()?.change.id, star.id);
  assert.equal(library.undo(), null);
  assert.equal(library.size, 0);

  ({ library } = openLibrary(state, "laptop", now));
  assert.equal(library.redo()?.change.id, star.id);
  const redone = library.redo();
  assert.deepEqual([redone?.change.id, redone?.papers], [read.id, read.papers]);
  assert.equal(library.redo(), null);
  assert.equal(library.bits("1"), markBits.starred | markBits.read);

  ({ library } = openLibrary(state, "laptop", now));
  assert.deepEqual([library.undoable, library.redoable, library.size], [2, 0, 2]);
});

test("after a new change there is nothing to redo, also not after a restart", (t) => {
  const state = temporaryDirectory(t);
  const { library } = openLibrary(state, "laptop", now);
  library.record("starred", [mark("1", "starred", true)]);
  library.undo();
  assert.equal(library.redoable, 1);
  library.record("read", [mark("2", "read", true)]);
  for (const one of [library, openLibrary(state, "laptop", now).library]) {
    assert.deepEqual([one.undoable, one.redoable, one.redo()], [1, 0, null]);
  }
});

test("two programs open at once lose nothing of each other", (t) => {
  const state = temporaryDirectory(t);
  const same = () => 1_795_000_000_000;
  const one = openLibrary(state, "laptop", same).library;
  const two = openLibrary(state, "laptop", same).library;
  const ids = new Set<string>();
  for (let number = 0; number < 50; number++) {
    ids.add(one.record("read", [mark(`one-${number}`, "read", true)]).change.id);
    ids.add(two.record("read", [mark(`two-${number}`, "read", true)]).change.id);
  }
  assert.equal(ids.size, 100);
  const { library, problems } = openLibrary(state, "laptop", same);
  assert.deepEqual([library.size, library.undoable, problems], [100, 100, []]);
});

test("marks of all machines are seen; what was done on this one can be undone on it", (t) => {
  const state = temporaryDirectory(t);
  openLibrary(state, "laptop", now).library.record("starred", [mark("1", "starred", true)]);
  openLibrary(state, "desktop", now).library.record("read", [mark("2", "read", true)]);
  const { library } = openLibrary(state, "laptop", now);
  assert.equal(library.size, 2);
  assert.equal(library.undoable, 1);
  assert.equal(library.undo()?.change.label, "starred");
  assert.deepEqual(readdirSync(state).sort(), ["marks-desktop.jsonl", "marks-laptop.jsonl"]);
});

test("what is decided after seeing another machine's mark wins, though that machine's clock is ahead", (t) => {
  const state = temporaryDirectory(t);
  const ahead = clockFrom("2026-11-23T20:00:00.000Z");
  openLibrary(state, "zebra", ahead).library.record("starred", [mark("1", "starred", true)]);
  const { library } = openLibrary(state, "laptop", now);
  assert.ok(hasMark(library.bits("1"), "starred"));
  library.record("unstarred", [mark("1", "starred", false)]);
  library.record("read", [mark("1", "read", true)]);
  assert.equal(openLibrary(state, "laptop", now).library.bits("1"), markBits.read);
  assert.equal(openLibrary(state, "zebra", ahead).library.bits("1"), markBits.read);
});

test("so it does where that machine's clock went back since", (t) => {
  const state = temporaryDirectory(t);
  const lines = [
    line("zebra:r-1", "2026-11-23T20:00:00.000Z", "1", "starred", true),
    line("zebra:r-2", "2026-11-23T02:00:00.000Z", "1", "read", true),
  ];
  writeFileSync(join(state, "marks-zebra.jsonl"), lines.join(""));
  const { library } = openLibrary(state, "laptop", now);
  library.record("unstarred, unread", [mark("1", "starred", false), mark("1", "read", false)]);
  assert.equal(openLibrary(state, "laptop", now).library.bits("1"), 0);
});

test("lines from the far future are reported, kept and without effect; what is marked now counts", (t) => {
  for (const [at, orderedAt, isDamaged] of [
    ["9999-12-31T23:59:59.999Z", undefined, true],
    ["9000-01-01T00:00:00.000Z", undefined, true],
    ["2026-11-23T07:00:00.000Z", "9999-12-31T23:59:59.998Z", true],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z", true],
    ["8999-12-31T23:59:59.999Z", undefined, false],
    ["8999-12-31T23:59:59.999Z", "9400-12-31T23:59:59.999Z", false],
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
      assert.equal(openLibrary(state, machine, now).library.bits("1"), markBits.read, `${at} on ${machine}`);
    }
    assert.equal(readFileSync(path, "utf8"), text);
  }
});

test("a clock beyond all bounds still makes marks that count", (t) => {
  const state = temporaryDirectory(t);
  const late = () => Date.parse("9999-06-01T00:00:00.000Z");
  const { library } = openLibrary(state, "laptop", late);
  library.record("starred", [mark("1", "starred", true)]);
  library.record("unstarred", [mark("1", "starred", false)]);
  const again = openLibrary(state, "laptop", now);
  assert.deepEqual([again.library.bits("1"), again.library.undoable, again.problems], [0, 2, []]);
});

test("the marks of a listing are those of its papers, whether it is packed or not", (t) => {
  const state = temporaryDirectory(t);
  const ids = Array.from({ length: 6_000 }, (_, at) =>
    at % 7 === 0 ? `doi:10.1000/größe-${at}` : at % 11 === 0 ? `title:日本-${at}` : `2510.${at}`,
  );
  const { library } = openLibrary(state, "laptop", now);
  const marked = ids.filter((_, at) => at % 13 === 0);
  library.record(
    "starred",
    [...marked, "2510.none"].map((id) => mark(id, "starred", true)),
  );
  library.record(
    "unstarred",
    marked.filter((_, at) => at % 2 === 0).map((id) => mark(id, "starred", false)),
  );
  const papers = ids.map((id) => makePaper({ id, title: `Paper ${id}` }));
  for (const again of [library, openLibrary(state, "laptop", now).library]) {
    for (const count of [papers.length, 4_000]) {
      const listing = makeListing("", { papers: papers.slice(0, count), day: null, problems: [] });
      assert.equal(listing.packed !== null, count > 5_000);
      const bits = again.bitsOf(listing);
      assert.deepEqual(
        bits,
        Uint8Array.from(ids.slice(0, count), (id) => again.bits(id)),
      );
      assert.equal(bits.filter((one) => one !== 0).length > 100, true);
    }
  }
});
