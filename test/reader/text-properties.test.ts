import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { PaperText } from "../../source/fulltext/blocks.js";
import { readHtmlPaper } from "../../source/fulltext/html/page.js";
import { makePaper } from "../../source/papers/paper.js";
import type { Effect, Message } from "../../source/reader/messages.js";
import type { Model } from "../../source/reader/model.js";
import { textGeometry, topBlock } from "../../source/reader/text/open-text.js";
import type { OpenText } from "../../source/reader/text/text-state.js";
import { update } from "../../source/reader/update.js";
import { rowsOf } from "../../source/screen/regions.js";
import { cellWidth } from "../../source/text/cells.js";
import { runs } from "../support/long.js";
import { Reader } from "./reader.js";

const paper = makePaper({ id: "2401.00001", title: "Pebbles", authors: ["Ines Holm"] });

const cite = '<cite><a class="ltx_ref" href="#bib.bib1">1</a></cite>';
const formula =
  '<math alttext="x^{n+1}"><semantics><msup><mi>x</mi><mi>n</mi></msup><annotation encoding="application/x-tex">\\alpha_1 x^{n+1}</annotation></semantics></math>';
const paragraph = (id: string, words: number) =>
  `<div id="${id}" class="ltx_para"><p class="ltx_p">Begins ${id}. ${"and so on ".repeat(words)} ${formula} ${cite} <a href="#S1.p0">up</a></p></div>`;
const section = (number: number, words: number) =>
  `<section id="S${number}" class="ltx_section"><h2 class="ltx_title">Part ${number}</h2>${[0, 1, 2, 3].map((at) => paragraph(`S${number}.p${at}`, words)).join("")}</section>`;
const authors =
  '<div class="ltx_authors"><span class="ltx_creator ltx_role_author"><span class="ltx_personname">Ines Holm</span><span class="ltx_author_notes">of <a href="https://example.org/a">A</a> and <a href="https://example.org/b">B</a></span></span></div>';
const wide = `<table class="ltx_tabular"><tr>${"<td>1234567890</td>".repeat(20)}</tr></table>`;
const bibliography =
  '<section class="ltx_bibliography"><ul><li id="bib.bib1" class="ltx_bibitem"><span class="ltx_tag">[1]</span><span class="ltx_bibblock">Otto Reed. Knots. arXiv:2301.00001, 2023.</span></li></ul></section>';

function textOf(inside: string): PaperText {
  const found = readHtmlPaper(`<article class="ltx_document">${inside}</article></html>`);
  assert.ok(found.ok);
  return found.text;
}

/** Of several shapes: with sections and a bibliography, with none, shorter than a screen. */
const texts: readonly PaperText[] = [
  textOf(`${authors}${[1, 2, 3, 4].map((one) => section(one, 60)).join("")}${wide}${bibliography}`),
  textOf(Array.from({ length: 14 }, (_, at) => paragraph(`p${at}`, 50)).join("")),
  textOf(`${section(1, 3)}`),
];

const keyNames = [
  ..."jkgGnNhl%:'/yxzuf0159q?",
  "space",
  "b",
  "ctrl-d",
  "ctrl-u",
  "tab",
  "tab",
  "shift-tab",
  "enter",
  "enter",
  "backspace",
  "escape",
  "down",
];

type Step =
  | { readonly key: string }
  | { readonly columns: number; readonly rows: number }
  | { readonly more: number }
  | { readonly answer: boolean }
  | { readonly typed: string };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 16, arbitrary: fc.constantFrom(...keyNames).map((key) => ({ key })) },
  {
    weight: 2,
    arbitrary: fc.record({
      columns: fc.integer({ min: 1, max: 160 }),
      rows: fc.integer({ min: 1, max: 50 }),
    }),
  },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 6 }).map((more) => ({ more })) },
  { weight: 3, arbitrary: fc.boolean().map((answer) => ({ answer })) },
  {
    weight: 5,
    arbitrary: fc
      .constantFrom(
        ":120\n",
        ":50%\n",
        ":999999999\n",
        ":0\n",
        "''",
        "/so on\n",
        "/S3\n",
        "40G",
        "99%",
        "5n",
        "'Part\n",
        "/begins\n",
        "/{n\n",
        "/a_1\n",
      )
      .map((typed) => ({ typed })),
  },
);

/** A text that is opened with its first blocks; the rest comes later. */
class Session {
  model: Model;
  effects: readonly Effect[] = [];
  readonly #text: PaperText;
  #sent: number;

  constructor(text: PaperText, first: number, place: string) {
    this.#text = text;
    this.model = new Reader([paper]).model;
    this.key("f");
    this.#sent = Math.min(first, text.blocks.length);
    this.send({
      type: "text-read",
      paper: paper.id,
      text: { ...text, blocks: text.blocks.slice(0, this.#sent) },
      isWhole: this.#sent >= text.blocks.length,
      address: "https://arxiv.org/html/2401.00001",
      marks: {},
      place,
      note: null,
    });
  }

  #root(): OpenText | null {
    let open = this.model.text;
    while (open?.parent) open = open.parent;
    return open;
  }

  send(message: Message): void {
    [this.model, this.effects] = update(this.model, message);
  }

  key(name: string): void {
    this.send({ type: "key", key: { name, text: name.length === 1 ? name : null } });
  }

  run(one: Step): void {
    if ("key" in one) this.key(one.key);
    else if ("typed" in one)
      for (const letter of one.typed) this.key(letter === "\n" ? "enter" : letter === " " ? "space" : letter);
    else if ("columns" in one) this.send({ type: "resized", size: one });
    else if ("more" in one) this.#more(one.more);
    else this.#answer(one.answer);
    this.wait();
  }

  /** Until no pause is on. */
  wait(): void {
    for (let number = 1; number <= this.model.pauses; number += 1) this.send({ type: "pause-over", number });
  }

  #more(count: number): void {
    if (this.#root()?.isWhole !== false) return;
    const blocks = this.#text.blocks.slice(this.#sent, this.#sent + count);
    this.#sent += blocks.length;
    const isLast = this.#sent >= this.#text.blocks.length;
    this.send({ type: "text-more", paper: paper.id, blocks, isLast, isTruncated: false, marks: {} });
  }

  /** What is asked for while a paper is looked up or read. */
  #answer(isFound: boolean): void {
    const { text } = this.model;
    if (text === null || text.text !== null || text.failure !== null) return;
    const { id } = text.paper;
    if (!isFound) this.send({ type: "text-failed", paper: id, reason: "no network" });
    else if (text.parent?.isCard)
      this.send({
        type: "text-read",
        paper: id,
        text: texts[1] as PaperText,
        isWhole: true,
        address: "https://arxiv.org/html/2301.00001",
        marks: {},
        place: "",
        note: null,
      });
    else
      this.send({
        type: "reference-read",
        paper: id,
        found: { paper: makePaper({ id, title: "Knots", abstract: "Of knots. ".repeat(9) }), bits: 0 },
      });
  }
}

function depth(open: OpenText | null): number {
  return open === null ? 0 : 1 + depth(open.parent);
}

function sound(open: OpenText, { size }: Model): void {
  const { rows, top, links, link, matches, match, text, trail, left } = open;
  const { height } = textGeometry(size);
  assert.ok(
    Number.isInteger(top) && top >= 0 && top <= Math.max(0, rows.length - height),
    `top ${top} of ${rows.length}, ${height}`,
  );
  assert.ok(Number.isInteger(left) && left >= 0);
  assert.ok(link === null || links[link] !== undefined, "link");
  assert.ok(match === null || matches[match] !== undefined, `match ${match} of ${matches.length}`);
  for (const { block, rows: below, led } of trail) {
    assert.ok(text?.blocks[block] !== undefined && Number.isInteger(below), `trail ${block} ${below}`);
    assert.ok(led === null || text.blocks[led] !== undefined);
  }
}

const cases = {
  text: fc.constantFrom(...texts),
  first: fc.integer({ min: 1, max: 30 }),
  place: fc.constantFrom("", "S2.p2", "S4.p3", "p9"),
};

test("whatever is pressed in a text, its model is sound, and some Esc lead to the list", () => {
  fc.assert(
    fc.property(fc.record(cases), fc.array(step, { maxLength: 40 }), ({ text, first, place }, steps) => {
      const session = new Session(text, first, place);
      for (const one of steps) {
        session.run(one);
        if (session.model.text === null) return;
        sound(session.model.text, session.model);
      }
      const { size } = session.model;
      const lines = rowsOf(session.model).map((line) => line.map((span) => span.text).join(""));
      assert.equal(lines.length, size.rows);
      for (const line of lines) assert.equal(cellWidth(line), size.columns);
      let trails = 0;
      for (let open = session.model.text; open !== null; open = open.parent) trails += open.trail.length;
      const most = trails + 5 * depth(session.model.text) + 3;
      for (let times = 0; times < most && session.model.mode !== "browse"; times += 1) {
        const before = session.model;
        session.key("escape");
        session.wait();
        if (/back at the place/.test(session.model.notice?.text ?? ""))
          assert.notEqual(session.model.text?.top, before.text?.top, "Esc said that it went back, but stays");
      }
      assert.equal(session.model.mode, "browse");
      assert.equal(session.model.text, null);
    }),
    { numRuns: runs(3_000) },
  );
});

test("Backspace and '' stay in the text", () => {
  fc.assert(
    fc.property(fc.record(cases), fc.array(step, { maxLength: 30 }), ({ text, first, place }, steps) => {
      const session = new Session(text, first, place);
      for (const one of steps) {
        session.run(one);
        if (session.model.text === null) return;
      }
      if (session.model.mode !== "text" || session.model.text?.text === null) return;
      for (let times = 0; times < 60 && session.model.text !== null; times += 1) {
        session.key(times % 7 === 3 ? "'" : "backspace");
        session.wait();
        if (session.model.text !== null) sound(session.model.text, session.model);
      }
      assert.ok(session.model.text !== null);
    }),
    { numRuns: runs(3_000) },
  );
});

test("the place that is kept is the block at the top, or the one of before where that was not shown yet", () => {
  fc.assert(
    fc.property(fc.record(cases), fc.array(step, { maxLength: 20 }), ({ text, first, place }, steps) => {
      const session = new Session(text, first, place);
      for (const one of steps) {
        session.run(one);
        if (session.model.text === null) return;
      }
      const open = session.model.text as OpenText;
      if (
        session.model.mode !== "text" ||
        open.text === null ||
        open.goingTo ||
        open.search.isTyping ||
        open.isCopying ||
        open.isCard
      )
        return;
      session.key("q");
      const kept = session.effects.find((effect) => effect.type === "keep-place");
      if (open.awaited !== null && open.awaited !== "end") assert.equal(kept, undefined);
      else
        assert.equal(
          kept?.type === "keep-place" && kept.place,
          open.top === 0 ? "" : open.text.blocks[topBlock(open)]?.id,
        );
    }),
    { numRuns: runs(3_000) },
  );
});
