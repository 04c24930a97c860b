import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../source/formats/index.js";
import type { ParsedListing } from "../../source/papers/listing.js";
import type { Paper } from "../../source/papers/paper.js";

async function listingOf(text: string): Promise<ParsedListing> {
  const result = await readListing(Buffer.from(text), { today: "2026-11-28" });
  assert.ok(result.ok, result.ok ? "" : result.reason);
  return result.listing;
}

async function assertFirst(text: string, expected: Partial<Paper>): Promise<void> {
  const [paper] = (await listingOf(text)).papers;
  for (const [name, value] of Object.entries(expected)) {
    assert.deepEqual(paper?.[name as keyof Paper], value, `${name} of ${text.slice(0, 80)}`);
  }
}

const authors = ["Ines Holm", "Otto T. Reed"];
const title = "Counting kettles";
const doi = "10.5555/kettle.1";

test("JSON of services and programs keeps its DOI, people, journal and the paper's own date", async () => {
  const mendeley = {
    title,
    type: "journal",
    authors: [
      { first_name: "Ines", last_name: "Holm" },
      { first_name: "Otto T.", last_name: "Reed" },
    ],
    year: 2021,
    month: 3,
    day: 9,
    source: "Kettle Lett.",
    identifiers: { doi, arxiv: "2101.00001" },
    created: "2024-01-01T00:00:00.000Z",
    abstract: "We count.",
  };
  await assertFirst(JSON.stringify([mendeley]), {
    id: "2101.00001",
    authors,
    doi,
    journal: "Kettle Lett.",
    published: "2021-03-09",
  });
  const openCitations = {
    id: `doi:${doi} openalex:W1 omid:br/1`,
    title,
    author: "Holm, Ines [orcid:0000-0002-1825-0097 omid:ra/1]; Reed, Otto T. [omid:ra/2]",
    pub_date: "2021-03-09",
    venue: "Kettle Lett. [issn:1234-5678 omid:br/2]",
  };
  await assertFirst(JSON.stringify([openCitations]), { authors, doi, journal: "Kettle Lett." });
  const paperpile = {
    _id: "1",
    title,
    author: [
      { first: "Ines", last: "Holm" },
      { first: "Otto T.", last: "Reed" },
    ],
    journal: "Kettle Lett.",
    published: { year: "2021", month: "03", day: "09" },
    arxivid: "2101.00001",
  };
  await assertFirst(JSON.stringify([paperpile]), { authors, id: "2101.00001", published: "2021-03-09" });
  const cinii = {
    "@id": "https://search.example/articles?q=x",
    title: "Articles - x",
    items: [
      {
        title,
        link: { "@id": "https://search.example/crid/1" },
        "dc:creator": [{ "@value": "Ines Holm" }, { "@value": "Otto T. Reed" }],
        "prism:publicationName": [{ "@value": "Kettle Lett." }],
        "prism:publicationDate": "2021-03",
        "dc:identifier": [
          { "@type": "cir:NAID", "@value": "1" },
          { "@type": "cir:DOI", "@value": doi },
        ],
      },
    ],
  };
  await assertFirst(JSON.stringify(cinii), {
    authors,
    doi,
    journal: "Kettle Lett.",
    url: "https://search.example/crid/1",
  });
  const doaj = {
    total: 1,
    results: [
      {
        bibjson: {
          title,
          identifier: [{ type: "doi", id: doi }],
          journal: { title: "Kettle Lett." },
          month: "3",
          year: "2021",
          author: [{ name: "Ines Holm" }, { name: "Otto T. Reed" }],
          link: [{ type: "fulltext", url: "https://kettles.example/1" }],
        },
      },
    ],
  };
  await assertFirst(JSON.stringify(doaj), { doi, published: "2021-03", url: "https://kettles.example/1" });
  const zenodo = {
    hits: {
      hits: [
        {
          id: "abcde-12345",
          pids: { doi: { identifier: doi, provider: "datacite" } },
          metadata: {
            title,
            creators: authors.map((name) => ({ person_or_org: { type: "personal", name } })),
            publication_date: "2021-03-09",
            description: "<p>We count.</p>",
          },
        },
      ],
    },
  };
  await assertFirst(JSON.stringify(zenodo), { authors, doi, abstract: "We count." });
  const core = {
    results: [{ title, authors: [{ name: "Holm, Ines" }], journals: [{ title: "Kettle Lett." }], doi }],
  };
  await assertFirst(JSON.stringify(core), { journal: "Kettle Lett." });
});
