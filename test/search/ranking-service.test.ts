import assert from "node:assert/strict";
import { test } from "node:test";
import { generatedListing } from "../../bench/generated.js";
import type { Example } from "../../source/ranking/taste.js";
import { searchedPaper } from "../../source/search/text/fields.js";
import type { RankingAnswer } from "../../source/search/worker/ranking.js";
import { type SearchAnswer, SearchService } from "../../source/search/worker/service.js";

const listing = generatedListing(300);
const papers = Array.from({ length: listing.size }, (_, at) => listing.paper(at));
const examples = papers
  .slice(0, 40)
  .map((paper, at): Example => ({ paper, evidence: at % 4 === 0 ? "starred" : "skipped" }));

class Served {
  readonly ranked: RankingAnswer[] = [];
  readonly found: SearchAnswer[] = [];
  readonly service = new SearchService(
    (answer) => void this.found.push(answer),
    () => {},
    (answer) => void this.ranked.push(answer),
  );

  give(number: number): this {
    this.service.take({ type: "papers", listing: number, papers: papers.map(searchedPaper) });
    this.service.take({ type: "complete", listing: number });
    return this;
  }

  rank(ranking: number, some: readonly Example[] = examples, number = 1): this {
    const half = Math.ceil(some.length / 2);
    for (const part of [some.slice(0, half), some.slice(half)]) {
      this.service.take({ type: "examples", ranking, examples: part });
    }
    this.service.take({ type: "rank", ranking, listing: number, struck: [] });
    return this;
  }

  run(): this {
    while (this.service.step());
    return this;
  }
}

test("a listing is ranked once it has arrived, and every paper gets its reasons", () => {
  const served = new Served().rank(1).run();
  assert.equal(served.ranked.length, 0);
  served.give(1).run();
  const [first, ...rest] = served.ranked;
  assert.ok(first?.type === "ranked");
  assert.equal(first.scores?.length, 300);
  assert.equal(first.wanted, 10);
  const reasoned = rest.flatMap((one) => (one.type === "reasons" ? one.reasons : []));
  assert.deepEqual(
    reasoned.map(([at]) => at).sort((one, other) => one - other),
    papers.map((_, at) => at),
  );
  assert.ok(reasoned.some(([, reasons]) => reasons.length > 0));
  const again = new Served().give(1).rank(1).run().ranked[0];
  assert.deepEqual(again, first);
});

test("with too few wanted papers nothing is ranked, but their number is reported", () => {
  const [answer, ...others] = new Served().give(1).rank(1, examples.slice(0, 8)).run().ranked;
  assert.deepEqual(answer, { type: "ranked", ranking: 1, listing: 1, scores: null, wanted: 2 });
  assert.deepEqual(others, []);
});

test("a new ranking request replaces the one in progress, and a query is answered before either", () => {
  const served = new Served().give(1).rank(1);
  served.service.step();
  served.service.step();
  served.rank(2);
  served.service.take({ type: "query", listing: 1, query: 1, text: "the", today: null });
  while (served.ranked.length === 0 && served.service.step());
  assert.ok(served.ranked.every(({ ranking }) => ranking === 2));
  served.run();
  assert.ok(served.found.length > 0);
  assert.ok(served.ranked.every(({ ranking }) => ranking === 2));
});
