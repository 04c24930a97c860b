import assert from "node:assert/strict";
import { test } from "node:test";
import { percentile, summary } from "../../bench/statistics.js";

test("a percentile is a value that was really measured", () => {
  const values = [30, 10, 20, 40];
  assert.equal(percentile(values, 0.5), 20);
  assert.equal(percentile(values, 0.95), 40);
  assert.equal(percentile(values, 0), 10);
  assert.deepEqual(values, [30, 10, 20, 40], "and the measurements stay as they were");
});

test("of a hundred measurements, five are slower than the 95th percentile", () => {
  const values = Array.from({ length: 100 }, (_, at) => 100 - at);
  assert.deepEqual(summary(values), { count: 100, median: 50, p95: 95, max: 100 });
});

test("nothing measured is no number, and never a fast one", () => {
  assert.ok(Number.isNaN(summary([]).median));
});
