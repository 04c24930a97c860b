import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { compactJournal } from "../../source/library/journal/compact.js";
import { openLibrary } from "../../source/library/library.js";
import { markBits } from "../../source/papers/marks.js";
import { moveState } from "../../source/sync/move.js";
import { bitsOf, line, mark, now, open, temporaryDirectory, undoable } from "../library/support.js";

const windows = process.platform === "win32";

test("the state directory goes into the folder and is a link from then on", { skip: windows }, (t) => {
  const home = temporaryDirectory(t);
  const [state, cloud] = [join(home, "state"), join(home, "cloud")];
  mkdirSync(cloud);
  const library = open(state);
  library.record("starred", [mark("1", "starred", true)]);
  const before = readFileSync(join(state, "marks-laptop.jsonl"));
  const moved = moveState(state, cloud, now);
  assert.ok(moved.done && !moved.already);
  assert.equal(moved.target, join(cloud, "papers-tui"));
  assert.ok(lstatSync(state).isSymbolicLink());
  assert.deepEqual(readFileSync(join(moved.backup ?? "", "marks-laptop.jsonl")), before);
  library.record("read", [mark("2", "read", true)]);
  const again = openLibrary(join(cloud, "papers-tui"), "laptop", now).library;
  assert.deepEqual([again.size, undoable(again)], [2, 2], "a terminal that was open goes on in the folder");
  assert.equal(lstatSync(join(cloud, "papers-tui")).mode & 0o777, 0o700);
  const twice = moveState(state, cloud, now);
  assert.ok(twice.done && twice.already && twice.backup === null);
});

test("a second machine joins: its files go beside those that are there", { skip: windows }, (t) => {
  const home = temporaryDirectory(t);
  const target = join(home, "cloud", "papers-tui");
  open(target).record("starred", [mark("1", "starred", true)]);
  const foreign = line("desktop:old-1", "2026-11-01T08:00:00.000Z", "9", "read", true);
  writeFileSync(join(target, "marks-desktop.jsonl"), foreign);
  const state = join(home, "state");
  open(state, "desktop").record("read", [mark("2", "read", true)]);
  assert.ok(moveState(state, join(home, "cloud"), now).done);
  assert.equal(readFileSync(join(target, "marks-desktop.jsonl"), "utf8"), foreign);
  const { library } = openLibrary(state, "desktop", now);
  assert.deepEqual(bitsOf(library, "1", "2", "9"), [markBits.starred, markBits.read, markBits.read]);
});

test("where nothing was marked yet there is only the link", { skip: windows }, (t) => {
  const home = temporaryDirectory(t);
  const state = join(home, "deep", "state");
  const moved = moveState(state, home, now);
  assert.ok(moved.done && moved.backup === null);
  open(state).record("read", [mark("2", "read", true)]);
  assert.deepEqual(readdirSync(join(home, "papers-tui")), ["marks-laptop.jsonl"]);
});

test("what could lose anything is refused, and everything stays", { skip: windows }, (t) => {
  const home = temporaryDirectory(t);
  const [state, cloud] = [join(home, "state"), join(home, "cloud")];
  mkdirSync(cloud);
  open(state).record("starred", [mark("1", "starred", true)]);
  const why = (directory: string) => {
    const moved = moveState(state, directory, now);
    return moved.done ? "done" : moved.why;
  };
  assert.match(why(join(home, "nowhere")), /there is no folder/);
  writeFileSync(join(home, "file"), "");
  assert.match(why(join(home, "file")), /is not a folder/);
  mkdirSync(join(state, "inside"));
  assert.match(why(join(state, "inside")), /inside/);
  assert.match(why(cloud), /inside is not a regular file/);
  rmSync(join(state, "inside"), { recursive: true });
  writeFileSync(join(state, "notes.txt"), "mine");
  mkdirSync(join(cloud, "papers-tui"), { recursive: true });
  writeFileSync(join(cloud, "papers-tui", "notes.txt"), "another");
  assert.match(why(cloud), /notes\.txt already exists/);
  assert.equal(readFileSync(join(cloud, "papers-tui", "notes.txt"), "utf8"), "another");
  assert.ok(lstatSync(state).isDirectory());
  assert.equal(open(state).size, 1);
  const elsewhere = join(home, "link");
  symlinkSync(state, elsewhere);
  assert.match(JSON.stringify(moveState(elsewhere, cloud, now)), /is a link to .* already/);
});

test("what other terminals mark while it is moved comes along", { skip: windows }, async (t) => {
  const home = temporaryDirectory(t);
  const [state, cloud] = [join(home, "state"), join(home, "cloud")];
  mkdirSync(cloud);
  const child = fileURLToPath(new URL("../library/marking-child.ts", import.meta.url));
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const printed = ["", "", ""];
  let isMoved = false;
  await Promise.all(
    printed.map((_, index) => {
      const running = spawn(process.execPath, ["--import", "tsx", child, state, "laptop", "3000", "20"], {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
      });
      running.stdout.setEncoding("utf8").on("data", (text: string) => {
        printed[index] += text;
        if (isMoved || printed.some((one) => one.length < 500)) return;
        isMoved = true;
        const moved = moveState(state, cloud, now);
        assert.ok(moved.done, JSON.stringify(moved));
      });
      return new Promise((resolve) => running.on("close", resolve));
    }),
  );
  assert.ok(isMoved);
  const acknowledged = printed.join("").trim().split("\n");
  const { library } = openLibrary(join(cloud, "papers-tui"), "laptop", now);
  assert.deepEqual(
    acknowledged.filter((paper) => library.bits(paper) !== markBits.read),
    [],
  );
});

test("a state directory that is moved meanwhile loses nothing", { skip: windows }, (t) => {
  const home = temporaryDirectory(t);
  const [state, cloud] = [join(home, "state"), join(home, "cloud")];
  mkdirSync(cloud);
  const library = open(state);
  for (let time = 1; time <= 9; time += 1) library.record("starred", [mark("1", "starred", time % 2 === 1)]);
  // Between the copy and the link, the journal is compacted and begun anew, shorter than it was.
  const moved = moveState(state, cloud, () => {
    compactJournal(state, "laptop");
    open(state).record("read", [mark("new", "read", true)]);
    return now();
  });
  assert.ok(moved.done);
  const there = openLibrary(join(cloud, "papers-tui"), "laptop", now).library;
  assert.deepEqual(bitsOf(there, "1", "new"), [markBits.starred, markBits.read]);
});
