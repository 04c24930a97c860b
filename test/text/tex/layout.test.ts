import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cellWidth } from "../../../source/text/cells.js";
import { layOutFormula, layOutFormulaWithin } from "../../../source/text/tex/layout/layout.js";

const rows = (tex: string) => layOutFormula(tex)?.rows.map((row) => row.trimEnd());

test("fractions, roots and limits are set above and below the line", () => {
  assert.deepEqual(rows("x=\\frac{a+b}{\\sqrt{d_{k}}}"), ["     a + b", "x = ───────", "      √dₖ"]);
  assert.deepEqual(rows("\\sum_{i=1}^{n}x_{i}"), [" n", " ∑  xᵢ", "i=1"]);
  assert.deepEqual(rows("\\lim_{n\\to\\infty}a_{n}"), ["lim aₙ", "n→∞"]);
  assert.deepEqual(
    rows("\\sqrt{\\frac{1}{2}}"),
    [" ┌────", " │ 1", " │───", "╲│ 2"].map((row) => row.trimEnd()),
  );
});

test("matrices, cases and delimiters are as high as what they hold", () => {
  assert.deepEqual(rows("\\begin{pmatrix}a&b\\\\ c&d\\end{pmatrix}"), ["⎛a  b⎞", "⎝c  d⎠"]);
  assert.deepEqual(rows("f=\\begin{cases}1&x>0\\\\ 0&x=0\\\\ -1&x<0\\end{cases}"), [
    "    ⎧ 1   x > 0",
    "f = ⎨ 0   x = 0",
    "    ⎩ -1  x < 0",
  ]);
  assert.deepEqual(rows("\\left(\\frac{a}{b}\\right)^{2}"), ["⎛ a ⎞2", "⎜───⎟", "⎝ b ⎠"]);
  assert.deepEqual(rows("\\left\\{\\begin{array}[]{l}a\\\\ b\\\\ c\\end{array}\\right."), ["⎧a", "⎨b", "⎩c"]);
});

test("rows are aligned at their relation", () => {
  assert.deepEqual(rows("\\begin{split}h(x)&=x+x\\\\ &=2x\\end{split}"), ["h(x) = x + x", "     = 2x"]);
  assert.deepEqual(rows("a&=b\\\\ cc&\\leq d"), [" a = b", "cc ≤ d"]);
});

test("scripts that Unicode lacks are raised and lowered", () => {
  assert.deepEqual(rows("x_{q}"), ["x", " q"]);
  assert.deepEqual(rows("y^{(i)}_{k+q}"), [" (i)", "y", " k+q"]);
  assert.deepEqual(rows("x_{1}^{2}"), ["x₁²"]);
});

test("a formula wider than the screen breaks before relations and operators", () => {
  const box = layOutFormulaWithin("f(x)=aaaaaaaa+bbbbbbbb+(c+d)+eeeeeeee", 20);
  assert.deepEqual(
    box?.rows.map((row) => row.trimEnd()),
    ["f(x) = aaaaaaaa", "    + bbbbbbbb", "    + (c + d)", "    + eeeeeeee"],
  );
  assert.equal(layOutFormulaWithin("a".repeat(50), 20), null);
});

test("whatever a formula holds, its rows are equally wide and its baseline is one of them", () => {
  const piece = fc.constantFrom(
    ..."\\frac|{|}|a|x^|_|{i=1}|\\sum|\\left(|\\right)|\\begin{cases}|\\end{cases}|\\begin{array}{cc}|\\end{array}|\\begin{pmatrix}|\\end{pmatrix}|&|\\\\|\\sqrt[3]|\\sqrt|\\binom|\\underbrace|\\overset|\\text{if }|=|+|\\operatorname*{max}|\\left\\{|\\right.|\\substack{a\\\\ b}|\\unknown|[|]|\\lim|é|漢|\\|'".split(
      "|",
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (pieces, width) => {
      const tex = pieces.join("");
      for (const box of [layOutFormula(tex), layOutFormulaWithin(tex, width)]) {
        if (!box) continue;
        assert.ok(box.baseline >= 0 && box.baseline < box.rows.length);
        for (const row of box.rows) assert.equal(cellWidth(row), box.width, JSON.stringify(box));
      }
      const within = layOutFormulaWithin(tex, width);
      if (within) assert.ok(within.width <= width);
    }),
    { numRuns: 3_000 },
  );
});

test("a deep or long formula ends in time", { timeout: 20_000 }, () => {
  layOutFormula("\\frac{1}{".repeat(2_000) + "}".repeat(2_000));
  layOutFormula("\\left(".repeat(3_000));
  layOutFormula("\\begin{cases}".repeat(1_500));
  layOutFormula("\\frac{a}{b}+".repeat(1_600));
  layOutFormula("x_{q}".repeat(3_900));
});
