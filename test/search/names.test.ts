import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makePaper } from "../../source/papers/paper.js";
import { buildIndex } from "../../source/search/index/search-index.js";
import { members } from "../../source/search/match/members.js";
import { hasPhrase, makePhrase, phraseRanges } from "../../source/search/match/phrase.js";
import { search } from "../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../source/search/query/query.js";

test("a name is found in a list of authors if it is one of them", () => {
  const word = fc.constantFrom(
    "Wei",
    "wang",
    "W.",
    "Wang-Li",
    "O'Neil",
    "Müller",
    "Muller",
    "and",
    "AND",
    "αβ",
    "Van",
  );
  const between = fc.constantFrom(" ", ", ", "; ", " and ", " & ", "·", "");
  const text = fc.array(fc.tuple(word, between), { maxLength: 8 }).map((pairs) => pairs.flat().join(""));
  let found = 0;
  fc.assert(
    fc.property(text, fc.array(word, { minLength: 1, maxLength: 3 }), fc.boolean(), (authors, name, open) => {
      const phrase = makePhrase({
        kind: "phrase",
        text: name.join(" "),
        field: "author",
        negated: false,
        caseSensitive: false,
        open,
      });
      const isThere = hasPhrase(phrase, authors);
      assert.equal(isThere, phraseRanges(phrase, authors).length > 0, `${name.join(" ")} in ${authors}`);
      if (isThere) found += 1;
    }),
    { numRuns: 3_000 },
  );
  assert.ok(found > 100);
});

test("what a watch finds is what a search finds, in a listing of any length", () => {
  for (let size = 0; size < 10; size += 1) {
    const papers = Array.from({ length: size }, (_, at) =>
      makePaper({ title: `${at % 3 === 0 ? "Graph" : "Knot"} ${at}`, id: String(at), authors: ["Wei Wang"] }),
    );
    const index = buildIndex({ size, paper: (at) => papers[at] as never });
    for (const filter of ["graph", "graph OR 1", "(graph OR 4) -6", 'author:"w wang"', "-graph"]) {
      const query = parseQuery(filter);
      assert.deepEqual(
        [...members(index, query)],
        search(index, query, () => 0).sort((one, other) => one - other),
        `${filter} of ${size}`,
      );
    }
  }
});
