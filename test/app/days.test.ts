import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, Steps, type Walk, type Walked, walkOf } from "../../source/app/loading/days.js";
import type { Listing } from "../../source/papers/listing.js";
import { defaultEndpoints } from "../../source/sources/remote/addresses.js";
import { SourceError, toSource } from "../../source/sources/source.js";
import { unwatched } from "../../source/sources/watched.js";
import { listingOf } from "../reader/reader.js";

const source = toSource("daily", defaultEndpoints);

function dayOf(day: string, size = 1): Listing {
  return { ...listingOf(size), day };
}

/** Days with papers each; what was asked for. */
function walking(answer: (day: string) => Walked | string = (day) => found(day)): {
  walk: Walk;
  asked: string[];
} {
  const asked: string[] = [];
  const walk: Walk = async (from, step) => {
    const day = addDays(from ?? "2026-11-06", step);
    asked.push(day);
    return answer(day);
  };
  return { walk, asked };
}
const found = (day: string): Walked => ({ listing: dayOf(day), source, notice: null });

test("steps that are asked for on the way add up, and none is made twice", async () => {
  const { walk, asked } = walking();
  const steps = new Steps(walk, -1);
  const ended = steps.go("2026-11-06", unwatched);
  for (const one of [-1, -1, 1, -2]) steps.add(one);
  assert.equal((await ended).found?.listing.day, "2026-11-02");
  assert.deepEqual(asked, ["2026-11-05", "2026-11-04", "2026-11-03", "2026-11-02"]);
});

test("steps that are all taken back end where they began", async () => {
  const { walk, asked } = walking();
  const steps = new Steps(walk, -2);
  const ended = steps.go("2026-11-06", unwatched);
  steps.add(2);
  assert.deepEqual(await ended, { found: null, why: null });
  assert.deepEqual(asked, ["2026-11-05"]);
});

test("a walk that comes to an end or to an error shows how far it came", async () => {
  const over = walking((day) => (day < "2026-11-04" ? "no papers before" : found(day)));
  const end = await new Steps(over.walk, -9).go("2026-11-06", unwatched);
  assert.deepEqual([end.found?.listing.day, end.why], ["2026-11-04", "no papers before"]);
  const failing = (first: string) =>
    walking((day) => {
      if (day < first) throw new SourceError("cannot be reached");
      return found(day);
    });
  const failed = await new Steps(failing("2026-11-05").walk, -9).go("2026-11-06", unwatched);
  assert.equal(failed.found?.listing.day, "2026-11-05");
  assert.match(String(failed.why), /cannot be reached/);
  await assert.rejects(new Steps(failing("2026-11-06").walk, -9).go("2026-11-06", unwatched), SourceError);
});

test("no more days are said to have no papers than there have been", async () => {
  const said = (today: string) =>
    walkOf({
      today: () => today,
      sourceOf: () => source,
      newest: source,
      open: async () => dayOf("2026-11-26", 0),
      openKept: async () => dayOf("2026-11-26", 0),
    })("2026-11-26", 1, unwatched);
  for (const today of ["2026-11-26", "2026-11-29", "2026-12-06"])
    assert.equal(await said(today), "no papers after 26 Nov 2026 yet", today);
  assert.equal(await said("2026-12-07"), "no papers in the 10 days after 26 Nov 2026");
});
