import assert from "node:assert/strict";
import { test } from "node:test";
import { Loading } from "../../source/app/loading/loading.js";
import type { AtOnce, Reading } from "../../source/app/loading/reading.js";
import type { Listing } from "../../source/papers/listing.js";
import { listingOf } from "../reader/reader.js";

/** What the screen is told while a listing is renewed: sizes of listings, waiting papers, notices. */
async function renewed(
  atOnce: Pick<AtOnce, "listing" | "freshness">,
  current: Listing,
  isUsed: boolean,
): Promise<{ shown: number[]; waiting: number; said: string[] }> {
  const told = { shown: [] as number[], waiting: 0, said: [] as string[] };
  const reading: Reading = {
    name: "daily\nsmall.bib",
    keepsPlace: true,
    isLocal: false,
    atOnce: { ...atOnce, notice: null, working: null },
    load: async () => current,
    more: async () => current,
    walk: null,
  };
  const loading = new Loading(reading, {
    show: ({ size }) => told.shown.push(size),
    isFiltered: () => false,
    isUsed: () => isUsed,
    waits: (papers) => {
      told.waiting = papers;
    },
    say: (text) => told.said.push(text),
    working: () => {},
    fail: (error) => assert.fail(String(error)),
  });
  await loading.renew();
  return told;
}

test("papers that arrive are shown until a key is pressed, and wait for r after that", async () => {
  const kept = { listing: listingOf(1), freshness: "kept" } as const;
  assert.deepEqual(await renewed(kept, listingOf(31), false), {
    shown: [31],
    waiting: 0,
    said: ["31 papers"],
  });
  assert.deepEqual(await renewed(kept, listingOf(31), true), {
    shown: [],
    waiting: 30,
    said: ["30 new papers: r shows them"],
  });
});
