import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { readDays } from "../../bench/for-you/days.js";
import { replay } from "../../bench/for-you/replay.js";

const days = readDays(join("..", "shared", "samples", "huggingface-api", "days-2025-03-to-08.jsonl.gz"));

test("after 20 stars, for you is twice as good as votes and better than the centroid of stars", {
  skip: days === null,
}, () => {
  assert.ok(days);
  const { mornings, together } = replay(days, 12, 19);
  assert.ok(mornings.readers >= 10);
  for (const { votes, centroid, forYou } of [mornings, together]) {
    assert.ok(forYou >= 2 * votes, `${forYou} and ${votes} by votes`);
    assert.ok(forYou > centroid, `${forYou} and ${centroid} by the centroid`);
  }
});
