import assert from "node:assert/strict";
import { test } from "node:test";
import { generatedPapers } from "../../bench/generated.js";
import { Searching } from "../../source/app/search-client.js";
import { type Listing, makeListing } from "../../source/papers/listing.js";
import { PackedPapers } from "../../source/papers/packed/packed-papers.js";
import type { Message } from "../../source/reader/messages.js";
import { buildIndex, type SearchIndex } from "../../source/search/index/search-index.js";
import { search } from "../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../source/search/query/query.js";

type Found = Extract<Message, { type: "found" }>;

test("a listing is searched in a thread, packed or not, and again when something else is said of it", async (t) => {
  let take: (found: Found) => void = () => {};
  const searching = new Searching(
    (message) => {
      if (message.type === "found" && message.isAll) take(message);
    },
    (error) => assert.fail(String(error)),
  );
  // The thread keeps nobody from leaving, so that something must.
  const timer = setInterval(() => {}, 1_000);
  t.after(() => {
    clearInterval(timer);
    searching.close();
  });
  const ask = (listing: Listing, text: string) =>
    new Promise<Found>((resolve) => {
      take = resolve;
      searching.search(listing, text);
    });
  const papers = generatedPapers(300);
  const pack = new PackedPapers();
  for (const paper of papers) pack.push(paper);
  const packed = makeListing("Packed", { papers: pack, day: null, problems: [] });
  const objects = makeListing("Objects", { papers: papers.slice(0, 200), day: null, problems: [] });
  assert.ok(packed.packed !== null && objects.packed === null);
  const indexes = new Map([packed, objects].map((one) => [one.name, buildIndex(one)] as const));
  const expected = ({ name }: Listing, text: string) =>
    search(indexes.get(name) as SearchIndex, parseQuery(text), () => 0);

  for (const listing of [packed, { ...packed, stale: "failed" as const }, objects, packed]) {
    const found = await ask(listing, "learning");
    assert.equal(found.listing, listing);
    assert.deepEqual([...found.papers], [...expected(listing, "learning")]);
    // What is on the screen is kept, and what is not is let go of; neither changes an answer.
    searching.letGo(listing);
  }
  searching.letGo(objects);
  assert.deepEqual([...(await ask(packed, "model")).papers], [...expected(packed, "model")]);
});
