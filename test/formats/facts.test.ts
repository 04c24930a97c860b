import assert from "node:assert/strict";
import { test } from "node:test";
import { csvOf } from "../../source/exports/csv.js";
import { paperRecord } from "../../source/exports/json.js";
import { readListing } from "../../source/formats/index.js";
import { makePaper, type Paper } from "../../source/papers/paper.js";

async function read(text: string): Promise<readonly Paper[]> {
  const found = await readListing(new TextEncoder().encode(text), { today: "2026-11-28" });
  assert.ok(found.ok, found.ok ? "" : found.reason);
  return found.listing.papers;
}

test("citations are read wherever a format has them", async () => {
  const listings = {
    scopus: "Authors,Title,Year,Source title,Cited by,DOI\nHolm I.,Ropes,2020,J. Knots,12,10.5555/ropes\n",
    ieee: '"Document Title",Authors,"Publication Title","Publication Year","DOI",Article Citation Count\n"Ropes","I. Holm","Knots","2020","10.5555/ropes",12\n',
    wosTable:
      "Article Title\tAuthors\tSource Title\tTimes Cited, WoS Core\tPublication Year\nRopes\tHolm, I\tKnots\t12\t2020\n",
    wos: "FN Clarivate\nVR 1.0\nPT J\nAU Holm, I\nTI Ropes\nSO KNOTS\nPY 2020\nTC 10\nZ9 12\nER\n\nEF\n",
    ris: "TY  - JOUR\nAU  - Holm, I.\nTI  - Ropes\nPY  - 2020\nN1  - Cited By :12\nER  - \n",
    bibtex: "@article{a, author={Holm, I.}, title={Ropes}, year={2020}, note={cited By 12}}",
    bibtexNew:
      "@article{a, author={Holm, I.}, title={Ropes}, year={2020}, note={Cited by: 12; All Open Access}}",
    crossref:
      '{"status":"ok","message-type":"work","message":{"DOI":"10.5555/ropes","type":"journal-article","title":["Ropes"],"author":[{"given":"Ines","family":"Holm"}],"issued":{"date-parts":[[2020]]},"is-referenced-by-count":12}}',
    semanticScholar:
      '{"data":[{"paperId":"0123456789012345678901234567890123456789","title":"Ropes","citationCount":12,"authors":[{"name":"Ines Holm"}]}]}',
    openAlex:
      '{"results":[{"id":"https://openalex.org/W1","title":"Ropes","cited_by_count":12,"authorships":[{"author":{"display_name":"Ines Holm"}}]}]}',
  };
  for (const [name, text] of Object.entries(listings)) {
    const [paper] = await read(text);
    assert.deepEqual([paper?.title, paper?.citations], ["Ropes", 12], name);
  }
  const odd = await read(
    'Title,Authors,Year,Cited by\nRopes,Holm I.,2020,"1,204"\nSails,Holm I.,2020,\nKnots,Holm I.,2020,many\n',
  );
  assert.deepEqual(
    odd.map(({ citations }) => citations),
    [1_204, null, null],
  );
});

test("a table's other facts are read", async () => {
  const [paper] = await read(
    "title,authors,abstract,tldr,project page,stars,organization,comment count,code\nRopes,Ines Holm,A knot holds.,Knots hold.,https://example.org/ropes,7,Pebble Institute,3,https://github.com/example/ropes\n",
  );
  assert.deepEqual(
    [paper?.abstract, paper?.summary, paper?.project, paper?.codeStars, paper?.organization, paper?.comments],
    ["A knot holds.", "Knots hold.", "https://example.org/ropes", 7, "Pebble Institute", 3],
  );
});

test("what is exported as CSV or JSON comes back with every field", async () => {
  const paper = makePaper({
    id: "2401.00001",
    title: "Ropes",
    abstract: "A knot holds.",
    authors: ["Ines Holm", "Otto Reed"],
    organization: "Pebble Institute",
    published: "2024-01-01",
    updated: "2024-01-03",
    categories: ["cs.LG"],
    keywords: ["knots"],
    upvotes: 3,
    comments: 2,
    url: "https://arxiv.org/abs/2401.00001",
    pdf: "https://arxiv.org/pdf/2401.00001",
    code: "https://github.com/example/ropes",
    codeStars: 7,
    doi: "10.5555/ropes",
    journal: "Knots",
    comment: "4 pages",
    summary: "Knots hold.",
    summaryBy: "Hugging Face (a model)",
    project: "https://example.org/ropes",
    listed: "2024-01-02",
    submitter: "Ines",
    authorsTakePart: true,
    thumbnail: "https://example.org/t.png",
    media: ["https://example.org/a.mp4", "https://example.org/b.mp4"],
    citations: 12,
    influential: 1,
    discussion: "65a",
  });
  assert.deepEqual(await read([...csvOf([{ paper, bits: 0 }])].join("")), [paper]);
  assert.deepEqual(await read(JSON.stringify([paperRecord(paper, 0)])), [paper]);
});
