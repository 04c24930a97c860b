import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lexer, type Token } from "marked";
import { readableText, texParts } from "../../source/exports/text/tex.js";
import { makePaper } from "../../source/papers/paper.js";
import { runs } from "../support/long.js";
import { hostileText, listings, written } from "./support.js";

const paper = makePaper({
  id: "1706.03762",
  title: "Attention Is All You Need",
  authors: ["Ashish Vaswani", "Noam Shazeer", "Niki Parmar"],
  published: "2017-06-12",
  url: "https://arxiv.org/abs/1706.03762",
  journal: "Advances 30",
});

test("an item is a link, who wrote it, when, where, and its identifier", () => {
  assert.equal(
    written([paper], "markdown"),
    "- [Attention Is All You Need](https://arxiv.org/abs/1706.03762) — Ashish Vaswani et al., 2017. Advances 30. arXiv:1706.03762\n",
  );
  const item = (found: Parameters<typeof makePaper>[0]) => written([makePaper(found)], "markdown").trimEnd();
  assert.equal(item({ title: "Bare" }), "- Bare");
  assert.equal(item({ title: "Two", authors: ["Ada Li", "Wei Li"] }), "- Two — Ada Li and Wei Li");
  assert.equal(item({ title: "One", authors: ["Ada Li"], published: "2020" }), "- One — Ada Li, 2020");
  assert.equal(item({ title: "Counted", authorCount: 8 }), "- Counted — 8 authors");
  assert.equal(
    item({ title: "By its DOI", doi: "10.1000/a_(b)", id: "doi:10.1000/a_(b)" }),
    "- [By its DOI](https://doi.org/10.1000/a_%28b%29) — doi:10.1000/a\\_(b)",
  );
});

test("signs of Markdown are escaped, formulas stay as they are", () => {
  const title = (text: string) => written([makePaper({ title: text })], "markdown").slice(2, -1);
  assert.equal(
    title("[a] *b* _c_ `d` <e> f|g #h &amp; !i"),
    "\\[a\\] \\*b\\* \\_c\\_ \\`d\\` \\<e\\> f\\|g \\#h \\&amp; \\!i",
  );
  assert.equal(title("An $\\mathcal{O}(n_1)$ Method"), "An $\\mathcal{O}(n_1)$ Method");
  assert.equal(title("$5 to $10"), "\\$5 to \\$10");
  assert.equal(title("$a<b_1$"), "$a< b_1$");
  assert.equal(title("$[0,1)$ and $[1]$"), "$\\lbrack 0,1)$ and $[1]$");
  assert.equal(title("1. First"), "1\\. First");
  assert.equal(title("- Dash"), "\\- Dash");
  assert.equal(title('H\\"older \\& more'), "Hölder \\& more");
  assert.match(
    written([{ ...paper, url: "https://e.org/a_(b) c>" }], "markdown"),
    /\]\(https:\/\/e\.org\/a_%28b%29%20c%3E\) — /,
  );
});

/** The text that a reader sees of an item's tokens. */
function shown(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if ("tokens" in token && token.tokens) return shown(token.tokens);
      return "text" in token ? String(token.text) : token.raw;
    })
    .join("");
}

/** The items of a Markdown text that is one list and nothing else: what is linked, and all that is shown. */
function items(text: string): { title: string; href: string | undefined; shown: string }[] {
  const [list, ...others] = lexer(text);
  assert.deepEqual(others, []);
  assert.ok(list?.type === "list");
  return list.items.map((item: { tokens: Token[] }) => {
    assert.equal(item.tokens.length, 1);
    const inline = item.tokens.flatMap((token) => ("tokens" in token ? (token.tokens ?? []) : []));
    const link = inline.find(({ type }) => type === "link") as { tokens: Token[]; href: string } | undefined;
    return { title: link ? shown(link.tokens) : "", href: link?.href, shown: shown(inline) };
  });
}

test("hostile titles and authors are shown as they are by a Markdown viewer", () => {
  fc.assert(
    fc.property(hostileText, hostileText, fc.boolean(), (title, author, isLinked) => {
      // Viewers that set formulas take them out first; this one would read Markdown in them.
      fc.pre([title, author].every((text) => texParts(text).every(({ isFormula }) => !isFormula)));
      const hostile = makePaper({ title, authors: [author], url: isLinked ? "https://e.org/(a" : null });
      const [first, item, last, ...others] = items(written([paper, hostile, paper], "markdown"));
      assert.equal(others.length, 0);
      assert.deepEqual([first?.title, last?.title], [paper.title, paper.title]);
      assert.equal(item?.shown, `${readableText(title)} — ${readableText(author)}`);
      if (!isLinked) return;
      assert.equal(item?.title, readableText(title));
      assert.equal(item?.href, "https://e.org/%28a");
    }),
    { numRuns: runs(1000) },
  );
});

test("real listings are one list of links", async () => {
  for (const [name, papers] of await listings()) {
    const found = items(written(papers, "markdown"));
    assert.equal(found.length, papers.length, name);
    for (const [at, { url, doi }] of papers.entries()) {
      assert.equal(found[at]?.href !== undefined, url !== null || doi !== null, `${name} ${at}`);
    }
  }
});
