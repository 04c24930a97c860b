import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Format } from "../../../source/formats/format.js";
import { readListing } from "../../../source/formats/index.js";
import { cslJson } from "../../../source/formats/json/csl-json.js";
import { huggingFace } from "../../../source/formats/json/hugging-face.js";
import { ownJson } from "../../../source/formats/json/own-json.js";
import { semanticScholar } from "../../../source/formats/json/semantic-scholar.js";
import { openAlex } from "../../../source/formats/json/services/openalex.js";
import { decode } from "../../../source/text/encoding/decode.js";
import { runs } from "../../support/long.js";

const today = "2026-11-23";

/** A service's answer: the object around the entries, if there is one, and an entry with objects inside it. */
interface Shape {
  readonly format: Format;
  readonly around: (entries: readonly unknown[]) => unknown;
  readonly entry: (at: number, words: string) => object;
}

const shapes: readonly Shape[] = [
  {
    format: huggingFace,
    around: (entries) => entries,
    entry: (at, words) => ({
      paper: {
        id: `2510.${String(at).padStart(5, "0")}`,
        authors: [{ name: "Zoë Probe" }, { name: "B. Other" }],
        title: `Paper ${at}`,
        summary: words,
        submittedOnDailyAt: "2025-10-29T01:58:28.190Z",
      },
    }),
  },
  {
    format: semanticScholar,
    around: (data) => ({ total: 3, offset: 0, data, next: 3 }),
    entry: (at, words) => ({
      paperId: `${"ab".repeat(17)}${at}`,
      title: `Paper ${at}`,
      abstract: words,
      authors: [{ authorId: "1", name: "A" }],
    }),
  },
  {
    // Concepts begin like works.
    format: openAlex,
    around: (results) => ({ meta: { count: 3 }, results, group_by: [] }),
    entry: (at, words) => ({
      id: `https://openalex.org/W${at}`,
      title: `Paper ${at}`,
      concepts: [{ id: "https://openalex.org/C1" }, { id: "https://openalex.org/C2" }],
      abstract_inverted_index: { [words]: [0] },
    }),
  },
  {
    format: cslJson,
    around: (items) => ({
      status: "ok",
      "message-type": "work-list",
      message: { "total-results": 3, items },
    }),
    entry: (at, words) => ({
      id: `key${at}`,
      type: "article-journal",
      title: `Paper ${at}`,
      abstract: words,
      author: [{ family: "A", given: "B" }],
      issued: { "date-parts": [[2020, 1]] },
    }),
  },
  {
    format: ownJson,
    around: (entries) => entries,
    entry: (at, words) => ({
      id: `own-${at}`,
      title: `Paper ${at}`,
      abstract: words,
      authors: [],
      authorCount: 0,
      starred: false,
    }),
  },
];

/** As a program writes it: on one line, in Python's way, or indented. */
const writings: readonly [string, (value: unknown) => string][] = [
  ["on one line", (value) => JSON.stringify(value)],
  ["with a line end", (value) => `${JSON.stringify(value)}\n`],
  ["with a line end of Windows", (value) => `${JSON.stringify(value)}\r\n`],
  [
    "by Python",
    (value) =>
      JSON.stringify(value, null, 1)
        .replace(/([[{])\n */g, "$1")
        .replace(/\n *([\]}])/g, "$1")
        .replace(/\n */g, " "),
  ],
  ["indented", (value) => JSON.stringify(value, null, 2)],
];

const someWords = 'Erdős’ ℓ₂ – naïve "},{" \\ words\n\ud800';

/** The papers by their bytes are those of the whole text. Returns whether the bytes were enough. */
function isSame({ format }: Shape, bytes: Uint8Array): boolean {
  const found = format.parseBytes?.(bytes) ?? null;
  if (found === null) return false;
  const { text, problems } = decode(bytes);
  assert.deepEqual(problems, []);
  assert.deepEqual(found, format.parse(text, { today }));
  return true;
}

for (const shape of shapes) {
  for (const [writing, write] of writings) {
    test(`${shape.format.name}: entries ${writing} are read one by one`, () => {
      const entries = [0, 1, 2].map((at) => shape.entry(at, someWords));
      assert.ok(isSame(shape, Buffer.from(write(shape.around(entries)))));
    });
  }

  test(`${shape.format.name}: whatever the bytes, entries read one by one are those of the whole text`, () => {
    const odd = fc.constantFrom<unknown>(null, 3, {}, [1], { error: "x" });
    const words = fc.oneof(fc.string({ unit: "binary" }), fc.constant(someWords));
    const edits = fc.array(
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom("", '"', "{", "}", "[", "]", ",", "\\", "\n", "\r\n", "\0", "\xff", "\xe9", "x"),
        fc.nat(2),
      ),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 5 }),
        fc.option(odd, { freq: 4 }),
        fc.constantFrom(...writings),
        edits,
        (all, other, [, write], changes) => {
          const entries = all.map((one, at): unknown => shape.entry(at, one));
          const given = other === null ? entries : entries.toSpliced(1, 0, other);
          let bytes = Buffer.from(write(shape.around(given)));
          for (const [where, put, left] of changes) {
            const at = Math.floor(where * bytes.length);
            const added = Buffer.from(put, "latin1");
            bytes = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + left)]);
          }
          isSame(shape, bytes);
        },
      ),
      { numRuns: runs(1_000) },
    );
  });

  test(`${shape.format.name}: a long listing is read as its whole text is`, async () => {
    const entries = Array.from({ length: 400 }, (_, at) => shape.entry(at, someWords.repeat(20)));
    const text = JSON.stringify(shape.around(entries));
    const result = await readListing(Buffer.from(text), { today });
    assert.ok(result.ok);
    assert.deepEqual(
      [result.format.name, result.listing],
      [shape.format.name, shape.format.parse(text, { today })],
    );
  });
}

const [, scholar] = shapes as [Shape, Shape];
const twoEntries = [0, 1].map((at) => scholar.entry(at, "words"));

for (const [name, text] of [
  ["an error beside its entries", JSON.stringify({ data: twoEntries, error: "quota" })],
  ["two lists of the same name", `${JSON.stringify({ data: twoEntries }).slice(0, -1)},"data":[]}`],
  ["entries in another list", JSON.stringify({ query: { data: twoEntries }, data: [] })],
  ["text after its end", `${JSON.stringify({ data: twoEntries })}x`],
  ["one object a line", twoEntries.map((one) => JSON.stringify(one)).join("\n")],
  ["a carriage return", JSON.stringify({ data: twoEntries }, null, 1).replaceAll("\n", "\r\n")],
] as const) {
  test(`a text with ${name} has to be read as a whole`, () => {
    assert.equal(isSame(scholar, Buffer.from(text)), false);
  });
}
