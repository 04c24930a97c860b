import assert from "node:assert/strict";
import { test } from "node:test";
import { type PaperText, spansText } from "../../source/fulltext/blocks.js";
import { readPaperText } from "../../source/fulltext/read.js";
import { paperRows } from "../../source/fulltext/rows/rows.js";
import { paperMarkdown } from "../../source/fulltext/write-markdown.js";

// Each page has words that occur nowhere else (`w1`, `w2`, …): whatever it does to them, each must be shown
// once and in order, and nothing of what its markup says twice (`zz`).

const p = (text: string) => `<div class="ltx_para"><p class="ltx_p">${text}</p></div>`;
const math = (tex: string) => `<math alttext="${tex}"><mi>zz</mi></math>`;
const note = (mark: string, text: string, role = "footnote") =>
  `<span class="ltx_note ltx_role_${role}"><sup class="ltx_note_mark">${mark}</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">${mark}</sup><span class="ltx_note_type">${role}: </span><span class="ltx_tag ltx_tag_note">${mark}</span>${text}</span></span></span>`;
const table = (...cells: string[]) =>
  `<table class="ltx_tabular"><tr>${cells.map((cell) => `<td class="ltx_td">${cell}</td>`).join("")}</tr></table>`;
const figure = (inner: string, caption: string) =>
  `<figure class="ltx_figure">${inner}<figcaption class="ltx_caption">${caption}</figcaption></figure>`;
const cell = (tex: string) => `<td class="ltx_eqn_cell">${math(tex)}</td>`;
const display = (...rows: string[]) =>
  `<table class="ltx_equationgroup">${rows.map((row) => `<tr class="ltx_eqn_row"><td class="ltx_eqn_cell ltx_eqn_center_padleft"></td>${row}<td class="ltx_eqn_cell ltx_eqn_center_padright"></td></tr>`).join("")}</table>`;
const number = (text: string) =>
  `<td class="ltx_eqn_cell ltx_eqn_eqno"><span class="ltx_tag ltx_tag_equation">${text}</span></td>`;
const line = (mark: string, text: string) =>
  `<div class="ltx_listingline"><span class="ltx_tag ltx_tag_listingline">${mark}</span>${text}</div>`;
const item = (mark: string, text: string) =>
  `<li class="ltx_item"><span class="ltx_tag">${mark}</span>${p(text)}</li>`;
const references = (entries: string) =>
  `<section class="ltx_bibliography"><ul class="ltx_biblist">${entries}</ul></section>`;

type Wanted = RegExp | readonly [kind: string, count: number];

const pages: Readonly<Record<string, readonly [html: string, ...wanted: Wanted[]]>> = {
  "% at the end of a line": [p(`w1 ${math("\\mathcal{N%\n}(1)")} ${math("a\\\\%\nb")} w2`), /𝒩\(1\) .*b w2/],
  "TeX in an annotation": [
    p(
      `w1 <math><mi>zz</mi><annotation encoding="application/x-tex">x^{2}</annotation></math><math><mi>q</mi></math> w2`,
    ),
    /x²q/,
  ],
  "formulas of KaTeX": [
    p(
      `w1 <span class="katex"><span class="katex-mathml"><math><annotation encoding="application/x-tex">y^{3}</annotation></math></span><span class="katex-html">zz</span></span> w2`,
    ),
    /w1 y³ w2/,
  ],
  "formulas of MathJax 3": [
    p(
      `w1 <mjx-container><mjx-math>zz</mjx-math><mjx-assistive-mml><math><mi>q</mi></math></mjx-assistive-mml></mjx-container> w2`,
    ),
    /w1 q w2/,
  ],
  "formulas of MathJax 2": [
    p(
      `w1 <span class="MathJax_Preview">zz</span><span class="MathJax"><nobr>zz</nobr></span><script type="math/tex">z^{4}</script> w2`,
    ),
    /w1 z⁴ w2/,
  ],
  "MathJax's labels and its scripts": [
    p(`w1 <span class="mjx-math" aria-label="z^{4}">zz</span><script type="math/tex">zz</script> w2`),
    /w1 z⁴ w2/,
  ],
  "a colour that is defined in a formula": [
    p(`w1 ${math("\\definecolor[named]{ink}{rgb}{0,0,0}x")} w2`),
    /w1 x w2/,
  ],
  "a note in a note": [p(`w1${note("1", `w2${note("2", "w3")}`)}`), ["footnote", 2], /¹ w2²\n.*² w3/],
  "a mark and the text of its note": [
    p(`w1${note("1", "", "footnotemark")} w2${note("1", "w3", "footnotetext")}`),
    /w1¹ w2¹[^:]*w3/,
  ],
  "notes of a display": [
    display(`<td class="ltx_eqn_cell">${math("x=1")}${note("7", "w1")}</td>`),
    /x = 1\n\n.*⁷ w1/,
  ],
  "notes of a heading": [
    `<section><h2 class="ltx_title">w1${note("1", "w2")}</h2>${p("w3")}</section>`,
    /w1¹/,
    ["heading", 1],
  ],
  "notes of a cell": [table(`w1${note("1", "w3")}`, "w2"), /w1¹ +w2/],
  "notes of a caption": [figure("", `w1${note("1", "w2")}`), /w1¹/],
  "notes of a reference": [references(`<li class="ltx_bibitem">w1${note("1", "w2")}</li>`), ["reference", 1]],
  "tables in tables": [table("w1", table("w2", table("w3", "w4"))), ["table", 1]],
  "a list in a cell": [table("<ul><li>w1<ul><li>w2</li></ul></li></ul>", "w3"), ["table", 1]],
  "code in a cell": [table("<pre>w1\nw2</pre>", "w3"), ["table", 1]],
  "a figure in a cell": [table(figure("", "w1"), "w2")],
  "cells that cover more than there is": [
    `<table><tr><td colspan="1000" rowspan="9">w1</td><td>w2</td></tr><tr><td>w3</td></tr></table>`,
  ],
  "cells without a row": [`<table class="ltx_tabular"><td>w1</td><td>w2</td></table>`],
  "figures in figures in figures": [figure(figure(figure("", "w1"), "w2"), "w3"), ["figure", 1]],
  "a figure with a display, a list and a table": [
    figure(`${p("w1")}<ul><li>w2</li></ul>${table("w3", "w4")}`, "w5"),
  ],
  "a figure in a paragraph": [p(`w1 ${figure("", "w2")} w3`), ["paragraph", 2]],
  "a drawing with words": [figure("<svg><text>zz</text><foreignObject>zz</foreignObject></svg>", "w1")],
  "lists in lists": [
    `<ul>${item("•", `w1<ol>${item("1.", "w2")}${item("2.", `w3<ul>${item("–", "w4")}</ul>`)}</ol>`)}${item("•", "w5")}</ul>`,
    ["item", 5],
    / {4}1\. w2/,
  ],
  "an item with a sign of TeX": [`<ul>${item(math("\\star"), "w1")}</ul>`, /⋆ w1/],
  "terms without definitions": [`<dl><dt>w1</dt><dt>w2 ${math("x^{2}")}</dt><dd>w3</dd></dl>`, /w2 x²/],
  "words of a list outside its items": ["<ul>w1<li>w2</li>w3</ul>"],
  "lines of an algorithm": [
    `<figure class="ltx_float ltx_float_algorithm"><figcaption class="ltx_caption"><span class="ltx_tag">Algorithm 1</span> w1</figcaption><div class="ltx_listing">${line("9:", `w2 ${math("x\\leftarrow 1")}`)}${line("10:", " w3")}${line("11:", "w4")}</div></figure>`,
    ["algorithm", 1],
    / 9: w2 x ?← ?1\n +10: w3\n +11: w4/,
  ],
  "dollars and commands in code": [
    `<div class="ltx_listing ltx_lstlisting"><div class="ltx_listing_data"><a href="data:x">zz</a></div><div class="ltx_listingline">w1 $x_1$ \\foo{a}</div></div>`,
    /w1 \$x_1\$ \\foo\{a\}/,
  ],
  "rows of a display without what is on their left": [
    display(cell("a") + cell("=b") + number("(1a)"), `<td class="ltx_td ltx_eqn_cell"></td>${cell("=c")}`) +
      p("w1"),
    /a = b +\(1a\)\n + {2}= c\n/,
  ],
  "the columns of eqnarray": [
    display(cell("p") + cell("=") + cell("q"), cell("rr") + cell("\\leq") + cell("s")) + p("w1"),
    / p = q\n +rr ≤ s\n/,
  ],
  "a display of several lines without a name": [
    display(cell("a+b\\\\ +c=d") + number("(8)")) + p("w1"),
    /a \+ b .*\n *\+c = d/,
  ],
  "words between the rows of a display": [
    display(cell("a=b"), `<td class="ltx_eqn_cell">w1</td>`, cell("c=d")),
  ],
  "the same anchor twice": [`<p class="ltx_p" id="d">w1</p><p class="ltx_p" id="d"><a href="#d">w2</a></p>`],
  "signs that turn the direction of writing": [
    '<p class="ltx_p" dir="rtl">w1 \u202eעברית\u2066 w2</p>',
    /עברית/,
  ],
  "marks of errors": [
    `${p('w1 <span class="ltx_ERROR">\\zz</span> w2')}<nav class="ltx_TOC">zz</nav><noscript>zz</noscript>`,
  ],
  "paragraphs in a span": [
    '<span class="ltx_text"><p class="ltx_p">w1</p><p class="ltx_p">w2</p></span>',
    ["paragraph", 2],
  ],
  "JATS: a list and a display in a paragraph": [
    "<article article-type='x'><body><p>w1<list><list-item><p>w2</p></list-item></list>w3<disp-formula><label>(1)</label><tex-math>$$x^{2}$$</tex-math></disp-formula>w4</p></body></article>",
    /x² +\(1\)/,
  ],
  "JATS: a formula that is a picture": [
    "<article article-type='x'><body><p>w1</p><disp-formula><label>(2)</label><graphic xlink:href='e.jpg'/></disp-formula></body></article>",
    /\(2\)[\s\S]*e\.jpg/,
  ],
  "JATS: two works, a note and identifiers in an entry": [
    "<article article-type='x'><body><p>w1</p></body><back><ref-list><ref><mixed-citation>w2. <pub-id pub-id-type='doi'>10.1000/x</pub-id> <pub-id pub-id-type='pmid'>12</pub-id></mixed-citation><mixed-citation>w3, doi: <pub-id pub-id-type='doi'>10.1000/y</pub-id></mixed-citation><note><p>w4</p></note></ref></ref-list></back></article>",
    /w2\. doi:10\.1000\/x pmid:12 w3, doi: 10\.1000\/y w4/,
    ["reference", 1],
  ],
};

const rowsOf = (text: PaperText, width: number) =>
  paperRows(text, { measure: width, room: width, asSource: false, ascii: false, isUnfolded: true })
    .map(({ spans }) => spans.map((span) => span.text).join(""))
    .join("\n");

for (const [name, [html, ...wanted]] of Object.entries(pages)) {
  test(`${name}: every word once and in order`, () => {
    const page = html.startsWith("<article")
      ? html
      : `<html><body><article class="ltx_document">${html}</article></body></html>`;
    const found = readPaperText(page, true);
    assert.ok(found.ok);
    const words = [...new Set(html.match(/\bw\d\b/g))].sort();
    const { text } = found;
    for (const shown of [rowsOf(text, 76), rowsOf(text, 40), paperMarkdown(text)]) {
      assert.deepEqual([...shown.matchAll(/\bw\d(?!\d)/g)].map(String), words, shown);
      assert.doesNotMatch(shown, /zz/);
    }
    const shown = rowsOf(text, 76);
    if (!/code/.test(name))
      assert.doesNotMatch(shown, /[\\{}$\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    for (const one of wanted) {
      if (one instanceof RegExp) assert.match(shown, one);
      else assert.equal(text.blocks.filter(({ kind }) => kind === one[0]).length, one[1], one[0]);
    }
  });
}

test("a page is cut wherever it may be, and what is there is shown", () => {
  const whole = `<article class="ltx_document">${p(`w1 <a href="https://x.org/">w2</a> ${math("x^{2}")} &amp; ${note("1", "w3")}`)}</article></html>`;
  for (let end = whole.indexOf("w1") + 2; end < whole.length - 18; end += 1) {
    const found = readPaperText(whole.slice(0, end), true);
    assert.ok(found.ok && found.text.isTruncated, whole.slice(0, end));
    assert.match(found.text.blocks.map(({ spans }) => spansText(spans)).join(" "), /^w1/);
  }
});
