import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { readListing } from "../../source/formats/index.js";
import type { BibliographyEntry } from "../../source/papers/bibliography-entry.js";
import { makeListing } from "../../source/papers/listing.js";
import { PackedPapers, SharedPapersReader } from "../../source/papers/packed/packed-papers.js";
import { makePaper, type Paper } from "../../source/papers/paper.js";
import { joinDoubles } from "../../source/papers/same/join-doubles.js";
import { countFields } from "../../source/papers/sort-and-column-names.js";
import { longOnly, runs } from "../support/long.js";

/** The papers once they are packed and their doubles joined. */
function packed(papers: Iterable<Paper>, before: PackedPapers | null = null): PackedPapers {
  const pack = new PackedPapers(before);
  for (const paper of papers) pack.push(paper);
  const settling = pack.settling();
  let step = settling.next();
  while (!step.done) step = settling.next();
  return step.value;
}

/** Any text: plain, of any script, with halves of characters, empty. */
const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.constantFrom(
    "",
    "\0",
    "é",
    "日本語".repeat(30),
    "x".repeat(200),
    "𝛼",
    "\ud835",
    "\udefc",
    "\x7f\x80\xff",
  ),
);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const number = maybe(
  fc.oneof(
    fc.nat(300),
    fc.double(),
    fc.constantFrom(0, -0, -1, 127, 128, 2 ** 31 - 1, 2 ** 31, 1.5, Number.NaN, Number.POSITIVE_INFINITY),
  ),
);
const list = fc.array(text, { maxLength: 4 });
const id = fc.oneof(
  text.filter((one) => one !== ""),
  fc.constantFrom("2510.22543", "2510.00001", "doi:10.1/a", "title:same", "title:other", "title:größe"),
);

const anyEntry: fc.Arbitrary<BibliographyEntry | null> = maybe(
  fc.record(
    {
      format: fc.constantFrom("bibtex", "bibtex", "csl-json"),
      type: fc.constantFrom("article", "PhdThesis", "thesis", "book", "misc", ""),
      key: fc.constantFrom("", "a", "b"),
      fields: fc.constantFrom<BibliographyEntry["fields"]>([], [["title", "{T}"]], [["note", "日本"]]),
      needs: fc.constant([]),
    },
    { noNullPrototype: true },
  ),
);

const anyPaper: fc.Arbitrary<Paper> = fc
  .record<Paper>(
    {
      id,
      title: fc.oneof(text, fc.constantFrom("Same", "other", "Größe", "same!")),
      abstract: text,
      authors: list,
      authorCount: number,
      organization: maybe(text),
      published: maybe(fc.oneof(text, fc.constant("2025-10-29"))),
      updated: maybe(fc.oneof(text, fc.constant("2025-10-29"))),
      categories: list,
      keywords: list,
      upvotes: number,
      comments: number,
      url: maybe(text),
      pdf: maybe(text),
      code: maybe(text),
      codeStars: number,
      doi: maybe(text),
      journal: maybe(text),
      comment: maybe(text),
      withdrawn: fc.boolean(),
      summary: maybe(text),
      summaryBy: maybe(text),
      project: maybe(text),
      listed: maybe(text),
      submitter: maybe(text),
      authorsTakePart: fc.boolean(),
      thumbnail: maybe(text),
      media: list,
      citations: maybe(fc.nat()),
      influential: maybe(fc.nat()),
      discussion: maybe(text),
    },
    { noNullPrototype: true },
  )
  .chain((paper) => {
    const url = `https://arxiv.org/abs/${paper.id}`;
    const pdf = `https://arxiv.org/pdf/${paper.id}`;
    return fc.constantFrom(
      paper,
      { ...paper, url, pdf },
      { ...paper, url },
      { ...paper, updated: paper.published },
    );
  })
  .chain((paper) => anyEntry.map((entry) => (entry === null ? paper : { ...paper, entry })));

/** Everything that a listing says of its papers by index. */
function said(papers: readonly Paper[], pack: PackedPapers): void {
  assert.equal(pack.length, papers.length);
  for (const [at, paper] of papers.entries()) {
    assert.deepEqual(pack.paper(at), paper);
    assert.equal(pack.id(at), paper.id);
    assert.equal(pack.title(at), paper.title);
    assert.equal(pack.firstAuthor(at), paper.authors[0] ?? null);
    assert.equal(pack.published(at), paper.published);
    assert.equal(pack.listed(at), paper.listed);
    for (const field of countFields) {
      if (!Number.isNaN(paper[field])) assert.equal(pack.count(at, field), paper[field]);
    }
    assert.equal(pack.indexOf(paper.id), at);
  }
  assert.equal(
    pack.hasDates,
    papers.some(({ published }) => published !== null),
  );
  assert.equal(
    pack.hasAuthors,
    papers.some(({ authors }) => authors.length > 0),
  );
  for (const field of countFields) {
    assert.equal(
      pack.hasCounts[field],
      papers.some((paper) => paper[field] !== null),
    );
  }
}

describe("packed papers", () => {
  it("are exactly the papers that were packed, doubles joined as in a listing of objects", () => {
    fc.assert(
      fc.property(fc.array(anyPaper, { maxLength: 12 }), (papers) => {
        said(joinDoubles(papers), packed(papers));
      }),
      { numRuns: runs(1_000) },
    );
  });

  it("hold every field of every fixture", async () => {
    const folder = new URL("../../fixtures/", import.meta.url);
    let count = 0;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!/\.\w+$/.test(name) || name.endsWith(".ts")) continue;
      const result = await readListing(readFileSync(new URL(name, folder)), { today: "2026-11-23" });
      if (!result.ok) continue;
      const { papers } = result.listing;
      said(joinDoubles(papers), packed(papers));
      count += papers.length;
    }
    assert.ok(count > 100, String(count));
  });

  it("know no identity that was not among them", () => {
    const pack = packed(
      Array.from({ length: 5_000 }, (_, at) => makePaper({ id: `2510.${at}`, title: `T ${at}` })),
    );
    for (let at = 0; at < 5_000; at += 1) assert.equal(pack.indexOf(`2510.${at}`), at);
    for (const other of ["", "2510.", "2510.5000", "2510.1\0", "𝛼", "title:t-1"]) {
      assert.equal(pack.indexOf(other), -1);
    }
  });

  it("may be longer than a chunk, and fill many", () => {
    const long = (at: number) =>
      makePaper({ title: `${at}`, abstract: `${at} `.repeat(at % 7 === 0 ? 1_500_000 : 20_000) });
    const papers = Array.from({ length: 60 }, (_, at) => long(at));
    said(papers, packed(papers));
  });

  it("are read by another thread from the same bytes, as they were when it was given them", () => {
    const pack = new PackedPapers();
    for (let at = 0; at < 3_000; at += 1)
      pack.push(makePaper({ id: `2510.${at}`, title: `Title ${at}`, abstract: "Text." }));
    const reader = new SharedPapersReader(structuredClone(pack.shared(2_000)));
    pack.push(makePaper({ id: "2510.7", title: "Title 7", authors: ["Ada Example"] }));
    pack.push(makePaper({ id: "2510.x", title: "Another" }));
    assert.equal(reader.size, 2_000);
    assert.deepEqual(reader.paper(1_999), pack.paper(1_999));
    assert.deepEqual(reader.paper(7).authors, []);
    assert.deepEqual(pack.paper(7).authors, ["Ada Example"]);
  });

  it("are the same objects for as long as they are on the screen", () => {
    const pack = packed(Array.from({ length: 5_000 }, (_, at) => makePaper({ title: `Title ${at}` })));
    const first = pack.paper(0);
    for (let at = 0; at < 200; at += 1) pack.paper(at);
    assert.equal(pack.paper(0), first);
    for (let at = 0; at < 5_000; at += 1) pack.paper(at);
    assert.notEqual(pack.paper(0), first);
    assert.deepEqual(pack.paper(0), first);
  });

  it("in place of a listing before take only the memory of what is other in them", longOnly, () => {
    const paper = (at: number, word = "") =>
      makePaper({ title: `Title ${at}`, abstract: `${word}${"text ".repeat(400)}` });
    const papers = Array.from({ length: 20_000 }, (_, at) => paper(at));
    let pack = packed(papers);
    const before = pack.bytes;
    assert.ok(before > 30_000_000);
    const grown = [
      paper(20_000),
      ...papers.slice(0, 100).map((_, at) => paper(at, "new ")),
      ...papers.slice(100),
    ];
    pack = packed(grown, pack);
    said(grown, pack);
    assert.ok(pack.bytes <= before + 8_000_000, `${pack.bytes} after ${before}`);
    // Whatever was in the listings before, in the end nothing is left of it.
    for (let time = 0; time < 6; time += 1) {
      pack = packed(
        papers.map((_, at) => paper(at, at % 3 === 0 ? `${time} ` : "")),
        pack,
      );
      assert.ok(pack.bytes < 2.5 * before, `${pack.bytes} of ${before}`);
    }
    pack = packed([paper(1, "other ")], pack);
    assert.ok(pack.bytes <= 8_000_000, String(pack.bytes));
  });
});

describe("a listing of many papers", () => {
  it("is the listing that it would be of objects", () => {
    const papers = Array.from({ length: 6_000 }, (_, at) =>
      makePaper({
        // Duplicates, and papers with only a title before and after those with identifiers.
        id: at % 5 === 0 ? "" : `2510.${at % 5_500}`,
        title: `Title ${at % 3_000}`,
        ...(at % 2 === 0 ? { abstract: `Text ${at}`, upvotes: at } : { authors: [`A ${at}`] }),
      }),
    );
    const listing = makeListing("Many", { papers, day: "2025-10-29", problems: [] }, { total: 7_000 });
    const expected = joinDoubles(papers);
    assert.notEqual(listing.packed, null);
    assert.equal(listing.size, expected.length);
    assert.deepEqual(
      Array.from({ length: listing.size }, (_, at) => listing.paper(at)),
      expected,
    );
    const { name, day, total, has } = listing;
    assert.deepEqual([name, day, total], ["Many", "2025-10-29", 7_000]);
    const counts = { upvotes: true, codeStars: false, comments: false, citations: false };
    assert.deepEqual(has, { dates: false, authors: true, listed: false, ...counts });
  });

  it("does not change while more papers are appended", () => {
    const pack = new PackedPapers();
    for (let at = 0; at < 10; at += 1) pack.push(makePaper({ title: `Title ${at}` }));
    const listing = makeListing("Growing", { papers: pack, day: null, problems: [] });
    pack.push(makePaper({ title: "Later", published: "2025-10-29" }));
    assert.equal(listing.size, 10);
    assert.equal(listing.indexOf("title:later"), -1);
    assert.equal(listing.has.dates, false);
    const grown = makeListing("Growing", { papers: pack, day: null, problems: [] });
    assert.equal(grown.indexOf("title:later//2025-10-29"), 10);
  });

  it("lets go of papers that were read, without waiting for the whole heap to be collected", () => {
    const pack = new PackedPapers();
    const abstract = "word ".repeat(400);
    for (let at = 0; at < 20_000; at += 1) pack.push(makePaper({ title: `Title ${at}`, abstract }));
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as (options?: { type: "minor" }) => void;
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let at = 0; at < pack.length; at += 1) assert.equal(pack.paper(at).abstract, abstract);
    collect({ type: "minor" });
    collect({ type: "minor" });
    const kept = process.memoryUsage().heapUsed - before;
    assert.ok(kept < 12e6, `${(kept / 1e6).toFixed(1)} MB of 40`);
  });
});
