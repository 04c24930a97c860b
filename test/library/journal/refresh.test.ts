import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Library, openLibrary } from "../../../source/library/library.js";
import { markBits } from "../../../source/papers/marks.js";
import { isLong } from "../../support/long.js";
import { fresh, line, mark, now, open, shown, temporaryDirectory, undoable } from "../support.js";

const at = (minute: number) => `2026-11-23T07:0${minute}:00.000Z`;
const star = (library: Library, paper: string) => library.record("starred", [mark(paper, "starred", true)]);

test("what one terminal marks is seen by the other, once", (t) => {
  const { state, library: one } = fresh(t);
  const two = open(state);
  star(one, "1");
  assert.deepEqual(shown(two.refresh()), ["1 starred"]);
  assert.deepEqual(two.refresh(), []);
  assert.equal(two.bits("1"), markBits.starred);
  two.record("unstarred", [mark("1", "starred", false)]);
  assert.deepEqual(two.refresh(), [], "its own changes are no news");
  assert.deepEqual(shown(one.refresh()), ["1"]);
  assert.deepEqual([undoable(one), undoable(two)], [2, 2]);
  assert.equal(one.undo()[0]?.change.label, "unstarred", "the other terminal's change is undone here");
  assert.deepEqual(shown(two.refresh()), ["1 starred"]);
  assert.deepEqual([undoable(two), two.redoable], [1, 1]);
});

test("a line that is half there, at the start or later, is taken in when it is whole", (t) => {
  const { state, library } = fresh(t);
  const path = join(state, "marks-laptop.jsonl");
  star(library, "1");
  library.refresh();
  const coming = line("laptop:r-1", "2026-11-24T08:00:00.000Z", "2", "later", true);
  appendFileSync(path, coming.slice(0, 50));
  assert.deepEqual(library.refresh(), []);
  const started = openLibrary(state, "laptop", now);
  assert.match(started.problems.join(), /^1 line of the journal could not be read .*laptop\.jsonl:2\)$/);
  appendFileSync(path, coming.slice(50));
  for (const one of [library, started.library]) assert.deepEqual(shown(one.refresh()), ["2 later"]);
  assert.deepEqual(openLibrary(state, "laptop", now).problems, []);
});

test("a line that cannot be read is reported at each start, also one that came before the snapshot was kept", (t) => {
  const state = temporaryDirectory(t);
  const place = { cache: temporaryDirectory(t), codeHash: "1" };
  const { library } = openLibrary(state, "laptop", now, place);
  star(library, "1");
  appendFileSync(join(state, "marks-laptop.jsonl"), '<<<<<<< HEAD\n{"v":1,"id":"x\n');
  star(library, "2");
  library.keepSnapshot(1);
  const again = openLibrary(state, "laptop", now, place);
  assert.ok(again.library.bytesInSnapshot > 0);
  assert.match(again.problems.join(), /^2 lines of the journal could not be read .*laptop\.jsonl:2, .*:3\)$/);
});

test("another machine's journal is seen when a sync brings it, replaces it or shortens it", (t) => {
  const { state, library } = fresh(t);
  const path = join(state, "marks-desktop.jsonl");
  star(library, "1");
  const first = line("desktop:r-1", at(1), "2", "read", true);
  const second = line("desktop:r-2", at(2), "1", "starred", false);
  const third = line("desktop:r-3", at(3), "3", "later", true);
  const bring = (text: string) => {
    writeFileSync(`${path}.tmp`, text);
    renameSync(`${path}.tmp`, path);
    return library.refresh();
  };
  assert.deepEqual(shown(bring(first)), ["2 read"]);
  assert.deepEqual(bring(first + second), [], "made before the star here, so the star stays");
  assert.deepEqual(shown(bring(first + second + third)), ["3 later"]);
  assert.deepEqual(shown(bring(third)), ["2"]);
  assert.equal(undoable(library), 1, "only what was done here");
  const again = open(state);
  for (const paper of ["1", "2", "3"]) assert.equal(again.bits(paper), library.bits(paper));
});

test("a journal that loses what it had gets this session's marks again", (t) => {
  const { state, library } = fresh(t);
  const path = join(state, "marks-laptop.jsonl");
  for (const paper of ["1", "2"]) star(library, paper);
  const before = readFileSync(path);
  library.refresh();
  writeFileSync(path, before.subarray(0, before.indexOf("\n") + 1));
  assert.deepEqual(library.refresh(), []);
  assert.equal(open(state).size, 2);
  assert.equal(undoable(library), 2);
  rmSync(state, { recursive: true });
  assert.deepEqual(library.refresh(), [], "what is known is still known");
  assert.equal(library.size, 2);
});

test("a journal that cannot be read is left, and read when it can be", {
  skip: process.getuid?.() === 0 && "root may read everything",
}, (t) => {
  const state = temporaryDirectory(t);
  const path = join(state, "marks-desktop.jsonl");
  writeFileSync(path, line("desktop:r-1", at(1), "2", "read", true));
  const library = open(state);
  chmodSync(path, 0);
  writeFileSync(join(state, "marks-other.jsonl"), line("o:r-1", at(1), "3", "read", true));
  assert.deepEqual(library.refresh(), []);
  assert.equal(library.bits("2"), markBits.read);
  chmodSync(path, 0o600);
  assert.deepEqual(shown(library.refresh()), ["3 read"]);
});

test("processes marking at once lose nothing, and one that looks on sees it all", {
  skip: process.platform === "win32",
}, async (t) => {
  const state = temporaryDirectory(t);
  const { library } = openLibrary(state, "laptop", Date.now);
  const child = fileURLToPath(new URL("../marking-child.ts", import.meta.url));
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const printed = Array.from({ length: isLong ? 10 : 4 }, () => "");
  const seen = new Set<string>();
  const look = () => {
    for (const { paper } of library.refresh()) seen.add(paper);
  };
  await Promise.all(
    printed.map((_, index) => {
      const running = spawn(process.execPath, ["--import", "tsx", child, state, "laptop", "100", "300"], {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
      });
      running.stdout.setEncoding("utf8").on("data", (text: string) => {
        printed[index] += text;
        look();
      });
      return new Promise((resolve) => running.on("close", resolve));
    }),
  );
  const acknowledged = printed.join("").trim().split("\n");
  look();
  assert.equal(acknowledged.length, 100 * printed.length);
  for (const paper of acknowledged) assert.equal(library.bits(paper), markBits.read);
  assert.equal(seen.size, 100 * printed.length);
  assert.equal(openLibrary(state, "laptop", Date.now).library.size, 100 * printed.length);
});
