import assert from "node:assert/strict";
import { test } from "node:test";
import { exportPapers } from "../../source/exports/index.js";
import { makePaper } from "../../source/papers/paper.js";
import { written } from "./support.js";

const paper = makePaper({
  id: "2510.22543",
  title: 'A "Title", and more',
  authors: ["Ada Example", "Neal Sample"],
  published: "2025-10",
  upvotes: 12,
});

test("JSON: one paper a line, followed by its marks", () => {
  const text = exportPapers(
    [
      { paper, bits: 5 },
      { paper: makePaper({ title: "Bare" }), bits: 2 },
    ],
    "json",
  );
  const lines = text.split("\n");
  assert.deepEqual([lines[0], lines.at(-2), lines.at(-1), lines.length], ["[", "]", "", 5]);
  const records = JSON.parse(text) as Record<string, unknown>[];
  assert.deepEqual(Object.keys(records[0] ?? {}), [
    "id",
    "title",
    "abstract",
    "authors",
    "authorCount",
    "organization",
    "published",
    "updated",
    "categories",
    "keywords",
    "upvotes",
    "comments",
    "url",
    "pdf",
    "code",
    "doi",
    "journal",
    "comment",
    "codeStars",
    "withdrawn",
    "read",
    "starred",
    "later",
    "summary",
    "summaryBy",
    "project",
    "listed",
    "submitter",
    "authorsTakePart",
    "thumbnail",
    "media",
    "citations",
    "influential",
    "discussion",
    "from",
  ]);
  assert.deepEqual(
    records.map(({ authorCount, read, starred, later }) => [authorCount, read, starred, later]),
    [
      [2, true, false, true],
      [null, false, true, false],
    ],
  );
});

test("CSV: a header, quotes where they must be, lists joined", () => {
  const [header, row, end] = exportPapers([{ paper, bits: 1 }], "csv").split("\r\n");
  assert.match(header ?? "", /^id,title,abstract,authors,authorCount,/);
  assert.equal(
    row,
    '2510.22543,"A ""Title"", and more",,"Ada Example; Neal Sample",2,,2025-10,,,,12,,,,,,,,,false,true,false,false,,,,,,false,,,,,,',
  );
  assert.equal(end, "");
});

test("CSV: what a spreadsheet would run is shown as text", () => {
  const cell = (title: string) =>
    written([{ ...paper, title }], "csv")
      .split("\r\n")[1]
      ?.split(",")[1];
  assert.equal(cell("-1 is a number"), "'-1 is a number");
  assert.equal(cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
  assert.equal(cell("+1"), "'+1");
  assert.equal(cell("@SUM(A1)"), "'@SUM(A1)");
  assert.equal(cell("＝1"), "'＝1");
  assert.equal(cell("'=1"), "''=1");
  assert.equal(cell("'tis"), "'tis");
  assert.equal(cell("a; =1"), '"a; =1"');
});
