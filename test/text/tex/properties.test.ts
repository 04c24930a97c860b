import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { plainTex, renderTex } from "../../../source/text/tex/render.js";
import { runs } from "../../support/long.js";

const names =
  "frac sqrt mathbb mathcal text textbf bf hat left right begin end href url cite sum alpha times leq not over ce SI unicode item footnote operatorname stackrel binom foo color label verb".split(
    " ",
  );
const token = fc.oneof(
  fc.constantFrom(..."{}$^_~&\\`'\"-[]()|%# .,=+1aB"),
  fc.constantFrom(
    "$$",
    "\\\\",
    "--",
    "''",
    "``",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "{}",
    "\\{",
    "equation",
    "cases",
  ),
  fc.constantFrom(...names.map((name) => `\\${name}`)),
  fc.constantFrom(
    "times",
    "mathcal{",
    "2times",
    "pi_",
    "sqrt[",
    "https://a.example/",
    "{bf ",
    "leq ",
    "_{",
    "^{",
  ),
  fc.string({ unit: "grapheme", maxLength: 3 }),
);
const sources = fc.array(token, { maxLength: 60 }).map((parts) => parts.join(""));
const controls = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

test("any source is rendered, with stretches inside the text and in order", () => {
  fc.assert(
    fc.property(sources, (source) => {
      const { text, styles, links } = renderTex(source);
      assert.equal(plainTex(source), text);
      for (const stretches of [styles, links]) {
        let last = 0;
        for (const { start, end } of stretches) {
          assert.ok(start >= last && end > start && end <= text.length, `${start}–${end} of ${text.length}`);
          last = start;
        }
      }
    }),
    { numRuns: runs(3_000) },
  );
});

test("no control character comes in that the source does not have, and little grows", () => {
  fc.assert(
    fc.property(sources, (source) => {
      const { text } = renderTex(source);
      if (!controls.test(source)) assert.doesNotMatch(text, controls);
      assert.ok(text.length <= 8 * source.length + 16, `${source.length} → ${text.length}`);
    }),
    { numRuns: runs(3_000) },
  );
});

test("characters of any kind do no harm", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), sources, (any, source) => {
      renderTex(any + source);
      renderTex(source + any);
    }),
    { numRuns: runs(1_000) },
  );
});

const words =
  "we show that models in order to sum up the text of alpha and beta users at 5 or 10 percent, a 2:1 ratio; state-of-the-art (SOTA) results: see Table 2. It's Li's top max log".split(
    " ",
  );
const phrases = ["three times faster", "the alpha channel", "2 times more", "as many times as", ...words];
const prose = fc.array(fc.constantFrom(...phrases), { maxLength: 40 }).map((parts) => parts.join(" "));

test("prose stays as it is, and is the same string", () => {
  fc.assert(
    fc.property(prose, (source) => {
      assert.equal(renderTex(source).text, source);
      assert.deepEqual(renderTex(source).styles, []);
    }),
    { numRuns: runs(2_000) },
  );
});

test("what has been rendered stays as it is", () => {
  const formulas = fc.constantFrom(
    "$\\mathcal{O}(n^{1+o(1)})$",
    "$x_i^2$",
    "$\\sqrt{n+1}$",
    "$T_{\\rm eff}$",
    "$A_{i,t}$",
    "$\\frac{a+b}{c}$",
    "\\textbf{bold}",
    "8timesA800",
    "$\\sum_{i=1}^n x_i$",
    "``so''",
    "a--b",
    "R\\&D",
    "97\\%",
    "\\'e",
    "$\\alpha$",
  );
  fc.assert(
    fc.property(prose, formulas, prose, (before, formula, after) => {
      const once = renderTex(`${before} ${formula} ${after}`).text;
      assert.equal(renderTex(once).text, once);
    }),
    { numRuns: runs(1_000) },
  );
});

test("hostile sources end, with output no longer than the input", () => {
  const size = 30_000;
  for (const part of [
    "{",
    "}",
    "{}",
    "$",
    "$a",
    "$ ",
    "^",
    "_",
    "^{",
    "_{1}",
    "\\frac",
    "\\frac{",
    "\\frac{a}{",
    "\\sqrt[",
    "sqrt[",
    "\\left(",
    "\\begin{cases}",
    "\\begin{a}",
    "\\end{a}",
    "\\hat",
    "\\hat{",
    "\\text{$",
    "\\bf ",
    "{\\bf ",
    "\\textbf{",
    "\\(",
    "\\[",
    "`",
    "``",
    "''",
    "--",
    "\\",
    "\\\\",
    "~",
    "&",
    "x_1",
    "times ",
    "2times",
    "mathcal{",
    "pi_",
    "https://",
    "https://a{",
    "\\href{",
    "\\cite[",
    "\\unicode{",
    "\\ce{",
    "\\item[",
    "\\verb|",
    "\\not",
    "\\over",
    "a",
    " ",
    "$5 ",
    "\\'",
    "\\foo{",
    "{a,",
    "\\la \\ra",
  ]) {
    const source = part.repeat(Math.floor(size / part.length));
    const { text } = renderTex(source);
    assert.ok(text.length <= 8 * source.length, part);
    renderTex(`$${source}`);
    renderTex(`${source}${"}".repeat(1_000)}$`);
  }
});

test("of what is longer than any abstract the beginning is rendered, and the rest is kept", () => {
  const part = "for $x_i$ and \\alpha ";
  const source = part.repeat(5_000);
  const { text } = renderTex(source);
  assert.ok(text.startsWith("for xᵢ and α for xᵢ"));
  assert.ok(text.endsWith(part));
  assert.equal(renderTex("é".repeat(100_000)).text, "é".repeat(100_000));
});
