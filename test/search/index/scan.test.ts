import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { generatedListing, generatedPapers } from "../../../bench/generated.js";
import { makeListing } from "../../../source/papers/listing.js";
import { newBit } from "../../../source/papers/marks.js";
import { PackedPapers } from "../../../source/papers/packed/packed-papers.js";
import { makePaper, type Paper } from "../../../source/papers/paper.js";
import { buildIndex } from "../../../source/search/index/search-index.js";
import { search } from "../../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../../source/search/query/query.js";
import { scan } from "../../../source/search/scan/scan.js";
import { partNames } from "../../../source/search/text/fields.js";
import { isLong } from "../../support/long.js";
import { bundledListing, listing as odd, seeded } from "../papers.js";

const marks = (at: number) => [0, newBit, 1, 2, 4, 3][at % 6] as number;

/** Parts of queries that contain no word. */
function pieces(listing: typeof odd, next: (below: number) => number): string {
  const paper = listing.paper(next(listing.size));
  const words =
    `${paper.title} ${paper.authors.join(" ")} ${paper.abstract} ${paper.summary ?? ""} ${paper.comment ?? ""} ${paper.organization ?? ""}`
      .split(" ")
      .filter((one) => !one.includes('"'));
  const from = next(words.length);
  const phrase = words.slice(from, from + 1 + next(3)).join(" ");
  const all = [
    `year:${2017 + next(9)}`,
    "is:new",
    "is:read",
    "-is:starred",
    "is:unread",
    `upvotes:>${next(30)}`,
    `authors:${1 + next(5)}`,
    `after:20${10 + next(15)}`,
    `id:${paper.id}`,
    `"${phrase}"`,
    `"${phrase}"`,
    `title:"${phrase}"`,
    `-"${phrase}"`,
    `stars:>${next(30)}`,
    `stars:<${next(30)}`,
    `comments:>${next(3)}`,
    `citations:${next(5)}..`,
    `citations:0`,
    `has:${[...partNames.keys()][next(partNames.size)]}`,
    `-has:${[...partNames.keys()][next(partNames.size)]}`,
    `org:"${paper.organization ?? "x"}"`,
    `summary:"${(paper.summary ?? "x y").split(" ").slice(0, 2).join(" ")}"`,
    `author:"${paper.authors[0] ?? "x"}"`,
    `author:"${(paper.authors[0] ?? "x").replace(/^(.)\S* (.*)$/, "$2 $1")}"`,
  ];
  return all[next(all.length)] as string;
}

/** Names as listings and people write them, and phrases that find some of them. */
const names = [
  ["Jan C. van der Berg", "J. C. van der Berg", "van der Berg JC", "Jan van der Berg"],
  ["Jean-Paul Sartre", "J.-P. Sartre", "Sartre J-P", "Éva Székely", "É. Székely"],
  ["Malcolm X", "Xavier Malcolm", "E Weinan", "Weinan E", "Wei Li", "LI Wei", "李 伟"],
] as const;
const phrases = [
  ...["van der Berg JC", "van der berg j.c.", "van der Berg, Jan C", "van der Berg, J.", "J C van der Berg"],
  ...[
    "Sartre JP",
    "Sartre J-P",
    "sartre j.-p.",
    "Sartre, Jean-Paul",
    "Székely É",
    "szekely e",
    "Székely, Éva",
  ],
  ...["Malcolm X", "Weinan E", "LI Wei", "li wei", "李 伟", "A", "A B"],
];
const named = makeListing("names", {
  papers: names.flat().map((name, at) => makePaper({ title: `Title ${at}`, authors: [name, "Bo Oz"] })),
  day: null,
  problems: [],
});

/** Generated papers, each with some of the fields that sources provide. */
const factual = generatedPapers(300).map((paper, at) => {
  const words = paper.abstract.split(" ");
  const { id: _, ...rest } = paper;
  return makePaper({
    ...(at % 7 === 0 ? rest : paper),
    summary: at % 2 === 0 ? `${words.slice(0, 6).join(" ")} naïve \\"uber.` : null,
    organization: at % 3 === 0 ? `Institute of ${words[1]}` : null,
    codeStars: at % 4 === 0 ? at % 40 : null,
    comments: at % 5 === 0 ? at % 4 : null,
    citations: at % 3 === 1 ? at % 9 : null,
    code: at % 4 === 0 ? "https://example.org/c" : null,
    project: at % 6 === 0 ? "https://example.org/p" : null,
    doi: at % 5 === 1 ? `10.1000/x${at}` : null,
    comment: at % 4 === 1 ? `${words[3]} ${words[4]} pages` : null,
    journal: at % 9 === 0 ? "Journal of Own" : null,
    keywords: at % 8 === 0 ? ["own"] : [],
    discussion: at % 10 === 0 ? "1" : null,
    upvotes: at % 11 === 0 ? null : paper.upvotes,
    published: at % 13 === 0 ? null : paper.published,
  });
});

function packed(papers: readonly Paper[]): PackedPapers {
  const pack = new PackedPapers();
  for (const paper of papers) pack.push(paper);
  return pack;
}

describe("a query that needs no index", () => {
  for (const [name, listing] of [
    ["odd papers", odd],
    ["the bundled listing", bundledListing()],
    ["made-up papers", generatedListing(300)],
    ["papers with facts, as objects", makeListing("facts", { papers: factual, day: null, problems: [] })],
    ["papers with facts, packed", makeListing("facts", { papers: packed(factual), day: null, problems: [] })],
  ] as const) {
    if (listing === null) continue;
    it(`finds what the index finds, in its order: ${name}`, () => {
      const index = buildIndex(listing);
      const next = seeded(11);
      for (let round = 0; round < (isLong ? 2_000 : 100); round += 1) {
        const first = pieces(listing, next);
        const second: string = next(2) === 0 ? "" : pieces(listing, next);
        const typed: string = `${first} ${next(4) === 0 && second !== "" ? "OR" : ""} ${second}`;
        const query = parseQuery(typed);
        if (query.isEmpty) continue;
        assert.deepEqual([...scan(listing, query, marks)], search(index, query, marks), typed);
      }
    });
  }
});

it("finds names in every order with and without the index", () => {
  const index = buildIndex(named);
  for (const phrase of [...names.flat(), ...phrases])
    for (const typed of [
      `author:"${phrase}"`,
      `-author:"${phrase}"`,
      `author:"${phrase}`,
      `"${phrase}" title`,
    ]) {
      const query = parseQuery(typed);
      assert.deepEqual([...scan(named, query, marks)], search(index, query, marks), typed);
    }
  const found = (typed: string) => scan(named, parseQuery(typed), marks).map((at) => names.flat()[at]);
  assert.deepEqual(found('author:"van der Berg JC"'), names[0].slice(0, 3));
  assert.deepEqual(found('author:"Sartre J-P"'), names[1].slice(0, 3));
});

it("does not spend on an excluded word the reads that a wanted phrase needs", () => {
  const listing = makeListing("facts", { papers: factual, day: null, problems: [] });
  const query = parseQuery('-"The" title:"spyth the"');
  assert.deepEqual(search(buildIndex(listing), query, marks), [...scan(listing, query, marks)]);
});

/** Words of a paper as people type them, and queries made of them. */
function worded(listing: typeof odd, next: (below: number) => number): string {
  const pick = <One>(from: readonly One[]) => from[next(from.length)] as One;
  const paper = listing.paper(next(listing.size));
  const texts = [
    paper.title,
    paper.abstract,
    paper.authors.join(" "),
    paper.summary,
    paper.comment,
    paper.journal,
  ];
  const written = pick(texts.filter((text) => text !== null && text !== "")) ?? "";
  const words = written.split(/\s+/).filter((one) => one !== "" && !/["():|]/.test(one));
  if (words.length === 0) return "x";
  const at = next(words.length);
  const [word, following] = [words[at] as string, words[at + 1] ?? ""];
  const spot = next(word.length);
  const bare = word.replace(/[^\p{L}\p{N}]/gu, "") || "x";
  return pick([
    word,
    bare,
    `${word} ${following}`,
    bare.slice(0, 1 + next(bare.length)),
    bare.slice(next(bare.length)),
    bare + following.replace(/[^\p{L}\p{N}]/gu, ""),
    `${bare}-${following}`,
    `${bare.slice(0, spot)} ${bare.slice(spot)}`,
    `${bare}s`,
    `${bare}ing`,
    bare.replace(/is/g, "iz").replace(/or/g, "our"),
    word.slice(0, spot) + word.slice(spot + 1),
    word.slice(0, spot) + pick([..."aeiost3αé-'"]) + word.slice(spot),
    `-${word}`,
    `title:${bare}`,
    `author:${bare}`,
    `abstract:${word}`,
    `"${word}`,
    `${words
      .slice(at, at + 3)
      .map((one) => one[0])
      .join("")} ${bare}`,
    `${words.slice(at, at + 2 + next(3)).join(" ")}`,
    pieces(listing, next),
  ]);
}

describe("a query with words", () => {
  for (const [name, listing] of [
    ["odd papers", odd],
    ["the bundled listing", bundledListing()],
    ["made-up papers", generatedListing(100)],
    ["papers with facts", makeListing("facts", { papers: factual, day: null, problems: [] })],
  ] as const) {
    if (listing === null) continue;
    it(`finds without the whole index what the index finds, in its order: ${name}`, () => {
      const index = buildIndex(listing);
      const next = seeded(12);
      for (let round = 0; round < (isLong ? 3_000 : 80); round += 1) {
        const parts: string[] = Array.from({ length: 1 + next(3) }, () => worded(listing, next));
        const typed = parts.join(next(4) === 0 ? " OR " : " ");
        const query = parseQuery(typed);
        if (query.isEmpty) continue;
        index.remembered.clear();
        assert.deepEqual([...scan(listing, query, marks)], search(index, query, marks), typed);
      }
    });
  }
});
