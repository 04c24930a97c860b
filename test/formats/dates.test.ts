import assert from "node:assert/strict";
import { test } from "node:test";
import { dayFrom, isIsoDay, knownDate } from "../../source/formats/dates.js";

test("a day is one that the calendar has, leap years and all", () => {
  for (const year of [0, 4, 1600, 1900, 1999, 2000, 2023, 2024, 2100, 9999]) {
    for (let month = 0; month <= 13; month += 1) {
      for (let day = 0; day <= 32; day += 1) {
        const [y, m, d] = [
          String(year).padStart(4, "0"),
          ...[month, day].map((n) => String(n).padStart(2, "0")),
        ];
        const written = `${y}-${m}-${d}`;
        const date = new Date(`${written}T00:00:00Z`);
        const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written);
        assert.equal(isIsoDay(written), real, written);
        assert.equal(dayFrom(year, month, day), real ? written : null);
      }
    }
  }
  for (const text of ["", "2024-1-1", "2024-01-01T00", " 2024-01-01", "2024-01-01\n", "12024-01-01"]) {
    assert.equal(isIsoDay(text), false, JSON.stringify(text));
  }
});

test("a date is told as far as it is known", () => {
  assert.equal(knownDate("2016", 6, 1), "2016-06-01");
  assert.equal(knownDate(2016, " 6 ", "31"), "2016-06");
  assert.equal(knownDate(2020, 21), "2020");
  assert.equal(knownDate(2020, 0.5, 3), "2020");
  for (const year of [undefined, null, "", 999, -2020, 20_200, 2020.5, "MMXX"]) {
    assert.equal(knownDate(year, 1, 1), null, String(year));
  }
});
