import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { arxivSnapshot } from "../../../source/formats/arxiv/snapshot.js";
import { readListing } from "../../../source/formats/index.js";
import { sized } from "../../support/long.js";
import {
  assertLinear,
  assertSurvives,
  filledFields,
  fixture,
  read,
  sample,
  samples,
} from "../line-formats.js";

const whole = fixture("arxiv-snapshot.jsonl");

test("every line's paper is read, with its fields", () => {
  const { papers, day, problems } = read(arxivSnapshot, whole);
  assert.deepEqual(
    { papers: papers.map(filledFields), day, problems },
    JSON.parse(fixture("arxiv-snapshot.expected.json")),
  );
  assert.equal(arxivSnapshot.detect(whole), 1);
});

test("an extract of the snapshot with fewer fields is detected", () => {
  assert.ok(arxivSnapshot.detect(whole.split("\n")[2] as string) > 0.5);
  assert.equal(arxivSnapshot.detect('{"id":"2510.22543","title":"no snapshot"}'), 0);
});

test("an array of the snapshot's objects, or one of them, is read as its lines are", async () => {
  const lines = whole.trim().split("\n");
  const objects = lines.map((line) => JSON.parse(line));
  const { papers } = read(arxivSnapshot, whole);
  for (const text of [
    JSON.stringify(objects),
    JSON.stringify(objects, null, 2),
    `[\n${lines.join(",\n")}\n]`,
  ]) {
    const result = await readListing(Buffer.from(text), { today: "2026-11-23" });
    assert.ok(result.ok && result.format.name === arxivSnapshot.name);
    assert.deepEqual(result.listing.papers, papers);
  }
  const one = await readListing(Buffer.from(JSON.stringify(objects[0], null, 2)), { today: "2026-11-23" });
  assert.deepEqual(one.ok && one.listing.papers, papers.slice(0, 1));
});

test("lines of which the beginning is lost, or with text before them, are read", async () => {
  const { papers } = read(arxivSnapshot, whole);
  const first = whole.indexOf("\n");
  for (const [text, expected] of [
    [whole.slice(first - 40), papers.slice(1)],
    [`Sent from my phone\n\n${whole}`, papers],
  ] as const) {
    const result = await readListing(Buffer.from(text), { today: "2026-11-23" });
    assert.ok(result.ok && result.format.name === arxivSnapshot.name);
    assert.deepEqual(result.listing.papers, expected);
    assert.equal(result.listing.problems[0]?.line, 1);
  }
});

test("several torn lines at the beginning cost only their own papers", async () => {
  const lines = Array.from(
    { length: 6 },
    (_, at) =>
      `{"id":"2611.0000${at}","submitter":"A","authors":"A B","title":"Paper ${at}","update_date":"2026-11-20"}`,
  );
  const torn = lines.map((line, at) =>
    at === 0 || at === 2 ? `${line.slice(0, 40)}\n${line.slice(40)}` : line,
  );
  const result = await readListing(Buffer.from(torn.join("\n")), { today: "2026-11-23" });
  assert.ok(result.ok);
  assert.equal(result.listing.papers.length, 4);
  assert.equal(result.listing.problems.length, 4);
});

test("the real snapshot is read", { skip: !existsSync(samples) }, () => {
  const { papers, problems } = read(arxivSnapshot, sample("arxiv-metadata/arxiv-metadata-first-80.jsonl"));
  assert.equal(papers.length, 80);
  assert.deepEqual(problems, []);
  const [first] = papers;
  assert.equal(first?.id, "0704.0001");
  assert.deepEqual(first?.authors, ["C. Balázs", "E. L. Berger", "P. M. Nadolsky", "C. -P. Yuan"]);
  assert.equal(first?.published, "2007-04-02");
  assert.equal(first?.updated, "2007-07-24");
  assert.equal(first?.journal, "Phys.Rev.D76:013009,2007");
  for (const paper of papers) {
    assert.ok(paper.authors.length > 0 && paper.abstract !== "" && paper.published !== null, paper.id);
  }
});

test("the real snapshot cut off in its last line", { skip: !existsSync(samples) }, () => {
  const text = sample("broken/kaggle_truncated_last_line.jsonl");
  const { papers, problems } = read(arxivSnapshot, text);
  assert.equal(papers.length, 15);
  assert.deepEqual(problems, [{ line: 16, message: "the file ends in the middle of a paper", skips: 1 }]);
  assert.equal(arxivSnapshot.detect(text), 1);
});

test("lines that are no papers are skipped with their number, the others are read", () => {
  const [first, second] = whole.split("\n") as [string, string];
  const text = [first, first.slice(0, 300), "", "[1]", "null", '{"id":"2510.00001"}', second, ""].join(
    "\r\n",
  );
  const { papers, problems } = read(arxivSnapshot, text);
  assert.deepEqual(
    papers.map(({ id }) => id),
    ["0704.0001", "math/0309136"],
  );
  assert.deepEqual(problems, [
    { line: 2, message: "a line that is not a paper was skipped", skips: 1 },
    { line: 4, message: "a line that is not a paper was skipped", skips: 1 },
    { line: 5, message: "a line that is not a paper was skipped", skips: 1 },
    { line: 6, message: "the entry has no title and was skipped", skips: 1 },
  ]);
});

test("fields of the wrong type are as good as missing", () => {
  const odd = {
    id: 704.1,
    title: "T",
    abstract: 3,
    categories: ["cs.LG"],
    versions: [null, 7],
    doi: {},
    authors_parsed: [null, [1, 2], ["A"]],
  };
  assert.deepEqual(read(arxivSnapshot, JSON.stringify(odd)).papers.map(filledFields), [
    { id: "title:t/a", title: "T", authors: ["A"] },
  ]);
});

test("a first line longer than what is looked at is detected all the same", () => {
  const names = Array.from({ length: 20_000 }, (_, index) => ["Name", String(index), ""]);
  const line = JSON.stringify({ id: "2507.06261", submitter: null, title: "T", authors_parsed: names });
  assert.equal(arxivSnapshot.detect(line), 1);
});

test("no damage makes it throw, and it takes linear time", () => {
  assertSurvives(arxivSnapshot, whole);
  const length = sized(1e6);
  assertLinear(
    arxivSnapshot,
    whole.repeat(length / 1e3),
    "{".repeat(length),
    "{\n".repeat(length / 2),
    "\t".repeat(length),
    JSON.stringify({ id: "x", title: "T", authors: `A${" ".repeat(length)}B${",".repeat(length)}` }),
  );
});
