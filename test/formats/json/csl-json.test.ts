import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { cslJson } from "../../../source/formats/json/csl-json.js";
import { fixture, read, sample, samples, testJsonFormat } from "./json-support.js";

const whole = fixture("csl-json.json");
const golden = JSON.parse(fixture("csl-json.expected.json"));
const readWithoutEntries = (text: string) => {
  const listing = read(cslJson, text);
  return { ...listing, papers: listing.papers.map(({ entry: _, ...paper }) => paper) };
};

test("items are read with every field", () => {
  assert.ok(cslJson.detect(whole) > 0.8);
  assert.deepEqual(readWithoutEntries(whole), { papers: golden, day: null, problems: [] });
});

test("one item, and items in an object, are read", () => {
  const items = JSON.parse(whole);
  assert.deepEqual(readWithoutEntries(JSON.stringify(items[0])).papers, [golden[0]]);
  assert.deepEqual(readWithoutEntries(JSON.stringify({ items })).papers, golden);
});

test("Crossref's answers are read, cut off ones too", () => {
  const work = (DOI: string, title: string) => ({
    indexed: { "date-parts": [[2025, 1, 2]] },
    type: "journal-article",
    DOI,
    title: [title],
    author: [{ given: "Ada", family: "Example", sequence: "first", affiliation: [] }],
    issued: { "date-parts": [[2024, 5]] },
    "container-title": ["Journal of Examples"],
    abstract: "<jats:p>Of <jats:italic>examples</jats:italic>.</jats:p>",
  });
  const works = {
    status: "ok",
    "message-type": "work-list",
    message: { facets: {}, "total-results": 2, items: [work("10.1000/a", "One"), work("10.1000/b", "Two")] },
  };
  const whole = JSON.stringify(works);
  const { papers, problems } = read(cslJson, whole);
  assert.ok(cslJson.detect(whole) > 0.5);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    papers.map((one) => [one.id, one.title, one.authors, one.published, one.journal, one.abstract]),
    [
      ["doi:10.1000/a", "One", ["Ada Example"], "2024-05", "Journal of Examples", "Of examples."],
      ["doi:10.1000/b", "Two", ["Ada Example"], "2024-05", "Journal of Examples", "Of examples."],
    ],
  );
  assert.equal(
    read(cslJson, JSON.stringify({ status: "ok", message: work("10.1000/a", "One") })).papers.length,
    1,
  );
  const cut = read(cslJson, whole.slice(0, whole.indexOf('"Two"')));
  assert.deepEqual([cut.papers.map(({ title }) => title), cut.problems.length], [["One"], 1]);
});

test("a date has the parts that the item has", () => {
  const dates: [unknown, string | null][] = [
    [{ "date-parts": [["2019", "4", "28"]] }, "2019-04-28"],
    [{ "date-parts": [[2019, 2, 31]] }, "2019-02"],
    [{ "date-parts": [[2019, 4]] }, "2019-04"],
    [
      {
        "date-parts": [
          [2019, 4, 1],
          [2019, 4, 3],
        ],
      },
      "2019-04-01",
    ],
    [{ raw: "2019-04-28" }, "2019-04-28"],
    [{ literal: "in spring" }, null],
    ["2019-04-28", "2019-04-28"],
  ];
  for (const [issued, day] of dates) {
    assert.equal(read(cslJson, JSON.stringify([{ title: "T", issued }])).papers[0]?.published, day);
  }
});

test("an arXiv identifier is found where the item says that it is one", () => {
  const idOf = (item: object) => read(cslJson, JSON.stringify([{ title: "T", ...item }])).papers[0]?.id;
  assert.equal(idOf({ note: "arXiv: 2101.00001 [cs]\nversion: 2" }), "2101.00001");
  assert.equal(idOf({ archive: "arXiv", archive_location: "2101.00001v3" }), "2101.00001");
  assert.equal(idOf({ number: "2101.00001" }), "title:t");
  assert.equal(idOf({ DOI: "10.48550/arXiv.2101.00001" }), "2101.00001");
});

test("a broken item is skipped with its line, the others are read", () => {
  const damaged = whole.replace('"2016", 6, 1', '"2016" 6, 1');
  const { papers, problems } = readWithoutEntries(damaged);
  assert.deepEqual(papers, [golden[1]]);
  const line = damaged.slice(0, damaged.indexOf('"2016" 6')).split("\n").length;
  assert.deepEqual(problems, [{ line, message: "entry 1 is damaged and was skipped", skips: 1 }]);
});

test("the real items are read", { skip: !existsSync(samples) }, () => {
  const { papers, problems } = read(cslJson, sample("csl-json/works.json"));
  assert.deepEqual([papers.length, problems], [26, []]);
  assert.equal(papers[0]?.id, "doi:10.1177/0193723504268729");
  assert.equal(papers[2]?.published, "2016-06-01");
  assert.deepEqual(papers[2]?.authors, ["Kieran Cody", "Steven J. Jackson"]);
  assert.deepEqual(papers[3]?.authors, ["Court of Arbitration for Sport"]);
});

testJsonFormat(cslJson, whole);
