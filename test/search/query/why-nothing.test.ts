import assert from "node:assert/strict";
import { test } from "node:test";
import { buildIndex } from "../../../source/search/index/search-index.js";
import { answerTo, firstOf } from "../../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../../source/search/query/query.js";
import { outcomeOf, whyNothing } from "../../../source/search/query/why-nothing.js";
import { listingOf } from "../../reader/reader.js";

const index = buildIndex(listingOf([{ title: "Hessian spectra" }, { title: "Shared memory" }]));
const why = (text: string) => whyNothing(index, parseQuery(text, null), null);

test("a word that no paper has is blamed, and the nearest existing word is suggested", () => {
  assert.equal(why("hessian zebra")?.blamed, "zebra");
  assert.deepEqual(why("hessian zebra")?.without, { query: "hessian", count: 1 });
});

test("the probable query is suggested: each misspelt word, OR, a mark", () => {
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

test("a word that begins with another letter is suggested for one slip and not for two", () => {
  const papers = [{ title: "Merging models into one", abstract: "They use the hessian." }];
  const listed = buildIndex(listingOf(papers));
  const instead = (text: string) => whyNothing(listed, parseQuery(text, null), null)?.instead;
  assert.deepEqual(instead("ehssian"), { word: "hessian", query: "hessian" });
  assert.deepEqual(instead("jessian"), { word: "hessian", query: "hessian" });
  assert.equal(instead("Hinton"), null);
});

test("no word of a pasted abstract is blamed: each would have to be tried with all others", () => {
  assert.equal(why("lorem ipsum zebra ".repeat(100)), null);
});

test("a mistyped condition is reported as such, and never as a misspelt word", () => {
  for (const text of ["is:staredd", "year:abc"]) assert.equal(why(text), null, text);
});

test("it is said what a short word was taken as, also where some longer word happens to have its letters", () => {
  const people = ["Tong Yu", "Chengzhuo Tong", "Jinsong Zhou", "Nanditha Rao"];
  const listed = buildIndex(
    listingOf(people.map((author, at) => ({ title: `Paper ${at}`, authors: [author] }))),
  );
  const taken = (text: string) => {
    const query = parseQuery(text, null);
    return outcomeOf(listed, query, answerTo(listed, query, firstOf(listed, query)), null).taken.map(
      ({ word }) => word,
    );
  };
  assert.deepEqual(taken("author:song"), ["tong"]);
  assert.deepEqual(taken("author:tongg"), ["tong"]);
  // A word that begins with what was typed, and a long part of one, are what was typed.
  assert.deepEqual(taken("author:nand"), []);
  assert.deepEqual(taken("author:dith"), []);
  assert.deepEqual(taken("author:insong"), []);
});
