import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../../source/formats/index.js";

const biblatex = `@article{holm, author = {Holm, Ines}, title = {Kettles}, date = 2018}
@article{reed, author = {Reed, Otto}, title = {Cups}, date = 2019, xdata = {press}}
@Set{both,
  entryset   = {holm,reed},
  annotation = {Two papers with one label.},
}
@xdata{press, publisher = {Paper Mill Press}, location = {Ghent}}
@CONTROL{REVTEX41Control}
@Comment{jabref-meta: databaseType:biblatex;}
`;

test("entries of BibLaTeX that are not papers are reported by name", async () => {
  const result = await readListing(Buffer.from(biblatex), { today: "2026-11-28" });
  assert.ok(result.ok);
  assert.deepEqual(
    result.listing.papers.map(({ title }) => title),
    ["Kettles", "Cups"],
  );
  assert.deepEqual(result.listing.problems, [
    { line: 3, message: "the entry “both” is a set of other entries and was skipped", skips: 1 },
    { line: 7, message: "the entry “press” only holds fields for other entries and was skipped", skips: 1 },
    {
      line: 8,
      message: "the entry “REVTEX41Control” only holds settings of a style and was skipped",
      skips: 1,
    },
  ]);
});
