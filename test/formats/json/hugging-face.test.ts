import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { huggingFace } from "../../../source/formats/json/hugging-face.js";
import { fixture, read, sample, samples, testJsonFormat } from "./json-support.js";

const whole = fixture("hugging-face.json");
const golden = JSON.parse(fixture("hugging-face.expected.json"));

test("a day's papers are read with every field", () => {
  assert.equal(huggingFace.detect(whole), 1);
  assert.deepEqual(read(huggingFace, whole), { papers: golden, day: "2025-10-29", problems: [] });
});

test("one paper's answer and plain papers in an array are read", () => {
  const [{ paper, numComments }] = JSON.parse(whole);
  const one = JSON.stringify({ ...paper, numComments });
  assert.ok(huggingFace.detect(one) >= 0.9);
  assert.deepEqual(read(huggingFace, one).papers, [golden[0]]);
  assert.deepEqual(read(huggingFace, `[${one}]`).papers, [golden[0]]);
});

test("older answers say the day of submission in the outer date", () => {
  const [entry] = JSON.parse(whole);
  const listed = (outer: string) => {
    const { submittedOnDailyAt: _, ...paper } = entry.paper;
    return read(huggingFace, JSON.stringify([{ ...entry, paper, publishedAt: outer }])).papers[0]?.listed;
  };
  assert.equal(listed("2025-10-28T02:37:48.274Z"), "2025-10-28");
  assert.equal(listed("2025-10-25T20:00:00.000Z"), null);
});

test("papers of several days have no day in common", () => {
  assert.equal(read(huggingFace, whole.replace("2025-10-29T00", "2025-10-30T00")).day, null);
  assert.equal(read(huggingFace, whole.replace(/"submittedOnDailyAt": "2025-10-29T00.*/, "")).day, null);
});

test("real days are read whole", { skip: !existsSync(samples) }, () => {
  const days = [
    ["2024-05-27", 13, null],
    ["2024-12-03", 25, null],
    ["2025-07-10", 12, "2025-07-10"],
    ["2025-10-29", 24, "2025-10-29"],
    ["2026-07-31", 30, "2026-07-31"],
    ["2026-08-20", 15, "2026-08-20"],
  ] as const;
  for (const [name, count, day] of days) {
    const text = sample(`huggingface-api/${name}.json`);
    const listing = read(huggingFace, text);
    assert.equal(huggingFace.detect(text), 1);
    assert.deepEqual([listing.papers.length, listing.day, listing.problems], [count, day, []], name);
    for (const paper of listing.papers) {
      assert.match(paper.id, /^\d{4}\.\d{5}$/);
      assert.ok(paper.abstract.length > 100 && paper.published !== null && paper.upvotes !== null, paper.id);
      assert.ok(paper.authors.length > 0 && !paper.authors.includes(":"), paper.id);
    }
  }
});

test("real damaged answers give what is left of them", { skip: !existsSync(samples) }, () => {
  const whole = read(huggingFace, sample("huggingface-api/2026-07-31.json")).papers;
  assert.deepEqual(read(huggingFace, sample("broken/hf_bom.json")).papers, whole);
  const cut = read(huggingFace, sample("broken/hf_truncated.json"));
  assert.deepEqual(cut.papers, whole.slice(0, 19));
  assert.deepEqual(cut.problems, [{ line: 1, message: "the file ends in the middle of a paper", skips: 1 }]);
  assert.deepEqual(read(huggingFace, sample("broken/hf_empty.json")).problems, []);
  const error = read(huggingFace, sample("broken/hf_wrong_shape_error.json"));
  assert.deepEqual([error.papers, error.problems.length], [[], 1]);
  assert.match(error.problems[0]?.message ?? "", /Invalid date/);
});

testJsonFormat(huggingFace, whole);
