import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compactJournal } from "../../../source/library/journal/compact.js";
import { decodeLine, encodeLine } from "../../../source/library/journal/format.js";
import { openLibrary } from "../../../source/library/library.js";
import { keptIn } from "../../../source/library/papers-kept.js";
import { recordOf } from "../../../source/library/record-lines.js";
import { makePaper } from "../../../source/papers/paper.js";
import { clockFrom, mark, temporaryDirectory } from "../support.js";

const page = readFileSync(new URL("../../../docs/journal.md", import.meta.url), "utf8");
const hasJq = spawnSync("jq", ["--version"]).status === 0 && process.platform !== "win32";

test("the lines that the page on the journal shows are lines of it", () => {
  const [change, kept] = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map((found) => found[1] ?? "");
  const line = (change ?? "").replace(/\n\s*/g, "");
  const { entry } = decodeLine(line);
  assert.equal(entry?.papers.length, 2);
  assert.equal(entry && encodeLine(entry), line);
  const watch = /^ {4}(\{"v":1.*)$/m.exec(page)?.[1] ?? "";
  assert.equal(decodeLine(watch).entry?.papers[0]?.filter, "theory language models");
  assert.equal(encodeLine(decodeLine(watch).entry as never), watch);
  assert.equal(keptIn(recordOf(kept ?? "") ?? {})?.id, "2510.22543");
});

test("the page's commands for jq do what it says", { skip: !hasJq && "there is no jq here" }, (t) => {
  const state = temporaryDirectory(t);
  const { library } = openLibrary(state, "laptop", clockFrom("2026-11-23T08:00:00.000Z"));
  const keep = [makePaper({ id: "1", title: "Paper 1", authors: ["Min Xu", "Tri Dao"] })];
  library.record("starred", [mark("1", "starred", true)], keep);
  library.record("starred", [mark("2", "starred", true)]);
  // What is starred in one file is not in the next.
  compactJournal(state, "laptop");
  library.record("2 marked read", [mark("1", "read", true), mark("2", "read", true)]);
  library.record("unstarred", [mark("2", "starred", false)]);
  const outputs = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, command = ""]) => {
    const { stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: state, encoding: "utf8" });
    assert.equal(stderr, "");
    return stdout.trim();
  });
  assert.deepEqual(outputs, ["Paper 1", "2 2026-11-23", "1\tMin Xu; Tri Dao\tPaper 1"]);
});
