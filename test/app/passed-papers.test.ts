import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PassedPapers } from "../../source/app/interest/passed-papers.js";
import { atOnce } from "../../source/papers/at-once.js";
import { makePaper } from "../../source/papers/paper.js";
import { temporaryDirectory } from "../library/support.js";

const own = (id: string) => makePaper({ id, title: `Paper ${id}`, abstract: "Own text." });

test("passed papers are kept once, the newest; damage costs only its line; the file is private", (t) => {
  const cache = join(temporaryDirectory(t), "cache");
  const passed = new PassedPapers(cache);
  assert.deepEqual(atOnce(passed.reading()), []);
  passed.add([own("1"), own("2")], "glanced");
  passed.add([own("1")], "skipped");
  const path = join(cache, "passed-papers.jsonl");
  writeFileSync(
    path,
    `${readFileSync(path)}{"v":1,"kind":"starred","paper":{"id":"9"}}\n{"v":1,"ki\n[]\nnull\n`,
  );
  passed.add([own("3")], "skipped");
  assert.deepEqual(
    atOnce(passed.reading()).map(({ id, kind }) => [id, kind]),
    [
      ["2", "glanced"],
      ["1", "skipped"],
      ["3", "skipped"],
    ],
  );
  if (process.platform !== "win32") assert.equal(statSync(path).mode & 0o777, 0o600);
});

test("of many passed papers the newest 2,000 stay, in a file that does not grow for ever", (t) => {
  const cache = join(temporaryDirectory(t), "cache");
  const passed = new PassedPapers(cache);
  for (let at = 0; at < 50; at += 1) {
    const some = Array.from({ length: 100 }, (_, next) => own(`${at * 100 + next}`));
    passed.add(some, "glanced");
  }
  const kept = atOnce(passed.reading());
  assert.equal(kept.length, 2_000);
  assert.equal(kept.at(-1)?.id, "4999");
  const path = join(cache, "passed-papers.jsonl");
  assert.equal(readFileSync(path, "utf8").trim().split("\n").length, 2_000);
  assert.deepEqual(atOnce(passed.reading()), kept);
});
