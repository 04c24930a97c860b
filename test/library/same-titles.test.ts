import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Library } from "../../source/library/library.js";
import { markedPapers } from "../../source/library/marked-papers.js";
import { type Listing, makeListing, mostObjects } from "../../source/papers/listing.js";
import { hasMark } from "../../source/papers/marks.js";
import { makePaper, type Paper } from "../../source/papers/paper.js";
import { open, temporaryDirectory } from "./support.js";

const quill = makePaper({ title: "Editorial", authors: ["Ann Quill"], published: "2018" });
const brook = makePaper({ title: "Editorial", authors: ["Ben Brook"], published: "2021" });
const book = "doi:10.5555/rope.book";
const knots = makePaper({ id: book, title: "Knots", authors: ["Otto Reed"], published: "2015" });
const splices = makePaper({ id: book, title: "Splices and eyes", authors: ["Ines Holm"], published: "2015" });

/** A journal of an earlier version that starred one paper, and what it kept of it. */
function earlier(t: TestContext, paper: object, kept?: object): string {
  const state = temporaryDirectory(t);
  const at = "2026-11-22T07:00:00.000Z";
  const line = { v: 1, id: "desk:r-1", at, label: "starred", papers: [{ ...paper, starred: true }] };
  writeFileSync(join(state, "marks-desk.jsonl"), `${JSON.stringify(line)}\n`);
  if (kept) writeFileSync(join(state, "papers-desk.jsonl"), `${JSON.stringify({ v: 1, at, paper: kept })}\n`);
  return state;
}

function listing(...papers: Paper[]): Listing {
  return makeListing("Some", { papers, day: null, problems: [] });
}

/** So many papers that a listing of them is packed. */
function packedWith(...papers: Paper[]): Listing {
  const others = Array.from({ length: mostObjects }, (_, at) =>
    makePaper({ title: `Paper ${at}`, authors: ["Ada Poe"], published: "2001" }),
  );
  return listing(...others, ...papers);
}

/** The first authors, or titles, of papers that show a star. */
function starred(library: Library, shown: Listing): string[] {
  library.attachListing(shown);
  const bits = library.bitsOf(shown);
  return Array.from({ length: shown.size }, (_, at) => at)
    .filter((at) => hasMark(bits[at] as number, "starred"))
    .map((at) => shown.firstAuthor(at) ?? shown.title(at));
}

function star(library: Library, shown: Listing, at: number): void {
  library.attachListing(shown);
  const paper = shown.paper(at);
  library.record("starred", [{ paper: paper.id, title: paper.title, starred: true }], [paper]);
}

const bare = { paper: "title:editorial", title: "Editorial" };

for (const [size, many] of [
  ["a few papers", listing],
  ["more than 5,000 papers", packedWith],
] as const) {
  test(`a star of an earlier version stays with the author and year it has, and is taken back, among ${size}`, (t) => {
    const state = earlier(t, { ...bare, by: "Quill 2018" });
    const library = open(state);
    assert.deepEqual(starred(library, many(brook)), []);
    for (const shown of [many(quill), many(brook, quill)])
      assert.deepEqual(starred(library, shown), ["Ann Quill"]);
    library.record("unstarred", [{ paper: quill.id, title: "Editorial", starred: false }]);
    assert.deepEqual(markedPapers(state, "starred"), []);
    assert.deepEqual(starred(open(state), many(quill)), []);
    library.undo();
    assert.deepEqual(starred(open(state), many(quill, brook)), ["Ann Quill"]);
  });

  test(`a star of an earlier version has author and year from what was kept, among ${size}`, (t) => {
    const kept = { id: bare.paper, title: "Editorial", authors: ["Quill, Ann"], published: "2018-03" };
    const library = open(earlier(t, bare, kept));
    assert.deepEqual(starred(library, many(brook, quill)), ["Ann Quill"]);
    assert.deepEqual(starred(library, many(brook)), []);
  });

  test(`a star without author and year stays with the only paper of that title, among ${size}`, (t) => {
    const state = earlier(t, bare);
    const library = open(state);
    assert.deepEqual(starred(library, many(quill)), ["Ann Quill"]);
    assert.deepEqual(starred(library, many(quill, brook)), [], "nobody knows whose it is");
    assert.equal(markedPapers(state, "starred")[0]?.id, bare.paper, "it is still among what is starred");
  });
}

test("a title about which nothing else was known is not another author's paper of that title", (t) => {
  const state = temporaryDirectory(t);
  star(open(state), listing(makePaper({ title: "Editorial" })), 0);
  assert.deepEqual(starred(open(state), listing(quill)), []);
  assert.match(
    readFileSync(join(state, "marks-laptop.jsonl"), "utf8"),
    /"title":"Editorial","by":"","starred"/,
  );
});

test("a star by title, author and year is found under the DOI, and the other way round", (t) => {
  const titled = makePaper({ title: "Preface", authors: ["Ed Eves"], published: "2001" });
  const withDoi = makePaper({ ...titled, id: "doi:10.1000/a", title: "PREFACE", authors: ["Eves, E."] });
  const other = makePaper({ title: "Preface", authors: ["Fay Fern"], published: "1960" });
  for (const [marked, shown] of [
    [titled, withDoi],
    [withDoi, titled],
  ] as const) {
    const state = temporaryDirectory(t);
    star(open(state), listing(marked), 0);
    assert.deepEqual(starred(open(state), listing(other, shown)), [shown.authors[0]]);
  }
  // An identity alone has the author and the year, too.
  const state = earlier(t, { paper: "title:preface/eves/2001", title: "" });
  const others = makePaper({ ...other, id: "doi:10.1000/q", published: "2001" });
  assert.deepEqual(starred(open(state), listing(others, withDoi)), ["Eves, E."]);
});

test("a title with TeX that earlier versions took for words is found", (t) => {
  const title = 'The $\\alpha$-process of Schr\\"odinger';
  const library = open(
    earlier(t, { paper: "title:the-alpha-process-of-schr-odinger", title, by: "Doe 2020" }),
  );
  const now = makePaper({ title: "The α-process of Schrödinger", authors: ["Jane Doe"], published: "2020" });
  assert.deepEqual(starred(library, listing(now)), ["Jane Doe"]);
});

test("a star on a chapter that came alone stays on it", (t) => {
  const state = temporaryDirectory(t);
  star(open(state), listing(knots), 0);
  assert.deepEqual(starred(open(state), listing(splices, knots)), ["Otto Reed"]);
  const library = open(state);
  assert.deepEqual(starred(library, listing(splices)), [], "alone, under the same DOI");
  star(library, listing(splices), 0);
  library.record("unstarred", [{ paper: book, title: splices.title, starred: false }]);
  assert.deepEqual(starred(open(state), listing(knots)), ["Otto Reed"], "only the other lost its star");
  assert.deepEqual(starred(open(state), listing(splices)), []);
});

test("what another terminal does to one chapter is not shown on the other", (t) => {
  const state = temporaryDirectory(t);
  const [here, there] = [open(state), open(state)];
  star(there, listing(knots), 0);
  here.refresh();
  here.attachListing(listing(splices));
  there.record("unstarred", [{ paper: book, title: knots.title, starred: false }]);
  there.record("later", [{ paper: book, title: knots.title, later: true }]);
  for (const { paper, later } of here.refresh()) if (paper === book) assert.equal(later, false);
  assert.equal(here.bits(book), 0);
});
