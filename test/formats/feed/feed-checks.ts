import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import type { Format } from "../../../source/formats/format.js";
import type { ParsedListing } from "../../../source/papers/listing.js";
import { makePaper } from "../../../source/papers/paper.js";
import { runs } from "../../support/long.js";

export const options = { today: "2026-11-23" };
export const samples = new URL("../../../../shared/samples/", import.meta.url);
export const withoutSamples = { skip: !existsSync(samples) };

export function sample(name: string): string {
  return readFileSync(new URL(name, samples), "utf8");
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), "utf8");
}

/** The expected papers lie beside the fixture, without the fields that are empty. */
export function assertGolden(name: string, listing: ParsedListing): void {
  const golden = JSON.parse(fixture(`${name}.expected.json`));
  assert.deepEqual(listing, { ...golden, papers: golden.papers.map(makePaper) });
}

/** What holds of any text: nothing is thrown, lines are lines of it, and nothing a terminal obeys is left. */
export function assertSound(format: Format, text: string): ParsedListing {
  const sure = format.detect(text);
  assert.ok(sure >= 0 && sure <= 1);
  const listing = format.parse(text, options);
  const lines = text.split(/\r\n?|\n/).length;
  for (const { line, message } of listing.problems) {
    assert.ok(line === null || (line >= 1 && line <= lines), `line ${line} of ${lines}`);
    assert.doesNotMatch(message, /[\x00-\x1f\x7f-\x9f]/);
  }
  for (const paper of listing.papers) {
    assert.notEqual(paper.title, "");
    assert.doesNotMatch(Object.values(paper).flat().join(""), /[\x00-\x1f\x7f-\x9f]/);
  }
  return listing;
}

/** The fixture cut off anywhere gives the papers before the cut, and says that it is cut. */
export function assertTruncatable(format: Format, text: string): void {
  const whole = format.parse(text, options).papers;
  const end = text.lastIndexOf("</");
  for (let length = 0; length < end; length += 37) {
    const { papers, problems } = assertSound(format, text.slice(0, length));
    assert.deepEqual(papers, whole.slice(0, papers.length), `cut at ${length}`);
    assert.ok(problems.length > 0, `cut at ${length}`);
  }
}

/** Any text at all, and the fixture with anything put anywhere in it. */
export function assertNeverThrows(format: Format, text: string): void {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (any) => void assertSound(format, any)));
  const junk = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom(
      "<",
      ">",
      "&",
      "<![CDATA[",
      "]]>",
      "<!--",
      "</item>",
      "</entry>",
      "<entry>",
      "&#27;[31m",
      "\x1b]0;x\x07",
      "\ud800",
      "<!x",
      '"',
      "\0",
      "((",
      "&#x9b;",
    ),
  );
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(200), junk, (at, gone, put) => {
      assertSound(format, text.slice(0, at) + put + text.slice(at + gone));
    }),
    { numRuns: runs(400) },
  );
}
