import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeLine,
  encodeLine,
  entryTime,
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

test("a line is JSON that a person can read, with its version in front", () => {
  assert.equal(
    encodeLine(starred),
    '{"v":1,"id":"laptop-3fa9c1:mfq2x0k1-7","at":"2026-11-23T08:24:15.123Z","label":"starred",' +
      '"papers":[{"paper":"2510.22543","title":"Learning More with Less","starred":true}]}',
  );
});

const papers = [
  { paper: "2510.22543", title: "" },
  { paper: "2510.22543", title: "x", read: false },
  {
    paper: "title:a-long-title-that-stands-for-the-paper",
    title: "x",
    read: true,
    starred: false,
    later: true,
  },
  { paper: 'title:a"b\\c', title: 'She said "no" \\ and\nleft {"v":1,"id":"a:b-1"}', later: true },
  { paper: "title:論文", title: "論文 🎉 \u2028 \ud800 alone", starred: true },
];

for (const more of [
  {},
  { undoes: "m:r-1" },
  { redoes: "m:r-1" },
  { orderedAt: "2026-11-24T00:00:00.000Z" },
]) {
  test(`what was written is read again: ${JSON.stringify(more)}`, () => {
    for (const paper of papers) {
      for (const list of [[paper], [paper, starred.papers[0] as never], []]) {
        const entry: JournalEntry = { ...starred, ...more, label: "1 read", papers: list };
        const text = encodeLine(entry);
        assert.ok(!text.includes("\n"));
        const read = decodeLine(text).entry;
        assert.ok(read !== null, text);
        // By value, as the version is no part of an entry and JSON.parse leaves it there.
        const { v: _, ...rest } = read as JournalEntry & { v?: number };
        assert.deepEqual(rest, JSON.parse(JSON.stringify(entry)));
        assert.deepEqual(decodeLine(`${text}\r`).entry?.papers, read.papers);
      }
    }
  });
}

const good = encodeLine(starred);
const cases: readonly [string, string, LineFault][] = [
  ["a line that broke off", good.slice(0, -10), "torn"],
  ["a line that broke off in its first word", '{"v":1,"i', "torn"],
  ["words", "hello", "not JSON"],
  ["NUL bytes", "\0\0\0\0", "not JSON"],
  ["a raw control character in a title", good.replace("More", "Mo\0re"), "torn"],
  ["a merge conflict of git", "<<<<<<< HEAD", "not JSON"],
  ["JSON of another program", '{"hello":"world"}', "foreign"],
  ["a list", "[1,2]", "foreign"],
  ["null", "null", "foreign"],
  ["a mark that is neither true nor false", good.replace("true", '"yes"'), "foreign"],
  ["a paper without an id", good.replace("2510.22543", ""), "foreign"],
  ["papers that are no list", good.replace(/"papers":.*/, '"papers":{}}'), "foreign"],
  ["a change without an id", good.replace('"id":"laptop-3fa9c1:mfq2x0k1-7",', ""), "foreign"],
  ["a time that is none", good.replace("2026-11-23T08", "yesterdayT08"), "foreign"],
  ["a month that is none", good.replace("2026-11-23", "2026-99-23"), "foreign"],
  ["a time in another form", good.replace(".123Z", "+01:00"), "foreign"],
  ["a later version", good.replace('"v":1', '"v":2'), "newer version"],
  ["a later version with other keys", '{"v":9,"papers":7}', "newer version"],
];

for (const [name, text, fault] of cases) {
  test(`${name} is no entry: ${fault}`, () => {
    assert.deepEqual(decodeLine(text), { entry: null, fault });
  });
}

test("keys that are not known are passed over", () => {
  const text = good.replace('"label"', '"mood":"good","label"');
  assert.deepEqual(decodeLine(text).entry?.papers, starred.papers);
});

test("a line glued to a torn one is found again", () => {
  const found = salvageLine(good.slice(0, 40) + good);
  assert.deepEqual(
    found.map((one) => one.entry?.id ?? one.fault),
    ["torn", starred.id],
  );
});

test("two whole lines that lost the break between them are both found", () => {
  const second = encodeLine({ ...starred, id: "laptop-3fa9c1:mfq2x0k1-8" });
  assert.deepEqual(
    salvageLine(good + second).map((one) => one.entry?.id),
    [starred.id, "laptop-3fa9c1:mfq2x0k1-8"],
  );
});

test("a line after the NUL bytes of a crash is found", () => {
  assert.equal(salvageLine(`\0\0\0${good}`).at(-1)?.entry?.id, starred.id);
});

test("a title that quotes the journal is not taken for a line", () => {
  const quoting = { ...starred, papers: [{ paper: "1", title: good, read: true }] };
  const torn = encodeLine(quoting).slice(0, -5);
  assert.deepEqual(salvageLine(torn), [{ entry: null, fault: "torn" }]);
});

test("an entry counts as made when its clock says, or later where it says so", () => {
  assert.equal(entryTime(starred), starred.at);
  assert.equal(entryTime({ ...starred, orderedAt: "2027-01-01T00:00:00.000Z" }), "2027-01-01T00:00:00.000Z");
  assert.equal(entryTime({ ...starred, orderedAt: "2020-01-01T00:00:00.000Z" }), starred.at);
});
