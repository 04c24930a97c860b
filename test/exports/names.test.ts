import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nameParts } from "../../source/exports/text/names.js";
import { clean } from "../../source/text/clean.js";
import { hostileText } from "./support.js";

/** Given name | particle | family name | suffix, or the literal in brackets. */
const parts = (name: string) => {
  const found = nameParts(name);
  if ("literal" in found) return `[${found.literal}]`;
  return [found.given, found.particle, found.family, found.suffix].join("|");
};

test("names are parted where bibliographies part them", () => {
  assert.equal(parts("Ashish Vaswani"), "Ashish||Vaswani|");
  assert.equal(parts("Ludwig van Beethoven"), "Ludwig|van|Beethoven|");
  assert.equal(parts("Ana de la Cruz"), "Ana|de la|Cruz|");
  assert.equal(parts("Luc Van Gool"), "Luc||Van Gool|");
  assert.equal(parts("van Gogh"), "|van|Gogh|");
  assert.equal(parts("Martin Luther King Jr."), "Martin Luther||King|Jr.");
  assert.equal(parts("bell hooks"), "bell||hooks|");
  assert.equal(parts("Jean-Luc O'Brien"), "Jean-Luc||O'Brien|");
  assert.equal(parts("J. R. R. Tolkien"), "J. R. R.||Tolkien|");
  assert.equal(parts("AI Ivanov"), "AI||Ivanov|");
  assert.equal(parts("Wei (William) Li"), "Wei (William)||Li|");
});

test("groups, single names and names of other characters are literal", () => {
  for (const name of [
    "OpenAI",
    "Gemini Team",
    "The LIGO Collaboration",
    "Google Research",
    "Mistral AI",
    "Barnes and Noble",
    "Court of Arbitration, Sport",
    "李明",
    "李 明",
    "AT&T Labs",
    "family=Li given=Wei",
    "A -- B",
    "King Jr.",
    "Sr Lopez",
    "and others",
    "others",
  ]) {
    assert.equal(parts(name), `[${name}]`);
  }
});

test("the parts in their order are the name", () => {
  const word = fc.constantFrom(
    "van",
    "der",
    "De",
    "Wei",
    "Li",
    "Jr.",
    "III",
    "bell",
    "O'Brien",
    "and",
    "Ömer",
  );
  const names = fc.oneof(
    hostileText,
    fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" ")),
  );
  fc.assert(
    fc.property(names, (name) => {
      const found = nameParts(name);
      const order =
        "literal" in found ? [found.literal] : [found.given, found.particle, found.family, found.suffix];
      assert.equal(order.filter(Boolean).join(" "), clean(name));
      assert.ok("literal" in found || found.family !== "");
    }),
  );
});
