import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { readListing } from "../../../source/formats/index.js";
import { makeListing } from "../../../source/papers/listing.js";
import { buildIndex, type SearchIndex } from "../../../source/search/index/search-index.js";
import { search } from "../../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../../source/search/query/query.js";

/** Small listings with each kind of query that once failed; outside the project, and skipped if absent. */
const cases = new URL("../../../../shared/cases/", import.meta.url);
const isThere = existsSync(new URL("filter-small.jsonl", cases));

async function indexOf(name: string): Promise<SearchIndex> {
  const read = await readListing(readFileSync(new URL(name, cases)), { today: "2026-11-28" });
  if (!read.ok) throw new Error(read.reason);
  return buildIndex(makeListing(name, read.listing));
}

const ids = (index: SearchIndex, typed: string) =>
  search(index, parseQuery(typed, "2026-11-28"), () => 0).map((at) => index.listing.paper(at).id);

describe("a small listing with an example of each class", { skip: !isThere }, async () => {
  if (!isThere) return;
  const index = await indexOf("filter-small.jsonl");
  const rows = readFileSync(new URL("filter-small.tsv", cases), "utf8").trim().split("\n").slice(1);
  for (const row of rows) {
    const [typed = "", wanted = "", kind] = row.split("\t");
    if (wanted === "note-or-none") {
      it(`${typed}: ${kind}`, () => assert.ok(parseQuery(typed).mistakes[0]?.nearest === "is:starred"));
      continue;
    }
    it(`${typed}: ${kind}`, () => {
      const found = ids(index, typed);
      if (wanted.startsWith("*")) assert.equal(found.length, Number(wanted.slice(1)));
      else assert.equal(found[0], wanted);
    });
  }
});

describe("adjacent words in order rank first", { skip: !isThere }, async () => {
  if (!isThere) return;
  const index = await indexOf("filter-order.jsonl");
  for (const [typed, wanted] of [
    ["hot soup", "2601.10001"],
    ["mind drive", "2601.10003"],
    ["layerwise importan", "2601.10007"],
  ] as const) {
    it(typed, () => assert.equal(ids(index, typed)[0], wanted));
  }
});

describe("C++, C# and A* keep their signs", { skip: !isThere }, async () => {
  if (!isThere) return;
  const index = await indexOf("c-plus-plus.json");
  const titles = (typed: string) =>
    search(index, parseQuery(typed), () => 0).map((at) => index.listing.paper(at).title);
  for (const [typed, wanted] of [
    ["c++", "A C++ reader"],
    ["C++", "A C++ reader"],
    ["c#", "C# for rows"],
    ["a*", "A* search over lists"],
    ["a* search", "A* search over lists"],
  ] as const) {
    it(typed, () => assert.deepEqual(titles(typed), [wanted]));
  }
  it("a single letter finds words that begin with it", () => assert.ok(titles("c").length > 1));
});
