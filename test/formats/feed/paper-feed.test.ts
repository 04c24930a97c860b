import assert from "node:assert/strict";
import { test } from "node:test";
import { paperFeed } from "../../../source/formats/feed/paper-feed.js";
import { sized } from "../../support/long.js";
import { assertGolden, assertNeverThrows, assertTruncatable, fixture, options } from "./feed-checks.js";

const feed = fixture("paper-feed.xml");
const parse = (text: string) => paperFeed.parse(text, options);

test("a journal's feed gives its fields, whatever its prefixes are", () => {
  assert.ok(paperFeed.detect(feed) > 0.5);
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

const entry = (inside: string) => {
  const [paper] = parse(
    `<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><channel><item><title>T</title>${inside}</item></channel></rss>`,
  ).papers;
  return paper;
};
const html = (name: string, text: string) => `<${name}><![CDATA[${text}]]></${name}>`;

test("the DOI is found among several identifiers, and in the address of the page", () => {
  const several = "<dc:identifier>pmid:1</dc:identifier><dc:identifier>doi:10.1234/B</dc:identifier>";
  assert.equal(entry(several)?.doi, "10.1234/b");
  assert.equal(entry("<dc:identifier>info:doi/10.1234/D</dc:identifier>")?.doi, "10.1234/d");
  assert.equal(entry("<link>https://pub.example/doi/abs/10.1234/C?af=R</link>")?.id, "doi:10.1234/c");
  assert.equal(entry("<link>https://pub.example/about/10.1234/C</link>")?.doi, null);
});

test("the journal is taken from its source where that is no citation", () => {
  const source = (text: string) => entry(`<dc:source>${text}</dc:source>`)?.journal;
  assert.equal(source("Looms &amp;amp; threads"), "Looms & threads");
  assert.equal(source("Journal of Looms 7, (2018)"), null);
  assert.equal(
    entry("<dc:source>J</dc:source><prism:publicationName>K</prism:publicationName>")?.journal,
    "K",
  );
});

test("a date has the parts that the feed has, in whichever field", () => {
  assert.equal(entry("<date>2026-07-20</date>")?.published, "2026-07-20");
  assert.equal(entry("<prism:coverDate>2026-05</prism:coverDate>")?.published, "2026-05");
  assert.equal(
    entry("<prism:coverDisplayDate>1 December 2024</prism:coverDisplayDate>")?.published,
    "2024-12-01",
  );
  assert.equal(entry("<prism:coverDisplayDate>May-June 2013</prism:coverDisplayDate>")?.published, "2013-05");
  assert.equal(entry("<pubDate>soon</pubDate>")?.published, null);
});

test("what publishers put around an abstract is not part of it", () => {
  const abstract = (text: string, more = "") => entry(html("description", text) + more)?.abstract;
  // Nature
  const online = "<p>Nature Looms, Published online: 12 May 2026; <a>doi:10.1038/x</a></p>";
  assert.equal(abstract(`${online}Threads hold.`), "Threads hold.");
  // Oxford
  assert.equal(abstract('<span><div class="boxTitle">Abstract</div>Threads hold.</span>'), "Threads hold.");
  // BMJ
  assert.equal(abstract("<sec><st>Abstract</st><p>Threads hold.</p></sec>"), "Threads hold.");
  // Wiley and ACM: the citation alone, and the abstract in another field
  const issue = "Journal of Looms, Volume 7, Issue 1, Page 1-32, February 2023. <br/>";
  const whole = html("content:encoded", `${issue}<h2>ABSTRACT</h2><p>Threads hold.</p><p>They do.</p>`);
  assert.equal(abstract(issue, whole), "Threads hold. They do.");
  assert.equal(abstract("Looms, Ahead of Print."), "");
  // PubMed
  const cited = "<p>J Looms. 2024 Jan 1;7(1):3. doi: 10.1234/x.</p><p><b>ABSTRACT</b></p>";
  const foot = "<p>PMID:<a>1</a> | DOI:<a>10.1234/x</a></p>";
  assert.equal(
    abstract(`${cited}<p>AIM: Threads.</p><p>RESULT: Hold.</p>${foot}`),
    "AIM: Threads. RESULT: Hold.",
  );
  // What looks like them, but is the text.
  assert.equal(abstract("Abstract interpretation of looms."), "Abstract interpretation of looms.");
  assert.equal(abstract("<p>by looms we mean looms.</p>"), "by looms we mean looms.");
  assert.equal(
    abstract("<p>by looms we mean looms.</p><p>And so on.</p>"),
    "by looms we mean looms. And so on.",
  );
  const long = "Threads hold. ".repeat(40);
  assert.equal(abstract(`<p>${long}</p><p>Abstract</p><p>They do.</p>`), `${long}They do.`);
});

test("what publishers say in the text of an entry is taken from there", () => {
  const read = entry(
    html(
      "description",
      "<p>Publication date: June 2026</p><p><b>Source:</b> Looms, Volume 330</p><p>Author(s): Ada Lovelace, Charles Babbage</p>",
    ),
  );
  assert.deepEqual(read?.authors, ["Ada Lovelace", "Charles Babbage"]);
  assert.deepEqual([read?.published, read?.journal, read?.abstract], ["2026-06", "Looms", ""]);
  const text = html(
    "description",
    "<p>Author(s): A. Lovelace and C. Babbage (The Loom Collaboration)</p><p>Threads hold.</p><br/><img src='x'/><br/>[Phys. Rev. Looms 7, 010001] Published Tue Jan 03, 2023",
  );
  const physics = entry(`${text}<dc:creator>A. Lovelace and C. Babbage</dc:creator>`);
  assert.equal(physics?.abstract, "Threads hold.");
  assert.deepEqual(physics?.authors, ["A. Lovelace", "C. Babbage"]);
  const by = html("description", "<p>by Ada Lovelace, Charles Babbage</p>\nThreads hold.");
  assert.deepEqual(entry(by)?.authors, ["Ada Lovelace", "Charles Babbage"]);
  assert.equal(entry(`${by}<dc:creator>Ada Lovelace</dc:creator>`)?.abstract, "Threads hold.");
  assert.deepEqual(entry("<authors>Ada Lovelace;Charles Babbage</authors>")?.authors, [
    "Ada Lovelace",
    "Charles Babbage",
  ]);
});

test("a paper that was withdrawn says so in its title or its abstract", () => {
  assert.equal(entry(html("description", "The authors have withdrawn this manuscript."))?.withdrawn, true);
  const retracted = "<rss><channel><item><title>RETRACTED: Looms</title></item></channel></rss>";
  assert.equal(parse(retracted).papers[0]?.withdrawn, true);
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
    "&lt;p ",
    "&lt;p&gt;by A, ",
    "&lt;br&gt;, Volume 1, ",
    "abstract&lt;p&gt;",
  ]) {
    const { papers } = parse(start + piece.repeat(sized(400_000) / piece.length));
    assert.equal(papers[0]?.title, "x", piece);
  }
});
