import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { openAlex } from "../../../source/formats/json/services/openalex.js";
import { sized } from "../../support/long.js";
import { fixture, read, sample, samples, testJsonFormat } from "./json-support.js";

const whole = fixture("openalex.json");
const golden = JSON.parse(fixture("openalex.expected.json"));

test("a search's works are read with every field", () => {
  assert.ok(openAlex.detect(whole) > 0.9);
  assert.deepEqual(read(openAlex, whole), { papers: golden, day: null, problems: [] });
});

test("one work is read", () => {
  const one = JSON.stringify(JSON.parse(whole).results[0]);
  assert.ok(openAlex.detect(one) > 0.9);
  assert.deepEqual(read(openAlex, one).papers, [golden[0]]);
});

test("an abstract's places may be any numbers", () => {
  const index = { last: [1e300], first: [-5], middle: [99_999_999, 2, "x", null] };
  const text = JSON.stringify({ results: [{ title: "T", abstract_inverted_index: index }] });
  assert.equal(read(openAlex, text).papers[0]?.abstract, "first middle middle last");
});

test("an abstract of megabytes is cut", () => {
  const index = { word: Array.from({ length: sized(4_000_000) }, (_, place) => place) };
  const text = JSON.stringify({ results: [{ title: "T", abstract_inverted_index: index }] });
  assert.ok((read(openAlex, text).papers[0]?.abstract.length ?? 0) <= 200_001);
});

test("after damage no author is taken for a work", () => {
  const damaged = whole.replace('"Editing Genes <i>', '"Editing" Genes <i>');
  const { papers, problems } = read(openAlex, damaged);
  assert.deepEqual(papers, [golden[1]]);
  assert.deepEqual(problems, [{ line: 1, message: "entry 1 is damaged and was skipped", skips: 1 }]);
});

test("the real works are read", { skip: !existsSync(samples) }, () => {
  const { papers, problems } = read(openAlex, sample("openalex/works.json"));
  assert.deepEqual(problems, []);
  assert.deepEqual(
    papers.map(({ id, published, journal }) => [id, published, journal]),
    [
      ["doi:10.1038/s41586-021-03534-y", "2021-05-19", "Nature"],
      ["doi:10.1038/s41587-020-0561-9", "2020-06-22", "Nature Biotechnology"],
    ],
  );
  for (const { authors } of papers) assert.ok(authors.length > 2);
});

testJsonFormat(openAlex, whole);
