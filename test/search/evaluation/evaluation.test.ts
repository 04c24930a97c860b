import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { dailyPage } from "../../../source/formats/web/daily-page.js";
import { makeListing } from "../../../source/papers/listing.js";
import { buildIndex, type SearchIndex } from "../../../source/search/index/search-index.js";
import { find } from "../papers.js";
import { named, nothing, type Wanted, wanted, wantedByName } from "./evaluation-queries.js";

const page = readFileSync(new URL("../../../fixtures/daily-papers.txt", import.meta.url), "utf8");
const bundled = buildIndex(makeListing("bundled", dailyPage.parse(page, { today: "2025-10-29" })));
const names = buildIndex(makeListing("names", { papers: named, day: null, problems: [] }));

const titles = (index: SearchIndex, typed: string) =>
  find(typed, () => 0, index).map((paper) => index.listing.paper(paper).title);

/** Requires that nine in ten of the expected papers are found first, and all among the first three. */
function holds(index: SearchIndex, queries: readonly Wanted[]): void {
  const places = queries.map(([typed, start]) => ({
    typed,
    start,
    found: titles(index, typed),
  }));
  for (const { typed, start, found } of places) {
    it(`${typed} finds ${start} …`, () => {
      const place = found.findIndex((title) => title.startsWith(start));
      assert.ok(place >= 0 && place < 3, `at ${place} of ${found.length}: ${found.slice(0, 4).join(" | ")}`);
    });
  }
  it(`${queries.length} queries find nine in ten of their papers first`, () => {
    const missed = places.filter(({ start, found }) => !found[0]?.startsWith(start));
    assert.ok(missed.length <= queries.length / 10, missed.map(({ typed }) => typed).join(", "));
  });
}

describe("the evaluation set of the bundled listing", () => {
  const queries = Object.values(wanted).flat();
  it("is large enough, and each expected paper is there exactly once", () => {
    assert.ok(queries.length >= 120 && new Set(queries.map(([typed]) => typed)).size === queries.length);
    const all = titles(bundled, "");
    assert.equal(all.length, 40);
    for (const [, start] of queries) {
      assert.equal(all.filter((title) => title.startsWith(start)).length, 1, start);
    }
  });
  holds(bundled, queries);
});

describe("the evaluation set of names", () => {
  holds(names, wantedByName);
});

describe("queries on subjects that no paper has find nothing", () => {
  it("for the required number of queries", () => assert.ok(new Set(nothing).size >= 40));
  for (const typed of nothing) it(typed, () => assert.deepEqual(titles(bundled, typed), []));
});
