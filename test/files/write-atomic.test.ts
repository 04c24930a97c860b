import assert from "node:assert/strict";
import fs, {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { writeAtomic } from "../../source/files/write-atomic.js";
import { temporaryDirectory } from "../library/support.js";

test("writes text, bytes and pieces", (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "file");
  const contents = ["text", Buffer.from("bytes"), ["a", Buffer.from("b"), "c"], []];
  for (const [content, expected] of contents.map((one, index) => [
    one,
    ["text", "bytes", "abc", ""][index],
  ])) {
    writeAtomic(path, content as string);
    assert.equal(readFileSync(path, "utf8"), expected);
  }
  assert.deepEqual(readdirSync(folder), ["file"]);
});

test("a new file is for its owner only; one that is replaced keeps its mode and its link", (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "file");
  writeAtomic(path, "1");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  chmodSync(path, 0o644);
  symlinkSync("file", join(folder, "link"));
  writeAtomic(join(folder, "link"), "2");
  assert.equal(readFileSync(path, "utf8"), "2");
  assert.equal(statSync(path).mode & 0o777, 0o644);
  assert.equal(readlinkSync(join(folder, "link")), "file");
});

test("replaces nothing where it may not", (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "file");
  writeFileSync(path, "first");
  assert.throws(() => writeAtomic(path, "second", { overwrite: false }), /EEXIST/);
  assert.equal(readFileSync(path, "utf8"), "first");
  writeAtomic(join(folder, "new"), "third", { overwrite: false });
  assert.deepEqual(readdirSync(folder).sort(), ["file", "new"]);
});

test("a failure keeps the old file and leaves no temporary one", (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "file");
  writeFileSync(path, "first");
  const failing = function* (): Generator<string> {
    yield "half";
    throw new Error("no more");
  };
  assert.throws(() => writeAtomic(path, failing()), /no more/);
  assert.equal(readFileSync(path, "utf8"), "first");
  mkdirSync(join(folder, "folder"));
  assert.throws(() => writeAtomic(join(folder, "folder"), "text"), /EISDIR|EPERM|EEXIST/);
  assert.deepEqual(readdirSync(folder).sort(), ["file", "folder"]);
});

test("what is to survive a power failure is synced before it has its name, and its folder after that", (t) => {
  const folder = temporaryDirectory(t);
  const { fsyncSync, renameSync, fstatSync } = fs;
  const calls: string[] = [];
  fs.fsyncSync = (file) => {
    calls.push(fstatSync(file).isDirectory() ? "sync the folder" : "sync the file");
    fsyncSync(file);
  };
  fs.renameSync = (from, to) => {
    calls.push("rename");
    renameSync(from, to);
  };
  syncBuiltinESMExports();
  try {
    writeAtomic(join(folder, "file"), "text", { sync: true });
    writeAtomic(join(folder, "file"), "text");
  } finally {
    Object.assign(fs, { fsyncSync, renameSync });
    syncBuiltinESMExports();
  }
  assert.deepEqual(calls.slice(0, 2), ["sync the file", "rename"]);
  if (process.platform !== "win32") assert.deepEqual(calls.slice(2), ["sync the folder", "rename"]);
});
