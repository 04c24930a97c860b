import assert from "node:assert/strict";
import { test } from "node:test";
import { generatedListing } from "../../bench/generated.js";
import { buildIndex } from "../../source/search/index/search-index.js";
import { search } from "../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../source/search/query/query.js";
import { seeded } from "../search/papers.js";
import { isLong } from "../support/long.js";

/** Of everything that a query may be made of, letters and signs alone above all. */
const pieces =
  "a b o n t x - ^ _ ( ) √ 2 1 / . ' & 学 α β the of learning q ∇ { } \\ | ! \" title: * + # model".split(
    " ",
  );
const hard = [
  "q-learning",
  "o(n^2) attention",
  "o(√t) static regret",
  "a-b-c-d",
  "x^2",
  "a",
  "√",
  "of-the",
  '"of the"',
  "学习",
];
const ordinary = [
  "learning",
  "neural network",
  "gradient descent",
  "contrastive lear",
  "wang attention",
  "hesian",
];

test("no query of up to 200 characters takes more than ten times what ordinary ones take", () => {
  const index = buildIndex(generatedListing(20_000));
  const time = (typed: string) => {
    index.remembered.clear();
    const start = performance.now();
    search(index, parseQuery(typed), () => 0);
    return performance.now() - start;
  };
  for (let round = 0; round < 5; round += 1) for (const typed of [...ordinary, ...hard]) time(typed);
  const times = ordinary.map(time).sort((one, other) => one - other);
  const most = Math.max(400, 10 * (times[times.length >> 1] as number));
  const next = seeded(23);
  for (let round = 0; round < (isLong ? 300 : 80); round += 1) {
    let typed = hard[round] ?? "";
    const length = 1 + next(round % 3 === 0 ? 200 : 30);
    while (hard[round] === undefined && typed.length < length) {
      typed += (pieces[next(pieces.length)] as string) + (next(4) === 0 ? " " : "");
    }
    // The best of three: what else the machine does counts for nothing.
    const took = Math.min(time(typed.slice(0, 200)), time(typed.slice(0, 200)), time(typed.slice(0, 200)));
    assert.ok(
      took <= most,
      `${JSON.stringify(typed)} took ${took.toFixed(0)} ms, ${most.toFixed(0)} at most`,
    );
  }
});
