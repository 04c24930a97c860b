import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOf } from "../../source/screen/regions.js";
import { counted } from "../../source/text/numbers.js";
import { Reader } from "../reader/reader.js";

/** The rows of the screen as text. */
function screen(reader: Reader): readonly string[] {
  return rowsOf(reader.model).map((line) => line.map(({ text }) => text).join(""));
}

const small = { columns: 40, rows: 12 };

test("every line of a panel says something at 40 × 12", () => {
  for (const keys of ["?", ":", "a", "agraph nets", "acs.CV", "ayesterday", ":sort", ":dark"]) {
    const reader = new Reader(3, small).send({ type: "clock", now: 0, today: "2025-10-29" }).type(keys);
    const rows = screen(reader)
      .slice(2, -2)
      .filter((row) => row.trim() !== "");
    assert.ok(rows.length > 0, keys);
    for (const row of rows) {
      // A label, and after it more than the sign that something was cut.
      assert.match(row.replace(/^▌/, "").trim(), /^\S.*?(?:\s\S{2,}.*)?$/, keys);
      assert.doesNotMatch(row, /\s…\s*$|^\S+…\s*$/, `${keys}: ${row}`);
    }
  }
  const words = screen(new Reader(3, small).type("agraph"));
  assert.ok(words.some((row) => /search:graph {2}search Hugging Face/.test(row)));
  assert.ok(words.some((row) => /graph {2}filter the papers that are open/.test(row)));
});

test("at 80 columns the orders of any listing are whole words", () => {
  const paper = { title: "One", upvotes: 1, codeStars: 2, comments: 3, published: "2025-01-01" };
  const sorts = (more: object) => {
    const reader = new Reader([{ ...paper, ...more }], { columns: 80, rows: 24 }).type("S");
    return screen(reader).at(-2)?.trimEnd();
  };
  const listed = "2025-01-02";
  assert.equal(
    sorts({ listed }),
    " by order date title author upvotes stars comments listed you momentum relevance",
  );
  assert.equal(
    sorts({ listed, citations: 4 }),
    " by order date title author upvotes stars comments cites listed you moved rank",
  );
});

test("a note beside the prompt has the room that nothing is typed in", () => {
  const note = (columns: number) =>
    screen(new Reader(3, { columns, rows: 24 }).type("/year:soon")).find((row) => row.startsWith(" / ")) ??
    "";
  assert.doesNotMatch(note(80), /…/);
  assert.match(note(80), /year:soon is .*0 of 3/);
});

test("hints are whole or not there, and the name of the file to export to comes before what is said of it", () => {
  for (let columns = 40; columns <= 120; columns += 4) {
    const triage = screen(new Reader(3, { columns, rows: 24 }).type("T")).at(-1) ?? "";
    assert.doesNotMatch(triage, /…/, String(columns));
    assert.match(triage, /^ s star {2}L later {2}x skip .* 1 of 3 $/);
    const reader = new Reader(3, { columns, rows: 24 }).type("e\x15a-name.bib");
    const row = screen(reader).find((one) => one.includes("a-name.bib")) ?? "";
    assert.match(row, /a-name\.bib.* BibTeX/, String(columns));
    assert.doesNotMatch(row, /…/);
    reader.type("\r").send({ type: "exported", path: "a-name.bib", count: 3, failure: "exists" });
    assert.match(screen(reader).join("\n"), /a-name\.bib.*Enter overwrites/, String(columns));
  }
});

test("a line of facts ends between two facts", () => {
  const paper = {
    title: "One",
    abstract: "Text.",
    authorCount: 9,
    organization: "Institute of Rope and Knots",
    published: "2025-10-29",
    upvotes: 1,
    comments: 1,
    code: "https://example.org/code",
    codeStars: 1,
  };
  const whole = ["9 authors", "Institute of Rope and Knots", "29 Oct 2025", "▲ 1", "1 comment", "read"];
  for (let columns = 40; columns <= 100; columns += 1) {
    const rows = screen(new Reader([paper], { columns, rows: 30 }).type("\r"));
    const facts = rows.flatMap((row) => row.trim().split(" · "));
    for (const fact of whole) assert.ok(facts.includes(fact), `${fact} at ${columns}`);
    assert.ok(!rows.some((row) => /^\s*·|·\s*$/.test(row)));
  }
  const page = screen(new Reader([paper], { columns: 100, rows: 30 }).type("\r")).join("\n");
  assert.match(page, /example\.org\/code \(1 star\)/);
});

test("one is counted as one", () => {
  assert.deepEqual(
    [counted(0, "paper"), counted(1, "paper"), counted(1_200, "paper"), counted(2, "entry", "entries")],
    ["0 papers", "1 paper", "1,200 papers", "2 entries"],
  );
});
