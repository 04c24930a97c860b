import assert from "node:assert/strict";
import { test } from "node:test";
import { plainTex, renderTex } from "../../../source/text/tex/render.js";

/** A source, and what a mathematician would write for it in plain text. */
export type Case = readonly [source: string, expected: string];

/** A test of one subject, a line a case. */
export function check(subject: string, cases: readonly Case[]): void {
  test(`tex: ${subject}`, () => {
    for (const [source, expected] of cases) {
      assert.equal(renderTex(source).text, expected, source);
      assert.equal(plainTex(source), expected, source);
    }
  });
}

/** A test of texts that hold no TeX, however much they look like it. */
export function checkUntouched(subject: string, texts: readonly string[]): void {
  check(
    subject,
    texts.map((text) => [text, text]),
  );
}
