import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { NearWords } from "../../../source/search/scan/near-words.js";
import { Sieve } from "../../../source/search/scan/sieve.js";
import { TitleInitials } from "../../../source/search/scan/title-initials.js";
import { acronymOf, eachAcronym, InitialsLog } from "../../../source/search/text/acronym.js";
import { words } from "../../../source/search/text/normalize.js";
import { typoMatch } from "../../../source/search/words/typos.js";
import { runs } from "../../support/long.js";

/** Texts of few letters, so that words occur in them by chance. */
const letters = fc.constantFrom(..."aabcde1 Ab-.' ,/()&+!\n");
const text = fc.string({ unit: letters, maxLength: 40 });
const typed = fc.string({ unit: fc.constantFrom(..."aabcde1"), minLength: 1, maxLength: 6 });

/** Asserts that all words of a text that matter are in what a sieve keeps of it. */
function assertKept(sieve: Sieve, source: string, matters: (word: string) => boolean): void {
  const wordsOf = (text: string) =>
    words(text)
      .map((one) => one.text)
      .filter(matters);
  if (sieve.mayHave(source) === null) return;
  assert.deepEqual(new Set(wordsOf(sieve.tokens(source))), new Set(wordsOf(source)));
}

describe("what rules out texts for a filtered list", () => {
  it("lets through each text with a word that begins like one, and with one that contains one", () => {
    fc.assert(
      fc.property(text, typed, (source, word) => {
        const begun = new Sieve({ begun: [word], inside: [], acronyms: [] });
        assertKept(begun, source, (one) => one.startsWith(word));
        const inside = new Sieve({ begun: [], inside: [word], acronyms: [] });
        assertKept(inside, source, (one) => one.includes(word));
      }),
      { numRuns: runs(2_000) },
    );
  });

  it("lets through each text with an acronym, also in its plural", () => {
    fc.assert(
      fc.property(
        text,
        fc.string({ unit: fc.constantFrom(..."abc"), minLength: 2, maxLength: 4 }),
        (source, word) => {
          const sieve = new Sieve({ begun: [], inside: [], acronyms: [[word.charAt(0), new Set(word)]] });
          assertKept(sieve, source, (one) => one === word || one === `${word}s`);
        },
      ),
      { numRuns: runs(2_000) },
    );
  });

  it("says which texts are not searched as they are written", () => {
    const sieve = new Sieve({ begun: ["graph"], inside: [], acronyms: [] });
    for (const odd of ["a “graph”", "a $graph$", "\\emph{a}", "a--b", "a ''b", "x_1", "~"])
      assert.equal(sieve.mayHave(odd), null, odd);
    for (const [source, isPlain] of [
      ["Graphs", true],
      ["hypergraph", true],
      ["two  spaces", false],
      ["a\ttab", false],
    ] as const) {
      assert.equal(sieve.mayHave(source), source === "Graphs", source);
      assert.equal(sieve.isPlain, isPlain, source);
    }
  });

  it("lets through each text with a word that a misspelt one may mean", () => {
    fc.assert(
      fc.property(text, typed, fc.integer({ min: 1, max: 2 }), (source, word, edits) => {
        if (!words(source).some((one) => typoMatch(word, one.text, edits) !== null)) return;
        const sieve = new Sieve({ begun: [], inside: [], acronyms: [] });
        sieve.mayHave(source);
        assert.ok(new NearWords([[word, edits]]).areIn(sieve.bytes, sieve.length));
      }),
      { numRuns: runs(2_000) },
    );
  });

  it("lets through each title with the initials of an acronym", () => {
    const parts = fc.constantFrom(
      "auto",
      "a",
      "be",
      "of",
      "the",
      "self",
      "encoder",
      "Cd",
      "multiview",
      "-",
      ".",
      " ",
    );
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 8 }),
        fc.constantFrom("ae", "abe", "cd", "sb", "mvc"),
        (title, word) => {
          const source = title.join(" ").replaceAll(" - ", "-");
          const log = new InitialsLog();
          log.add(0, source);
          const acronym = acronymOf(word);
          assert.ok(acronym !== null);
          eachAcronym(log.finish(), acronym, () =>
            assert.ok(new TitleInitials(acronym.forms).mayBeOf(source)),
          );
        },
      ),
      { numRuns: runs(5_000) },
    );
  });
});
