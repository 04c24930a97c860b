import assert from "node:assert/strict";
import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isPrivateFolder, makePrivateFolder } from "../../source/files/private-folder.js";
import { temporaryDirectory } from "../library/support.js";

const skip = process.platform === "win32";

test("a folder made here is private, with those above it", { skip }, (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "a", "b");
  assert.equal(makePrivateFolder(path), true);
  assert.equal(statSync(path).mode & 0o777, 0o700);
});

test("no folder that others own or may write to, itself or above it", { skip }, (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "a");
  mkdirSync(path, { mode: 0o700 });
  assert.equal(isPrivateFolder(path), true);
  assert.equal(isPrivateFolder(path, 4_321), false);
  chmodSync(path, 0o770);
  assert.equal(isPrivateFolder(path), false);
  assert.equal(makePrivateFolder(path), false);
  chmodSync(path, 0o700);
  chmodSync(folder, 0o777);
  assert.equal(isPrivateFolder(path), false);
  chmodSync(folder, 0o1777);
  assert.equal(isPrivateFolder(path), true);
  symlinkSync("a", join(folder, "link"));
  assert.equal(isPrivateFolder(join(folder, "link")), false);
  assert.equal(isPrivateFolder(join(folder, "none")), false);
});

test("no folder on a way through a link that others can replace, wherever on the way it is", {
  skip,
}, (t) => {
  const folder = temporaryDirectory(t);
  // home/.cache → open/way → real: whoever may write to "open" can lead the second link elsewhere.
  const [home, open, real] = ["home", "open", "real"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [home, open, join(real, "code")]) mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(join(real, "code"), 0o700);
  symlinkSync(real, join(open, "way"));
  symlinkSync("../open/way", join(home, ".cache"));
  const path = join(home, ".cache", "code");
  assert.equal(isPrivateFolder(path), true);
  chmodSync(open, 0o777);
  assert.equal(isPrivateFolder(path), false);
  assert.equal(makePrivateFolder(path), false);
  chmodSync(open, 0o700);
  // Through a folder that is only passed by, which could be a link.
  rmSync(join(home, ".cache"));
  symlinkSync("../open/../open/way", join(home, ".cache"));
  assert.equal(isPrivateFolder(path), false);
  symlinkSync("loop", join(folder, "loop"));
  assert.equal(isPrivateFolder(join(folder, "loop", "a")), false);
});

test("a folder that others could only read is closed, one they could write to is not trusted", {
  skip,
}, (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "a");
  mkdirSync(path);
  chmodSync(path, 0o755);
  assert.equal(isPrivateFolder(path), false);
  assert.equal(makePrivateFolder(path), true);
  assert.equal(statSync(path).mode & 0o777, 0o700);
  chmodSync(path, 0o775);
  assert.equal(makePrivateFolder(path), false);
  assert.equal(statSync(path).mode & 0o777, 0o775);
});
