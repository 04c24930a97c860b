import assert from "node:assert/strict";
import fs, {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { basename, join } from "node:path";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { tracesOf } from "../../source/library/aliases.js";
import { compactJournal } from "../../source/library/compaction.js";
import { isUntouched } from "../../source/library/image-check.js";
import { renewImage } from "../../source/library/image-writer.js";
import { encodeLine } from "../../source/library/journal-format.js";
import { Journals } from "../../source/library/journals.js";
import { openLibrary } from "../../source/library/library.js";
import { type ImagePlace, imagePath, readImage } from "../../source/library/marks-image.js";
import { atOnce } from "../../source/library/steps.js";
import { type MarkField, markFields } from "../../source/papers/marks.js";
import { titleId } from "../../source/papers/paper.js";
import { line, temporaryDirectory } from "./support.js";

const machines = ["laptop", "desktop", "phone"] as const;
const papers = ["2510.00001", "2510.00002", "doi:10.1/x", "title:a-title-of-some-words", "日本", "7"];
const titles = ["A title of some words", "Ein Titel: “größer”", "", "Another, of more words"];

/** Behind every clock of the file system, so that what is untouched is known to be. */
const later = () => Date.now() + 60_000;

function placeIn(home: string, machine = "laptop"): ImagePlace {
  return { cache: join(home, "cache"), state: join(home, "state"), machine, program: "1" };
}

/** Makes the image however little there is to do. */
function renew(place: ImagePlace, now = Date.now()): boolean {
  return atOnce(renewImage(place, now, 1));
}

function open(place: ImagePlace, withImage: boolean): Journals {
  return new Journals(place.state, place.machine, withImage ? readImage(place) : null);
}

/** All that can be known of journals that were read. */
function account(journals: Journals) {
  const { marks, history, problems, newest, ownSize, fault } = journals;
  const all = new Map([...marks.papers()].map(([id, bits]) => [id, [bits, marks.stamp(id)]]));
  const wanted = new Map([...titles, ...papers].map((title) => [titleId(title), null]));
  const traces = tracesOf((hashes) => journals.scansWith(hashes), wanted);
  return {
    marks: [...all].sort(([one], [other]) => (one < other ? -1 : 1)),
    size: marks.size,
    kinds: [...marks.kinds].sort(),
    unknown: [...marks.unknown].sort(),
    history: history.list(1_000),
    undone: [history.undoable, history.redoable, history.newestUndone?.id],
    problems,
    newest,
    ownSize,
    fault,
    traces,
  };
}

type Step =
  | { readonly does: "mark"; readonly who: number; readonly paper: number; readonly field: MarkField }
  | { readonly does: "undo" | "redo"; readonly who: number }
  | { readonly does: "write"; readonly who: number; readonly what: number; readonly minutes: number }
  | { readonly does: "edit" | "shorten" | "replace" | "remove"; readonly who: number; readonly at: number }
  | { readonly does: "copy" | "compact"; readonly who: number }
  | { readonly does: "synchronise"; readonly who: number; readonly at: number }
  | { readonly does: "image" | "break"; readonly at: number };

const who = fc.nat(machines.length - 1);
const at = fc.nat(1_000_000);
const mild: fc.Arbitrary<Step>[] = [
  fc.record({
    does: fc.constant("mark" as const),
    who,
    paper: fc.nat(papers.length * titles.length - 1),
    field: fc.constantFrom(...markFields),
  }),
  fc.record({ does: fc.constantFrom("undo" as const, "redo" as const), who }),
  fc.record({
    does: fc.constant("write" as const),
    who,
    what: fc.nat(9),
    minutes: fc.integer({ min: -3, max: 3 }),
  }),
  fc.record({ does: fc.constant("image" as const), at }),
];
const compacting: fc.Arbitrary<Step>[] = [
  fc.record({ does: fc.constant("compact" as const), who }),
  fc.record({ does: fc.constant("synchronise" as const), who, at }),
];
const wild: fc.Arbitrary<Step>[] = [
  fc.record({ does: fc.constantFrom("edit", "edit", "edit", "shorten", "replace", "remove"), who, at }),
  fc.record({ does: fc.constant("copy" as const), who }),
  fc.record({ does: fc.constant("break" as const), at }),
];
const usual = fc.oneof(...mild.map((arbitrary) => ({ arbitrary, weight: 3 })));
const compacted = fc.oneof(
  ...mild.map((arbitrary) => ({ arbitrary, weight: 6 })),
  ...compacting.map((arbitrary) => ({ arbitrary, weight: 3 })),
);
const anything = fc.oneof(
  ...mild.map((arbitrary) => ({ arbitrary, weight: 6 })),
  ...compacting.map((arbitrary) => ({ arbitrary, weight: 2 })),
  ...wild.map((arbitrary) => ({ arbitrary, weight: 2 })),
);

/** Something that happens to the journals, or to the image. */
function act(place: ImagePlace, step: Step, count: number, time: number, imageAt: number): void {
  const { state } = place;
  mkdirSync(state, { recursive: true });
  const path = "who" in step ? join(state, `marks-${machines[step.who]}.jsonl`) : imagePath(place);
  switch (step.does) {
    case "mark": {
      const { library } = openLibrary(state, machines[step.who] as string, () => time);
      const title = titles[step.paper % titles.length] as string;
      const paper = papers[step.paper % papers.length] as string;
      library.record(step.field, [{ paper, title, [step.field]: step.paper % 3 !== 0 }]);
      return;
    }
    case "undo":
    case "redo":
      openLibrary(state, machines[step.who] as string, () => time).library[step.does]();
      return;
    case "write":
      appendFileSync(path, written(step, count, time));
      return;
    case "image":
      renew(place, imageAt);
      return;
    case "copy":
      if (existsSync(path)) writeFileSync(path.replace(".jsonl", ".conflict.jsonl"), readFileSync(path));
      return;
    case "remove":
      rmSync(path, { force: true });
      return;
    case "compact":
      compactJournal(state, machines[step.who] as string);
      return;
    case "synchronise":
      synchronise(state, machines[step.who] as string, step.at);
      return;
  }
  if (!existsSync(path) || statSync(path).size === 0) return;
  const bytes = readFileSync(path);
  const where = step.at % bytes.length;
  if (step.does === "shorten") truncateSync(path, where);
  if (step.does === "replace") {
    writeFileSync(`${path}.new`, bytes.subarray(where));
    renameSync(`${path}.new`, path);
  }
  if (step.does === "edit" || step.does === "break") {
    const file = openSync(path, "r+");
    writeSync(file, Buffer.from([(bytes[where] as number) ^ (1 + (step.at % 7))]), 0, 1, where);
    closeSync(file);
  }
}

/**
 * Another computer has compacted the journal of a machine, and a synchronisation brings what came of it:
 * all of it, or only the new file as yet, or only that the old ones are gone, or the new one under the name
 * of a conflict copy; and perhaps an old one again that is compacted already.
 */
function synchronise(state: string, machine: string, at: number): void {
  const elsewhere = `${state}-elsewhere`;
  const namesIn = (directory: string) =>
    readdirSync(directory).filter((name) => name.startsWith(`marks-${machine}.`));
  const before = namesIn(state);
  mkdirSync(elsewhere, { recursive: true });
  const older = namesIn(elsewhere);
  for (const name of before) copyFileSync(join(state, name), join(elsewhere, name));
  compactJournal(elsewhere, machine);
  const now = namesIn(elsewhere);
  const put = (name: string, as = name) => {
    // As synchronisation does it: whole, under the name, as another file.
    copyFileSync(join(elsewhere, name), join(state, `${as}.part`));
    renameSync(join(state, `${as}.part`), join(state, as));
  };
  const come = now.filter((name) => !before.includes(name));
  const gone = before.filter((name) => !now.includes(name));
  const how = at % 5;
  if (how !== 2) for (const name of come) put(name, how === 3 ? name.replace(".jsonl", " (2).jsonl") : name);
  if (how === 0 || how === 2) for (const name of gone) rmSync(join(state, name));
  if (how === 4) for (const name of older.filter((one) => now.includes(one))) put(name);
}

/** Lines of all kinds: late ones, doubled ones, broken ones, foreign ones. */
function written({ who, what, minutes }: Step & { does: "write" }, count: number, time: number): string {
  const machine = machines[who] as string;
  const at = new Date(time + minutes * 60_000).toISOString();
  const paper = papers[count % papers.length] as string;
  // What another machine did may stand here too, a second time perhaps.
  const maker = machines[(who + Math.max(0, minutes)) % machines.length] as string;
  const whole = line(`${maker}:r-${1 + (count % 7)}`, at, paper, "starred", count % 2 === 0);
  const many = papers.map((one, index) => ({ paper: one, title: titles[index % 4] as string, read: true }));
  const kinds = [
    whole,
    line(`${maker}:x${count}`, at, paper, "later", true),
    `${encodeLine({ id: `${machine}:m-${count}`, at, label: "6 “read”", papers: many })}\r\n`,
    whole.slice(0, 10 + (count % 90)),
    `${whole.slice(0, 10 + (count % 90))}\n`,
    `\uFEFF${whole}`,
    "{}\n<<<<<<< HEAD\n\n",
    whole.replace('"v":1', '"v":2'),
    `\n${whole.trimEnd()}`,
    `${encodeLine({ id: `${machine}:b-${count}`, at, label: "starred", papers: [{ paper, title: "", by: "Xu 2025", starred: true }] })}\n`,
  ];
  return kinds[what] as string;
}

for (const [name, steps, isLater, atLeast] of [
  ["journals that only grow", usual, true, 200],
  ["journals that are compacted, here and elsewhere", compacted, false, 100],
  ["journals to which anything happens", anything, false, 100],
] as const) {
  test(`an image and what came behind it are what all journals are: ${name}`, (t) => {
    const home = temporaryDirectory(t);
    let [runs, used] = [0, 0];
    const property = fc.property(
      fc.array(steps, { maxLength: 14 }),
      fc.array(steps, { maxLength: 6 }),
      fc.constantFrom(...machines),
      (before, behind, machine) => {
        runs += 1;
        const place = placeIn(join(home, `${runs}`), machine);
        let count = 0;
        const go = (step: Step) => {
          count += 1;
          const time = Date.parse("2026-11-23T08:00:00.000Z") + count * 60_000;
          // The clock of the file system may not tell two changes of one moment apart.
          act(place, step, count, time, isLater ? later() : Date.now());
        };
        before.forEach(go);
        if (!existsSync(place.state)) return;
        renew(place, isLater ? later() : Date.now());
        for (const step of behind) go(step);
        const [one, other] = [open(place, true), open(place, false)];
        const { all, behindImage } = one.sizes();
        if (behindImage < all) used += 1;
        assert.deepEqual(account(one), account(other));
        // And so does what happens while the program runs.
        for (const step of behind.filter(({ does }) => does !== "image")) {
          go(step);
          const [news, others] = [one.refresh(() => {}), other.refresh(() => {})];
          const sorted = (changes: typeof news) => changes.map((change) => JSON.stringify(change)).sort();
          assert.deepEqual(sorted(news), sorted(others));
        }
        // What was damaged since is told at the next start, and titles are looked for where they stood.
        const { problems: _, traces: __, ...rest } = account(one);
        const { problems: ___, traces: ____, ...otherRest } = account(other);
        assert.deepEqual(rest, otherRest);
      },
    );
    fc.assert(property, { numRuns: 400 });
    assert.ok(used > atLeast, `only ${used} of ${runs} images were of use`);
  });
}

/** So many changes of this machine, one a minute, as text. */
function manyLines(count: number, from = 0, of = "laptop"): string {
  const start = Date.parse("2020-01-01T00:00:00.000Z");
  return Array.from({ length: count }, (_, at) => {
    const number = from + at;
    const time = new Date(start + number * 60_000).toISOString();
    return line(`${of}:r-${number + 1}`, time, `2001.${10_000 + number}`, "read", true);
  }).join("");
}

/** A place with a journal of so many changes, and its image. */
function placeWith(t: TestContext, count: number): { readonly place: ImagePlace; readonly path: string } {
  const place = placeIn(temporaryDirectory(t));
  const path = join(place.state, "marks-laptop.jsonl");
  mkdirSync(place.state, { recursive: true });
  writeFileSync(path, manyLines(count));
  assert.ok(renew(place, later()));
  return { place, path };
}

/** Opens with the image, and says whether it was of use; all must be as it is without. */
function isOfUse(place: ImagePlace): boolean {
  const one = open(place, true);
  assert.deepEqual(account(one), account(open(place, false)));
  const { all, behindImage } = one.sizes();
  return behindImage < all;
}

test("a journal that nobody has touched is not opened at all", (t) => {
  const { place, path } = placeWith(t, 100);
  const opened: unknown[] = [];
  const { openSync } = fs;
  t.mock.method(fs, "openSync", (name: string, how: string) => {
    opened.push(name);
    return openSync(name, how);
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  const journals = open(place, true);
  assert.deepEqual([journals.marks.bits("2001.10099"), journals.marks.bits("2001.10100")], [1, 0]);
  assert.deepEqual([journals.sizes().behindImage, journals.history.undoable], [0, 100]);
  assert.deepEqual(opened, [imagePath(place)]);
  appendFileSync(path, manyLines(1, 100));
  assert.equal(open(place, true).marks.bits("2001.10100"), 1);
  assert.ok(opened.includes(path));
});

test("a change of one letter in the middle is seen, whatever was appended behind it", (t) => {
  const { place, path } = placeWith(t, 100);
  const text = readFileSync(path, "utf8");
  const edited = text.replace('"paper":"2001.10007"', '"paper":"2001.90007"');
  assert.equal(edited.length, text.length);
  for (const behind of ["", manyLines(3, 100)]) {
    // In place, as some editors do.
    writeFileSync(path, edited + behind);
    assert.equal(isOfUse(place), false);
    const { marks } = open(place, true);
    assert.deepEqual([marks.bits("2001.10007"), marks.bits("2001.90007")], [0, 1]);
  }
  // What makes the next image sees it as well.
  writeFileSync(path, edited + manyLines(3, 100));
  assert.ok(renew(place, later()));
  assert.ok(isOfUse(place));
  assert.equal(open(place, true).marks.bits("2001.90007"), 1);
});

test("a file that was written in the moment in which it was read may have been written again", () => {
  const stats = { dev: 1, ino: 2, size: 3, mtimeMs: 50_000.25, ctimeMs: 50_000.5 };
  assert.ok(isUntouched(stats, { ...stats }, 60_000));
  assert.ok(!isUntouched(stats, { ...stats }, 51_000));
  assert.ok(!isUntouched(stats, { ...stats }, 40_000), "a clock that was put back");
  for (const key of ["dev", "ino", "size", "mtimeMs", "ctimeMs"] as const) {
    assert.ok(!isUntouched(stats, { ...stats, [key]: stats[key] - 0.125 }, 60_000), key);
  }
});

test("another file in the journal's place is one to go on from where it begins the same", (t) => {
  const { place, path } = placeWith(t, 100);
  const before = readFileSync(path);
  const replace = (bytes: Buffer | string) => {
    writeFileSync(`${path}.tmp`, bytes);
    renameSync(`${path}.tmp`, path);
  };
  replace(Buffer.concat([before, Buffer.from(manyLines(5, 100))]));
  assert.equal(isOfUse(place), true);
  replace(before.subarray(0, before.length - 3));
  assert.equal(isOfUse(place), false);
  replace(`${manyLines(60)}${manyLines(50, 70)}`);
  assert.equal(isOfUse(place), false);
});

test("an entry that a copy has at another time counts where it comes first", (t) => {
  const { place, path } = placeWith(t, 10);
  const desktop = join(place.state, "marks-desktop.jsonl");
  const noon = "2026-11-23T12:00:00.000Z";
  const moved = line("laptop:r-77", "2026-11-23T08:00:00.000Z", "7", "starred", true);
  writeFileSync(desktop, line("desktop:r-1", noon, "9", "read", true) + moved);
  renew(place, later());
  assert.ok(isOfUse(place));
  appendFileSync(path, moved);
  assert.equal(isOfUse(place), false);
  assert.ok(renew(place, later()));
  assert.ok(isOfUse(place));
});

test("this machine's changes are undone in their order, in whatever file they stand", (t) => {
  const { place, path } = placeWith(t, 10);
  const desktop = join(place.state, "marks-desktop.jsonl");
  writeFileSync(desktop, line("laptop:s-1", "2026-11-23T12:00:00.000Z", "9", "read", true));
  renew(place, later());
  assert.ok(isOfUse(place));
  appendFileSync(path, line("laptop:t-1", "2026-11-23T08:00:00.000Z", "8", "read", true));
  const ids = () =>
    open(place, true)
      .history.list(2)
      .map(({ id }) => id);
  for (const isRenewed of [false, true]) {
    if (isRenewed) renew(place, later());
    assert.ok(isOfUse(place));
    assert.deepEqual(ids(), ["laptop:s-1", "laptop:t-1"]);
  }
});

test("an image of another version, place or machine, or one that is damaged, is none", (t) => {
  const { place, path } = placeWith(t, 100);
  assert.ok(isOfUse(place));
  const image = readFileSync(imagePath(place));
  assert.equal(readImage({ ...place, program: "2" }), null);
  for (const [other, name] of [
    [{ ...place, machine: "desktop" }, "machine"],
    [{ ...place, state: `${place.state}-of-others` }, "home"],
  ] as const) {
    writeFileSync(imagePath(other), image);
    assert.equal(readImage(other), null, `of another ${name}`);
  }
  for (let at = 0; at < image.length; at += 97) {
    const damaged = Buffer.from(image);
    damaged[at] = (damaged[at] as number) ^ 0x10;
    writeFileSync(imagePath(place), damaged);
    isOfUse(place);
  }
  for (const length of [0, 8, 31, 32, 100, image.length - 1]) {
    writeFileSync(imagePath(place), image.subarray(0, length));
    isOfUse(place);
  }
  writeFileSync(imagePath(place), image);
  assert.ok(isOfUse(place));
  rmSync(path);
  assert.equal(isOfUse(place), false, "without its journal");
});

test("two homes with one cache directory have an image each", (t) => {
  const home = temporaryDirectory(t);
  const [one, other] = ["a", "b"].map((name) => ({ ...placeIn(home), state: join(home, name) })) as [
    ImagePlace,
    ImagePlace,
  ];
  for (const [place, count] of [
    [one, 20],
    [other, 30],
  ] as const) {
    mkdirSync(place.state);
    writeFileSync(join(place.state, "marks-laptop.jsonl"), manyLines(count));
    renew(place, later());
  }
  assert.deepEqual([open(one, true).marks.size, open(other, true).marks.size], [20, 30]);
  assert.ok(isOfUse(one) && isOfUse(other));
});

test("what is appended while the image is made is not in it, and is read behind it", (t) => {
  const { place, path } = placeWith(t, 3_000);
  appendFileSync(path, manyLines(2_000, 3_000));
  let number = 5_000;
  const making = renewImage(place, later(), 1);
  for (; !making.next().done; number += 1) appendFileSync(path, manyLines(1, number));
  assert.ok(number > 5_005);
  assert.ok(isOfUse(place));
  assert.equal(open(place, true).marks.size, number);
});

test("two processes that make the image at once leave one that is whole, and nothing else", (t) => {
  const { place, path } = placeWith(t, 100);
  appendFileSync(path, manyLines(100, 100));
  const [one, other] = [renewImage(place, later(), 1), renewImage(place, later(), 1)];
  let steps = 0;
  while (![one.next(), other.next()].every(({ done }) => done)) steps += 1;
  assert.ok(steps > 5);
  assert.ok(isOfUse(place));
  assert.deepEqual(readdirSync(join(place.cache, "marks")), [basename(imagePath(place))]);
  appendFileSync(path, manyLines(100, 200));
  // One that is broken off leaves nothing either.
  for (let most = 1; ; most += 1) {
    const making = renewImage(place, later(), 1);
    let step = making.next();
    for (let at = 1; at < most && !step.done; at += 1) step = making.next();
    making.return(false);
    assert.deepEqual(readdirSync(join(place.cache, "marks")), [basename(imagePath(place))]);
    if (step.done) break;
  }
});

test("where the cache directory cannot be written, or a journal cannot be read, there is no image", (t) => {
  const place = placeIn(temporaryDirectory(t));
  mkdirSync(place.state, { recursive: true });
  writeFileSync(join(place.state, "marks-laptop.jsonl"), manyLines(10));
  writeFileSync(place.cache, "a file where the directory would be");
  assert.throws(() => renew(place));
  assert.equal(readImage(place), null);
  rmSync(place.cache);
  mkdirSync(join(place.state, "marks-desktop.jsonl"));
  assert.throws(() => renew(place));
  rmSync(join(place.state, "marks-desktop.jsonl"), { recursive: true });
  assert.ok(renew(place, later()));
  assert.ok(isOfUse(place));
  mkdirSync(join(place.state, "marks-desktop.jsonl"));
  assert.equal(isOfUse(place), false, "what cannot be read is said as ever");
  assert.equal(open(place, true).problems.length, 1);
});

test("an entry of the very moment of one in the image makes all be read, as ids are not in it", (t) => {
  const { place } = placeWith(t, 10);
  const at = "2026-11-23T12:00:00.000Z";
  const desktop = join(place.state, "marks-desktop.jsonl");
  writeFileSync(desktop, line("desktop:r-5", at, "7", "read", true));
  renew(place, later());
  assert.ok(isOfUse(place));
  for (const [id, isRead] of [
    ["a:r-1", 1],
    ["z:r-1", 0],
  ] as const) {
    appendFileSync(desktop, line(id, at, "7", "read", false));
    assert.equal(isOfUse(place), false);
    assert.equal(open(place, true).marks.bits("7"), isRead);
  }
  renew(place, later());
  appendFileSync(desktop, line("a:r-2", at, "8", "read", true));
  assert.ok(isOfUse(place), "of another paper there is nothing at that moment");
});

test("lines that are not in their order are in the image in their order", (t) => {
  const { place, path } = placeWith(t, 10);
  const lines = ["12:00", "11:00", "13:00"].map((time, index) =>
    line(`laptop:${"stu"[index]}-1`, `2026-11-23T${time}:00.000Z`, "7", "read", index !== 1),
  );
  appendFileSync(path, lines.slice(0, 2).join(""));
  assert.equal(isOfUse(place), false);
  assert.ok(renew(place, later()));
  assert.ok(isOfUse(place));
  assert.equal(open(place, true).marks.bits("7"), 1);
  appendFileSync(path, lines[2] as string);
  assert.ok(isOfUse(place));
});

test("a copy of an entry at another time counts at its earliest, whichever is met first", (t) => {
  const { place, path } = placeWith(t, 10);
  const at = (time: string) => `2026-11-23T${time}:00.000Z`;
  // The copy at eight stands behind a line of noon.
  appendFileSync(path, line("x:r-1", at("09:00"), "7", "read", false));
  appendFileSync(path, line("y:r-1", at("10:00"), "7", "read", true));
  const desktop = join(place.state, "marks-desktop.jsonl");
  writeFileSync(desktop, line("z:r-1", at("12:00"), "9", "read", true));
  appendFileSync(desktop, line("y:r-1", at("08:00"), "7", "read", true));
  assert.equal(open(place, false).marks.bits("7"), 0);
  assert.ok(renew(place, later()));
  assert.ok(isOfUse(place));
  assert.equal(open(place, true).marks.bits("7"), 0);
});

test("an entry of an early version counts no earlier than the line ahead of it, where that is in the image too", (t) => {
  const { place, path } = placeWith(t, 10);
  appendFileSync(path, line("laptop:s-1", "2026-11-23T12:00:00.000Z", "7", "read", true));
  renew(place, later());
  appendFileSync(path, line("laptop:s-2", "2026-11-23T11:00:00.000Z", "8", "read", true));
  assert.ok(isOfUse(place));
  assert.deepEqual(open(place, true).marks.stamp("8"), open(place, true).marks.stamp("7"));
});

test("an image of what was there before a compaction is not believed, and one made behind it is", (t) => {
  const { place, path } = placeWith(t, 100);
  appendFileSync(path, manyLines(100).replaceAll("laptop:r-", "laptop:s-").replaceAll("2020-", "2021-"));
  renew(place, later());
  assert.ok(isOfUse(place));
  const compaction = compactJournal(place.state, "laptop");
  assert.equal(compaction?.changesAfter, 200, "all can still be undone");
  assert.equal(isOfUse(place), false);
  assert.ok(renew(place, later()));
  assert.ok(isOfUse(place));
  assert.equal(open(place, true).sizes().behindImage, 0);
  // The next mark begins a new journal.
  appendFileSync(path, manyLines(3, 300));
  assert.ok(isOfUse(place));
  assert.equal(open(place, true).marks.bits("2001.10302"), 1);
  compactJournal(place.state, "laptop");
  assert.equal(isOfUse(place), false);
});

test("what was compacted while it is read is read anew", (t) => {
  const { place, path } = placeWith(t, 600);
  appendFileSync(path, manyLines(600).replaceAll("laptop:r-", "laptop:s-").replaceAll("2020-", "2021-"));
  compactJournal(place.state, "laptop");
  assert.match(readdirSync(place.state).join(), /\.base-/);
  renew(place, later());
  appendFileSync(path, manyLines(3, 700));
  assert.ok(isOfUse(place));
  const { statSync: real } = fs;
  let isDone = false;
  // Between the base, which is looked at first, and the journal, which goes into another base.
  t.mock.method(fs, "statSync", (name: string, options: object) => {
    if (name === path && !isDone) {
      isDone = true;
      compactJournal(place.state, "laptop");
      appendFileSync(path, manyLines(3, 800));
    }
    return real(name, options);
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  const { marks } = open(place, true);
  assert.ok(isDone);
  for (const paper of ["2001.10000", "2001.10702", "2001.10802"]) assert.equal(marks.bits(paper), 1, paper);
});

test("titles are those of the image that was read, or of none", (t) => {
  const { place, path } = placeWith(t, 100);
  const image = readImage(place);
  assert.equal(image?.titles()?.lines.length, 100);
  appendFileSync(path, manyLines(1, 100));
  renew(place, later());
  assert.equal(image?.titles(), null);
  assert.equal(readImage(place)?.titles()?.lines.length, 101);
});

test("little that is new makes no image", (t) => {
  const { place, path } = placeWith(t, 100);
  appendFileSync(path, manyLines(100, 100));
  const before = readFileSync(imagePath(place));
  assert.equal(atOnce(renewImage(place, later())), false);
  assert.deepEqual(readFileSync(imagePath(place)), before);
  appendFileSync(path, manyLines(200, 200));
  assert.equal(atOnce(renewImage(place, later())), true);
  assert.equal(open(place, true).sizes().behindImage, 0);
});

test("a long journal is looked through behind the screen, and read anew where it was edited", (t) => {
  const count = 65_000;
  const { place, path } = placeWith(t, count);
  assert.ok(statSync(path).size > 8 << 20);
  appendFileSync(path, manyLines(2, count));
  const { library } = openLibrary(place.state, "laptop", Date.now, readImage(place));
  const [steps, changes] = stepsOf(library.makeSure());
  assert.ok(steps > 30, `${steps} steps`);
  assert.deepEqual(changes, []);
  assert.ok(library.sizes().behindImage < 1_000);

  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace('"paper":"2001.74999"', '"paper":"2001.84999"'));
  assert.equal(isOfUse(place), false, "the last bytes that are known are looked at at once");
  const changed = text.replace('"paper":"2001.12345"', '"paper":"2001.99999"');
  writeFileSync(`${path}.tmp`, changed);
  const aside = `${path}.old`;
  renameSync(path, aside);
  renameSync(`${path}.tmp`, path);
  assert.equal(isOfUse(place), false, "another file is looked through at once");
  renameSync(aside, path);
  writeFileSync(path, changed);
  const edited = openLibrary(place.state, "laptop", Date.now, readImage(place)).library;
  assert.equal(edited.bits("2001.12345"), 1, "what was known, at first");
  edited.record("starred", [{ paper: "2001.10001", title: "", starred: true }]);
  const [, news] = stepsOf(edited.makeSure());
  assert.deepEqual(
    [...news].sort((one, other) => (one.paper < other.paper ? -1 : 1)),
    [
      { paper: "2001.12345", title: "", read: false },
      { paper: "2001.99999", title: "", read: true },
    ],
  );
  const { all, behindImage } = edited.sizes();
  assert.equal(behindImage, all, "it is no image of these journals");
  const fresh = openLibrary(place.state, "laptop", Date.now).library;
  for (const paper of ["2001.12345", "2001.99999", "2001.10001"]) {
    assert.equal(edited.bits(paper), fresh.bits(paper));
  }
  assert.deepEqual(edited.history(500), fresh.history(500));
  assert.deepEqual(stepsOf(edited.makeSure()), [0, []], "once is enough");
});

/** How many steps there were, and what came of them. */
function stepsOf<T>(making: Generator<void, T>): [number, T] {
  for (let steps = 0; ; steps += 1) {
    const step = making.next();
    if (step.done) return [steps, step.value];
  }
}
