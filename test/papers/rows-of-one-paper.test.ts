import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { identityOf } from "../../source/papers/identity.js";
import { PackedPapers } from "../../source/papers/packed/packed-papers.js";
import { makePaper, type Paper } from "../../source/papers/paper.js";
import { sharedId } from "../../source/papers/same/contradiction.js";
import { joinDoubles } from "../../source/papers/same/join-doubles.js";
import { runs } from "../support/long.js";

const telling = "Learning More with Less: A Dynamic Framework";

interface Written {
  readonly title: string;
  readonly author?: string;
  readonly year?: string;
  readonly doi?: string;
  readonly arxiv?: string;
  readonly url?: string;
  readonly journal?: string;
  readonly authorCount?: number;
}

/** A paper as a format makes it of what a source says. */
function written({ title, author, year, doi, arxiv, url, journal, authorCount }: Written): Paper {
  return makePaper({
    id: identityOf({ doi, arxiv, url }),
    title,
    authors: author === undefined ? [] : [author, "Zoe Last"],
    published: year ?? null,
    doi: doi ?? null,
    url: url ?? null,
    journal: journal ?? null,
    authorCount: authorCount ?? null,
  });
}

const base = { title: telling, author: "Jane Doe", year: "2020" } satisfies Written;
const common = { title: "Editorial", author: "Jane Doe", year: "2020" } satisfies Written;

/** What is written, and how many papers it is. */
const cases: readonly [string, readonly Written[], number][] = [
  ["the same but for author's initials", [base, { ...base, author: "J. Doe" }], 1],
  ["the family name first", [base, { ...base, author: "Doe, Jane" }, { ...base, author: "Doe, J." }], 1],
  ["initials last", [base, { ...base, author: "Doe J" }, { ...base, author: "Doe JA" }], 1],
  ["a suffix", [base, { ...base, author: "Jane Doe Jr." }, { ...base, author: "Doe, Jane, Jr." }], 1],
  ["capitals and accents", [base, { ...base, author: "JANE DOÉ", title: telling.toUpperCase() }], 1],
  [
    "punctuation of the title",
    [base, { ...base, title: "Learning more with less - a dynamic framework." }],
    1,
  ],
  [
    "TeX in the title",
    [
      { ...base, title: 'The Schr\\"odinger {\\em $\\alpha$}-process of \\emph{Erd\\H{o}s}' },
      { ...base, title: "The Schrödinger α-process of Erdős" },
    ],
    1,
  ],
  ["the date known better", [base, { ...base, year: "2020-03-01" }], 1],
  ["another year", [base, { ...base, year: "2021" }], 2],
  ["another author", [base, { ...base, author: "Jane Roe" }], 2],
  ["a year missing, no identifiers", [common, { ...common, year: "" }], 2],
  ["an author missing, no identifiers", [common, { title: "Editorial", year: "2020" }], 2],
  [
    "no author, other journals",
    [
      { title: "Editorial", journal: "A" },
      { title: "Editorial", journal: "B" },
    ],
    2,
  ],
  [
    "no author, other days",
    [
      { title: "News", year: "2020-03-01" },
      { title: "News", year: "2020-04-01" },
    ],
    2,
  ],
  [
    "no author, other addresses",
    [
      { title: "News", url: "http://a.org/1" },
      { title: "News", url: "http://a.org/2" },
    ],
    2,
  ],
  [
    "no author, the same address",
    [
      { title: "News", url: "http://www.a.org/1/?utm_source=x#y" },
      { title: "News", url: "https://A.org/1" },
    ],
    1,
  ],
  [
    "no year, other journals",
    [
      { ...common, year: "", journal: "A" },
      { ...common, year: "", journal: "B" },
    ],
    2,
  ],
  [
    "a DOI in capitals",
    [
      { ...base, doi: "10.1000/ABC" },
      { ...base, doi: "10.1000/abc" },
    ],
    1,
  ],
  [
    "two DOIs: an erratum",
    [
      { ...base, doi: "10.1000/a" },
      { ...base, doi: "10.1000/b" },
    ],
    2,
  ],
  [
    "two DOIs, and a record with neither",
    [{ ...base, doi: "10.1000/a" }, { ...base, doi: "10.1000/b" }, base],
    3,
  ],
  [
    "two arXiv identifiers",
    [
      { ...base, arxiv: "2001.00001" },
      { ...base, arxiv: "2001.00002" },
    ],
    2,
  ],
  [
    "two versions",
    [
      { ...base, arxiv: "2001.00001v1" },
      { ...base, arxiv: "2001.00001v2", title: "Anew" },
    ],
    1,
  ],
  [
    "arXiv's own DOI",
    [
      { ...base, doi: "10.48550/arXiv.2001.00001" },
      { ...base, arxiv: "2001.00001" },
    ],
    1,
  ],
  [
    "a preprint and its journal's DOI, one year",
    [
      { ...base, arxiv: "2001.00001" },
      { ...base, doi: "10.1000/a" },
    ],
    1,
  ],
  [
    "the same, another year",
    [
      { ...base, arxiv: "2001.00001" },
      { ...base, doi: "10.1000/a", year: "2022" },
    ],
    2,
  ],
  [
    "the same, and the preprint says its DOI",
    [
      { ...base, arxiv: "2001.00001", doi: "10.1000/A" },
      { ...base, doi: "10.1000/a", year: "2022" },
    ],
    1,
  ],
  [
    "a preprint that says another DOI",
    [
      { ...base, arxiv: "2001.00001", doi: "10.1000/b" },
      { ...base, doi: "10.1000/a" },
    ],
    2,
  ],
  [
    "two preprints that say one DOI",
    [
      { ...base, arxiv: "2001.00001", doi: "10.1000/a" },
      { ...base, arxiv: "2001.00002", doi: "10.1000/a" },
      { ...base, doi: "10.1000/a" },
    ],
    3,
  ],
  ["an identifier and none", [{ ...base, doi: "10.1000/a" }, base], 1],
  ["an identifier and none, a common title", [{ ...common, doi: "10.1000/a" }, common], 1],
  [
    "a common title by others",
    [
      { ...common, doi: "10.1000/a" },
      { ...common, author: "Ann Quill" },
    ],
    2,
  ],
  [
    "a common title, no author",
    [
      { ...common, doi: "10.1000/a" },
      { title: "Editorial", year: "2020" },
    ],
    2,
  ],
  [
    "a page's title, then arXiv's number",
    [
      { title: telling, year: "2020-03-02" },
      { ...base, arxiv: "2001.00001" },
    ],
    1,
  ],
  [
    "the same at the turn of the year",
    [
      { title: telling, year: "2020-01-02" },
      { ...base, year: "2019-12-30", arxiv: "1912.00001" },
    ],
    1,
  ],
  [
    "a short title on a page, with as many authors",
    [
      { title: "Attention Sinks", year: "2020", authorCount: 2 },
      { ...base, title: "Attention Sinks", arxiv: "2001.00001" },
    ],
    1,
  ],
  [
    "a short title on a page, with other authors",
    [
      { title: "Attention Sinks", year: "2020", authorCount: 7 },
      { ...base, title: "Attention Sinks", arxiv: "2001.00001" },
    ],
    2,
  ],
  [
    "two chapters of one book",
    [
      { ...base, title: "Knots for beginners", doi: "10.5555/b" },
      { title: "Splices and eyes", author: "Ines Holm", year: "2020", doi: "10.5555/b" },
    ],
    2,
  ],
  [
    "two chapters by one author",
    [
      { ...base, title: "Knots for beginners", doi: "10.5555/b" },
      { ...base, title: "Splices for beginners", doi: "10.5555/b" },
    ],
    2,
  ],
  [
    "two numbered chapters",
    [
      { ...base, title: "Knots, part one", doi: "10.5555/b" },
      { ...base, title: "Knots, part two", doi: "10.5555/b" },
      { ...base, title: "Knots, part 3", doi: "10.5555/b" },
    ],
    3,
  ],
  [
    "two prefaces of one book",
    [
      { ...base, title: "Preface", doi: "10.5555/b" },
      { title: "Preface", author: "Ines Holm", year: "2020", doi: "10.5555/b" },
    ],
    2,
  ],
  [
    "two chapters that nobody signed",
    [
      { title: "Knots for beginners", doi: "10.5555/b" },
      { title: "Splices and eyes", doi: "10.5555/b" },
    ],
    2,
  ],
  [
    "a chapter twice, and another",
    [
      { ...base, title: "Knots", doi: "10.5555/b" },
      { ...base, title: "Splices", doi: "10.5555/b" },
      { ...base, title: "KNOTS", author: "Doe J", doi: "10.5555/B" },
    ],
    2,
  ],
  [
    "a DOI without a subtitle",
    [
      { ...base, doi: "10.5555/a" },
      { ...base, title: "Learning More with Less", doi: "10.5555/a" },
    ],
    1,
  ],
  [
    "a DOI with a remark",
    [
      { ...base, doi: "10.5555/a" },
      { ...base, title: `[Retracted] ${telling}`, doi: "10.5555/a" },
    ],
    1,
  ],
  [
    "a DOI with a slip",
    [
      { ...base, doi: "10.5555/a" },
      { ...base, title: telling.replace("Framework", "Framewrk"), doi: "10.5555/a" },
    ],
    1,
  ],
  [
    "a DOI for a title",
    [
      { ...base, doi: "10.5555/a" },
      { title: "doi:10.5555/a", doi: "10.5555/a" },
    ],
    1,
  ],
  [
    "a DOI, signed by a group",
    [
      { ...base, doi: "10.5555/a" },
      { ...base, author: "OWN Collaboration", doi: "10.5555/a" },
    ],
    1,
  ],
  [
    "a DOI, names the other way round",
    [
      { ...base, author: "Min Xu", doi: "10.5555/a" },
      { ...base, author: "Xu Min", doi: "10.5555/a" },
    ],
    1,
  ],
  [
    "an arXiv identifier of the wrong entry",
    [
      { ...base, arxiv: "2001.00001" },
      { title: "Splices and eyes", author: "Ines Holm", arxiv: "2001.00001" },
    ],
    2,
  ],
];

describe("papers are joined", () => {
  for (const [name, records, count] of cases) {
    it(`${name}: ${count}`, () => {
      const papers = records.map(written);
      for (const order of [papers, papers.toReversed()]) {
        const rows = joinDoubles(order);
        assert.equal(rows.length, count, rows.map(({ id }) => id).join(" "));
        assert.equal(new Set(rows.map(({ id }) => id)).size, count);
      }
      assert.deepEqual(idsOf(papers), idsOf(papers.toReversed()));
    });
  }
});

/** The identities of a listing, and in it only what order may change is left out: the order. */
function idsOf(papers: readonly Paper[]): string[] {
  return joinDoubles(papers)
    .map(({ id }) => id)
    .sort();
}

function packed(papers: readonly Paper[]): readonly Paper[] {
  const pack = new PackedPapers();
  for (const paper of papers) pack.push(paper);
  const settling = pack.settling();
  let step = settling.next();
  while (!step.done) step = settling.next();
  return [...step.value];
}

const author = fc.constantFrom("Jane Doe", "Doe, J.", "Ines Holm", "Reed O");
const title = fc.constantFrom(
  telling,
  telling.toUpperCase(),
  "Editorial",
  "Knots and splices",
  "Sailing by night",
);
const year = fc.constantFrom("2019", "2020", "2020-05", "2020-05-01", "2021");
const doi = fc.constantFrom("10.5555/a", "10.5555/A", "10.5555/b", "10.48550/arXiv.2001.00001");
const arxiv = fc.constantFrom("2001.00001", "2001.00001v2", "2001.00002");
const records = fc.array(
  fc
    .record(
      { title, author, year, doi, arxiv, url: fc.constantFrom("http://a.org/1", "http://a.org/2") },
      { requiredKeys: ["title"] },
    )
    .map((one) => written(one as Written)),
  { maxLength: 8 },
);
/** Papers, of which records say more or less. */
const catalogue: readonly Written[] = [
  { ...base, arxiv: "2001.00001", doi: "10.5555/a" },
  { ...base, year: "2021", doi: "10.5555/b" },
  { ...base, author: "Ines Holm", arxiv: "2001.00002" },
  { ...common, doi: "10.5555/c" },
  { ...common, doi: "10.5555/d" },
  { ...common, year: "2021" },
  { ...base, title: "Knots and splices", doi: "10.5555/book" },
  { ...base, title: "Sailing by night", doi: "10.5555/book" },
  { ...base, title: "Sailing by night", author: "Otto Reed", doi: "10.5555/book" },
];
const spellings: Readonly<Record<string, readonly string[]>> = {
  "Jane Doe": ["Jane Doe", "Doe, J.", "Doe J", "J. DOE"],
  "Ines Holm": ["Ines Holm", "Holm, Ines"],
  "Otto Reed": ["Otto Reed", "Reed O"],
};
/** Records that know who made the paper and when, and of identifiers none, one or both. */
const signed = fc.array(
  fc
    .tuple(fc.constantFrom(...catalogue), fc.boolean(), fc.boolean(), fc.nat(), fc.boolean())
    .map(([{ arxiv, doi, ...paper }, hasArxiv, hasDoi, spelling, isLoud]) => {
      const names = spellings[paper.author as string] as readonly string[];
      return written({
        ...paper,
        author: names[spelling % names.length] as string,
        title: isLoud ? paper.title.toUpperCase() : paper.title,
        ...(hasArxiv && arxiv ? { arxiv } : {}),
        ...(hasDoi && doi ? { doi } : {}),
      });
    }),
  { maxLength: 10 },
);

describe("joining", () => {
  it("has each identity once, and none is lost or made of nothing", () => {
    fc.assert(
      fc.property(records, (papers) => {
        const rows = joinDoubles(papers);
        assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
        const known = new Set(papers.map(({ id }) => id));
        for (const { id } of rows) assert.ok(known.has(sharedId(id)), id);
      }),
      { numRuns: runs(500) },
    );
  });

  it("does nothing a second time", () => {
    fc.assert(
      fc.property(records, (papers) => {
        const rows = joinDoubles(papers);
        assert.deepEqual(joinDoubles(rows), rows);
      }),
      { numRuns: runs(500) },
    );
  });

  it("packs to the same", () => {
    fc.assert(
      fc.property(records, (papers) => assert.deepEqual(packed(papers), joinDoubles(papers))),
      { numRuns: runs(500) },
    );
  });

  it("does not depend on the order of records that know author and year", () => {
    fc.assert(
      fc.property(
        signed.chain((papers) =>
          fc.tuple(fc.constant(papers), fc.shuffledSubarray(papers, { minLength: papers.length })),
        ),
        ([papers, shuffled]) => assert.deepEqual(idsOf(shuffled), idsOf(papers)),
      ),
      { numRuns: runs(500) },
    );
  });

  it("keeps every arXiv identifier, and every DOI that is not of an arXiv paper", () => {
    fc.assert(
      fc.property(signed, (papers) => {
        const rows = joinDoubles(papers);
        const shown = new Set(rows.flatMap(({ id, doi }) => [sharedId(id), `doi:${doi}`]));
        for (const { id } of papers) if (!id.startsWith("title:")) assert.ok(shown.has(id), id);
      }),
      { numRuns: runs(500) },
    );
  });
});
