import assert from "node:assert/strict";
import { test } from "node:test";
import { renderTex } from "../../../source/text/tex/render.js";
import { check } from "./checks.js";

check("accents and letters of names", [
  ['H\\"older', "Hölder"],
  ['{\\"o}', "ö"],
  ["\\'{e}", "é"],
  ["Poincar\\'e", "Poincaré"],
  ["Petojevi\\' c", "Petojević"],
  ["Djokovi\\'{c}'s", "Djoković's"],
  ["Erd\\H{o}s", "Erdős"],
  ["Erd{\\H o}s", "Erdős"],
  ["Fran\\c{c}ois", "François"],
  ["\\c c", "ç"],
  ["\\v{s}", "š"],
  ["\\v Z", "Ž"],
  ['na\\"{\\i}ve', "naïve"],
  ["Ga\\'\\i", "Gaí"],
  ["\\L ukasz and \\L{}ukasz", "Łukasz and Łukasz"],
  ["Stra\\ss e", "Straße"],
  ["\\O{}rsted", "Ørsted"],
  ['\\AA ngstr\\"om', "Ångström"],
  ["Omn\\`es", "Omnès"],
  ["se\\~nor", "señor"],
  ["Alfv\\'en", "Alfvén"],
  ["Ho\\`ang \\d{a}", "Hoàng ạ"],
]);

check("commas in groups between digits, and no others", [
  ["a data set of 18{,}267 interactions", "a data set of 18,267 interactions"],
  ["in {1,2} and {,}", "in {1,2} and {,}"],
]);

check("dashes, quotes and ties", [
  ["Kullback--Leibler", "Kullback–Leibler"],
  ["pages 10--30", "pages 10–30"],
  ["this -- and that -- too", "this – and that – too"],
  ["this---and that", "this—and that"],
  ["networks -- I: method", "networks – I: method"],
  ["(LRDs)--compact", "(LRDs)–compact"],
  ["``self-correct''", "“self-correct”"],
  ['a ``bump" in it', "a “bump” in it"],
  ["a mild ''informative'' condition", "a mild “informative” condition"],
  ["the `real' one", "the ‘real’ one"],
  ["``a `b' c''", "“a ‘b’ c”"],
  ["Table~3", "Table 3"],
  ["(e.g.~trading off)", "(e.g. trading off)"],
  ["estimation~(NCE)", "estimation (NCE)"],
  ["AT~2018cow", "AT 2018cow"],
  ["7$^{+1}_{-2}$~kpc", "7⁺¹₋₂ kpc"],
]);

check("signs that TeX wants a backslash before", [
  ["97\\%, with", "97%, with"],
  ["R\\&D", "R&D"],
  ["a\\_b", "a_b"],
  ["\\#1", "#1"],
  ["\\$5", "$5"],
  ["\\{a, b\\}", "{a, b}"],
  ["costs \\$5 and $x^2$", "costs $5 and x²"],
  ["\\S 3", "§ 3"],
  ["\\copyright{} 2026", "© 2026"],
  ["\\textasciitilde{}x", "~x"],
]);

check("breaks and spaces of text", [
  ["A\\newline B", "A B"],
  ["A. \\newline B", "A. B"],
  ["A\\\\ B", "A B"],
  ["A \\par B", "A B"],
  ["and so on\\ldots", "and so on…"],
  ["SC\\,1327--312", "SC 1327–312"],
  ["hole\\,(BBH)", "hole (BBH)"],
  ["a\\hspace{1em}b", "a b"],
  ["\\noindent Text", "Text"],
]);

check("commands that set text apart leave their text", [
  ["\\textbf{bold} text", "bold text"],
  ["\\emph{N}-body", "N-body"],
  ["{\\bf bold} text", "bold text"],
  ["{\\em word}s", "words"],
  ["\\texttt{a\\_b}", "a_b"],
  ["\\textsc{AIEV-Instruct}", "AIEV-Instruct"],
  ["\\textit{\\textbf{x}}", "x"],
  ["\\underline{all of it}", "all of it"],
  ["\\textcolor{red}{x}", "x"],
  ["{\\color{red} x} y", "x y"],
  ["\\mbox{text}", "text"],
  ["{A} Note on {BERT}", "A Note on BERT"],
  ["A Note About the {Ki(z)} Functions", "A Note About the Ki(z) Functions"],
  ["we propose {MixFrag, a framework", "we propose MixFrag, a framework"],
]);

check("links, citations and notes", [
  ["\\url{https://github.com/x/y_z}", "https://github.com/x/y_z"],
  ["at \\href{https://a.example/c\\_d}{the code}.", "at the code."],
  ["https://github.com/foo/a\\_b", "https://github.com/foo/a_b"],
  ["as in \\cite{foo2020,bar}", "as in [foo2020, bar]"],
  ["see~\\citep[Thm.~1]{baz}", "see [baz, Thm. 1]"],
  ["Section~\\ref{sec:a}", "Section [sec:a]"],
  ["by \\eqref{eq:1}", "by (eq:1)"],
  ["word\\footnote{A note.} more", "word (A note.) more"],
]);

check("unknown commands are their argument in prose, and else their name", [
  ["our \\modelname outperforms", "our modelname outperforms"],
  ["\\modelname{} is", "modelname is"],
  ["from \\planck.", "from planck."],
  ["In $\\XQM$, a quark", "In XQM, a quark"],
  ["$\\lam$-bodies", "lam-bodies"],
  ["\\foo{x}", "x"],
  ["Notes on \\fooacro{WYSIWYG} editors", "Notes on WYSIWYG editors"],
  ["\\acrshort{desi} and \\code{ABC}", "desi and ABC"],
  ["\\acrshort[x]{desi} survey", "desi survey"],
  ["\\say{linear} models", "“linear” models"],
  ["\\noopsort{own}de Own", "de Own"],
  ["a survey of \\BibTeX", "a survey of BibTeX"],
  ["$\\foo{x}{y}$", "foo(x, y)"],
  ["(\\ie, multilingual)", "(i.e., multilingual)"],
  ["Smith \\etal showed", "Smith et al. showed"],
  ["\\revised{all of this text}", "all of this text"],
]);

check("formulas outside of dollar signs", [
  ["coordinates x^\\mu and x_\\nu", "coordinates x^μ and x_ν"],
  ["10^13Msun", "10¹³Msun"],
  ["10^(-22) s^(-1)", "10⁻²² s⁻¹"],
  ["0.85 deg^2", "0.85 deg²"],
  ["a field B_0 ~ 30 T", "a field B₀ ~ 30 T"],
  ["energy E<=3*10^{51} erg", "energy E<=3*10⁵¹ erg"],
  ["than 0.3 R^2.", "than 0.3 R²."],
  ["the L^2 norm of C^*-algebras", "the L² norm of C*-algebras"],
  ["CO_2 and H_2O", "CO₂ and H₂O"],
  ["\\la r^2\\ra^\\pi_s=0.75\\pm 0.07", "⟨r²⟩^πₛ=0.75 ± 0.07"],
]);

test("styles and links are stretches of the text, outer ones first", () => {
  const { text, styles, links } = renderTex(
    "We \\textbf{show \\emph{it}} with \\texttt{x} and $\\mathbf{y}$ at \\href{https://a.example}{\\textsc{Home}}.",
  );
  assert.equal(text, "We show it with x and y at Home.");
  assert.deepEqual(
    styles.map(({ start, end, style }) => [style, text.slice(start, end)]),
    [
      ["bold", "show it"],
      ["italic", "it"],
      ["code", "x"],
      ["bold", "y"],
      ["smallcaps", "Home"],
    ],
  );
  assert.deepEqual(
    links.map(({ start, end, url }) => [text.slice(start, end), url]),
    [["Home", "https://a.example"]],
  );
});

test("links lead to pages only", () => {
  const urls = (source: string) => renderTex(source).links.map(({ url }) => url);
  assert.deepEqual(urls("\\url{github.com/x/y}"), ["https://github.com/x/y"]);
  assert.deepEqual(urls("\\url{www.example.org}"), ["https://www.example.org"]);
  assert.deepEqual(urls("\\href{javascript:alert(1)}{x} \\href{file:///etc/passwd}{y} \\url{word}"), []);
  assert.deepEqual(urls("\\url{https://a.example/\x1b[2J}"), []);
  assert.deepEqual(urls("\\href{https://a.example/50\\%25\\_x}{x}"), ["https://a.example/50%25_x"]);
});

test("a switch holds up to the end of its group", () => {
  const { text, styles } = renderTex("a {\\bf b c} d");
  assert.equal(text, "a b c d");
  assert.deepEqual(styles, [{ start: 2, end: 5, style: "bold" }]);
});
