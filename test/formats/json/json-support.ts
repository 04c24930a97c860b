import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { Format } from "../../../source/formats/format.js";
import type { ParsedListing } from "../../../source/papers/listing.js";
import { runs, sized } from "../../support/long.js";

/** Real listings, where they are at hand. */
export const samples = new URL("../../../../shared/samples/", import.meta.url);

const options = { today: "2026-11-23" };

export function fixture(name: string): string {
  return readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), "utf8");
}

export function sample(name: string): string {
  return readFileSync(new URL(name, samples), "utf8");
}

/** The listing a format makes of a text; every text of its papers is free of control characters. */
export function read(format: Format, text: string): ParsedListing {
  const sure = format.detect(text);
  assert.ok(sure >= 0 && sure <= 1);
  const listing = format.parse(text, options);
  for (const paper of listing.papers) {
    assert.notEqual(paper.title, "");
    assert.doesNotMatch(Object.values(paper).flat().join(""), /[\x00-\x1f\x7f-\x9f]/);
    assert.ok(paper.published === null || /^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(paper.published));
    for (const address of [paper.url, paper.pdf, paper.code]) {
      assert.ok(address === null || /^https?:\/\//i.test(address), String(address));
    }
  }
  for (const { line, message } of listing.problems) {
    assert.ok(line === null || (line >= 1 && line <= text.split("\n").length), `line ${line}`);
    assert.notEqual(message, "");
  }
  return listing;
}

/** What holds for every format in JSON, tried on `whole`, a fixture without problems. */
export function testJsonFormat(format: Format, whole: string): void {
  const full = read(format, whole).papers;

  test("a file cut off anywhere gives the papers before the cut, and says so", () => {
    for (let cut = 1; cut < whole.trimEnd().length; cut += 37) {
      const { papers, problems } = read(format, whole.slice(0, cut));
      assert.deepEqual(papers, full.slice(0, papers.length), `cut at ${cut}`);
      assert.ok(problems.length === 1, `cut at ${cut}: ${JSON.stringify(problems)}`);
    }
  });

  test("what is no listing is a problem, and an empty text or array none", () => {
    for (const text of ["", " \n", "[]", "\ufeff [ ]\n"]) {
      assert.deepEqual(read(format, text), { papers: [], day: null, problems: [] });
    }
    for (const text of ["null", "7", '"text"', "{}", "[7]", "[null, []]", "{", "[", '{"a" 1}', "nonsense"]) {
      const { papers, problems } = read(format, text);
      assert.deepEqual(papers, [], text);
      assert.ok(problems.length > 0, text);
    }
    assert.equal(format.detect("nonsense"), 0);
    assert.equal(format.detect('{"name": "package", "version": "1.0.0", "type": "module"}'), 0);
  });

  test("an error of the server is quoted", () => {
    const { papers, problems } = read(format, '{"error":"Invalid date"}');
    assert.deepEqual(papers, []);
    assert.match(problems[0]?.message ?? "", /“Invalid date”/);
  });

  test("no text makes it throw or lets a control character through", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => void read(format, text)),
      { numRuns: runs(300) },
    );
  });

  test("no damage makes it throw or lets a control character through", () => {
    const junk = fc.oneof(
      fc.constantFrom(
        '"',
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\",
        "null",
        "1e999",
        "\\u001b[2J",
        "\x1b]0;",
        "\ud83d",
      ),
      fc.string({ unit: "binary", maxLength: 5 }),
    );
    const edit = fc.tuple(fc.nat(whole.length), fc.nat(30), junk);
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
        let text = whole;
        for (const [at, length, put] of edits) text = text.slice(0, at) + put + text.slice(at + length);
        read(format, text);
      }),
      { numRuns: runs(300) },
    );
  });

  test("a field of any other shape makes it neither throw nor lose the next paper", () => {
    const root = JSON.parse(whole);
    const list = (value: unknown) =>
      (Array.isArray(value) ? value : Object.values(value as object).find(Array.isArray)) as unknown[];
    const paths: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]) => {
      if (path.length > 0) paths.push(path);
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    };
    walk(list(root)[0], []);
    for (const path of paths) {
      for (const put of [null, 7, true, "text", [], {}, [null], [[]], { a: 1 }, -1e300]) {
        const copy = structuredClone(root);
        let at = list(copy)[0] as Record<string | number, unknown>;
        for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
        at[path.at(-1) as string] = put;
        const { papers } = read(format, JSON.stringify(copy));
        assert.deepEqual(papers.at(-1), full.at(-1));
      }
    }
  });

  test("a text of megabytes is cut and said", () => {
    for (const piece of ["ab  ", "é", "<a ", "&am", ", "]) {
      const title = `"title":${JSON.stringify(piece.repeat(sized(5_000_000)))}`;
      const { papers, problems } = read(format, `[{${title}}]`);
      assert.ok((papers[0]?.title.length ?? 0) <= 200_001);
      assert.match(problems[0]?.message ?? "", /entry 1: a text was cut after 200,000 characters/);
    }
  });

  // What grows with the square takes an hour in the long suite, which the runner's time-out ends.
  test("nested without end, or broken at every entry, reading still ends", () => {
    for (const piece of ["[", '{"a":[', '[{"a":"', '{"paper":', "},", '"', '{"id":"1', "\n  {", "[{]"]) {
      const pieces = piece.repeat(sized(200_000));
      read(format, pieces);
      read(format, `[${pieces}`);
      read(format, `[{"title":"a"},${pieces}`);
    }
  });
}
