import assert from "node:assert/strict";
import { test } from "node:test";
import { sortingLocale } from "../../source/app/environment.js";

test("text is sorted as LC_ALL, else LC_COLLATE, else LANG says", () => {
  assert.equal(sortingLocale({ LC_ALL: "sv_SE.UTF-8", LC_COLLATE: "de_DE", LANG: "en_US" }), "sv-SE");
  assert.equal(sortingLocale({ LC_ALL: "", LC_COLLATE: "de_DE@euro", LANG: "en_US" }), "de-DE");
  assert.equal(sortingLocale({ LANG: "da" }), "da");
  for (const LANG of ["", "C", "C.UTF-8", "POSIX", "en-US", "../../etc", "no language"]) {
    assert.equal(sortingLocale({ LANG }), "en", LANG);
  }
  assert.equal(sortingLocale({}), "en");
});
