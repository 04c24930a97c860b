import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { dailyPage } from "../../../source/formats/web/daily-page.js";
import { makeListing } from "../../../source/papers/listing.js";
import { Caches } from "../../../source/reader/caches.js";
import { indexOf, prepareIndex, searchedAtOnce } from "../../../source/reader/filter/search-index.js";
import { buildIndex } from "../../../source/search/index/search-index.js";
import { search } from "../../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../../source/search/query/query.js";
import { listingOf } from "../reader.js";

const page = readFileSync("fixtures/daily-papers.txt", "utf8");
const daily = () => makeListing("daily", dailyPage.parse(page, { today: "2025-10-29" }));

test("an index prepared piece by piece is the one that is made at once, also where a letter comes before it is done", () => {
  const {
    listing: _,
    best: __,
    meant: ___,
    remembered,
    readied,
    outcomes,
    reads,
    ...wanted
  } = buildIndex(daily());
  for (const pieces of [0, 1, 3, 5, 8, 100]) {
    const listing = daily();
    const caches = new Caches();
    let done = 0;
    while (done < pieces && prepareIndex(caches, listing)) done += 1;
    const {
      listing: own,
      best,
      meant,
      remembered,
      readied,
      outcomes,
      reads,
      ...made
    } = indexOf(caches, listing);
    assert.deepEqual(made, wanted, `${pieces} pieces`);
    assert.equal(indexOf(caches, listing), indexOf(caches, listing));
    if (pieces === 100) assert.ok(done > 8, "the index of forty papers comes in several pieces");
    const found = search(indexOf(caches, listing), parseQuery("hessian"), () => 0);
    assert.deepEqual(
      found,
      search(buildIndex(daily()), parseQuery("hessian"), () => 0),
    );
  }
});

test("nothing is prepared for a listing that is searched in the background, and an empty one is soon done", () => {
  const caches = new Caches();
  assert.equal(prepareIndex(caches, listingOf(searchedAtOnce + 1)), false);
  const empty = listingOf(0);
  let pieces = 0;
  while (prepareIndex(caches, empty)) pieces += 1;
  assert.ok(pieces < 10);
});
