import assert from "node:assert/strict";
import { test } from "node:test";
import { makeListing } from "../../source/papers/listing.js";
import { makePaper } from "../../source/papers/paper.js";
import { withGreekNames } from "../../source/search/greek.js";
import { highlights, matcherFor } from "../../source/search/highlight.js";
import { buildIndex } from "../../source/search/index.js";
import { parseQuery } from "../../source/search/query.js";
import { search } from "../../source/search/search.js";
import { plainTex } from "../../source/text/tex/render.js";

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

test("a formula is found by what it shows, by the names of its letters, and not by TeX's commands", () => {
  assert.deepEqual(found("α-divergence"), [0]);
  assert.equal(found("alpha")[0], 0);
  assert.deepEqual(found('"alpha-divergence"'), [0]);
  assert.deepEqual(found("beta vae"), [1]);
  assert.deepEqual(found("β-VAE"), [1]);
  assert.deepEqual(found("mathcal"), []);
});

test("a letter found by its name is what is highlighted", () => {
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

test("words of Greek stay words of Greek", () => {
  assert.equal(withGreekNames("Μια εισαγωγή"), null);
  assert.deepEqual(withGreekNames("aλb"), { text: "alambdab", from: [0, 1, 1, 1, 1, 1, 1, 2, 3] });
  assert.equal(withGreekNames("no letters here"), null);
});

test("letters side by side, and those of mathematics, are found by their names as well", () => {
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
  assert.deepEqual(withGreekNames("\u{1d6fc}x"), { text: "alphax", from: [0, 0, 0, 0, 0, 2, 3] });
});
