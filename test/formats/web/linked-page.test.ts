import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { dailyPage } from "../../../source/formats/web/daily-page.js";
import { linkedPage } from "../../../source/formats/web/linked-page.js";
import { makePaper, type Paper } from "../../../source/papers/paper.js";
import { assertGolden } from "../feed/feed-checks.js";

const options = { today: "2026-11-23" };
const read = (name: string) => readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), "utf8");
const fixture = read("linked-page.txt");
const trending = read("trending.md");
const samples = new URL("../../../../shared/samples/huggingface-page/", import.meta.url);
const parse = (text: string, date?: string) => linkedPage.parse(text, { ...options, date });
const links = (id: string) => ({
  id,
  url: `https://huggingface.co/papers/${id}`,
  pdf: `https://arxiv.org/pdf/${id}`,
});

function assertClean(papers: readonly Paper[]): void {
  for (const paper of papers) {
    assert.notEqual(paper.title, "");
    assert.doesNotMatch(Object.values(paper).flat().join(""), /[\x00-\x1f\x7f-\x9f]/);
  }
}

test("the fixtures are read as what lies beside them says", () => {
  assertGolden("linked-page", parse(fixture));
  assertGolden("trending", parse(trending));
});

test("a page with an address after each link is read, with its identifiers", () => {
  assert.deepEqual(parse(fixture), {
    papers: [
      makePaper({
        ...links("2512.00123"),
        title: "A Title on Two Lines of the Page",
        abstract:
          "The first half of a short abstract · with a dot, and 12 authors in the middle. Its second half names https://example.org inside the line.",
        authorCount: 12,
        published: "2025-12-30",
        upvotes: 1_204,
        comments: 17,
      }),
      makePaper({
        ...links("2512.00456"),
        title: 'Of an Organization & Its "Code"',
        abstract: "An abstract of one sentence.",
        organization: "Example Labs",
        published: "2026-01-01",
        upvotes: 5,
        code: "https://github.com/example-labs/code",
        codeStars: 2_500,
      }),
      makePaper({
        ...links("2511.09999"),
        title: "Without Votes or an Abstract",
        authorCount: 1,
        published: "2025-11-03",
      }),
    ],
    day: "2026-01-01",
    problems: [],
  });
});

test("a page in Markdown is read", () => {
  assert.deepEqual(parse(trending), {
    papers: [
      makePaper({
        title: "A Paper with Code and a Count",
        abstract:
          "Two sentences in the place of an abstract. The second one has [a link](https://example.org) inside.",
        authorCount: 8,
        code: "https://github.com/example/code",
        codeStars: 11_300,
      }),
      makePaper({
        title: "A Title That Goes on over the End of Its Line",
        abstract: "Only code is told of this one.",
        code: "https://github.com/example/other",
        codeStars: 476,
      }),
      makePaper({
        ...links("2501.01234"),
        title: "A Title That Is a Link",
        abstract: "Its identifier is in the link of the title.",
        authorCount: 1,
        upvotes: 95,
        comments: 3,
        organization: "Example Labs",
        published: "2025-03-12",
      }),
      makePaper({
        ...links("2502.04321"),
        title: "Its Identifier Stands Behind It",
        abstract: "The last paper of the page.",
        code: "https://github.com/example/third",
        codeStars: 1_024,
      }),
    ],
    day: null,
    problems: [],
  });
});

test("the real pages are read", { skip: !existsSync(samples) }, () => {
  const sample = (name: string) => parse(readFileSync(new URL(name, samples), "utf8"));
  const search = sample("search-page-with-links.txt");
  assert.equal(search.day, "2026-03-25");
  assert.deepEqual(search.problems, []);
  assert.deepEqual(
    search.papers.map(({ id, upvotes, comments, authorCount, organization, published }) => [
      id,
      upvotes,
      comments,
      authorCount,
      organization,
      published,
    ]),
    [
      ["2410.05434", 1, null, 2, null, "2024-10-07"],
      ["2409.02326", 19, 2, 3, null, "2024-09-03"],
      ["2510.21057", 5, 1, null, "Google", "2025-10-23"],
    ],
  );
  assert.ok(search.papers.every(({ title, abstract }) => title.length > 30 && abstract.length > 80));
  const page = sample("trending.md");
  assert.deepEqual(page.problems, []);
  assert.deepEqual(
    page.papers.map(({ authorCount, code, codeStars }) => [authorCount, code, codeStars]),
    [
      [8, "https://github.com/microsoft/agent-lightning", 11_300],
      [null, "https://github.com/facebookresearch/ShapeR", 476],
      [null, "https://github.com/docling-project/docling", 50_800],
    ],
  );
  assert.match(page.papers[2]?.title ?? "", /for end-to-end multi-modal document conversion$/);
});

test("each page goes to the format that reads it", () => {
  const sure = (text: string) => [linkedPage.detect(text), dailyPage.detect(text)] as const;
  const plain = read("daily-papers.txt");
  const texts = [plain, plain.replaceAll("\n", "\r\n")];
  if (existsSync(samples)) texts.push(readFileSync(new URL("daily-papers.txt", samples), "utf8"));
  for (const text of texts) {
    const [linked, daily] = sure(text);
    assert.ok(linked < daily);
  }
  const own = [fixture, trending, fixture.replaceAll("\n", "\r\n"), fixture.slice(0, 400)];
  if (existsSync(samples)) {
    own.push(
      ...["search-page-with-links.txt", "trending.md"].map((n) => readFileSync(new URL(n, samples), "utf8")),
    );
  }
  for (const text of own) {
    const [linked, daily] = sure(text);
    assert.ok(linked > daily, text.slice(0, 40));
  }
  for (const text of ["", "# Shopping\n\n### Milk\n\nTwo litres.\n", '{"papers": []}']) {
    assert.equal(linkedPage.detect(text), 0);
  }
});

test("--date decides the year of the dates without one", () => {
  assert.equal(parse(fixture, "2024-01-01").day, "2024-01-01");
  assert.equal(parse(fixture, "2024").papers[1]?.published, "2024-01-01");
});

test("a page cut off anywhere gives the papers before the cut, and says where it ends", () => {
  for (const text of [fixture, trending]) {
    const whole = parse(text).papers;
    for (let cut = 0; cut < text.length; cut += 11) {
      const { papers } = parse(text.slice(0, cut));
      assert.ok(papers.length <= whole.length);
      for (const [index, { title }] of papers.slice(0, -1).entries())
        assert.equal(title, whole[index]?.title);
    }
  }
  const cut = parse(fixture.slice(0, fixture.indexOf("An abstract of one") + 11));
  assert.equal(cut.papers[1]?.abstract, "An abstract");
  assert.match(cut.problems[0]?.message ?? "", /may be cut off/);
  assert.equal(cut.problems[0]?.line, fixture.split("\n").indexOf('Of an Organization & Its "Code"') + 1);
  assert.match(parse(trending.slice(0, trending.indexOf("Only code"))).problems[0]?.message ?? "", /cut off/);
});

test("an abstract of megabytes is cut and said; the papers around it are read", () => {
  const { papers, problems } = parse(
    fixture.replace("An abstract of one sentence.", "word ".repeat(1_000_000)),
  );
  assert.equal(papers.length, 3);
  assert.ok((papers[1]?.abstract.length ?? 0) <= 50_001);
  assert.match(problems[0]?.message ?? "", /was cut after 50,000 characters/);
});

test("no text makes the reader throw or lets a control character through", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => assertClean(parse(text).papers)));
  const junk = fc.constantFrom(
    "\n",
    "### ",
    "[",
    "](https://github.com/a/b)",
    "https://huggingface.co/papers/2401.00001\n",
    "\x1b[2J",
    "\0",
    " [-] 3\n",
    "·",
    "Oct 31\n",
  );
  for (const whole of [fixture, trending]) {
    const edit = fc.tuple(fc.nat(whole.length), fc.nat(40), fc.oneof(junk, fc.string({ unit: "binary" })));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
        let text = whole;
        for (const [at, length, put] of edits) text = text.slice(0, at) + put + text.slice(at + length);
        assertClean(parse(text).papers);
        linkedPage.detect(text);
      }),
    );
  }
});
