import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeListing } from "../../../source/papers/listing.js";
import { makePaper } from "../../../source/papers/paper.js";
import { buildIndex } from "../../../source/search/index/search-index.js";
import { highlights, matcherFor } from "../../../source/search/match/highlight.js";
import { search } from "../../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../../source/search/query/query.js";

const papers = [
  makePaper({
    title: "Lanterns over the harbour",
    abstract: "Boats drift.",
    summary: "A kettle sings $\\alpha$ while the boats drift.",
    organization: "Pebble Institute",
    codeStars: 2 ** 31 + 5,
    comments: 3,
    citations: 0,
    code: "https://example.org/c",
    comment: "12 pages, accepted at ICML",
  }),
  makePaper({
    title: "Why the kettle sings",
    abstract: "Steam.",
    comments: 0,
    citations: 51,
    project: "https://example.org/p",
    doi: "10.1000/a",
  }),
  makePaper({ id: "2401.00001", title: "Ropes", abstract: "A knot holds.", codeStars: 12, upvotes: 1 }),
];
const listing = makeListing("own", { papers, day: null, problems: [] });
const index = buildIndex(listing);
const found = (typed: string) => search(index, parseQuery(typed), () => 0);

describe("conditions on fields that sources provide", () => {
  for (const [typed, expected] of [
    ["stars:>100", [0]],
    ["stars:>=2147483653", [0]],
    ["stars:<100", [2]],
    ["stars>11", [0, 2]],
    ["stars:>1k", [0]],
    ["stars:<1K", [2]],
    ["stars:>1.5M", [0]],
    ["stars:0.01k..1k", [2]],
    ["stars:1k-0", [2]],
    ["-stars:>0", [1]],
    ["comments:>2", [0]],
    ["comments:0", [1]],
    ["comments=3", [0]],
    ["comment:>2", [0]],
    ["comment:≥3", [0]],
    ["comment:12", [0]],
    ["comments:icml", [0]],
    ["comment:icml", [0]],
    ["comment:icml comments:>2", [0]],
    ["author:>0", []],
    ["citations:>50", [1]],
    ["citations:0..50", [0]],
    ["citations:0", [0]],
    ["has:code", [0]],
    ["has:CODE", [0]],
    ["has:github", [0]],
    ["has:project", [1]],
    ["has:summary", [0]],
    ["has:summaries", []],
    ["has:doi", [1]],
    ["has:pdf", [2]],
    ["has:comment", [0]],
    ["has:comments", [0]],
    ["has:citations", [0, 1]],
    ["has:citation", [0, 1]],
    ["-has:citations", [2]],
    ["has:code OR has:doi", [0, 1]],
    ["has:(code OR doi)", [0, 1]],
    ["NOT (has:code OR has:doi)", [2]],
    ["org:pebble", [0]],
    ["organisation:pebble", [0]],
    ['org:"pebble institute"', [0]],
    ["-org:pebble", [1, 2]],
    ["keyword:pebble", []],
    ["pebble", [0]],
    ["summary:kettle", [0]],
    ["summary:alpha", [0]],
    ['summary:"boats drift"', [0]],
    ["abstract:kettle", []],
    ["kettle sings", [1, 0]],
    ["kettle", [1, 0]],
  ] as const) {
    it(typed, () => assert.deepEqual(found(typed), [...expected]));
  }

  it("reports what is unfinished or unknown, with the nearest correct spelling", () => {
    for (const [typed, kind, nearest] of [
      ["has:", "unfinished", "has:code"],
      ["has:co", "unfinished", "has:comment"],
      ["has:cdoe", "unknown", "has:code"],
      ["stars:", "unfinished", "stars:>20"],
      ["stars:many", "unknown", "stars:>20"],
      ["comments:>", "unfinished", "comments:>20"],
      ["star:5", "unknown", "stars:5"],
      ["sumary:x", "unknown", "summary:x"],
      ["hass:code", "unknown", "has:code"],
      ["orgs:mit", "unknown", "org:mit"],
      ["citation:5", "unknown", "citations:5"],
    ] as const) {
      const [mistake] = parseQuery(typed).mistakes;
      assert.deepEqual([mistake?.kind, mistake?.nearest], [kind, nearest], typed);
    }
  });

  it("highlights matches in a summary and an organization", () => {
    const matcher = matcherFor(index, parseQuery("kettle pebble"));
    assert.deepEqual(highlights(matcher, "A kettle sings", "summary"), [{ start: 2, end: 8 }]);
    assert.deepEqual(highlights(matcher, "Pebble Institute", "organization"), [{ start: 0, end: 6 }]);
    const inTitle = matcherFor(index, parseQuery("title:kettle"));
    assert.deepEqual(highlights(inTitle, "A kettle sings", "summary"), []);
  });
});
