import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../../../source/formats/index.js";
import type { Paper } from "../../../../source/papers/paper.js";

const options = { today: "2026-11-28" };

async function assertFirst(root: unknown, expected: Partial<Paper>): Promise<void> {
  const result = await readListing(Buffer.from(JSON.stringify(root)), options);
  assert.ok(result.ok, result.ok ? "" : result.reason);
  assert.equal(result.listing.papers.length, 1);
  const [paper] = result.listing.papers;
  for (const [name, value] of Object.entries(expected))
    assert.deepEqual(paper?.[name as keyof Paper], value, `${name} of ${JSON.stringify(root).slice(0, 90)}`);
}

const title = "Counting kettles";

test("works as publishers and repositories describe them keep their people, journal and identifiers", async () => {
  const zenodo = {
    "@context": "http://schema.org",
    "@id": "https://doi.org/10.5281/zenodo.1",
    "@type": "https://schema.org/ScholarlyArticle",
    identifier: "https://doi.org/10.5281/zenodo.1",
    name: title,
    creator: [{ name: "Holm, Ines", "@type": "Person" }],
    datePublished: "2021-03-09",
    description: "<p>We count.</p>",
    url: "https://zenodo.org/records/1",
  };
  await assertFirst(zenodo, {
    doi: "10.5281/zenodo.1",
    authors: ["Ines Holm"],
    abstract: "We count.",
    url: "https://zenodo.org/records/1",
    published: "2021-03-09",
  });
  const identified = {
    "@context": { "@vocab": "https://schema.org/" },
    "@type": ["MedicalScholarlyArticle", "CreativeWork"],
    headline: title,
    author: { "@list": [{ givenName: "Ines", familyName: "Holm" }, "Otto T. Reed"] },
    identifier: [
      { "@type": "PropertyValue", propertyID: "pmid", value: "30000001" },
      { "@type": "PropertyValue", propertyID: "doi", value: "10.5555/Kettle.3" },
    ],
    isPartOf: { "@type": "PublicationIssue", isPartOf: { "@type": "Periodical", name: "Kettle Lett." } },
  };
  await assertFirst(identified, {
    doi: "10.5555/kettle.3",
    authors: ["Ines Holm", "Otto T. Reed"],
    journal: "Kettle Lett.",
  });
  const prefixed = {
    "@context": { schema: "https://schema.org/" },
    "@type": "schema:ScholarlyArticle",
    "schema:name": { "@value": title, "@language": "en" },
    "schema:author": { "@type": "schema:Person", "schema:name": "Ines Holm" },
    "schema:sameAs": { "@id": "https://arxiv.org/abs/2101.00001" },
  };
  await assertFirst(prefixed, { id: "2101.00001", title, authors: ["Ines Holm"] });
});

const page = (data: unknown) =>
  `<!DOCTYPE html><html><head><script type="application/ld+json">${JSON.stringify(data)}</script></head><body><p>x</p></body></html>`;

test("data that are hidden from old browsers are read", async () => {
  const data = JSON.stringify({
    "@context": "https://schema.org",
    "@type": "ScholarlyArticle",
    name: title,
    sameAs: "https://doi.org/10.5555/k.1",
  });
  for (const [open, close] of [
    ["//<![CDATA[\n", "\n//]]>"],
    ["// <![CDATA[\n", "\n// ]]>\n"],
    ["<![CDATA[", "]]>"],
    ["<!--", "-->"],
    ["\n<!--\n", "\n//-->\n"],
  ]) {
    const hidden = page(null).replace("null", () => `${open}${data}${close}`);
    const result = await readListing(Buffer.from(hidden), options);
    assert.ok(result.ok, open);
    assert.deepEqual(
      result.listing.papers.map(({ id }) => id),
      ["doi:10.5555/k.1"],
    );
  }
});

test("of a page the article with an identifier is read, and what it cites or other news are not", async () => {
  const context = { "@context": "https://schema.org" };
  const article = { ...context, "@type": "Article", headline: title, author: "Ines Holm" };
  const cited = { "@type": "ScholarlyArticle", name: "Old", sameAs: "https://doi.org/10.5555/old" };
  for (const [data, papers] of [
    [{ ...article, sameAs: "https://doi.org/10.5555/k.1" }, ["doi:10.5555/k.1"]],
    [{ ...article, citation: [cited] }, []],
    [{ ...context, "@type": "NewsArticle", headline: title }, []],
    [{ ...context, "@type": "WebPage", relatedLink: [cited] }, []],
    [
      {
        ...context,
        "@graph": [
          { "@type": "WebSite", name: "x" },
          { "@type": "ScholarlyArticle", name: title },
        ],
      },
      ["title:counting-kettles"],
    ],
  ] as const) {
    const result = await readListing(Buffer.from(page(data)), options);
    assert.deepEqual(
      result.ok ? result.listing.papers.map(({ id }) => id) : [],
      papers,
      JSON.stringify(data),
    );
  }
  const better = page({ ...article, "@type": "ScholarlyArticle" }).replace(
    "<head>",
    '<head><meta name="citation_title" content="The better title">',
  );
  const result = await readListing(Buffer.from(better), options);
  assert.deepEqual(result.ok && result.listing.papers.map((paper) => paper.title), ["The better title"]);
});
