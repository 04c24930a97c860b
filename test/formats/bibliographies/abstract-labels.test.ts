import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutLabel } from "../../../source/formats/fields/abstract.js";
import { readListing } from "../../../source/formats/index.js";

const sentence = "We count kettles until it is dark.";

test("the label of an abstract goes, and the sentence after it stays", () => {
  for (const label of [
    "Abstract ",
    "Abstract: ",
    "ABSTRACT: ",
    "ABSTRACT ",
    "Abstract\n",
    "Abstract. ",
    "Abstract — ",
    "Abstract—",
    "Abstract - ",
    "[Abstract] ",
    "Abstract",
    "AbstractBackground: ",
    "Summary ",
    "SUMMARY\n\n",
    "Summary: ",
    "Publisher Summary ",
    "Publisher's Summary: ",
    "Graphical abstract: ",
    "Abstract: ABSTRACT ",
    "Zusammenfassung: ",
    "Résumé. ",
    "摘要：",
  ]) {
    const kept = label.includes("Background") ? "Background: " : "";
    assert.equal(withoutLabel(label + sentence, "Kettles"), kept + sentence, label);
  }
  for (const [written, read] of [
    ["ABSTRACTBackground The kettles were counted.", "Background The kettles were counted."],
    ["Abstract Background The kettles were counted.", "Background The kettles were counted."],
    ["Abstract Kettles are counted until dusk.", "Kettles are counted until dusk."],
    ["ABSTRACT DNA of kettles is rare.", "DNA of kettles is rare."],
    ["Summary 12 kettles were counted.", "12 kettles were counted."],
    ["Abstract", ""],
    ["ABSTRACT:", ""],
  ] as const)
    assert.equal(withoutLabel(written, "Kettles"), read, written);
});

test("a sentence keeps its first word, although a label may be the same", () => {
  for (const [text, title] of [
    ["Abstract interpretation is a theory of programs.", "Kettles"],
    ["Abstract Interpretation is a theory of programs.", "Abstract interpretation of kettles"],
    ["Abstract Interpretation is a theory. We use abstract interpretation.", "Kettles"],
    ["Abstract Meaning Representation (AMR) is a graph.", "Kettles as graphs"],
    ["ABSTRACT INTERPRETATION IS A THEORY OF PROGRAMS.", "Kettles"],
    ["Abstract-interpretation of kettles is a theory.", "Kettles"],
    ["Abstractive summaries of kettles are short.", "Kettles"],
    ["Summary statistics are all that we have of kettles.", "Kettles"],
    ["Summary Statistics are all that we have. Such summary statistics are rare.", "Kettles"],
    ["AbstractFactory is a pattern. An AbstractFactory makes kettles.", "Patterns"],
    ["Abstracts of papers are short.", "Kettles"],
    ["Resumes are read by machines.", "Kettles"],
  ] as const)
    assert.equal(withoutLabel(text, title), text);
});

test("no export shows the label of its abstracts", async () => {
  for (const text of [
    `TY  - JOUR\nTI  - Kettles\nAB  - ABSTRACT ${sentence}\nER  - \n`,
    `TY  - JOUR\nTI  - Kettles\nAB  - Summary ${sentence}\nER  - \n`,
    `@article{a, title = {Kettles}, abstract = {Abstract ${sentence}}}`,
    `@article{a, title = {Kettles}, abstract = {ABSTRACT: ${sentence}}}`,
    `%0 Journal Article\n%T Kettles\n%X Abstract ${sentence}\n`,
    `Title,Authors,Abstract\nKettles,Ines Holm,Abstract: ${sentence}\n`,
    JSON.stringify([{ type: "article-journal", title: "Kettles", abstract: `Summary ${sentence}` }]),
    JSON.stringify([
      {
        type: "article-journal",
        title: "Kettles",
        abstract: `<jats:title>Abstract</jats:title><jats:p>${sentence}</jats:p>`,
      },
    ]),
    `<article><front><article-meta><title-group><article-title>Kettles</article-title></title-group><abstract><title>Abstract</title><p>${sentence}</p></abstract></article-meta></front></article>`,
    `<?xml version="1.0"?><rss version="2.0"><channel><title>J</title><item><title>Kettles</title><link>https://kettles.example/1</link><description>ABSTRACT ${sentence}</description></item></channel></rss>`,
  ]) {
    const result = await readListing(Buffer.from(text), { today: "2026-11-28" });
    assert.equal(result.ok && result.listing.papers[0]?.abstract, sentence, text);
  }
});
