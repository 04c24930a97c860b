import assert from "node:assert/strict";
import { test } from "node:test";
import stringWidth from "string-width";
import { cellWidth, graphemes, graphemeWidth } from "../../source/text/cells.js";
import widthForInk from "../../source/ui/string-width.js";
import { isLong } from "../support/long.js";

/** Where the two differ, by code points. */
function differences(texts: Iterable<string>): string[] {
  const found: string[] = [];
  for (const text of texts) {
    const [ours, theirs] = [cellWidth(text), stringWidth(text)];
    if (ours !== theirs)
      found.push(
        `${[...text].map((one) => one.codePointAt(0)?.toString(16)).join(" ")}: ${ours}, not ${theirs}`,
      );
  }
  return found;
}

test("every character of Unicode is as wide as Ink takes it to be", () => {
  const characters = function* () {
    // The gate looks at every character where widths change often, and elsewhere at some.
    const isVaried = (code: number) => code < 0x3400 || (code >= 0x1f000 && code < 0x20000);
    for (let code = 0x20; code <= 0x10ffff; code += isLong || isVaried(code) ? 1 : 97) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      if (code >= 0x7f && code < 0xa0) continue;
      yield String.fromCodePoint(code);
    }
  };
  assert.deepEqual(differences(characters()), []);
});

test("so is every character followed by a mark, a joiner, a variation selector or another character", () => {
  const followers = [
    "\u0301",
    "\u200d",
    "\ufe0f",
    "\ufe0e",
    "\u20e3",
    "\u{1f3fd}",
    "\u093e",
    "\uff9e",
    "\u{1f1e9}",
    "\u1161",
    "a",
  ];
  const pairs = function* () {
    for (const one of followers) {
      for (let code = 0x20; code <= 0x1faff; code += isLong ? (code < 0x3400 ? 1 : 7) : 53) {
        if ((code >= 0xd800 && code <= 0xdfff) || (code >= 0x7f && code < 0xa0)) continue;
        yield String.fromCodePoint(code) + one;
      }
    }
  };
  assert.deepEqual(differences(pairs()), []);
});

test("joined emoji, flags, keycaps and Hangul syllables are as wide as Ink takes them to be", () => {
  const texts = [
    "👩‍🔬",
    "👨‍👩‍👧‍👦",
    "🏳️‍🌈",
    "❤️‍🔥",
    "🇩🇪",
    "🇩",
    "1️⃣",
    "#⃣",
    "👍🏽",
    "☝🏽",
    "각",
    "\u1100\u1161\u11a8",
    "\u1100\u1100\u1161",
    "ｶﾞ",
    "नि",
    "กำ",
    "e\u0301\u0302",
  ];
  assert.deepEqual(differences(texts), []);
});

test("what the build gives Ink in place of string-width gives its answers, styled text included", () => {
  for (const text of [
    "",
    "abc",
    "\x1b[1mbold\x1b[22m",
    "\x1b[38;5;9m深度\x1b[0m ★",
    "\x1b]8;;https://a.b\x07link\x1b]8;;\x07",
    "👩‍🔬 e\u0301",
  ]) {
    assert.equal(widthForInk(text), stringWidth(text), JSON.stringify(text));
    assert.equal(widthForInk(text), stringWidth(text), "asked again");
  }
});

test("text is as wide as its graphemes together", () => {
  const text = "深度 👩‍🔬 e\u0301tude ●★ 한국어 🇩🇪";
  assert.equal(
    graphemes(text).reduce((width, one) => width + graphemeWidth(one), 0),
    stringWidth(text),
  );
});
