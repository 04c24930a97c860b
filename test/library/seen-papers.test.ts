import assert from "node:assert/strict";
import { appendFileSync, existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SeenPapers, seenPath } from "../../source/library/papers-seen.js";
import { linesOf, now, temporaryDirectory } from "./support.js";

const has = (seen: SeenPapers) => (id: string) => seen.has(id);

test("what is shown in one visit is seen in the next, on every machine", (t) => {
  const state = join(temporaryDirectory(t), "state");
  const first = new SeenPapers(state, "laptop", now);
  assert.equal(first.endVisit(), null);
  assert.ok(!existsSync(state), "nothing new, nothing written");
  first.show("1");
  first.show("2");
  first.show("1");
  assert.equal(first.has("1"), false);
  assert.equal(first.endVisit(), null);
  assert.equal(first.has("1"), true);
  first.show("3");
  assert.equal(first.endVisit(), null);
  const next = new SeenPapers(state, "desk", now);
  assert.deepEqual("1234".split("").map(has(next)), [true, true, true, false]);
  assert.equal(linesOf(seenPath(state, "laptop")).length, 2);
  if (process.platform !== "win32") assert.equal(statSync(seenPath(state, "laptop")).mode & 0o777, 0o600);
});

test("damage costs only the lines it is in, and a folder in the way is reported", (t) => {
  const state = temporaryDirectory(t);
  const seen = new SeenPapers(state, "laptop", now);
  seen.show("1");
  seen.endVisit();
  appendFileSync(
    seenPath(state, "laptop"),
    '{"v":1,"papers":["2\n[]\nnull\n{"v":9,"papers":["3"]}\n{"v":1,"papers":[4,"5"]}\n',
  );
  const next = new SeenPapers(state, "laptop", now);
  assert.deepEqual("1235".split("").map(has(next)), [true, false, false, true]);
  mkdirSync(seenPath(state, "other"));
  const other = new SeenPapers(state, "other", now);
  other.show("6");
  assert.match(other.problems.join(), /^Papers you have seen could not be read: .*seen-other.* is a folder /);
  assert.equal(other.endVisit(), null);
  assert.equal(new SeenPapers(state, "laptop", now).has("6"), true, "it is kept beside the folder");
});

test("what moved is the difference to the last visit on any machine, and not within a visit", (t) => {
  const state = join(temporaryDirectory(t), "state");
  type Count = number | null;
  const numbers = (upvotes: Count, comments: Count, codeStars: Count) => ({ upvotes, comments, codeStars });
  const first = new SeenPapers(state, "laptop", now);
  assert.equal(first.show("1", numbers(58, 1, null)), null);
  assert.equal(first.show("2", numbers(3, 0, 10)), null);
  assert.equal(first.show("1", numbers(60, 1, null)), null);
  first.show("3", numbers(null, null, null));
  first.endVisit();
  const second = new SeenPapers(state, "desk", now);
  assert.deepEqual(second.show("1", numbers(94, 1, 5)), { upvotes: 34, comments: 0, codeStars: 0 });
  assert.equal(second.show("2", numbers(3, 0, 10)), null);
  second.endVisit();
  // Only what is not as before is written again.
  const [line] = linesOf(seenPath(state, "desk"));
  assert.deepEqual(JSON.parse(line ?? "").numbers, { 1: [94, 1, 5] });
  const third = new SeenPapers(state, "laptop", now);
  assert.deepEqual(third.show("1", numbers(90, 3, 5)), { upvotes: -4, comments: 2, codeStars: 0 });
  third.endVisit();
  const own = new SeenPapers(state, "laptop", now);
  for (const wrong of ['{"v":1,"at":"x","papers":[],"numbers":{"1":[1,1,1]}}', '{"v":1,"numbers":[1]}'])
    appendFileSync(seenPath(state, "laptop"), `${wrong}\n`);
  assert.equal(own.show("1", numbers(90, 3, 5)), null);
});
