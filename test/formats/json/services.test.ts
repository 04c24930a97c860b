import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../../source/formats/index.js";
import type { Paper } from "../../../source/papers/paper.js";

const title = "Counting kettles";
const doi = "10.5555/k.1";
const authors = ["Ines Holm", "Otto T. Reed"];

test("answers of PLOS, BASE, Web of Science, Scopus, ReadCube and alphaXiv keep people, journals and dates", async () => {
  for (const [root, expected] of [
    [
      {
        response: {
          docs: [
            {
              id: "10.1371/journal.pone.1",
              journal: "PLOS ONE",
              publication_date: "2021-03-09T00:00:00Z",
              author_display: authors,
              abstract: ["We count."],
              title_display: title,
            },
          ],
        },
      },
      { doi: "10.1371/journal.pone.1", authors, journal: "PLOS ONE", abstract: "We count." },
    ],
    [
      {
        response: {
          docs: [
            {
              dctitle: title,
              dccreator: ["Holm, Ines", "Reed, Otto T."],
              dcdate: "2021-03-09",
              dcdescription: "We count.",
              dclink: "https://kettles.example/1",
              dcdoi: [doi],
            },
          ],
        },
      },
      { doi, authors, published: "2021-03-09", url: "https://kettles.example/1", abstract: "We count." },
    ],
    [
      {
        hits: [
          {
            uid: "WOS:1",
            title,
            source: { sourceTitle: "KETTLE LETT", publishYear: 2021 },
            names: { authors: [{ displayName: "Holm, Ines" }, { displayName: "Reed, Otto T." }] },
            identifiers: { doi },
          },
        ],
      },
      { doi, authors, published: "2021", journal: "KETTLE LETT" },
    ],
    [
      [
        {
          id: "a1",
          type: "item",
          article: { title, authors, journal: "Kettle Lett.", year: 2021, abstract: "We count." },
          ext_ids: { doi, pmid: "30000001", arxiv: "2101.00001" },
          user_data: { tags: ["tea"] },
        },
      ],
      { id: "2101.00001", doi, authors, published: "2021", journal: "Kettle Lett.", keywords: ["tea"] },
    ],
    [
      { data: [{ id: "0192", universal_paper_id: "2101.00001", title, authors, abstract: "We count." }] },
      { id: "2101.00001", authors },
    ],
    [
      {
        "search-results": {
          entry: [
            {
              "prism:url": "https://api.elsevier.com/content/abstract/scopus_id/1",
              "dc:title": title,
              "dc:creator": "Holm I.",
              "prism:publicationName": "Kettle Lett.",
              "prism:doi": doi,
            },
          ],
        },
      },
      { doi, authors: ["I. Holm"], url: `https://doi.org/${doi}` },
    ],
  ] as const) {
    const result = await readListing(Buffer.from(JSON.stringify(root)), { today: "2026-11-28" });
    assert.ok(result.ok, result.ok ? "" : result.reason);
    const [paper] = result.listing.papers;
    assert.equal(paper?.title, title);
    for (const [name, value] of Object.entries(expected))
      assert.deepEqual(paper?.[name as keyof Paper], value, name);
  }
});
