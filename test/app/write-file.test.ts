import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { writeFile } from "../../source/app/output/write-file.js";
import { temporaryDirectory } from "../library/support.js";

const onPosix = { skip: process.platform === "win32" };

test("a file is made, and an existing one is overwritten only on request", (t) => {
  const path = join(temporaryDirectory(t), "a.bib");
  assert.equal(writeFile(path, "one", { overwrite: false }), null);
  assert.equal(writeFile(path, "two", { overwrite: false }), "exists");
  assert.equal(readFileSync(path, "utf8"), "one");
  assert.equal(writeFile(path, "two", { overwrite: true }), null);
  assert.equal(readFileSync(path, "utf8"), "two");
  assert.match(writeFile(join(path, "b.bib"), "x", { overwrite: false }) ?? "", /a file is in the way/);
});

test("what is replaced keeps its permissions, and a link leads where it led", onPosix, (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "a.bib");
  writeFileSync(path, "one");
  chmodSync(path, 0o640);
  symlinkSync("a.bib", join(folder, "link.bib"));
  symlinkSync("nowhere.bib", join(folder, "dangling.bib"));
  assert.equal(writeFile(join(folder, "link.bib"), "two", { overwrite: true }), null);
  assert.equal(writeFile(join(folder, "dangling.bib"), "three", { overwrite: true }), null);
  assert.equal(readFileSync(path, "utf8"), "two");
  assert.equal(statSync(path).mode & 0o777, 0o640);
  assert.equal(readFileSync(join(folder, "nowhere.bib"), "utf8"), "three");
  assert.ok(lstatSync(join(folder, "link.bib")).isSymbolicLink());
  assert.ok(lstatSync(join(folder, "dangling.bib")).isSymbolicLink());
});

test("what is the reader's own business is for nobody else to read", onPosix, (t) => {
  const folder = temporaryDirectory(t);
  const mode = (name: string) => statSync(join(folder, name)).mode & 0o777;
  assert.equal(writeFile(join(folder, "new.json"), "{}", { overwrite: false, mode: 0o600 }), null);
  assert.equal(mode("new.json"), 0o600);
  assert.equal(writeFile(join(folder, "newer.json"), "{}", { overwrite: true, mode: 0o600 }), null);
  assert.equal(mode("newer.json"), 0o600);
  writeFile(join(folder, "shared.bib"), "x", { overwrite: false });
  assert.equal(mode("shared.bib"), 0o666 & ~process.umask());
});

test("pieces are written in order, and no file is left if one cannot be made", (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "a.bib");
  function* pieces(count: number, breaks: boolean): Generator<string> {
    for (let at = 0; at < count; at += 1) yield `${at} ${"x".repeat(1_000)}\n`;
    if (breaks) throw new Error("no more");
  }
  assert.equal(writeFile(path, pieces(3_000, false), { overwrite: false }), null);
  const lines = readFileSync(path, "utf8").split("\n");
  assert.deepEqual([lines.length, lines[2_999]?.slice(0, 5)], [3_001, "2999 "]);
  assert.match(writeFile(join(folder, "b.bib"), pieces(3_000, true), { overwrite: false }) ?? "", /no more/);
  assert.match(writeFile(path, pieces(3_000, true), { overwrite: true }) ?? "", /no more/);
  assert.deepEqual(readdirSync(folder), ["a.bib"]);
  assert.equal(readFileSync(path, "utf8").split("\n").length, 3_001);
});

test("a folder is refused, and so is a file that is protected from writing", onPosix, (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "a.bib");
  writeFileSync(path, "mine", { mode: 0o444 });
  assert.match(writeFile(folder, "x", { overwrite: true }) ?? "", /is a folder; add the name of a file/);
  assert.equal(writeFile(path, "x", { overwrite: false }), "exists");
  // Root may write to anything.
  if (process.getuid?.() === 0) return;
  assert.match(writeFile(path, "x", { overwrite: true }) ?? "", /no permission/);
  assert.equal(readFileSync(path, "utf8"), "mine");
});

test("a pipe is written to only where that is asked for, and stays a pipe", onPosix, (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "pipe.bib");
  execFileSync("mkfifo", [path]);
  const reader = spawn("cat", [path], { stdio: ["ignore", "ignore", "ignore"] });
  t.after(() => reader.kill());
  assert.match(writeFile(path, "through", { overwrite: true }) ?? "", /is a pipe or a device; choose a file/);
  assert.equal(writeFile(path, ["thr", "ough"], { overwrite: true, intoPipes: true }), null);
  assert.ok(statSync(path).isFIFO());
});
