import assert from "node:assert/strict";
import { test } from "node:test";
import { paperRecord } from "../../source/exports/json.js";
import { readListing } from "../../source/formats/index.js";
import { otherFormats } from "../../source/formats/on-demand-formats.js";
import { dailyPage } from "../../source/formats/web/daily-page.js";
import { makePaper } from "../../source/papers/paper.js";
import { fixture } from "./json/json-support.js";

const options = { today: "2026-11-23" };
const files = [
  "arxiv-atom.xml",
  "arxiv-mail.txt",
  "arxiv-rdf.xml",
  "arxiv-rss.xml",
  "arxiv-snapshot.jsonl",
  "csl-json.json",
  "daily-papers.txt",
  "hugging-face.json",
  "identifiers.txt",
  "library.bib",
  "linked-page.txt",
  "openalex.json",
  "paper-feed.xml",
  "ris.ris",
  "semantic-scholar.json",
  "trending.md",
];

async function nameOf(text: string): Promise<string> {
  const read = await readListing(Buffer.from(text), options);
  return read.ok ? read.format.name : read.reason;
}

test("the format that is surest reads a listing, whether it was asked first or not", async () => {
  for (const file of files) {
    const text = fixture(file);
    const [surest] = [dailyPage, ...otherFormats].toSorted((a, b) => b.detect(text) - a.detect(text));
    assert.equal(await nameOf(text), surest?.name, file);
  }
});

test("JSON formats are detected by keys far from the beginning", async () => {
  const note = "A long remark. ".repeat(2_000);
  const [first] = JSON.parse(fixture("csl-json.json"));
  assert.equal(await nameOf(JSON.stringify([{ note, ...first }])), "CSL-JSON bibliography");
  const work = JSON.parse(fixture("openalex.json")).results[0];
  assert.equal(await nameOf(JSON.stringify({ note, results: [work] })), "OpenAlex API response (JSON)");
});

test("a page that begins with a bracket is a page", async () => {
  const page = fixture("daily-papers.txt");
  assert.equal(await nameOf(`[Log In]\n\n${page}`), dailyPage.name);
  assert.equal(await nameOf(`{ }\n\n${page}`), dailyPage.name);
});

test("our own list is not taken for a response of Hugging Face, however long its first paper is", async () => {
  for (let length = 7_000; length < 8_600; length += 100) {
    const paper = makePaper({
      id: "2510.22543",
      title: "T",
      abstract: "a".repeat(length),
      authors: ["A. One"],
    });
    const text = JSON.stringify([paperRecord(paper, 0)]);
    assert.equal(await nameOf(text), "papers-tui list (JSON)", String(length));
  }
});
