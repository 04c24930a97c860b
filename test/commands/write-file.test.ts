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
import { writeFile } from "../../source/commands/write-file.js";
import { temporaryDirectory } from "../library/support.js";

const onPosix = { skip: process.platform === "win32" };

test("a file is made, and one that is there is left alone until told otherwise", (t) => {
  const path = join(temporaryDirectory(t), "a.bib");
  assert.equal(writeFile(path, "one", false), null);
  assert.equal(writeFile(path, "two", false), "exists");
  assert.equal(readFileSync(path, "utf8"), "one");
  assert.equal(writeFile(path, "two", true), null);
  assert.equal(readFileSync(path, "utf8"), "two");
  assert.match(writeFile(join(path, "b.bib"), "x", false) ?? "", /a file is in the way/);
});

test("what is replaced keeps its permissions, and a link leads where it led", onPosix, (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "a.bib");
  writeFileSync(path, "one");
  chmodSync(path, 0o640);
  symlinkSync("a.bib", join(folder, "link.bib"));
  symlinkSync("nowhere.bib", join(folder, "dangling.bib"));
  assert.equal(writeFile(join(folder, "link.bib"), "two", true), null);
  assert.equal(writeFile(join(folder, "dangling.bib"), "three", true), null);
  assert.equal(readFileSync(path, "utf8"), "two");
  assert.equal(statSync(path).mode & 0o777, 0o640);
  assert.equal(readFileSync(join(folder, "nowhere.bib"), "utf8"), "three");
  assert.ok(lstatSync(join(folder, "link.bib")).isSymbolicLink());
  assert.ok(lstatSync(join(folder, "dangling.bib")).isSymbolicLink());
});

test("what is the reader's own business is for nobody else to read", onPosix, (t) => {
  const folder = temporaryDirectory(t);
  const mode = (name: string) => statSync(join(folder, name)).mode & 0o777;
  assert.equal(writeFile(join(folder, "new.json"), "{}", false, "private"), null);
  assert.equal(mode("new.json"), 0o600);
  assert.equal(writeFile(join(folder, "newer.json"), "{}", true, "private"), null);
  assert.equal(mode("newer.json"), 0o600);
  writeFile(join(folder, "shared.bib"), "x", false);
  assert.equal(mode("shared.bib"), 0o666 & ~process.umask());
});

test("pieces are written one behind the other, and nothing is left where one cannot be made", (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "a.bib");
  function* pieces(count: number, breaks: boolean): Generator<string> {
    for (let at = 0; at < count; at += 1) yield `${at} ${"x".repeat(1_000)}\n`;
    if (breaks) throw new Error("no more");
  }
  assert.equal(writeFile(path, pieces(3_000, false), false), null);
  const lines = readFileSync(path, "utf8").split("\n");
  assert.deepEqual([lines.length, lines[2_999]?.slice(0, 5)], [3_001, "2999 "]);
  assert.match(writeFile(join(folder, "b.bib"), pieces(3_000, true), false) ?? "", /no more/);
  assert.match(writeFile(path, pieces(3_000, true), true) ?? "", /no more/);
  assert.deepEqual(readdirSync(folder), ["a.bib"]);
  assert.equal(readFileSync(path, "utf8").split("\n").length, 3_001);
});

test("a pipe is written to, and stays a pipe", onPosix, (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "pipe.bib");
  execFileSync("mkfifo", [path]);
  const reader = spawn("cat", [path], { stdio: ["ignore", "ignore", "ignore"] });
  t.after(() => reader.kill());
  assert.equal(writeFile(path, "through", true), null);
  assert.ok(statSync(path).isFIFO());
});
