import assert from "node:assert/strict";
import { test } from "node:test";
import { arxivAtom } from "../../../source/formats/arxiv/atom.js";
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

const response = fixture("arxiv-atom.xml");
const parse = (text: string) => arxivAtom.parse(text, options);

test("a response of the API gives every field of its papers", () => {
  assert.ok(arxivAtom.detect(response) > paperFeed.detect(response));
  assertGolden("arxiv-atom", parse(response));
});

test("the real response gives 25 papers", withoutSamples, () => {
  const { papers, day, problems } = parse(sample("arxiv-api/cs-25.xml"));
  assert.equal(papers.length, 25);
  assert.deepEqual(problems, []);
  assert.equal(day, null);
  const [first] = papers;
  assert.equal(first?.id, "2607.28628");
  assert.equal(first?.title, "Learning to Trace Seiberg Dualities");
  assert.deepEqual(first?.authors, [
    "Jonathan J. Heckman",
    "Shani Meynet",
    "Alessandro Mininno",
    "Gary Shiu",
  ]);
  assert.deepEqual(first?.categories, ["hep-th", "cs.AI", "cs.LG", "hep-ph"]);
  assert.equal(first?.published, "2026-07-30");
  assert.equal(first?.pdf, "https://arxiv.org/pdf/2607.28628");
  assert.equal(papers.filter(({ comment }) => comment !== null).length, 11);
  for (const paper of papers) assert.ok(paper.abstract.length > 200 && paper.authors.length > 0);
});

test("the Atom twin of the feed is of a day, and its line of authors is split", withoutSamples, () => {
  const { papers, day, problems } = parse(sample("arxiv-rss/atom-2024-excerpt.xml"));
  assert.equal(day, "2026-03-23");
  assert.deepEqual(problems, []);
  assert.deepEqual(
    papers.map(({ id, authors, published, updated }) => ({ id, authors, published, updated })),
    [
      {
        id: "2603.19236",
        authors: ["A Researcher", "B Curator"],
        published: "2026-03-23",
        updated: null,
      },
    ],
  );
  assert.doesNotMatch(papers[0]?.abstract ?? "", /Announce|Abstract/);
});

test("an error that arXiv answers is said in its words", () => {
  const { papers, problems } = parse(
    '<feed xmlns="http://www.w3.org/2005/Atom">\n<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_12</id><title>Error</title><summary>incorrect id format for 12</summary></entry></feed>',
  );
  assert.deepEqual(papers, []);
  assert.deepEqual(problems, [{ line: 2, message: "arXiv answered: incorrect id format for 12" }]);
});

test("an answer without papers is no fault", () => {
  const { papers, problems } = parse('<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>');
  assert.deepEqual([papers, problems], [[], []]);
});

test("a truncated response gives the papers before the break", withoutSamples, () => {
  const { papers, problems } = parse(sample("broken/atom_truncated.xml"));
  assert.equal(papers.length, 10);
  assert.deepEqual(problems, [
    { line: 450, message: "the file ends in the middle of a paper, which was skipped" },
  ]);
});

test("what a DTD declares is not expanded", withoutSamples, () => {
  const { papers } = parse(sample("broken/atom_billion_laughs.xml"));
  assert.deepEqual(
    papers.map(({ title }) => title),
    ["&c;"],
  );
});

test("a response may be cut or damaged anywhere", () => {
  assertTruncatable(arxivAtom, response);
  assertNeverThrows(arxivAtom, response);
});

test("other texts are not taken for one", () => {
  for (const text of [
    "",
    "{}",
    "<html><feed>arxiv.org/api/</feed></html>",
    "feed",
    fixture("arxiv-rss.xml"),
  ]) {
    assert.equal(arxivAtom.detect(text), 0);
  }
});
