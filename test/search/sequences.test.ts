import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { tiers } from "../../source/search/rank/ranking.js";
import { words } from "../../source/search/text/normalize.js";
import { makePattern } from "../../source/search/words/pattern.js";
import { maybePattern, sequenceRanges } from "../../source/search/words/word.js";

test("every text that has words next to each other passes the check before it is split", () => {
  const part = fc.constantFrom("w", "li", "wang", "study", "4", "gpt");
  const word = fc.constantFrom(
    "W",
    "Wei",
    "Li",
    "wang",
    "Study",
    "studies",
    "GPT4",
    "4",
    "gpt",
    "ẁ",
    '\\"wa',
    "x",
  );
  const between = fc.constantFrom(" ", "-", ". ", ", ", "_", "}", "", "–");
  const text = fc
    .array(fc.tuple(word, between), { minLength: 3, maxLength: 12 })
    .map((pairs) => pairs.flat().join(""));
  let found = 0;
  fc.assert(
    fc.property(
      text,
      fc.array(part, { minLength: 2, maxLength: 2 }),
      fc.boolean(),
      fc.boolean(),
      (...drawn) => {
        const [written, parts, open, isName] = drawn;
        const sequence = { parts, last: makePattern(parts.at(-1) as string), open, tier: tiers.exact };
        if (sequenceRanges(sequence, written, words(written), isName).length === 0) return;
        found += 1;
        assert.match(written, maybePattern(sequence, isName) as RegExp, parts.join(" "));
      },
    ),
    { numRuns: 5_000 },
  );
  assert.ok(found > 100);
});
