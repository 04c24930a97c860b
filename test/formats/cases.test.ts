import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { readListing } from "../../source/formats/index.js";
import type { Paper } from "../../source/papers/paper.js";

/** Small inputs that failed, where they are at hand, and what is right. */
const cases = new URL("../../../shared/cases/", import.meta.url);
const options = { today: "2026-11-28" };

type Expected = { readonly [field in keyof Paper]?: Paper[field] | RegExp };
const holm = (more: Expected = {}): Expected => ({
  title: "Counting pebbles at dusk",
  authors: ["Ines Holm"],
  published: "2018",
  ...more,
});
const own = (more: Expected = {}): Expected => ({ title: "An own title", ...more });
const alpha = (more: Expected = {}) => own({ authors: ["Ann Alpha"], published: "2021", ...more });
const crawled: readonly Expected[] = [
  {
    id: "2401.00001",
    authors: ["Ines Holm", "Otto Reed"],
    categories: ["cs.LG", "cs.CV"],
    abstract: "We count pebbles until it is dark.",
    comment: null,
  },
  { id: "2401.00002", authors: ["Mira Vale"], categories: ["cs.SD"], comment: "4 pages" },
];
const listed: readonly Expected[] = [
  {
    id: "2511.16665",
    title: "A First Own Title about Trees",
    authors: ["Ann Alpha", "Bob Beta"],
    comment: "12 pages",
    categories: ["cs.LG", "cs.AI"],
  },
  { id: "2511.16664", title: "Second Own Title on Rivers", authors: ["Cy Gamma", "Di Delta"] },
];
const doi = "10.5555/pebbles.345";

const right: Readonly<Record<string, readonly Expected[]>> = {
  "formats/01-underscore-type.bib": [
    { title: "Lanterns over the quiet harbour", authors: ["Mira Vale"], published: "2020" },
    { title: "Why kettles sing", authors: ["Otto Reed"], published: "2019" },
    holm(),
  ],
  "formats/03-same-doi-chapters.bib": [
    { title: "Knots for beginners", authors: ["Otto Reed"] },
    { title: "Splices and eyes", authors: ["Ines Holm"] },
  ],
  "formats/04-single-space.ris": [holm()],
  "formats/05-preamble-long-tag.ris": [holm()],
  "formats/06-arxiv-lines.jsonl": crawled,
  "formats/07-same-as-array.json": crawled,
  "formats/09-untitled.bib": [
    { title: "Holm & Reed 2018, J. Pebbles 12, 345", doi, authors: ["Ines Holm", "Otto Reed"] },
    { title: "Why kettles sing", authors: ["Mira Vale"], published: "2019" },
  ],
  "formats/10-rdf.rdf": [holm()],
  "formats/11-pubmed.nbib": [
    holm({
      title: "Counting pebbles at dusk: a randomised trial.",
      published: "2018-03",
      doi,
      abstract: "We counted pebbles until it was dark.",
    }),
  ],
  "formats/12-pubmed.xml": [holm({ published: "2018-03", doi, abstract: "We counted pebbles." })],
  "formats/13-wos.ciw": [holm({ authors: ["I Holm", "O Reed"], doi, abstract: "We counted pebbles." })],
  "formats/14-scopus.csv": [
    holm({
      authors: ["I. Holm", "O. Reed"],
      doi,
      url: "https://www.scopus.com/x",
      abstract: "We counted pebbles.",
    }),
  ],
  "formats/15-endnote.enw": [holm({ doi })],
  "formats/16-endnote.xml": [holm({ doi })],
  "formats/17-dblp.json": [holm({ authors: ["Ines Holm", "Otto Reed"], doi })],
  "formats/18-openreview.json": [
    holm({
      authors: ["Ines Holm", "Otto Reed"],
      abstract: "We count pebbles.",
      url: "https://openreview.net/forum?id=aBcDeFgHiJ",
      published: "2023-10-01",
    }),
  ],
  "formats/19-biorxiv.json": [
    holm({
      authors: ["I. Holm", "O. Reed"],
      published: "2024-01-02",
      doi: "10.1101/2024.01.01.000001",
      categories: ["ecology"],
      abstract: "We count pebbles.",
    }),
  ],
  "formats/21-awesome.md": [
    { id: "2401.00001", title: "Counting pebbles at dusk", code: "https://github.com/example/pebbles" },
    { id: "2301.00002", title: "Why kettles sing" },
    { id: "2402.00003", title: "Lanterns over the quiet harbour" },
  ],
  "formats/26-hf-link.json": [
    {
      title: "Counting$\\times$pebbles",
      abstract: /https:\/\/pebbles\.example\.org\//,
      code: "https://github.com/example/pebbles",
    },
  ],
  "formats/27-hf-inner-title.json": [
    { title: "$\\nabla^2$Pebbles: a data set" },
    { title: "Rope$\\times$Sail: long knots" },
  ],
  "formats/28-json-lines-supported.csl.jsonl": [
    { title: "Counting pebbles", doi: "10.5555/a" },
    { title: "Why kettles sing", authors: ["Mira Vale"] },
  ],
  "formats/28-json-lines-supported.s2.jsonl": [
    { id: "2401.00001", authors: ["Ines Holm"] },
    { id: "2401.00002", title: "Why kettles sing" },
  ],
  "formats/29-unknown-macros.bib": [{ title: "Notes on WYSIWYG editors — a survey of BibTeX" }],
  "formats/a1au.ris": [{ authors: ["Ann First", "Bob Second"] }],
  "formats/zotero.rdf": [alpha({ published: "2021-03-04", abstract: "Short." })],
  "formats/crawl.jsonl": [
    own({ id: "2501.00001", authors: ["Ann Alpha"], categories: ["cs.LG"], abstract: "Short." }),
    { id: "2501.00002", authors: ["Bob Beta"], categories: ["cs.CL"], comment: "5 pages" },
  ],
  "formats/one.jsonl": [alpha({ id: "2101.00001", published: "2021-01-01" })],
  "formats/relax-names.bib": [
    { authors: ["Ph. Alpha", "OWN Collaboration", "Yu. Z. Gamma"] },
    { authors: ["Ann de Own"] },
    { authors: ["Ann Pérez", "María Own", "Bob D'Own"] },
  ],
  "formats/bbt-signs.bib": [
    { title: "A sign between: z $≲$ 1 and $≳$ 2" },
    { title: "Greek in text: θ and √ and ¯" },
    { title: "Comma below: și and șia" },
    { title: "Вода", authors: ["П. Иван"] },
    { title: "Half-escaped: a 5$\\sigma$ limit in $\\Lambda$CDM" },
    { title: "Half-escaped as seen: a 5$\\sigma$ limit" },
  ],
  "formats/doi-acm-crossref.bib": [
    { doi: "10.1145/1000000.1000001" },
    { title: "Child without author", authors: ["Ann Own"], published: "2001" },
    { title: "Parent book", authors: ["Ann Own"] },
  ],
  "formats/tex.bib": [
    { title: "SGR 1627$-$41 own" },
    { title: "from 0.3$-$0.5 keV" },
    { title: "a gain of $+$18% and $-$50 dB" },
    { title: "The $\\overline{MS}$ scheme" },
    { title: "Use “linear” models" },
    { title: "The desi survey and ABC" },
    { title: "A bound $\\Tilde{O}(T)$" },
    { title: "a real2sim2real system" },
    { title: "The YOLOv5mu model and ccg2lambda" },
    { title: "Built for sm_120 and sm_90" },
  ],
  "formats/arxiv-listing-page.txt": listed,
  "formats/arxiv-new-page.txt": [
    { ...listed[0], abstract: "We look at trees and count them." },
    { ...listed[1], abstract: "Rivers run." },
  ],
  "formats/arxiv-list.html": [own({ id: "2101.00001", authors: ["Ann Alpha"] })],
  "formats/list.md": [
    own({ id: "2301.00001", authors: ["Alpha"], andOthers: true, published: "2023" }),
    { id: "2301.00002", title: "Second own title", code: "https://github.com/x/y" },
  ],
  "formats/mail.txt": [{ id: "1706.03762" }, { id: "doi:10.1000/own.1" }, { id: "2001.00001" }],
  "formats/pubmed.xml": [own({ abstract: "Short." })],
  "formats/endnote.xml": [alpha()],
  "formats/csl.yaml": [alpha()],
  "formats/dblp.json": [alpha({ doi: "10.1000/own.1" })],
  "formats/paperlists.json": [own({ authors: ["Ann Alpha", "Bob Beta"], keywords: ["a", "b"] })],
  "formats/biorxiv.json": [own({ authors: ["A. Alpha", "B. Beta"], published: "2020-01-02" })],
  "formats/ads.json": [own({ authors: ["A. Alpha"], published: "2021-03", doi: "10.1000/own.1" })],
  "formats/inspire.json": [own({ id: "2101.00001", authors: ["A. Alpha"] })],
  "formats/datacite.json": [alpha({ doi: "10.1000/own.1" })],
  "formats/oai.xml": [alpha({ id: "2101.00001", published: "2021-01-01" })],
  "formats/feed.json": [own({ published: "2021-01-02", abstract: "Short." })],
  "formats/refs.bbl": [own({ authors: ["A. Alpha"], published: "2021" })],
  "formats/zoteroapi.json": [alpha({ doi: "10.1000/own.1" })],
  "mixed-ids.txt": [
    { id: "2510.22543" },
    { id: "hep-th/9901001", title: "A title of mine" },
    { id: "2510.22544" },
    { id: "doi:10.1103/physrevd.76.013009" },
    { id: "1706.03762" },
  ],
  "same-title.bib": [
    { authors: ["Ann Quill"] },
    { authors: ["Ben Brook"] },
    { authors: ["Cy Carr"] },
    { authors: ["Di Dale"] },
    { authors: ["Ed Eves"] },
    { authors: ["Fay Fern"] },
  ],
  "same-title.xml": [{ title: "Front matter" }, { title: "Front matter" }],
  "ris-shapes.ris": [
    { title: "A type that comes late", abstract: "A summary before the type" },
    { title: "One space before the dash" },
    { title: "The ordinary one" },
  ],
  "ris-one-space.ris": [{ title: "Only one space" }],
  "text-commands.bib": [{ title: /10⁻⁶, 10⁻⁶, CO₂/, abstract: /^2¹⁰ = 1024/ }],
  "and-others.bib": [
    { authors: ["J. Doe"], andOthers: true },
    { authors: ["J. Doe", "K. Roe"], andOthers: true },
  ],
  "bad-names.bib": [
    { authors: ["J. Smith", "K. Doe", "L. Roe"] },
    { authors: ["John Smith", "Jane Doe", "Lee Roe"] },
    { authors: ["Pardee F.", "Kirk T.", "Mac K.", "Whit D."] },
    { authors: ["Ann One", "Bo Two", "Cy Three", "Di Four"] },
  ],
  "us-dates.xml": [25, 26, 27, 28, 29, 30].map((day) => ({ published: `2020-05-${day}` })),
  "keys-other-scripts.bib": [{ published: "2018" }, { published: "1869" }, { published: "2020" }],
  "latin1-undeclared.bib": [{ authors: ["Bernhard Pörksen"], title: "Größe der Zeilen" }],
  "cp1252-second-line.bib": [{ title: "“Quoted” – dash" }],
  "atom-base.xml": [{ url: "http://example.org/base/p/1" }],
  "escaped-cdata.xml": [{ abstract: "some text here" }],
};

/** Of other parts of the program, or without papers. */
const elsewhere =
  /^(?:README\.md|formats\/23-|terminal-|answers-|filter-|zwj-|widths\.|c-plus-plus)|^formats$/;

test("every small input that once failed is read as it is meant", { skip: !existsSync(cases) }, async (t) => {
  const names = [
    ...readdirSync(cases),
    ...readdirSync(new URL("formats/", cases)).map((name) => `formats/${name}`),
  ].filter((name) => !elsewhere.test(name));
  assert.deepEqual(names.toSorted(), Object.keys(right).toSorted());
  for (const name of names) {
    await t.test(name, async () => {
      const result = await readListing(readFileSync(new URL(name, cases)), options);
      assert.ok(result.ok, result.ok ? "" : result.reason);
      const expected = right[name] as readonly Expected[];
      const { papers } = result.listing;
      assert.equal(papers.length, expected.length, JSON.stringify(papers.map(({ title }) => title)));
      for (const [index, fields] of expected.entries()) {
        const paper = papers[index] as Paper;
        for (const field of Object.keys(fields) as (keyof Paper)[]) {
          const value = fields[field];
          if (value instanceof RegExp) assert.match(String(paper[field]), value);
          else assert.deepEqual(paper[field], value, `${field} of paper ${index + 1}`);
        }
      }
    });
  }
});

test("a BibTeX file without entries says what it is", { skip: !existsSync(cases) }, async () => {
  const result = await readListing(readFileSync(new URL("formats/23-strings-only.bib", cases)), options);
  assert.match(result.ok ? (result.listing.whyEmpty ?? "") : result.reason, /BibTeX file.*@string/);
});
