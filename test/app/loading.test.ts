import assert from "node:assert/strict";
import { test } from "node:test";
import { Loading } from "../../source/app/loading/loading.js";
import type { AtOnce, Reading } from "../../source/app/loading/reading.js";
import type { Listing } from "../../source/papers/listing.js";
import { SourceError } from "../../source/sources/source.js";
import { listingOf } from "../reader/reader.js";

/** What the screen is told: sizes of listings, waiting papers, notices. */
interface Told {
  readonly shown: number[];
  waiting: number;
  readonly said: string[];
}

/** A listing on the screen, and what its source has now; `null`: its server cannot be reached. */
function loadingOf(
  atOnce: Pick<AtOnce, "listing" | "freshness">,
  current: Listing | null,
  isUsed: boolean,
): { loading: Loading; told: Told } {
  const told: Told = { shown: [], waiting: 0, said: [] };
  const read = async () => {
    if (current === null) throw new SourceError("cannot reach x (offline?)", true);
    return current;
  };
  const reading: Reading = {
    name: "daily\nsmall.bib",
    keepsPlace: true,
    isLocal: false,
    atOnce: { ...atOnce, notice: null, working: null },
    load: read,
    more: read,
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
    wayBack: () => {},
    keepScreen: () => () => {},
    fail: (error) => assert.fail(String(error)),
  });
  return { loading, told };
}

test("papers that arrive are shown until a key is pressed, and wait for r after that", async () => {
  const kept = { listing: listingOf(1), freshness: "kept" } as const;
  const renewed = async (isUsed: boolean) => {
    const { loading, told } = loadingOf(kept, listingOf(31), isUsed);
    await loading.renew();
    return told;
  };
  assert.deepEqual(await renewed(false), { shown: [31], waiting: 0, said: ["30 new · 31 papers"] });
  const waits = { shown: [], waiting: 30, said: ["30 new papers: r shows them"] };
  assert.deepEqual(await renewed(true), waits);
});

test("a listing that lacks papers of the one shown takes nothing away once a key was pressed", async () => {
  for (const [freshness, size, said] of [
    ["kept", 0, "the newest listing has no papers · r shows it"],
    ["stand-in", 0, "the newest listing has no papers · r shows it"],
    ["kept", 30, "1 paper no longer listed · r refreshes"],
    ["stand-in", 30, "the papers of 29 Oct 2025 are here · r"],
  ] as const) {
    const { loading, told } = loadingOf({ listing: listingOf(31), freshness }, listingOf(size), true);
    await loading.renew();
    assert.deepEqual(told, { shown: [], waiting: 0, said: [said] });
    await loading.refresh();
    assert.deepEqual(told.shown, [size]);
  }
  const kept = { listing: listingOf(31), freshness: "kept" } as const;
  const { loading, told } = loadingOf(kept, listingOf(31), true);
  await loading.renew();
  assert.deepEqual(told, { shown: [31], waiting: 0, said: [] });
});

test("where a server cannot be reached, r says whether the sample or what was read before is shown", async () => {
  const said = async (freshness: AtOnce["freshness"]) => {
    const { loading, told } = loadingOf({ listing: listingOf(3), freshness }, null, true);
    await loading.refresh();
    return told.said.join();
  };
  assert.match(await said("stand-in"), /sample/);
  assert.match(await said("kept"), /still showing the previous papers/);
});
