import assert from "node:assert/strict";
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { longOnly, someOf } from "../../support/long.js";
import { run } from "../program.js";

const starred = (home: string) =>
  JSON.parse(run(["list", "starred", "--json"], { home }).out || "[]").map((one: { id: string }) => one.id);

test("all that is kept goes from one machine to another, and a copy comes back", (t) => {
  const all = mkdtempSync(join(tmpdir(), "papers-tui-state-"));
  t.after(() => rmSync(all, { recursive: true, force: true }));
  const [one, two] = ["one", "two"].map((name) => join(all, name)) as [string, string];
  for (const home of [one, two]) mkdirSync(home);
  run(["mark", "star", "2510.22543"], { home: one });
  const file = join(all, "state.json");
  assert.equal(run(["state", "export", file], { home: one }).code, 0);
  if (process.platform !== "win32") assert.equal(statSync(file).mode & 0o777, 0o600);
  const again = run(["state", "export", file], { home: one });
  assert.deepEqual([again.code, /--force overwrites it/.test(again.err)], [2, true]);
  assert.equal(run(["state", "export"], { home: one }).out.startsWith('{"format":"papers-tui state"'), true);
  const came = run(["state", "import", file], { home: two });
  assert.equal(came.code, 0);
  assert.match(came.out, /\t1 new, kept in .*\nsettings\tnothing new\nplaces\tnothing new\n$/);
  assert.deepEqual(starred(two), ["2510.22543"]);

  run(["mark", "star", "hep-th/9901001"], { home: two });
  const from = join(two, ".local/state/papers-tui");
  assert.equal(run(["merge", from], { home: one }).code, 0);
  assert.deepEqual(starred(one), ["hep-th/9901001", "2510.22543"]);
  assert.match(run(["merge", from], { home: one }).out, /nothing new in it/);
  const odd = join(all, "odd.txt");
  writeFileSync(odd, "hello\n");
  const refused = run(["merge", odd, join(all, "nowhere")], { home: one });
  assert.equal(refused.code, 2);
  assert.match(
    refused.err,
    /odd\.txt has no marks\.\n.*“papers-tui \S*odd\.txt” opens a file of papers, .*\n.*there is no file .*nowhere\.\n$/,
  );
  assert.match(
    run(["state", "import", odd], { home: one }).err,
    /“papers-tui \S*odd\.txt” opens a file of papers/,
  );
});

test("marks are moved to a folder that is synchronised, and found there", {
  skip: process.platform === "win32",
}, (t) => {
  const home = mkdtempSync(join(tmpdir(), "papers-tui-sync-"));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  run(["mark", "star", "2510.22543"], { home });
  const cloud = join(home, "cloud");
  const nowhere = run(["sync", cloud], { home });
  assert.equal(nowhere.code, 2);
  assert.match(nowhere.err, /nothing was moved: there is no folder .*cloud/);
  mkdirSync(cloud);
  const moved = run(["sync", cloud], { home });
  assert.equal(moved.code, 0);
  assert.match(moved.out, /^Your marks are now in .*cloud\/papers-tui, /);
  assert.ok(lstatSync(join(home, ".local/state/papers-tui")).isSymbolicLink());
  run(["mark", "star", "hep-th/9901001"], { home });
  assert.deepEqual(starred(home), ["hep-th/9901001", "2510.22543"]);
  assert.match(run(["sync", cloud], { home }).out, /^Your marks are already in /);
});

test("a journal is compacted by hand, which prints the figures", (t) => {
  const home = mkdtempSync(join(tmpdir(), "papers-tui-compact-"));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const compact = () => run(["state", "compact"], { home });
  assert.deepEqual(compact(), { code: 0, out: "There are no marks of this machine yet.\n", err: "" });
  run(["mark", "star", "2510.22543"], { home });
  assert.match(compact().out, /^1 change in 1 file, 1 kB: nothing to remove\./);
});

test("a journal with changes that no longer count gets smaller, and what was marked stays", longOnly, (t) => {
  const home = mkdtempSync(join(tmpdir(), "papers-tui-compact-"));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const compact = () => run(["state", "compact"], { home });
  run(["mark", "star", "2510.22543"], { home });
  run(["mark", "unstar", "2510.22543"], { home });
  run(["mark", "star", "hep-th/9901001"], { home });
  assert.match(compact().out, /^3 changes in 1 file, 1 kB: nothing to remove\./);
  assert.deepEqual(starred(home), ["hep-th/9901001"]);
  const state = join(home, ".local/state/papers-tui");
  const journals = () => readdirSync(state).filter((name) => name.startsWith("marks-"));
  const [journal = ""] = journals();
  const machine = journal.slice("marks-".length, journal.indexOf("."));
  assert.equal(journal, `marks-${machine}.jsonl`, "a journal that would not get smaller keeps its name");
  const lines = Array.from({ length: 1_000 }, (_, index) => {
    const read = `"papers":[{"paper":"1","title":"T","read":${index % 2 === 0}}]`;
    return `{"v":1,"id":"desktop:r-${index + 1}","at":"2026-11-23T08:00:00.000Z","label":"read",${read}}\n`;
  });
  appendFileSync(join(state, journal), lines.join(""));
  assert.match(compact().out, /^1,003 changes in 1 file, 1\d\d kB, are now 4 changes in 1 file, 1 kB\.\n$/);
  const [base = "", ...others] = journals();
  assert.deepEqual(others, []);
  assert.ok(run(["paths"], { home }).out.includes(`compacted\t${join(state, base)}\n`));
  run(["mark", "read", "2510.22543"], { home });
  assert.match(compact().out, /^5 changes in 2 files, \d kB, are now 5 changes in 1 file, \d kB\.\n$/);
  symlinkSync(join(state, journals()[0] ?? ""), join(state, `marks-${machine}.jsonl`));
  const refused = compact();
  assert.equal(refused.code, 2);
  assert.match(refused.err, /not compacted, and nothing is lost: .*is a link or a folder/);
  rmSync(join(state, `marks-${machine}.jsonl`));
  mkdirSync(join(state, `marks-${machine}.sealed-a-a.jsonl`));
  // What is in the way is named, and not the journal.
  assert.match(compact().err, /nothing is lost: \S*\.sealed-a-a\.jsonl is a folder where a file should be/);
});

test("what the verbs want is said", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["merge", /merge needs copies of journals/],
    ["state", /state needs one of export, import, compact/],
    ["state burn", /state takes export, import, compact; not “burn”/],
    ["state import", /state import needs a file/],
    ["state compact x", /state compact takes no file/],
    ["sync", /sync needs one folder/],
  ];
  for (const [typed, message] of someOf(cases, 2)) assert.match(run(typed.split(" ")).err, message);
});
