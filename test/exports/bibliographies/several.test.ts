import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { citationKeys, exportPapers } from "../../../source/exports/index.js";
import { bibtex } from "../../../source/formats/bibtex/bibtex.js";
import { cslJson } from "../../../source/formats/json/csl-json.js";
import { ownJson } from "../../../source/formats/json/own-json.js";
import { ris } from "../../../source/formats/tagged/ris.js";
import type { BibliographyFormat } from "../../../source/papers/bibliography-entry.js";
import { entriesOf } from "../../../source/papers/bibliography-entry.js";
import { makeListing } from "../../../source/papers/listing.js";
import { PackedPapers } from "../../../source/papers/packed/packed-papers.js";
import type { Paper } from "../../../source/papers/paper.js";
import { withEntryRemarks } from "../../../source/sources/entry-remarks.js";
import { decode } from "../../../source/text/encoding/decode.js";
import { options, written } from "../support.js";

const readers = { bibtex, ris, "csl-json": cslJson } as const;

function rowsOf(text: string, format: BibliographyFormat): readonly Paper[] {
  const listing = makeListing("x", readers[format].parse(text, options));
  return Array.from({ length: listing.size }, (_, at) => listing.paper(at));
}

const preprintAndPaper = `@misc{vaswani2017arxiv,
  title = {Attention Is All You Need},
  author = {Vaswani, Ashish},
  year = 2017,
  eprint = {1706.03762},
}

@inproceedings{vaswani2017neurips,
  title = {Attention is all you need},
  author = {Vaswani, Ashish},
  year = 2017,
  booktitle = {NeurIPS},
  pages = {1--11},
  doi = {10.5555/3295222},
  note = {the version to cite},
}
`;
const thesisAndPaper = `@phdthesis{doe2020thesis,
  title = {On Knots},
  author = {Doe, Jane},
  year = 2020,
  school = {MIT},
}

@article{doe2020paper,
  title = {On Knots},
  author = {Doe, Jane},
  year = 2020,
  journal = {JMLR},
  volume = 21,
}
`;

test("entries of one paper are one row, and every one is exported as it came", () => {
  const papers = rowsOf(preprintAndPaper, "bibtex");
  assert.equal(papers.length, 1);
  assert.equal(papers[0]?.journal, "NeurIPS");
  assert.equal(written(papers, "bibtex"), preprintAndPaper);
  assert.deepEqual(citationKeys(papers), ["vaswani2017arxiv"]);
});

test("in another format such a paper is its first entry, with nothing of the others", () => {
  const papers = rowsOf(preprintAndPaper, "bibtex");
  const record = written(papers, "ris");
  assert.match(record, /^TY {2}- UNPB\r\nID {2}- vaswani2017arxiv\r\n/);
  assert.doesNotMatch(record, /NeurIPS|10\.5555|version to cite|SP {2}-/);
  const [item] = JSON.parse(written(papers, "csl-json"));
  assert.deepEqual(
    [item.id, item.type, item["container-title"], item.DOI, item.note, item.archive_location],
    ["vaswani2017arxiv", "article", undefined, undefined, undefined, "1706.03762"],
  );
  const [, second, ...others] = preprintAndPaper.split(/(?=@inproceedings)/);
  assert.deepEqual(others, []);
  const [paper] = JSON.parse(
    written(rowsOf(`${second}${preprintAndPaper.split("@inproceedings")[0]}`, "bibtex"), "csl-json"),
  );
  assert.deepEqual(
    [paper.id, paper.type, paper["container-title"], paper.DOI, paper.archive_location],
    ["vaswani2017neurips", "paper-conference", "NeurIPS", "10.5555/3295222", undefined],
  );
});

test("a thesis and an article of one title, author and year are two works, in either order", () => {
  for (const text of [
    thesisAndPaper,
    thesisAndPaper
      .split(/\n(?=@article)/)
      .reverse()
      .join("\n"),
  ]) {
    const papers = rowsOf(text, "bibtex");
    assert.deepEqual(
      new Map(papers.map(({ entry, id }) => [entry?.key, id])),
      new Map([
        ["doe2020thesis", "title:on-knots/doe/2020/#thesis"],
        ["doe2020paper", "title:on-knots/doe/2020"],
      ]),
    );
    assert.equal(written(papers, "bibtex"), text);
    // A file of ours has the identities that were made here.
    const { papers: again } = ownJson.parse(written(papers, "json"), options);
    assert.deepEqual(makeListing("x", { papers: [...again, ...papers], day: null, problems: [] }).size, 2);
  }
  const alone = rowsOf(thesisAndPaper.split("@article")[0] as string, "bibtex");
  assert.equal(alone[0]?.id, "title:on-knots/doe/2020");
});

test("a book and its chapter are two works, and an identifier joins works all the same", () => {
  const title = "title={On Knots}, author={Doe, Jane}, year=2020";
  assert.equal(rowsOf(`@book{b, ${title}}@inbook{c, ${title}, pages={1--9}}`, "bibtex").length, 2);
  assert.equal(rowsOf(`@phdthesis{t, ${title}}@article{a, ${title}, doi={10.1000/a}}`, "bibtex").length, 2);
  assert.equal(
    rowsOf(`@phdthesis{t, ${title}, doi={10.1000/a}}@article{a, ${title}, doi={10.1000/a}}`, "bibtex").length,
    1,
  );
  assert.equal(rowsOf(`@misc{m, ${title}}@article{a, ${title}}`, "bibtex").length, 1);
  // A preprint is of the article where there is a thesis too.
  const three = rowsOf(
    `@phdthesis{t, ${title}}@article{a, ${title}}@misc{m, ${title}, eprint={2001.00001}}`,
    "bibtex",
  );
  assert.deepEqual(
    three.map((paper) => entriesOf(paper).map(({ key }) => key)),
    [["t"], ["a", "m"]],
  );
});

test("copies of an entry are one, and one with other fields is not lost", () => {
  const entry = "@article{a, title={T on Knots}, doi={10.1000/a}}";
  assert.equal(entriesOf(rowsOf(`${entry}${entry}`, "bibtex")[0] as Paper).length, 1);
  const other = "@article{a, title={T on Knots}, doi={10.1000/a}, note={mine}}";
  assert.match(written(rowsOf(entry + other, "bibtex"), "bibtex"), /\{a,[\s\S]*\{aa,[\s\S]*note = \{mine\}/);
});

test("RIS and CSL-JSON keep all entries of a paper too", () => {
  const records = ["UNPB", "JOUR"].map(
    (type, at) =>
      `TY  - ${type}\r\nID  - k${at}\r\nTI  - On Knots\r\nDO  - 10.1000/a\r\nN1  - n${at}\r\nER  - \r\n`,
  );
  assert.equal(written(rowsOf(records.join("\r\n"), "ris"), "ris"), records.join("\r\n"));
  const items = ["article", "article-journal"].map((type, at) => ({
    id: `k${at}`,
    type,
    title: "On Knots",
    DOI: "10.1000/a",
    ...(at === 1 && { "container-title": "J" }),
  }));
  assert.deepEqual(JSON.parse(written(rowsOf(JSON.stringify(items), "csl-json"), "csl-json")), items);
});

test("several entries survive packing, and a file of our own", () => {
  const [paper] = rowsOf(preprintAndPaper, "bibtex");
  const packed = new PackedPapers();
  packed.push(paper as Paper);
  assert.deepEqual(packed.paper(0), paper);
  assert.deepEqual(ownJson.parse(written([paper as Paper], "json"), options).papers, [paper]);
});

test("the listing says which entries are one paper", () => {
  const said = (text: string, format: BibliographyFormat) =>
    withEntryRemarks(makeListing("x", readers[format].parse(text, options))).problems.map(
      ({ message, isRemark }) => {
        assert.equal(isRemark, true);
        return message;
      },
    );
  assert.deepEqual(said(preprintAndPaper + thesisAndPaper, "bibtex"), [
    "4 entries, 3 papers: “vaswani2017arxiv” and “vaswani2017neurips” are one paper",
  ]);
  const title = "title={On Knots}, author={Doe, Jane}, year=2020";
  assert.deepEqual(
    said(`${preprintAndPaper}@misc{a, ${title}}@misc{b, ${title}}@misc{c, ${title}}`, "bibtex"),
    [
      "5 entries, 2 papers: “vaswani2017arxiv” and “vaswani2017neurips” are one paper",
      "“a”, “b” and “c” are one paper",
    ],
  );
  const record = (note: string) => `TY  - JOUR\nTI  - On Knots\nDO  - 10.1000/a\nN1  - ${note}\nER  - \n`;
  assert.deepEqual(said(record("a") + record("b"), "ris"), [
    "2 entries, 1 paper: 2 entries of “On Knots” are one paper",
  ]);
  assert.deepEqual(said(record("a") + record("a"), "ris"), []);
});

const isKind: Readonly<Record<BibliographyFormat, RegExp>> = {
  bibtex: /\.bib$/,
  ris: /\.ris$/,
  "csl-json": /(?:csl-json.*|csl)\.json$|csl-json\/.*\.json$/,
};

for (const format of ["bibtex", "ris", "csl-json"] as const) {
  test(`${format}: an export of a whole file has every key in it`, () => {
    const shared = new URL("../../../../shared/", import.meta.url);
    const folders = [
      new URL("../../../fixtures/", import.meta.url),
      new URL("samples/", shared),
      new URL("cases/", shared),
    ];
    for (const folder of folders.filter((one) => existsSync(one))) {
      for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
        if (!isKind[format].test(name) || /expected/.test(name)) continue;
        const text = decode(readFileSync(fileURLToPath(new URL(name, folder)))).text;
        const exported = exportPapers(
          rowsOf(text, format).map((paper) => ({ paper, bits: 0 })),
          format,
        );
        const entriesIn = (file: string) => readers[format].parse(file, options).papers.flatMap(entriesOf);
        const [before, after] = [entriesIn(text), entriesIn(exported)];
        const texts = (entries: typeof before) =>
          new Set(entries.map(({ type, fields }) => JSON.stringify([type, fields])));
        assert.deepEqual(texts(after), texts(before), name);
        const keys = new Set(after.map(({ key }) => key));
        // Of two entries with a key one gets a letter, and one without a key gets one.
        const isRepeated = (key: string) =>
          before.filter((one) => one.key.toLowerCase() === key.toLowerCase()).length > 1;
        for (const { key } of before)
          if (key !== "" && !isRepeated(key)) assert.ok(keys.has(key), `${name}: ${key}`);
      }
    }
  });
}
