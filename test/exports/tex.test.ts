import assert from "node:assert/strict";
import { test } from "node:test";
import { readableText, texParts } from "../../source/exports/tex.js";

/** The formulas found in a text. */
const formulas = (text: string) =>
  texParts(text)
    .filter(({ isFormula }) => isFormula)
    .map((part) => part.text);

test("formulas are found as TeX has them", () => {
  assert.deepEqual(formulas("An $\\mathcal{O}(n)$ and $x$, \\(y\\) or $$z_1$$."), [
    "$\\mathcal{O}(n)$",
    "$x$",
    "\\(y\\)",
    "$$z_1$$",
  ]);
  assert.deepEqual(formulas("$x$$y$ and $$z$"), ["$x$", "$y$", "$z$"]);
  assert.deepEqual(formulas("from $ x_1 $ to $10^5$5"), ["$ x_1 $", "$10^5$"]);
  assert.deepEqual(formulas("$\\begin{matrix}a & b\\end{matrix}$"), ["$\\begin{matrix}a & b\\end{matrix}$"]);
  assert.deepEqual(formulas("$\\{x\\}$ with 20$~\\mu$m"), ["$\\{x\\}$", "$~\\mu$"]);
});

test("money and what TeX could not set are text", () => {
  for (const text of [
    "from $5 to $10",
    "$49-$99",
    "costs \\$5 and \\$6_x",
    "a $ b",
    "$}{$",
    "$\\{x}$",
    "$x^$",
    "$x__y$",
    "$x_}$",
    "$50%$ of $#1_x$",
    "$a & b_c$",
    "$\\begin{x}$",
    "$\\end{x}\\begin{x}$",
    "$x\\$",
    "$$",
    "\\(x",
    "\\(x\\(y_1",
    `$${"x".repeat(2001)}$`,
  ]) {
    assert.deepEqual(formulas(text), [], text);
  }
});

test("accents and signs of text are characters, those of formulas stay", () => {
  assert.equal(
    readableText('H\\"older, Erd{\\H o}s \\& 90\\% of \\$5 \\_x \\#1'),
    "Hölder, Erd{ő}s & 90% of $5 _x #1",
  );
  assert.equal(readableText("\\emph{x} \\alpha C:\\x \\"), "\\emph{x} \\alpha C:\\x \\");
  assert.equal(readableText("$\\&\\c c_1$ \\c c"), "$\\&\\c c_1$ ç");
  assert.equal(readableText("a\n b"), "a b");
});
