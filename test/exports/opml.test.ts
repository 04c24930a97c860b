import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { readableText } from "../../source/exports/text/tex.js";
import { opml } from "../../source/formats/feed/opml.js";
import { doiOf } from "../../source/papers/identity.js";
import { makePaper } from "../../source/papers/paper.js";
import { assertNeverThrows } from "../formats/feed/feed-checks.js";
import { hostileText, listings, readBack, written } from "./support.js";

/** The outlines' attributes, by a strict parser that fails on anything ill-formed. */
function outlinesOf(text: string): Readonly<Record<string, string>>[] {
  const found: Record<string, string>[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => assert.fail(error));
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "outline") found.push(attributes as Record<string, string>);
  });
  parser.write(text).close();
  return found;
}

test("OPML: a paper is a link with who wrote it, one without an address an entry", () => {
  const linked = makePaper({
    id: "2510.22543",
    title: 'Caf\\\'e & <b>"Tea"</b>, $x<y$',
    authors: ["Ada Example", "Ben Sample"],
    published: "2025-10-26",
    categories: ["cs.LG"],
    keywords: ["reading, slowly", "a/b"],
    url: "https://arxiv.org/abs/2510.22543?a=1&b=2",
  });
  const bare = makePaper({ title: "Editorial", authorCount: 1, url: "javascript:alert(1)" });
  assert.equal(
    written([linked, bare], "opml"),
    `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Papers</title>
  </head>
  <body>
    <outline text="Café &amp; &lt;b&gt;&quot;Tea&quot;&lt;/b&gt;, $x&lt;y$" type="link" url="https://arxiv.org/abs/2510.22543?a=1&amp;b=2" description="Ada Example, Ben Sample, 2025" category="cs.LG,reading slowly,a b"/>
    <outline text="Editorial" description="1 author"/>
  </body>
</opml>
`,
  );
});

test("OPML of every listing is well-formed, and read again with the same identities", async () => {
  for (const [name, papers] of await listings()) {
    const text = written(papers, "opml");
    const outlines = outlinesOf(text);
    assert.deepEqual(
      outlines.map((one) => one.text),
      papers.map(({ title }) => readableText(title)),
      name,
    );
    const read = await readBack(text);
    assert.deepEqual(read.problems, [], name);
    for (const [at, paper] of papers.entries()) {
      const isKnownByAddress =
        /^\d{4}\.|^[a-z-]+\/\d/.test(paper.id) || (paper.doi !== null && paper.url === null);
      if (!isKnownByAddress || (paper.url === null && doiOf(paper.doi ?? "") === null)) continue;
      if (paper.url !== null && !paper.url.includes(paper.id)) continue;
      assert.equal(read.papers[at]?.id, paper.id, `${name}: ${paper.title}`);
    }
  }
});

test("hostile text is what it was in OPML", () => {
  const any = fc.oneof(hostileText, fc.string({ unit: "binary", minLength: 1 }));
  fc.assert(
    fc.property(any, any, (title, author) => {
      const paper = makePaper({ id: "2510.22543", title, authors: [author], url: "https://example.org/x" });
      const outlines = outlinesOf(written([paper, paper], "opml"));
      assert.equal(outlines.length, 2);
      const expected = readableText(title).replace(/[\ufffe\uffff]|\p{Cs}/gu, "\ufffd");
      assert.equal(outlines[0]?.text, expected);
    }),
  );
});

test("in another program's outline, links are papers, headings are ignored, and feeds are reported", async () => {
  const { papers, problems } = await readBack(`<?xml version="1.0"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Diffusion"><outline text="A Paper" type="link" URL="https://arxiv.org/pdf/2006.11239v2"/>
<outline title="By DOI" htmlUrl="https://doi.org/10.1000/Example.1" text=""/></outline>
<outline text="A blog" type="rss" xmlUrl="https://example.org/feed?a=1&amp;b=2" htmlUrl="https://example.org/"/>
</body></opml>`);
  assert.deepEqual(
    papers.map(({ id, title, pdf }) => [id, title, pdf]),
    [
      ["2006.11239", "A Paper", "https://arxiv.org/pdf/2006.11239"],
      ["doi:10.1000/example.1", "By DOI", null],
    ],
  );
  assert.deepEqual(problems, [
    {
      line: 5,
      message: "this is a feed, not a paper: open it with papers-tui 'https://example.org/feed?a=1&b=2'",
    },
  ]);
});

test("an outline cut off or filled with anything is read as far as it goes", () => {
  const whole = written(
    [makePaper({ title: "One", url: "https://example.org/1" }), makePaper({ title: "Two" })],
    "opml",
  );
  assertNeverThrows(opml, whole);
});
