import assert from "node:assert/strict";
import { appendFileSync, chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openLibrary } from "../../source/library/library.js";
import { markedPapers } from "../../source/library/marked-papers.js";
import { keptPath, PaperKeeper, readKeptPapers } from "../../source/library/papers-kept.js";
import { makeListing } from "../../source/papers/listing.js";
import { makePaper, type Paper } from "../../source/papers/paper.js";
import { line, linesOf, mark, now, open, temporaryDirectory } from "./support.js";

const known = {
  id: "2510.22543",
  title: "Dale meets Langevin",
  abstract: "What $\\alpha$ is for.",
  authors: ["Nishanth Shetty", "Ada Lovelace"],
  upvotes: 0,
};
const paper = makePaper(known);
const bare = makePaper({ id: paper.id, title: `arXiv:${paper.id}` });
const titleKept = (state: string) => readKeptPapers(state, new Set([paper.id])).get(paper.id)?.title;
const listingOf = (shown: Paper) => makeListing("Some", { papers: [shown], day: null, problems: [] });

test("a starred paper is kept with all that is known of it, readable by this user only", (t) => {
  const state = join(temporaryDirectory(t), "state");
  const library = open(state);
  assert.equal(library.record("starred", [mark(paper.id, "starred", true)], [paper]).error, null);
  const path = keptPath(state, "laptop");
  if (process.platform !== "win32") assert.equal(statSync(path).mode & 0o777, 0o600);
  const [kept] = linesOf(path).map((text) => JSON.parse(text));
  assert.deepEqual(kept.paper, known);
  const [found, ...others] = markedPapers(state, "starred");
  assert.deepEqual([found?.id, found?.kept, others], [paper.id, kept.paper, []]);
});

test("marked papers of all machines come as they are marked now, the last one first", (t) => {
  const state = temporaryDirectory(t);
  const later = (paper: string, hour: number, on = true) =>
    line(`m:${hour}`, `2026-11-20T${hour}:00:00.000Z`, paper, "later", on);
  writeFileSync(join(state, "marks-office.jsonl"), later("a", 10) + later("b", 11));
  writeFileSync(join(state, "marks-home.jsonl"), `${later("c", 12)}${later("b", 13, false)}{torn`);
  const found = markedPapers(state, "later").map(({ id, title }) => `${id} ${title}`);
  assert.deepEqual(found, ["c Paper c", "a Paper a"]);
  assert.deepEqual(markedPapers(join(state, "nowhere"), "later"), []);
});

test("of several lines of one paper the newest counts, whatever else is in the files", (t) => {
  const state = temporaryDirectory(t);
  const keepOn = (machine: string, time: string, title: string) =>
    new PaperKeeper(state, machine, () => Date.parse(time)).keep([{ ...paper, title }]);
  keepOn("a", "2026-11-22T08:00:00Z", "Newer");
  keepOn("b", "2026-11-21T08:00:00Z", "Older");
  new PaperKeeper(state, "b", () => Date.parse("2026-11-20T08:00:00Z")).keep([
    { ...paper, upvotes: 7, doi: "10.1/x" },
  ]);
  const newest = '"at":"2026-11-23T00:00:00.000Z","paper":{"id":"2510.22543"';
  appendFileSync(keptPath(state, "b"), `{"v":1,${newest}\n[]\n{"v":9,${newest}}}\n`);
  mkdirSync(join(state, "papers-folder.jsonl"));
  const kept = readKeptPapers(state, new Set(["2510.22543"]));
  assert.deepEqual(kept.get("2510.22543"), { ...known, title: "Newer", doi: "10.1/x" }, "no field is lost");
  assert.equal(readKeptPapers(state, new Set(["other"])).size, 0);
});

test("a mark counts where its paper could not be kept, which is said and tried again", {
  skip: process.getuid?.() === 0 ? "root may write anywhere" : process.platform === "win32",
}, (t) => {
  const state = temporaryDirectory(t);
  writeFileSync(keptPath(state, "laptop"), "");
  chmodSync(keptPath(state, "laptop"), 0o400);
  const library = open(state);
  const { error } = library.record("starred", [mark(paper.id, "starred", true)], [paper]);
  assert.match(error ?? "", /^The mark is saved, but the details of the paper are not/);
  chmodSync(keptPath(state, "laptop"), 0o600);
  assert.equal(library.flush(), null);
  assert.equal(readKeptPapers(state, new Set([paper.id])).size, 1);
});

test("a folder in the way of the kept papers is reported, and they are kept beside it", (t) => {
  const state = temporaryDirectory(t);
  mkdirSync(keptPath(state, "laptop"), { recursive: true });
  const { library, problems } = openLibrary(state, "laptop", now);
  assert.match(problems.join(), /^Papers that were kept could not be read: .*papers-laptop.* is a folder /);
  assert.equal(library.record("starred", [mark(paper.id, "starred", true)], [paper]).error, null);
  assert.equal(markedPapers(state, "starred")[0]?.kept?.title, paper.title);
});

test("a list of identifiers does not take the title from a paper that is kept", (t) => {
  const state = temporaryDirectory(t);
  const library = open(state);
  library.record("starred", [mark(paper.id, "starred", true)], [bare]);
  assert.equal(titleKept(state), bare.title);
  library.record("to read later", [mark(paper.id, "later", true)], [paper]);
  library.record("unstarred", [mark(paper.id, "starred", false)]);
  library.record("starred", [mark(paper.id, "starred", true)], [bare]);
  assert.equal(titleKept(state), known.title);
});

test("a paper marked by its number, which earlier versions kept as its title, gets that of the next listing", (t) => {
  for (const kept of [[], [bare]]) {
    const state = temporaryDirectory(t);
    const library = open(state);
    library.record("to read later", [{ paper: paper.id, title: "", later: true }], kept);
    library.attachListing(listingOf(bare));
    assert.equal(titleKept(state), kept[0]?.title);
    open(state).attachListing(listingOf(paper));
    assert.equal(titleKept(state), known.title);
  }
});
