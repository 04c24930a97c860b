import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { keyOf, linesWith, sortedLines, splitKey } from "../../../source/library/journal/sorted-lines.js";

const odd = fc.constantFrom(
  "a",
  "b",
  "\t",
  "\n",
  "\r",
  '"',
  "\\",
  "\ud800",
  "\udc00",
  "論",
  "😀",
  " ",
  "1",
  "",
);
const key = fc.array(odd, { maxLength: 6 }).map((signs) => signs.join(""));

test("each key is found with its own lines and no other's, also after UTF-8, whatever is in it", () => {
  const pairs = fc.uniqueArray(fc.tuple(key, fc.nat(9)), { selector: (pair) => pair.join() });
  fc.assert(
    fc.property(pairs, key, (all, other) => {
      const written = sortedLines(all.map(([one, value]) => keyOf(one) + value));
      const text = Buffer.from(written).toString();
      for (const one of [other, ...all.map(([name]) => name)]) {
        const wanted = all.flatMap(([name, value]) => (name === one ? value : [])).sort();
        const found = linesWith(text, keyOf(one)).map(splitKey);
        assert.deepEqual(
          found.map(([, value]) => Number(value)),
          wanted,
        );
        assert.ok(found.every(([name]) => name === one));
      }
    }),
  );
});
