import assert from "node:assert/strict";
import { test } from "node:test";
import type { Problem } from "../../source/papers/listing.js";
import { panelEntries } from "../../source/reader/panels/panel.js";
import { rowsOf } from "../../source/screen/regions.js";
import { listingOf, Reader } from "../reader/reader.js";

const text = ({ model }: Reader) =>
  rowsOf(model)
    .map((line) => line.map(({ text }) => text).join(""))
    .join("\n");
const bold = ({ model }: Reader) =>
  rowsOf(model)
    .flat()
    .filter(({ style }) => style.bold)
    .map(({ text }) => text.trim());

test("the first run shows five keys until one is pressed", () => {
  for (const size of [
    { columns: 80, rows: 24 },
    { columns: 100, rows: 30 },
    { columns: 120, rows: 36 },
    { columns: 200, rows: 60 },
  ]) {
    const reader = new Reader(5, { ...size, isFirstRun: true });
    for (const key of ["j k", "Enter", "s", "/", "?"]) assert.ok(bold(reader).includes(key), key);
    assert.match(text(reader), /Paper 1/);
    assert.match(text(reader), /The abstract of number 1/);
    assert.doesNotMatch(text(reader.type("j")), /all keys; q quits/);
    assert.doesNotMatch(text(new Reader(5, size)), /all keys; q quits/);
  }
  // On small screens the card is omitted to leave the rows for papers.
  for (const size of [
    { columns: 39, rows: 9 },
    { columns: 80, rows: 14 },
    { columns: 1, rows: 1 },
  ])
    assert.doesNotMatch(text(new Reader(5, { ...size, isFirstRun: true })), /all keys/);
});

test("a remark is not counted as a problem", () => {
  const remark: Problem = {
    line: null,
    message: "2 entries, 1 paper: “a” and “b” are one paper",
    isRemark: true,
  };
  const footer = (problems: readonly Problem[], stale: "offline" | null = null) =>
    text(new Reader({ ...listingOf(3), problems, stale }))
      .split("\n")
      .at(-1) ?? "";
  assert.match(footer([remark]), /1\/3 · 1 remark \(!\) *$/);
  assert.match(footer([{ line: 2, message: "x" }, remark]), /1\/3 · 2 problems \(!\) *$/);
  const offline: Problem = { line: null, message: "offline", isOffline: true };
  assert.match(footer([offline, remark], "offline"), /1\/3 · 1 remark \(!\) · offline *$/);
});

test("a missing network is not counted as a problem of the listing", () => {
  const footer = (problems: readonly Problem[]) =>
    text(new Reader({ ...listingOf(3), problems, stale: "offline" }))
      .split("\n")
      .at(-1) ?? "";
  const offline = { line: null, message: "cannot reach huggingface.co (offline?)", isOffline: true } as const;
  assert.match(footer([offline]), /1\/3 · offline $/);
  assert.match(footer([offline, offline]), /1\/3 · offline $/);
  // As many as `!` lists.
  const both = [offline, { line: 3, message: "no title".repeat(40) }, offline];
  assert.match(footer(both), /1\/3 · 3 problems \(!\) · offline $/);
  const listed = new Reader(
    { ...listingOf(3), problems: both, stale: "offline" },
    { columns: 80, rows: 24 },
  ).type("!");
  assert.equal(panelEntries(listed.model).length, 3);
  assert.match(text(listed).split("\n")[0] ?? "", / 3 $/);
});

test("an empty view says which key to press, in bold", () => {
  for (const [reader, keys, said] of [
    [new Reader(0), ["r", "a"], /No papers here/],
    [new Reader(2).type("M").type("v"), ["v", "V", "a"], /All read/],
    [new Reader(2).type("vv"), ["s", "a", "V"], /Nothing starred in this listing/],
    [new Reader(2).type("vvv"), ["L", "a", "v"], /Nothing kept for later in this listing/],
    [new Reader(2).type("/zzzzqq\r"), ["Esc"], /Nothing matches/],
  ] as const) {
    assert.match(text(reader), said);
    for (const key of keys) assert.ok(bold(reader).includes(key), `${said} ${key}`);
  }
});

test("the header omits this year, has arrows if there are other days, and shows waiting papers", () => {
  const day = { ...listingOf(3), name: "My morning", day: "2026-08-20", hasDays: true };
  const header = (reader: Reader) => text(reader).split("\n")[0] ?? "";
  for (const [columns, today, expected] of [
    [120, "2026-11-28", / {2}‹ Thu 20 Aug › /],
    [120, "2027-01-01", / {2}‹ Thu 20 Aug 2026 › /],
    [120, null, / {2}‹ Thu 20 Aug 2026 › /],
    [80, "2026-11-28", /‹ (?:Thu )?20 Aug › /],
  ] as const) {
    const reader = new Reader(day, { columns, rows: 24, today });
    assert.match(header(reader), expected);
    assert.match(header(reader.send({ type: "waits", papers: 15 })), /\+15 new/);
    assert.match(header(reader.type("jjsG/p\x1bvV")), /\+15 new/);
  }
  const named = { ...day, name: "Daily Papers of mine", hasDays: false };
  assert.doesNotMatch(header(new Reader(named, { today: "2026-11-28" })), /‹/);
  assert.match(text(new Reader(day)), /\[ \] day/);
  assert.doesNotMatch(text(new Reader(named)), /\[ \] day/);
});

test("the counts of the views and the day stay visible at 80 columns", () => {
  const day = { ...listingOf(40), name: "Daily Papers (sample)", day: "2025-10-29", hasDays: true };
  for (const keys of ["", "j", "\r", "v"]) {
    const header = text(new Reader(day, { columns: 80, rows: 24, today: "2026-11-28" }).type(keys)).split(
      "\n",
    )[0];
    assert.match(header ?? "", /29 Oct 2025 .*All 40.*Unread \d+.*Starred 0.*Later 0/, JSON.stringify(keys));
  }
});
