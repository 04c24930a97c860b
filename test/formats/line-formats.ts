import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { Format } from "../../source/formats/format.js";
import type { ParsedListing } from "../../source/papers/listing.js";
import type { Paper } from "../../source/papers/paper.js";
import { runs } from "../support/long.js";

export const samples = new URL("../../../shared/samples/", import.meta.url);

export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8");
}

export function sample(name: string): string {
  return readFileSync(new URL(name, samples), "utf8");
}

export function read(format: Format, text: string): ParsedListing {
  return format.parse(text, { today: "2026-11-23" });
}

/** What a paper says; fields that are empty, and its entry as the file has it, are left out. */
export function filledFields(paper: Paper): Partial<Paper> {
  const said = Object.entries(paper).filter(
    ([field, value]) =>
      field !== "entry" &&
      value !== null &&
      value !== "" &&
      value !== false &&
      !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said);
}

/** Whatever the text: it is read without throwing, and what comes of it is clean and well-formed. */
export function assertSound(format: Format, given: string): ParsedListing {
  // Line ends are made alike before any format sees a text (`text/decode.ts`).
  const text = given.replace(/\r\n?/g, "\n");
  const sureness = format.detect(text);
  assert.ok(sureness >= 0 && sureness <= 1);
  const listing = read(format, text);
  const lines = text.split("\n").length;
  for (const paper of listing.papers) {
    assert.doesNotMatch(Object.values(paper).flat().join(""), /[\x00-\x1f\x7f-\x9f]/);
    assert.notEqual(paper.title, "");
    assert.notEqual(paper.id, "");
    for (const day of [paper.published, paper.updated])
      if (day !== null) assert.match(day, /^\d{4}(?:-\d\d(?:-\d\d)?)?$/);
    for (const url of [paper.url, paper.pdf]) if (url !== null) assert.match(url, /^https?:\/\//i);
    for (const name of [...paper.authors, ...paper.keywords, ...paper.categories]) assert.notEqual(name, "");
  }
  for (const { line, message } of listing.problems) {
    assert.ok(line === null || (line >= 1 && line <= lines), `line ${line} of ${lines}`);
    assert.doesNotMatch(message, /[\x00-\x1f\x7f-\x9f]/);
  }
  if (listing.day !== null) assert.match(listing.day, /^\d{4}(?:-\d\d(?:-\d\d)?)?$/);
  return listing;
}

/** Cuts, wrong shapes, any string and any mutation of the fixture. */
export function assertSurvives(format: Format, whole: string): void {
  for (let cut = 0; cut <= whole.length; cut += 50) assertSound(format, whole.slice(0, cut));
  for (const text of ["", "\n\n", "{}", "[]", "null", '{"error":"no"}', "<html></html>", "\0\x1b[2J"]) {
    assert.deepEqual(assertSound(format, text).papers, [], JSON.stringify(text));
    assert.equal(format.detect(text), 0, JSON.stringify(text));
  }
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => void assertSound(format, text)),
  );
  const junk = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom(
      "\n",
      "\r\n",
      "\\\\\n",
      "\x1b[2J",
      "\0",
      "\x9b",
      "\u2028",
      "\ud83d",
      '"',
      "{",
      "&#27;",
      "null",
      "ER  - \n",
    ),
  );
  const edit = fc.tuple(fc.nat(whole.length), fc.nat(60), junk);
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
      let text = whole;
      for (const [at, gone, put] of edits) text = text.slice(0, at) + put + text.slice(at + gone);
      assertSound(format, text);
    }),
    { numRuns: runs(300) },
  );
}

/** Reads texts on which what grows with the square takes hours, which the runner's time-out ends. */
export function assertLinear(format: Format, ...hostile: readonly string[]): void {
  for (const text of hostile) assertSound(format, text);
}
