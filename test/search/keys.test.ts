import assert from "node:assert/strict";
import { test } from "node:test";
import type { BibliographyEntry } from "../../source/papers/bibliography-entry.js";
import { makeListing } from "../../source/papers/listing.js";
import { makePaper, type Paper } from "../../source/papers/paper.js";
import { buildIndex } from "../../source/search/index/search-index.js";
import { search } from "../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../source/search/query/query.js";
import { scan } from "../../source/search/scan/scan.js";
import { searchedPaper } from "../../source/search/text/fields.js";

const entry = (key: string): BibliographyEntry => ({
  format: "bibtex",
  type: "misc",
  key,
  fields: [],
  needs: [],
});
const papers: readonly Paper[] = [
  makePaper({ title: "On kettles" }),
  makePaper({
    title: "Hateful Symbols or Hateful People?",
    authors: ["Zeerak Waseem"],
    entry: entry("waseem-2016-racist"),
    otherEntries: [entry("are_you_racist")],
  }),
  makePaper({ title: "Hate Speech and the Problem", entry: entry("Davidson:2017") }),
  makePaper({ title: "Tea", entry: entry("müller 2020") }),
];
const listing = makeListing("x", { papers, day: null, problems: [] });

/** What a query finds, in each of the ways in which listings are searched. */
function found(text: string): readonly number[] {
  const query = parseQuery(text);
  const at = search(buildIndex(listing), query, () => 0);
  // Another thread has copies of the papers.
  const copies = papers.map(searchedPaper);
  const copied = { size: copies.length, paper: (index: number) => copies[index] as (typeof copies)[number] };
  assert.deepEqual(
    search(buildIndex(copied), query, () => 0),
    at,
  );
  assert.deepEqual([...scan(listing, query, () => 0)].toSorted(), [...at].toSorted(), text);
  return at;
}

test("a citation key, or its beginning, finds the entry like an identifier", () => {
  for (const [text, at] of [
    ["are_you_racist", [1]],
    ["ARE_YOU", [1]],
    ["waseem-2016", [1]],
    ["waseem-2016-racist", [1]],
    ["Davidson:2017", [2]],
    ["key:davidson:2017", [2]],
    ["davi", [2]],
    ["muller", [3]],
    ["da", []],
    ["2016-racist", []],
  ] as const)
    assert.deepEqual(found(text), at, text);
});

test("key: finds any part of a key, and nothing else", () => {
  for (const [text, at] of [
    ["key:davidson", [2]],
    ["key:2017", [2]],
    ["key:racist", [1]],
    ['key:"muller 2020"', [3]],
    ["key:kettles", []],
    ["-key:racist hate", [2]],
    ["key:(davidson OR racist)", [1, 2]],
  ] as const)
    assert.deepEqual([...found(text)].toSorted(), at, text);
  assert.deepEqual(parseQuery("key:davidson").mistakes, []);
});

test("a listing without keys has no columns for them", () => {
  const plain = buildIndex(makeListing("x", { papers: papers.slice(0, 1), day: null, problems: [] }));
  assert.equal(plain.keys, null);
});
