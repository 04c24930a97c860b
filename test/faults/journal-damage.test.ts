import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { decodeLine } from "../../source/library/journal/format.js";
import { openLibrary } from "../../source/library/library.js";
import { markBits } from "../../source/papers/marks.js";
import { bitsOf, clockFrom, line, linesOf, mark, temporaryDirectory, undoable } from "../library/support.js";

const now = clockFrom("2026-11-23T08:00:00.000Z");
const at = "2026-11-23T07:00:00.000Z";
const good = (number: number) => line(`laptop:r-${number}`, at, `${number}`, "starred", true);

/** A library over a journal with that text; at the end the text must still be there, untouched. */
function open(t: TestContext, text: string | Buffer) {
  const state = temporaryDirectory(t);
  const path = join(state, "marks-laptop.jsonl");
  writeFileSync(path, text);
  const opened = openLibrary(state, "laptop", now);
  const reopen = () => {
    const bytes = readFileSync(path);
    assert.deepEqual(bytes.subarray(0, text.length), Buffer.from(text), "what was there is untouched");
    return openLibrary(state, "laptop", now);
  };
  return { ...opened, reopen, path, state };
}

test("a torn last line is skipped and said, and spoils nothing written after it", (t) => {
  const { library, problems, reopen, path } = open(t, good(1) + good(2).slice(0, 60));
  assert.deepEqual(bitsOf(library, "1", "2"), [markBits.starred, 0]);
  assert.deepEqual(problems, [
    "1 line of the journal could not be read and was skipped (marks-laptop.jsonl:2)",
  ]);
  library.record("read", [mark("3", "read", true)]);
  const again = reopen();
  assert.deepEqual([again.library.bits("3"), again.library.size], [markBits.read, 2]);
  assert.deepEqual(again.problems, problems);
  assert.equal(decodeLine(linesOf(path).at(-1) ?? "").entry?.label, "read", "it is on a line of its own");
});

test("a complete last line without a line break counts, and the next one is separate", (t) => {
  const { library, problems, reopen } = open(t, good(1).trimEnd());
  assert.deepEqual([library.size, problems], [1, []]);
  library.record("read", [mark("2", "read", true)]);
  const again = reopen();
  assert.deepEqual([again.library.size, again.problems], [2, []]);
});

test("a line that broke off and was then written whole is nothing to worry about", (t) => {
  const { library, problems } = open(t, `${good(1)}${good(2).slice(0, 50)}\n${good(2)}${good(3)}`);
  assert.deepEqual([library.size, problems], [3, []]);
});

test("a line that another process wrote right after a torn one is found", (t) => {
  const { library, problems } = open(t, `${good(1)}${good(2).slice(0, 50)}${good(3)}`);
  assert.deepEqual(bitsOf(library, "2", "3"), [0, markBits.starred]);
  assert.equal(problems.length, 1);
});

test("foreign lines, NUL bytes and bad UTF-8 are skipped and said with their places", (t) => {
  const text = Buffer.concat([
    Buffer.from("\uFEFF"),
    Buffer.from(good(1)),
    Buffer.from('<<<<<<< HEAD\n{"hello":"world"}\n'),
    Buffer.alloc(20),
    Buffer.from(`\n\n  \r\n${good(2).replace("\n", "\r\n")}`),
    Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x0a]),
    Buffer.from(good(3).replace("Paper 3", "Paper \u00e9"), "latin1"),
  ]);
  const { library, problems, reopen } = open(t, text);
  assert.deepEqual(bitsOf(library, "1", "2", "3"), [2, 2, 2]);
  assert.deepEqual(problems, [
    "4 lines of the journal could not be read and were skipped (marks-laptop.jsonl:2, marks-laptop.jsonl:3, marks-laptop.jsonl:4, …)",
  ]);
  library.record("read", [mark("4", "read", true)]);
  assert.equal(reopen().library.size, 4);
});

test("lines of a newer version are left alone and said", (t) => {
  const { library, problems, reopen } = open(t, good(1) + good(2).replace('"v":1', '"v":2') + good(3));
  assert.equal(library.size, 2);
  assert.deepEqual(problems, [
    "1 line of the journal was written by a newer papers-tui and left alone (marks-laptop.jsonl:2): update to see those marks",
  ]);
  library.record("read", [mark("4", "read", true)]);
  assert.equal(reopen().library.size, 3);
});

test("a repeated line is one change, to count and to undo", (t) => {
  const unstar = line("laptop:r-2", at, "1", "starred", false);
  const { library, problems } = open(t, good(1) + unstar + good(1));
  assert.deepEqual([library.size, undoable(library), problems], [0, 2, []]);
});

test("lines of another machine in this machine's journal count, but are not undone here", (t) => {
  const { library } = open(t, good(1) + line("desktop:r-1", at, "2", "read", true));
  assert.deepEqual([library.size, undoable(library)], [2, 1]);
});

test("a journal longer than is read at a time is read whole, letters of several bytes too", (t) => {
  let text = "";
  for (let number = 1; number <= 12_000; number++) {
    text += good(number).replace("Paper", `論文 ${"é".repeat(number % 90)}`);
  }
  assert.ok(Buffer.byteLength(text) > 2 * 1024 * 1024);
  const { library, problems } = open(t, text);
  assert.deepEqual([library.size, problems], [12_000, []]);
});

test("a line longer than is read at a time is one change", (t) => {
  const { library, reopen } = open(t, good(1));
  const papers = Array.from({ length: 20_000 }, (_, index) => mark(`big-${index}`, "read", true));
  assert.equal(library.record("20000 marked read", papers).error, null);
  const again = reopen();
  assert.deepEqual([again.library.size, again.problems], [20_001, []]);
  again.library.undo();
  assert.equal(reopen().library.size, 1);
});

test("a journal that is no file is reported; other marks are seen, and new ones are saved beside it", (t) => {
  const { state } = open(t, good(1));
  mkdirSync(join(state, "marks-desktop.jsonl"));
  const { library, problems } = openLibrary(state, "desktop", now);
  assert.equal(library.size, 1);
  assert.match(problems.join(), /Marks could not be read: .*marks-desktop\.jsonl is a folder /);
  assert.equal(library.record("read", [mark("2", "read", true)]).error, null);
  assert.equal(linesOf(join(state, "marks-desktop-2.jsonl")).length, 1);
  assert.equal(openLibrary(state, "desktop", now).library.undo()[0]?.change.label, "read");
});

test("another machine's journal that cannot be read does not keep this one's from being saved", (t) => {
  const { state, reopen } = open(t, good(1));
  mkdirSync(join(state, "marks-desktop.jsonl"));
  const { library, problems } = openLibrary(state, "laptop", now);
  assert.equal(problems.length, 1);
  assert.equal(library.record("read", [mark("2", "read", true)]).error, null);
  assert.equal(reopen().library.size, 2);
});

test("other files in the state directory are none of ours", (t) => {
  const { state } = open(t, good(1));
  writeFileSync(join(state, "notes.txt"), "hello");
  writeFileSync(join(state, "marks.jsonl.bak"), "hello");
  assert.deepEqual(openLibrary(state, "laptop", now).problems, []);
});

test("what another program appends while this one runs is neither lost nor run into", (t) => {
  const { library, path, reopen } = open(t, good(1));
  appendFileSync(path, good(2).slice(0, 40));
  library.record("read", [mark("3", "read", true)]);
  appendFileSync(path, good(4));
  const again = reopen();
  assert.deepEqual(
    ["1", "3", "4"].map((paper) => again.library.bits(paper) !== 0),
    [true, true, true],
  );
});
