import assert from "node:assert/strict";
import { test } from "node:test";
import { paperRecord } from "../../../source/exports/json.js";
import { ownJson } from "../../../source/formats/json/own-json.js";
import { makePaper, type Paper } from "../../../source/papers/paper.js";
import { read, testJsonFormat } from "./json-support.js";

const papers: readonly Paper[] = [
  makePaper({
    id: "2510.22543",
    title: "A <b> Title & Erdős",
    abstract: "Ours, with &amp; as it was.",
    authors: ["Ada Example", "Court, Sport"],
    organization: "Example Lab",
    published: "2025-10-26",
    updated: "2025-10-27",
    categories: ["cs.LG"],
    keywords: ["fixtures"],
    upvotes: 12,
    comments: 0,
    url: "https://arxiv.org/abs/2510.22543",
    pdf: "https://arxiv.org/pdf/2510.22543",
    code: "https://github.com/example/fixture",
    doi: "10.1000/example",
    journal: "Review of Examples",
  }),
  makePaper({ id: "some:id/of its own", title: "Counted", authorCount: 8 }),
  makePaper({ title: "Known by its Title", published: "2019-04", updated: "2020" }),
];
/** As `list --json` writes it. */
const written = (list: readonly Paper[]) =>
  `[\n${list.map((paper, index) => JSON.stringify(paperRecord(paper, index))).join(",\n")}\n]\n`;
const whole = written(papers);

test("what the program writes it reads again, whatever the marks", () => {
  assert.equal(ownJson.detect(whole), 1);
  assert.deepEqual(read(ownJson, whole), { papers, day: null, problems: [] });
});

test("a day that does not exist is no date, and the month of it neither", () => {
  const [paper] = read(ownJson, whole.replaceAll("2025-10-2", "2026-02-3")).papers;
  assert.deepEqual([paper?.published, paper?.updated], [null, null]);
});

test("a count of authors beyond those who are named is kept", () => {
  const paper = makePaper({ title: "Named in Part", authors: ["Ada Example"], authorCount: 87 });
  assert.deepEqual(read(ownJson, written([paper])).papers, [paper]);
});

test("it is detected by its beginning where the first paper is too long", () => {
  const authors = Array.from({ length: 5_000 }, (_, number) => `Author Number ${number}`);
  assert.ok(ownJson.detect(written([makePaper({ title: "Long", authors })])) > 0.5);
});

test("damaged lines are skipped with their number, the others are read", () => {
  const damaged = whole.replace('"Counted"', '"Cou"nted"');
  const { papers: found, problems } = read(ownJson, damaged);
  assert.deepEqual(found, [papers[0], papers[2]]);
  assert.deepEqual(problems, [{ line: 3, message: "entry 2 is damaged and was skipped", skips: 1 }]);
  const open = read(ownJson, whole.replace(/("from":[^}]*)\},/, "$1,"));
  assert.deepEqual(open.papers, papers.slice(1));
  const literal = read(ownJson, whole.replace("false", "flase"));
  assert.deepEqual(literal.papers, papers.slice(1));
  assert.deepEqual(literal.problems, [{ line: 2, message: "entry 1 is damaged and was skipped", skips: 1 }]);
});

test("control characters inside a text and an entry without a title do no harm to the others", () => {
  const odd = whole.replace("Ours, with", "Ours,\n\twith").replace('"title":"Counted"', '"title":" "');
  const { papers: found, problems } = read(ownJson, odd);
  assert.deepEqual(found, [papers[0], papers[2]]);
  assert.deepEqual(problems, [{ line: null, message: "entry 2 has no title and was skipped", skips: 1 }]);
});

test("text after the listing is reported", () => {
  const { papers: found, problems } = read(ownJson, `${whole}and more`);
  assert.deepEqual(found, papers);
  assert.deepEqual(problems, [{ line: 6, message: "unexpected text after the end of the listing" }]);
});

testJsonFormat(ownJson, whole);
