import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeLine,
  encodeLine,
  type JournalEntry,
  type LineFault,
  salvageLine,
} from "../../../source/library/journal/format.js";

const starred: JournalEntry = {
  id: "laptop-3fa9c1:mfq2x0k1-7",
  at: "2026-11-23T08:24:15.123Z",
  label: "starred",
  papers: [{ paper: "2510.22543", title: "Learning More with Less", starred: true }],
};

const papers = [
  { paper: "2510.22543", title: "" },
  { paper: "2510.22543", title: "x", read: false },
  { paper: "title:a-long-title", title: "x", read: true, starred: false, later: true },
  { paper: 'title:a"b\\c', title: 'She said "no" \\ and\nleft {"v":1,"id":"a:b-1"}', later: true },
  { paper: "title:論文", title: "論文 🎉 \u2028 \ud800 alone", starred: true },
];

test("what was written is read again", () => {
  for (const more of [
    {},
    { undoes: "m:r-1" },
    { redoes: "m:r-1" },
    { orderedAt: "2026-11-24T00:00:00.000Z" },
  ]) {
    for (const paper of papers) {
      for (const list of [[paper], [paper, starred.papers[0] as never], []]) {
        const entry: JournalEntry = { ...starred, ...more, label: "1 read", papers: list };
        const text = encodeLine(entry);
        assert.ok(!text.includes("\n"));
        // By value: the version is no part of an entry, and JSON.parse leaves it there.
        for (const ending of ["", "\r"])
          assert.deepEqual(
            { ...decodeLine(text + ending).entry },
            JSON.parse(JSON.stringify({ v: 1, ...entry })),
          );
      }
    }
  }
});

const good = encodeLine(starred);

test("what is no entry is told apart, and keys that are not known are passed over", () => {
  const cases: readonly [string, LineFault][] = [
    [good.slice(0, -10), "torn"],
    ['{"v":1,"i', "torn"],
    ["hello", "not JSON"],
    ["\0\0\0\0", "not JSON"],
    [good.replace("More", "Mo\0re"), "torn"],
    ["<<<<<<< HEAD", "not JSON"],
    ['{"hello":"world"}', "foreign"],
    ["[1,2]", "foreign"],
    ["null", "foreign"],
    [good.replace("true", '"yes"'), "foreign"],
    [good.replace('"starred":true', '"on":"yes"'), "foreign"],
    [good.replace('"starred":true', '"filter":1'), "foreign"],
    [good.replace('"starred":true', '"on":true,"before":[]'), "foreign"],
    [good.replace("2510.22543", ""), "foreign"],
    [good.replace(/"papers":.*/, '"papers":{}}'), "foreign"],
    [good.replace('"id":"laptop-3fa9c1:mfq2x0k1-7",', ""), "foreign"],
    [good.replace("2026-11-23T08", "yesterdayT08"), "foreign"],
    [good.replace("2026-11-23", "2026-99-23"), "foreign"],
    [good.replace(".123Z", "+01:00"), "foreign"],
    [good.replace('"v":1', '"v":2'), "newer version"],
    ['{"v":9,"papers":7}', "newer version"],
  ];
  for (const [text, fault] of cases) assert.deepEqual(decodeLine(text), { entry: null, fault }, text);
  const text = good.replace('"label"', '"mood":"good","label"').replace("true", 'true,"before":{"on":7}');
  assert.equal(decodeLine(text).entry?.papers[0]?.starred, true);
});

test("a line is found after a torn one, another without a break and the zeros of a crash, but not in a title", () => {
  const second = encodeLine({ ...starred, id: "laptop-3fa9c1:mfq2x0k1-8" });
  const quoting = encodeLine({ ...starred, papers: [{ paper: "1", title: good, read: true }] });
  for (const [text, found] of [
    [good.slice(0, 40) + good, ["torn", starred.id]],
    [good + second, [starred.id, "laptop-3fa9c1:mfq2x0k1-8"]],
    [`\0\0\0${good}`, ["not JSON", starred.id]],
    [quoting.slice(0, -5), ["torn"]],
  ] as const) {
    assert.deepEqual(
      salvageLine(text).map(({ entry, fault }) => entry?.id ?? fault),
      found,
    );
  }
});
