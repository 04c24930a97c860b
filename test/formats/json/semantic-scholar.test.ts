import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { semanticScholar } from "../../../source/formats/json/semantic-scholar.js";
import { fixture, read, sample, samples, testJsonFormat } from "./json-support.js";

const whole = fixture("semantic-scholar.json");
const golden = JSON.parse(fixture("semantic-scholar.expected.json"));

test("a search's papers are read with every field", () => {
  assert.ok(semanticScholar.detect(whole) > 0.9);
  assert.deepEqual(read(semanticScholar, whole), { papers: golden, day: null, problems: [] });
});

test("a batch, one paper, citations and recommendations are read", () => {
  const { data } = JSON.parse(whole);
  assert.deepEqual(read(semanticScholar, JSON.stringify(data)).papers, golden);
  assert.deepEqual(read(semanticScholar, JSON.stringify(data[0])).papers, [golden[0]]);
  const citations = { offset: 0, data: [{ contexts: [], citingPaper: data[0] }] };
  assert.deepEqual(read(semanticScholar, JSON.stringify(citations)).papers, [golden[0]]);
  assert.deepEqual(read(semanticScholar, JSON.stringify({ recommendedPapers: data })).papers, golden);
  const unknown = read(semanticScholar, JSON.stringify([null, data[1]]));
  assert.deepEqual(unknown.papers, [golden[1]]);
  assert.deepEqual(unknown.problems, [
    { line: null, message: "entry 1 is not a paper and was skipped", skips: 1 },
  ]);
});

test("the papers of the authors that were looked for are read", () => {
  const authors = [
    {
      authorId: "1",
      name: "Ada Example",
      papers: [
        { paperId: "a", title: "One" },
        { paperId: "b", title: "Two" },
      ],
    },
    { authorId: "2", name: "Ben Sample", papers: [] },
  ];
  const { papers, problems } = read(semanticScholar, JSON.stringify({ total: 2, offset: 0, data: authors }));
  assert.deepEqual(
    papers.map(({ title }) => title),
    ["One", "Two"],
  );
  assert.deepEqual(problems, []);
});

test("a search without a result has no problem", () => {
  const text = '{"total": 0, "offset": 0, "data": []}';
  assert.ok(semanticScholar.detect(text) > 0.5);
  assert.deepEqual(read(semanticScholar, text), { papers: [], day: null, problems: [] });
});

test("the real answers are read", { skip: !existsSync(samples) }, () => {
  const { papers, problems } = read(semanticScholar, sample("semantic-scholar/search.json"));
  assert.deepEqual([papers.length, problems], [100, []]);
  assert.equal(papers[4]?.title, "Neural Turing Machines");
  assert.equal(
    papers[4]?.url,
    "https://www.semanticscholar.org/paper/c1126fbffd6b8547a44c58b192b36b08b18299de",
  );
  const nulls = read(semanticScholar, sample("semantic-scholar/nulls.json"));
  assert.equal(nulls.papers[0]?.title, "Semantic Scholar 2d5673caa9e6af3a7b82a43f19ee920992db07ad");
  assert.deepEqual(nulls.problems, []);
});

testJsonFormat(semanticScholar, whole);
