import assert from "node:assert/strict";
import { test } from "node:test";
import { editDistance } from "../../source/text/did-you-mean.js";

test("a long paste is compared with no name letter by letter", () => {
  const begun = performance.now();
  for (let name = 0; name < 300; name += 1) assert.ok(editDistance("x".repeat(100_000), "export") > 90_000);
  assert.ok(performance.now() - begun < 1_000);
});
