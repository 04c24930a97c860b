import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { compactJournal } from "../../../source/library/journal/compact.js";
import { encodeLine, type JournalEntry } from "../../../source/library/journal/format.js";
import { type Library, openLibrary } from "../../../source/library/library.js";
import { markedPapers } from "../../../source/library/marked-papers.js";
import { markBits, markFields } from "../../../source/papers/marks.js";
import { bitsOf, line, temporaryDirectory, undoable } from "../support.js";

const now = () => Date.parse("2026-11-23T12:00:00.000Z");
/** Some begin like another, and some have what a line of a snapshot may not have. */
const papers = '2510.00001 2510.0000 title:論文 odd "odd" \\odd \udc00'.split(" ").concat('odd\tid\n"\ud800');
const runs = ["laptop:a.1.1", "laptop:b.1.1", "desktop:a.1.1", "tablet:c.1.1", "no number"];

/** All that can be asked of marks, history and lists. */
function stateOf(library: Library, state: string) {
  return {
    marks: papers.map((paper) => library.bits(paper)),
    size: library.size,
    history: library.history().map(({ id, isUndone }) => `${id} ${isUndone}`),
    can: [undoable(library), library.redoable],
    starred: markedPapers(state, "starred").map(({ id, title }) => `${id} ${title}`),
  };
}

/** The same from the description of the format alone: sort all changes, then apply one after another. */
function expected(entries: readonly JournalEntry[]): ReturnType<typeof stateOf> {
  const timeOf = ({ at, orderedAt = "" }: JournalEntry) => (orderedAt > at ? orderedAt : at);
  const idOf = (id: string): [string, number] => {
    const [, run = id, number = "-1"] = /^(.+-)([1-9]\d*)$/.exec(id) ?? [];
    return [run, Number(number)];
  };
  const sorted = [...entries].sort((one, other) => {
    const [a, b] = [timeOf(one), timeOf(other)];
    if (a !== b) return a < b ? -1 : 1;
    const [[run, number], [otherRun, otherNumber]] = [idOf(one.id), idOf(other.id)];
    return run === otherRun ? number - otherNumber : run < otherRun ? -1 : 1;
  });
  const values = new Map<string, boolean>();
  const titles = new Map<string, string>();
  const starred: string[] = [];
  const made: string[] = [];
  const undone: string[] = [];
  const done: string[] = [];
  const move = (id: string, from: string[], to: string[]) => {
    if (from.includes(id)) to.push(...from.splice(from.lastIndexOf(id), 1));
  };
  for (const entry of sorted) {
    for (const one of entry.papers) {
      for (const field of markFields) {
        if (one[field] !== undefined) values.set(`${one.paper} ${field}`, one[field]);
      }
      if (one.title !== "" && (one.starred ?? one.later) !== undefined) titles.set(one.paper, one.title);
      if (one.starred === undefined) continue;
      if (starred.includes(one.paper)) starred.splice(starred.indexOf(one.paper), 1);
      if (one.starred) starred.unshift(one.paper);
    }
    if (!entry.id.startsWith("laptop:")) continue;
    if (entry.undoes) move(entry.undoes, done, undone);
    else if (entry.redoes) move(entry.redoes, undone, done);
    else {
      if (!entry.automatic) undone.length = 0;
      made.unshift(entry.id);
      done.push(entry.id);
    }
  }
  const marks = papers.map((paper) =>
    markFields.reduce((bits, one) => bits | (values.get(`${paper} ${one}`) ? markBits[one] : 0), 0),
  );
  return {
    marks,
    size: marks.filter((bits) => bits !== 0).length,
    history: made.map((id) => `${id} ${!done.includes(id)}`),
    can: [done.length, undone.length],
    starred: starred.map((paper) => `${paper} ${titles.get(paper) ?? ""}`),
  };
}

const value = fc.option(fc.boolean(), { nil: undefined });
const time = fc.integer({ min: 0, max: 12 }).map((more) => new Date(now() + more).toISOString());
const entry: fc.Arbitrary<JournalEntry> = fc
  .record({
    run: fc.constantFrom(...runs),
    number: fc.integer({ min: 1, max: 11 }),
    at: time,
    orderedAt: fc.option(time, { nil: undefined, freq: 3 }),
    refers: fc.constantFrom("undoes", "undoes", "redoes", "automatic", "", "", ""),
    other: fc.integer({ min: 1, max: 11 }),
    paper: fc.record({
      paper: fc.constantFrom(...papers),
      title: fc.constantFrom("", "One", 'Two "quoted" \\c', "Größe 論文"),
      read: value,
      starred: value,
      later: value,
    }),
  })
  .map(({ run, number, at, orderedAt, refers, other, paper }) => {
    const id = run === "no number" ? `${run} ${number}` : `${run}-${number}`;
    const more = refers === "" ? {} : { [refers]: refers === "automatic" || `laptop:a.1.1-${other}` };
    return { id, at, orderedAt, label: "marked", ...more, papers: [paper] } as JournalEntry;
  });
const torn = '{"v":1,"id":"laptop:a.1.1-3","at":"20\n';
const damage = ["", "", "<<<<<<< HEAD\n", "\0\0\0\n", '{"v":9,"id":"x"}\n', torn];
/** Where the lines of a change are: in which files, and what is before them. */
interface Place {
  readonly files: readonly number[];
  readonly before: string;
  readonly order: number;
  readonly isLate: boolean;
}
const place: fc.Arbitrary<Place> = fc.record({
  files: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 }),
  before: fc.constantFrom(...damage),
  order: fc.nat(1_000),
  isLate: fc.boolean(),
});

const names = ["marks-laptop", "marks-laptop.sealed-1-a", "marks-laptop.base-2-b", "marks-desktop"];

test("however lines are split, doubled, shuffled, mixed and compacted: marks, history and snapshot are the same", (t) => {
  const home = temporaryDirectory(t);
  let run = 0;
  let snapshots = 0;
  const entries = fc.uniqueArray(entry, { minLength: 3, maxLength: 30, selector: ({ id }) => id });
  const property = fc.property(entries, fc.infiniteStream(place), (all, places) => {
    run += 1;
    const [state, cache] = [join(home, `${run}`), join(home, `${run}-cache`)];
    mkdirSync(state);
    const placed = all.map((one) => ({ one, ...(places.next().value as Place) }));
    placed.sort((one, other) => one.order - other.order);
    const write = (isLate: boolean) => {
      for (const { one, files, before } of placed.filter((each) => each.isLate === isLate)) {
        for (const file of files)
          appendFileSync(join(state, `${names[file]}.jsonl`), `${before}${encodeLine(one)}\n`);
      }
    };
    const place = { cache, codeHash: "1" };
    const early = openLibrary(state, "laptop", now).library;
    write(false);
    early.refresh();
    openLibrary(state, "laptop", now, place).library.keepSnapshot(1);
    write(true);
    early.refresh();
    const wanted = expected(all);
    const quick = openLibrary(state, "laptop", now, place).library;
    if (quick.bytesInSnapshot > 0) snapshots += 1;
    assert.deepEqual(stateOf(openLibrary(state, "laptop", now).library, state), wanted, "read at once");
    assert.deepEqual(stateOf(early, state), wanted, "read as it came");
    assert.deepEqual(stateOf(quick, state), wanted, "from a snapshot on");
    compactJournal(state, "laptop");
    assert.deepEqual(stateOf(openLibrary(state, "laptop", now).library, state), wanted, "compacted");
    writeFileSync(join(state, "marks-copy.jsonl"), all.map((one) => `${encodeLine(one)}\n`).join(""));
    assert.deepEqual(
      stateOf(openLibrary(state, "laptop", now).library, state),
      wanted,
      "beside a copy of all",
    );
  });
  fc.assert(property, { numRuns: 50 });
  assert.ok(snapshots > 20, `${snapshots} snapshots were used`);
});

test("two changes with one id both count, as early versions could give one id twice", (t) => {
  const state = temporaryDirectory(t);
  const at = "2026-11-23T07:00:00.000Z";
  const [one, two] = ["1", "2"].map((paper) => line("laptop:r-1", at, paper, "starred", true));
  const [on, off] = [true, false].map((value) => line("laptop:r-2", at, "3", "read", value));
  for (const lines of [
    [one, two, on, off],
    [off, on, two, one, two],
  ]) {
    writeFileSync(join(state, "marks-laptop.jsonl"), lines.join(""));
    const { library } = openLibrary(state, "laptop", now);
    assert.deepEqual(bitsOf(library, "1", "2", "3"), [2, 2, 1]);
    assert.equal(library.history().length, 4);
  }
});

test("in a run of an early version no change is before the one ahead of it, though the clock jumped back", (t) => {
  const state = temporaryDirectory(t);
  const at = (minute: number) => `2026-11-23T07:0${minute}:00.000Z`;
  const early =
    line("laptop:mfq2x0k1a2b3c4-1", at(9), "1", "starred", true) +
    line("laptop:mfq2x0k1a2b3c4-2", at(3), "1", "starred", false);
  writeFileSync(join(state, "marks-laptop.jsonl"), early + line("laptop:s-1", at(5), "1", "later", true));
  assert.equal(openLibrary(state, "laptop", now).library.bits("1"), markBits.later);
  compactJournal(state, "laptop");
  writeFileSync(join(state, "marks-copy.jsonl"), early);
  assert.equal(openLibrary(state, "laptop", now).library.bits("1"), markBits.later);
});
