import assert from "node:assert/strict";
import { test } from "node:test";
import { readableText, texOf, texParts } from "../../../source/exports/text/tex.js";

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
  assert.equal(readableText("\\emph{x} \\alpha C:\\x \\"), "x α C:\\x \\");
  assert.equal(readableText("$\\&\\c c_1$ \\c c"), "$\\&\\c c_1$ ç");
  assert.equal(readableText("a\n b"), "a b");
});

test("TeX of a text is written as TeX, and read as what it shows", () => {
  const both = (text: string) => [texOf(text), readableText(text)];
  assert.deepEqual(both("13~TeV and 5\\,GeV"), ["13~TeV and 5\\,GeV", "13 TeV and 5 GeV"]);
  assert.deepEqual(both("\\emph{In vivo} \\textbf{50\\%}"), [
    "\\emph{In vivo} \\textbf{50\\%}",
    "In vivo 50%",
  ]);
  assert.deepEqual(both("{\\bf Bold} {\\em this}"), ["\\textbf{Bold} \\emph{this}", "Bold this"]);
  assert.deepEqual(both("so \\[x^2\\] and \\(y\\)"), [
    "so \\[x^2\\] and \\(y\\)",
    "so \\[x^2\\] and \\(y\\)",
  ]);
  assert.deepEqual(both("\\ensuremath{\\beta} decay"), ["$\\beta$ decay", "$\\beta$ decay"]);
  assert.deepEqual(both("\\texorpdfstring{$\\alpha$}{alpha} rays"), ["$\\alpha$ rays", "$\\alpha$ rays"]);
  assert.deepEqual(both("a---b, 1--2, ``q''"), ["a---b, 1--2, ``q''", "a—b, 1–2, “q”"]);
  assert.deepEqual(both("see \\url{https://e.org/a_b}"), [
    "see \\url{https://e.org/a_b}",
    "see https://e.org/a_b",
  ]);
  assert.deepEqual(both("\\href{https://e.org}{our \\emph{page}}"), ["our \\emph{page}", "our page"]);
  assert.deepEqual(both("10\\textsuperscript{-6}"), ["10\\textsuperscript{-6}", "10⁻⁶"]);
  assert.deepEqual(both("\\ourmodel{Tiny} by \\LaTeX{} $\\lesssim$"), [
    "Tiny by LaTeX $\\lesssim$",
    "Tiny by LaTeX $\\lesssim$",
  ]);
  // What is no TeX is text.
  for (const text of ["~10 GeV", "10~20 K", "https://e.org/~me", "use --help", "a -> b -->", "5'' wide"]) {
    assert.equal(readableText(text), text);
  }
  assert.equal(texOf("use --help at ~/x, 5'' wide"), "use -{}-help at \\textasciitilde{}/x, 5'{}' wide");
  assert.equal(texOf("\\emph{open"), "open".replace("", "\\textbraceleft{}"));
});
