import assert from "node:assert/strict";
import { test } from "node:test";
import { exportFormats } from "../../source/exports/index.js";
import { readListing } from "../../source/formats/index.js";
import type { Paper } from "../../source/papers/paper.js";
import { listings, options, written } from "./support.js";

/** The fields that identify papers; a paper with only a title may gain or lose a part of its identity. */
function named({ id, title }: Paper): string {
  return id.startsWith("title:")
    ? title
        .replace(/[^\p{L}\p{N}]+/gu, " ")
        .toLowerCase()
        .trim()
    : id;
}

/** In Markdown a list is known by years, counts of authors or identifiers, which some made-up files do not have. */
function isKnown(format: string, text: string): boolean {
  const lines = text.trimEnd().split("\n");
  return (
    format !== "markdown" ||
    lines.filter((line) => / — (?:.*, )?\d{4}(?:\.|$)| authors?(?:,|$)| (?:arXiv|doi):/.test(line)).length *
      2 >
      lines.length
  );
}

for (const format of exportFormats) {
  test(`every listing exported as ${format} is read back whole, from that format`, async () => {
    for (const [name, papers] of await listings()) {
      const text = written(papers, format);
      if (!isKnown(format, text)) continue;
      const result = await readListing(Buffer.from(text), options);
      assert.ok(result.ok, `${name}: ${result.ok ? "" : result.reason}`);
      const read = result.listing.papers;
      const unlike = papers.filter((paper, at) => {
        const found = read[at];
        return found === undefined || named(found) !== named(paper);
      });
      assert.equal(read.length, papers.length, `${name}: ${JSON.stringify(unlike[0]?.title)}`);
      assert.deepEqual(result.listing.problems, [], name);
    }
  });
}
