import assert from "node:assert/strict";
import { test } from "node:test";
import { Reader } from "./reader.js";

test("Enter opens the paper over the whole screen and marks it read; Esc goes back", () => {
  const reader = new Reader(5).type("j\r");
  assert.equal(reader.model.zoom, "detail");
  assert.equal(reader.model.counts.unread, 4);
  reader.type("\x1b");
  assert.equal(reader.model.zoom, "none");
  assert.equal(reader.model.focus, "list");
  assert.equal(reader.current, "Paper 2");
});

test("Esc never quits: it goes back step by step and then does nothing", () => {
  const reader = new Reader(5).type("/paper\r\r\x1b");
  assert.equal(reader.model.zoom, "none");
  assert.equal(reader.model.filter.query.text, "paper");
  reader.type("\x1b");
  assert.equal(reader.model.filter.query.text, "");
  reader.type("\x1b\x1b");
  assert.deepEqual(
    reader.take().filter(({ type }) => type === "quit"),
    [],
  );
});

test("Tab switches the pane; on a narrow screen it opens the paper instead", () => {
  const wide = new Reader(5).type("\t");
  assert.equal(wide.model.focus, "detail");
  assert.equal(wide.type("\t").model.focus, "list");
  const narrow = new Reader(5, { columns: 60, rows: 14 }).type("\t");
  assert.equal(narrow.model.zoom, "detail");
  assert.equal(narrow.type("\t").model.zoom, "none");
});

test("z zooms the focused pane and back", () => {
  const reader = new Reader(5).type("z");
  assert.equal(reader.model.zoom, "list");
  assert.equal(reader.type("z").model.zoom, "none");
  assert.equal(reader.type("lz").model.zoom, "detail");
  assert.equal(reader.type("z").model.focus, "detail");
});

test("j scrolls an opened paper; n goes on to the next unread one", () => {
  const reader = new Reader(5).type("\rj");
  assert.equal(reader.model.cursor, 0);
  reader.type("n");
  assert.equal(reader.current, "Paper 2");
  assert.equal(reader.model.zoom, "detail");
});

test("views turn with v and V and keep the paper under the cursor where they can", () => {
  const reader = new Reader(5).marked("starred", "Paper 2", "Paper 4").type("jjj");
  const seen = [reader.model.view];
  for (let turn = 0; turn < 5; turn += 1) {
    reader.type("v");
    seen.push(reader.model.view);
  }
  assert.deepEqual(seen, ["all", "unread", "starred", "later", "for-you", "all"]);
  reader.type("VVV");
  assert.equal(reader.model.view, "starred");
  assert.deepEqual(reader.rows, ["Paper 2", "Paper 4"]);
});

test("once round the views ends on the paper where it began", () => {
  const reader = new Reader(9).marked("starred", "Paper 3").type("5jvvvvv");
  assert.equal(reader.model.view, "all");
  assert.equal(reader.current, "Paper 6");
  assert.equal(reader.type("VVVVV").current, "Paper 6");
});

test("a paper chosen in one view is the one to be on in the next", () => {
  const reader = new Reader(9).marked("starred", "Paper 3", "Paper 5").type("8jvv");
  assert.equal(reader.current, "Paper 5");
  assert.equal(reader.type("kVV").current, "Paper 3");
});

test("a count before v turns that many views", () => {
  assert.equal(new Reader(9).type("2v").model.view, "starred");
  assert.equal(new Reader(9).type("3V").model.view, "starred");
});

test("Space reads an opened paper to its end and goes on to the next, b back", () => {
  const reader = new Reader(2, { columns: 40, rows: 10 }).type("\r");
  reader.type(" ");
  assert.equal(reader.current, "Paper 1");
  assert.ok((reader.model.detailTops.get("doi:10.5555/paper-1") ?? 0) > 0, "it is longer than the screen");
  reader.type("   ");
  assert.equal(reader.current, "Paper 2");
  assert.equal(reader.model.zoom, "detail");
  reader.type("    ");
  assert.equal(reader.model.notice?.text, "no paper further below");
  reader.type("bbbb");
  assert.equal(reader.current, "Paper 1");
});

test("the end of an opened paper is said, and beside the list Space stays on the paper", () => {
  assert.match(new Reader(2).type("\rj").model.notice?.text ?? "", /end of this paper · Space reads on/);
  assert.equal(new Reader(2).type("    ").current, "Paper 1");
});

test("entering a view that the paper is not in goes to the next one that is", () => {
  const reader = new Reader(6).marked("read", "Paper 2", "Paper 3").type("jv");
  assert.equal(reader.model.view, "unread");
  assert.equal(reader.current, "Paper 4");
});

test("a sort is chosen by its key, keeps the paper, and reverses when chosen again", () => {
  const reader = new Reader([
    { title: "b", published: "2024-01-01" },
    { title: "C", published: null },
    { title: "a", published: "2025-01-01" },
  ]).type("St");
  assert.deepEqual(reader.rows, ["a", "b", "C"]);
  assert.equal(reader.current, "a", "who has not moved sees what comes first");
  reader.type("j");
  assert.equal(reader.current, "b");
  assert.deepEqual(reader.type("St").rows, ["C", "b", "a"]);
  assert.deepEqual(reader.type("Sd").rows, ["a", "b", "C"]);
  assert.equal(reader.current, "b");
  assert.deepEqual(reader.type("SS").rows, ["b", "a", "C"], "what has no date stays last");
  assert.deepEqual(reader.type("So").rows, ["b", "C", "a"]);
  assert.deepEqual(reader.type("S\x1b").rows, ["b", "C", "a"]);
});

test("papers are sorted by the first author's last name and by upvotes, equal ones as they stood", () => {
  const reader = new Reader([
    { title: "1", authors: ["Wei Zhang"], upvotes: 3 },
    { title: "2", authors: [], upvotes: null },
    { title: "3", authors: ["Émile Åberg", "A. First"], upvotes: 20 },
    { title: "4", authors: ["Martin King Jr.", "Z"], upvotes: 3 },
    { title: "5", authors: ["Ada Zhang"], upvotes: 0 },
    { title: "6", authors: ["DeepMind"], upvotes: 3 },
  ]);
  assert.equal(reader.type("Sa").rows.join(""), "364512");
  assert.equal(reader.type("Sa").rows.join(""), "154632", "what has none stays last");
  assert.equal(reader.type("So").type("Su").rows.join(""), "314652");
  assert.equal(reader.type("Su").rows.join(""), "514632");
});

test("keys that do nothing say so and what helps", () => {
  assert.match(new Reader(5).type("Q").model.notice?.text ?? "", /Q does nothing here · \? lists the keys/);
});

test("no key is an error in an empty listing", () => {
  const reader = new Reader([]);
  reader.type("jkGgnNsmLMuo\rz\t lh JKb/x\r\x1bvVvVSt?\x1b\x04\x15");
  assert.equal(reader.model.cursor, 0);
  assert.deepEqual(reader.rows, []);
});

test("o opens the paper's page, or a search for its title, and marks it read", () => {
  const reader = new Reader([
    { title: "With a page", url: "https://arxiv.org/abs/2510.22543" },
    { title: "Without & odd", url: null },
  ]).type("ojo");
  const urls = reader.take().flatMap((effect) => (effect.type === "open" ? [effect.url] : []));
  assert.deepEqual(urls, [
    "https://arxiv.org/abs/2510.22543",
    "https://huggingface.co/papers?q=Without%20%26%20odd",
  ]);
  assert.equal(reader.model.counts.unread, 0);
});
