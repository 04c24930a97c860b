import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../../../source/formats/index.js";
import type { Paper } from "../../../../source/papers/paper.js";

async function papersOf(root: unknown): Promise<readonly Paper[]> {
  const result = await readListing(Buffer.from(JSON.stringify(root)), { today: "2026-11-28" });
  assert.ok(result.ok, result.ok ? "" : result.reason);
  assert.equal(result.format.name, "Google Scholar results (JSON)");
  return result.listing.papers;
}

const search = (summary: string) =>
  papersOf({
    search_parameters: { engine: "google_scholar" },
    organic_results: [{ title: "Counting kettles", publication_info: { summary } }],
  }).then(([paper]) => paper);

test("the line below a title is parted into people, journal and year", async () => {
  for (const [line, authors, journal, published, andOthers] of [
    [
      "I Holm, OT Reed… - Advances in kettles, 2017 - kettles.example",
      ["I Holm", "OT Reed"],
      "Advances in kettles",
      "2017",
      true,
    ],
    ["M Vale - Kettle Lett., 2019 - Springer", ["M Vale"], "Kettle Lett.", "2019", false],
    ["I Holm - 2017 - books.example.com", ["I Holm"], null, "2017", false],
    [
      "I Holm, M Vale - Journal of Tea - Cups, 1999",
      ["I Holm", "M Vale"],
      "Journal of Tea - Cups",
      "1999",
      false,
    ],
    ["I Holm - kettles.example", ["I Holm"], null, null, false],
    ["I Holm", ["I Holm"], null, null, false],
  ] as const) {
    const paper = await search(line);
    assert.deepEqual(
      [paper?.authors, paper?.journal, paper?.published, paper?.andOthers === true],
      [authors, journal, published, andOthers],
      line,
    );
  }
});

test("an author's articles, one article and the answer of Serper are read, too", async () => {
  const [article] = await papersOf({
    search_parameters: { engine: "google_scholar_author", author_id: "x" },
    author: { name: "Ines Holm" },
    articles: [
      {
        title: "Counting kettles",
        link: "https://scholar.google.com/citations?citation_for_view=x:y",
        citation_id: "x:y",
        authors: "I Holm, O Reed, ...",
        publication: "Advances in kettles 30, 2017",
        cited_by: { value: 12 },
        year: "2017",
      },
    ],
  });
  assert.deepEqual(
    [article?.authors, article?.andOthers, article?.journal, article?.published, article?.citations],
    [["I Holm", "O Reed"], true, "Advances in kettles 30", "2017", 12],
  );
  const [one] = await papersOf({
    search_parameters: { engine: "google_scholar_author" },
    citation: {
      title: "Counting kettles",
      authors: "Ines Holm, Otto Reed",
      publication_date: "2017/12/4",
      journal: "Advances in kettles",
      description: "We count.",
      total_citations: { cited_by: { total: 12 } },
    },
  });
  assert.deepEqual(
    [one?.authors, one?.journal, one?.published, one?.citations, one?.abstract],
    [["Ines Holm", "Otto Reed"], "Advances in kettles", "2017-12-04", 12, "We count."],
  );
  const [serper] = await papersOf({
    searchParameters: { q: "kettles", type: "scholar" },
    organic: [
      {
        title: "Counting kettles",
        link: "https://kettles.example/1",
        publicationInfo: "I Holm, O Reed - Advances in kettles, 2017 - kettles.example",
        snippet: "We count …",
        year: 2017,
        citedBy: 12,
        pdfUrl: "https://kettles.example/1.pdf",
      },
    ],
  });
  assert.deepEqual(
    [serper?.authors, serper?.published, serper?.citations, serper?.pdf],
    [["I Holm", "O Reed"], "2017", 12, "https://kettles.example/1.pdf"],
  );
});

test("results of a search of the web are not papers", async () => {
  const web = {
    search_parameters: { engine: "google" },
    organic_results: [{ position: 1, title: "Kettles", link: "https://kettles.example", snippet: "Buy" }],
  };
  const result = await readListing(Buffer.from(JSON.stringify(web)), { today: "2026-11-28" });
  assert.equal(result.ok, false);
});
