import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { layOut } from "../../../source/reader/layout.js";
import { detailView } from "../../../source/reader/list/moving.js";
import { detailLines } from "../../../source/screen/detail.js";
import { Reader } from "../reader.js";

const filler = "Nothing to see in this sentence of a dozen words at all. ".repeat(40);
const papers = [
  { title: "First", abstract: `${filler}A zebra. ${filler}Two more zebras, zebra and zebra.` },
  { title: "Second of zebras", abstract: filler },
  { title: "Third", abstract: `A zebra stands in front. ${filler}`, published: "2024-01-01" },
  { title: "Fourth", abstract: filler },
];

/** The lines of the detail on screen, and what is set apart in them as the match that was gone to. */
function shown(reader: Reader): { text: string; chosen: string[] } {
  const pane = layOut(reader.model.size, reader.model.zoom).detail;
  assert.ok(pane);
  const lines = detailLines(reader.model, pane);
  return {
    text: lines.map((line) => line.map(({ text }) => text).join("")).join("\n"),
    chosen: lines.flatMap((line) =>
      line.filter(({ style }) => style.inverse && style.underline).map(({ text }) => text),
    ),
  };
}

function top(reader: Reader): number {
  return detailView(reader.model)?.top ?? -1;
}

describe("the detail while a filter is on", () => {
  it("begins where the first match can be seen", () => {
    const reader = new Reader(papers).type("/abstract:zebra");
    assert.equal(reader.current, "First");
    assert.match(shown(reader).text, /A\s+zebra\./);
    assert.ok(top(reader) > 5);
    // The text before it is visible too, and if it is visible anyway nothing scrolls.
    assert.match(shown(reader).text.split("zebra")[0] as string, /Nothing to see/);
    reader.type("\rj");
    assert.equal(reader.current, "Third");
    assert.equal(top(reader), 0);
  });

  it("keeps the place a paper was scrolled to, with the filter and without", () => {
    const reader = new Reader(papers).type("JJ").type("/abstract:zebra\r");
    const begin = top(reader);
    reader.type("K");
    assert.equal(top(reader), begin - 1);
    reader.type("jk");
    assert.equal(top(reader), begin - 1);
    reader.type("\x1b");
    assert.equal(reader.current, "First");
    assert.equal(top(reader), 2);
  });
});

describe("n and N with a filter on", () => {
  it("go from paper to paper in the list", () => {
    const reader = new Reader(papers).type("/zebra\rn");
    assert.equal(reader.model.cursor, 1);
    reader.type("N");
    assert.equal(reader.model.cursor, 0);
    assert.equal(reader.model.notice, null);
  });

  it("go from match to match in the detail, scroll only where they must, and say which it is", () => {
    const reader = new Reader(papers).type("/abstract:zebra\rl");
    const begin = top(reader);
    reader.type("n");
    assert.deepEqual([top(reader), shown(reader).chosen], [begin, ["zebra"]]);
    assert.equal(reader.model.notice?.text, "match 1 of 4");
    reader.type("n");
    assert.ok(top(reader) > begin + 5);
    const second = top(reader);
    assert.equal(reader.model.notice?.text, "match 2 of 4");
    reader.type("2n");
    assert.deepEqual([top(reader), shown(reader).chosen], [second, ["zebra"]]);
    assert.equal(reader.model.notice?.text, "match 4 of 4");
    reader.type("3N");
    assert.equal(reader.model.notice?.text, "match 1 of 4");
    assert.match(shown(reader).text, /A\s+zebra\./);
  });

  it("go on to the next paper after the last match, full-screen too, and back to its last", () => {
    const reader = new Reader(papers).type("/abstract:zebra\r\r4n");
    assert.equal(reader.current, "First");
    reader.type("n");
    assert.deepEqual([reader.current, reader.model.zoom], ["Third", "detail"]);
    assert.equal(reader.model.notice?.text, "match 1 of 1");
    reader.type("n");
    assert.equal(reader.current, "Third");
    assert.equal(reader.model.notice?.text, "no match further below");
    reader.type("N");
    assert.equal(reader.current, "First");
    assert.equal(reader.model.notice?.text, "match 4 of 4");
    reader.type("9N");
    assert.equal(reader.model.notice?.text, "match 1 of 4");
    reader.type("N");
    assert.equal(reader.model.notice?.text, "no match further above");
  });

  it("begin at what is on screen where the reader has scrolled", () => {
    const reader = new Reader(papers).type("/abstract:zebra\rlnG");
    assert.deepEqual(shown(reader).chosen, []);
    reader.type("n");
    assert.equal(reader.model.notice?.text, "match 2 of 4");
    reader.type("gn");
    assert.equal(reader.model.notice?.text, "match 1 of 4");
    reader.type("GN");
    assert.equal(reader.model.notice?.text, "match 1 of 4");
  });

  it("go from paper to paper where there is nothing to be seen of the match", () => {
    const reader = new Reader(papers).type("/is:unread\rln");
    assert.equal(reader.model.cursor, 1);
    reader.type("9n");
    assert.equal(reader.model.cursor, 3);
  });

  it("lose the match with the filter", () => {
    const reader = new Reader(papers).type("/abstract:zebra\rlnn\x1b\x1b");
    assert.equal(reader.model.filter.query.text, "");
    assert.deepEqual(shown(reader).chosen, []);
    reader.type("n");
    assert.equal(reader.current, "Second of zebras");
  });
});
