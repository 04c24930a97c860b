import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { openSources, type Supplies } from "../../source/sources/open.js";
import { SourceError } from "../../source/sources/source.js";
import { readTextFile } from "../../source/sources/texts/local-text.js";

const prose = `<p class="ltx_p">${"Pebbles were counted by hand, and the count was right. ".repeat(90)}</p>`;
const latexml = `<html><head><base href="/html/2401.00001v2/"></head><body><article class="ltx_document"><h1 class="ltx_title ltx_title_document">Counting <math alttext="x^{2}"></math> Pebbles</h1><div class="ltx_authors"><span class="ltx_creator"><span class="ltx_personname">Ines Holm<sup>1</sup></span></span><span class="ltx_creator"><span class="ltx_personname">Otto Reed</span></span></div><div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6><p class="ltx_p">We count.</p></div>${prose}</article></body></html>`;

async function opened(name: string, content: string | Buffer) {
  const folder = mkdtempSync(join(tmpdir(), "papers-tui-local-"));
  const path = join(folder, name);
  writeFileSync(path, content);
  try {
    const supplies = { options: { today: "2026-01-01" } } as unknown as Supplies;
    const listing = await openSources([{ kind: "file", path }], supplies);
    const texts = [...listing.texts];
    const found = texts.length === 0 ? null : await readTextFile(path);
    return {
      listing,
      texts,
      found,
      path,
      papers: Array.from({ length: listing.size }, (_, at) => listing.paper(at)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const notOpened = (name: string, content: string) =>
  assert.rejects(opened(name, content), (error) => error instanceof SourceError);

test("a page that is a paper is a listing of that paper, with its text", async () => {
  for (const [name, content] of [
    ["page.html", latexml],
    ["2401.00001v2", latexml],
    ["page.html.gz", gzipSync(latexml)],
  ] as const) {
    const { papers, texts, found, path } = await opened(name, content);
    assert.equal(papers.length, 1, name);
    assert.equal(papers[0]?.id, "2401.00001");
    assert.equal(papers[0]?.title, "Counting x² Pebbles");
    assert.deepEqual(papers[0]?.authors, ["Ines Holm", "Otto Reed"]);
    assert.equal(papers[0]?.abstract, "We count.");
    assert.deepEqual(texts, [["2401.00001", path]]);
    assert.ok(found?.ok && found.address.startsWith("file:///"));
  }
});

test("a page that says what paper it is and holds the text has both", async () => {
  const body = `<body><h1>Bees</h1><h2>Abstract</h2><p>We count.</p><h2>Introduction</h2>${prose.replace(' class="ltx_p"', "")}</body>`;
  const data = {
    "@context": "https://schema.org",
    "@type": "ScholarlyArticle",
    name: "Bees",
    author: "A. Bee",
  };
  for (const head of [
    '<meta name="citation_title" content="Bees"><meta name="citation_author" content="Bee, A.">',
    `<script type="application/ld+json">${JSON.stringify(data)}</script>`,
  ]) {
    const page = `<!DOCTYPE html><html><head>${head}</head>`;
    const { papers, texts, found } = await opened("bees.html", `${page}${body}</html>`);
    assert.deepEqual([papers[0]?.title, papers[0]?.authors, texts.length], ["Bees", ["A. Bee"], 1]);
    assert.ok(found?.ok);
    assert.equal((await opened("bees.html", `${page}<body><p>Sign in</p></body></html>`)).texts.length, 0);
  }
});

test("Markdown and JATS are texts where they hold one", async () => {
  const notes = await opened("notes.md", "# Notes\n\nWords of a note.\n");
  assert.deepEqual(
    notes.papers.map(({ title }) => title),
    ["Notes"],
  );
  assert.equal(notes.texts.length, 1);
  const references = "- [1] O. Reed. Knots. arXiv:2301.00001\n- [2] A. Bee. Bees. arXiv:2301.00002\n";
  const whole = `# Counting\n\n## Introduction\n\n${"Pebbles were counted. ".repeat(300)}\n\n## References\n\n${references}`;
  const paper = await opened("paper.md", whole);
  assert.deepEqual(
    paper.papers.map(({ title }) => title),
    ["Counting"],
  );
  const meta = `<front><article-meta><article-id pub-id-type="doi">10.1101/2024.01.01</article-id><title-group><article-title>Bees</article-title></title-group></article-meta></front>`;
  const jats = (body: string) =>
    `<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "x.dtd"><article article-type="research-article">${meta}${body}</article>`;
  const article = await opened("bees.xml", jats("<body><p>Bees fly.</p></body>"));
  assert.deepEqual([article.papers[0]?.title, article.texts.length], ["Bees", 1]);
  assert.equal((await opened("bees.xml", jats(""))).texts.length, 0);
});

test("a file that lists papers stays a listing, and others say what they are", async () => {
  const list =
    "# Reading\n\n- [Knots](https://arxiv.org/abs/2301.00001)\n- [Bees](https://arxiv.org/abs/2301.00002)\n";
  const { listing, texts } = await opened("list.md", list);
  assert.deepEqual([listing.size, texts.length], [2, 0]);
  await notOpened("notes.txt", "Words of a note.");
  await notOpened("login.html", "<html><body><form>Log in</form><p>Welcome back.</p></body></html>");
  await notOpened("empty.html", "");
});

test("where a text is wanted, a listing is called one, whatever its format", async () => {
  const feed =
    '<rss version="2.0"><channel><title>F</title><item><title>Knots</title></item></channel></rss>';
  const known = { title: "Knots", summary: "We tie.", authors: [{ name: "Ines Holm" }], upvotes: 3 };
  const paper = { id: "2301.00001", publishedAt: "2023-01-01T00:00:00.000Z", ...known };
  const day = JSON.stringify([{ paper, publishedAt: paper.publishedAt, title: "Knots", numComments: 0 }]);
  const folder = mkdtempSync(join(tmpdir(), "papers-tui-local-"));
  try {
    for (const [name, content, what] of [
      ["feed.xml", feed, /^it is a listing of papers/],
      ["day.json", day, /^it is a listing of papers/],
      ["other.json", '{"a": 1}', /^it is JSON whose entries do not look like papers/],
    ] as const) {
      const path = join(folder, name);
      writeFileSync(path, content);
      const found = await readTextFile(path);
      assert.match(found.ok ? "a text" : found.reason, what, name);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a file that is larger than any text is refused before it is read", async () => {
  const folder = mkdtempSync(join(tmpdir(), "papers-tui-local-"));
  try {
    const path = join(folder, "huge.html");
    writeFileSync(path, "<p>Words</p>");
    truncateSync(path, 300_000_000);
    assert.match(JSON.stringify(await readTextFile(path)), /larger than any text/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
