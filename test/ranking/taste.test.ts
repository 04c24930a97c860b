import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makePaper, type Paper } from "../../source/papers/paper.js";
import { FeatureReader } from "../../source/ranking/features.js";
import { forYouOrder } from "../../source/ranking/for-you-order.js";
import { LeftOut } from "../../source/ranking/left-out.js";
import { type Example, type Reason, Taste } from "../../source/ranking/taste.js";
import { nameTerm, termsOf } from "../../source/ranking/terms.js";

const words =
  "diffusion langevin sampler robot gripper policy token decoder speech vowel graph kernel proof lemma image".split(
    " ",
  );
const names = ["Ada Lovelace", "Bo Xu", "José Núñez", "Mira Vale", "Ines Holm", "Otto Reed"];

const word = fc.constantFrom(...words);
const paperOf = fc
  .record({
    title: fc.array(word, { minLength: 2, maxLength: 5 }),
    abstract: fc.array(word, { minLength: 5, maxLength: 25 }),
    keywords: fc.array(fc.array(word, { minLength: 1, maxLength: 2 }), { maxLength: 4 }),
    authors: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
    organization: fc.constantFrom(null, "Own Institute", "Pebble Lab"),
    categories: fc.uniqueArray(fc.constantFrom("cs.LG", "cs.RO", "math.CO"), { maxLength: 2 }),
  })
  .map((made) =>
    makePaper({
      ...made,
      id: `own:${JSON.stringify(made)}`,
      title: made.title.join(" "),
      abstract: made.abstract.join(" "),
      keywords: made.keywords.map((all) => all.join(" ")),
    }),
  );

/** The paper as if somebody had taken the reason out of its text by hand. */
function without(paper: Paper, { kind, written }: Reason): Paper {
  switch (kind) {
    case "author":
      return { ...paper, authors: paper.authors.filter((name) => name !== written) };
    case "organization":
      return { ...paper, organization: null };
    case "category":
      return { ...paper, categories: paper.categories.filter((name) => name !== written) };
    default: {
      const pattern = new RegExp(`(?<!\\S)${written}(?!\\S)`, "g");
      const cut = (text: string) => text.replace(pattern, " ");
      return {
        ...paper,
        title: cut(paper.title),
        abstract: cut(paper.abstract),
        keywords: paper.keywords.filter((keyword) => !` ${keyword} `.includes(` ${written} `)),
      };
    }
  }
}

const examplesOf = fc
  .tuple(fc.array(paperOf, { minLength: 5, maxLength: 12 }), fc.array(paperOf, { maxLength: 20 }))
  .map(([starred, skipped]): Example[] => [
    ...starred.map((paper): Example => ({ paper, evidence: "starred" })),
    ...skipped.map((paper): Example => ({ paper, evidence: "skipped" })),
  ]);

test("a paper without a reason that is shown has a lower score, by what the reason says", () => {
  fc.assert(
    fc.property(examplesOf, fc.array(paperOf, { minLength: 1, maxLength: 8 }), (examples, papers) => {
      const reader = new FeatureReader();
      const taste = Taste.of(
        examples,
        papers.map((paper) => reader.read(paper)),
      );
      assert.ok(taste);
      for (const paper of papers) {
        const score = taste.score(taste.featuresOf(paper));
        for (const reason of taste.reasons(paper)) {
          const rest = taste.score(taste.featuresOf(without(paper, reason)));
          assert.ok(rest < score, `${reason.kind} ${reason.term}`);
          assert.ok(Math.abs(score - rest - reason.contribution) < 1e-6);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("a paper without a reason that is shown never has a better place, and a worse one if others are between", () => {
  fc.assert(
    fc.property(examplesOf, fc.array(paperOf, { minLength: 2, maxLength: 9 }), (examples, papers) => {
      const reader = new FeatureReader();
      const taste = Taste.of(
        examples,
        papers.map((paper) => reader.read(paper)),
      );
      assert.ok(taste);
      const scores = papers.map((paper) => taste.score(taste.featuresOf(paper)));
      const rows = Uint32Array.from(papers.keys());
      const before = forYouOrder(rows, scores);
      for (const [at, paper] of papers.entries()) {
        for (const reason of taste.reasons(paper)) {
          const rest = taste.score(taste.featuresOf(without(paper, reason)));
          const after = forYouOrder(rows, scores.with(at, rest));
          const between = scores.filter((score) => score > rest && score < (scores[at] as number)).length;
          const moved = after.indexOf(at) - before.indexOf(at);
          assert.ok(between > 0 ? moved > 0 : moved >= 0, `${reason.term}: ${moved} with ${between} between`);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("the same examples give the same taste", () => {
  fc.assert(
    fc.property(examplesOf, paperOf, (examples, paper) => {
      const [one, other] = [1, 2].map(() => Taste.of(examples, [new FeatureReader().read(paper)]) as Taste);
      assert.equal(one?.score(one.featuresOf(paper)), other?.score(other.featuresOf(paper)));
      assert.deepEqual(one?.reasons(paper), other?.reasons(paper));
    }),
    { numRuns: 20 },
  );
});

test("a struck reason is never given and does not count", () => {
  fc.assert(
    fc.property(examplesOf, paperOf, (examples, paper) => {
      const reader = new FeatureReader();
      const listing = [reader.read(paper)];
      const [first] = Taste.of(examples, listing)?.reasons(paper) ?? [];
      if (first === undefined) return;
      const taste = Taste.of(
        examples,
        [new FeatureReader(new LeftOut([first])).read(paper)],
        [first],
      ) as Taste;
      assert.ok(!taste.reasons(paper).some(({ kind, term }) => kind === first.kind && term === first.term));
      const rest = taste.featuresOf(without(paper, first));
      assert.ok(Math.abs(taste.score(taste.featuresOf(paper)) - taste.score(rest)) < 1e-9);
    }),
    { numRuns: 60 },
  );
});

const own = (title: string, more: Partial<Paper> = {}) => makePaper({ ...more, id: `own:${title}`, title });

test("below five wanted papers there is no taste; what was skipped does not count", () => {
  const starred = ["a b", "c d", "e f", "g h"].map(
    (title): Example => ({ paper: own(title), evidence: "starred" }),
  );
  const skipped: Example = { paper: own("i j"), evidence: "skipped" };
  assert.equal(Taste.of([...starred, skipped, skipped], []), null);
  assert.ok(Taste.of([...starred, { paper: own("k l"), evidence: "learned" }], []));
});

test("an author of starred papers comes first, and is named with how many", () => {
  const titles = ["Kettles", "Lanterns", "Harbours", "Splices", "Knots"];
  const examples = titles.map(
    (title, at): Example => ({
      paper: own(title, { authors: at < 4 ? ["Bo Xu"] : ["Mira Vale"] }),
      evidence: "starred",
    }),
  );
  const papers = [
    own("Pebbles", { authors: ["Otto Reed"] }),
    own("Dunes", { authors: ["Otto Reed", "BO XU"] }),
  ];
  const reader = new FeatureReader();
  const taste = Taste.of(
    examples,
    papers.map((paper) => reader.read(paper)),
  ) as Taste;
  const scores = papers.map((paper) => taste.score(taste.featuresOf(paper)));
  assert.deepEqual([...forYouOrder(Uint32Array.of(0, 1), scores)], [1, 0]);
  const [reason] = taste.reasons(papers[1] as Paper);
  assert.deepEqual(
    [reason?.kind, reason?.term, reason?.written, reason?.yours],
    ["author", "bo xu", "BO XU", 4],
  );
});

test("a paper that is among the reader's own is no reason for itself", () => {
  const examples = ["Kettles", "Lanterns", "Harbours", "Splices", "Knots"].map(
    (title, at): Example => ({
      paper: own(title, { authors: [at < 2 ? "Bo Xu" : `Ann${at} Author${at}`] }),
      evidence: "exported",
    }),
  );
  const taste = Taste.of(examples, []) as Taste;
  const authors = (title: string, name: string) =>
    taste.reasons(own(title, { authors: [name] })).map(({ written, yours }) => [written, yours]);
  assert.deepEqual(authors("Kettles", "Bo Xu"), [["Bo Xu", 1]]);
  assert.deepEqual(authors("Knots", "Ann4 Author4"), []);
  assert.deepEqual(authors("Dunes", "Ann4 Author4"), [["Ann4 Author4", 1]]);
});

test("each tenth place goes to the least sure paper, and every paper has one place", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { maxLength: 60 }), (scores) => {
      const order = forYouOrder(Uint32Array.from(scores.keys()), scores);
      assert.deepEqual(
        [...order].sort((a, b) => a - b),
        [...scores.keys()],
      );
      for (let place = 9; place < order.length; place += 10) {
        const rest = [...order.subarray(place)].map((at) => Math.abs(scores[at] as number));
        assert.equal(rest[0], Math.min(...rest));
      }
    }),
  );
});

test("names are the same with and without accents, dots and case", () => {
  assert.equal(nameTerm("José  NÚÑEZ-Ruiz"), nameTerm("Jose Nunez Ruiz"));
});

test("words are the same whether they are found fast or by name", () => {
  const piece = fc.constantFrom(
    ..."diffusion Diffusions text-to-image don't the GPT-4 4 - ' -- x-  (RL) 3D user’s “agents” 1–2 … cafés \\alpha ß studies".split(
      " ",
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 20 }), (pieces) => {
      const abstract = pieces.join(" ");
      const fast = new FeatureReader().read(makePaper({ title: "", id: "own:1", abstract }));
      const counts = new Map<number, number>();
      for (const { hash } of termsOf(abstract)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
      assert.deepEqual(new Map([...fast.at].map((hash, at) => [hash, fast.counts[at]])), counts);
    }),
  );
});
