import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { readListing } from "../../../source/formats/index.js";
import type { ParsedListing } from "../../../source/papers/listing.js";

const today = "2026-11-23";
const fixture = readFileSync(new URL("../../../fixtures/daily-papers.txt", import.meta.url));
const samples = new URL("../../../../shared/samples/", import.meta.url);

async function parse(input: string | Uint8Array, date?: string): Promise<ParsedListing> {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const result = await readListing(bytes, { today, date });
  assert.ok(result.ok, result.ok ? "" : result.reason);
  return result.listing;
}

async function reasonFor(input: string): Promise<string> {
  const result = await readListing(new TextEncoder().encode(input), { today });
  assert.ok(!result.ok, "it was read");
  return result.reason;
}

/** A page as the extractor gives it. */
function page(day: string, ...papers: { title: string; abstract: string; trailer?: string }[]): string {
  const header = `new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\n${day}\n\n`;
  return (
    header +
    papers.map(({ title, abstract, trailer }) => `${title}\n\n${abstract}\n\n${trailer ?? ""}`).join("")
  );
}
const trailer = (authors: string, date: string) => `  • ${authors}\n·\n${date}\n\n`;
const sentence = "This is an abstract of an ordinary length that ends in a full stop, as abstracts do.";

test("all 40 papers of the listing are read, with their counts and dates", async () => {
  const listing = await parse(fixture);
  const golden = JSON.parse(
    readFileSync(new URL("../../../fixtures/daily-papers.expected.json", import.meta.url), "utf8"),
  );
  const found = listing.papers.map(({ title, authorCount, published }) => ({
    title,
    authorCount,
    published,
  }));
  assert.deepEqual(found, golden.papers);
  assert.equal(listing.day, golden.day);
  assert.deepEqual(listing.problems, []);
  for (const paper of listing.papers) assert.match(paper.abstract, /^[\s\S]{200,}[.)?\w/]$/, paper.title);
});

test("the real page gives the same titles, counts and dates", { skip: !existsSync(samples) }, async () => {
  const real = await parse(readFileSync(new URL("huggingface-page/daily-papers.txt", samples)));
  const ours = await parse(fixture);
  const facts = (listing: ParsedListing) =>
    listing.papers.map(({ id, title, authorCount, published }) => ({ id, title, authorCount, published }));
  assert.deepEqual(facts(real), facts(ours));
  assert.equal(real.day, "2025-10-29");
  assert.deepEqual(real.problems, []);
});

test("damaged real pages still give every paper", { skip: !existsSync(samples) }, async () => {
  for (const name of ["seed_crlf", "seed_nul", "seed_invalid_utf8", "seed_ansi_osc"]) {
    const listing = await parse(readFileSync(new URL(`broken/${name}.txt`, samples)));
    assert.equal(listing.papers.length, 40, name);
    for (const { title, abstract } of listing.papers)
      assert.doesNotMatch(title + abstract, /[\x00-\x1f\x7f-\x9f]/);
  }
});

test("a paper without a trailer is neither lost nor merged with its neighbours", async () => {
  const { papers } = await parse(
    page(
      "Oct 29",
      { title: "First", abstract: sentence, trailer: trailer("2 authors", "Sep 1") },
      { title: "Second, of an organization", abstract: sentence },
      { title: "Third", abstract: sentence, trailer: trailer("1 author", "Dec 3, 2020") },
    ),
  );
  assert.deepEqual(
    papers.map(({ title, authorCount, published }) => [title, authorCount, published]),
    [
      ["First", 2, "2021-09-01"],
      ["Second, of an organization", null, null],
      ["Third", 1, "2020-12-03"],
    ],
  );
});

test("nothing inside an abstract splits it", async () => {
  const tricky =
    "We · use 3 authors · Oct 12, 2021 · • 5 authors and https://example.org/a·b as of Sep 26, 2019. Daily Papers.";
  const { papers } = await parse(
    page(
      "Oct 29",
      { title: "One", abstract: tricky, trailer: trailer("3 authors", "May 4, 2023") },
      { title: "Two", abstract: sentence, trailer: trailer("5 authors", "May 5, 2023") },
    ),
  );
  assert.deepEqual(
    papers.map(({ title }) => title),
    ["One", "Two"],
  );
  assert.equal(papers[0]?.abstract, tricky);
});

test("the year of dates without one is the smallest later than every year written out", async () => {
  const undated = { title: "Undated", abstract: sentence, trailer: trailer("1 authors", "Jan 2") };
  const of = (year: string) => ({
    title: `Of ${year}`,
    abstract: sentence,
    trailer: trailer("1 authors", `Jan 2, ${year}`),
  });
  assert.equal((await parse(page("Oct 29", undated, of("2019"), of("2023")))).day, "2024-10-29");
  assert.equal(
    (await parse(page("Oct 29", undated, of("2019"), of("2023")))).papers[0]?.published,
    "2024-01-02",
  );
});

test("--date decides the year, as a day or as a year", async () => {
  const paper = { title: "Undated", abstract: sentence, trailer: trailer("1 authors", "Jan 2") };
  assert.equal((await parse(page("Oct 29", paper), "2022-10-29")).day, "2022-10-29");
  assert.equal((await parse(page("Oct 29", paper), "2021")).papers[0]?.published, "2021-01-02");
});

test("where no year is written out, the day shown is not in the future", async () => {
  const paper = { title: "Undated", abstract: sentence, trailer: trailer("1 authors", "Jan 2") };
  assert.equal((await parse(page("Oct 29", paper))).day, "2026-10-29");
  assert.equal((await parse(page("Dec 24", paper))).day, "2025-12-24");
});

test("a file cut off anywhere gives the papers before the cut, and says where it ends", async () => {
  const whole = new TextDecoder().decode(fixture);
  const full = (await parse(whole)).papers;
  for (let cut = 400; cut < whole.length; cut += 997) {
    const listing = await parse(whole.slice(0, cut));
    const complete = listing.papers.slice(0, -1);
    const titles = (papers: ParsedListing["papers"]) => papers.map(({ title }) => title);
    assert.deepEqual(titles(complete), titles(full.slice(0, complete.length)), `cut at ${cut}`);
    assert.ok(listing.papers.length <= 40);
  }
  const cutInAbstract = await parse(whole.slice(0, whole.indexOf("Accuracy on the Curve") + 200));
  assert.equal(cutInAbstract.papers.length, 7);
  assert.match(cutInAbstract.problems.at(-1)?.message ?? "", /may be cut off/);
  assert.equal(
    cutInAbstract.problems.at(-1)?.line,
    whole.slice(0, whole.indexOf("Accuracy on the Curve")).split("\n").length,
  );
});

test("a trailer cut in two is reported, not taken for a title", async () => {
  const text = page(
    "Oct 29",
    { title: "One", abstract: sentence, trailer: trailer("3 authors", "May 4, 2023") },
    { title: "Two", abstract: sentence, trailer: "  • 3 auth" },
  );
  const { papers, problems } = await parse(text);
  assert.deepEqual(
    papers.map(({ title }) => title),
    ["One", "Two"],
  );
  assert.match(problems.map(({ message }) => message).join(), /cut off/);
});

test("an abstract of 10 MB in one line is cut and said with its line; the others are read", async () => {
  const text = page(
    "Oct 29",
    { title: "Huge", abstract: "word ".repeat(2_000_000), trailer: trailer("3 authors", "May 4, 2023") },
    { title: "Two", abstract: sentence, trailer: trailer("5 authors", "May 5, 2023") },
  );
  const { papers, problems } = await parse(text);
  assert.deepEqual(
    papers.map(({ title }) => title),
    ["Huge", "Two"],
  );
  assert.ok((papers[0]?.abstract.length ?? 0) <= 50_001);
  assert.deepEqual(
    problems.map(({ line }) => line),
    [13],
  );
});

test("blank lines that an extractor left out do not lose a paper", async () => {
  const text = `Daily Papers\n\nOct 29\n\nOne\n\n${sentence}\n  • 3 authors\n·\nMay 4, 2023\nTwo\n\n${sentence}\n  • 4 authors\n·\nMay 5, 2023\n`;
  assert.deepEqual(
    (await parse(text)).papers.map(({ title, authorCount }) => [title, authorCount]),
    [
      ["One", 3],
      ["Two", 4],
    ],
  );
});

test("an abstract in several pieces is one abstract, and a missing one is missing", async () => {
  const text = `Daily Papers\n\nOct 29\n\nOne\n\n${sentence}\n\n${sentence}\n\n  • 3 authors\n·\nMay 4, 2023\n\nTwo without an abstract\n\n  • 4 authors\n·\nMay 5, 2023\n`;
  const { papers } = await parse(text);
  assert.deepEqual(
    papers.map(({ title }) => title),
    ["One", "Two without an abstract"],
  );
  assert.equal(papers[0]?.abstract, `${sentence} ${sentence}`);
  assert.equal(papers[1]?.abstract, "");
});

test("an empty, a foreign and a paperless file each say what was expected", async () => {
  assert.match(await reasonFor(""), /it is empty: papers-tui reads bibliographies/);
  assert.match(await reasonFor(" \n\n "), /empty/);
  assert.match(
    await reasonFor("# Shopping\n\n- milk\n- eggs\n"),
    /no papers were found in it: papers-tui reads/,
  );
  assert.match(
    await reasonFor('{"papers": []}'),
    /it is JSON whose entries do not look like papers \(papers\)/,
  );
  assert.match(
    await reasonFor("new\n\nDaily Papers\n\nbyAK and the research community\n\nOct 29\n"),
    /none of its papers could be read: it may have been saved before/,
  );
});

test("no damage to the page makes the parser throw or lets a control character through", async () => {
  const whole = new TextDecoder().decode(fixture);
  let seed = 42;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed % below;
  };
  const junk = [
    "\n",
    "\n\n",
    "·",
    "•",
    "  • 3 authors",
    "\x1b[2J",
    "\0",
    "Oct 31",
    "\u202e",
    "\ud83d",
    "",
    "Daily Papers",
  ];
  for (let round = 0; round < 300; round += 1) {
    let text = whole.slice(0, 6_000);
    for (let edits = next(12); edits > 0; edits -= 1) {
      const at = next(text.length);
      text = text.slice(0, at) + junk[next(junk.length)] + text.slice(at + next(40));
    }
    const result = await readListing(new TextEncoder().encode(text), { today });
    if (!result.ok) continue;
    for (const { title, abstract, published } of result.listing.papers) {
      assert.doesNotMatch(title + abstract, /[\x00-\x1f\x7f-\x9f\u202e]/);
      assert.notEqual(title, "");
      if (published !== null) assert.match(published, /^\d{4}-\d\d-\d\d$/);
    }
  }
});
