import assert from "node:assert/strict";
import { test } from "node:test";
import { exportPapers } from "../../../source/exports/index.js";
import { readListing } from "../../../source/formats/index.js";

const book = "A Handbook of Kettles";
const editors = ["Ines Holm", "Bo Quill"];
const bibliographies: Readonly<Record<string, string>> = {
  BibTeX: `@book{k, title={${book}}, editor={Holm, Ines and Quill, Bo}, year=1995}`,
  RIS: `TY  - EDBOOK\nTI  - ${book}\nA2  - Holm, Ines\nED  - Quill, Bo\nPY  - 1995\nER  - \n`,
  "CSL-JSON": JSON.stringify([
    {
      id: "k",
      type: "book",
      title: book,
      editor: [
        { family: "Holm", given: "Ines" },
        { family: "Quill", given: "Bo" },
      ],
    },
  ]),
  Hayagriva: `k:\n  type: book\n  title: ${book}\n  editor: ["Holm, Ines", "Quill, Bo"]\n  date: 1995\n`,
  RefWorks: `RT Book, Whole\nSR Electronic(1)\nID 1\nT1 ${book}\nA2 Holm,Ines\nA2 Quill,Bo\nYR 1995\nER \n`,
  PubMed: `PMID- 123\nBTI - ${book}\nFED - Holm, Ines\nFED - Quill, Bo\nDP  - 1995\n`,
  "Web of Science": `FN Clarivate Analytics Web of Science\nVR 1.0\nPT B\nBE Holm, Ines\n   Quill, Bo\nTI ${book}\nPY 1995\nUT WOS:000000000000001\nER\n\nEF\n`,
  DBLP: `<dblp><proceedings key="conf/kettles/1995"><editor>Ines Holm</editor><editor>Bo Quill</editor><title>${book}.</title><year>1995</year></proceedings></dblp>`,
};

for (const [name, text] of Object.entries(bibliographies)) {
  test(`a book without authors shows its editors: ${name}`, async () => {
    const read = await readListing(Buffer.from(text), { today: "2026-11-23" });
    assert.ok(read.ok, name);
    assert.deepEqual(
      read.listing.papers.map(({ title, authors }) => ({ title, authors })),
      [{ title: book, authors: editors }],
    );
  });
}

test("editors that stand for authors are exported as editors only", async () => {
  for (const from of ["BibTeX", "RIS", "CSL-JSON"]) {
    const read = await readListing(Buffer.from(bibliographies[from] as string), { today: "2026-11-23" });
    assert.ok(read.ok);
    for (const [to, inAuthors, inEditors] of [
      ["bibtex", /^\s*author\s*=/m, /^\s*editor\s*=\s*\{Holm, Ines and Quill, Bo\}/m],
      ["ris", /^A[U1]\s/m, /^(?:A2|ED)\s{2}- Holm, Ines\r?\n(?:A2|ED)\s{2}- Quill, Bo\r?$/m],
      ["csl-json", /"author"/, /"editor"/],
    ] as const) {
      const text = exportPapers(
        read.listing.papers.map((paper) => ({ paper, bits: 0 })),
        to,
      );
      assert.doesNotMatch(text, inAuthors, `${from} to ${to}`);
      assert.match(text, inEditors, `${from} to ${to}`);
    }
  }
});
