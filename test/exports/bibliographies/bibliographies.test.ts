import assert from "node:assert/strict";
import { test } from "node:test";
import { exportFormats, exportPaper, exportPapers } from "../../../source/exports/index.js";
import { makePaper, type Paper } from "../../../source/papers/paper.js";
import { readBack, written } from "../support.js";

const preprint = makePaper({
  id: "2510.22543",
  title: "50% of {All} & #1_x: ~\\foo^2, an $\\mathcal{O}(n)$ Method",
  abstract: "It costs $5 -- not $10.",
  authors: ["Ada van der Example", "Barnes and Noble, Inc.", "Neal Sample Jr.", "others", "Asif ud-Doula"],
  published: "2025-10-26",
  categories: ["cs.LG", "cs.CL"],
  keywords: ["fixtures", "reading, slowly"],
  url: "https://arxiv.org/abs/2510.22543",
  pdf: "https://arxiv.org/pdf/2510.22543",
  comment: "9 pages",
});
const article = makePaper({
  id: "doi:10.1000/ex_9",
  title: 'H\\"older Spaces',
  authors: ["Ludwig van Beethoven"],
  published: "2019-04",
  url: "https://example.org/a_(b)/{x}?q=%20#1",
  pdf: "https://example.org/a.pdf",
  doi: "10.1000/ex_9",
  journal: "Review of Examples & More",
  comment: "supersedes arXiv:2001.00001",
});

test("BibTeX: a preprint", () => {
  assert.equal(
    written([preprint], "bibtex"),
    String.raw`@misc{vanderexample2025all,
  title = {{50\% of \textbraceleft{}All\textbraceright{} \& \#1\_x: \textasciitilde{}\textbackslash{}foo\textasciicircum{}2, an $\mathcal{O}(n)$ Method}},
  author = {van der Example, Ada and {Barnes and Noble, Inc.} and Sample, Jr., Neal and {{others}} and {ud-Doula}, Asif},
  year = {2025},
  month = oct,
  day = {26},
  eprint = {2510.22543},
  archivePrefix = {arXiv},
  primaryClass = {cs.LG},
  url = {https://arxiv.org/abs/2510.22543},
  abstract = {It costs \$5 -- not \$10.},
  keywords = {fixtures, {reading, slowly}},
  note = {9 pages},
}
`,
  );
});

test("BibTeX: an article, whose remark is not taken for its identifier", async () => {
  const text = written([article], "bibtex");
  assert.equal(
    text,
    String.raw`@article{vanbeethoven2019holder,
  title = {{Hölder Spaces}},
  author = {van Beethoven, Ludwig},
  journal = {Review of Examples \& More},
  year = {2019},
  month = apr,
  doi = {10.1000/ex_9},
  url = {https://example.org/a_(b)/%7Bx%7D?q=%20#1},
  pdf = {https://example.org/a.pdf},
  annote = {supersedes arXiv:2001.00001},
}
`,
  );
  assert.equal((await readBack(text)).papers[0]?.id, article.id);
  assert.equal((await readBack(written([article], "csl-json"))).papers[0]?.id, article.id);
  assert.equal((await readBack(written([article], "ris"))).papers[0]?.id, article.id);
});

test("BibTeX: the type of an entry follows from where the paper appeared", () => {
  const type = (journal: string) => /^@(\w+)/.exec(written([{ ...article, journal }], "bibtex"))?.[1];
  assert.equal(type("Nature"), "article");
  assert.equal(type("Proceedings of the IEEE"), "article");
  assert.equal(type("Journal of the Conference"), "article");
  assert.equal(type("Proceedings of the 3rd Workshop on Reading"), "inproceedings");
  assert.equal(type("Advances in Neural Information Processing Systems 30"), "inproceedings");
  assert.equal(type("arXiv (Cornell University)"), "misc");
  assert.match(
    written([{ ...article, journal: "3rd Workshop on Reading" }], "bibtex"),
    /^ {2}booktitle = \{3rd Workshop on Reading\},$/m,
  );
});

test("BibTeX: what is not known is not written", () => {
  assert.equal(written([makePaper({ title: "Bare" })], "bibtex"), "@misc{bare,\n  title = {{Bare}},\n}\n");
  const counted = written([makePaper({ title: "Counted", authorCount: 8 })], "bibtex");
  assert.doesNotMatch(counted, /author|others/);
});

test("BibTeX: formulas side by side stay two", async () => {
  const text = written([makePaper({ title: "A $x$$y$ and $$z_1$$ Title" })], "bibtex");
  assert.match(text, /A \$x\$\{\}\$y\$ and \$\$z_1\$\$ Title/);
  assert.equal((await readBack(text)).papers[0]?.title, "A $x$$y$ and $$z_1$$ Title");
});

test("RIS: a preprint and an article, in lines that end in CR LF", () => {
  assert.equal(
    written([preprint, article], "ris"),
    [
      "TY  - UNPB",
      "TI  - 50% of {All} & #1_x: ~\\foo^2, an $\\mathcal{O}(n)$ Method",
      "AU  - van der Example, Ada",
      "AU  - Barnes and Noble Inc.",
      "AU  - Sample, Neal, Jr.",
      "AU  - others",
      "AU  - ud-Doula, Asif",
      "PY  - 2025",
      "DA  - 2025/10/26",
      "DB  - arXiv",
      "AN  - arXiv:2510.22543",
      "UR  - https://arxiv.org/abs/2510.22543",
      "L1  - https://arxiv.org/pdf/2510.22543",
      "AB  - It costs $5 – not $10.",
      "KW  - fixtures",
      "KW  - reading, slowly",
      "N1  - Comment: 9 pages",
      "ER  - ",
      "",
      "TY  - JOUR",
      "TI  - Hölder Spaces",
      "AU  - van Beethoven, Ludwig",
      "PY  - 2019",
      "DA  - 2019/04",
      "T2  - Review of Examples & More",
      "JO  - Review of Examples & More",
      "DO  - 10.1000/ex_9",
      "UR  - https://example.org/a_(b)/{x}?q=%20#1",
      "L1  - https://example.org/a.pdf",
      "N1  - Comment: supersedes arXiv:2001.00001",
      "ER  - ",
      "",
    ].join("\r\n"),
  );
});

test("CSL-JSON: a preprint and an article", () => {
  assert.deepEqual(JSON.parse(written([preprint, article], "csl-json")), [
    {
      id: "vanderexample2025all",
      type: "article",
      title: "50% of {All} & #1_x: ~\\foo^2, an $\\mathcal{O}(n)$ Method",
      author: [
        { family: "Example", given: "Ada", "non-dropping-particle": "van der" },
        { literal: "Barnes and Noble, Inc." },
        { family: "Sample", given: "Neal", suffix: "Jr." },
        { literal: "others" },
        { family: "ud-Doula", given: "Asif" },
      ],
      issued: { "date-parts": [[2025, 10, 26]] },
      URL: "https://arxiv.org/abs/2510.22543",
      number: "arXiv:2510.22543",
      archive: "arXiv",
      archive_location: "2510.22543",
      publisher: "arXiv",
      categories: ["cs.LG", "cs.CL"],
      keyword: "fixtures, reading, slowly",
      abstract: "It costs $5 – not $10.",
      note: "9 pages",
    },
    {
      id: "vanbeethoven2019holder",
      type: "article-journal",
      title: "Hölder Spaces",
      author: [{ family: "Beethoven", given: "Ludwig", "non-dropping-particle": "van" }],
      issued: { "date-parts": [[2019, 4]] },
      "container-title": "Review of Examples & More",
      DOI: "10.1000/ex_9",
      URL: "https://example.org/a_(b)/{x}?q=%20#1",
      annote: "supersedes arXiv:2001.00001",
    },
  ]);
});

test("no papers are a file that says so, or an empty one", () => {
  const empty = Object.fromEntries(exportFormats.map((format) => [format, exportPapers([], format)]));
  assert.match(empty.csv ?? "", /^id,title,[a-zA-Z,]+,discussion,from\r\n$/);
  assert.match(empty.opml ?? "", /<body>\n {2}<\/body>/);
  assert.deepEqual(
    { ...empty, csv: "", opml: "" },
    { bibtex: "", ris: "", "csl-json": "[]\n", markdown: "", json: "[]\n", csv: "", opml: "" },
  );
});

test("a paper for the clipboard is what a file of it alone is, and ends in a line break", () => {
  for (const format of exportFormats) {
    for (const paper of [preprint, article] satisfies Paper[]) {
      const text = exportPaper({ paper, bits: 5 }, format);
      assert.equal(text, exportPapers([{ paper, bits: 5 }], format));
      assert.ok(text.endsWith("\n"));
    }
  }
});
