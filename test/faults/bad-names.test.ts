import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { writeAtomic } from "../../source/files/write-atomic.js";
import { openLibrary } from "../../source/library/library.js";
import { markedPapers } from "../../source/library/marked-papers.js";
import { SeenPapers } from "../../source/library/papers-seen.js";
import { markBits } from "../../source/papers/marks.js";
import { makePaper } from "../../source/papers/paper.js";
import { loadConfigWriter } from "../../source/settings/config-writer.js";
import { readMachineId } from "../../source/settings/machine.js";
import { savePositions } from "../../source/settings/save.js";
import { readConfig } from "../../source/settings/settings.js";
import { mergeable, mergeFile } from "../../source/sync/merge.js";
import { moveState } from "../../source/sync/move.js";
import { exportState } from "../../source/sync/state-file.js";
import { clockFrom, line, mark, temporaryDirectory } from "../library/support.js";
import { asNobody, intruders, isWindows } from "./attacks.js";

const write = await loadConfigWriter();

const now = clockFrom("2026-11-23T08:00:00.000Z");
const kept = makePaper({ id: "2", title: "Kept" });
const names = [
  "marks-laptop.jsonl",
  "marks-desktop.jsonl",
  "marks-laptop.base-1-a.jsonl",
  "papers-laptop.jsonl",
  "papers-desktop.jsonl",
  "seen-laptop.jsonl",
  "seen-desktop.jsonl",
];

for (const [what, put] of Object.entries(intruders)) {
  for (const name of names) {
    test(`${what} called ${name} hides only itself`, { skip: isWindows, timeout: 10_000 }, async (t) => {
      const state = temporaryDirectory(t);
      chmodSync(state, 0o777);
      const other = line("tablet:r-1", "2026-11-20T08:00:00.000Z", "1", "starred", true);
      writeFileSync(join(state, "marks-tablet.jsonl"), other, { mode: 0o644 });
      await put(join(state, name));
      asNobody(() => {
        const { library, problems } = openLibrary(state, "laptop", now);
        const seen = new SeenPapers(state, "laptop", now);
        const all = [...problems, ...seen.problems];
        assert.equal(all.length, 1, all.join("\n"));
        assert.ok(all[0]?.includes(name), all[0]);
        assert.equal(library.bits("1"), markBits.starred);
        const { error } = library.record("starred", [mark("2", "starred", true)], [kept]);
        assert.equal(error, null);
        assert.deepEqual(library.refresh(), []);
        assert.equal(library.record("read", [mark("1", "read", true)]).error, null);
        seen.show("2");
        assert.deepEqual([seen.endVisit(), library.flush()], [null, null]);

        const again = openLibrary(state, "laptop", now).library;
        assert.deepEqual(
          [again.bits("1"), again.bits("2")],
          [markBits.starred | markBits.read, markBits.starred],
        );
        assert.equal(again.undo()[0]?.change.label, "read");
        assert.equal(new SeenPapers(state, "tablet", now).has("2"), true);
        assert.equal(markedPapers(state, "starred").find(({ id }) => id === "2")?.kept?.title, "Kept");
        assert.match(exportState(state, join(state, "config"), now).text, /"tablet:r-1"/);
        assert.equal(mergeFile(state, "laptop", join(state, name)).added, 0);
      });
    });
  }

  test(`${what} in place of the settings is reported and stays`, {
    skip: isWindows,
    timeout: 10_000,
  }, async (t) => {
    const config = temporaryDirectory(t);
    chmodSync(config, 0o777);
    const path = join(config, "config.json");
    await put(path);
    const kind = execFileSync("stat", ["-c", "%F %i", path], { encoding: "utf8" });
    const position = { view: "all", sort: "date", filter: "", paper: null, day: null, history: [] } as const;
    const begun = performance.now();
    const [problems, saving] = asNobody(() => [
      readConfig(config, now).problems,
      savePositions(write, config, new Map([["x", position]])),
    ]);
    if (what !== "a link to nothing") assert.match(problems.join(), /The settings could not be read/);
    assert.match((await saving) ?? "", /^Where you left off was not saved: /);
    assert.ok(performance.now() - begun < 2_000);
    assert.equal(execFileSync("stat", ["-c", "%F %i", path], { encoding: "utf8" }), kind);
  });

  test(`${what} is no file of the machine's identity, and nothing to merge`, {
    skip: isWindows,
  }, async (t) => {
    const folder = temporaryDirectory(t);
    chmodSync(folder, 0o777);
    const path = join(folder, "machine-id");
    await put(path);
    asNobody(() => {
      assert.equal(readMachineId([path]), null);
      for (const one of mergeable(path))
        assert.equal(mergeFile(join(folder, "state"), "laptop", one).isDone, false);
    });
  });

  test(`${what} in the place of a snapshot costs time, and in that of a lock it is reported`, {
    skip: isWindows,
    timeout: 20_000,
  }, async (t) => {
    const home = temporaryDirectory(t);
    const [state, cache, config] = ["state", "cache", "config"].map((one) => join(home, one)) as [
      string,
      string,
      string,
    ];
    const place = { cache, codeHash: "1" };
    openLibrary(state, "laptop", now, place).library.record("starred", [mark("1", "starred", true)]);
    openLibrary(state, "laptop", now, place).library.keepSnapshot(1);
    const [snapshot = ""] = execFileSync("ls", [join(cache, "marks")], { encoding: "utf8" }).split("\n");
    execFileSync("rm", [join(cache, "marks", snapshot)]);
    await put(join(cache, "marks", snapshot));
    const { library, problems } = openLibrary(state, "laptop", now, place);
    library.keepSnapshot(1);
    assert.deepEqual([library.bits("1"), problems], [markBits.starred, []]);
    mkdirSync(config);
    await put(join(config, "config.json.lock"));
    const position = { view: "all", sort: "date", filter: "", paper: null, day: null, history: [] } as const;
    const begun = performance.now();
    const error = await savePositions(write, config, new Map([["x", position]]));
    // A file may be the lock of another user, until it is old.
    const why = what.startsWith("a file")
      ? /not saved: another papers-tui is writing the settings: try again\.$/
      : /not saved: \S+config\.json\.lock is where a lock file should be; move it away\.$/;
    assert.match(error ?? "", why);
    assert.ok(performance.now() - begun < 2_500);
    assert.deepEqual(Object.keys(readConfig(config, now).places), []);
  });
}

test("a state folder that may be entered but not listed still shows and saves this machine's marks", {
  skip: isWindows,
}, (t) => {
  const home = temporaryDirectory(t);
  chmodSync(home, 0o777);
  const state = join(home, "state");
  asNobody(() => {
    openLibrary(state, "laptop", now).library.record("starred", [mark("1", "starred", true)]);
    chmodSync(state, 0o300);
    const { library, problems } = openLibrary(state, "laptop", now);
    assert.match(problems.join(), /^Marks could not be read: no permission for .*state/);
    assert.equal(library.bits("1"), markBits.starred);
    assert.equal(library.record("read", [mark("1", "read", true)]).error, null);
    chmodSync(state, 0o700);
    assert.equal(openLibrary(state, "laptop", now).library.bits("1"), markBits.starred | markBits.read);
  });
});

test("a state folder that is a link to itself, or a pipe, is reported and hangs nothing", {
  skip: isWindows,
}, async (t) => {
  for (const what of ["a link to itself", "a pipe", "a file that nobody may read"]) {
    const state = join(temporaryDirectory(t), "state");
    await intruders[what]?.(state);
    const { library, problems } = openLibrary(state, "laptop", now);
    assert.equal(problems.length, 1);
    assert.match(library.record("read", [mark("1", "read", true)]).error ?? "", /^1 change is not saved: /);
    assert.equal(library.bits("1"), markBits.read, "for this session");
    assert.deepEqual(library.refresh(), []);
    assert.equal(new SeenPapers(state, "laptop", now).endVisit(), null);
  }
});

test("a journal that becomes something else while the program runs keeps no mark from being saved", {
  skip: isWindows,
}, async (t) => {
  for (const [what, put] of Object.entries(intruders)) {
    const state = temporaryDirectory(t);
    const path = join(state, "marks-laptop.jsonl");
    const { library } = openLibrary(state, "laptop", now);
    library.record("starred", [mark("1", "starred", true)]);
    library.refresh();
    execFileSync("rm", [path]);
    await put(path);
    // Root may read it, and so it is a journal with one damaged line.
    const isReadable = process.getuid?.() === 0 && what === "a file that nobody may read";
    assert.equal(library.record("read", [mark("2", "read", true)]).error, null, what);
    library.refresh();
    const again = openLibrary(state, "laptop", now).library;
    assert.deepEqual([again.bits("1"), again.bits("2")], [markBits.starred, markBits.read], what);
    assert.equal(existsSync(join(state, "marks-laptop-2.jsonl")), !isReadable, what);
  }
});

test("moving to a folder where something else has a file's name hangs nothing and loses nothing", {
  skip: isWindows,
  timeout: 20_000,
}, async (t) => {
  for (const [what, put] of Object.entries(intruders)) {
    const home = temporaryDirectory(t);
    const [state, target] = [join(home, "state"), join(home, "cloud", "papers-tui")];
    openLibrary(state, "laptop", now).library.record("starred", [mark("1", "starred", true)]);
    mkdirSync(target, { recursive: true });
    await put(join(target, "marks-laptop.jsonl"));
    moveState(state, join(home, "cloud"), now);
    assert.equal(openLibrary(state, "laptop", now).library.bits("1"), markBits.starred, what);
  }
});

test("nothing but a file is ever replaced by a file", { skip: isWindows }, async (t) => {
  for (const what of ["a pipe", "a device", "a link to a device", "a socket", "a folder"]) {
    const path = join(temporaryDirectory(t), "file");
    await intruders[what]?.(path);
    const before = execFileSync("stat", ["-Lc", "%F", path], { encoding: "utf8" });
    for (const overwrite of [true, false])
      assert.throws(() => writeAtomic(path, "text", { overwrite }), what);
    assert.equal(execFileSync("stat", ["-Lc", "%F", path], { encoding: "utf8" }), before);
  }
});

test("a link that leads out of the state folder to a journal is followed", { skip: isWindows }, (t) => {
  const home = temporaryDirectory(t);
  const real = join(home, "elsewhere.jsonl");
  const state = join(home, "state");
  mkdirSync(state);
  writeFileSync(real, "");
  symlinkSync(real, join(state, "marks-laptop.jsonl"));
  assert.equal(
    openLibrary(state, "laptop", now).library.record("read", [mark("1", "read", true)]).error,
    null,
  );
  assert.equal(readFileSync(real, "utf8").split("\n").length, 2);
  assert.equal(basename(real), "elsewhere.jsonl");
  assert.ok(statSync(real).isFile());
});

/** A link that a hostile synchroniser plants: journals have text by strangers, and shells run such files. */
for (const isThere of [true, false]) {
  const file = isThere ? "another file" : "a file that is not there yet";
  test(`a link to ${file} gets no lines and no copies`, { skip: isWindows }, (t) => {
    const home = temporaryDirectory(t);
    const [state, cloud] = [join(home, "state"), join(home, "cloud")];
    for (const folder of [state, join(cloud, "papers-tui")]) mkdirSync(folder, { recursive: true });
    const victim = join(home, ".profile");
    if (isThere) writeFileSync(victim, "export A=1\n");
    const links = ["marks-laptop.jsonl", "papers-laptop.jsonl", "seen-laptop.jsonl"];
    for (const name of links) symlinkSync(victim, join(state, name));
    const { library } = openLibrary(state, "laptop", now);
    assert.equal(library.record("starred", [mark("2", "starred", true)], [kept]).error, null);
    assert.equal(openLibrary(state, "laptop", now).library.bits("2"), markBits.starred);
    const entry = line("tablet:r-1", "2026-11-20T08:00:00.000Z", "1", "starred", true);
    const copy = join(home, "marks-tablet.jsonl");
    writeFileSync(copy, entry);
    symlinkSync(victim, join(state, basename(copy)));
    assert.equal(mergeFile(state, "laptop", copy).added, 1);
    for (const name of [...links, basename(copy)]) rmSync(join(state, name));
    for (const name of readdirSync(state)) symlinkSync(victim, join(cloud, "papers-tui", name));
    moveState(state, cloud, now);
    assert.equal(isThere && readFileSync(victim, "utf8"), isThere && "export A=1\n");
    assert.equal(existsSync(victim), isThere);
  });
}
