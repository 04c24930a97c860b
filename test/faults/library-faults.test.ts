import assert from "node:assert/strict";
import { mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openLibrary } from "../../source/library/library.js";
import { markBits } from "../../source/papers/marks.js";
import { bitsOf, line, linesOf, mark, now, open, temporaryDirectory, undoable } from "../library/support.js";

test("a file where the state directory should be: an empty library that reports it and saves nothing", (t) => {
  const state = join(temporaryDirectory(t), "state");
  writeFileSync(state, "precious");
  const { library, problems } = openLibrary(state, "laptop", now);
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? "", /^Marks could not be read: a file is in the way .*\.$/);
  const { error } = library.record("starred", [mark("1", "starred", true)]);
  assert.match(error ?? "", /not saved/);
  assert.equal(library.bits("1"), markBits.starred);
  assert.match(library.undo()[0]?.error ?? "", /not saved/);
  assert.equal(library.bits("1"), 0);
  assert.match(library.flush() ?? "", /^2 changes are not saved: .* move it away\.$/, "said when leaving");
  assert.equal(readFileSync(state, "utf8"), "precious");
});

test("a mark that cannot be written is kept for the session and written with the next one", (t) => {
  const home = temporaryDirectory(t);
  const state = join(home, "state");
  const { library, problems } = openLibrary(state, "laptop", now);
  assert.deepEqual(problems, []);
  writeFileSync(state, "in the way");
  const first = library.record("starred", [mark("1", "starred", true)]);
  assert.match(first.error ?? "", /^1 change is not saved: a file is in the way .* move it away\.$/);
  assert.equal(library.bits("1"), markBits.starred);
  assert.match(library.undo()[0]?.error ?? "", /^2 changes are not saved: /);
  assert.match(library.redo()[0]?.error ?? "", /^3 changes are not saved: /);
  assert.match(library.flush() ?? "", /^3 changes are not saved: /);
  assert.equal(readFileSync(state, "utf8"), "in the way");

  rmSync(state);
  assert.equal(library.record("read", [mark("2", "read", true)]).error, null);
  assert.equal(library.flush(), null);
  assert.equal(linesOf(join(state, "marks-laptop.jsonl")).length, 4);
  const again = openLibrary(state, "laptop", now);
  assert.deepEqual([again.library.bits("1"), again.library.bits("2")], [markBits.starred, markBits.read]);
  assert.deepEqual([undoable(again.library), again.problems], [2, []]);
});

test("what is not on disk is in no snapshot either", (t) => {
  const state = temporaryDirectory(t);
  writeFileSync(
    join(state, "marks-desk.jsonl"),
    line("desk:r-1", "2026-11-22T07:00:00.000Z", "2", "read", true),
  );
  for (const name of ["laptop", "laptop-2", "laptop-3"]) mkdirSync(join(state, `marks-${name}.jsonl`));
  const place = { cache: join(temporaryDirectory(t), "cache"), codeHash: "1" };
  const { library } = openLibrary(state, "laptop", now, place);
  assert.match(library.record("starred", [mark("1", "starred", true)]).error ?? "", /not saved/);
  library.keepSnapshot(1);
  assert.deepEqual(bitsOf(openLibrary(state, "laptop", now, place).library, "1", "2"), [0, markBits.read]);
});

test("what could not be written is written when leaving, where it then can be", (t) => {
  const state = join(temporaryDirectory(t), "state");
  const library = open(state);
  writeFileSync(state, "in the way");
  library.record("starred", [mark("1", "starred", true)]);
  rmSync(state);
  assert.equal(library.flush(), null);
  assert.equal(open(state).size, 1);
});

test("a state directory removed while running is made anew, with every mark of the session", (t) => {
  const state = join(temporaryDirectory(t), "deep", "state");
  const library = open(state);
  library.record("starred", [mark("1", "starred", true)]);
  rmSync(join(state, ".."), { recursive: true });
  assert.equal(library.record("read", [mark("2", "read", true)]).error, null);
  const again = openLibrary(state, "laptop", now);
  assert.deepEqual([again.library.size, undoable(again.library), again.problems], [2, 2, []]);
});

test("a journal emptied or replaced while running gets every mark of the session again", (t) => {
  const state = temporaryDirectory(t);
  const path = join(state, "marks-laptop.jsonl");
  open(state).record("read", [mark("0", "read", true)]);
  const library = open(state);
  library.record("starred", [mark("1", "starred", true)]);
  truncateSync(path, 0);
  library.record("read", [mark("2", "read", true)]);
  renameSync(path, `${path}.bak`);
  library.record("later", [mark("3", "later", true)]);
  const again = open(state);
  assert.deepEqual(bitsOf(again, "1", "2", "3"), [2, 1, 4]);
  mkdirSync(join(state, "elsewhere"));
  renameSync(`${path}.bak`, join(state, "marks-old.jsonl"));
  assert.equal(undoable(open(state)), 3, "a copy of the same lines adds nothing");
});
