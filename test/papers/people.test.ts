import assert from "node:assert/strict";
import { test } from "node:test";
import {
  companyOf,
  isBy,
  joinCompany,
  personKey,
  personOf,
  verdictsOn,
} from "../../source/papers/interests/people.js";

const wang = (company: string, without = "") => personOf({ title: "Wei Wang", with: company, without });
const paper = (id: string, ...authors: string[]) => ({ id, authors });

test("an author is recognised by whom they write with; a namesake is not swallowed", () => {
  const person = wang("Ann Poe\nBob Roe");
  assert.equal(isBy(person, paper("1", "Wei Wang", "Bob Roe", "Cy Doe")), "yes");
  assert.equal(isBy(person, paper("2", "Wei Wang", "Dan Foe")), "unsure");
  assert.equal(isBy(person, paper("3", "Wei Wang")), "unsure", "nobody to recognise them by");
  assert.equal(isBy(person, paper("4", "Ann Poe", "Bob Roe")), "no", "their co-authors without them");
  assert.equal(isBy(person, paper("5", "Wei Wangson", "Ann Poe")), "no");
  assert.equal(isBy(wang("Ann Poe", "Dan Foe"), paper("2", "Wei Wang", "Dan Foe")), "no");
});

test("spelling, accents and case of a name do not matter", () => {
  const person = personOf({ title: "Łukasz Müller-Øre", with: "JOSÉ  PÉREZ", without: "" });
  assert.equal(isBy(person, paper("1", "Lukasz Muller Ore", "Jose Perez")), "yes");
  assert.equal(personKey("  O’Neil,  X. "), "o neil x");
  assert.equal(personKey("王伟"), "王伟");
  assert.notEqual(personKey("Ада"), "");
});

test("a paper of one author is theirs where it was said", () => {
  const company = companyOf(paper("2510.00001", "Wei Wang"), "Wei Wang");
  assert.equal(isBy(wang(company), paper("2510.00001", "Wei Wang")), "yes");
  assert.equal(isBy(wang(company), paper("2510.00002", "Wei Wang")), "unsure");
  assert.equal(isBy(wang("Ann Poe", company), paper("2510.00001", "Wei Wang")), "no");
});

test("whoever writes with them is known from then on, in whatever order papers come", () => {
  const papers = [
    paper("3", "Wei Wang", "Eve Coe"),
    paper("2", "Wei Wang", "Dan Foe", "Eve Coe"),
    paper("1", "Wei Wang", "Ann Poe", "Dan Foe"),
    paper("4", "Wei Wang", "Zoe Zed"),
  ];
  assert.deepEqual(verdictsOn(wang("Ann Poe"), papers), ["yes", "yes", "yes", "unsure"]);
  assert.deepEqual(verdictsOn(wang("Ann Poe"), papers.toReversed()), ["unsure", "yes", "yes", "yes"]);
  // Who is said to write with somebody else of that name proves nothing.
  assert.deepEqual(verdictsOn(wang("Ann Poe", "Eve Coe"), papers), ["no", "yes", "yes", "unsure"]);
});

test("company is joined without repeats, and names stay on one line", () => {
  assert.equal(companyOf(paper("1", "Wei Wang", "Ann\nPoe", "wei wang"), "Wei Wang"), "Ann Poe");
  assert.equal(joinCompany("Ann Poe\nBob Roe", "ann  poe\n=1"), "ann  poe\nBob Roe\n=1");
  const many = Array.from({ length: 3_000 }, (_, at) => `A${at} B`);
  assert.equal(companyOf(paper("1", ...many), "A5 B").split("\n").length, 100);
});

test("a paper of thousands of authors does not say who writes with whom", () => {
  const many = Array.from({ length: 3_000 }, (_, at) => `A${at} B`);
  const papers = [paper("1", "Wei Wang", "Ann Poe", ...many), paper("2", "Wei Wang", "A7 B")];
  assert.deepEqual(verdictsOn(wang("Ann Poe"), papers), ["yes", "unsure"]);
});
