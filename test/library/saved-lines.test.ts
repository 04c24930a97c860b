import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SavedLines } from "../../source/library/saved-lines.js";

test("lines come back as they were added, however long and whatever is in them", () => {
  const line = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.constantFrom("\u2028", "é".repeat(40_000), "x".repeat(65_535), "x".repeat(200_000)),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const saved = new SavedLines();
      for (const one of lines) saved.add(`${one}\n`);
      const text = lines.map((one) => `${one}\n`).join("");
      assert.equal(saved.text(), text);
      saved.clear();
      saved.add("again\n");
      assert.equal(saved.text(), "again\n");
    }),
  );
});
