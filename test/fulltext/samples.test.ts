import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Block, spansText, type TextSpan } from "../../source/fulltext/blocks.js";
import { readHtmlPaper } from "../../source/fulltext/html/page.js";

// Real pages with the blocks that a program independent of ours has read from them.
const samples = "../shared/samples";
const checked = join(samples, "fulltext-checked");
const skip = existsSync(checked) ? false : "no samples beside the project";
const names = skip
  ? []
  : readdirSync(checked)
      .filter((name) => name.endsWith(".expected.json"))
      .map((name) => name.replace(".expected.json", ""));

interface Expected {
  readonly counts: Readonly<Record<string, number>>;
  // biome-ignore lint/suspicious/noExplicitAny: the form differs by the kind of block
  readonly blocks: readonly any[];
}

function pageOf(name: string): string {
  const own = join(checked, `${name}.html`);
  return readFileSync(existsSync(own) ? own : join(samples, "fulltext", `${name}.html`), "utf8");
}

const read = (name: string) => {
  const found = readHtmlPaper(pageOf(name), name === "plain-math");
  assert.ok(found.ok, name);
  return found.text;
};

const marked = (spans: readonly TextSpan[]) =>
  spans
    .map((span) => (span.note ? `[^${span.note}]` : span.tex !== undefined ? `⟦${span.tex}⟧` : span.text))
    .join("");

/** Words of two letters or more outside of formulas. */
const wordsOf = (text: string) =>
  text
    .replace(/⟦[^⟧]*⟧|\[\^[^\]]*\]/g, " ")
    .normalize("NFC")
    .match(/[\p{L}\p{N}]{2,}/gu) ?? [];

function textsOf(block: Block): string[] {
  const isMark = ({ script }: TextSpan) => block.kind === "authors" && script === "^";
  return [
    block.label ?? "",
    marked(block.spans.filter((span) => !isMark(span))),
    ...(block.panels ?? []).map(marked),
    ...(block.lines ?? []).map(marked),
    ...(block.tables ?? []).flat(2).map((cell) => marked(cell.spans)),
    ...(block.equation ?? []).filter(({ plain }) => plain).flatMap(({ cells }) => cells),
    ...(block.equation ?? []).map(({ number }) => number ?? ""),
  ];
}

function expectedTexts(block: Expected["blocks"][number]): string[] {
  const cells = [block.rows ?? [], ...(block.tables ?? [])].flat(2);
  // The independent extraction has the mark of a note twice before the words that it runs into.
  return [
    block.number ?? "",
    block.marker ?? "",
    block.mark ?? "",
    block.tag ?? "",
    block.title ?? "",
    block.text ?? "",
    block.caption ?? "",
    ...(block.names ?? []),
    ...(block.notes ?? []),
    ...(block.panels ?? []),
    ...(block.lines ?? []),
    ...(block.kind === "equation" ? [] : cells.map((cell: { text: string }) => cell.text)),
    ...(block.kind === "equation"
      ? block.rows.flatMap((row: { cells: string[]; number: string | null; plain?: boolean }) => [
          ...(row.plain ? row.cells : []),
          row.number ?? "",
        ])
      : []),
  ].map((text: string) => text.replace(/\d+footnotemark: \d/g, "").replace(/^(\d)\1(?=[A-Z])/, ""));
}

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

for (const name of names) {
  test(`every word of ${name} is kept as often as the page has it`, { skip }, () => {
    const expected = JSON.parse(readFileSync(join(checked, `${name}.expected.json`), "utf8")) as Expected;
    const wanted = counted(expected.blocks.flatMap(expectedTexts).flatMap(wordsOf));
    const found = counted(read(name).blocks.flatMap(textsOf).flatMap(wordsOf));
    const missing = [...wanted].filter(([word, count]) => (found.get(word) ?? 0) < count);
    const extra = [...found].filter(([word, count]) => (wanted.get(word) ?? 0) < count);
    assert.deepEqual({ missing, extra }, { missing: [], extra: [] });
  });

  test(`${name}: paragraphs, items and references in order, with their formulas`, { skip }, () => {
    const expected = JSON.parse(readFileSync(join(checked, `${name}.expected.json`), "utf8")) as Expected;
    const tidy = (text: string) => text.replace(/\s+/g, "");
    const wanted = expected.blocks
      .filter(({ kind }) => /^(?:para|item|bib)$/.test(kind))
      .map(({ text }) => tidy(text))
      .filter((text) => text !== "" && text !== "†");
    const kinds = new Set(["paragraph", "item", "reference"]);
    const found = read(name)
      .blocks.filter(({ kind }) => kinds.has(kind))
      .map(({ spans }) => tidy(marked(spans)))
      .filter((text) => text !== "");
    // A paragraph that holds a block is one there and several here: the text is the same.
    assert.equal(found.join(""), wanted.join(""));
  });

  test(`${name}: sections, displays, tables, figures, footnotes and references are counted right`, {
    skip,
  }, () => {
    const { counts } = JSON.parse(readFileSync(join(checked, `${name}.expected.json`), "utf8")) as Expected;
    const { blocks } = read(name);
    const of = (kind: Block["kind"]) => blocks.filter((block) => block.kind === kind);
    const rows = of("equation").flatMap(({ equation }) => equation ?? []);
    const found: Record<string, number> = {
      sections: of("heading").filter(({ role }) => role !== "abstract").length,
      equation_blocks: of("equation").length,
      equation_rows: rows.length,
      numbered_equations: rows.filter(({ number }) => number !== null).length,
      tables: of("table").length,
      figures: of("figure").length,
      references: of("reference").length,
      footnotes: of("footnote").length,
      theorems: of("theorem").length,
      proofs: of("proof").length,
      items: of("item").filter(({ label }) => label !== null).length,
      code_blocks: of("code").length,
      algorithms: of("algorithm").length,
    };
    for (const [what, count] of Object.entries(counts))
      if (what in found) assert.equal(found[what], count, what);
  });
}

test("every anchor is of one block", { skip }, () => {
  for (const name of names) {
    const ids = read(name).blocks.flatMap(({ id, anchors }) => [id, ...(anchors ?? [])]);
    assert.equal(new Set(ids).size, ids.length, name);
  }
});

test("every link within a page leads to a block", { skip }, () => {
  for (const name of names) {
    const { blocks } = read(name);
    const ids = new Set(blocks.flatMap(({ id, anchors }) => [id, ...(anchors ?? [])]));
    const lost = blocks
      .flatMap(({ spans }) => spans)
      .filter(({ href }) => href?.startsWith("#") && !ids.has(href.slice(1)))
      .map(({ href, text }) => `${href} ${text}`);
    assert.deepEqual(lost, [], name);
  }
});

test("a page by hand of 1999 is read as it is: headings, notes and references", { skip }, () => {
  const html = new TextDecoder("windows-1252").decode(
    readFileSync(join(samples, "fulltext-native/cs-9901011v1.html")),
  );
  const found = readHtmlPaper(html);
  assert.ok(found.ok);
  assert.equal(found.text.title, "A Brief History of the Internet");
  const headings = found.text.blocks
    .filter(({ kind }) => kind === "heading")
    .map(({ spans }) => spansText(spans));
  assert.deepEqual(headings.slice(0, 3), [
    "Introduction",
    "Origins of the Internet",
    "The Initial Internetting Concepts",
  ]);
  assert.ok(found.text.blocks.some(({ kind }) => kind === "reference"));
});

test("pages without a paper are no paper, whatever their status is", { skip }, () => {
  const stubs = join(samples, "fulltext-stubs");
  for (const name of readdirSync(stubs)) {
    const found = readHtmlPaper(readFileSync(join(stubs, name), "utf8"));
    if (name !== "ar5iv-fatal-truncated-200.html") assert.equal(found.ok, false, name);
    else assert.ok(found.ok && found.text.isTruncated);
  }
});
