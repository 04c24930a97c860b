import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeListing } from "../../../source/papers/listing.js";
import { newBit } from "../../../source/papers/marks.js";
import { makePaper } from "../../../source/papers/paper.js";
import { buildIndex } from "../../../source/search/index/search-index.js";
import { search } from "../../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../../source/search/query/query.js";
import { isLong } from "../../support/long.js";
import { seeded } from "../papers.js";

/** Words that are not prefixes, forms, typos or acronyms of each other. */
const vocabulary = ["kettle", "quartz", "zebrafish", "mushroom", "violin", "sandbox", "hydrant", "pilgrim"];
const years = [2023, 2024, 2025];

interface Known {
  readonly words: readonly string[];
  readonly year: number;
  readonly isNew: boolean;
}

const next = seeded(17);
const known: readonly Known[] = Array.from({ length: 24 }, () => ({
  words: vocabulary.filter(() => next(3) === 0),
  year: years[next(years.length)] as number,
  isNew: next(2) === 0,
}));
const listing = makeListing("test", {
  papers: known.map(({ words, year }, at) =>
    makePaper({
      id: `p${at}`,
      // Half of each paper's words are in the abstract.
      title: words.filter((_, place) => place % 2 === 0).join(" ") || "!",
      abstract: words.filter((_, place) => place % 2 === 1).join(" "),
      published: `${year}-05-01`,
    }),
  ),
  day: null,
  problems: [],
});
const index = buildIndex(listing);
const marks = (at: number) => ((known[at] as Known).isNew ? newBit : 0);

/** A query and a test of which papers match it, built together by simple rules. */
interface Asked {
  readonly text: string;
  readonly meets: (paper: Known) => boolean;
}

function leaf(): Asked {
  const kind = next(10);
  if (kind === 0) {
    const year = years[next(years.length)] as number;
    return { text: `year:${year}`, meets: (paper) => paper.year === year };
  }
  if (kind === 1) return { text: "is:new", meets: (paper) => paper.isNew };
  const word = vocabulary[next(vocabulary.length)] as string;
  return { text: kind === 2 ? `"${word}"` : word, meets: ({ words }) => words.includes(word) };
}

function asked(depth: number): Asked {
  const kind = depth === 0 ? 0 : next(5);
  if (kind === 0) return leaf();
  const one = asked(depth - 1);
  if (kind === 1) {
    const sign = ["NOT ", "-", "!"][next(3)] as string;
    return { text: `${sign}(${one.text})`, meets: (paper) => !one.meets(paper) };
  }
  const other = asked(depth - 1);
  if (kind === 2) {
    return {
      text: `(${one.text}) ${next(2) ? "AND " : ""}(${other.text})`,
      meets: (paper) => one.meets(paper) && other.meets(paper),
    };
  }
  const or = ["OR", "|"][next(2)] as string;
  return {
    text: `((${one.text}) ${or} (${other.text}))`,
    meets: (paper) => one.meets(paper) || other.meets(paper),
  };
}

describe("OR, NOT and parentheses", () => {
  it("find what a naive matcher finds, for 100,000 random queries (2,000 in the gate)", () => {
    for (let round = 0; round < (isLong ? 100_000 : 2_000); round += 1) {
      const { text, meets } = asked(1 + next(3));
      const found = search(index, parseQuery(text), marks);
      const wanted = known.flatMap((paper, at) => (meets(paper) ? [at] : []));
      if (found.length !== wanted.length || !wanted.every((at) => found.includes(at))) {
        assert.deepEqual(
          [...found].sort((a, b) => a - b),
          wanted,
          text,
        );
      }
    }
  });

  it("find each paper once", () => {
    const found = search(index, parseQuery("kettle OR quartz"), () => 0);
    assert.ok(found.length > 3);
    assert.equal(new Set(found).size, found.length);
  });
});
