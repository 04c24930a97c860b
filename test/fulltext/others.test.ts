import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { spansText } from "../../source/fulltext/blocks.js";
import { readMarkdownPaper } from "../../source/fulltext/other/markdown.js";
import { kindOf, readPaperText } from "../../source/fulltext/read.js";

const sample = "../shared/samples/jats/pntd.0008301.nxml";

const read = (text: string) => {
  const found = readPaperText(text, true);
  assert.ok(found.ok);
  return found.text;
};
const counts = (text: string) => {
  const found: Record<string, number> = {};
  for (const { kind } of read(text).blocks) found[kind] = (found[kind] ?? 0) + 1;
  return found;
};

test("the kind of a text is detected from the text", () => {
  assert.equal(kindOf("<!DOCTYPE html><html>"), "html");
  assert.equal(kindOf('<?xml version="1.0"?><!DOCTYPE article PUBLIC "x" "y"><article>'), "jats");
  assert.equal(kindOf('<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="x">'), "jats");
  assert.equal(kindOf("# A paper\n\nText with <b>."), "markdown");
  assert.equal(kindOf("\ufeff<html>"), "html");
});

test("JATS: sections, references, figures and tables as many as it has", {
  skip: existsSync(sample) ? false : "no samples beside the project",
}, () => {
  const text = readFileSync(sample, "utf8");
  const found = counts(text);
  assert.equal(found.reference, 53);
  assert.equal(found.figure, 5);
  assert.equal(found.table, 2);
  const { blocks } = read(text);
  assert.ok(blocks.filter(({ kind }) => kind === "heading").length >= 13);
  // Every word of the paragraphs of the body, by another way.
  const body = /<body>([\s\S]*)<\/body>/.exec(text)?.[1] ?? "";
  const wanted = body
    .replace(/<(?:table|label|title)\b[\s\S]*?<\/(?:table|label|title)>/g, " ")
    .replace(/<[^>]+>/g, " ")
    .match(/[A-Za-z]{4,}/g) as string[];
  const all = JSON.stringify(blocks);
  assert.deepEqual(
    [...new Set(wanted)].filter((word) => !all.includes(word)),
    [],
  );
});

test("JATS: formulas, citations in parts and links", () => {
  const { title, blocks } =
    read(`<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="x"><front><article-meta>
    <title-group><article-title>On <italic>pebbles</italic></article-title></title-group>
    <contrib-group><contrib><name><surname>Holm</surname><given-names>Ines</given-names></name></contrib></contrib-group>
    <abstract><p>Short.</p></abstract></article-meta></front>
    <body><sec id="s1"><label>1</label><title>Start</title><p>See <xref rid="r1" ref-type="bibr">[1]</xref> and
      <inline-formula><mml:math xmlns:mml="m"><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math></inline-formula>.</p>
      <disp-formula id="e1"><tex-math>\\documentclass{x}\\begin{document}$$a=b$$\\end{document}</tex-math><label>(1)</label></disp-formula>
      <sec><title>Deeper</title><p>More.</p></sec></sec></body>
    <back><ref-list><title>References</title><ref id="r1"><label>1</label><element-citation><person-group><name><surname>Reed</surname><given-names>O</given-names></name></person-group><article-title>Knots</article-title><source>J. Rope</source><year>2019</year><volume>3</volume><fpage>7</fpage><pub-id pub-id-type="doi">10.5555/k.1</pub-id></element-citation></ref></ref-list></back></article>`);
  assert.equal(title, "On pebbles");
  const lines = blocks.map(({ kind, label, level, spans }) => [kind, label, level, spansText(spans)]);
  assert.deepEqual(lines, [
    ["title", null, 1, "On pebbles"],
    ["authors", null, 0, "Ines Holm"],
    ["heading", null, 2, "Abstract"],
    ["paragraph", null, 0, "Short."],
    ["heading", "1", 2, "Start"],
    ["paragraph", null, 0, "See [1] and x^{2}."],
    ["equation", null, 0, ""],
    ["heading", null, 3, "Deeper"],
    ["paragraph", null, 0, "More."],
    ["heading", null, 2, "References"],
    ["reference", "1", 0, "Reed O. Knots. J. Rope, 2019, 3:7. doi:10.5555/k.1"],
  ]);
  assert.deepEqual(blocks[6]?.equation, [{ cells: ["a=b"], number: "(1)" }]);
  assert.equal(blocks[5]?.spans.find(({ href }) => href)?.href, "#r1");
  assert.ok(blocks.some(({ id }) => id === "r1"));
});

test("Markdown: headings, emphasis, code, lists, tables, formulas and references", () => {
  const { title, blocks } = read(
    "# Pebbles\n\n## 1 Start\n\nA *soft* **hard** `m` and `x y` with $x_1$ for $5 and $6.\n\n$$\na = b \\tag{1}\n$$\n\n- one\n- two\n\n```\nif x:\n    y\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> said\n\n## References\n\n[1] Reed. [Knots](https://arxiv.org/abs/2301.00001).\n",
  );
  assert.equal(title, "Pebbles");
  assert.deepEqual(
    blocks.map(({ kind }) => kind),
    "title heading paragraph equation item item code table paragraph heading reference".split(" "),
  );
  assert.equal(spansText(blocks[2]?.spans ?? []), "A soft hard m and x y with x_1 for $5 and $6.");
  assert.deepEqual(blocks[3]?.equation, [{ cells: ["a = b"], number: "(1)" }]);
  assert.deepEqual(
    blocks[6]?.lines?.map((line) => spansText(line)),
    ["if x:", "    y"],
  );
});

test("in Markdown, brackets before a link are text, and an address may have pairs of parentheses", () => {
  const linksOf = (markdown: string) =>
    read(`# T\n\n${markdown}\n`).blocks[1]?.spans.map(({ text, href }) => `${text}→${href ?? ""}`);
  assert.deepEqual(linksOf("see [1, [b](https://a.org/b)"), ["see [1, →", "b→https://a.org/b"]);
  assert.deepEqual(linksOf("[t](https://a.org/b_(c)) d"), ["t→https://a.org/b_(c)", " d→"]);
  assert.deepEqual(linksOf('([t](https://a.org "A title"))'), ["(→", "t→https://a.org", ")→"]);
});

test("what Hugging Face puts before the Markdown of a paper is its title and no text", () => {
  const markdown =
    "Title: Counting: A Start\n\nURL Source: https://arxiv.org/html/2401.00001\n\nMarkdown Content:\n# Counting: A Start\n\n###### Abstract\n\nWe count.\n";
  const { title, blocks } = readMarkdownPaper(markdown, true);
  assert.equal(title, "Counting: A Start");
  assert.deepEqual(
    blocks.map(({ kind, spans }) => `${kind} ${spansText(spans)}`),
    ["title Counting: A Start", "heading Abstract", "paragraph We count."],
  );
});
