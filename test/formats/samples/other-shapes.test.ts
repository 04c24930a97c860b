import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { readListing } from "../../../source/formats/index.js";
import type { Paper } from "../../../source/papers/paper.js";

const options = { today: "2026-11-28" };

async function papersOf(text: string): Promise<readonly Paper[]> {
  const [plain, zipped] = await Promise.all(
    [Buffer.from(text), gzipSync(text)].map((bytes) => readListing(bytes, options)),
  );
  assert.ok(plain?.ok, plain?.ok === false ? plain.reason : "");
  assert.deepEqual(zipped, plain);
  return plain.listing.papers;
}

test("services' answers that hold a paper in an inner object, or prefix its fields, are read", async () => {
  const doi = "10.5555/k.1";
  const answers: readonly (readonly [unknown, Partial<Paper>])[] = [
    [
      {
        status: "ok",
        data: { papers: [{ paper_title: "T", paper_authors: [{ first: "Ines", last: "Holm" }] }] },
      },
      { authors: ["Ines Holm"] },
    ],
    [
      [{ bib: { title: "T", author: ["I Holm"], pub_year: "2018", venue: "J" }, num_citations: 7 }],
      { authors: ["I Holm"], published: "2018", journal: "J", citations: 7 },
    ],
    [[{ title: "T", externalids: { DOI: doi }, year: 2018, citationcount: 4 }], { doi, citations: 4 }],
    [
      { doi, title: "T", year: 2018, z_authors: [{ given: "Ines", family: "Holm" }] },
      { authors: ["Ines Holm"] },
    ],
    [
      {
        results: [
          {
            bibjson: {
              title: "T",
              author: [{ name: "Ines Holm" }],
              identifier: [{ type: "doi", id: doi }],
              journal: { title: "J" },
            },
          },
        ],
      },
      { doi, journal: "J" },
    ],
    [
      { hits: { hits: [{ doi, metadata: { title: "T", creators: [{ name: "Holm, Ines" }] } }] } },
      { doi, authors: ["Ines Holm"] },
    ],
    [
      {
        records: [
          { title: "T", creators: [{ creator: "Holm, Ines" }], doi, publicationName: "J", abstract: "A." },
        ],
      },
      { authors: ["Ines Holm"], journal: "J" },
    ],
    [
      {
        articles: [
          { title: "T", authors: { authors: [{ full_name: "Ines Holm" }] }, doi, publication_year: 2018 },
        ],
      },
      { authors: ["Ines Holm"], published: "2018" },
    ],
    [
      {
        "search-results": {
          entry: [
            {
              "dc:title": "T",
              "dc:creator": "Holm I.",
              "prism:doi": doi,
              "prism:coverDate": "2018-03-03",
              "citedby-count": "7",
            },
          ],
        },
      },
      { doi, published: "2018-03-03", citations: 7 },
    ],
  ];
  for (const [answer, expected] of answers) {
    const [paper, ...more] = await papersOf(JSON.stringify(answer));
    assert.deepEqual([paper?.title, more], ["T", []]);
    for (const [name, value] of Object.entries(expected)) {
      assert.deepEqual(paper?.[name as keyof Paper], value, `${name} of ${JSON.stringify(answer)}`);
    }
  }
});

test("tables with heads in other languages, and of Rayyan, Dimensions and Lens, are read", async () => {
  for (const [text, abstract, journal, authors] of [
    [
      "标题,作者,年份,期刊,DOI,摘要\nT,王伟; 李娜,2018,水壶学报,10.5555/k.1,我们计数。\n",
      "我们计数。",
      "水壶学报",
      ["王伟", "李娜"],
    ],
    [
      "タイトル,著者,発行年,雑誌名,DOI,抄録\nT,田中太郎,2018,やかん学,10.5555/k.1,数える。\n",
      "数える。",
      "やかん学",
      ["田中太郎"],
    ],
    [
      "Titel;Autor;Erscheinungsjahr;Zeitschrift;Zusammenfassung\nT;Holm, Ines;2018;J;Wir zählen.\n",
      "Wir zählen.",
      "J",
      ["Ines Holm"],
    ],
    [
      "Titre;Auteurs;Année;Revue;Résumé\nT;Holm, Ines;2018;J;Nous comptons.\n",
      "Nous comptons.",
      "J",
      ["Ines Holm"],
    ],
    [
      'title,year,journal,authors,abstract\nT,2018,J,"Holm, Ines and Reed, Otto",A.\n',
      "A.",
      "J",
      ["Ines Holm", "Otto Reed"],
    ],
    [
      '"About the data"\nRank,DOI,Title,Abstract,Source title,PubYear,Authors\n1,10.5555/k.1,T,A.,J,2018,"Holm, Ines; Reed, Otto"\n',
      "A.",
      "J",
      ["Ines Holm", "Otto Reed"],
    ],
    [
      "Title,Publication Year,Source Title,Author/s,Abstract\nT,2018,J,Ines Holm; Otto Reed,A.\n",
      "A.",
      "J",
      ["Ines Holm", "Otto Reed"],
    ],
  ] as const) {
    const [paper] = await papersOf(text);
    assert.deepEqual(
      [paper?.title, paper?.published, paper?.abstract, paper?.journal, paper?.authors],
      ["T", "2018", abstract, journal, authors],
      text,
    );
  }
});

test("an identifier ends where Chinese or Japanese text follows it without a space", async () => {
  const papers = await papersOf("参见10.5555/k.1，以及https://arxiv.org/abs/1706.03762。\n");
  assert.deepEqual(
    papers.map(({ id }) => id),
    ["doi:10.5555/k.1", "1706.03762"],
  );
});

test("Markdown with reference links, and digests with bare addresses below headings, are read", async () => {
  const linked = await papersOf(
    '- [Attention Is All You Need][1], see also [BERT]\n- [Kettles at Dusk][]\n\n[1]: https://arxiv.org/abs/1706.03762\n[kettles at dusk]: <https://arxiv.org/abs/2401.00001> "K"\n',
  );
  assert.deepEqual(
    linked.map(({ id, title }) => [id, title]),
    [
      ["1706.03762", "Attention Is All You Need"],
      ["2401.00001", "Kettles at Dusk"],
    ],
  );
  const [one, two] = await papersOf(`## Today
### Counting Kettles at Dusk
- Authors: Ines Holm, Otto Reed
- Link: https://arxiv.org/abs/2401.00001
- Code: https://github.com/a/b
- Summary: We count kettles until dark and find many.
### Why Kettles Sing
- **Link**: https://arxiv.org/abs/2401.00002
- **Authors**: Mira Vale
`);
  assert.deepEqual(
    [one?.title, one?.authors, one?.code, one?.abstract],
    [
      "Counting Kettles at Dusk",
      ["Ines Holm", "Otto Reed"],
      "https://github.com/a/b",
      "We count kettles until dark and find many.",
    ],
  );
  assert.deepEqual([two?.title, two?.authors], ["Why Kettles Sing", ["Mira Vale"]]);
  const [cited] = await papersOf(
    "- **GPT-3**: Language Models are Few-Shot Learners (Brown et al., 2020) https://arxiv.org/abs/2005.14165\n- [B](https://arxiv.org/abs/2005.14166)\n",
  );
  assert.equal(cited?.title, "GPT-3: Language Models are Few-Shot Learners");
});
