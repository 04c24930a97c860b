import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { generatedListing } from "../../bench/generated.js";
import { newBit } from "../../source/papers/marks.js";
import { buildIndex } from "../../source/search/index/search-index.js";
import { search } from "../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../source/search/query/query.js";
import { scan } from "../../source/search/scan/scan.js";
import { isLong } from "../support/long.js";
import { bundledListing, listing as odd, seeded } from "./papers.js";

const marks = (at: number) => [0, newBit, 1, 2, 4, 3][at % 6] as number;

/** Pieces of queries that need no word. */
function pieces(listing: typeof odd, next: (below: number) => number): string {
  const paper = listing.paper(next(listing.size));
  const words = `${paper.title} ${paper.authors.join(" ")} ${paper.abstract}`
    .split(" ")
    .filter((one) => !one.includes('"'));
  const from = next(words.length);
  const phrase = words.slice(from, from + 1 + next(3)).join(" ");
  const all = [
    `year:${2017 + next(9)}`,
    "is:new",
    "is:read",
    "-is:starred",
    "is:unread",
    `upvotes:>${next(30)}`,
    `authors:${1 + next(5)}`,
    `after:20${10 + next(15)}`,
    `id:${paper.id}`,
    `"${phrase}"`,
    `"${phrase}"`,
    `title:"${phrase}"`,
    `-"${phrase}"`,
    `author:"${paper.authors[0] ?? "x"}"`,
  ];
  return all[next(all.length)] as string;
}

describe("a query that needs no index", () => {
  for (const [name, listing] of [
    ["odd papers", odd],
    ["the bundled listing", bundledListing()],
    ["made-up papers", generatedListing(300)],
  ] as const) {
    if (listing === null) continue;
    it(`finds what the index finds, in its order: ${name}`, () => {
      const index = buildIndex(listing);
      const next = seeded(11);
      let scanned = 0;
      for (let round = 0; round < (isLong ? 2_000 : 400); round += 1) {
        const first = pieces(listing, next);
        const second: string = next(2) === 0 ? "" : pieces(listing, next);
        const typed: string = `${first} ${next(4) === 0 && second !== "" ? "OR" : ""} ${second}`;
        const query = parseQuery(typed);
        if (query.isEmpty) continue;
        const found = scan(listing, query, marks);
        if (found === null) continue;
        scanned += 1;
        assert.deepEqual([...found], search(index, query, marks), typed);
      }
      assert.ok(scanned > (isLong ? 800 : 150), `${scanned}`);
    });
  }
  it("is none with a word in it", () => {
    for (const typed of ["hessian", '"graph neural" hessian', "year:2024 OR hessian", "id:2312"])
      assert.equal(scan(odd, parseQuery(typed), marks), null, typed);
  });
});
