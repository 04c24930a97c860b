import assert from "node:assert/strict";
import { test } from "node:test";
import { leaveOff } from "../../../source/reader/start.js";
import { rowsOf } from "../../../source/screen/regions.js";
import { Reader } from "../reader.js";

const papers = [
  { title: "A survey of graphs", abstract: "Knots are named once.", upvotes: 90, published: "2025-03-01" },
  { title: "Knots", upvotes: 1, published: "2024-01-01" },
  { title: "More on knots", upvotes: 20, published: "2025-02-01" },
];
const header = ({ model }: Reader) => (rowsOf(model)[0] ?? []).map(({ text }) => text).join("");
const byVotes = ["A survey of graphs", "More on knots", "Knots"];
const byMatch = ["Knots", "More on knots", "A survey of graphs"];

test("what words find begins with the best match, whatever order the listing has, and the header says so", () => {
  const reader = new Reader(papers, { columns: 80, rows: 24 }).type("Su");
  assert.deepEqual(reader.rows, byVotes);
  assert.match(header(reader), /· by upvotes/);
  reader.type("/knots");
  assert.deepEqual(reader.rows, byMatch);
  assert.match(header(reader), /· best match/);
  reader.type("\x1b");
  assert.deepEqual(reader.rows, byVotes);
  assert.match(header(reader), /· by upvotes/);
  assert.doesNotMatch(header(new Reader(papers).type("/knots")), /best match/, "nothing is off");
});

test("an order chosen for what words find is theirs alone", () => {
  const reader = new Reader(papers).type("Su/knots\rSd");
  assert.deepEqual(reader.rows, ["A survey of graphs", "More on knots", "Knots"]);
  assert.match(header(reader), /· by date/);
  reader.type("Sd");
  assert.match(header(reader), /· by date, reversed/);
  reader.type("/ is:unread\r");
  assert.match(header(reader), /· by date, reversed/, "more words keep it");
  reader.type("/\x15knots\r");
  assert.deepEqual(reader.rows, byMatch, "other words begin anew");
  reader.type("SdSr");
  assert.deepEqual(reader.rows, byMatch);
  reader.type("\x1b");
  assert.deepEqual(reader.rows, byVotes);
  assert.equal(leaveOff(reader.model).sort, "upvotes");
  assert.deepEqual(reader.type("/knots").rows, byMatch, "the next filter begins with the best match");
});

test("a filter of conditions keeps the order of the listing", () => {
  for (const filter of ["is:unread", "year:2024..2025", "-zeta", "title:knots"]) {
    const reader = new Reader(papers).type(`Su/${filter}\r`);
    const rows = byVotes.filter((title) => reader.rows.includes(title));
    assert.deepEqual(reader.rows, rows, filter);
    assert.match(header(reader), /· by upvotes/);
  }
});
