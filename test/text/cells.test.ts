import assert from "node:assert/strict";
import { test } from "node:test";
import { cellWidth, cutToLength, cutToWidth, fitToWidth, graphemes } from "../../source/text/cells.js";
import { isLong, someOf } from "../support/long.js";

const samples = [
  "plain ASCII text",
  "Müller, Ångström und Hölder",
  "decomposed u\u0308ber and e\u0301tude",
  "深度学习的原理",
  "한국어 논문 제목",
  "ひらがなとカタカナ",
  "emoji 👩‍🔬 and 🇩🇪 and 👍🏽 and ❤️",
  "mixed 深 a 👩‍🔬 e\u0301 ●★─│…",
  "кириллица и ελληνικά",
  "עברית ו العربية",
];

test("a cut text is never wider than asked, whatever script it is in", () => {
  for (const text of samples) {
    for (let width = 0; width <= 40; width += 1) {
      const cut = cutToWidth(text, width);
      assert.ok(cellWidth(cut) <= width, `${JSON.stringify(cut)} at ${width}`);
      assert.equal(cellWidth(fitToWidth(text, width)), width);
      if (cellWidth(text) <= width) assert.equal(cut, text);
    }
  }
});

test("a cut never halves an emoji, a letter with its accent or a wide character", () => {
  for (const text of samples) {
    const whole = graphemes(text);
    for (let width = 0; width <= 40; width += 1) {
      const parts = graphemes(cutToWidth(text, width).replace(/…$/, ""));
      assert.deepEqual(parts, whole.slice(0, parts.length));
    }
  }
});

test("a cut text says so with an ellipsis, and leaves no space before it", () => {
  assert.equal(cutToWidth("Learning Rates", 10), "Learning…");
  assert.equal(cutToWidth("Learning Rates", 9), "Learning…");
  assert.equal(cutToWidth("深度学习", 5), "深度…");
  assert.equal(cutToWidth("深度学习", 4), "深…");
  assert.equal(cutToWidth("abc", 1), "…");
  assert.equal(cutToWidth("abc", 0), "");
});

test("the quick way to split text says what the segmenter says", () => {
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  // Every character that the quick way takes, beside every kind of neighbour from the samples.
  const neighbours = someOf(["a", "深", "é", "●", "한", "か", "ى", " "], 2);
  for (let code = 0x20; code < 0xffff; code += isLong || code < 0x3400 ? 1 : 37) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const char = String.fromCharCode(code);
    for (const other of neighbours) {
      const text = other + char + other;
      const parts = graphemes(text);
      if (parts.length === 3) continue;
      // Only where it is not the quick way may there be fewer.
      assert.deepEqual(
        parts,
        Array.from(segmenter.segment(text), (one) => one.segment),
      );
    }
  }
  // The letters of formulas are two units each.
  for (let code = 0x1d400; code < 0x1d800; code += 1) {
    const text = `a${String.fromCodePoint(code, code)}深`;
    const expected = Array.from(segmenter.segment(text), (one) => one.segment);
    assert.deepEqual(graphemes(text), expected, code.toString(16));
    assert.equal(cellWidth(text), 5);
  }
  for (let code = 0x20; code < 0xffff; code += isLong || code < 0x3400 ? 1 : 37) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const text = `a${String.fromCharCode(code)}b`;
    const expected = Array.from(segmenter.segment(text), (one) => one.segment);
    assert.deepEqual(graphemes(text), expected, code.toString(16));
  }
});

test("a text is cut where a grapheme ends", () => {
  const text = "ab👩‍🔬e\u0301🇩🇪नि深𝒪x";
  const ends = new Set<number>([0]);
  let at = 0;
  for (const one of graphemes(text)) {
    at += one.length;
    ends.add(at);
  }
  for (let length = 0; length <= text.length + 2; length += 1) {
    const cut = cutToLength(text, length);
    assert.ok(cut.length <= length && text.startsWith(cut) && ends.has(cut.length), `${length}: ${cut}`);
    // No more is lost than the grapheme that would not have fitted.
    assert.ok(![...ends].some((end) => end > cut.length && end <= length), `${length}`);
  }
});
