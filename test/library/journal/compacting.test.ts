import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { appendLines } from "../../../source/files/append.js";
import { compactJournal, unreadablePath } from "../../../source/library/journal/compact.js";
import { decodeLine } from "../../../source/library/journal/format.js";
import { openLibrary } from "../../../source/library/library.js";
import { markBits } from "../../../source/papers/marks.js";
import { bitsOf, line, linesOf, mark, now, open, temporaryDirectory, undoable } from "../support.js";

const windows = process.platform === "win32";
const at = (second: number) => `2026-11-23T07:00:${String(second).padStart(2, "0")}.000Z`;
const journals = (state: string) => readdirSync(state).filter((name) => name.startsWith("marks-laptop"));

/** Stars a paper and takes that away, many times over. */
function toggle(state: string, times: number, paper = "1"): void {
  const library = open(state);
  for (let time = 1; time <= times; time += 1)
    library.record("starred", [mark(paper, "starred", time % 2 === 1)]);
}

test("of a mark that changed a thousand times the last change is left, and those that can be undone", (t) => {
  const state = temporaryDirectory(t);
  const first = line("desktop:r-1", at(1), "2", "starred", true);
  writeFileSync(join(state, "marks-laptop.jsonl"), first + line("desktop:r-2", at(2), "2", "starred", false));
  toggle(state, 1_001);
  const library = open(state);
  for (let time = 0; time < 3; time += 1) library.undo();
  const done = compactJournal(state, "laptop");
  assert.deepEqual([done?.files, done?.changesBefore, done?.changesAfter], [1, 1_006, 504]);
  const [name = "", ...others] = journals(state);
  assert.deepEqual(others, []);
  assert.match(name, /^marks-laptop\.base-[0-9a-z]+-[0-9a-z]+\.jsonl$/);
  assert.equal(statSync(join(state, name)).mode & 0o777, windows ? 0o666 : 0o600);
  const again = open(state);
  assert.deepEqual(again.history(), library.history());
  assert.deepEqual([undoable(again), again.redoable, again.bits("1")], [497, 3, 0]);
  for (let time = 0; time < 3; time += 1) assert.equal(again.redo().length, 1);
  assert.equal(again.bits("1"), markBits.starred);
  while (again.undo().length > 0);
  assert.equal(open(state).bits("1"), markBits.starred, "as it was 500 changes ago");
  // An old copy of what was removed brings nothing back.
  writeFileSync(join(state, "marks-laptop.sync-conflict-20261123.jsonl"), first);
  assert.equal(open(state).bits("2"), 0);
});

test("where there is nothing to remove the journal keeps its name and its bytes", (t) => {
  const state = temporaryDirectory(t);
  toggle(state, 3);
  const before = readFileSync(join(state, "marks-laptop.jsonl"));
  for (let time = 0; time < 2; time += 1) {
    const done = compactJournal(state, "laptop");
    assert.deepEqual([done?.files, done?.changesBefore, done?.changesAfter], [1, 3, 3]);
    assert.deepEqual(journals(state), ["marks-laptop.jsonl"]);
    assert.deepEqual(readFileSync(join(state, "marks-laptop.jsonl")), before);
  }
});

test("what is left is a journal like any other, in its order, with all that only others know", (t) => {
  const state = temporaryDirectory(t);
  const later = line("desktop:r-1", at(1), "9", "starred", true).replace('"label"', '"mood":"good","label"');
  const leftOut =
    '{"v":1,"id":"left-out:laptop:u-1","at":"2026-11-23T07:00:01.000Z","label":"left out","papers":[]';
  writeFileSync(join(state, "marks-laptop.jsonl"), `${later}${leftOut},"leftOut":{"laptop:r-":[[1,200]]}}\n`);
  toggle(state, 700);
  compactJournal(state, "laptop");
  const lines = linesOf(join(state, journals(state)[0] ?? ""));
  const times = lines.map((text) => decodeLine(text).entry?.at ?? "not an entry");
  assert.deepEqual(times, [...times].sort());
  assert.deepEqual([lines[0], lines.length, times.includes("not an entry")], [later.trim(), 501, false]);
});

test("lines that no version can read are moved to a file once, except one that was then written whole", (t) => {
  const state = temporaryDirectory(t);
  const path = join(state, "marks-laptop.jsonl");
  const whole = line("desktop:r-3", at(3), "3", "starred", true);
  const good = line("desktop:r-1", at(1), "1", "starred", true);
  const newer = line("desktop:r-9", at(9), "9", "starred", true).replace('"v":1', '"v":2');
  const late = line("desktop:r-8", "9999-01-01T00:00:00.000Z", "8", "starred", true);
  const lost = line("laptop:r-7", at(7), "7", "starred", true).slice(0, 90);
  const strange = ["<<<<<<< HEAD\n", '{"hello":1}\n', `${"\0".repeat(40)}\n`, "\xff\n", `${lost}\n`];
  const [conflict, json, zeros, bytes] = strange as [string, string, string, string];
  const torn = `${whole.slice(0, 60)}\n`;
  const text = [conflict, good, newer, json, late, zeros, torn, good, whole, bytes, lost].join("");
  writeFileSync(path, Buffer.from(text, "latin1"));
  const { problems } = openLibrary(state, "laptop", now);
  assert.match(problems.join(), /^6 lines of the journal could not .*,1 line .* future .*,1 line .* newer/);
  for (const unreadable of [5, 0]) {
    assert.equal(compactJournal(state, "laptop")?.unreadable, unreadable);
    assert.equal(readFileSync(unreadablePath(state, "laptop"), "latin1"), strange.join(""));
    const { problems, library } = openLibrary(state, "laptop", now);
    assert.match(problems.join(), /^1 line of the journal is dated in the far future .*,1 line .* newer/);
    assert.deepEqual(bitsOf(library, "1", "3"), [markBits.starred, markBits.starred]);
  }
  // As after a compaction that was interrupted before it removed what it had read.
  writeFileSync(path, conflict);
  compactJournal(state, "laptop");
  assert.equal(readFileSync(unreadablePath(state, "laptop")).length, strange.join("").length);
});

test("files of other machines, copies and links stay as they are", { skip: windows }, (t) => {
  const state = temporaryDirectory(t);
  const twice = [1, 2].map((second) => line(`laptop:r-${second}`, at(second), "1", "starred", true)).join("");
  const foreign = [
    "marks-desktop.jsonl",
    "marks-laptop2.jsonl",
    "marks-laptop2.base-1-a.jsonl",
    "marks-laptop.sealed-1-a.sync-conflict-20261123.jsonl",
    "marks-laptop.base-1-a (conflicted copy).jsonl",
    "papers-laptop.jsonl",
  ];
  for (const name of foreign) writeFileSync(join(state, name), twice);
  toggle(state, 4);
  compactJournal(state, "laptop");
  for (const name of foreign) assert.equal(readFileSync(join(state, name), "utf8"), twice, name);
  const linked = temporaryDirectory(t);
  const elsewhere = join(temporaryDirectory(t), "journal.jsonl");
  writeFileSync(elsewhere, twice);
  symlinkSync(elsewhere, join(linked, "marks-laptop.jsonl"));
  assert.throws(() => compactJournal(linked, "laptop"), /is a link/);
  assert.equal(readFileSync(elsewhere, "utf8"), twice);
  assert.equal(compactJournal(join(state, "nowhere"), "laptop"), null);
});

test("where nothing may be written nothing changes", { skip: process.getuid?.() === 0 || windows }, (t) => {
  const state = temporaryDirectory(t);
  toggle(state, 10);
  const before = readFileSync(join(state, "marks-laptop.jsonl"));
  chmodSync(state, 0o500);
  t.after(() => chmodSync(state, 0o700));
  assert.throws(() => compactJournal(state, "laptop"), /EACCES/);
  assert.deepEqual(readFileSync(join(state, "marks-laptop.jsonl")), before);
});

test("a journal put aside between being opened and written to gets no line that counts", (t) => {
  const state = temporaryDirectory(t);
  toggle(state, 6);
  const path = join(state, "marks-laptop.jsonl");
  // A part that was put aside before: together they become one file.
  writeFileSync(join(state, "marks-laptop.sealed-a-a.jsonl"), line("laptop:r-1", at(0), "8", "read", true));
  const coming = line("desktop:r-1", at(1), "9", "starred", true);
  let times = 0;
  const { size } = appendLines(path, () => {
    times += 1;
    if (times === 1) compactJournal(state, "laptop");
    return coming;
  });
  assert.deepEqual([times, readFileSync(path, "utf8"), size], [2, coming, coming.length]);
  const away = () => {
    renameSync(path, `${path}.away`);
    return coming;
  };
  assert.throws(() => appendLines(path, away), /again and again/);
});

test("a drive that numbers its files anew each time gets every line once, and can be compacted", (t) => {
  const state = temporaryDirectory(t);
  const { statSync, fstatSync } = fs;
  type Stat = (...args: never[]) => Stats | undefined;
  const renumbered =
    (stat: Stat) =>
    (...args: never[]) => {
      const stats = stat(...args);
      return stats && Object.assign(stats, { ino: Math.random() * 2 ** 40 });
    };
  Object.assign(fs, { statSync: renumbered(statSync), fstatSync: renumbered(fstatSync) });
  syncBuiltinESMExports();
  try {
    toggle(state, 600);
    assert.equal(linesOf(join(state, "marks-laptop.jsonl")).length, 600);
    compactJournal(state, "laptop");
    assert.equal(open(state).record("read", [mark("2", "read", true)]).error, null);
    assert.deepEqual([journals(state).length, linesOf(join(state, "marks-laptop.jsonl")).length], [2, 1]);
  } finally {
    Object.assign(fs, { statSync, fstatSync });
    syncBuiltinESMExports();
  }
});

test("what a compaction that was ended has begun is removed, but not what another is at", (t) => {
  const state = temporaryDirectory(t);
  toggle(state, 9);
  const begun = (name: string) => join(state, `marks-laptop.base-${name}-a.jsonl.0f.tmp`);
  const [old, young] = [begun("old"), begun("young")];
  for (const path of [old, young]) writeFileSync(path, "{");
  const hours = Date.now() / 1_000 - 7_200;
  utimesSync(old, hours, hours);
  compactJournal(state, "laptop");
  assert.deepEqual([existsSync(old), existsSync(young)], [false, true]);
  rmSync(young);
});

test("lines that cannot be read are moved to no file that a link or something else names", {
  skip: windows,
}, (t) => {
  const state = temporaryDirectory(t);
  const victim = join(state, ".profile");
  const own = join(state, "marks-laptop.jsonl");
  const aside = unreadablePath(state, "laptop");
  const ways: Record<string, () => void> = {
    "a link": () => symlinkSync(victim, aside),
    "a link to nothing": () => symlinkSync(join(state, "nowhere"), aside),
    "a folder": () => mkdirSync(aside),
    "a pipe": () => execFileSync("mkfifo", [aside]),
    "a large file": () => {
      writeFileSync(aside, "");
      truncateSync(aside, 2 ** 30);
    },
  };
  writeFileSync(victim, "export A=1\n");
  writeFileSync(own, "a line by a stranger\n");
  for (const [why, put] of Object.entries(ways)) {
    put();
    const isRefused = (error: Error & { path?: string }) =>
      error.path === aside && /move it away/.test(error.message);
    assert.throws(() => compactJournal(state, "laptop"), isRefused, why);
    assert.deepEqual(journals(state), ["marks-laptop.jsonl"], "the journal was put aside all the same");
    rmSync(aside, { recursive: true });
  }
  assert.equal(readFileSync(victim, "utf8"), "export A=1\n");
  assert.ok(!existsSync(join(state, "nowhere")));
  assert.equal(compactJournal(state, "laptop")?.unreadable, 1);
  assert.equal(readFileSync(aside, "utf8"), "a line by a stranger\n");
});
