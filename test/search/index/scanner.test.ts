import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { Scanner } from "../../../source/search/index/scanner.js";
import { WordTable } from "../../../source/search/index/word-table.js";
import { words } from "../../../source/search/text/normalize.js";
import { glueMark } from "../../../source/search/words/pattern.js";
import { inOrder } from "../../../source/search/words/word-order.js";
import { plainTex } from "../../../source/text/tex/render.js";
import { seeded } from "../papers.js";

/** All that words consist of and end at, and text that looks like TeX with or without backslashes. */
const pieces =
  `a b Z 0 7 12 345 word Learning ${"x".repeat(6)} ${"y".repeat(7)} ${"z".repeat(12)} ${"w".repeat(13)} leq sim3 3pi times
Theta alpha alpha= mu( beta[ text[a] \\alpha $x$ {a} \\"o {\\'e} \\c é ß É ﬁ 學習 α αβ β-VAE 𝛼 ﾞ \u0301 \u200d \u00ad \ud800
\udc00 😀 𝔸 – — ‐ ’ − · - -- '' ' . , _ ^ / & ~ \u0060 ( ) % \u00a0 \u2028 ° × ≤ 10,000 1,2 1.5 a-b-c-d-e-f-g-h-i don't GPT-4 2.78x le bullet ge
${"q".repeat(50)}-${"r".repeat(50)} nabla in circ C++ c# A* a+b *x* x** + # é+ ß# d+++ 4+`.split(/[ \n]/);

function texts(count: number): string[] {
  const next = seeded(5);
  const between = ["", "", "", " ", " ", "  ", "\n", "\t", "\x7f"];
  const ascii = pieces.filter((piece) => /^[\w.,()=%+#*-]+$/.test(piece));
  return Array.from({ length: count }, (_, at) => {
    const among = at % 2 === 0 ? pieces : ascii;
    const piece = () => (among[next(among.length)] as string) + (between[next(between.length)] as string);
    return Array.from({ length: next(at % 4 === 1 ? 5 : 30) }, piece).join("");
  });
}

const abstracts = readFileSync("fixtures/daily-papers.txt", "utf8").split("\n");

describe("the scanner", () => {
  it("finds the same words as `words`", () => {
    const table = new WordTable();
    const scanner = new Scanner(table);
    for (const text of [...texts(20_000), ...abstracts, "", "a".repeat(100_000), "é".repeat(70_000)]) {
      scanner.read(text);
      const read = Array.from(scanner.numbers.subarray(0, scanner.count), (number) => table.words()[number]);
      const wanted = words(text).map((word) => (word.compound ? word.text + glueMark : word.text));
      assert.deepEqual(read.sort(), wanted.sort(), JSON.stringify(text));
    }
  });

  it("detects plain text, ASCII, and possible TeX", () => {
    const scanner = new Scanner(new WordTable());
    let plain = 0;
    let withoutTex = 0;
    for (const text of [...texts(20_000), ...abstracts]) {
      scanner.read(text);
      assert.equal(scanner.isAscii, !/[^\x00-\x7f]/.test(text));
      assert.equal(scanner.isPlain, !/[^\x20-\x5b\x5d-\x7e]| {2}/.test(text), JSON.stringify(text));
      if (scanner.isPlain) plain += 1;
      if (!scanner.isAscii || scanner.mayHaveTex) continue;
      assert.equal(plainTex(text), text);
      withoutTex += 1;
    }
    assert.ok(plain > 2_500 && withoutTex > 2_500, `${plain}, ${withoutTex}`);
  });

  it("detects that most of the bundled page has no TeX", () => {
    const scanner = new Scanner(new WordTable());
    const rest = abstracts.filter((text) => {
      scanner.read(text);
      return !scanner.isAscii || scanner.mayHaveTex;
    });
    assert.ok(rest.length < abstracts.length / 3, `${rest.length} of ${abstracts.length}`);
  });
});

describe("sorting words", () => {
  it("sorts by code unit", () => {
    const next = seeded(9);
    const letters = ["a", "z", "m", "0", "9", "-", ".", "é", "學", "\ud83d", "_", "{"];
    const one = () => Array.from({ length: next(8) }, () => letters[next(next(2) * 9 + 3)]).join("");
    const strings = [...new Set(Array.from({ length: 5_000 }, one))];
    const order = Array.from(
      inOrder(strings, (place) => place % 7 !== 0),
      (place) => strings[place],
    );
    assert.deepEqual(order, strings.filter((_, place) => place % 7 !== 0).sort());
  });
});
