import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../../source/formats/index.js";

const options = { today: "2026-11-28" };

test("Chrome's and Firefox's bookmarks are read, whatever folders they are in", async () => {
  const page = (key: string, name: string, url: string) => ({ [key]: name, type: "url", url });
  const chrome = {
    checksum: "x",
    roots: {
      bookmark_bar: {
        type: "folder",
        name: "Bar",
        children: [
          page("name", "[2101.00001] Counting kettles", "https://arxiv.org/abs/2101.00001"),
          { type: "folder", name: "a", children: [page("name", "Blog", "https://blog.example/")] },
          page("name", "Cups | OpenReview", "https://openreview.net/forum?id=abcdefghij"),
        ],
      },
    },
    version: 1,
  };
  const place = (title: string, uri: string) => ({ title, type: "text/x-moz-place", uri, tags: "tea,dusk" });
  const firefox = {
    type: "text/x-moz-place-container",
    root: "placesRoot",
    children: [
      {
        type: "text/x-moz-place-container",
        children: [place("[2101.00001] Counting kettles", "https://arxiv.org/abs/2101.00001")],
      },
      place("Blog", "https://blog.example/"),
      place("Cups | OpenReview", "https://openreview.net/forum?id=abcdefghij"),
    ],
  };
  for (const root of [chrome, firefox]) {
    const result = await readListing(Buffer.from(JSON.stringify(root)), options);
    assert.ok(result.ok && result.format.name === "bookmarks (JSON)");
    assert.deepEqual(
      result.listing.papers.map(({ title }) => title),
      ["Counting kettles", "Cups"],
    );
    assert.deepEqual(result.listing.problems, [
      { line: null, message: "1 other page that is not a known paper was skipped", skips: 1 },
    ]);
  }
});

test("an article with references in COinS is no list of them", async () => {
  const span = '<span class="Z3988" title="rft.atitle=Kettles&amp;rft.aulast=Holm"></span>';
  const listed = await readListing(Buffer.from(`<html><body><p>Cited</p>${span}</body></html>`), options);
  assert.ok(listed.ok && listed.listing.papers[0]?.title === "Kettles");
  const prose = `<p>${"Kettles <b>were</b> counted. ".repeat(300)}</p>`;
  const article = await readListing(Buffer.from(`<html><body>${prose}${span}</body></html>`), options);
  assert.equal(article.ok, false);
});
