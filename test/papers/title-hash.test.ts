import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { titleOf } from "../../source/papers/same/same-paper.js";
import { titleHash } from "../../source/papers/same/title-hash.js";

test("a title in any spelling has the hash of its normalised form", () => {
  const sign = fc.constantFrom(..."aZ9 -/?.é論\\{}$", "\\alpha ", '\\"o', "\\'{e}");
  const id = fc.constantFrom(
    "2510.22543",
    "doi:10.1/x",
    "doi:10.1/x#title:on-knots/reed",
    "title:on-knots/reed",
  );
  fc.assert(
    fc.property(id, fc.string({ unit: sign, maxLength: 12 }), (id, title) => {
      const name = titleOf({ id, title });
      assert.equal(titleHash(id, title), titleHash(name, ""), name);
    }),
    { numRuns: 500 },
  );
});
