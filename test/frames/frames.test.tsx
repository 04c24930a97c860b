import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readListing } from "../../source/formats/index.js";
import { type Listing, makeListing } from "../../source/papers/listing.js";
import { Caches } from "../../source/reader/caches.js";
import { rowsOf } from "../../source/screen/regions.js";
import { encode } from "../../source/screen/style.js";
import { cellWidth } from "../../source/text/cells.js";
import { mount } from "../../source/ui/mount.js";
import { listingOf, Reader } from "../reader/reader.js";
import { toCells } from "../support/cells.js";
import { isLong } from "../support/long.js";

const widths = [1, 2, 3, 7, 20, 39, 40, 41, 60, 79, 80, 99, 100, 120, 200];
const heights = [1, 2, 3, 9, 10, 16, 24, 60];

const sample = await readListing(readFileSync(new URL("../../fixtures/daily-papers.txt", import.meta.url)), {
  today: "2026-11-23",
});
assert.ok(sample.ok);
const daily = makeListing("Daily Papers", sample.listing);
const hard = listingOf([
  { title: "深度学习的原理与应用：一个非常非常长的标题，需要被切断", abstract: "摘要。".repeat(200) },
  {
    title: "👩‍🔬🇩🇪👍🏽❤️ emoji in a title ".repeat(6),
    authors: ["Zoë Müller", "王小明", "e\u0301tienne"],
    upvotes: 12,
  },
  { title: "x".repeat(400), abstract: "y".repeat(3_000), url: `https://example.org/${"a/".repeat(80)}` },
  { title: "עברית וגם العربية in one title", abstract: "" },
  { title: "한국어 제목 ".repeat(20), authors: Array.from({ length: 60 }, (_, at) => `Author Number${at}`) },
]);
const empty = listingOf([]);

/** Surfaces, and the keys that lead to each. */
const surfaces: readonly (readonly [name: string, listing: Listing, keys: string])[] = [
  ["the list", daily, ""],
  ["the end of the list", daily, "GsLm"],
  ["an opened paper", daily, "5j\rjj"],
  ["the zoomed list", daily, "z"],
  ["the focused detail", daily, "l"],
  ["the prompt", daily, "/"],
  ["a filter being typed", daily, "/hessian gra"],
  [
    "a long filter with its caret in the middle",
    daily,
    `/\x1b[200~${"deep learning ".repeat(30)}\x1b[201~\x1bb\x1bb`,
  ],
  ["a filter with a note beside it", daily, "/is:nonsense year:20xx foo"],
  ["a kept filter", daily, "/contrastive\rj"],
  ["a filter that finds nothing", daily, "/zzzzqq\r"],
  ["a match gone to in the detail", daily, "/the\rlnn"],
  ["the sort chooser", daily, "S"],
  ["a sorted list", daily, "StSS"],
  ["an empty view", daily, "vv"],
  ["the help", daily, "?"],
  ["the help, filtered, at its end", daily, "?page\x1b[B\x1b[B"],
  ["the help without a match", daily, "?zzzzqq"],
  ["a notice", daily, "Q"],
  ["CJK, emoji, combining marks and endless words", hard, "j"],
  ["an endless word in the detail", hard, "jj\r\x06"],
  ["a filter of wide characters", hard, "/深度👩‍🔬"],
  ["the name of a watch being typed", daily, "/hessian\rW"],
  ["a watch as a view", daily, "/hessian OR learning\rW\r\x1bV"],
  ["the watches", daily, "/hessian\rW\r\x1bw"],
  ["a watch of wide characters", hard, "/深度\rW\r\x1bj"],
  ["the authors to follow", hard, "jjjjF"],
  ["a followed author", hard, "jF2"],
  ["what can be muted", hard, "jX"],
  ["a muted filter", daily, "/learning\rX1\r\x1b"],
  ["all of it muted", hard, "/a OR 深 OR x OR 한\rX1\r\x1b"],
  ["an empty listing", empty, ""],
  ["an empty listing with a filter", empty, "/abc"],
];

for (const [name, listing, keys] of surfaces) {
  test(`${name}: exactly as many lines as rows, none wider than the screen, at every size`, () => {
    const caches = new Caches();
    for (const [x, columns] of widths.entries()) {
      for (const [y, rows] of heights.entries()) {
        // The gate tries a third of the sizes: every width and every height.
        if (!isLong && (x + y) % 3 !== 0) continue;
        const reader = new Reader(listing, { columns, rows, caches }).type(keys);
        const lines = rowsOf(reader.model).map((line) => line.map(({ text }) => text).join(""));
        const at = `${columns}×${rows}`;
        assert.equal(lines.length, rows, at);
        for (const line of lines) {
          assert.ok(cellWidth(line) <= columns, `${at}: ${cellWidth(line)} cells: ${line}`);
          assert.doesNotMatch(line, /[\x00-\x1f\x7f]/, at);
        }
      }
    }
  });
}

/** What Ink makes of the screen: its frames. */
async function inkFrame(reader: Reader): Promise<readonly string[]> {
  let frame: readonly string[] = [];
  const mounted = mount(reader.store, { color: true, links: false }, (lines) => {
    frame = lines;
  });
  mounted.unmount();
  await mounted.ended;
  return frame;
}

for (const [name, listing, keys] of surfaces) {
  test(`${name}: Ink draws the very cells that the first screen is painted from`, async () => {
    for (const [columns, rows] of [
      [1, 1],
      [20, 5],
      [60, 14],
      [80, 24],
      [120, 36],
    ] as const) {
      const reader = new Reader(listing, { columns, rows }).type(keys);
      const painted = rowsOf(reader.model).map((line) =>
        toCells(encode(line, { color: true, links: false })),
      );
      const drawn = (await inkFrame(reader)).map(toCells);
      assert.deepEqual(drawn, painted, `${columns}×${rows}`);
    }
  });
}

test("Ink draws again when the model changes, once for all the keys of one read", async () => {
  const frames: string[] = [];
  const reader = new Reader(daily);
  const mounted = mount(reader.store, { color: false, links: false }, (lines) =>
    frames.push(lines.join("\n")),
  );
  const before = frames.length;
  reader.type("jjjjj");
  await new Promise(setImmediate);
  assert.equal(frames.length - before, 1);
  const text = (frames.at(-1) ?? "").replace(/\x1b\[[\d;]*m/g, "");
  assert.match(text, /▌●.{3}Provable Scaling Laws/);
  mounted.unmount();
  await mounted.ended;
});

test("what a component throws comes out of the mounted screen", async () => {
  const reader = new Reader(3);
  let broken = false;
  const listing: Listing = {
    ...reader.model.listing,
    paper: (index) => {
      if (broken && index === 2) throw new Error("a broken row");
      return listingOf(3).paper(index);
    },
  };
  reader.send({ type: "loaded", listing, marks: new Uint8Array(3) });
  const mounted = mount(reader.store, { color: false, links: false }, () => {});
  broken = true;
  reader.type("j");
  await assert.rejects(mounted.ended, /a broken row/);
});
