import assert from "node:assert/strict";
import { test } from "node:test";
import { arxivRss } from "../../../source/formats/arxiv/rss.js";
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

const feed = fixture("arxiv-rss.xml");
const parse = (text: string) => arxivRss.parse(text, options);

test("the feed gives every field of its papers", () => {
  assert.ok(arxivRss.detect(feed) > paperFeed.detect(feed));
  assertGolden("arxiv-rss", parse(feed));
});

test("of before 2024 identifier and category are taken out of the title", () => {
  const item = (inside: string) =>
    parse(`<rss version="2.0"><channel><link>http://arxiv.org/</link><item>${inside}</item></channel></rss>`)
      .papers[0];
  const old = item("<title>Looms at rest. (arXiv:1805.06430v2 [nucl-th] UPDATED)</title>");
  assert.deepEqual([old?.id, old?.title, old?.categories], ["1805.06430", "Looms at rest", ["nucl-th"]]);
  const named = item("<title>Looms (arXiv: yes)</title><guid>oai:arXiv.org:1805.06430v2</guid>");
  assert.deepEqual([named?.id, named?.title], ["1805.06430", "Looms (arXiv: yes)"]);
});

test("the real feed gives 97 papers", withoutSamples, () => {
  const { papers, day, problems } = parse(sample("arxiv-rss/rss-2024-astro-ph.xml"));
  assert.equal(papers.length, 97);
  assert.equal(day, "2023-03-03");
  assert.deepEqual(problems, []);
  assert.equal(papers.filter(({ doi }) => doi !== null).length, 13);
  assert.equal(papers.filter(({ journal }) => journal !== null).length, 10);
  for (const paper of papers) {
    assert.match(paper.id, /^\d{4}\.\d{5}$/);
    assert.equal(paper.url, `https://arxiv.org/abs/${paper.id}`);
    assert.doesNotMatch(paper.abstract, /Announce Type|^Abstract/);
    assert.ok(paper.authors.length > 0);
    for (const author of paper.authors) assert.doesNotMatch(author, /^\d|[()\\,]|et al/);
  }
  const known = new Map(papers.map((paper) => [paper.id, paper]));
  assert.deepEqual(
    [known.get("2303.01174")?.authors.length, known.get("2303.01174")?.authorCount],
    [46, 130],
  );
  assert.equal(known.get("2303.00985")?.organization, "XRISM Resolve team");
  assert.deepEqual(known.get("2303.00985")?.authors.slice(-2), ["Yoh Takei", "Yoichi Kochibe"]);
});

test("a day without papers is no fault", withoutSamples, () => {
  const empty = sample("arxiv-rss/empty-day-2025-12-31.xml");
  assert.ok(arxivRss.detect(empty) > 0.9);
  assert.deepEqual(parse(empty), { papers: [], day: "2025-12-31", problems: [] });
});

test("a feed may be cut or damaged anywhere", () => {
  assertTruncatable(arxivRss, feed);
  assertNeverThrows(arxivRss, feed);
});
