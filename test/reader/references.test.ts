import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Block } from "../../source/fulltext/blocks.js";
import { readHtmlPaper } from "../../source/fulltext/html/page.js";
import { makePaper } from "../../source/papers/paper.js";
import type { Effect, Message } from "../../source/reader/messages.js";
import type { Model } from "../../source/reader/model.js";
import { arxivOfReference, paperOfReference } from "../../source/reader/text/references.js";
import { update } from "../../source/reader/update.js";
import { Reader } from "./reader.js";

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
  const afterShortName =
    "Anna Muster, Otto B. Reed, and Min V. Le. Massive study of knots. CoRR, abs/1703.03906, 2017.";
  assert.equal(title(afterShortName), "Massive study of knots");
  assert.equal(title("A. Q. Muster, et al. Rope 7b. arXiv preprint arXiv:2310.06825, 2023"), "Rope 7b");
  const two = "Peter Reed. Can you tie a knot? Try ropes. arXiv:1803.05457, 2018.";
  assert.equal(title(two), "Can you tie a knot? Try ropes");
  const asks =
    "Ada Muster and Yejin Choi. Ropes: Can one really tie them? arXiv preprint arXiv:1905.07830, 2019";
  assert.equal(title(asks), "Ropes: Can one really tie them?");
});

/** A text with four links, the last to arXiv, then the label and the address of each entry, each chosen by one more Tab; `s` pressed on one of them. */
function starred(tabs: number): { readonly model: Model; readonly effects: readonly Effect[] } {
  const cite = (at: number) => `<cite><a class="ltx_ref" href="#bib.bib${at}">${at}</a></cite>`;
  const item = (at: number, text: string) =>
    `<li id="bib.bib${at}" class="ltx_bibitem"><span class="ltx_tag">[${at}]</span><span class="ltx_bibblock">${text}</span></li>`;
  const page = `<article class="ltx_document"><section id="S1" class="ltx_section"><h2 class="ltx_title">Part</h2>
<div class="ltx_para"><p class="ltx_p">${"Words. ".repeat(30)}See ${cite(1)} and ${cite(2)}, <a href="#S1">above</a>
and <a href="https://arxiv.org/abs/2302.00002">this</a>.</p></div></section>
<section class="ltx_bibliography"><ul>${item(1, "Otto Reed. Knots for beginners. arXiv:2301.00001, 2023.")}
${item(2, 'Ines Holm. Long memory of ropes. J. Rope 9, 1997. <a href="https://doi.org/10.1/p17">10.1/p17</a>')}
${item(3, 'Ada Muster. Loops and bends. 2024. <a href="https://doi.org/10.48550/arXiv.2403.00003">10.48550</a>')}
${item(4, 'Ada Muster. Nets. arXiv:2404.00004. <a href="https://doi.org/10.1/x">10.1/x</a>')}</ul></section></article></html>`;
  const found = readHtmlPaper(page);
  assert.ok(found.ok);
  const paper = makePaper({ id: "2401.00001", title: "Pebbles", authors: ["Ines Holm"] });
  let model = new Reader([paper]).model;
  let effects: readonly Effect[] = [];
  const send = (message: Message) => {
    [model, effects] = update(model, message);
  };
  const press = (name: string) => send({ type: "key", key: { name, text: name.length === 1 ? name : null } });
  press("f");
  const address = "https://arxiv.org/html/2401.00001";
  const read = { type: "text-read", isWhole: true, paper: paper.id, address, text: found.text } as const;
  send({ ...read, marks: {}, place: "", note: null });
  for (let tab = 0; tab < tabs; tab += 1) press("tab");
  press("s");
  return { model, effects };
}

test("s stars what the chosen link cites, and keeps no more of it than its title; else the open paper", () => {
  const marked = (tabs: number) =>
    starred(tabs).effects.map((effect) => {
      assert.ok(effect.type === "record");
      return { ...effect.papers[0], kept: effect.keep.map(({ id }) => id) };
    });
  assert.deepEqual(marked(0), [
    { paper: "2401.00001", title: "Pebbles", starred: true, kept: ["2401.00001"] },
  ]);
  assert.deepEqual(marked(1), [
    { paper: "2301.00001", title: "Knots for beginners", starred: true, kept: [] },
  ]);
  assert.deepEqual(marked(3), [
    { paper: "2401.00001", title: "Pebbles", starred: true, kept: ["2401.00001"] },
  ]);
  assert.deepEqual(marked(4), [{ paper: "2302.00002", title: "", starred: true, kept: [] }]);
  // The label of each entry, and its address.
  const inBibliography = [5, 6, 7, 8, 9, 10, 11].map((tabs) => marked(tabs)[0]?.title);
  const titles = ["Loops and bends", "Loops and bends", "Nets", "Nets"];
  assert.deepEqual(inBibliography, ["Knots for beginners", undefined, undefined, ...titles]);
});

test("s on a reference without an identifier marks nothing, and says so", () => {
  // The second citation, and the address in the entry itself.
  for (const tabs of [2, 6, 7]) {
    const { model, effects } = starred(tabs);
    assert.deepEqual(effects, []);
    assert.equal(model.notice?.text, "this reference has no arXiv id");
  }
});
