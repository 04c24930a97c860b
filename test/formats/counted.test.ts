import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../source/formats/index.js";
import { firstOnes } from "../../source/sources/read-bytes.js";

const options = { today: "2026-11-28" };

test("one of a thing is said in the singular, whatever is left uncounted", async () => {
  const record = (fields: string) =>
    `<PubmedArticle><MedlineCitation>${fields}</MedlineCitation></PubmedArticle>`;
  const good = record("<Article><ArticleTitle>A title</ArticleTitle></Article>");
  const texts: readonly ((count: number) => string)[] = [
    (count) => `title,doi,year\nA title,10.1000/x,2020\n${",,x\n".repeat(count)}`,
    (count) => `<PubmedArticleSet>${good}${record("").repeat(count)}</PubmedArticleSet>`,
    (count) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A title</title></entry>${"<entry></entry>".repeat(count)}</feed>`,
  ];
  for (const text of texts) {
    for (const [count, said] of [
      [51, /^1 more problem like this$/],
      [53, /^3 more problems like these$/],
    ] as const) {
      const result = await readListing(Buffer.from(text(count)), options);
      assert.ok(result.ok, result.ok ? "" : result.reason);
      const last = result.listing.problems.find(({ line }) => line === null);
      assert.match(last?.message ?? "", said);
      assert.equal(last?.skips, count - 50);
    }
  }
  assert.equal(firstOnes(1), "this is the first paper");
  assert.equal(firstOnes(1200), "these are the first 1,200 papers");
});
