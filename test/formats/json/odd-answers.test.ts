import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../../source/formats/index.js";
import { nestsTooDeep } from "../../../source/formats/json/salvage.js";
import type { Paper } from "../../../source/papers/paper.js";
import { fromMarkup } from "../../../source/text/markup.js";
import { personName } from "../../../source/text/names.js";

/** The papers of a value as a server or a program answers it in JSON. */
async function papersOf(value: unknown): Promise<readonly Paper[]> {
  const result = await readListing(Buffer.from(JSON.stringify(value)), { today: "2026-11-23" });
  return result.ok ? result.listing.papers : [];
}

test("CSL dates come in words and in parts of a day", async () => {
  for (const [issued, published] of [
    ["2001-05", "2001-05"],
    [{ literal: "March 2019" }, "2019-03"],
    [{ raw: "circa 2015" }, "2015"],
    [{ "date-parts": [[2020, 2, 30]] }, "2020-02"],
    [{ literal: "in press" }, null],
  ] as const) {
    const [paper] = await papersOf([{ id: "a", type: "article-journal", title: "T", issued, author: [] }]);
    assert.equal(paper?.published, published, JSON.stringify(issued));
  }
});

test("Semantic Scholar's answer for an author holds the papers", async () => {
  const author = {
    authorId: "1",
    name: "Ada",
    papers: [
      { paperId: "x", title: "One" },
      { paperId: "y", title: "Two" },
    ],
  };
  assert.deepEqual(
    (await papersOf(author)).map(({ title }) => title),
    ["One", "Two"],
  );
});

test("OpenAlex called the journal a venue before 2023", async () => {
  const work = {
    id: "https://openalex.org/W1",
    doi: "https://doi.org/10.1000/x",
    display_name: "One",
    title: "One",
    authorships: [],
    host_venue: { display_name: "Journal of Examples" },
    abstract_inverted_index: { Text: [0] },
  };
  assert.equal((await papersOf({ meta: { count: 1 }, results: [work] }))[0]?.journal, "Journal of Examples");
});

test("the snapshot reports a withdrawal in the abstract too", async () => {
  const line = {
    id: "2510.00001",
    submitter: "A",
    title: "One",
    categories: "cs.LG",
    update_date: "2025-10-29",
  };
  const withdrawn = "This paper has been withdrawn by the authors because of an error in Lemma 2.";
  assert.equal((await papersOf({ ...line, abstract: withdrawn }))[0]?.withdrawn, true);
  assert.equal(
    (await papersOf({ ...line, abstract: "Withdrawn patients were counted." }))[0]?.withdrawn,
    false,
  );
});

test("a formula that JATS gives as TeX and as MathML is there once", () => {
  const jats =
    "Bounds of <jats:inline-formula><jats:alternatives><jats:tex-math>$n^2$</jats:tex-math><mml:math><mml:mi>n</mml:mi></mml:math></jats:alternatives></jats:inline-formula> hold.";
  assert.equal(fromMarkup(jats), "Bounds of $n^2$ hold.");
});

test("a suffix after the first name is not a first name", () => {
  assert.equal(personName("King, Martin, Jr."), "Martin King Jr.");
  assert.equal(personName("King, Jr., Martin"), "Martin King Jr.");
});

test("a value that is no text, or a time beyond all calendars, never throws", async () => {
  const odd = { toString: 5, valueOf: 5 };
  const answers: readonly [string, object | readonly object[], number][] = [
    ["CSL", [{ id: "a", type: "book", title: "T", issued: { "date-parts": [[odd]] } }], 1],
    [
      "bioRxiv",
      {
        collection: [
          { doi: "10.1101/2021.01.01.1", title: "T", server: "biorxiv", version: odd, authors: "H, I." },
        ],
      },
      1,
    ],
    [
      "JSON Feed",
      { version: "https://jsonfeed.org/version/1.1", items: [{ id: "1", title: "T", published_at: 1e300 }] },
      1,
    ],
    ["an error", { name: odd, message: "none", status: odd }, 0],
  ];
  for (const [name, answer, count] of answers) assert.equal((await papersOf(answer)).length, count, name);
});

test("JSON with millions of open brackets is given up before it is parsed, and says so", async () => {
  for (const piece of ["[", '{"a":', "[\n", '[{"[":']) {
    const result = await readListing(Buffer.from(piece.repeat(2_000_000 / piece.length)), {
      today: "2026-11-23",
    });
    assert.equal(result.ok ? "" : result.reason, "it is JSON with too many brackets inside each other");
  }
  // Brackets inside of texts, and beside each other, are not inside each other.
  const text = `${"[".repeat(600_000)}\\"${"{".repeat(600_000)}`;
  assert.equal(nestsTooDeep(JSON.stringify([text, text, "\\"])), false);
  assert.equal(nestsTooDeep(JSON.stringify(Array.from({ length: 600_000 }, () => []))), false);
});
