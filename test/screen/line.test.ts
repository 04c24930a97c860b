import assert from "node:assert/strict";
import { test } from "node:test";
import { fit } from "../../source/screen/line.js";
import { span } from "../../source/screen/style.js";

const fitted = (texts: readonly string[], width: number) =>
  fit(
    texts.map((text) => span(text)),
    width,
  )
    .map(({ text }) => text)
    .join("");

test("a cut line ends in an ellipsis, wherever the cut falls", () => {
  const texts = ["Memory", " at Scale: ", "Memory", " again"];
  for (let width = 1; width < texts.join("").length; width += 1) {
    const line = fitted(texts, width);
    assert.equal(line.length, width);
    assert.match(line, /… *$/, `${width}: “${line}”`);
  }
  assert.equal(fitted(texts, texts.join("").length), texts.join(""));
  assert.equal(fitted(["a", "b", "  "], 2), "ab", "blanks are not missed");
  assert.equal(fitted(["a", "b"], 4), "ab  ");
  assert.equal(fitted(["深度", "学"], 4), "深… ");
  assert.equal(fitted(["a"], 0), "");
});
