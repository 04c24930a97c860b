import assert from "node:assert/strict";
import { test } from "node:test";
import { Reader } from "../reader.js";

// 120 × 36: rules and header leave 31 rows for the list.
const height = 31;

const table: readonly (readonly [keys: string, cursor: number, why: string])[] = [
  ["j", 1, "down"],
  ["jjjk", 2, "up again"],
  ["\x1b[B\x1b[B\x1b[A", 1, "arrows"],
  ["k", 0, "not past the top"],
  ["5j", 5, "a count"],
  ["12j3k", 9, "counts of two digits"],
  ["G", 99, "the end"],
  ["Gj", 99, "not past the end"],
  ["Gg", 0, "the top"],
  ["30G", 29, "a count before G is a row"],
  ["7g", 6, "a count before g is a row"],
  ["99999j", 99, "a count larger than the list"],
  ["\x04", 15, "half a page"],
  ["\x04\x15", 0, "and back"],
  ["\x06", height - 2, "a page keeps two rows"],
  ["\x1b[6~\x1b[5~", 0, "PgDn, PgUp"],
  ["\x1b[F", 99, "End"],
  ["\x1b[F\x1b[H", 0, "Home"],
  ["5\x1bj", 1, "Esc takes a count back"],
  ["0j", 1, "a zero alone is no count"],
  ["10j", 10, "but is one after a digit"],
  ["5xj", 1, "a key that does nothing takes the count along"],
];

for (const [keys, cursor, why] of table) {
  test(`${JSON.stringify(keys)}: ${why}`, () => {
    assert.equal(new Reader(100).type(keys).model.cursor, cursor);
  });
}

const idOf = ({ model }: Reader) => model.listing.id(model.shown[model.cursor] as number);

test("the cursor is on screen whatever is pressed, and no row stays empty that could be filled", () => {
  const keys = [
    "j",
    "k",
    "G",
    "g",
    "\x04",
    "\x15",
    "\x06",
    "\x02",
    "7j",
    "9k",
    "30G",
    "v",
    "V",
    "m",
    "s",
    "n",
    "N",
    "M",
    "z",
    "\r",
    "\x1b",
    "\t",
  ];
  let seed = 11;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  for (let round = 0; round < 60; round += 1) {
    const reader = new Reader(next(120), { columns: 30 + next(120), rows: 2 + next(50) });
    for (let step = 0; step < 120; step += 1) {
      if (next(12) === 0)
        reader.send({ type: "resized", size: { columns: 1 + next(200), rows: 1 + next(60) } });
      else reader.type(keys[next(keys.length)] as string);
      const { cursor, top, shown, size } = reader.model;
      assert.ok(cursor >= 0 && cursor < Math.max(1, shown.length));
      assert.ok(top >= 0 && top <= cursor, `top ${top}, cursor ${cursor}`);
      assert.ok(cursor < top + size.rows);
    }
  }
});

test("moving within the screen does not scroll; moving out of it scrolls by one row", () => {
  const reader = new Reader(100);
  reader.type(`${height - 1}j`);
  assert.equal(reader.model.top, 0);
  reader.type("j");
  assert.equal(reader.model.top, 1);
  reader.type("kkkk");
  assert.equal(reader.model.top, 1);
});

test("resizing keeps the cursor on its paper and on screen", () => {
  const reader = new Reader(100).type("50j");
  for (const rows of [10, 5, 1, 60, 24]) {
    reader.send({ type: "resized", size: { columns: 90, rows } });
    assert.equal(reader.current, "Paper 51");
    assert.ok(reader.model.cursor - reader.model.top < rows);
  }
});

test("n and N go to unread papers and say where there are none", () => {
  const reader = new Reader(6).marked("read", "Paper 2", "Paper 3");
  reader.type("n");
  assert.equal(reader.current, "Paper 4");
  reader.type("N");
  assert.equal(reader.current, "Paper 1");
  reader.type("N");
  assert.equal(reader.current, "Paper 1");
  assert.match(reader.model.notice?.text ?? "", /no unread paper further above/);
  reader.type("2n");
  assert.equal(reader.current, "Paper 5");
});

test("in the focused detail the motions scroll the detail, and each paper keeps its place", () => {
  const reader = new Reader([
    { title: "Long", abstract: "word ".repeat(900) },
    { title: "Other", abstract: "word ".repeat(900) },
  ]);
  const top = () => reader.model.detailTops.get(idOf(reader)) ?? 0;
  reader.type("ljjj");
  assert.equal(top(), 3);
  assert.equal(reader.model.cursor, 0);
  reader.type("hj");
  assert.equal(reader.current, "Other");
  assert.equal(top(), 0);
  reader.type("JJ");
  assert.equal(top(), 2);
  reader.type("k");
  assert.equal(top(), 3);
  reader.type("lG");
  const end = top();
  assert.ok(end > 20);
  reader.type("jjj ");
  assert.equal(top(), end);
  reader.type("g");
  assert.equal(top(), 0);
});

test("Space and b page the detail while the list has the focus", () => {
  const reader = new Reader([{ title: "Long", abstract: "word ".repeat(900) }]);
  reader.type(" ");
  assert.equal(reader.model.detailTops.get("title:long"), height - 2);
  reader.type("b");
  assert.equal(reader.model.detailTops.get("title:long"), 0);
});
