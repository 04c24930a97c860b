import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cellWidth } from "../../source/text/cells.js";
import { wrapParagraph } from "../../source/text/wrap.js";

const linesOf = (text: string, width: number) =>
  wrapParagraph(text, width).map(({ start, end }) => text.slice(start, end));

test("a long word is broken after a hyphen or slash where that fills the line", () => {
  for (const [text, expected] of [
    ["we track robot-environment states", ["we track robot-", "environment states"]],
    ["one of encoder/decoder models here", ["one of encoder/", "decoder models here"]],
    ["a state-of-the-art-method is used here", ["a state-of-the-art-", "method is used here"]],
    ["the naïveté-überlegen word is here", ["the naïveté-", "überlegen word is", "here"]],
  ] as const)
    assert.deepEqual(linesOf(text, 19), [...expected], text);
});

test("addresses, short words and numbers stay whole", () => {
  for (const word of [
    "https://example.org/a-b",
    "(https://a-b.org/c-d)",
    "www.example-site.org/a",
    "github.com/some-body/x",
    "doi:10.1000/abc-def",
    "10.1000/long-suffix-x",
    "ines-holm@example.org",
    "self-made",
    "2024-07-01/2024-08-02",
    "--some-option",
    "3-dimensional",
  ]) {
    const text = `some words ${word} and more`;
    const lines = linesOf(text, 24);
    assert.ok(
      lines.some((line) => line.includes(word)),
      `${word}: ${JSON.stringify(lines)}`,
    );
  }
});

test("no line is too long, and nothing but spaces is lost between lines", () => {
  const word = fc.stringMatching(/^[a-z/-]{1,20}$/);
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }), fc.integer({ min: 1, max: 40 }), (words, width) => {
      const text = words.join(" ");
      const lines = linesOf(text, width);
      for (const line of lines) assert.ok(cellWidth(line) <= width, line);
      assert.equal(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
    }),
  );
});
