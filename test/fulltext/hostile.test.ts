import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Block, spansText } from "../../source/fulltext/blocks.js";
import { readHtmlPaper } from "../../source/fulltext/html/page.js";
import { readPaperText } from "../../source/fulltext/read.js";
import { paperRows } from "../../source/fulltext/rows/rows.js";
import { isLong, runs, someOf } from "../support/long.js";

const blocksOf = (html: string): readonly Block[] => {
  const found = readHtmlPaper(html, true);
  return found.ok ? found.text.blocks : [];
};

const texts = (html: string) => blocksOf(html).map(({ spans }) => spansText(spans));

/** Every string that may get to a terminal. */
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(strings);
}

test("escape bytes in text, attributes, anchors and formulas are left out", () => {
  const html = `<article class="ltx_document"><h1 class="ltx_title ltx_title_document">A&#27;[31mB</h1>
    <div id="a\x1b]0;x\x07b" class="ltx_para"><p class="ltx_p">x\x9b2Jy&#x9b;2J <a href="https://x.org/\x1b[2J">l</a>
    <math alttext="\x1b[1m\\alpha\u202e"></math><img src="\x1b.png" alt="&#7;"></p></div></article>`;
  for (const text of strings(blocksOf(html))) assert.doesNotMatch(text, /[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
  assert.deepEqual(texts(html).slice(0, 1), ["AB"]);
});

test("only anchors, http, https and mailto are links", () => {
  const links = [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "\tjava\nscript:x",
    "vbscript:x",
  ];
  for (const link of links) {
    const [block] = blocksOf(
      `<article class="ltx_document"><p class="ltx_p"><a href="${link}">word</a></p></article>`,
    );
    assert.deepEqual(block?.spans, [{ text: "word" }], link);
  }
  const [block] = blocksOf(`<p class="ltx_p"><a href="https://x.org/?a=1&amp;b=2">word</a></p>`);
  assert.equal(block?.spans[0]?.href, "https://x.org/?a=1&b=2");
});

test("tables in tables, twice the same anchor and unclosed elements lose no word", () => {
  const html = `<p class="ltx_p" id="one">first<table class="ltx_tabular"><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>
    <p class="ltx_p" id="one">second <b>third <i>fourth`;
  const all = JSON.stringify(blocksOf(html));
  for (const word of ["first", '"a"', "b c", "second", "third", "fourth"])
    assert.match(all, new RegExp(word));
  const ids = blocksOf(html).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

test("words of a table outside its cells are kept", () => {
  const row = "<tr>first<td>a</td><td>b</td>second</tr>";
  const alone = JSON.stringify(blocksOf(`<p>x</p><table>before${row}<p>after</p></table>`));
  const inFigure = JSON.stringify(blocksOf(`<figure><table>before${row}<p>after</p></table></figure>`));
  for (const word of ["before", "first", '"a"', '"b"', "second", "after"]) {
    assert.ok(alone.includes(word), `${word} in ${alone}`);
    assert.ok(inFigure.includes(word), `${word} in ${inFigure}`);
  }
});

test("elements that lie a hundred thousand deep are read in order", () => {
  const html = `<article class="ltx_document">${"<div><span>".repeat(50_000)}deep${"</span></div>".repeat(50_000)}<p>after</p></article>`;
  const start = process.cpuUsage();
  assert.deepEqual(texts(html), ["deep", "after"]);
  assert.ok(process.cpuUsage(start).user < 4_000_000);
});

test("pages of one thing thousands of times are read in time, and keep their words", {
  timeout: 60_000,
}, () => {
  const times = isLong ? 10_000 : 2_000;
  const pages: Record<string, string> = {
    "math in math": `<p>x<math>${"<mi>".repeat(times)}deep${"</mi>".repeat(times)}</math></p>`,
    "drawings in drawings": `<svg>${"<desc><svg>".repeat(times)}${"</svg></desc>".repeat(times)}</svg>`,
    "open tables": "<table><tr><td>a".repeat(times / 10),
    "open rows": `<b>${"<table><tr><td>a".repeat(times / 10)}`,
    "open cells": `<b><i>${"<table><tr><td>a".repeat(times / 10)}`,
    "open figures": "<figure><figcaption>a".repeat(times / 10),
    "figures of a figure": `<figure>${"<figure><figcaption>a</figcaption></figure>".repeat(times / 10)}</figure>`,
    "ends of nothing": `${"<div>".repeat(times)}${"</em>".repeat(times)}`,
    "open fonts": "<font><p>a".repeat(times / 4),
    "a wide row": `<table><tr>${"<td>a</td>".repeat(times * 5)}</tr></table>`,
  };
  for (const [name, page] of Object.entries(pages)) {
    const { user } = process.cpuUsage();
    const read = blocksOf(`<article class="ltx_document">${page}<p>after</p></article>`);
    assert.match(JSON.stringify(read), /after/, name);
    const words = JSON.stringify(read).match(/"a"|a\b(?= )/g)?.length ?? 0;
    if (name === "open fonts") assert.equal(words, times / 4);
    assert.ok(process.cpuUsage().user - user < 5_000_000, name);
  }
  const sections = `<article article-type="x"><body>${"<sec><title>a</title><p>b".repeat(isLong ? 130_000 : 55_000)}</body></article>`;
  const jats = readPaperText(sections, true);
  assert.ok(jats.ok && jats.text.blocks.filter(({ kind }) => kind === "paragraph").length > 49_000);
  for (const sign of ["[", "![](", "![a](", "\\(", "**a ", "$a", "`a "]) {
    const { user } = process.cpuUsage();
    const found = readPaperText(`Words ${sign.repeat(times)}`, true);
    assert.ok(found.ok && process.cpuUsage().user - user < 3_000_000, sign);
  }
});

test("a block has a limit, and beyond it the text is incomplete: it is laid out in one go", () => {
  const million = 1_000_000;
  const pages: Record<string, string> = {
    "a word": `<p class="ltx_p">${"a".repeat(2 * million)}</p>`,
    "code in lines": `<pre>${"a\n".repeat(million / 5)}</pre>`,
    "a table": `<table>${"<tr><td>a</td></tr>".repeat(million / 10)}</table>`,
    "a formula and words": `<p>x<math alttext="${"x".repeat(2 * million)}"></math>y</p>`,
    authors: `<div class="ltx_authors"><span class="ltx_creator"><span class="ltx_personname">${"<b>a</b><i>b</i>".repeat(million / 10)}</span></span></div><p>x</p>`,
    "cells of an equation": `<table class="ltx_equation">${`<tr>${'<td class="ltx_td"></td><td><math alttext="x"></math></td>'.repeat(4)}</tr>`.repeat(million / 25)}</table><p>x</p>`,
  };
  for (const [name, body] of someOf(Object.entries(pages), 3)) {
    const found = readPaperText(
      `<article class="ltx_document"><p>first</p>${body}<p>last</p></article>`,
      true,
    );
    assert.ok(found.ok, name);
    const { blocks, isTruncated } = found.text;
    assert.ok(isTruncated, name);
    assert.ok(JSON.stringify(blocks).length < 20 * million, name);
    assert.equal(spansText(blocks.at(-1)?.spans ?? []), "last", name);
    for (const measure of isLong ? [2, 80] : [80])
      assert.ok(
        paperRows(found.text, { measure, room: measure, asSource: false, ascii: false, isUnfolded: true })
          .length > 1,
      );
  }
  const whole = readPaperText(
    `<article class="ltx_document"><p>${"word ".repeat(20_000)}</p></article>`,
    true,
  );
  assert.ok(whole.ok && !whole.text.isTruncated);
});

test("a long page takes time in proportion to its length", { timeout: 60_000 }, () => {
  const paragraph = `<div class="ltx_para"><p class="ltx_p">${"Words of a paper, and <i>more</i>. ".repeat(20)}<math alttext="x_{1}"><mi>x</mi></math></p></div>`;
  const scale = isLong ? 1 : 1 / 4;
  const time = (count: number): number => {
    const html = `<article class="ltx_document">${paragraph.repeat(count)}</article>`;
    // Of the processor: other programs may have it in between.
    const start = process.cpuUsage();
    assert.equal(blocksOf(html).length, count);
    return process.cpuUsage(start).user / 1_000;
  };
  time(1_000);
  const small = Math.max(20, time(2_000 * scale));
  assert.ok(time(16_000 * scale) < small * 30);
});

const piece = fc.oneof(
  fc.constantFrom(
    ..."<p>|</p>|<table>|<tr>|<td>|</table>|<ul>|<li>|<h2>|</h2>|<math alttext='x^2'>|</math>|<figure>|<figcaption>|</figure>|<svg>|<a href='#x'>|</a>|<pre>|</pre>|<div class='ltx_theorem'>|</div>|<span class='ltx_note'>|<sup class='ltx_note_mark'>1</sup>|</span>|<table class='ltx_equation'>|<div class='ltx_listing'>|<div class='ltx_listingline'>|<annotation encoding='application/x-tex'>|<!--|-->|<![CDATA[|&amp;|&#27;[2J|<script>|</script>|<li class='ltx_bibitem'>|<span class='ltx_tag'>|<dl>|<dt>|<dd>|<article>|<sec>|<title>|<fig>|<disp-formula>|<tex-math>|# |```|$$|| --- |".split(
      "|",
    ),
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);

test("whatever a page holds, reading it ends in clean blocks", () => {
  const heads = ["", "<html>", '<article class="ltx_document">', '<article article-type="x">', "# Title\n\n"];
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.array(piece, { maxLength: 60 }), (head, pieces) => {
      const found = readPaperText(head + pieces.join(""), true);
      if (!found.ok) return;
      const ids = found.text.blocks.flatMap(({ id, anchors }) => [id, ...(anchors ?? [])]);
      assert.equal(new Set(ids).size, ids.length);
      for (const text of strings(found.text)) assert.doesNotMatch(text, /[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
    }),
    { numRuns: runs(1_500) },
  );
});
