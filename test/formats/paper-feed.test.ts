import assert from "node:assert/strict";
import { test } from "node:test";
import { paperFeed } from "../../source/formats/paper-feed.js";
import { assertGolden, assertNeverThrows, assertTruncatable, fixture, options } from "./feed-checks.js";

const feed = fixture("paper-feed.xml");
const parse = (text: string) => paperFeed.parse(text, options);

test("a journal's feed gives its fields, whatever its prefixes are", () => {
  assert.ok(paperFeed.recognise(feed) > 0.5);
  assertGolden("paper-feed", parse(feed));
});

test("RSS 2.0 and Atom of others are read", () => {
  const rss = parse(
    "<rss><channel><pubDate>Sat, 4 Jul 2026 10:00:00 GMT</pubDate><item><title>One</title><guid>https://doi.org/10.1234/One</guid><author>ada@example.org (Ada Lovelace)</author><pubDate>3 Jul 2026 10:00 GMT</pubDate></item></channel></rss>",
  );
  assert.equal(rss.day, "2026-07-04");
  assert.equal(rss.papers[0]?.id, "doi:10.1234/one");
  assert.deepEqual(rss.papers[0]?.authors, ["Ada Lovelace"]);
  assert.equal(rss.papers[0]?.published, "2026-07-03");
  const atom = parse(
    '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title type="xhtml"><div>Two <b>halves</b></div></a:title><a:link href="javascript:alert(1)"/><a:content><p>One.</p><p>Other.</p></a:content><a:author><a:name>Ada</a:name></a:author><a:updated>2026-07-05T00:00:00Z</a:updated></a:entry></a:feed>',
  );
  const [paper] = atom.papers;
  assert.equal(paper?.title, "Two halves");
  assert.equal(paper?.abstract, "One. Other.");
  assert.equal(paper?.url, null);
  assert.equal(paper?.updated, "2026-07-05");
  assert.deepEqual(paper?.authors, ["Ada"]);
});

test("a feed of others may be cut or damaged anywhere", () => {
  assertTruncatable(paperFeed, feed);
  assertNeverThrows(paperFeed, feed);
});

test("huge and hostile feeds are read in linear time", () => {
  const start = "<rss><channel><item><title>x</title></item><item><description>";
  for (const piece of [
    "<",
    "<a>",
    "</a>",
    "<item>",
    "<item></item>",
    "\x1b",
    "<![CDATA[",
    "<!--",
    "<!x",
    "&",
    "(",
    "&lt;annotation&gt;",
  ]) {
    const { papers } = parse(start + piece.repeat(400_000 / piece.length));
    assert.equal(papers[0]?.title, "x", piece);
  }
});
