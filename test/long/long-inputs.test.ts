import assert from "node:assert/strict";
import { test } from "node:test";
import { isLong } from "../support/long.js";
import { growthFault } from "./growth.js";
import { longInputs } from "./inputs.js";
import { formatWorks, paperWorks, searchWorks, textWorks, type Work } from "./works.js";

const groups: Readonly<Record<string, readonly Work[]>> = {
  "texts by themselves": textWorks,
  "a paper with a long field": paperWorks,
  "the filter": searchWorks,
  "listings of every format": formatWorks(),
};

/**
 * The gate tries each work with a few of the inputs, every work with others, at a length at which an
 * expression that is quadratic takes a second; the long suite tries all with all, up to 200 kB.
 */
const few = 2;
const gateLength = 16_000;

for (const [name, works] of Object.entries(groups)) {
  test(`${name}: twice the input takes at most 2.5 times as long`, { timeout: 3_600_000 }, async () => {
    const faults: string[] = [];
    for (const [number, work] of works.entries()) {
      const inputs = isLong
        ? longInputs
        : longInputs.filter((_, at) => (at + number * 7) % Math.ceil(longInputs.length / few) === 0);
      assert.ok(inputs.length > 0);
      for (const input of inputs) {
        const fault = await growthFault(work.run, input.of, isLong ? 200_000 : gateLength);
        if (fault !== null) faults.push(`${work.name}, ${input.name}: ${fault}`);
      }
    }
    assert.deepEqual(faults, []);
  });
}

test("an expression that is quadratic is found, and one that is not is none", async () => {
  const letters = (length: number) => "a".repeat(length);
  assert.notEqual(await growthFault((text) => /a+@/.test(text), letters, 40_000), null);
  assert.equal(await growthFault((text) => /(?<!a)a+@/.test(text), letters, 400_000), null);
});
