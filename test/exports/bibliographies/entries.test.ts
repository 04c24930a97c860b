import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { citationKeys, exportPapers } from "../../../source/exports/index.js";
import { bibtex } from "../../../source/formats/bibtex/bibtex.js";
import { cslJson } from "../../../source/formats/json/csl-json.js";
import { ris } from "../../../source/formats/tagged/ris.js";
import type { BibliographyFormat } from "../../../source/papers/bibliography-entry.js";
import type { ParsedListing } from "../../../source/papers/listing.js";
import { makeListing } from "../../../source/papers/listing.js";
import { PackedPapers } from "../../../source/papers/packed/packed-papers.js";
import type { Paper } from "../../../source/papers/paper.js";
import { decode } from "../../../source/text/encoding/decode.js";
import { libraryItems, options, written } from "../support.js";

const readers = { bibtex, ris, "csl-json": cslJson } as const;
const read = (text: string, format: BibliographyFormat): ParsedListing =>
  readers[format].parse(text, options);
const again = (text: string, format: BibliographyFormat) => written(read(text, format).papers, format);

test("a .bib is the same .bib when it is exported", () => {
  const file = String.raw`@InCollection{Clark2012a,
  Author = {Clark, A. and others},
  title = {{T}echno and H{\"o}lder's 13~TeV, 5\,GeV \emph{run} at $\sqrt{s}$},
  booktitle = "The {B}ook of \textbf{All}",
  year = 2012,
  month = 1 # "~Jan.",
  pages = {12--15},
  langid = {english},
  file = {:home/me/a b.pdf:PDF},
  x-custom = {\noopsort{a}B  with   blanks
    and a line},
}
`;
  assert.equal(again(file, "bibtex"), file);
});

test("macros of the file are expanded, those of styles stay", () => {
  const file = `@string{jp = "Journal of " # {Pebbles}}
@article{a, journal = jp, title = {T}, month = jan, note = "in " # JP # ", " # feb, publisher = cacm}
`;
  assert.equal(
    again(file, "bibtex"),
    `@article{a,
  journal = {Journal of Pebbles},
  title = {T},
  month = jan,
  note = "in " # {Journal of Pebbles} # ", " # feb,
  publisher = cacm,
}
`,
  );
});

test("a preamble goes along where its commands are used, a parent after its children, and both once", () => {
  const file = `@preamble{"\\newcommand{\\noopsort}[1]{} \\providecommand{\\x}{y}"}
@preamble{"\\newcommand{\\unused}{}"}
@book{parent, title = {Parent}, author = {Own, Ann}, year = 2001}
@inbook{a, title = {A \\noopsort{b} word}, crossref = {Parent}}
@inbook{b, title = {B}, crossref = {parent}}
@misc{c, title = {C}}
`;
  const { papers } = read(file, "bibtex");
  const text = written(papers, "bibtex");
  const order = [...text.matchAll(/^@\w+\{([^,\n]*)/gm)].map(([, key]) => key);
  assert.deepEqual(order, [
    '"\\newcommand{\\noopsort}[1]{} \\providecommand{\\x}{y}"}',
    "a",
    "b",
    "c",
    "parent",
  ]);
  const alone = written(
    papers.filter(({ title }) => title === "B"),
    "bibtex",
  );
  assert.match(alone, /^@inbook\{b,[\s\S]*\n\n@book\{parent,\n {2}title = \{Parent\},/);
  assert.doesNotMatch(alone, /preamble/);
  assert.deepEqual(read(alone, "bibtex").papers[0]?.authors, ["Ann Own"]);
});

test("what is known besides is added, and nothing is put in the place of theirs", () => {
  const [paper] = read(
    "@article{own, title = {T}, eprint = {2001.00001}, journaltitle = {J}}",
    "bibtex",
  ).papers;
  const joined = {
    ...(paper as Paper),
    abstract: "Of $x$ & y.",
    doi: "10.1000/a",
    journal: "Other",
    published: "2020-05",
  };
  assert.equal(
    written([joined], "bibtex"),
    "@article{own,\n  title = {T},\n  eprint = {2001.00001},\n  journaltitle = {J},\n  year = {2020},\n  month = may,\n  doi = {10.1000/a},\n  abstract = {Of $x$ \\& y.},\n}\n",
  );
});

test("RIS and CSL-JSON keep type, identifier and fields that are nobody's", () => {
  const record =
    "TY  - MGZN\r\nID  - Smith, 2000\r\nTI  - A <i>T</i>\r\nPMID  - 12\r\nC7  - own\r\nN1  - two\r\nlines\r\nER  - \r\n";
  assert.equal(again(record, "ris"), record);
  const items = [
    { id: 7, type: "entry-dictionary", title: "T", "citation-key": "x", custom: { a: [1, null] }, note: "" },
    { id: "http://zotero.org/1", type: "chapter", title: "U\u009b", author: [{ family: "others" }] },
  ];
  const text = again(JSON.stringify(items), "csl-json");
  assert.deepEqual(JSON.parse(text), items);
  assert.doesNotMatch(text, /\u009b/);
});

test("types and keys mean the same in the other formats", () => {
  const types: readonly (readonly [bib: string, ris: string, csl: string])[] = [
    ["article", "JOUR", "article-journal"],
    ["inproceedings", "CONF", "paper-conference"],
    ["incollection", "CHAP", "chapter"],
    ["book", "BOOK", "book"],
    ["phdthesis", "THES", "thesis"],
    ["techreport", "RPRT", "report"],
    ["misc", "GEN", "document"],
    ["unpublished", "UNPB", "manuscript"],
    ["online", "ELEC", "webpage"],
    ["dataset", "DATA", "dataset"],
    ["software", "COMP", "software"],
    ["patent", "PAT", "patent"],
  ];
  for (const [bib, tag, csl] of types) {
    const { papers } = read(`@${bib}{Key:1, title = {T}, author = {A. B}}`, "bibtex");
    assert.match(written(papers, "ris"), new RegExp(`^TY {2}- ${tag}\r\nID {2}- Key:1\r\n`));
    const [item] = JSON.parse(written(papers, "csl-json"));
    assert.deepEqual([item.type, item.id], [csl, "Key:1"]);
    const fromRis = written(read(`TY  - ${tag}\nID  - K2\nTI  - T\nER  - \n`, "ris").papers, "bibtex");
    assert.match(fromRis, new RegExp(`^@${bib}\\{K2,\n`));
    const fromCsl = read(JSON.stringify([{ id: "K3", type: csl, title: "T" }]), "csl-json").papers;
    assert.match(written(fromCsl, "bibtex"), new RegExp(`^@${bib}\\{K3,\n`));
  }
  const own = read(
    "@web_page{w, title = {T}}@book_section{s, title = {T2}}@odd{o, title={T3}}",
    "bibtex",
  ).papers;
  assert.deepEqual(
    JSON.parse(written(own, "csl-json")).map(({ type }: { type: string }) => type),
    ["webpage", "chapter", "document"],
  );
});

test("volume, pages, publisher and editors are in the other formats too", () => {
  const { papers } = read(
    "@incollection{k, title={T}, author={Own, Ann}, booktitle={The B}, editor={Ed, Eve and van Berg, Bo}, volume={3}, number=2, pages={12--15}, publisher={P \\& Q}, address={Ulm}, isbn={978-3-16-148410-0}, year=2001}",
    "bibtex",
  );
  const [item] = JSON.parse(written(papers, "csl-json"));
  assert.deepEqual(
    [item.volume, item.issue, item.page, item.publisher, item["publisher-place"], item.ISBN, item.editor],
    [
      "3",
      "2",
      "12-15",
      "P & Q",
      "Ulm",
      "978-3-16-148410-0",
      [
        { family: "Ed", given: "Eve" },
        { family: "Berg", given: "Bo", "non-dropping-particle": "van" },
      ],
    ],
  );
  const record = written(papers, "ris");
  assert.match(record, /A2 {2}- Ed, Eve\r\nA2 {2}- van Berg, Bo\r\nVL {2}- 3\r\nIS {2}- 2\r\nSP {2}- 12\r\n/);
  const back = written(read(record, "ris").papers, "bibtex");
  assert.match(back, /^@incollection\{k,/);
  assert.match(
    back,
    /booktitle = \{The B\}[\s\S]*editor = \{Ed, Eve and van Berg, Bo\}[\s\S]*pages = \{12--15\}[\s\S]*publisher = \{P \\& Q\}/,
  );
});

test("an entry without a title has none when it is written, in any format", () => {
  const { papers } = read(
    "@article{h, author={Ines Holm and Otto Reed}, journal={J. Pebbles}, volume=12, pages={345}, year=2018}",
    "bibtex",
  );
  assert.equal(papers[0]?.title, "Holm & Reed 2018, J. Pebbles 12, 345");
  assert.doesNotMatch(
    written(papers, "bibtex") + written(papers, "ris") + written(papers, "csl-json"),
    /title"?:? =|TI {2}-|"title"/,
  );
});

test("keys are the reader's own, and no two are the same", () => {
  const { papers } = read(
    "@misc{Clark2012a, title={A}}@misc{clark2012a, title={B}}@misc{with space, title={C}}@misc{Привет_1, title={D}}@misc{title={No Key}, author={Ann Own}, year=2000}",
    "bibtex",
  );
  assert.deepEqual(citationKeys(papers), [
    "Clark2012a",
    "clark2012aa",
    "with_space",
    "Привет_1",
    "own2000no",
  ]);
});

test("titles in other scripts have keys that differ and say the year", () => {
  const papers = read(
    "@misc{g, author={任, 政}, title={中文标题 研究}, year=2018}@misc{n, author={Лев Толстой}, title={Война и мир}, year=1869}@misc{k, author={김, 철수}, title={읽는 사람}, year=2020}@misc{e, title={🎉🎉}, year=2021}@misc{a, title={مرحبا}, year=2022}@misc{b, title={Λόγος}, year=2023}",
    "bibtex",
  ).papers.map(({ entry: _, ...paper }): Paper => paper);
  const alone = papers.map((paper) => citationKeys([paper])[0] ?? "");
  assert.equal(new Set(alone).size, papers.length);
  for (const [at, key] of alone.entries()) {
    assert.match(key, /^[a-z][a-z0-9]*$/);
    assert.ok(key.includes(papers[at]?.published?.slice(0, 4) ?? "none"), key);
  }
});

test("an entry survives packing, and joining with a paper from elsewhere", () => {
  const { papers } = read(
    "@InCollection{Key, title={T}, eprint={2001.00001}, x={日本}, author={A. B and others}}",
    "bibtex",
  );
  const packed = new PackedPapers();
  for (const paper of papers) packed.push(paper);
  assert.deepEqual([...packed], papers);
  const { entry: _, ...plain } = papers[0] as Paper;
  const listing = makeListing("x", {
    papers: [{ ...plain, andOthers: undefined } as never, ...papers],
    day: null,
    problems: [],
  });
  assert.equal(listing.size, 1);
  assert.equal(listing.paper(0).entry?.key, "Key");
});

const shared = new URL("../../../../shared/", import.meta.url);
const fixtures = new URL("../../../fixtures/", import.meta.url);
const isKind: Readonly<Record<BibliographyFormat, RegExp>> = {
  bibtex: /\.bib$/,
  ris: /\.ris$/,
  "csl-json": /(?:csl-json.*|csl)\.json$|csl-json\/.*\.json$/,
};

/** Every file of a format at hand: the project's and, where they are, the shared ones. */
function filesOf(format: BibliographyFormat): readonly (readonly [name: string, text: string])[] {
  const found: [string, string][] = [];
  for (const folder of [fixtures, new URL("samples/", shared), new URL("cases/", shared)]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
      if (!isKind[format].test(name) || /expected/.test(name)) continue;
      found.push([name, decode(readFileSync(fileURLToPath(new URL(name, folder)))).text]);
    }
  }
  return found;
}

/** Entries as another eye counts them: beginnings that are not in a comment. */
const counted: Readonly<Record<BibliographyFormat, (text: string) => number>> = {
  bibtex: (text) =>
    [
      ...text
        .replace(/@comment\s*\{[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*\}/gi, "")
        .matchAll(/^[ \t]*@(?!string|preamble|comment|xdata|set\b|control)[^\s{("@,=]+\s*[{(]/gim),
    ].length,
  ris: (text) => [...text.matchAll(/^TY\s+-/gm)].length,
  "csl-json": (text) => {
    const items = JSON.parse(text);
    return Array.isArray(items) ? items.length : (items.items?.length ?? 1);
  },
};

for (const format of ["bibtex", "ris", "csl-json"] as const) {
  test(`${format}: papers and reported entries are all that there are in a file`, () => {
    for (const [name, text] of filesOf(format)) {
      const { papers, problems } = read(text, format);
      const skipped = problems.reduce((sum, { skips = 0 }) => sum + skips, 0);
      assert.equal(papers.length + skipped, counted[format](text), name);
    }
  });

  test(`${format}: what is exported to its own format is read again as the same`, () => {
    for (const [name, text] of filesOf(format)) {
      const { papers } = read(text, format);
      if (papers.length === 0) continue;
      const exported = exportPapers(
        papers.map((paper) => ({ paper, bits: 0 })),
        format,
      );
      const { papers: back, problems } = read(exported, format);
      assert.deepEqual(problems, [], name);
      const byKey = (list: readonly Paper[]) =>
        [...list].sort((one, other) =>
          JSON.stringify(one.entry?.fields) < JSON.stringify(other.entry?.fields) ? -1 : 1,
        );
      // A parent comes after its children, and an entry that had no key, or another's, has one now.
      const keyless = (paper: Paper) => ({ ...paper, entry: { ...paper.entry, key: "", needs: [] } });
      assert.deepEqual(byKey(back).map(keyless), byKey(papers).map(keyless), name);
    }
  });

  test(`${format}: another program reads the same types and keys in it`, () => {
    let unread = 0;
    let tried = 0;
    for (const [name, text] of filesOf(format)) {
      const { papers } = read(text, format);
      for (const paper of papers) {
        const exported = written(
          [{ ...paper, entry: paper.entry && { ...paper.entry, needs: [] } } as Paper],
          format,
        );
        tried += 1;
        let items: readonly Readonly<Record<string, unknown>>[];
        try {
          items = libraryItems(exported, format);
        } catch {
          // Some TeX it cannot read, and of some fields it warns.
          unread += 1;
          continue;
        }
        assert.equal(items.length, 1, `${name}: ${exported}`);
        const [key] = citationKeys([paper], format === "csl-json" ? "csl-json" : "bibtex");
        if (format === "csl-json" && paper.entry?.key) assert.equal(String(items[0]?.id), key, name);
        if (format === "bibtex") assert.equal(items[0]?.["citation-key"] ?? items[0]?.id, key, name);
      }
    }
    assert.ok(unread <= tried / 10, `${unread} of ${tried}`);
  });
}
