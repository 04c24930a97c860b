import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { isPrivateFolder, makePrivateFolder } from "../../source/files/private-folder.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "papers-private-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const skip = process.platform === "win32";

test("a folder made here is private, with those above it", { skip }, () => {
  const path = join(folder, "a", "b");
  assert.equal(makePrivateFolder(path), true);
  assert.equal(statSync(path).mode & 0o777, 0o700);
});

test("no folder that others own or may write to, itself or above it", { skip }, () => {
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
