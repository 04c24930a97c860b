import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Caches } from "../../source/reader/caches.js";
import type { Message } from "../../source/reader/messages.js";
import type { Model } from "../../source/reader/model.js";
import { update } from "../../source/reader/update.js";
import { rowsOf } from "../../source/screen/regions.js";
import { KeyDecoder } from "../../source/terminal/keys.js";
import { Reader } from "./reader.js";

/** The messages that come of what a terminal sends. */
function messages(typed: string): Message[] {
  const decoder = new KeyDecoder();
  return [...decoder.push(typed), ...decoder.flush()].map((key) => ({ type: "key", key }));
}

const keys = [
  ..."jkgGnNhlJKsmLMTvVS/aey?:!uU[]rioOxzq \r\t\x7f",
  "\x1b",
  "\x1b[A",
  "\x1b[B",
  "\x04",
  "\x15",
  "\x12",
];
const typing = fc.array(
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...keys) }, fc.constantFrom("pap", "num 2", '"of n')),
  {
    minLength: 1,
    maxLength: 40,
  },
);

/** All of a model but its caches, which nothing may depend on. */
function contentOf({ caches: _, ...rest }: Model): object {
  return rest;
}

/** A copy of what a model says, to see later whether somebody has changed it in place. */
function copyOf({ caches: _, listing, forYou, ranking, ...rest }: Model): object {
  const ranked = [forYou, ranking].map((one) => one && { ...one, listing: null });
  return structuredClone({
    ...rest,
    ranked,
    ids: Array.from({ length: listing.size }, (__, at) => listing.id(at)),
  });
}

test("update gives the same model and effects for the same model and message, whatever is cached", () => {
  fc.assert(
    fc.property(typing, fc.constantFrom(40, 400), (typed, papers) => {
      let model = new Reader(papers).model;
      for (const message of typed.flatMap(messages)) {
        const cold: Model = { ...model, caches: new Caches() };
        const before = copyOf(model);
        const [first, effects] = update(model, message);
        const [second, others] = update(model, message);
        const [third, more] = update(cold, message);
        assert.deepEqual(copyOf(model), before, "the model that was given is as it was");
        assert.deepEqual(contentOf(second), contentOf(first));
        assert.deepEqual(others, effects);
        assert.deepEqual(contentOf(third), contentOf(first));
        assert.deepEqual(more, effects);
        assert.deepEqual(rowsOf(first), rowsOf(third), "the screen, cached or not");
        model = first;
      }
    }),
    { numRuns: process.env.PAPERS_TUI_LONG ? 300 : 40 },
  );
});
