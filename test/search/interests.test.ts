import assert from "node:assert/strict";
import { test } from "node:test";
import { generatedPapers } from "../../bench/generated.js";
import { type Interest, interestId, nameOf } from "../../source/papers/interests/interest.js";
import { interestBits, isMuted, markBits } from "../../source/papers/marks.js";
import { makePaper } from "../../source/papers/paper.js";
import { buildIndex } from "../../source/search/index/search-index.js";
import { indexedBy } from "../../source/search/interests/indexed.js";
import { judge, watchesOf } from "../../source/search/interests/judge.js";
import { finish, finishAgain, heldFor, unsureOf } from "../../source/search/interests/judged.js";
import { KnownFindings } from "../../source/search/interests/known-findings.js";
import { search } from "../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../source/search/query/query.js";

const empty = { filter: "", with: "", without: "" };
const watch = (name: string, filter: string): Interest => ({
  ...empty,
  id: interestId("watch", name),
  title: name,
  filter,
});
const other = (id: string, title: string, more: Partial<Interest> = {}): Interest => ({
  ...empty,
  id: nameOf(id),
  title,
  ...more,
});

const papers = [
  makePaper({
    id: "2510.00001",
    title: "Langevin Flows for Language Models",
    abstract: "We study diffusion.",
    authors: ["Min Xu", "Ann Poe"],
    categories: ["cs.LG", "cs.CV"],
    keywords: ["Language Models"],
    organization: "Meta AI",
  }),
  makePaper({
    id: "2510.00002",
    title: "Contrastive Vision",
    abstract: "Images and words.",
    authors: ["Min Xu", "Zoe Zed"],
    categories: ["cs.CV"],
    keywords: ["vision"],
    organization: "Meta",
  }),
  makePaper({
    id: "2510.00003",
    title: "A Survey of Datasets",
    abstract: "Nothing on langevin flows here but words.",
    authors: ["Bob Roe"],
    categories: ["cs.CL"],
  }),
];

function judged(interests: readonly Interest[], marks: readonly number[] = [0, 0, 0], of = papers) {
  const index = buildIndex({ size: of.length, paper: (at) => of[at] as never });
  const indexed = indexedBy(index.listing, () => index);
  const watches = watchesOf(interests);
  const findings = interests.map((one) => judge(indexed, one, "2025-10-29", watches));
  return finish(interests, findings, Uint8Array.from(marks), "2025-10-29", watches);
}

const listOf = (interests: readonly Interest[], marks?: readonly number[]) =>
  judged(interests, marks).held.map(({ papers: found }) => [...found]);

test("each kind of interest finds exactly its papers", () => {
  assert.deepEqual(
    listOf([
      other("mute:org/meta", "Meta"),
      other("mute:keyword/vision", "vision"),
      other("mute:category/cs.CV", "cs.CV"),
      other("mute:filter/title:survey", "title:survey"),
      other("follow:author/min xu", "Min Xu", { with: "Ann Poe" }),
      watch("flows", "langevin"),
      other("reason:anything", "langevin"),
    ]),
    [[1], [1], [1], [2], [0], [0, 2], []],
  );
});

test("a paper by a namesake is unsure, and neither followed nor muted", () => {
  const follow = other("follow:author/min xu", "Min Xu", { with: "Ann Poe" });
  const mute = other("mute:author/min xu", "Min Xu", { with: "Zoe Zed" });
  const result = judged([follow, mute]);
  assert.deepEqual(
    result.held.map(({ unsure }) => [...unsure]),
    [[1], [0]],
  );
  assert.deepEqual([...result.bits], [interestBits.followed, interestBits.muted, 0]);
  assert.deepEqual(heldFor(result, 1), [mute]);
  assert.deepEqual(unsureOf(result, 1), [follow]);
});

test("conditions on marks follow the current marks, alone and in groups", () => {
  const read = markBits.read;
  assert.deepEqual(listOf([watch("a", "is:unread")], [read, 0, 0]), [[1, 2]]);
  assert.deepEqual(listOf([watch("a", "langevin is:unread")], [read, 0, 0]), [[2]]);
  assert.deepEqual(listOf([watch("a", "is:read OR survey")], [read, 0, 0]), [[0, 2]]);
  assert.deepEqual(listOf([watch("a", "-is:read -survey")], [read, 0, 0]), [[1]]);
  // Seven marks in a group need several numbers per paper.
  const all =
    "(is:read OR is:starred OR is:later OR is:new OR is:muted OR is:followed OR is:watched) langevin";
  assert.deepEqual(listOf([watch("a", all)], [0, 0, markBits.later]), [[2]]);
  assert.deepEqual(listOf([watch("a", all)], [0, 0, 0]), [[]]);
  assert.deepEqual(listOf([watch("a", all), other("mute:category/cs.lg", "cs.LG")], [0, 0, 0]), [[0], [0]]);
});

test("a starred paper is shown although it is muted", () => {
  const { bits } = judged([other("mute:category/cs.cl", "cs.CL")]);
  assert.equal(isMuted(bits[2] as number), true);
  assert.equal(isMuted((bits[2] as number) | markBits.starred), false);
});

test("a watch is strict: no typos or infixes, but plurals, spelling variants and prefixes", () => {
  assert.deepEqual(listOf([watch("a", "langevn")]), [[]]);
  assert.deepEqual(listOf([watch("a", "atase")]), [[]]);
  assert.deepEqual(listOf([watch("a", "data set")]), [[]]);
  assert.deepEqual(listOf([watch("a", "dataset")]), [[2]]);
  assert.deepEqual(listOf([watch("a", "lang mod")]), [[0]]);
});

test("watch:NAME finds what the watch finds, also negated, in groups, and through another watch", () => {
  const interests = [watch("Two Words", "langevin OR vision"), watch("b", 'watch:"two words" -survey')];
  const watches = watchesOf(interests);
  const index = buildIndex({ size: papers.length, paper: (at) => papers[at] as never });
  const find = (text: string) => {
    const query = parseQuery(text, null, watches);
    assert.deepEqual(query.mistakes, [], text);
    return search(index, query, () => 0).sort();
  };
  assert.deepEqual(find('watch:"TWO  words"'), [0, 1, 2]);
  assert.deepEqual(find("watch:b"), [0, 1]);
  assert.deepEqual(find("-watch:b"), [2]);
  assert.deepEqual(find("watch:b contrastive"), [1]);
  assert.deepEqual(find("(watch:b OR survey) -vision"), [0, 2]);
  for (const at of [0, 1]) {
    const held = judged(interests).held[at]?.papers ?? [];
    assert.deepEqual(find(at === 0 ? 'watch:"two words"' : "watch:b"), [...held]);
  }
});

test("a watch that refers to itself, or two that refer to each other, terminate", () => {
  const interests = [watch("a", "watch:b langevin"), watch("b", "watch:a OR vision"), watch("c", "watch:c")];
  assert.equal(listOf(interests).length, 3);
  const deep = Array.from({ length: 12 }, (_, at) => watch(`w${at}`, `watch:w${(at + 1) % 12}`));
  assert.equal(listOf(deep).length, 12);
  const all = Array.from({ length: 14 }, (_, at) => `watch:w${at}`).join(" OR ");
  assert.equal(listOf(Array.from({ length: 14 }, (_, at) => watch(`w${at}`, `${all} x${at}`))).length, 14);
});

test("an unknown or unfinished name is a mistake, with the nearest", () => {
  const watches = new Map([
    ["theory of llms", "theory"],
    ["vision", "vision"],
  ]);
  const mistake = (text: string) => {
    const [first] = parseQuery(text, null, watches).mistakes;
    return [first?.kind, first?.nearest];
  };
  assert.deepEqual(mistake("watch:"), ["unfinished", 'watch:"theory of llms"']);
  assert.deepEqual(mistake("watch:theory"), ["unfinished", 'watch:"theory of llms"']);
  assert.deepEqual(mistake("watch:visoin"), ["unknown", "watch:vision"]);
  assert.deepEqual(mistake("watch:knots"), ["unknown", null]);
});

test("the suggestion for an unknown watch is an existing watch", () => {
  const names = ['a:b "c"', '"quo" ted) (', "a”b c", "(a", "=x", "a|b", "or", "-x", "two words", 'in"side'];
  for (const name of names) {
    const watches = new Map([[nameOf(name), "langevin"]]);
    for (const typed of ["watch:", `watch:${name.slice(0, 2)}`, `watch:${name}zz`, `watch:"${name}"`]) {
      for (const { nearest } of parseQuery(typed, null, watches).mistakes) {
        if (nearest === null || nearest === "watch:name") continue;
        assert.deepEqual(parseQuery(nearest, null, watches).mistakes, [], `${typed} → ${nearest}`);
      }
    }
  }
  assert.equal(parseQuery("watch:", null, new Map([['a "b"', ""]])).mistakes[0]?.nearest, "watch:name");
});

test("in a long listing the index finds the same names as reading every paper", () => {
  const many = generatedPapers(2_400).map((paper, at) =>
    makePaper({
      ...paper,
      categories: at % 3 === 0 ? ["cs.CV", "cs.LG"] : ["math.PR"],
      keywords: at % 5 === 0 ? ["low-rank adaptation"] : [],
      organization: at % 7 === 0 ? "AI2 & Co." : null,
    }),
  );
  const few = many.slice(0, 1_900);
  const author = few[5]?.authors[0] ?? "";
  const interests = [
    other(`follow:author/${nameOf(author)}`, author, { with: few[5]?.authors.slice(1).join("\n") ?? "" }),
    other("mute:org/ai2 & co.", "AI2 & Co."),
    other("mute:keyword/low-rank adaptation", "low-rank adaptation"),
    other("mute:category/cs.cv", "cs.CV"),
  ];
  const [long, short] = [many, few].map(
    (of) =>
      judged(
        interests,
        of.map(() => 0),
        of,
      ).held,
  );
  for (const [at, { papers: found }] of (short ?? []).entries()) {
    assert.ok(found.length > 0, interests[at]?.id);
    assert.deepEqual(
      [...(long?.[at]?.papers ?? [])].filter((paper) => paper < few.length),
      [...found],
    );
  }
});

test("thousands of follows and mutes read each paper only a few times in all", () => {
  const length = 200;
  let reads = 0;
  const listing = {
    size: length,
    paper: (at: number) => {
      reads += 1;
      const authors = [`Ann${at} Poe`, "Min Xu"];
      return makePaper({
        id: String(at),
        title: "Own",
        authors,
        keywords: [`k${at}`],
        categories: ["cs.LG"],
      });
    },
  };
  const indexed = indexedBy(listing, () => assert.fail("a short listing needs no index for names"));
  for (let at = 0; at < length; at += 1) {
    const author = other(`follow:author/ann${at} poe`, `Ann${at} Poe`, { with: "Min Xu" });
    const keyword = other(`mute:keyword/k${at}`, `K${at}`);
    for (const one of [author, keyword])
      assert.deepEqual([...judge(indexed, one, null, new Map()).papers], [at]);
  }
  assert.ok(reads <= 4 * length, `${reads} reads of ${length} papers`);
});

test("an interest is evaluated again only when a watch it refers to changes", () => {
  const index = buildIndex({ size: papers.length, paper: (at) => papers[at] as never });
  const indexed = indexedBy(index.listing, () => index);
  const known = new KnownFindings();
  const plain = watch("a", "langevin");
  const naming = watch("b", "watch:c");
  const find = (interest: Interest, definition: string, today = "2025-10-29") =>
    known.judge(indexed, interest, today, watchesOf([plain, naming, watch("c", definition)]));
  const [first, second] = [find(plain, "survey"), find(naming, "survey")];
  assert.deepEqual([[...first.papers], [...second.papers]], [[0, 2], [2]]);
  assert.equal(find(plain, "vision"), first);
  assert.deepEqual([...find(naming, "vision").papers], [1]);
  assert.notEqual(find(plain, "vision", "2025-10-30"), first);
});

test("unchanged marks are not applied again", () => {
  const before = judged([watch("a", "is:unread"), watch("b", "langevin")]);
  assert.equal(finishAgain(before, Uint8Array.of(0, 0, 0)), before);
  const after = finishAgain(before, Uint8Array.of(markBits.read, 0, 0));
  assert.deepEqual(
    after.held.map(({ papers: found }) => [...found]),
    [
      [1, 2],
      [0, 2],
    ],
  );
});
