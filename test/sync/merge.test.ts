import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openLibrary } from "../../source/library/library.js";
import { keptPath, PaperKeeper, readKeptPapers } from "../../source/library/papers-kept.js";
import { markBits } from "../../source/papers/marks.js";
import { makePaper } from "../../source/papers/paper.js";
import { loadConfigWriter } from "../../source/settings/config-writer.js";
import { mergeable, mergeFile } from "../../source/sync/merge.js";
import { exportState, importState } from "../../source/sync/state-file.js";
import { bitsOf, line, mark, now, open, shown, temporaryDirectory, undoable } from "../library/support.js";

const write = await loadConfigWriter();

const early = "2026-11-20T08:00:00.000Z";

test("a copy of a journal is taken in whole, each change at its time and once", (t) => {
  const home = temporaryDirectory(t);
  const state = join(home, "state");
  const library = open(state);
  library.record("starred", [mark("1", "starred", true)]);
  const own = readFileSync(join(state, "marks-laptop.jsonl"));
  const copy = join(home, "marks-laptop (conflicted copy 1).jsonl");
  const older =
    line("desktop:r-1", early, "1", "starred", false) + line("desktop:r-2", early, "2", "later", true);
  writeFileSync(copy, `${older}torn {\n${own}`);
  const merged = mergeFile(state, "laptop", copy);
  assert.deepEqual([merged.isDone, merged.added], [true, 2]);
  assert.equal(merged.path, join(state, "marks-laptop-conflicted-copy-1--merged.jsonl"));
  assert.match(merged.problems.join(), /1 line of the journal could not be read/);
  assert.deepEqual(readFileSync(join(state, "marks-laptop.jsonl")), own, "what was there is untouched");
  const again = open(state);
  assert.deepEqual(bitsOf(again, "1", "2"), [markBits.starred, markBits.later]);
  assert.equal(undoable(again), 1);
  assert.deepEqual(shown(library.refresh()), ["2 later"], "an open terminal sees it");
  const twice = mergeFile(state, "laptop", copy);
  assert.deepEqual([twice.isDone, twice.added, twice.path], [true, 0, null]);
  assert.equal(readdirSync(state).length, 2);
});

test("a lost journal of this machine comes back under its own name, to be undone as before", (t) => {
  const home = temporaryDirectory(t);
  const copy = join(home, "marks-laptop.jsonl");
  writeFileSync(copy, line("laptop:r-1", early, "1", "starred", true));
  const state = join(home, "state");
  assert.equal(mergeFile(state, "laptop", copy).path, join(state, "marks-laptop.jsonl"));
  assert.equal(open(state).undo()[0]?.change.label, "starred");
});

test("two copies of one name are both kept", (t) => {
  const home = temporaryDirectory(t);
  const state = join(home, "state");
  for (const number of [1, 2, 3]) {
    mkdirSync(join(home, `${number}`));
    const copy = join(home, `${number}`, "marks-desktop.jsonl");
    writeFileSync(copy, line(`desktop:r-${number}`, early, `${number}`, "read", true));
    assert.equal(mergeFile(state, "laptop", copy).added, 1);
  }
  assert.equal(readdirSync(state).length, 3);
  assert.equal(open(state).size, 3);
});

test("kept papers are taken in; a folder has all that can be; what is none of ours is refused", (t) => {
  const home = temporaryDirectory(t);
  const from = join(home, "from");
  const { library } = openLibrary(from, "desktop", now);
  library.record("starred", [mark("1", "starred", true)], [makePaper({ id: "1", title: "One" })]);
  writeFileSync(join(from, "notes.txt"), "mine");
  const state = join(home, "state");
  assert.equal(mergeable(from).length, 2);
  for (const path of mergeable(from)) assert.equal(mergeFile(state, "laptop", path).added, 1);
  assert.equal(readKeptPapers(state, new Set(["1"])).get("1")?.title, "One");
  for (const path of mergeable(from)) assert.equal(mergeFile(state, "laptop", path).path, null);
  const nothing = mergeFile(state, "laptop", join(from, "notes.txt"));
  assert.deepEqual([nothing.isDone, nothing.problems], [false, ["notes.txt has no marks."]]);
  assert.equal(mergeFile(state, "laptop", join(home, "nowhere")).isDone, false);
  assert.deepEqual(mergeFile(from, "laptop", join(from, "marks-desktop.jsonl")).path, null);
});

test("only a newer form of a kept paper is new: not an older one, and not what is here twice", async (t) => {
  const home = temporaryDirectory(t);
  const [state, config] = [join(home, "state"), join(home, "config")];
  const library = open(state);
  const one = makePaper({ id: "1", title: "One" });
  // A listing may know more of a paper than the next one that it is marked in.
  library.record("starred", [mark("1", "starred", true)], [{ ...one, upvotes: 3 }]);
  library.record("later", [mark("1", "later", true)], [one]);
  const { text } = exportState(state, config, now);
  const files = readdirSync(state);
  for (const round of ["first", "second"]) {
    const came = await importState(write, text, state, config, "laptop", false);
    assert.ok(!("refused" in came));
    assert.deepEqual(
      came.merged.map(({ added, path }) => [added, path]),
      came.merged.map(() => [0, null]),
      round,
    );
  }
  // What imports left behind before does no harm: a copy of a copy has nothing new either.
  const kept = readFileSync(keptPath(state, "laptop"));
  writeFileSync(join(state, "papers-laptop-merged.jsonl"), kept);
  writeFileSync(join(state, "papers-laptop-merged-2-merged.jsonl"), kept);
  const copies = await importState(
    write,
    exportState(state, config, now).text,
    state,
    config,
    "laptop",
    false,
  );
  assert.ok(!("refused" in copies) && copies.merged.every(({ path }) => path === null));
  assert.deepEqual(readdirSync(state).length, files.length + 2);

  const other = join(home, "other");
  new PaperKeeper(other, "desktop", now).keep([{ ...one, title: "One, revised" }]);
  assert.equal(mergeFile(state, "laptop", keptPath(other, "desktop")).added, 1, "a newer form is new");
  assert.equal(readKeptPapers(state, new Set(["1"])).get("1")?.title, "One, revised");
});

test("all state goes into one file and comes out of it, beside what is newer", async (t) => {
  const home = temporaryDirectory(t);
  const [state, config] = [join(home, "state"), join(home, "config")];
  const library = open(state);
  library.record("starred", [mark("1", "starred", true)], [makePaper({ id: "1", title: "One" })]);
  library.record("read", [mark("2", "read", true)]);
  library.undo();
  mkdirSync(config);
  const place = { listing: "daily", view: "all", sort: "order", filter: "x", paper: null, history: [] };
  writeFileSync(
    join(config, "config.json"),
    JSON.stringify({ source: "sample", ascii: true, places: [place] }),
  );
  writeFileSync(
    join(state, "marks-desktop.jsonl"),
    `torn {\n${line("desktop:r-1", early, "3", "later", true)}`,
  );
  const { text, problems } = exportState(state, config, now);
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? "", /^1 damaged line of .*marks-desktop\.jsonl skipped\.$/);

  const [there, config2] = [join(home, "there"), join(home, "config2")];
  open(there, "desktop").record("unstarred", [mark("1", "starred", false)]);
  mkdirSync(config2);
  writeFileSync(join(config2, "config.json"), JSON.stringify({ source: "trending" }));
  const came = await importState(write, text, there, config2, "desktop", true);
  assert.ok(!("refused" in came));
  assert.deepEqual([came.settings, came.places, came.problems], [{ ascii: true }, 1, []]);
  const { library: two } = openLibrary(there, "desktop", now);
  assert.deepEqual(bitsOf(two, "1", "2", "3"), [0, 0, markBits.later]);
  assert.equal(readKeptPapers(there, new Set(["1"])).get("1")?.title, "One");
  const settings = JSON.parse(readFileSync(join(config2, "config.json"), "utf8"));
  assert.deepEqual(settings, { source: "trending", ascii: true, places: [place] });

  const files = readdirSync(there);
  const again = await importState(write, text, there, config2, "desktop", true);
  assert.ok(!("refused" in again) && again.merged.every(({ path }) => path === null));
  assert.deepEqual(readdirSync(there), files, "a second time nothing is new");

  const fresh = join(home, "fresh");
  await importState(write, text, fresh, join(home, "config3"), "laptop", false);
  const back = open(fresh);
  assert.deepEqual(back.history(), open(state).history());
});

test("an import of something else is refused and changes nothing", async (t) => {
  const home = temporaryDirectory(t);
  for (const [text, why] of [
    ["{", /not JSON/],
    ['{"format":"other"}', /not written by papers-tui/],
    ['{"format":"papers-tui state","version":2}', /newer papers-tui/],
  ] as const) {
    const came = await importState(write, text, join(home, "state"), join(home, "config"), "laptop", true);
    assert.match("refused" in came ? came.refused : "", why);
  }
  const odd =
    '{"format":"papers-tui state","version":1,"journals":{"../../x":[1,{"v":1}],"y":7},"settings":[],"places":3}';
  const came = await importState(write, odd, join(home, "state"), join(home, "config"), "laptop", true);
  assert.ok(!("refused" in came) && came.merged.every(({ isDone }) => !isDone));
  assert.ok(!existsSync(join(home, "state")));
});
