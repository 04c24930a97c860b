import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { parse as parseCsv } from "csv-parse/sync";
import { csvOf } from "../../source/exports/csv.js";
import { markdownOf } from "../../source/exports/markdown.js";
import { arxivListing } from "../../source/formats/arxiv/copied-listing.js";
import { arxivListHtml } from "../../source/formats/arxiv/listing-html.js";
import { biblatexBbl } from "../../source/formats/bibtex/biblatex-bbl.js";
import { org } from "../../source/formats/bibtex/org.js";
import type { Format } from "../../source/formats/format.js";
import { readListing } from "../../source/formats/index.js";
import { markdownList } from "../../source/formats/markdown/markdown-list.js";
import { propertyNote } from "../../source/formats/markdown/properties.js";
import { otherFormats } from "../../source/formats/on-demand-formats.js";
import { csv } from "../../source/formats/table/csv.js";
import { rowsOf } from "../../source/formats/table/csv-rows.js";
import { bbl } from "../../source/formats/tagged/bbl.js";
import { endnoteTags } from "../../source/formats/tagged/endnote-tags.js";
import { ovid } from "../../source/formats/tagged/ovid.js";
import { pubmedTags } from "../../source/formats/tagged/pubmed-tags.js";
import { refWorks } from "../../source/formats/tagged/refworks.js";
import { webOfScience } from "../../source/formats/tagged/web-of-science.js";
import { bookmarksHtml, bookmarksJson } from "../../source/formats/web/pages/bookmarks.js";
import { citationPage } from "../../source/formats/web/pages/citation-page.js";
import { coins } from "../../source/formats/web/pages/coins.js";
import { jsonLdPage } from "../../source/formats/web/pages/json-ld-page.js";
import { linkedHtml } from "../../source/formats/web/pages/linked-html.js";
import { aclXml } from "../../source/formats/xml/acl.js";
import { dblpXml } from "../../source/formats/xml/dblp.js";
import { dublinCoreRdf } from "../../source/formats/xml/dublin-core-rdf.js";
import { endnoteXml } from "../../source/formats/xml/endnote.js";
import { europePmcXml } from "../../source/formats/xml/europe-pmc.js";
import { jats } from "../../source/formats/xml/jats.js";
import { oai } from "../../source/formats/xml/oai.js";
import { pubmedXml } from "../../source/formats/xml/pubmed.js";
import { zoteroRdf } from "../../source/formats/xml/zotero-rdf.js";
import { citationFile } from "../../source/formats/yaml/citation-file.js";
import { cslYaml } from "../../source/formats/yaml/csl-yaml.js";
import { hayagriva } from "../../source/formats/yaml/hayagriva.js";
import { note } from "../../source/formats/yaml/note.js";
import { makePaper } from "../../source/papers/paper.js";
import { isLong, someOf } from "../support/long.js";
import { assertSurvives, filledFields, fixture, read, samples } from "./line-formats.js";

const options = { today: "2026-11-23" };
const fixtures: readonly (readonly [file: string, format: Format])[] = [
  ["arxiv-listing.txt", arxivListing],
  ["arxiv-listing.html", arxivListHtml],
  ["citation-page.html", citationPage],
  ["json-ld-page.html", jsonLdPage],
  ["bookmarks.html", bookmarksHtml],
  ["bookmarks.json", bookmarksJson],
  ["coins.html", coins],
  ["publications.html", linkedHtml],
  ["pubmed.nbib", pubmedTags],
  ["wos.ciw", webOfScience],
  ["endnote.enw", endnoteTags],
  ["refworks.txt", refWorks],
  ["pubmed.xml", pubmedXml],
  ["jats.xml", jats],
  ["endnote.xml", endnoteXml],
  ["dblp.xml", dblpXml],
  ["oai.xml", oai],
  ["zotero.rdf", zoteroRdf],
  ["dublin-core.rdf", dublinCoreRdf],
  ["europe-pmc.xml", europePmcXml],
  ["acl.xml", aclXml],
  ["table.csv", csv],
  ["list.md", markdownList],
  ["refs.bbl", bbl],
  ["biblatex.bbl", biblatexBbl],
  ["ovid.txt", ovid],
  ["csl.yaml", cslYaml],
  ["citation.cff", citationFile],
  ["hayagriva.yml", hayagriva],
  ["note.md", note],
  ["properties.md", propertyNote],
  ["library.org", org],
];

for (const [file, format] of fixtures) {
  const whole = fixture(`formats/${file}`);

  test(`${format.name}: every field of the fixture is read, and no other format matches`, async () => {
    const { papers, day, problems } = read(format, whole);
    assert.deepEqual(
      { papers: papers.map(filledFields), day, problems },
      JSON.parse(fixture(`formats/${file}.expected.json`)),
    );
    for (const text of [whole, whole.replaceAll("\n", "\r\n"), `\ufeff${whole}`]) {
      const result = await readListing(Buffer.from(text), options);
      assert.equal(result.ok && result.format.name, format.name);
      assert.equal(result.ok && result.listing.papers.length, papers.length);
    }
  });

  test(`${format.name}: no damage makes it throw or lets a control character through`, () => {
    assertSurvives(format, whole);
  });
}

test("a listing may be compressed with gzip, and one that is damaged is read up to there", async () => {
  const whole = gzipSync(fixture("formats/pubmed.nbib"));
  const result = await readListing(whole, options);
  assert.equal(result.ok && result.listing.papers.length, 2);
  const damaged = await readListing(whole.subarray(0, 12), options);
  assert.match(damaged.ok ? "" : damaged.reason, /gzip and damaged|it is empty/);
});

test("what `export` writes as CSV and Markdown is read back", async () => {
  const papers = [
    makePaper({
      id: "2510.22543",
      title: '=A [title], with "signs" | and $x_1$',
      abstract: "Two\\nlines; one",
      authors: ["Ines Holm", "Otto Reed"],
      published: "2025-10-29",
      categories: ["cs.LG", "cs.AI"],
      keywords: ["a", "b"],
      upvotes: 3,
      url: "https://huggingface.co/papers/2510.22543",
      pdf: "https://arxiv.org/pdf/2510.22543",
    }),
    makePaper({
      id: "doi:10.5555/x(1)",
      title: "Kettles: a survey",
      authors: ["Mira Vale"],
      published: "2019",
      doi: "10.5555/x(1)",
      journal: "J. Kettles",
      url: "https://doi.org/10.5555/x(1)",
      withdrawn: true,
    }),
    makePaper({
      title: "A kettle without any identifier",
      authors: ["Ada One", "Bo Two", "Cy Three"],
      published: "2020-01-02",
      url: "https://k.example/a_b",
    }),
    makePaper({
      title: "A kettle without an address",
      authors: ["Jan van der Berg"],
      published: "2021",
      journal: "Kettle Lett.",
    }),
  ];
  const listed = papers.map((paper) => ({ paper, bits: 0 }));
  const exported = { length: listed.length, [Symbol.iterator]: () => listed[Symbol.iterator]() };
  const table = await readListing(Buffer.from([...csvOf(exported as never)].join("")), options);
  assert.deepEqual(table.ok && table.listing.papers, papers);
  const list = await readListing(Buffer.from([...markdownOf(exported as never)].join("")), options);
  assert.ok(list.ok, list.ok ? "" : list.reason);
  assert.equal(list.format, markdownList);
  assert.deepEqual(
    list.listing.papers.map(({ id, title, authors, published, journal, url }) => ({
      id,
      title,
      author: authors[0],
      year: published,
      journal,
      url,
    })),
    papers.map(({ id, title, authors, published, journal, url }) => ({
      id,
      title,
      author: authors[0],
      year: published?.slice(0, 4),
      journal,
      url: id === "2510.22543" ? "https://arxiv.org/abs/2510.22543" : url,
    })),
  );
});

test("rows are the same as those of csv-parse", () => {
  for (const text of [
    'a,b\n"c,""d""\n",e\n\nf,\n',
    "x;y\n1;2",
    'a\tb\n"c\td"\te\n',
    fixture("formats/table.csv"),
  ]) {
    const separator = text.startsWith("x;") ? ";" : text.startsWith("a\t") ? "\t" : ",";
    const expected = parseCsv(text, {
      delimiter: separator,
      skip_empty_lines: true,
      relax_column_count: true,
    });
    assert.deepEqual(
      [...rowsOf(text, separator)].map(({ cells }) => cells),
      expected,
      text,
    );
  }
  assert.deepEqual(
    [...rowsOf('a,b\n"open,c\nd,e', ",")].map(({ cells, line }) => [line, ...cells]),
    [
      [1, "a", "b"],
      [2, '"open', "c"],
      [3, "d", "e"],
    ],
  );
});

test("papers read and entries reported are as many as the entries of every real file", {
  skip: !existsSync(samples),
}, async () => {
  const sample = (name: string) => readFileSync(new URL(name, samples));
  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const counts: readonly (readonly [string, (text: string) => number])[] = [
    ...["two.nbib", "with-dois-and-keywords.nbib", "medline-plain-multiple.txt"].map(
      (name) => [`pubmed/${name}`, (text: string) => count(text, /^PMID-/gm)] as const,
    ),
    ["pubmed/eric-three.nbib", (text) => count(text, /^OWN - ERIC/gm)],
    ...readdirSync(new URL("pubmed", samples))
      .filter((name) => name.endsWith(".xml"))
      .map((name) => [`pubmed/${name}`, (text: string) => count(text, /<PubmedArticle>/g)] as const),
    ...["wos-tagged-five.txt", "wos-tagged-four-types.txt", "wos-jabref.isi"].map(
      (name) => [`wos-scopus/${name}`, (text: string) => count(text, /^(?:\ufeff)?PT /gm)] as const,
    ),
    ...["scopus-first-20-of-58.csv", "ieee-xplore.csv", "springer.csv"].map(
      (name) =>
        [
          `wos-scopus/${name}`,
          (text: string) =>
            (
              parseCsv(text, {
                bom: true,
                relax_quotes: true,
                relax_column_count: true,
                skip_empty_lines: true,
              }) as unknown[]
            ).length - 1,
        ] as const,
    ),
    ...readdirSync(new URL("endnote-xml", samples)).map(
      (name) => [`endnote-xml/${name}`, (text: string) => count(text, /<record>/g)] as const,
    ),
    ...["search-attention.xml", "search-none.xml"].map(
      (name) => [`dblp/${name}`, (text: string) => count(text, /<hit /g)] as const,
    ),
    ["jats/pntd.0008301.nxml", () => 1],
  ];
  for (const [name, expected] of counts) {
    const bytes = sample(name);
    const result = await readListing(bytes, options);
    assert.ok(result.ok, `${name}: ${result.ok ? "" : result.reason}`);
    const reported = result.listing.problems.reduce((sum, { skips }) => sum + (skips ?? 0), 0);
    assert.equal(result.listing.papers.length + reported, expected(bytes.toString()), name);
  }
});

test("every different arXiv number that a real list in Markdown links to is a paper, nearly always with its title", {
  skip: !existsSync(samples),
}, () => {
  const folder = new URL("awesome-lists/", samples);
  for (const name of readdirSync(folder).filter((file) => file !== "README.md")) {
    const text = readFileSync(new URL(name, folder), "utf8");
    const linked = new Set(
      [...text.matchAll(/\]\(https?:\/\/arxiv\.org\/(?:abs|pdf)\/(\d{4}\.\d{4,5})/g)].map(([, id]) => id),
    );
    const { papers } = read(markdownList, text);
    const ids = new Set(papers.map(({ id }) => id));
    assert.deepEqual(
      [...linked].filter((id) => !ids.has(id as string)),
      [],
      name,
    );
    const untitled = papers.filter(({ id, title }) => title === id).length;
    assert.ok(
      untitled <= Math.max(2, papers.length * 0.05),
      `${name}: ${untitled} of ${papers.length} without a title`,
    );
  }
});

test("what is detected and not read is named, with what to do", async () => {
  for (const [text, reason] of [
    ["%PDF-1.7 x", /a PDF; give its arXiv number/],
    [
      "<?xml version='1.0'?><modsCollection xmlns='http://www.loc.gov/mods/v3'><mods/></modsCollection>",
      /a MODS bibliography; export BibTeX/,
    ],
    ["<b:Sources xmlns:b='x'/>", /XML|Word/],
    ["<doi_records><doi_record/></doi_records>", /Crossref's XML; ask https:/],
    ['<resource xmlns="http://datacite.org/schema/kernel-4"/>', /as of DataCite; export BibTeX/],
    ["Highlight,Book Title,Book Author\nx,Kettles,Holm\n", /Readwise's highlights; save the documents/],
    ["<!DOCTYPE html><html><body>Sign in</body></html>", /a web page \(HTML\)/],
    ['{"name":"ForbiddenError","message":"Sign in","status":403}', /answered with an error: “Sign in”/],
    ['{"esearchresult":{"idlist":["1"]}}', /only identifiers; use efetch/],
    ['[{"artist":"a","song":"b"}]', /JSON whose entries do not look like papers \(artist, song\)/],
    [
      '{"error":"Invalid date"}',
      /an error message, not a listing: the server answered with an error: “Invalid date”/,
    ],
    ["milk and eggs", /no papers were found in it: papers-tui reads/],
  ] as const) {
    const result = await readListing(Buffer.from(text), options);
    assert.match(result.ok ? "ok" : result.reason, reason);
  }
  for (const [bytes, reason] of [
    ["89504e470d0a1a0a0000000d49484452", /a picture/],
    ["ffd8ffe000104a464946000101", /a picture/],
    ["d0cf11e0a1b11ae10000", /an Office document/],
    ["504b030414000600", /a ZIP archive or an Office document/],
    ["fd377a585a000004", /compressed with xz/],
    ["28b52ffd00", /compressed with zstd/],
    ["425a68393141", /compressed with bzip2/],
  ] as const) {
    const result = await readListing(Buffer.from(bytes, "hex"), options);
    assert.match(result.ok ? "ok" : result.reason, reason);
  }
  for (const [text, why] of [
    ["[]", /an empty list/],
    ['{"meta":{"count":0},"results":[]}', /it is an OpenAlex API response \(JSON\) without entries/],
    [
      "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title></channel></rss>",
      /a feed \(RSS or Atom\) without entries/,
    ],
  ] as const) {
    const result = await readListing(Buffer.from(text), options);
    assert.match((result.ok && result.listing.whyEmpty) || "", why);
  }
});

/** Long texts of one sign, on which what grows with the square takes minutes. */
test("every format ends on long texts of one character", () => {
  for (const piece of someOf(
    [
      "a",
      " ",
      "@",
      "[",
      "(",
      "{",
      "<",
      "\\",
      "\n",
      "|",
      "*",
      '"',
      "$",
      ",",
      "-",
      "](",
      "\n- ",
      "\\bibitem",
      "<dt>",
      "%0 ",
      '"a,',
      "[a](b) ",
      "A. B, ",
      "[1] arXiv:2511.16665 [pdf]\n",
    ],
    8,
  )) {
    const text = piece.repeat((isLong ? 100_000 : 20_000) / piece.length);
    for (const format of otherFormats) {
      format.detect(text);
      format.parse(text, options);
    }
  }
});

test("an export of Better BibTeX in JSON and one of Ovid's with letters are read as a whole", async () => {
  const library = {
    config: { label: "BetterBibTeX JSON", options: {} },
    version: { zotero: "6.0.4", bbt: "6.5.3" },
    collections: { ABC: { key: "ABC", name: "Kettles", items: [1] } },
    items: [
      {
        itemType: "journalArticle",
        title: "Counting <i>kettles</i>",
        date: "2018-03",
        DOI: "10.5555/k.1",
        creators: [
          { firstName: "Ines", lastName: "Holm", creatorType: "author" },
          { name: "The Group", creatorType: "author" },
          { firstName: "E", lastName: "Ditor", creatorType: "editor" },
        ],
        tags: [{ tag: "kettles" }, "dusk"],
        attachments: [{ itemType: "attachment", title: "PDF" }],
        citationKey: "holm2018",
      },
      { itemType: "attachment", title: "x.pdf" },
      { itemType: "preprint", title: "Pre", archiveID: "arXiv:2301.00001", creators: [] },
    ],
  };
  const zotero = await readListing(Buffer.from(JSON.stringify(library)), options);
  assert.ok(zotero.ok && zotero.format.name === "Zotero items (JSON)");
  const [first, second] = zotero.listing.papers;
  assert.deepEqual(first?.authors, ["Ines Holm", "The Group"]);
  assert.deepEqual(first?.keywords, ["kettles", "dusk"]);
  assert.equal(second?.id, "2301.00001");
  assert.equal(zotero.listing.problems.length, 1);
  const record = (number: number) =>
    `<${number}. >\nVN  - Ovid Technologies\nDB  - Ovid MEDLINE(R)\nUI  - ${number}\nTI  - Title ${number}.\n` +
    "AU  - Holm IA\nFA  - Holm, Ines A\nSO  - J Kettles. 12(3):345-50, 2018 Mar\nAB  - We counted\n kettles.\n\n";
  const listing = await readListing(Buffer.from(record(1) + record(2)), options);
  assert.ok(listing.ok && listing.format === ovid);
  assert.deepEqual(
    listing.listing.papers.map(({ title, authors, published, journal, abstract }) => [
      title,
      ...authors,
      published,
      journal,
      abstract,
    ]),
    ["Title 1.", "Title 2."].map((title) => [
      title,
      "Ines A Holm",
      "2018-03",
      "J Kettles",
      "We counted kettles.",
    ]),
  );
});
