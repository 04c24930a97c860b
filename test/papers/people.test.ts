import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  companyOf,
  isBy,
  joinCompany,
  type Person,
  personKey,
  personOf,
  type Verdict,
  verdictsOn,
  type Written,
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

/** The same by the rule as it reads: until nobody new is seen, every paper is judged again. */
function verdictsByRule(person: Person, papers: readonly Written[]): readonly Verdict[] {
  const seen = new Set(person.with);
  for (let before = -1; seen.size > before; ) {
    before = seen.size;
    for (const paper of papers) {
      if (isBy({ ...person, with: seen }, paper) !== "yes" || paper.authors.length > 100) continue;
      const names = paper.authors.map(personKey);
      for (const name of names) if (name !== "" && !person.without.has(name)) seen.add(name);
    }
  }
  return papers.map((paper) => isBy({ ...person, with: seen }, paper));
}

test("verdicts are those of the rule, whatever the papers", () => {
  const crowd = Array.from({ length: 101 }, (_, at) => `Member ${at}`);
  const name = fc.constantFrom("Wei Wang", "wei  wang", "A", "B", "C", "D", "E", "F", "G", "H", "", "?!");
  const authors = fc.array(name, { maxLength: 4 });
  const written = fc.record({
    id: fc.constantFrom("1", "2", "3", "4"),
    authors: fc.oneof(
      { weight: 8, arbitrary: authors },
      { weight: 1, arbitrary: authors.map((some) => [...some, ...crowd]) },
    ),
  });
  const lines = fc
    .array(fc.constantFrom("A", "B", "C", "D", "=1", "=2", "Wei Wang", "Member 7"), { maxLength: 3 })
    .map((some) => some.join("\n"));
  fc.assert(
    fc.property(fc.array(written, { maxLength: 12 }), lines, lines, (papers, together, apart) => {
      const person = wang(together, apart);
      assert.deepEqual(verdictsOn(person, papers), verdictsByRule(person, papers));
    }),
    { numRuns: 1_000 },
  );
});

test("a chain of co-authors that is twice as long takes twice the work", () => {
  const readsOf = (length: number) => {
    let reads = 0;
    const papers = Array.from({ length }, (_, at) => {
      const authors = ["Wei Wang", `Co ${at}`, `Co ${at + 1}`];
      const counted = new Proxy(authors, {
        get(names, key) {
          if (key === "0") reads += 1;
          return Reflect.get(names, key) as unknown;
        },
      });
      return { id: String(at), authors: counted };
    }).reverse();
    const verdicts = verdictsOn(wang("Co 0"), papers);
    assert.ok(verdicts.every((verdict) => verdict === "yes"));
    return reads;
  };
  assert.ok(readsOf(200) <= 2.5 * readsOf(100));
});
