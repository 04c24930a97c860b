import assert from "node:assert/strict";
import { constants } from "node:buffer";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { describeFsError } from "../../source/files/fs-errors.js";
import { readRegular, readText } from "../../source/files/regular.js";
import { defaultSettings, readConfig } from "../../source/settings/settings.js";
import { temporaryDirectory } from "../library/support.js";

test("reads a file, also through a link", (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "file");
  writeFileSync(path, "text");
  symlinkSync("file", join(folder, "link"));
  assert.equal(readRegular(path).toString(), "text");
  assert.equal(readRegular(join(folder, "link")).toString(), "text");
});

test("refuses at once what is no file, and says what is there", {
  skip: process.platform === "win32",
}, (t) => {
  const folder = temporaryDirectory(t);
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  mkdirSync(join(folder, "folder"));
  symlinkSync("loop", join(folder, "loop"));
  const codes: Record<string, string> = {
    [pipe]: "ENOTREGULAR",
    "/dev/zero": "ENOTREGULAR",
    [join(folder, "folder")]: "EISDIR",
    [join(folder, "loop")]: "ELOOP",
    [join(folder, "none")]: "ENOENT",
  };
  for (const [path, code] of Object.entries(codes)) {
    assert.throws(
      () => readRegular(path),
      (error) => (error as NodeJS.ErrnoException).code === code,
      path,
    );
  }
  try {
    readRegular(pipe);
  } catch (error) {
    assert.equal(
      describeFsError(error, "X"),
      "X is a pipe, device or socket where a file should be; move it away",
    );
  }
});

test("refuses at once what is too large for a text, without reading it", (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "config.json");
  writeFileSync(path, "{}");
  assert.equal(readText(path), "{}");
  // A hole, which takes no room on the disk.
  truncateSync(path, constants.MAX_STRING_LENGTH + 1);
  const before = process.memoryUsage().arrayBuffers;
  assert.throws(() => readText(path), /is too large; move it away/);
  assert.ok(process.memoryUsage().arrayBuffers - before < 2 ** 20);
  const { problems, settings } = readConfig(folder, Date.now);
  assert.deepEqual(settings, defaultSettings);
  assert.match(problems.join(), /config\.json: is too large; move it away/);
});
