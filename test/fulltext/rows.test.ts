import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { Block, PaperText } from "../../source/fulltext/blocks.js";
import { readPaperText } from "../../source/fulltext/read.js";
import type { RowOptions, TextRow } from "../../source/fulltext/rows/row.js";
import { paperRows } from "../../source/fulltext/rows/rows.js";
import { cellWidth } from "../../source/text/cells.js";

const samples = "../shared/samples/fulltext";
const skip = existsSync(samples) ? false : "no samples beside the project";

const read = (text: string): PaperText => {
  const found = readPaperText(text, true);
  assert.ok(found.ok);
  return found.text;
};
const options = (measure: number, more: Partial<RowOptions> = {}): RowOptions => ({
  measure,
  room: measure,
  asSource: false,
  ascii: false,
  isUnfolded: true,
  ...more,
});
const textOf = ({ spans }: TextRow) => spans.map(({ text }) => text).join("");
const shown = (text: string, measure = 60, more: Partial<RowOptions> = {}) =>
  paperRows(read(text), options(measure, more)).map((row) => textOf(row).trimEnd());

const page = (body: string) => `<article class="ltx_document">${body}</article>`;
const p = (text: string) => `<p class="ltx_p">${text}</p>`;

test("paragraphs are wrapped, headings numbered, items hang, notes follow", () => {
  const html = page(
    `<h2 class="ltx_title"><span class="ltx_tag">1 </span>Start</h2>${p("One two three four five six<span class='ltx_note ltx_role_footnote'><sup class='ltx_note_mark'>1</sup>Small.</span> seven.")}<ul><li>${p("first item that is rather long")}</li></ul>`,
  );
  assert.deepEqual(shown(html, 20), [
    "1  Start",
    "",
    "One two three four",
    "five six¹ seven.",
    "",
    "  ¹ Small.",
    "",
    "  • first item that",
    "    is rather long",
  ]);
});

test("a display has its number at the right, on its line", () => {
  const html = page(
    `<table class="ltx_equation"><tr><td class="ltx_eqn_cell"><math alttext="x=\\frac{a}{b}"></math></td><td><span class="ltx_tag ltx_tag_equation">(1)</span></td></tr></table>`,
  );
  assert.deepEqual(shown(html, 30), [
    "                a",
    "           x = ───         (1)",
    "                b",
  ]);
  assert.deepEqual(shown(html, 30, { asSource: true })[0]?.trim().slice(0, 13), "x=\\frac{a}{b}");
});

test("a table has columns as wide as they need, its head above a rule, and cells over several columns", () => {
  const row = (cells: string) => `<tr class="ltx_tr">${cells}</tr>`;
  const td = (text: string, more = "") => `<td class="ltx_td" ${more}>${text}</td>`;
  const html = page(
    `<table class="ltx_tabular">${row(`<th>Town</th><th colspan="2">Rain</th>`)}${row(td("Altdorf") + td("101") + td("7"))}${row(td("Berg", 'rowspan="2"') + td("1") + td("2"))}${row(td("3") + td("4"))}</table>`,
  );
  assert.deepEqual(shown(html, 40), [
    "───────────────",
    "Town     Rain",
    "───────────────",
    "Altdorf  101  7",
    "Berg       1  2",
    "           3  4",
    "───────────────",
  ]);
});

test("a table wider than the room wraps words before it scrolls", () => {
  const cells = (text: string) => `<tr>${`<td>${text}</td>`.repeat(3)}</tr>`;
  const rows = paperRows(
    read(page(`<table class="ltx_tabular">${cells("some words in a cell")}${cells("x")}</table>`)),
    options(40),
  );
  assert.ok(rows.every(({ wide }) => wide === undefined));
  const numbers = paperRows(
    read(
      page(`<table class="ltx_tabular"><tr>${"<td>12345678</td>".repeat(9)}</tr><tr><td>1</td></tr></table>`),
    ),
    options(40),
  );
  assert.ok(numbers.some(({ wide }) => (wide ?? 0) > 40));
});

test("code keeps its lines and spaces", () => {
  assert.deepEqual(shown(page("<pre class='ltx_verbatim'>def f(x):\n    return {x}\n</pre>")), [
    "  def f(x):",
    "      return {x}",
  ]);
});

const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]{2,}/gu) ?? [];

for (const name of skip ? [] : readdirSync(samples).filter((one) => one.endsWith(".html"))) {
  test(`${name}: rows fit, keep the words of each paragraph in order, and have no TeX left`, { skip }, () => {
    const text = read(readFileSync(join(samples, name), "utf8"));
    for (const measure of [40, 76, 100]) {
      const rows = paperRows(text, options(measure));
      for (const row of rows) {
        const width = cellWidth(textOf(row));
        assert.ok(row.wide === undefined ? width <= measure : width === row.wide, textOf(row));
      }
      const byBlock = new Map<number, string>();
      for (const row of rows) byBlock.set(row.block, `${byBlock.get(row.block) ?? ""} ${textOf(row)}`);
      for (const [index, block] of text.blocks.entries()) {
        if (block.kind !== "paragraph") continue;
        // Long words are broken between lines: all letters are there, in order.
        const letters = (words: string[]) => words.join("");
        const plain = block.spans.filter(({ tex, script }) => tex === undefined && !script);
        const found = letters(wordsOf((byBlock.get(index) ?? "").replace(/\s/g, "")));
        let at = 0;
        for (const word of plain.flatMap((span) => wordsOf(span.text))) {
          const next = found.indexOf(word.slice(0, 8), at);
          assert.ok(next >= 0, `${word} of ${block.id}`);
          at = next + 1;
        }
      }
      const isText = ({ kind }: Block) => kind !== "code" && kind !== "algorithm";
      if (measure !== 76) continue;
      const left = rows
        .filter((row) => isText(text.blocks[row.block] as Block))
        .map(textOf)
        .filter((row) =>
          /\\(?:frac|begin|end|left|right|mathbf|sum|text|mathrm|cal)(?![a-z])|\\displaystyle/.test(row),
        );
      assert.deepEqual(left, []);
    }
  });
}

test("whatever the blocks are, rows fit or say how wide they are", () => {
  const span = fc.record({ text: fc.string({ maxLength: 30 }) });
  const spans = fc.array(span, { maxLength: 4 });
  const kind = fc.constantFrom(
    ..."title authors heading paragraph item equation table figure code algorithm theorem footnote reference".split(
      " ",
    ),
  );
  const block = fc.record({
    kind,
    level: fc.integer({ min: 0, max: 6 }),
    label: fc.option(fc.string({ maxLength: 12 })),
    spans,
    tables: fc.constant([[[{ spans: [{ text: "a b" }] }, { spans: [{ text: "c" }], columns: 3, rows: 2 }]]]),
    equation: fc.constant([{ cells: ["x_{q}", "=\\frac{a}{b}"], number: "(12)" }]),
    lines: fc.array(spans, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(block, { maxLength: 5 }), fc.integer({ min: 20, max: 90 }), (blocks, measure) => {
      const text = {
        title: "",
        isTruncated: true,
        hasLostFormulas: false,
        base: null,
        blocks: blocks.map((one, at) => ({ ...one, id: String(at) }) as unknown as Block),
      };
      for (const row of paperRows(text, options(measure)))
        assert.ok(cellWidth(textOf(row)) <= measure || row.wide !== undefined, `${textOf(row)} ${measure}`);
    }),
    { numRuns: 500 },
  );
});

test("a display that is too wide keeps its rows, each in two dimensions where it fits", () => {
  const tex = `\\begin{split}f(x)&amp;=\\frac{a}{b}\\\\ &amp;=${"aaaabbbb".repeat(8)}\\end{split}`;
  const page = `<article class="ltx_document"><table class="ltx_equation"><tr><td class="ltx_eqn_cell"><math alttext="${tex}"></math></td></tr></table></article>`;
  const rows = shown(page, 40).map((row) => row.trim());
  assert.deepEqual(rows.slice(0, 3), ["a", "f(x) = ───", "b"]);
  assert.match(rows[3] as string, /^= ?aaaa/);
});

test("a display in a theorem has the bar of the theorem, and the terms of a list are bold", () => {
  const page = `<article class="ltx_document"><div class="ltx_theorem"><h6 class="ltx_title ltx_title_theorem">Theorem</h6><p class="ltx_p">So</p><table class="ltx_equation"><tr><td class="ltx_eqn_cell"><math alttext="x=1"></math></td></tr></table></div><dl><dt>Lamp</dt><dd>A thing.</dd></dl><ol><li>One.</li></ol></article>`;
  const rows = paperRows(read(page), options(30));
  assert.match(rows.map(textOf).join("\n"), /^│ +x = 1$/m);
  const bold = rows.flatMap(({ spans }) => spans.filter(({ style }) => style.bold).map(({ text }) => text));
  assert.deepEqual(bold, ["Theorem", "Lamp"]);
});
