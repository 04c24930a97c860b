import assert from "node:assert/strict";
import { test } from "node:test";
import { buildIndex } from "../../../source/search/index/search-index.js";
import { parseQuery } from "../../../source/search/query/query.js";
import { whyNothing } from "../../../source/search/query/why-nothing.js";
import { listingOf } from "../../reader/reader.js";

const index = buildIndex(listingOf([{ title: "Hessian spectra" }, { title: "Shared memory" }]));
const why = (text: string) => whyNothing(index, parseQuery(text, null), null);

test("one word that no paper has is to blame, and the nearest that one has is offered", () => {
  assert.equal(why("hessian zebra")?.blamed, "zebra");
  assert.deepEqual(why("hessian zebra")?.without, { query: "hessian", count: 1 });
});

test("what was probably meant is offered: each misspelt word, OR, a mark", () => {
  const papers = [
    ...["Reasoning well", "Attention seeking", "Later layers"].map((title) => ({ title })),
    ...["", ""].map(() => ({ title: "Agents", abstract: "They show reasoning." })),
  ];
  const listed = buildIndex(listingOf(papers));
  const instead = (text: string) => whyNothing(listed, parseQuery(text, null), null)?.instead;
  assert.deepEqual(instead("resoning agemts"), { word: "reasoning agents", query: "reasoning agents" });
  assert.deepEqual(instead("agents resonnning"), { word: "reasoning", query: "agents reasoning" });
  assert.deepEqual(instead("seeking or layers"), { word: "seeking OR layers", query: "seeking OR layers" });
  assert.deepEqual(instead("starred"), { word: "is:starred", query: "is:starred" });
  assert.deepEqual(instead("agents unread"), { word: "is:unread", query: "agents is:unread" });
  assert.equal(instead("zebra"), null);
});

test("no word of a pasted abstract is to blame: each would be tried with all others", () => {
  assert.equal(why("lorem ipsum zebra ".repeat(100)), null);
});

test("a mistyped condition is said by itself, and never taken for a misspelt word", () => {
  for (const text of ["is:staredd", "year:abc"]) assert.equal(why(text), null, text);
});
