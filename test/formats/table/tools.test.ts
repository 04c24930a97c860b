import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../../source/formats/index.js";
import type { ParsedListing } from "../../../source/papers/listing.js";

async function read(text: string): Promise<ParsedListing> {
  const result = await readListing(Buffer.from(text), { today: "2026-11-28" });
  assert.ok(result.ok, result.ok ? "" : result.reason);
  assert.equal(result.format.name, "table (CSV or TSV)");
  return result.listing;
}

const authors = ["Ines Holm", "Otto T. Reed"];

test("tables of tools for reviews and reading keep people, identifiers, counts and summaries", async () => {
  for (const [name, text, expected] of [
    [
      "Google Scholar’s library",
      'Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n"Holm, Ines; Reed, Otto T.; ",Counting kettles,arXiv preprint arXiv:2101.00001,,,,2021,\n',
      { id: "2101.00001", authors, published: "2021" },
    ],
    [
      "ASReview",
      "record_id,title,abstract,authors,keywords,doi,year,asreview_label\n0,Counting kettles,We count.,\"['Holm, Ines', 'Reed, Otto T.']\",\"['tea', 'dusk']\",https://doi.org/10.5555/k.1,2021.0,1\n",
      { doi: "10.5555/k.1", authors, keywords: ["tea", "dusk"], published: "2021" },
    ],
    [
      "ResearchRabbit",
      'Title,Authors,Abstract,Journal,Year,DOI,PubmedId,ArxivId\nCounting kettles,"Ines Holm, Otto T. Reed",We count.,Kettle Lett.,2021,10.5555/k.1,,2101.00001\n',
      { id: "2101.00001", doi: "10.5555/k.1", authors, journal: "Kettle Lett." },
    ],
    [
      "Elicit",
      'Title,Authors,DOI,DOI link,Venue,Citation count,Year,Abstract summary\nCounting kettles,"Ines Holm, Otto T. Reed",10.5555/k.1,https://doi.org/10.5555/k.1,Kettle Lett.,12,2021,They count kettles.\n',
      { doi: "10.5555/k.1", authors, citations: 12, summary: "They count kettles." },
    ],
    [
      "Consensus",
      'Title,Takeaway,Authors,Year,Abstract,Study Type,Journal,Citations,DOI\nCounting kettles,There are many.,"Ines Holm, Otto T. Reed",2021,We count.,RCT,Kettle Lett.,12,10.5555/k.1\n',
      { doi: "10.5555/k.1", authors, citations: 12, summary: "There are many.", abstract: "We count." },
    ],
    [
      "Scite",
      "DOI,Title,Authors,Journal,Year,Supporting citations,Total citations\n10.5555/k.1,Counting kettles,Ines Holm; Otto T. Reed,Kettle Lett.,2021,2,12\n",
      { doi: "10.5555/k.1", authors, citations: 12 },
    ],
    [
      "Citavi",
      '"Kurztitel";"Autor, Herausgeber oder Institution";"Jahr ermittelt";"Titel";"Zeitschrift/Zeitung";"DOI-Name"\n"Holm 2021";"Holm, Ines; Reed, Otto T.";"2021";"Counting kettles";"Kettle Lett.";"10.5555/k.1"\n',
      { doi: "10.5555/k.1", authors, published: "2021", journal: "Kettle Lett." },
    ],
    [
      "Raindrop",
      'id,title,note,excerpt,url,folder,tags,created\n1,[2101.00001] Counting kettles,,We count.,https://arxiv.org/abs/2101.00001,Unsorted,"tea, dusk",2024-03-09\n',
      { id: "2101.00001", title: "Counting kettles", keywords: ["tea", "dusk"] },
    ],
    [
      "Readwise Reader",
      "Title,URL,ID,Document tags,Saved date\nCounting kettles,https://arxiv.org/abs/2101.00001,01abc,\"['tea']\",2024-03-09\nCups,https://arxiv.org/abs/2101.00002,01abd,[],2024-03-09\n",
      { id: "2101.00001", keywords: ["tea"] },
    ],
  ] as const) {
    const { papers, problems } = await read(text);
    assert.deepEqual(problems, [], name);
    const found = papers[0] as unknown as Record<string, unknown>;
    for (const [field, value] of Object.entries(expected))
      assert.deepEqual(found[field], value, `${name}: ${field}`);
  }
  const reader = await read("Title,URL,Document tags\nCups,https://arxiv.org/abs/2101.00002,[]\n");
  assert.deepEqual(reader.papers[0]?.keywords, []);
});

test("a row with a separator that is not quoted is reported", async () => {
  const { papers, problems } = await read(
    "Titel;Autoren;Jahr\nKessel;Holm, Ines; Reed, Otto;2018\nTassen;Vale, Mira;2019;\n",
  );
  assert.equal(papers.length, 2);
  assert.deepEqual(problems, [{ line: 2, message: "a row has 4 cells below 3 heads: look at its quotes" }]);
  const more = await read("Title,Year,DOI\nKettles,2018,10.5555/k.1,2-s2.0-1\n");
  assert.deepEqual([more.papers.length, more.problems], [1, []]);
});
