import assert from "node:assert/strict";
import { test } from "node:test";
import { arxivRdf } from "../../../source/formats/arxiv/rdf.js";
import { paperFeed } from "../../../source/formats/feed/paper-feed.js";
import {
  assertGolden,
  assertNeverThrows,
  assertTruncatable,
  fixture,
  options,
  sample,
  withoutSamples,
} from "../feed/feed-checks.js";

const feed = fixture("arxiv-rdf.xml");

test("the old feed gives the data in its titles and links", () => {
  assert.ok(arxivRdf.detect(feed) > paperFeed.detect(feed));
  const zotero = fixture("formats/zotero.rdf").replace(
    "<bib:Article",
    "<!-- https://arxiv.org/abs/2001.00001 --><bib:Article",
  );
  assert.ok(zotero.includes("arxiv.org/"));
  assert.equal(arxivRdf.detect(zotero), 0);
  assertGolden("arxiv-rdf", arxivRdf.parse(feed, options));
});

test("the real feed gives 3 papers", withoutSamples, () => {
  const { papers, day, problems } = arxivRdf.parse(sample("arxiv-rss/rdf-2018-hep-ex.xml"), options);
  assert.equal(day, "2018-05-23");
  assert.deepEqual(problems, []);
  assert.deepEqual(
    papers.map(({ id, title, authors, categories }) => ({ id, title, authors, categories })),
    [
      {
        id: "1805.08875",
        title: "Measurement of Transverse Single Spin Asymmetries",
        authors: ["Christopher Dilks"],
        categories: ["hep-ex"],
      },
      {
        id: "1805.09166",
        title: "Recent Top quark results from the Tevatron",
        authors: ["Boris Tuchming"],
        categories: ["hep-ex"],
      },
      {
        id: "1805.06430",
        title: "New Perspective on Hybrid Mesons",
        authors: ["Shu-Sheng Xu", "Zhu-Fang Cui"],
        categories: ["nucl-th"],
      },
    ],
  );
  assert.match(papers[0]?.abstract ?? "", /2\.6<\\eta<4/);
});

test("an old feed may be cut or damaged anywhere", () => {
  assertTruncatable(arxivRdf, feed);
  assertNeverThrows(arxivRdf, feed);
});
