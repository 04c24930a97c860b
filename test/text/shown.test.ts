import assert from "node:assert/strict";
import { test } from "node:test";
import { cellWidth } from "../../source/text/cells.js";
import { forCells, forPrinting, jsonForPrinting } from "../../source/text/shown.js";

/** Every character that a terminal acts on, or that hides or turns others. */
const acting: number[] = [];
const ranges = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2064],
  [0x2066, 0x206f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe007f],
] as const;
for (const [from, to] of ranges) for (let code = from; code <= to; code += 1) acting.push(code);

test("no character that acts comes through, in cells, in print or in JSON", () => {
  for (const code of acting) {
    const sign = String.fromCodePoint(code);
    const what = `U+${code.toString(16)}`;
    const text = `a${sign}b`;
    assert.ok(!forCells(text).includes(sign), what);
    if (code !== 9 && code !== 10) assert.ok(!forPrinting(text).includes(sign), what);
    const json = jsonForPrinting(JSON.stringify({ text }));
    assert.ok(!json.includes(sign), what);
    assert.equal(JSON.parse(json).text, text, what);
  }
});

test("cells stay where they were measured", () => {
  for (const code of acting) {
    const text = `a${String.fromCodePoint(code)}b`;
    assert.equal(cellWidth(forCells(text)), cellWidth(text), `U+${code.toString(16)}`);
  }
});

test("text of any language, emoji and formulas come through unchanged", () => {
  for (const text of ["深度学習", "שלום", "می‌خواهم", "नमस्ते", "👩‍🔬 🏳️‍🌈 1️⃣", "𝒪(n²)", "e\u0301", "a b"]) {
    assert.equal(forCells(text), text);
    assert.equal(forPrinting(text), text);
    assert.equal(jsonForPrinting(JSON.stringify(text)), JSON.stringify(text));
  }
});

test("lines and columns stay, sequences go with what is in them", () => {
  assert.equal(forPrinting("a\tb\nc\r\nd\n"), "a\tb\nc\nd\n");
  assert.equal(forPrinting("a\rb\x1b[2J\x1b]0;owned\x07c\x9b31md\x1b[1;1H\n"), "abcd\n");
  assert.equal(forPrinting("half \ud83d of one"), "half \ufffd of one");
});

test("JSON with nothing in it is handed back as it is", () => {
  const json = JSON.stringify({ title: "深 \\ \u001b \n" });
  assert.equal(jsonForPrinting(json), json);
});
