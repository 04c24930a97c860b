import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { filesIn } from "../../source/app/panels/folder.js";
import { temporaryDirectory } from "../library/support.js";

test("a folder's files are listed in order, links by their targets", async (t) => {
  const folder = temporaryDirectory(t);
  mkdirSync(join(folder, "b"));
  for (const name of ["c.bib", "a.bib", ".hidden", "one + two.bib"]) writeFileSync(join(folder, name), "");
  if (process.platform !== "win32") {
    symlinkSync("b", join(folder, "to-folder"));
    symlinkSync("nowhere", join(folder, "to-nothing"));
  }
  const { path, files } = await filesIn(`${folder}/`);
  assert.equal(path, `${folder}/`);
  const links = process.platform === "win32" ? [] : ["to-folder/", "to-nothing"];
  assert.deepEqual(
    files.map(({ name, isFolder }) => name + (isFolder ? "/" : "")),
    [".hidden", "a.bib", "b/", "c.bib", ...links],
  );
});

test("what is no folder, or may not be read, has no files", async (t) => {
  const folder = temporaryDirectory(t);
  writeFileSync(join(folder, "file"), "");
  for (const path of [`${folder}/file/`, `${folder}/none/`]) {
    assert.deepEqual(await filesIn(path), { path, isWhole: true, files: [] });
  }
});
