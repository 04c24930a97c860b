import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Paper } from "../../../source/papers/paper.js";
import { sortNames } from "../../../source/papers/sort-and-column-names.js";
import { Caches } from "../../../source/reader/caches.js";
import { sortRows } from "../../../source/reader/list/sorting.js";
import { rankTexts } from "../../../source/reader/list/text-order.js";
import { runs } from "../../support/long.js";
import { listingOf } from "../reader.js";

const collation = { sensitivity: "base", numeric: true, ignorePunctuation: true } as const;
const collator = new Intl.Collator("en", collation);

/** Texts in which all that matters to sorting is frequent: case, accents, numbers, signs, other scripts. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."aAbBzZ é É ö ß æ Æ þ ø ł 日 λ Ж ا 1 2 10 010 9 . - , ' \" $ + < | ~ ^ ` ( ) [ ] _ \\ / & % # @ ! ? : ; * = > { }".split(
          " ",
        ),
        " ",
        "\t",
        "\0",
        "\u0301",
        "on the",
        "learning",
        "convolutional neural networks",
        "–",
        "∞",
        "½",
        "²",
        "①",
        "Ⅳ",
      ),
      fc.string({ maxLength: 3 }),
      fc.string({ unit: "binary", maxLength: 2 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

// Languages that have letters of two signs, or another alphabet order of the same signs, or another script.
for (const locale of ["en", "de", "cs", "da", "et", "sv", "cy", "hu", "lt", "ja", "xx-unknown"]) {
  const { compare } = new Intl.Collator(locale, collation);
  const own = fc.oneof({ weight: 4, arbitrary: text }, fc.stringMatching(/^[acdghlsz]{1,14}$/));

  test(`texts are ranked as the collator ranks them: ${locale}`, () => {
    fc.assert(
      fc.property(fc.array(own, { maxLength: 30 }), (texts) => {
        const ranks = rankTexts(new Caches(), texts, locale);
        for (const [one, left] of texts.entries()) {
          for (const [other, right] of texts.entries()) {
            const expected = Math.sign(compare(left, right));
            const got = Math.sign((ranks[one] as number) - (ranks[other] as number));
            assert.equal(got, expected, JSON.stringify([left, right]));
          }
        }
      }),
      { numRuns: runs(locale === "en" ? 600 : 100) },
    );
  });
}

/** Rows sorted the plain way: papers compared with each other, equal ones as they stood. */
function plainly<Key>(
  papers: readonly Paper[],
  rows: readonly number[],
  keyOf: (paper: Paper) => Key | null,
  compare: (one: Key, other: Key) => number,
): number[] {
  return [...rows].sort((one, other) => {
    const [left, right] = [keyOf(papers[one] as Paper), keyOf(papers[other] as Paper)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return compare(left, right);
  });
}

test("rows of a packed listing are sorted as those of one of objects", () => {
  const papers = Array.from({ length: 5_500 }, (_, at) => ({
    id: `2510.${at}`,
    title: `${"Größe of learning on graphs".slice(0, 3 + ((at * 7) % 20))} ${(at * 31) % 97}`,
    authors: at % 9 === 0 ? [] : [`${"ABCDEFG"[at % 7]}. Name${(at * 13) % 50}`],
    published: at % 4 === 0 ? null : `20${10 + (at % 15)}-01-01`,
    upvotes: at % 3 === 0 ? null : at % 40,
    codeStars: at % 5 === 0 ? null : at % 41,
    comments: at % 7 === 0 ? null : at % 13,
    citations: at % 2 === 0 ? null : at % 43,
    listed: at % 3 === 1 ? null : `2025-01-${10 + (at % 15)}`,
  }));
  const packed = listingOf(papers);
  const half = listingOf(papers.slice(0, 4_000));
  const caches = new Caches();
  assert.ok(packed.packed !== null && half.packed === null);
  for (const key of sortNames.filter((one) => !["relevance", "order", "for-you", "momentum"].includes(one))) {
    for (const reversed of [false, true]) {
      const rows = Uint32Array.from({ length: 2_000 }, (_, at) => (at * 1_999) % 4_000);
      const sorted = sortRows(caches, packed, rows.slice(), { key, reversed }, "en");
      assert.deepEqual(sorted, sortRows(caches, half, rows, { key, reversed }, "en"), key);
      assert.notDeepEqual(sorted, rows);
    }
  }
});

test("rows are sorted by what their papers say, equal ones as they stood, and those without it last", () => {
  const paper = fc.record(
    {
      id: fc.uuid(),
      title: text.map((one) => one || "x"),
      authors: fc.array(
        fc.constantFrom("Ada Löve", "Ada Love", "Bo Muster Jr.", "van der Berg", "Zoë", "李"),
        { maxLength: 2 },
      ),
      published: fc.option(fc.constantFrom("2025-10-29", "2025", "2025-10", "1999-01-01"), { nil: null }),
      upvotes: fc.option(fc.nat(4), { nil: null }),
      codeStars: fc.option(fc.nat(4), { nil: null }),
      comments: fc.option(fc.nat(4), { nil: null }),
      citations: fc.option(fc.nat(4), { nil: null }),
      listed: fc.option(fc.constantFrom("2025-10-29", "2025-10-30", "1999-01-01"), { nil: null }),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(
      fc.uniqueArray(paper, { selector: ({ id }) => id, maxLength: 20 }),
      fc.boolean(),
      (found, reversed) => {
        const listing = listingOf(found);
        const papers = found.map((_, at) => listing.paper(at));
        const rows = papers.map((_, at) => at).filter((at) => at % 5 !== 3);
        const sorted = (key: Parameters<typeof sortRows>[3]["key"]) => [
          ...sortRows(new Caches(), listing, Uint32Array.from(rows), { key, reversed }, "en"),
        ];
        const turned = reversed ? -1 : 1;
        const byDay = (one: string, other: string) => turned * (one === other ? 0 : one < other ? 1 : -1);
        assert.deepEqual(
          sorted("date"),
          plainly(papers, rows, ({ published }) => published, byDay),
        );
        assert.deepEqual(
          sorted("listed"),
          plainly(papers, rows, ({ listed }) => listed, byDay),
        );
        for (const [key, field] of [
          ["upvotes", "upvotes"],
          ["stars", "codeStars"],
          ["comments", "comments"],
          ["citations", "citations"],
        ] as const) {
          assert.deepEqual(
            sorted(key),
            plainly(
              papers,
              rows,
              (one) => one[field],
              (one, other) => turned * (other - one),
            ),
          );
        }
        assert.deepEqual(
          sorted("title"),
          plainly(
            papers,
            rows,
            ({ title }) => title,
            (one, other) => turned * collator.compare(one, other),
          ),
        );
        assert.deepEqual(sorted("relevance"), reversed ? [...rows].reverse() : rows);
        assert.deepEqual(sorted("order"), reversed ? [...rows].reverse() : rows);
        // The last name first; "Jr." or the first name follows.
        const names: Record<string, string> = {
          "Ada Löve": "Löve Ada",
          "Ada Love": "Love Ada",
          "Bo Muster Jr.": "Muster Bo Jr.",
          "van der Berg": "Berg van der",
        };
        assert.deepEqual(
          sorted("author"),
          plainly(
            papers,
            rows,
            ({ authors: [first] }) => (first === undefined ? null : (names[first] ?? first)),
            (one, other) => turned * collator.compare(one, other),
          ),
        );
      },
    ),
    { numRuns: runs(300) },
  );
});
