import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../source/formats/index.js";
import type { ParsedListing } from "../../source/papers/listing.js";

async function read(text: string): Promise<{ name: string; listing: ParsedListing }> {
  const result = await readListing(Buffer.from(text), { today: "2026-11-28" });
  assert.ok(result.ok, result.ok ? "" : result.reason);
  return { name: result.format.name, listing: result.listing };
}

const authors = ["Ines Holm", "Otto T. Reed"];

test("notes of Logseq and Obsidian with properties keep title, people, date and abstract", async () => {
  const logseq = `title:: @Counting kettles
tags:: #tea
date:: [[Mar 9th, 2021]]
item-type:: [[journalArticle]]
doi:: 10.5555/k.1
authors:: [[Ines Holm]], [[Otto T. Reed]]
publication-title:: "Kettle Lett."
abstract:: We count.
- [[Notes]]
`;
  const obsidian = `---
category: literaturenote
citekey: holm2021
---
> [!Cite]
> Holm, I., Reed, O.T. (2021) ‘Counting kettles’. Available at: https://doi.org/10.5555/k.1.

>[!md]
> **FirstAuthor**:: Holm, Ines
> **Author**:: Reed, Otto T.
> **Title**:: Counting kettles
> **Year**:: 2021
> **Journal**:: *Kettle Lett.*
> **DOI**:: 10.5555/k.1

> [!Abstract]
> We count.
`;
  for (const [text, published] of [
    [logseq, "2021-03-09"],
    [obsidian, "2021"],
  ] as const) {
    const { name, listing } = await read(text);
    const [paper] = listing.papers;
    assert.equal(name, "note on a paper (properties)");
    assert.deepEqual(
      [paper?.title, paper?.doi, paper?.authors, paper?.published, paper?.journal, paper?.abstract],
      ["Counting kettles", "10.5555/k.1", authors, published, "Kettle Lett.", "We count."],
    );
  }
});

test("headings of Org with properties are papers, and so is a note of org-roam", async () => {
  const bibtex = `#+TITLE: Library
* TODO Counting kettles at dusk                                       :tea:dusk:
  :PROPERTIES:
  :BTYPE:    article
  :CUSTOM_ID: holm2021
  :AUTHOR:   Holm, Ines and Reed, Otto T.
  :JOURNAL:  Kettle Lett.
  :YEAR:     2021
  :DOI:      10.5555/k.1
  :END:
* Shopping
  :PROPERTIES:
  :ID: 7f0b
  :END:
* Why kettles sing
  :PROPERTIES:
  :TITLE: Why Kettles Sing
  :AUTHOR: Vale, M., & Holm, I.
  :EPRINT: 2001.00001
  :END:
`;
  const { name, listing } = await read(bibtex);
  assert.equal(name, "papers in Org");
  assert.deepEqual(
    listing.papers.map(({ id, title, authors: people, published, entry }) => [
      id,
      title,
      people,
      published,
      entry?.key,
    ]),
    [
      ["doi:10.5555/k.1", "Counting kettles at dusk", authors, "2021", "holm2021"],
      ["2001.00001", "Why Kettles Sing", ["M. Vale", "I. Holm"], null, ""],
    ],
  );
  const roam = (body: string) =>
    read(
      `:PROPERTIES:\n:ID:       7f0b\n:ROAM_REFS: @holm2021\n:END:\n#+title: Counting kettles\n* Notes\n${body}\n`,
    );
  const [note] = (await roam("[[https://doi.org/10.5555/k.1][doi]]")).listing.papers;
  assert.deepEqual(
    [note?.id, note?.title, note?.entry?.key],
    ["doi:10.5555/k.1", "Counting kettles", "holm2021"],
  );
  const cites = "https://doi.org/10.5555/k.1 and https://arxiv.org/abs/2001.00001";
  assert.equal((await roam(cites)).listing.papers[0]?.id, "title:counting-kettles");
});

test("a list as assistants write it keeps titles, people and years, whatever the link is called", async () => {
  const { listing } = await read(`# Reading list

1. **Counting kettles at dusk** — Ines Holm, Otto T. Reed (2021). [arXiv:2101.00001](https://arxiv.org/abs/2101.00001)
2. **Cups and saucers of old** (Vale et al., 2020) – [doi:10.5555/k.1](https://doi.org/10.5555/k.1)
3. **A third one of them** [10.5555/k.2](https://doi.org/10.5555/k.2)
`);
  assert.deepEqual(
    listing.papers.map(({ id, title, authors: people, published }) => [id, title, people, published]),
    [
      ["2101.00001", "Counting kettles at dusk", authors, "2021"],
      ["doi:10.5555/k.1", "Cups and saucers of old", ["Vale"], "2020"],
      ["doi:10.5555/k.2", "A third one of them", [], null],
    ],
  );
});

test("links of Org, wikis, AsciiDoc and reStructuredText give papers their titles", async () => {
  const [one, two] = ["https://arxiv.org/abs/2101.00001", "https://doi.org/10.5555/k.1"];
  for (const text of [
    `- [[${one}][Counting kettles at dusk]]\n** [[${two}][Cups and saucers of old]]\n`,
    `== Papers ==\n* [${one} Counting kettles at dusk] by Ines Holm\n* [${two} Cups and saucers of old]\n`,
    `= Papers\n* ${one}[Counting kettles at dusk], Ines Holm\n* ${two}[Cups and saucers of old]\n`,
    `Papers\n======\n* \`Counting kettles at dusk <${one}>\`_, Ines Holm\n* \`Cups and saucers of old <${two}>\`__\n`,
  ]) {
    const { listing } = await read(text);
    assert.deepEqual(
      listing.papers.map(({ id, title }) => [id, title]),
      [
        ["2101.00001", "Counting kettles at dusk"],
        ["doi:10.5555/k.1", "Cups and saucers of old"],
      ],
      text,
    );
  }
});
