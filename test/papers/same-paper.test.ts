import assert from "node:assert/strict";
import { test } from "node:test";
import { makePaper, titleId } from "../../source/papers/paper.js";
import { isSamePaper, madeBy } from "../../source/papers/same/same-paper.js";

const long = "Learning More with Less: A Dynamic Framework";
const trace = (id: string, by = "", title = long) => ({
  id: id === "title" ? titleId(title) : id,
  title,
  by,
});

const cases: readonly [string, ReturnType<typeof trace>, ReturnType<typeof trace>, boolean][] = [
  ["a title and an identifier, nothing else known", trace("title"), trace("2510.22543"), true],
  ["a title typeset otherwise", trace("title", "", long.toUpperCase()), trace("2510.22543"), true],
  ["another title", trace("title", "", `${long} II`), trace("2510.22543"), false],
  ["two arXiv identifiers", trace("2510.22543"), trace("2510.22544"), false],
  [
    "a preprint and what was published of it",
    trace("2210.22543", "Dao 2022"),
    trace("doi:10.1/x", "Dao 2023"),
    true,
  ],
  ["the same title by others", trace("2510.22543", "Dao 2025"), trace("title", "Xu 2025"), false],
  ["the same authors many years later", trace("2510.22543", "Dao 2025"), trace("title", "Dao 2011"), false],
  ["years of which one is unknown", trace("2510.22543", "Dao"), trace("title", "Dao"), true],
  ["the author of one unknown, another year", trace("0710.2254"), trace("title", "2025"), false],
  ["the author of one unknown, the same year", trace("2510.22543"), trace("title", "Xu 2025"), true],
  ["a year in an old identifier", trace("hep-th/9901001"), trace("title", "1999"), true],
  ["Editorial, nothing known", trace("title", "", "Editorial"), trace("doi:10.1/x", "", "Editorial"), false],
  [
    "Editorial by the same, the same year",
    trace("title", "Xu 2025", "Editorial"),
    trace("doi:10.1/x", "Xu 2025", "Editorial"),
    true,
  ],
  [
    "Editorial by the same, a year later",
    trace("title", "Xu 2024", "Editorial"),
    trace("doi:10.1/x", "Xu 2025", "Editorial"),
    false,
  ],
  [
    "a reply, long as it is",
    trace("title", "", "Reply to the comment on our framework"),
    trace("2510.22543", "", "Reply to the comment on our framework"),
    false,
  ],
  ["a short title, no author", trace("title", "", "Attention"), trace("2510.22543", "", "Attention"), false],
  [
    "initials taken for the name in an earlier version",
    trace(`${titleId(long)}/jab/2015`),
    trace(`${titleId(long)}/smith/2015`, "Smith 2015"),
    true,
  ],
  [
    "a suffix taken for the name in an earlier version",
    trace(`${titleId(long)}/jr/2015`, "Jr 2015"),
    trace(`${titleId(long)}/silva/2015`, "Silva 2015"),
    true,
  ],
  [
    "the same title by others, short names",
    trace(`${titleId(long)}/xue/2015`, "Xue 2015"),
    trace(`${titleId(long)}/dao/2015`, "Dao 2015"),
    false,
  ],
  [
    "a short title, the same author",
    trace("title", "Xu 2025", "Attention"),
    trace("2510.22543", "Xu 2025", "Attention"),
    true,
  ],
];

for (const [name, one, other, expected] of cases) {
  test(`${name}: ${expected ? "the same paper" : "not the same"}`, () => {
    assert.equal(isSamePaper(one, other), expected);
    assert.equal(isSamePaper(other, one), expected);
  });
}

test("who made a paper is the first author's last name and the year", () => {
  const by = (authors: string[], published: string | null) =>
    madeBy(makePaper({ title: "T", authors, published }));
  assert.equal(by(["Tri Dao", "Xu"], "2022-05-27"), "Dao 2022");
  assert.equal(by(["Dao, Tri"], "2022"), "Dao 2022");
  assert.equal(by(["Dao"], null), "Dao");
  assert.equal(by([], "2022-05"), "2022");
  assert.equal(by([], null), "");
});
