import assert from "node:assert/strict";
import { test } from "node:test";
import { arxivSnapshot } from "../../../source/formats/arxiv/snapshot.js";
import type { Format } from "../../../source/formats/format.js";
import { readListing } from "../../../source/formats/index.js";
import { huggingFace } from "../../../source/formats/json/hugging-face.js";
import { ownJson } from "../../../source/formats/json/own-json.js";
import { decode } from "../../../source/text/encoding/decode.js";

const today = "2026-11-23";
const count = 300;

/** Lines of some 400 characters, every third with letters beyond Latin-1. */
const linesOf = (line: (at: number, words: string) => object): string[] =>
  Array.from({ length: count }, (_, at) =>
    JSON.stringify(
      line(at, `${at % 3 === 0 ? "Erdős’ ℓ₂ – naïve " : ""}${"words of an abstract ".repeat(15)}`),
    ),
  );

const formats: readonly [Format, readonly string[]][] = [
  [
    // Its papers have a day in common.
    huggingFace,
    linesOf((at, summary) => ({
      paper: {
        id: `2611.${String(at).padStart(5, "0")}`,
        authors: [{ name: "A Writer" }],
        title: `Paper ${at}`,
        summary,
        submittedOnDailyAt: "2026-11-20T01:00:00.000Z",
      },
      numComments: 9,
    })),
  ],
  [
    arxivSnapshot,
    linesOf((at, abstract) => ({
      id: `2611.${String(at).padStart(5, "0")}`,
      submitter: "A Writer",
      authors: "A. Writer, Ö. Other",
      title: `Paper ${at}`,
      categories: "cs.LG",
      abstract,
      update_date: "2026-11-20",
    })),
  ],
  [
    ownJson,
    linesOf((at, abstract) => ({
      id: `own-${at}`,
      title: `Paper ${at}`,
      abstract,
      authors: [],
      authorCount: 0,
      starred: false,
    })),
  ],
];

/** Forms of a long text: some are read line by line, the others whole; the answer is the same. */
const forms: readonly [string, (lines: readonly string[]) => Uint8Array][] = [
  ["as it is", (lines) => Buffer.from(`${lines.join("\n")}\n`)],
  ["without the last line end", (lines) => Buffer.from(lines.join("\n"))],
  ["cut in the middle of a paper", (lines) => Buffer.from(lines.join("\n").slice(0, -50))],
  ["with empty and foreign lines", (lines) => Buffer.from(lines.join("\n\n").replaceAll('9"}\n', "9\n"))],
  ["with a foreign second line", (lines) => Buffer.from(lines.with(1, "garbage").join("\n"))],
  ["with an open bracket as its second line", (lines) => Buffer.from(lines.with(1, "[").join("\n"))],
  [
    "with a torn first line",
    ([first = "", ...lines]) =>
      Buffer.from([`${first.slice(0, 90)}\n${first.slice(90)}`, ...lines].join("\n")),
  ],
  ["with carriage returns", (lines) => Buffer.from(lines.join("\r\n"))],
  ["with a byte order mark", (lines) => Buffer.from(`\ufeff${lines.join("\n")}`)],
  ["with a NUL", (lines) => Buffer.from(lines.join("\n").replace("abstract ", "abstract\0"))],
  ["in windows-1252", (lines) => Buffer.from(lines.join("\n").replace(/[^\0-\xff]/g, ""), "latin1")],
  ["in UTF-16", (lines) => Buffer.from(`\ufeff${lines.join("\n")}`, "utf16le")],
  ["with separators of lines", (lines) => Buffer.from(lines.join("\n").replaceAll("words", "w\u2028\x85"))],
  [
    "with a first line of 100 kB",
    ([first = "", ...lines]) =>
      Buffer.from(
        [first.replace(/starred":false|A Writer/, `$&${" ".repeat(100_000)}`), ...lines].join("\n"),
      ),
  ],
];

for (const [format, lines] of formats) {
  for (const [form, bytesOf] of forms) {
    test(`${format.name}: a long text ${form} is read as a whole text is`, async () => {
      const bytes = bytesOf(lines);
      const { text, problems } = decode(bytes);
      assert.equal(format.detect(text.slice(0, 8_192)), 1);
      const whole = format.parse(text, { today });
      assert.ok(whole.papers.length >= count - 1);
      const result = await readListing(bytes, { today });
      assert.ok(result.ok);
      assert.equal(result.format.name, format.name);
      assert.deepEqual(result.listing, { ...whole, problems: [...problems, ...whole.problems] });
    });
  }
}
