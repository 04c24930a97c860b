import assert from "node:assert/strict";
import { test } from "node:test";
import { isLong } from "../support/long.js";
import { greatestLength, growthFault } from "./growth.js";
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
 * expression that is quadratic takes a second. The long suite tries each subject with all inputs, up to 198 kB,
 * the places of the subject in turn.
 */
const few = 1;
const gateLength = 16_000;

type Trial = readonly [work: Work, input: (typeof longInputs)[number]];

function gateTrials(works: readonly Work[]): Trial[] {
  return works.flatMap((work, number) =>
    longInputs
      .filter((_, at) => (at + number * 7) % Math.ceil(longInputs.length / few) === 0)
      .map((input) => [work, input] as const),
  );
}

/** With each input the next place, and another one in the next round, so that no place has one kind of input only. */
function longTrials(works: readonly Work[]): Trial[] {
  const subjects = new Set(works.map(({ subject }) => subject));
  return [...subjects].flatMap((subject) => {
    const places = works.filter((work) => work.subject === subject);
    return longInputs.map((input, at) => {
      const round = Math.floor(at / places.length);
      return [places[(at + round) % places.length] as Work, input] as const;
    });
  });
}

for (const [name, works] of Object.entries(groups)) {
  test(`${name}: twice the input takes at most 2.5 times as long`, { timeout: 1_800_000 }, async () => {
    const faults: string[] = [];
    const trials = isLong ? longTrials(works) : gateTrials(works);
    assert.ok(trials.length >= works.length);
    for (const [work, input] of trials) {
      const fault = await growthFault(work.run, input.of, isLong ? greatestLength : gateLength);
      if (fault !== null) faults.push(`${work.subject}, ${work.place}, ${input.name}: ${fault}`);
    }
    assert.deepEqual(faults, []);
  });
}

test("an expression that is quadratic is found, and one that is not is none", async () => {
  const letters = (length: number) => "a".repeat(length);
  // On a busy machine one measurement of a short time may be too long by half.
  let found: string | null = null;
  for (let tries = 0; tries < 4 && found === null; tries += 1)
    found = await growthFault((text) => /a+@/.test(text), letters, isLong ? 40_000 : 20_000);
  assert.notEqual(found, null);
  assert.equal(await growthFault((text) => /(?<!a)a+@/.test(text), letters, 400_000), null);
});
