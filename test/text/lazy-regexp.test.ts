import assert from "node:assert/strict";
import { test } from "node:test";
import { LazyRegExp } from "../../source/text/lazy-regexp.js";

test("a lazy pattern is made once, and not before it is asked", () => {
  let made = 0;
  const letter = new LazyRegExp(() => {
    made += 1;
    return /^\p{L}$/u;
  });
  assert.equal(made, 0);
  assert.deepEqual([letter.test("ß"), letter.test("1"), letter.test("深")], [true, false, true]);
  assert.equal(letter.pattern, letter.pattern);
  assert.equal(made, 1);
});
