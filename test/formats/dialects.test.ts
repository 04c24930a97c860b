import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../source/formats/index.js";
import type { Paper } from "../../source/papers/paper.js";

const options = { today: "2026-11-28" };

async function papersOf(text: string | Uint8Array): Promise<readonly Paper[]> {
  const result = await readListing(typeof text === "string" ? Buffer.from(text) : text, options);
  assert.ok(result.ok, result.ok ? "" : result.reason);
  return result.listing.papers;
}

const wos =
  "PT\tAU\tAF\tTI\tSO\tDE\tAB\tPY\tVL\tDI\nJ\tHolm, I; Reed, OT\tHolm, Ines; Reed, Otto T.\tCounting kettles\tJ KETTLES\tkettles; dusk\tWe count.\t2018\t12\t10.5555/k.1\n";
const full = ["Ines Holm", "Otto T. Reed"];

test("tables of databases are read with full names, the paper's own year, and heads in other languages", async () => {
  const pubmed =
    '\ufeffPMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n30000001,Counting kettles,"Holm I, Reed OT, van der Berg J, Kettle Group.",x,Holm I,J Kettles,2019,2018/12/30,,,10.5555/k.1\n';
  const scopus =
    '"Authors","Author full names","Author(s) ID","Title","Year","DOI"\n"Holm I.; Reed O.T.","Holm, Ines (57202138757); Reed, Otto T. (123)","1; 2","Counting ""kettles""","2018","10.5555/k.1"\n';
  const harzing =
    'Cites,Authors,Title,Year,Source,ArticleURL,DOI\n5,"I Holm, O Reed",Counting kettles,2018,J. Kettles,https://x.org/1,\n';
  for (const [text, authors, published] of [
    [pubmed, ["I Holm", "OT Reed", "J van der Berg", "Kettle Group"], "2019"],
    [scopus, full, "2018"],
    [wos, full, "2018"],
    [harzing, ["I Holm", "O Reed"], "2018"],
    ["sep=;\nTitel;Autoren;Jahr;DOI\nGroße Kessel;Holm, Ines;2018;10.5555/k.1\n", ["Ines Holm"], "2018"],
    ["Titre\tAuteurs\tAnnée\nLes théières\tInes Holm\t2018\n", ["Ines Holm"], "2018"],
  ] as const) {
    const [paper] = await papersOf(text);
    assert.deepEqual(paper?.authors, authors);
    assert.equal(paper?.published, published);
  }
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(wos, "utf16le")]);
  assert.deepEqual((await papersOf(utf16))[0]?.authors, full);
});

test("RIS of publishers and reference managers: Cochrane's heads, a bare DOI in M3, seasons, blank values", async () => {
  const cochrane =
    "Record #1 of 2\nID: CN-1\nTY  - JOUR\nTI  - One\nPY  - 2018\nER  -\nRecord #2 of 2\nTY  - JOUR\nTI  - Two\nER  -\n";
  assert.deepEqual(
    (await papersOf(cochrane)).map(({ title }) => title),
    ["One", "Two"],
  );
  const entry = (fields: string) => papersOf(`TY  - JOUR\n${fields}\nER  - \n`).then(([paper]) => paper);
  assert.equal((await entry("T1  - A\nM3  - 10.5555/k.1"))?.doi, "10.5555/k.1");
  assert.equal((await entry("T1  - A\nM3  - Article"))?.doi, null);
  assert.equal((await entry("T1  - A\nY1  - 2018///Spring2018"))?.published, "2018");
  assert.equal((await entry("T1  - A\nVL  - \nPY  - 2018\nY1  - 5-9 March 2018"))?.published, "2018-03");
  assert.deepEqual((await entry("T1  - A\nA1  - Reed, Otto T., Jr."))?.authors, ["Otto T. Reed Jr."]);
});

test("digests and lists of citations in Markdown are read with their titles and people", async () => {
  const digest = `# Daily arXiv

### 1. Counting Kettles at Dusk

**Authors:** Ines Holm, Otto Reed, Jan van der Berg
**arXiv:** [2510.00001](https://arxiv.org/abs/2510.00001)

**Abstract:** We count kettles until it is dark and find many.

| **Title** | **Authors** | **PDF** |
|---|---|---|
|**Third Title Of All**|Ines Holm et.al.|[2510.00003](http://arxiv.org/abs/2510.00003)|

- Vaswani et al. (2017). *Attention Is All You Need*. NeurIPS. https://arxiv.org/abs/1706.03762
- (2023/05) Fifth Paper With Date, [arxiv](http://arxiv.org/abs/2305.00005v1)
- **Title:** A Labelled Paper of Ours
  **Link:** https://arxiv.org/abs/2305.00006
`;
  const papers = await papersOf(digest);
  assert.deepEqual(
    papers.map(({ id, title, authors, andOthers }) => [id, title, authors.join("; "), andOthers === true]),
    [
      ["2510.00001", "Counting Kettles at Dusk", "Ines Holm; Otto Reed; Jan van der Berg", false],
      ["2510.00003", "Third Title Of All", "Ines Holm", true],
      ["1706.03762", "Attention Is All You Need", "Vaswani", true],
      ["2305.00005", "Fifth Paper With Date", "", false],
      ["2305.00006", "A Labelled Paper of Ours", "", false],
    ],
  );
  assert.equal(papers[0]?.abstract, "We count kettles until it is dark and find many.");
  assert.equal(papers[2]?.published, "2017");
});

test("the columns of a Markdown table are read by their heads", async () => {
  const [one, two] = await papersOf(`| Date | keywords | Institute | Paper | Venue |
|:---:|---|---|---|---|
| 2017-06 | attention, translation | Google | [Attention Is All You Need](https://arxiv.org/abs/1706.03762) | NeurIPS |
| - |  |  | [Scaling Laws for Kettles](https://arxiv.org/abs/2001.08361) | |

| [A Table Without a Head](https://arxiv.org/abs/2001.08362) | 2019 |
`);
  assert.deepEqual(
    [one?.published, one?.keywords, one?.organization, one?.journal],
    ["2017-06", ["attention", "translation"], "Google", "NeurIPS"],
  );
  assert.deepEqual([two?.published, two?.keywords, two?.organization, two?.journal], [null, [], null, null]);
});

test("UTF-16 without its mark, arXiv's stamp of a page, and DBLP's numbers of people are what they mean", async () => {
  const entry = "@article{a, author={Wei Li 0001 and Müller, J}, title={Größe}, year=2015}";
  assert.deepEqual((await papersOf(entry))[0]?.authors, ["Wei Li", "J Müller"]);
  assert.equal((await papersOf(Buffer.from(entry, "utf16le")))[0]?.title, "Größe");
  assert.equal((await papersOf(Buffer.from(entry, "utf16le").swap16()))[0]?.title, "Größe");
  const [stamp] = await papersOf("arXiv:2510.22543v2 [cs.LG] 29 Oct 2025\n");
  assert.equal(stamp?.title, "arXiv:2510.22543");
});

test("a note is a paper only where its front matter says so", async () => {
  const read = async (head: string) => {
    const result = await readListing(
      Buffer.from(`---\n${head}\n---\n\n- [A title of a paper](https://arxiv.org/abs/2001.00009)\n`),
      options,
    );
    return result.ok ? [result.format.name, result.listing.papers[0]?.id] : [];
  };
  const name = "note on a paper (Markdown)";
  assert.deepEqual(await read("title: A\ndoi: https://doi.org/10.5555/K.1"), [name, "doi:10.5555/k.1"]);
  assert.deepEqual(await read("citekey: holm2018\ntitle: A\nauthor: Holm, Ines and Reed, Otto\ndate: 2018"), [
    name,
    "title:a/holm/2018",
  ]);
  const list = ["list of papers (Markdown)", "2001.00009"];
  assert.deepEqual(await read("title: My reading list\nauthor: Me\ndate: 2020-01-01"), list);
  assert.deepEqual(await read("layout: post\ntitle: [broken"), list);
});
