import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../source/formats/index.js";
import { isLong } from "../support/long.js";
import { greatestLength, growthFault } from "./growth.js";
import { longListings } from "./long-listings.js";

const today = "2026-11-23";
const longest = isLong ? 8_000_000 : greatestLength;

/** What entries of a bibliography refer to: it must not be searched for each of them. */
const bibliographies: Readonly<Record<string, (at: number) => string>> = {
  "a preamble for each": (at) =>
    `@preamble{"\\newcommand{\\${name(at)}}{}"}\n@misc{k${at}, title = {One \\${name(at)} ${at}}}\n`,
  "preambles of the same command": (at) =>
    `@preamble{"\\newcommand{\\noop}{${at}}"}\n@misc{k${at}, title = {One \\noop{} ${at}}}\n`,
  "one parent": (at) => `@misc{k${at}, title = {One ${at}}, crossref = {k0}}\n`,
  "a parent for each": (at) => `@misc{k${at}, title = {One ${at}}, crossref = {k${at - 1}}}\n`,
  "data of many entries": (at) => `@misc{k${at}, title = {One ${at}}, xdata = {k${at + 1},k${at + 2}}}\n`,
  "a string for each": (at) => `@string{s${at} = "One"}\n@misc{k${at}, title = s${at} # { Two}}\n`,
  "one key": (at) => `@misc{k, title = {One ${at}}}\n`,
};

const works = [
  ...longListings.map(({ file, of }) => ({ subject: file, of })),
  ...Object.entries(bibliographies).map(([subject, entry]) => ({
    subject: `BibTeX, ${subject}`,
    of: (length: number) =>
      Array.from({ length: Math.ceil(length / entry(1_000).length) }, (_, at) => entry(at)).join(""),
  })),
];

test("reading twice as many entries takes at most 2.5 times as long", { timeout: 1_800_000 }, async () => {
  const faults: string[] = [];
  for (const { subject, of } of works) {
    const read = async (text: string) => {
      const result = await readListing(Buffer.from(text), { today });
      assert.ok(result.ok && result.listing.papers.length > text.length / 3_000, subject);
    };
    const fault = await growthFault(read, of, longest);
    if (fault !== null) faults.push(`${subject}: ${fault}`);
  }
  assert.deepEqual(faults, []);
});

/** A name of letters, as commands have. */
function name(at: number): string {
  return `x${String(at).replace(/\d/g, (digit) => "abcdefghij"[Number(digit)] as string)}`;
}
