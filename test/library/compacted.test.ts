import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { type Compacted, compacted } from "../../source/library/compacted.js";
import { encodeLine, type JournalEntry } from "../../source/library/journal-format.js";
import { openLibrary } from "../../source/library/library.js";
import { markedPapers } from "../../source/library/marked-papers.js";
import { padding } from "../../source/library/plain-line.js";
import { temporaryDirectory } from "./support.js";

const papers = ["2510.00001", "doi:10.1/x"];
const now = () => Date.parse("2026-11-23T12:00:00.000Z");

function sourceOf(path: string, text: string) {
  const bytes = Buffer.from(text);
  return { path, bytes: Buffer.concat([bytes, Buffer.alloc(padding)]), length: bytes.length };
}

const textOf = ({ lines }: Compacted) => Buffer.concat(lines).toString();

/** All that can be told of a state directory. */
function told(state: string) {
  const { library } = openLibrary(state, "laptop", now);
  return {
    marks: papers.map((paper) => library.bits(paper)),
    size: library.size,
    history: library.history(1_000),
    can: [library.undoable, library.redoable],
    starred: markedPapers(state, "starred").map(({ id, title }) => [id, title]),
  };
}

const timeAt = (milliseconds: number) => new Date(now() + milliseconds).toISOString();
const value = fc.option(fc.boolean(), { nil: undefined });
/** By how much clocks differ, so that entries of two runs have the same moment. */
const runs = { "laptop:a.1.1": 0, "desktop:b.1.1": 1, "desktop:b.2.1": 3, "tablet:c.1.1": 2 };
/**
 * Changes of this machine, and of others in its files, where none is kept only to be undone. Within a
 * run times rise, as we write them.
 */
const entry: fc.Arbitrary<JournalEntry> = fc
  .record({
    run: fc.constantFrom(...(Object.keys(runs) as (keyof typeof runs)[])),
    number: fc.integer({ min: 1, max: 14 }),
    behind: fc.nat(3),
    papers: fc.uniqueArray(
      fc.record({
        paper: fc.constantFrom(...papers),
        title: fc.constantFrom("One", "One", 'Two "quoted" \\c'),
        read: value,
        starred: value,
        later: value,
      }),
      { maxLength: 3, selector: ({ paper }) => paper },
    ),
  })
  .map(({ run, number, behind, papers }) => {
    const time = number + runs[run];
    const at = timeAt(time - 10 * behind);
    const orderedAt = behind > 0 ? { orderedAt: timeAt(time) } : {};
    return { id: `${run}-${number}`, at, ...orderedAt, label: "marked", papers } as JournalEntry;
  });

const damages = ["<<<<<<< HEAD\n", '{"v":1,"id":"laptop:torn-1","at":"2026-', '{"v":9,"id":"x"}\n', "\0\0\0"];

/** Journals in which each change stands at least once, in any order, as damage and union merges leave them. */
const history = fc
  .record({
    entries: fc.uniqueArray(entry, { minLength: 12, maxLength: 36, selector: ({ id }) => id }),
    places: fc.array(
      fc.record({ file: fc.nat(3), copies: fc.integer({ min: 1, max: 2 }), damage: fc.nat(12) }),
      {
        minLength: 36,
        maxLength: 36,
      },
    ),
  })
  .map(({ entries, places }) => {
    const files: string[] = ["", "", "", ""];
    for (const [index, one] of entries.entries()) {
      const { file, copies, damage } = places[index] as (typeof places)[number];
      for (let copy = 0; copy < copies; copy += 1) {
        const at = (file + copy) % files.length;
        if (files[at] !== "" && !files[at]?.endsWith("\n")) files[at] += "\n";
        files[at] += `${damages[damage] ?? ""}${encodeLine(one)}\n`;
      }
    }
    return files;
  });

test("whatever files are put into one, and whichever of them are still there: all comes to the same", (t) => {
  const home = temporaryDirectory(t);
  let runs = 0;
  const write = (files: Readonly<Record<string, string>>) => {
    runs += 1;
    const state = join(home, `${runs}`);
    mkdirSync(state);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(state, `marks-${name}.jsonl`), text);
    return told(state);
  };
  let leftOut = 0;
  fc.assert(
    fc.property(history, fc.nat(15), fc.nat(15), (files, chosen, gone) => {
      const named = Object.fromEntries(files.map((text, index) => [`laptop.sealed-${index}-a`, text]));
      const names = Object.keys(named);
      const sources = names.filter((_, index) => (chosen >> index) & 1);
      const result = compacted(
        sources.map((name) => sourceOf(name, named[name] ?? "")),
        "laptop",
        "left-out:laptop:u-1",
      );
      leftOut += result.changesBefore - result.changesAfter;
      const expected = write(named);
      const both = { ...named, "laptop.base-1-a": textOf(result) };
      assert.deepEqual(write(both), expected, "beside what it was made of");
      const some = Object.fromEntries(
        Object.entries(both).filter(([name]) => !sources.includes(name) || (gone >> names.indexOf(name)) & 1),
      );
      assert.deepEqual(write(some), expected, "beside some of it");
      const left = Object.fromEntries(Object.entries(both).filter(([name]) => !sources.includes(name)));
      assert.deepEqual(write(left), expected, "instead of it");
      // On another machine files come one by one, and are gone before what they were put into is there.
      const state = join(home, `synced-${runs}`);
      mkdirSync(state);
      const { library } = openLibrary(state, "tablet", now);
      const order = Object.entries(both).sort(
        ([one], [other]) => (one < other ? 1 : -1) * (gone % 2 ? 1 : -1),
      );
      for (const [name, text] of order) {
        writeFileSync(join(state, `marks-${name}.jsonl`), text);
        if (gone & 2) library.refresh();
        if (sources.includes(name)) rmSync(join(state, `marks-${name}.jsonl`));
        if (gone & 4) library.refresh();
      }
      library.refresh();
      assert.deepEqual(
        papers.map((paper) => library.bits(paper)),
        expected.marks,
        "where files come one by one",
      );
      const again = compacted(
        Object.entries(some).map(([name, text]) => sourceOf(name, text)),
        "laptop",
        "left-out:laptop:u-2",
      );
      assert.deepEqual(write({ "laptop.base-2-a": textOf(again) }), expected, "compacted once more");
    }),
    { numRuns: 60 },
  );
  assert.ok(leftOut > 100, `${leftOut} changes were left out`);
});
