import assert from "node:assert/strict";
import { test } from "node:test";
import { makeListing } from "../../../source/papers/listing.js";
import { makePaper } from "../../../source/papers/paper.js";
import { buildIndex } from "../../../source/search/index/search-index.js";
import { highlights, matcherFor } from "../../../source/search/match/highlight.js";
import { search } from "../../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../../source/search/query/query.js";
import { withGreekApart, withSpokenSigns } from "../../../source/search/text/greek.js";
import { plainTex } from "../../../source/text/tex/render.js";

const titles = [
  "On the $\\alpha$-divergence of things",
  "A β-VAE without tears",
  "Sparse $\\ell_1$ recovery in $\\mathcal{O}(n)$",
  "Μια εισαγωγή στη μάθηση",
  "The alphabet of proteins",
];
const listing = makeListing("Test", {
  papers: titles.map((title) => makePaper({ title })),
  day: null,
  problems: [],
});
const index = buildIndex(listing);
const found = (typed: string) => search(index, parseQuery(typed), () => 0);

test("a formula is found by its rendered text and the names of its letters, not by TeX commands", () => {
  assert.deepEqual(found("α-divergence"), [0]);
  assert.equal(found("alpha")[0], 0);
  assert.deepEqual(found('"alpha-divergence"'), [0]);
  assert.deepEqual(found("beta vae"), [1]);
  assert.deepEqual(found("β-VAE"), [1]);
  assert.deepEqual(found("mathcal"), []);
});

test("a Greek letter found by its name is highlighted", () => {
  const marked = (typed: string, title: string) => {
    const text = plainTex(title);
    return highlights(matcherFor(index, parseQuery(typed)), text, "title").map(({ start, end }) =>
      text.slice(start, end),
    );
  };
  assert.deepEqual(marked("alpha", titles[0] as string), ["α"]);
  assert.deepEqual(marked("β", titles[1] as string), ["β"]);
  assert.deepEqual(marked("vae beta", titles[1] as string), ["β", "VAE"]);
  assert.deepEqual(marked("alpha", titles[4] as string), ["alpha"]);
});

test("Greek words stay Greek words", () => {
  assert.equal(withSpokenSigns("Μια εισαγωγή"), null);
  assert.deepEqual(withSpokenSigns("aλb"), { text: "alambdab", from: [0, 1, 1, 1, 1, 1, 1, 2, 3] });
  assert.equal(withSpokenSigns("no letters here"), null);
});

test("adjacent and mathematical Greek letters are found by name too", () => {
  const listing = makeListing("Test", {
    papers: ["$\\alpha\\beta$-CROWN verified", "On \u{1d6fc}-entropy", "the λμ-calculus"].map((title) =>
      makePaper({ title }),
    ),
    day: null,
    problems: [],
  });
  const index = buildIndex(listing);
  const found = (typed: string) => search(index, parseQuery(typed), () => 0);
  assert.deepEqual(found("alpha"), [0, 1]);
  assert.deepEqual(found("beta"), [0]);
  assert.deepEqual(found("mu"), [2]);
  assert.deepEqual(found("α"), [0, 1]);
  assert.deepEqual(found("β"), [0]);
  assert.deepEqual(found("αβ"), [0]);
  assert.deepEqual(withSpokenSigns("\u{1d6fc}x"), { text: "alphax", from: [0, 0, 0, 0, 0, 2, 3] });
});

test("a Greek letter after a letter or digit is found and highlighted by itself", () => {
  const titles = ["Bounds by 2π and xβ", "αβ-CROWN", "π", "Γεια σου"];
  const papers = titles.map((title) => makePaper({ title }));
  const index = buildIndex(makeListing("Test", { papers, day: null, problems: [] }));
  const marked = (typed: string, at: number) => {
    const text = titles[at] as string;
    const ranges = highlights(matcherFor(index, parseQuery(typed)), text, "title");
    return ranges.map(({ start, end }) => text.slice(start, end));
  };
  assert.deepEqual(search(index, parseQuery("π"), () => 0).sort(), [0, 2]);
  assert.deepEqual(search(index, parseQuery("β"), () => 0).sort(), [0, 1]);
  assert.deepEqual(
    search(index, parseQuery("ε"), () => 0),
    [],
  );
  assert.deepEqual(marked("π", 0), ["π"]);
  assert.deepEqual(marked("β", 1), ["β"]);
  assert.deepEqual(withGreekApart("αβ 2πx αx \u{1d6fc}\u{1d6fd}"), {
    text: "α β 2 πx αx \u{1d6fc} \u{1d6fd}",
    from: [0, 1, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 13, 14],
  });
  assert.equal(withGreekApart("α-divergence (β)"), null);
});

test("a space in a phrase matches a hyphen, a hyphen only a hyphen", () => {
  const titles = ["On the $\\alpha$-divergence", "Low-rank adaptation", "A low rank", "Low, rank and file"];
  const papers = titles.map((title) => makePaper({ title, abstract: "It is — well – known." }));
  const index = buildIndex(makeListing("Test", { papers, day: null, problems: [] }));
  const found = (typed: string) => search(index, parseQuery(typed), () => 0).sort();
  assert.deepEqual(found('"alpha divergence"'), [0]);
  assert.deepEqual(found('"α divergence"'), [0]);
  assert.deepEqual(found('"alpha div'), [0]);
  assert.deepEqual(found('"low rank"'), [1, 2]);
  assert.deepEqual(found('"low-rank"'), [1]);
  assert.deepEqual(found('-"low rank"'), [0, 3]);
  assert.deepEqual(found('"Low rank"'), [1]);
  const text = titles[1] as string;
  const ranges = highlights(matcherFor(index, parseQuery('"low rank adapt')), text, "title");
  assert.deepEqual(ranges, [{ start: 0, end: "Low-rank adapt".length }]);
});
