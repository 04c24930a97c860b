import assert from "node:assert/strict";
import { test } from "node:test";
import { makePaper } from "../../source/papers/paper.js";
import { joinDoubles } from "../../source/papers/same/join-doubles.js";

test("a paper that occurs twice is at its first position, with the data of both records", () => {
  const papers = joinDoubles([
    makePaper({ id: "2510.22543", title: "One", upvotes: 3 }),
    makePaper({ id: "2510.00001", title: "Two" }),
    makePaper({
      id: "2510.22543",
      title: "One (v2)",
      upvotes: 9,
      abstract: "Text.",
      authors: ["A"],
      withdrawn: true,
    }),
  ]);
  assert.equal(papers.length, 2);
  const [one] = papers;
  assert.deepEqual(
    [one?.title, one?.upvotes, one?.abstract, one?.authors, one?.withdrawn],
    ["One", 3, "Text.", ["A"], true],
  );
});

test("a paper known by its title is the one that is called the same, in either order", () => {
  const page = makePaper({ title: "Dale meets Langevin", authorCount: 4 });
  const api = makePaper({ id: "2510.02730", title: "Dale Meets Langevin!", authors: ["A", "B"] });
  for (const both of [
    [page, api],
    [api, page],
  ]) {
    const [paper, ...others] = joinDoubles(both);
    assert.deepEqual(others, []);
    assert.deepEqual([paper?.id, paper?.authorCount, paper?.authors], ["2510.02730", 4, ["A", "B"]]);
  }
});

test("two papers of the same name are two, and a third without a number is none of them", () => {
  const papers = joinDoubles([
    makePaper({ id: "2510.00001", title: "Erratum" }),
    makePaper({ id: "2510.00002", title: "Erratum" }),
    makePaper({ title: "Erratum" }),
  ]);
  assert.deepEqual(
    papers.map(({ id }) => id),
    ["2510.00001", "2510.00002", "title:erratum"],
  );
});

test("a paper that a list of identifiers names has the title of the other record, in either order", () => {
  const bare = makePaper({ id: "2510.00001", title: "arXiv:2510.00001" });
  const full = makePaper({ id: "2510.00001", title: "Counting Pebbles", authors: ["Ines Holm"] });
  for (const papers of [
    [bare, full],
    [full, bare],
  ]) {
    const titles = joinDoubles(papers).map(({ title }) => title);
    assert.deepEqual(titles, ["Counting Pebbles"]);
  }
});
