import assert from "node:assert/strict";
import { test } from "node:test";
import { layOut } from "../../source/reader/layout.js";
import { rowsOf } from "../../source/screen/regions.js";
import { listingOf, Reader } from "../reader/reader.js";

/** The screen as text. */
function screen(reader: Reader): string[] {
  return rowsOf(reader.model).map((line) =>
    line
      .map(({ text }) => text)
      .join("")
      .trimEnd(),
  );
}

/** The runs of the screen that are drawn as matches. */
function matches(reader: Reader): string[] {
  return rowsOf(reader.model)
    .flat()
    .filter(({ style }) => style.bold && style.inverse !== undefined)
    .map(({ text }) => text);
}

const papers = [
  {
    title: "Hessians of deep networks",
    abstract: "We study the Hessian. It is a matrix.",
    published: "2025-09-26",
    authorCount: 8,
  },
  { title: "Something else", abstract: "Nothing to see.", published: "2023-01-02" },
];

test("the header says what is read and how many papers each view has", () => {
  const [header] = screen(new Reader(papers).type("jsL"));
  assert.equal(header?.replace(/ +/g, " "), " Test · 29 Oct 2025 [All 2] Unread 2 Starred 1 Later 1 For you");
});

test("unread is a dot, a star is a star, later is a clock, and the cursor has a bar", () => {
  const reader = new Reader(papers).type("mjsLk");
  const rows = screen(reader)
    .slice(2, 4)
    .map((row) => row.slice(0, 20));
  assert.deepEqual(rows, ["▌    Hessians of dee", " ●★◷ Something else "]);
});

test("with ASCII signs nothing else is drawn", () => {
  const reader = new Reader(papers);
  reader.send({ type: "loaded", listing: reader.model.listing, marks: Uint8Array.of(2, 0) });
  const model = { ...reader.model, settings: { ...reader.model.settings, ascii: true } };
  const text = rowsOf(model)
    .flat()
    .map((one) => one.text)
    .join("");
  assert.doesNotMatch(text.replaceAll("…", ""), /[^ -~·]/);
  assert.match(text, />o\* {2}Hessians/);
});

test("what the filter matched is marked in the list and in the detail", () => {
  assert.deepEqual(matches(new Reader(papers).type("/hessian")), ["Hessians", "Hessians", "Hessian"]);
  assert.deepEqual(matches(new Reader(papers).type("/hesian")).slice(0, 1), ["Hessian"]);
});

test("a row that does not show its match shows the words elsewhere in place of the date", () => {
  const some = [
    { title: "Of eigenvalues", abstract: "Eigenvalues.", authors: ["A. Outlier"], published: "2023-01-02" },
    {
      title: "Something else",
      abstract:
        "There is a bulk around zero and, behind a gap that widens, a few outliers which the data decide.",
      published: "2023-01-02",
    },
    { title: "Early", abstract: "Outliers come first.", published: "2023-01-02" },
    { title: "Outliers", abstract: "Outliers.", published: "2023-01-02" },
  ];
  const reader = new Reader(some, { columns: 80, rows: 30 }).type("/outliers");
  const rows = screen(reader).filter((row) => /^[▌ ]●/.test(row));
  assert.match(rows[0] ?? "", /Outliers .* Jan 2023$/);
  assert.match(rows[1] ?? "", /Of eigenvalues .* {2}A\. Outlier$/, "its author shows why it is here");
  assert.match(rows[2] ?? "", /Something else .* {2}…a few outliers which the…$/);
  assert.match(rows[3] ?? "", /Early .* {2}Outliers come first\.$/);
  assert.ok(matches(reader).includes("outliers"));
  assert.match(screen(reader.type("\x1b")).join("\n"), /Something else .* Jan 2023/);
  const narrow = new Reader(some, { columns: 36, rows: 30 }).type("/outliers");
  assert.doesNotMatch(screen(narrow).slice(0, 6).join("\n"), /a few outliers/);
});

test("the prompt says how many of how many match", () => {
  const rows = screen(new Reader(papers).type("/hess"));
  assert.match(rows.at(-2) ?? "", /^ \/ hess +1 of 2$/);
});

test("an empty prompt suggests what to type", () => {
  assert.match(screen(new Reader(papers).type("/")).at(-2) ?? "", /words, "a phrase", -without/);
});

test("the footer always offers the help and says where the reader is", () => {
  for (const columns of [40, 60, 80, 120, 200]) {
    const footer = screen(new Reader(papers, { columns })).at(-1) ?? "";
    assert.match(footer, /\? help/, String(columns));
    assert.match(footer, /1\/2$/, String(columns));
  }
});

test("a wide screen puts the detail beside the list, a narrower one below, a small one leaves it away", () => {
  assert.equal(layOut({ columns: 120, rows: 36 }, "none").split, "side");
  assert.equal(layOut({ columns: 80, rows: 24 }, "none").split, "stack");
  assert.equal(layOut({ columns: 80, rows: 14 }, "none").detail, null);
  assert.equal(layOut({ columns: 30, rows: 24 }, "none").header, null);
});

test("panes never overlap and never leave the screen", () => {
  for (let columns = 1; columns <= 220; columns += 7) {
    for (let rows = 1; rows <= 70; rows += 3) {
      for (const zoom of ["none", "list", "detail"] as const) {
        const layout = layOut({ columns, rows }, zoom);
        const used = new Set<string>();
        for (const pane of [layout.header, layout.list, layout.detail]) {
          if (!pane) continue;
          assert.ok(
            pane.x + pane.width <= columns && pane.y + pane.height <= rows,
            `${columns}×${rows} ${zoom}`,
          );
          for (let y = pane.y; y < pane.y + pane.height; y += 1) {
            for (const x of [pane.x, pane.x + pane.width - 1]) {
              const place = `${x},${y}`;
              assert.ok(pane.width === 1 || !used.has(place), `${columns}×${rows} ${zoom} ${place}`);
              used.add(place);
            }
          }
        }
      }
    }
  }
});

test("rows show date and first author where there is room for them", () => {
  const listing = listingOf([{ title: "One", authors: ["Ada Lovelace", "B"], published: "2025-09-26" }]);
  assert.match(screen(new Reader(listing, { columns: 200 }))[2] ?? "", /One +Lovelace \+1 +26 Sep/);
  assert.doesNotMatch(screen(new Reader(listing, { columns: 100 }))[2]?.slice(0, 49) ?? "", /2025/);
  assert.match(screen(new Reader(listing, { columns: 80, rows: 24 }))[2] ?? "", /One +26 Sep$/);
});

test("--ascii draws nothing of its own beyond ASCII", () => {
  for (const keys of ["", "s", "/zz", "/zz\r", "S", "?", "\r", "vvv"]) {
    for (const size of [
      { columns: 120, rows: 36 },
      { columns: 60, rows: 14 },
      { columns: 30, rows: 8 },
    ]) {
      const text = screen(new Reader(papers, { ...size, ascii: true }).type(keys)).join("\n");
      assert.match(text, /^[\x20-\x7e\n]*$/, JSON.stringify(keys));
    }
  }
});

test("what is typed in the help is on screen at any width", () => {
  for (const columns of [24, 30, 40, 44, 60, 120]) {
    const rows = screen(new Reader(5, { columns, rows: 8 }).type("?star"));
    assert.match(rows[7] ?? "", /^ \/ star/, String(columns));
  }
});

test("a tiny screen never covers the row under the cursor with what it says", () => {
  const reader = new Reader(40, { columns: 30, rows: 8 }).type("7js");
  const rows = screen(reader);
  assert.match(rows[0] ?? "", /starred/);
  assert.match(rows[7] ?? "", /^▌.★ +Paper 8/);
  assert.match(screen(reader.type("vv")).join("\n"), /starred · 1/);
});

test("the sorts to choose from are all on screen at 40 columns", () => {
  const sorts = (upvotes: number | null) =>
    screen(new Reader([{ title: "One", upvotes }], { columns: 40, rows: 10 }).type("S")).join("\n");
  // Nothing in this listing has stars, comments, citations or a day on which it was listed.
  assert.match(sorts(3), /by orde date titl auth upvo you mov ran/);
  // In a bibliography nothing can have moved either.
  assert.match(sorts(null), /by order date title author you \w+/);
  assert.doesNotMatch(sorts(null), /upvo|mov/);
});

test("a filter that this listing cannot answer says so", () => {
  const reader = new Reader([{ title: "One", authorCount: 3, published: "2023-02-01" }]);
  assert.match(screen(reader.type("/author:x\r")).join("\n"), /This listing does not name authors\./);
  assert.match(screen(reader.type("\x1b/2023\r")).join("\n"), /year:2023 finds the papers of that year\./);
});

test("each empty list says why it is empty and what to press", () => {
  assert.match(
    screen(new Reader(papers).type("vv")).join("\n"),
    /Nothing starred in this listing\.[ │]*\n +s stars a paper/,
  );
  assert.match(screen(new Reader(papers).type("/zzzzqq\r")).join("\n"), /Nothing matches “zzzzqq”\./);
  const two = [{ title: "Hessian spectrum of kettles" }, { title: "Hessian norms" }, { title: "Kettles" }];
  const rows = (typed: string) => screen(new Reader(two, { columns: 120 }).type(typed)).join("\n");
  const none = rows("/hessian zpektrumm");
  assert.match(none, /Nothing matches “hessian zpektrumm”: no paper has[\s│]+“zpektrumm”\./);
  assert.match(none, /Enter takes “spectrum”\./);
  assert.match(none, /Tab leaves it out: 2 papers\./);
  assert.match(none, /Enter take spectrum {2}Tab leave it out/, "the footer has the keys");
  assert.match(rows("/hessian zpektrumm\r"), /\/ hessian spectrum .*1 of 3/, "Enter takes the word");
  assert.match(rows("/hessian zpektrumm\t"), /\/ hessian .*2 of 3/, "Tab leaves it out");
  assert.match(rows("/hessian zpektrumm\r\r"), /Hessian spectrum of kettles/);
  assert.match(rows("/norms kettles"), /no paper has[\s│]+“(?:norms|kettles)” with[\s│]+the[\s│]+rest/);
  assert.match(rows("/hesian"), /“hesian” taken as hessian/, "the prompt says what a word was taken as");
  assert.match(screen(new Reader([])).join("\n"), /No papers here\./);
});
