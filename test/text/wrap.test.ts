import assert from "node:assert/strict";
import { test } from "node:test";
import { cellWidth } from "../../source/text/cells.js";
import { wrap } from "../../source/text/wrap.js";

const lines = (text: string, width: number) =>
  wrap(text, width).map(({ start, end }) => text.slice(start, end));

test("text is broken at spaces", () => {
  assert.deepEqual(lines("the cat sat on the mat", 8), ["the cat", "sat on", "the mat"]);
});

test("a word wider than the line is broken after a hyphen or slash, else anywhere", () => {
  assert.deepEqual(lines("see over-parametrized nets", 8), ["see", "over-", "parametr", "ized", "nets"]);
  assert.deepEqual(lines("https://github.com/a/b", 12), ["https://", "github.com/", "a/b"]);
  assert.deepEqual(lines("abcdefghij", 4), ["abcd", "efgh", "ij"]);
});

test("wide characters and emoji are never cut", () => {
  assert.deepEqual(lines("深度学习的原理", 5), ["深度", "学习", "的原", "理"]);
  assert.deepEqual(lines("👩‍🔬👩‍🔬👩‍🔬", 4), ["👩‍🔬👩‍🔬", "👩‍🔬"]);
});

test("no line is wider than asked, and nothing but white space is lost, at any width", () => {
  const texts = [
    "We study over-parametrized (deep) networks; see https://example.org/a-b/c. 深度学习 e\u0301tude 👍🏽 end",
    "x",
    "a  b   c",
  ];
  for (const text of texts) {
    for (let width = 1; width < 30; width += 1) {
      const found = lines(text, width);
      for (const line of found) assert.ok(cellWidth(line) <= Math.max(2, width), `${line} at ${width}`);
      assert.equal(found.join("").replace(/\s/g, ""), text.replace(/\s/g, ""));
    }
  }
});

test("nothing to wrap gives no lines", () => {
  assert.deepEqual(wrap("", 10), []);
  assert.deepEqual(wrap("abc", 0), []);
});
