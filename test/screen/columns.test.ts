import assert from "node:assert/strict";
import { test } from "node:test";
import { columnNames } from "../../source/papers/sort-and-column-names.js";
import { layOut } from "../../source/reader/layout.js";
import type { ReaderSettings } from "../../source/reader/model.js";
import { rowsOf } from "../../source/screen/regions.js";
import { listingOf, Reader } from "../reader/reader.js";

const sizes = [
  [80, 24],
  [100, 30],
  [120, 36],
  [160, 44],
  [200, 60],
] as const;

const papers = Array.from({ length: 60 }, (_, at) => ({
  title: `T${String(at).padStart(2, "0")} ${"long words of a title ".repeat(1 + (at % 5))}end`,
  authors:
    at % 7 === 0
      ? []
      : Array.from({ length: 1 + (at % 13) }, (_, one) => `Ada Lovelace${"x".repeat(at % 6)}${one}`),
  organization: at % 3 === 0 ? "Pebble Institute" : null,
  published: at % 4 === 0 ? "2024-07-01" : `2026-08-${10 + (at % 15)}`,
  listed: "2026-08-20",
  upvotes: at % 6 === 0 ? null : at * 37,
  codeStars: at % 2 === 0 ? at * 101 : null,
  comments: at % 5,
  citations: at % 9 === 0 ? null : at * 7,
}));
const listing = { ...listingOf(papers), day: "2026-08-20" };

/** The rows of the list as text, at a size. */
function rowsAt(columns: number, rows: number, keys = "", settings: Partial<ReaderSettings> = {}): string[] {
  const { model } = new Reader(listing, { columns, rows, settings }).type(keys);
  const lines = rowsOf(model).map((line) => line.map(({ text }) => text).join(""));
  const { list } = layOut(model.size, "none");
  assert.ok(list);
  return lines
    .slice(list.y, list.y + list.height)
    .map((line) => line.split("│")[0] as string)
    .filter((line) => /\bT\d\d /.test(line));
}

for (const [columns, rows] of sizes) {
  test(`title, votes and date of every row are visible at ${columns}×${rows}`, () => {
    for (const keys of ["", "\x04", "G", "Su", "Sd"]) {
      const lines = rowsAt(columns, rows, keys).filter((line) => line.length > 30);
      assert.ok(lines.length > 5, `${lines.length} rows`);
      for (const line of lines) {
        const at = Number(/\bT(\d\d) /.exec(line)?.[1]);
        const paper = papers[at] as (typeof papers)[number];
        const before = line.slice(0, line.indexOf(`T${String(at).padStart(2, "0")}`));
        if (paper.upvotes !== null) assert.match(before, new RegExp(`\\b${paper.upvotes}\\b`), line);
        const day = paper.published.startsWith("2026")
          ? `${Number(paper.published.slice(8))} Aug`
          : "Jul 2024";
        assert.ok(line.trimEnd().endsWith(day), line);
      }
    }
  });

  test(`no title is cut while its row has free cells at ${columns}×${rows}`, () => {
    let cut = 0;
    for (const keys of ["", "G", "Ss", "Sc", "Si", "Sl", "Sa"]) {
      for (const line of rowsAt(columns, rows, keys)) {
        if (!/…/.test(line) || line.length < 30) continue;
        cut += 1;
        // Two cells between the title and the next column, and between columns.
        assert.match(line, /… {1,3}\S|…$/, line);
      }
    }
    if (columns < 160) assert.ok(cut > 0);
  });
}

test("the sort value is visible even if it has no column by default", () => {
  for (const [columns, rows] of sizes) {
    for (const [keys, value] of [
      ["Ss", (paper: (typeof papers)[number]) => (paper.codeStars === null ? null : `★ ${paper.codeStars}`)],
      ["Sc", (paper: (typeof papers)[number]) => `${paper.comments} com`],
      [
        "Si",
        (paper: (typeof papers)[number]) => (paper.citations === null ? null : `${paper.citations} cit`),
      ],
      ["Sl", () => "20 Aug"],
    ] as const) {
      for (const line of rowsAt(columns, rows, keys)) {
        const paper = papers[Number(/\bT(\d\d) /.exec(line)?.[1])] as (typeof papers)[number];
        const wanted = value(paper);
        if (wanted !== null) assert.ok(line.includes(wanted), `${keys} ${wanted}: ${line}`);
      }
    }
  }
});

test("the setting chooses and orders the columns", () => {
  const settings: Partial<ReaderSettings> = { columns: ["date", "title", "organization", "stars"] };
  for (const line of rowsAt(120, 36, "", settings)) {
    const paper = papers[Number(/\bT(\d\d) /.exec(line)?.[1])] as (typeof papers)[number];
    assert.ok(
      line.indexOf(paper.published.startsWith("2024") ? "Jul 2024" : "Aug") < line.indexOf(" T"),
      line,
    );
    assert.ok(!line.includes("+"), line);
    if (paper.organization !== null) assert.match(line, /Pebble Institute/);
    if (paper.codeStars !== null) assert.match(line, new RegExp(`★ ${paper.codeStars}\\b`));
  }
  // Whatever columns are chosen, at every width: the title is there and rows have the right width.
  for (const name of columnNames) {
    for (const columns of [40, 60, 80, 120]) {
      const { model } = new Reader(listing, { columns, rows: 24, settings: { columns: [name] } });
      const shown = rowsOf(model).map((line) => line.map(({ text }) => text).join(""));
      assert.ok(
        shown.some((line) => line.includes("T00 long")),
        `${name} ${columns}`,
      );
    }
  }
});

test("two-line rows: the whole title, its facts below, and the cursor always visible", () => {
  for (const [columns, rows] of sizes) {
    const reader = new Reader(listing, { columns, rows, settings: { rows: 2 } });
    for (let step = 0; step < 59; step += 1) {
      const { model } = reader;
      const lines = rowsOf(model).map((line) => line.map(({ text }) => text).join(""));
      const cursor = lines.findIndex((line) => line.startsWith("▌"));
      const at = model.shown[model.cursor] as number;
      const paper = papers[at] as (typeof papers)[number];
      assert.ok(cursor >= 0 && lines[cursor]?.includes(`T${String(at).padStart(2, "0")} `), `${at}`);
      const below = (lines[cursor + 1] as string).split("│")[0] as string;
      assert.ok(below.startsWith("▌"), below);
      if (paper.upvotes !== null) assert.match(below, new RegExp(`▲ ${paper.upvotes}\\b`));
      assert.match(below.trimEnd(), /(?:Aug|Jul 2024)$/);
      reader.type("j");
    }
    assert.equal(reader.model.cursor, 59);
  }
});

test("every order that the listing has values for is offered, at any width from 40 cells", () => {
  for (const columns of [40, 44, 50, 60, 70, 79, 80, 100, 120, 200]) {
    const lines = rowsOf(new Reader(listing, { columns, rows: 24 }).type("S").model);
    const line =
      lines
        .at(-2)
        ?.map(({ text }) => text)
        .join("") ?? "";
    assert.ok(!line.includes("…"), line);
    for (const begin of ["o", "d", "t", "a", "u", "st", "co", "ci", "li", "r"])
      assert.match(line, new RegExp(`(?:^| )${begin}`), `${columns} ${begin}: ${line}`);
  }
  const plain = rowsOf(new Reader(3, { columns: 80, rows: 24 }).type("S").model);
  assert.doesNotMatch(
    plain
      .at(-2)
      ?.map(({ text }) => text)
      .join("") ?? "",
    /stars|citations/,
  );
});
