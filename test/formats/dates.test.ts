import assert from "node:assert/strict";
import { test } from "node:test";
import { dateIn, dayFrom, dayOf, isIsoDay, knownDate } from "../../source/formats/fields/dates.js";

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

test("a date has its known parts", () => {
  assert.equal(knownDate("2016", 6, 1), "2016-06-01");
  assert.equal(knownDate(2016, " 6 ", "31"), "2016-06");
  assert.equal(knownDate(2020, 21), "2020");
  assert.equal(knownDate(2020, 0.5, 3), "2020");
  for (const year of [undefined, null, "", 999, -2020, 20_200, 2020.5, "MMXX"]) {
    assert.equal(knownDate(year, 1, 1), null, String(year));
  }
});

test("days are known in the ways that feeds and databases write them", () => {
  for (const [text, day] of [
    ["Mon, May 25 2020 04:45:26 +0000", "2020-05-25"],
    ["May 26, 2020", "2020-05-26"],
    ["Wed May 27 04:45:26 2020", "2020-05-27"],
    ["Wed May 27 04:45:26 UTC 2020", "2020-05-27"],
    ["Thursday, 28-May-20 04:45:26 GMT", "2020-05-28"],
    ["2020/05/29", "2020-05-29"],
    ["20200530T044526Z", "2020-05-30"],
    ["the 3rd of May 2020", "2020-05-03"],
    ["May 3rd, 2020", "2020-05-03"],
    ["2018 Mar 5", "2018-03-05"],
    ["31-Dec-1999", "1999-12-31"],
  ] as const)
    assert.equal(dayOf(text), day, text);
  for (const text of [
    "05/06/2020",
    "May 2020",
    "Volume 12 345, 2020",
    "Feb 30, 2020",
    "20201340",
    "12345678",
  ])
    assert.equal(dayOf(text), null, text);
  assert.equal(dateIn("[2014]"), "2014");
  assert.equal(dateIn("March 2018"), "2018-03");
  for (const text of ["2026-02-30", "2026-02-30T08:00:00Z", "2026-13-01", "on 2026-00-10"])
    assert.equal(dateIn(text), null, text);
});
