import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeListing } from "../../../source/papers/listing.js";
import { PackedPapers } from "../../../source/papers/packed/packed-papers.js";
import { makePaper, type Paper } from "../../../source/papers/paper.js";
import { buildIndex } from "../../../source/search/index/search-index.js";
import { search } from "../../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../../source/search/query/query.js";
import { scan } from "../../../source/search/scan/scan.js";

const feed = "https://example.org/feed.xml";
const papers: readonly Paper[] = [
  { ...makePaper({ id: "2401.00001", title: "One" }), from: ["daily"] },
  { ...makePaper({ id: "2401.00002", title: "Two" }), from: ["daily", "arxiv:cs.LG"] },
  { ...makePaper({ id: "2401.00003", title: "Three about daily life" }), from: [feed] },
  { ...makePaper({ id: "2401.00004", title: "Four" }), from: ["My Library.bib"] },
  makePaper({ id: "2401.00005", title: "Five" }),
];
const packed = new PackedPapers();
for (const paper of papers) packed.push(paper);
const listings = {
  objects: makeListing("Morning", { papers, day: null, problems: [] }),
  packed: makeListing("Morning", { papers: packed, day: null, problems: [] }),
};

for (const [kind, listing] of Object.entries(listings)) {
  describe(`from: among ${kind}`, () => {
    const index = buildIndex(listing);
    for (const [typed, expected] of [
      ["from:daily", [0, 1]],
      ["from:DAILY", [0, 1]],
      ["from:arxiv", [1]],
      ["from:arxiv:cs.LG", [1]],
      ["from:arxiv:cs.CL", []],
      ["-from:daily", [2, 3, 4]],
      ["from:arxiv OR from:example.org", [1, 2]],
      [`from:${feed}`, [2]],
      ['from:"my library"', [3]],
      ["from:daily -from:arxiv", [0]],
      ["daily", [2]],
      ["from:daily two", [1]],
    ] as const) {
      it(typed, () => {
        const query = parseQuery(typed);
        assert.deepEqual(query.mistakes, []);
        assert.deepEqual([...search(index, query, () => 0)].sort(), expected);
        const scanned = scan(listing, query, () => 0);
        if (scanned !== null) assert.deepEqual([...scanned].sort(), expected);
      });
    }
  });
}

it("from: without a value is unfinished", () => {
  assert.equal(parseQuery("from:").mistakes[0]?.kind, "unfinished");
});

it("a packed paper keeps its sources, and a joined one has those of both", () => {
  const again = new PackedPapers();
  const [one] = papers as [Paper];
  again.push(one);
  again.push({ ...one, from: ["arxiv:cs.CL", "daily"] });
  assert.deepEqual(again.paper(0).from, ["daily", "arxiv:cs.CL"]);
  assert.equal(listings.packed.paper(4).from, undefined);
});
