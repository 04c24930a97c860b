import assert from "node:assert/strict";
import { test } from "node:test";
import { remembered } from "../../source/ui/remembered.js";

test("an answer is found once, and as many are kept as are asked for", () => {
  const asked: string[] = [];
  const upper = remembered((text) => {
    asked.push(text);
    return text.toUpperCase();
  }, 2);
  assert.deepEqual(["a", "a", "b", "a"].map(upper), ["A", "A", "B", "A"]);
  assert.deepEqual(asked, ["a", "b"]);
  // A third one has the others forgotten.
  assert.deepEqual(["c", "a", "c"].map(upper), ["C", "A", "C"]);
  assert.deepEqual(asked, ["a", "b", "c", "a"]);
});
