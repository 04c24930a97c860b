import assert from "node:assert/strict";
import { test } from "node:test";
import type { Paper } from "../../source/papers/paper.js";
import { detailView } from "../../source/reader/list/moving.js";
import { rowsOf } from "../../source/screen/regions.js";
import { Reader } from "./reader.js";

const abstract =
  "Kettles sing. Why they do is poorly understood. However, existing methods only listen. " +
  "In this paper, we propose Teapot, a new method that watches $\\alpha$ drops. Specifically, it counts them. " +
  "Drops are counted twice. Experiments show that Teapot outperforms three baselines by 4.5%. " +
  "Our results suggest that steam matters. Code is available at https://github.com/example/teapot.";

const kettle: Partial<Paper> & { title: string } = {
  title: "Teapot: Why Kettles Sing",
  abstract,
  authors: ["Ines Holm", "Otto Reed"],
  published: "2024-05-06",
  upvotes: 1234,
  doi: "10.5555/kettle",
  code: "https://github.com/example/teapot",
  codeStars: 1,
};

const lines = (reader: Reader) => detailView(reader.model)?.lines ?? [];
const texts = (reader: Reader) => lines(reader).map(({ before = "", text }) => (before + text).trimEnd());

test("i shows the abstract for skimming, then all facts, then the abstract again", () => {
  const reader = new Reader([kettle]);
  const first = texts(reader);
  reader.type("i");
  assert.match(reader.model.notice?.text ?? "", /^skim/);
  const skimmed = texts(reader);
  assert.ok(
    skimmed.some((line) => line.startsWith("did      In this paper, we propose Teapot")),
    skimmed.join("\n"),
  );
  assert.ok(skimmed.some((line) => line.startsWith("numbers  Experiments show")));
  assert.ok(skimmed.some((line) => line.startsWith("code     Code is available")));
  const faint = lines(reader).filter(({ isFaint }) => isFaint);
  assert.ok(faint.some(({ text }) => text.startsWith("Kettles sing.")));
  reader.type("i");
  const facts = texts(reader);
  assert.ok(facts.includes("votes       1,234"), facts.join("\n"));
  assert.ok(facts.includes("code        https://github.com/example/teapot (1 star)"));
  assert.ok(facts.includes("published   6 May 2024"));
  assert.ok(!facts.some((line) => line.includes("Kettles sing.")));
  reader.type("i");
  assert.deepEqual(texts(reader), first);
});

test("every word of the abstract is in skim, in order, at every width", () => {
  for (const columns of [200, 120, 80, 44, 40]) {
    const reader = new Reader([kettle], { columns, rows: 40 }).type("\r");
    const words = () =>
      lines(reader)
        .filter(({ kind }) => kind === "abstract")
        .map(({ text }) => text)
        .join(" ")
        .replace(/\s+/g, "");
    const before = words();
    reader.type("i");
    assert.equal(words(), before, `${columns} columns`);
    assert.ok(rowsOf(reader.model).length === 40);
  }
});

test("in a pane of few rows the dim sentences have a line each, and all that has a label is in sight", () => {
  const reader = new Reader([{ ...kettle, summary: "Steam makes kettles sing." }], {
    columns: 80,
    rows: 24,
  }).type("i");
  const view = detailView(reader.model);
  const seen = view?.lines.slice(0, view.height) ?? [];
  assert.equal(seen.filter(({ isFaint }) => isFaint).length, 3);
  const starts = seen.map(({ before = "" }) => before.trim()).filter((label) => label !== "");
  assert.deepEqual(starts, ["did", "numbers", "code"]);
  assert.ok(!view?.lines.some(({ kind }) => kind === "summary"));
});

test("matches of the filter are laid over the sentences of skim", () => {
  const reader = new Reader([kettle]).type("/outperforms\ri");
  const view = detailView(reader.model);
  const match = view?.matches.find(({ kind }) => kind === "abstract");
  const line = view?.lines[match?.line ?? -1];
  assert.ok(match && line);
  assert.equal(line.text.slice(match.start - line.start, match.end - line.start), "outperforms");
});

test("the facts name the keys and types of a paper's entries", () => {
  const entry = { format: "bibtex", type: "misc", key: "kettle:1", fields: [], needs: [] } as const;
  const factOf = (paper: object) =>
    texts(new Reader([{ ...kettle, ...paper }]).type("ii")).filter((line) => line.startsWith("entry"));
  assert.deepEqual(factOf({}), []);
  assert.deepEqual(factOf({ entry }), ["entry       kettle:1 (misc)"]);
  assert.deepEqual(factOf({ entry, otherEntries: [{ ...entry, key: "b", type: "article" }] }), [
    "entry       2: kettle:1 (misc), b (article)",
  ]);
});

test("a paper without an abstract says so in skim, and has facts", () => {
  const reader = new Reader([{ title: "Bare" }]).type("i");
  assert.ok(texts(reader).some((line) => /No abstract/.test(line)));
  assert.ok(texts(reader.type("i")).includes("state       unread"));
});

test("another paper is shown the same way, from its top", () => {
  const reader = new Reader([kettle, { ...kettle, title: "Second" }]).type("ij");
  assert.ok(texts(reader).some((line) => line.startsWith("did      ")));
  assert.equal(detailView(reader.model)?.top, 0);
});

test("triage shows the source's summary first, or else the best sentence of the abstract", () => {
  const summarized = {
    ...kettle,
    title: "Summarized",
    summary: "Steam makes kettles sing.",
    summaryBy: "Someone",
  };
  const reader = new Reader([kettle, summarized], { columns: 80, rows: 24 }).type("T");
  const [title, blank, best] = texts(reader);
  assert.deepEqual([title, blank], [kettle.title, ""]);
  assert.match(best ?? "", /^In this paper, we propose Teapot/);
  reader.type("x");
  assert.deepEqual(texts(reader).slice(0, 3), ["Summarized", "", "Steam makes kettles sing."]);
  assert.equal(texts(reader).filter((line) => line === "Steam makes kettles sing.").length, 1);
  reader.type("i");
  assert.match(reader.model.notice?.text ?? "", /^skim/);
  assert.equal(reader.model.mode, "triage");
});
