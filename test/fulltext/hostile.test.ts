import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Block, spansText } from "../../source/fulltext/blocks.js";
import { readHtmlPaper } from "../../source/fulltext/html/page.js";
import { readPaperText } from "../../source/fulltext/read.js";

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

test("elements that lie a hundred thousand deep are read in order", () => {
  const html = `<article class="ltx_document">${"<div><span>".repeat(50_000)}deep${"</span></div>".repeat(50_000)}<p>after</p></article>`;
  assert.deepEqual(texts(html), ["deep", "after"]);
});

test("a long page takes time in proportion to its length", { timeout: 60_000 }, () => {
  const paragraph = `<div class="ltx_para"><p class="ltx_p">${"Words of a paper, and <i>more</i>. ".repeat(20)}<math alttext="x_{1}"><mi>x</mi></math></p></div>`;
  const time = (count: number): number => {
    const html = `<article class="ltx_document">${paragraph.repeat(count)}</article>`;
    const start = performance.now();
    assert.equal(blocksOf(html).length, count);
    return performance.now() - start;
  };
  time(1_000);
  const small = Math.max(20, time(2_000));
  assert.ok(time(16_000) < small * 30);
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
    { numRuns: 1_500 },
  );
});
