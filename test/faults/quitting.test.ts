import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { withLock, withLockSync } from "../../source/files/lock.js";
import { openLibrary } from "../../source/library/library.js";
import { loadConfigWriter } from "../../source/settings/config-writer.js";
import { savePositions } from "../../source/settings/save.js";
import { readConfig } from "../../source/settings/settings.js";
import { run, start, using, withHome } from "../e2e/program.js";
import { temporaryDirectory, undoable } from "../library/support.js";
import { isLong, someOf } from "../support/long.js";
import { asNobody, isWindows } from "./attacks.js";

const write = await loadConfigWriter();

const now = () => Date.parse("2026-11-23T08:24:15.123Z");
const root = fileURLToPath(new URL("../..", import.meta.url));
const position = { view: "all", sort: "date", filter: "", paper: null, day: null, history: [] } as const;
const save = (config: string, listing: string) =>
  savePositions(write, config, new Map([[listing, position]]));

/** Runs a script of ours in a process of its own. */
function spawnScript(script: string, env: Record<string, string>) {
  const args = ["--import", "tsx", "--input-type=module", "--eval", script];
  return spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: "pipe" });
}

/** Where process numbers mean the same, as a lock names it. */
const space = existsSync("/proc/self/ns/pid")
  ? `${hostname()}:${readlinkSync("/proc/self/ns/pid")}`
  : hostname();

test("programs that save at the same moment keep each other's places and every setting", async (t) => {
  const config = temporaryDirectory(t);
  const mine = { source: "arxiv:cs.LG", unknown: { deep: [1] } };
  writeFileSync(join(config, "config.json"), JSON.stringify(mine));
  const script = `
    import { loadConfigWriter } from "./source/settings/config-writer.ts";
    import { savePositions } from "./source/settings/save.ts";
    process.stdout.write("ready");
    process.stdin.once("data", async () => {
      for (let time = 0; time < 5; time += 1) {
        const position = { view: "all", sort: "date", filter: "", paper: null, day: null, history: [] };
        const error = await savePositions(await loadConfigWriter(), process.env.CONFIG, new Map([[process.env.NAME + time, position]]));
        if (error) process.stderr.write(error);
      }
      process.exit(0);
    });`;
  const names = Array.from({ length: isLong ? 10 : 4 }, (_, at) => `listing ${at}-`);
  const programs = names.map((NAME) => spawnScript(script, { CONFIG: config, NAME }));
  let said = "";
  for (const one of programs) one.stderr.on("data", (text) => (said += text));
  await Promise.all(programs.map((one) => once(one.stdout, "data")));
  for (const one of programs) one.stdin.write("go");
  await Promise.all(programs.map((one) => once(one, "close")));
  assert.equal(said, "");
  const { places, ...settings } = JSON.parse(readFileSync(join(config, "config.json"), "utf8"));
  assert.deepEqual(settings, mine);
  assert.equal(places.length, names.length * 5);
  for (const name of names) assert.ok(readConfig(config, now).places[`${name}4`], name);
  assert.deepEqual(readdirSync(config), ["config.json"], "no lock and nothing half is left");
});

test("a lock is broken that a killed program has left, and no other", async (t) => {
  const config = temporaryDirectory(t);
  const lock = join(config, "config.json.lock");
  const dead = spawnSync(process.execPath, ["--eval", ""]).pid;
  const stale = [`${dead} ${space} 00`, "", "garbage", `1 another-host 00`];
  for (const [at, text] of stale.entries()) {
    writeFileSync(lock, text);
    const old = Date.now() / 1_000 - 60;
    if (at > 0) utimesSync(lock, old, old);
    const begun = performance.now();
    assert.equal(await save(config, `${at}`), null);
    assert.ok(performance.now() - begun < 500, text);
    assert.ok(!existsSync(lock), text);
  }
  // A program killed between making its lock and writing in it holds up nobody for half a minute.
  writeFileSync(lock, "");
  const before = Date.now() / 1_000 - 3;
  utimesSync(lock, before, before);
  assert.equal(await save(config, "empty"), null);
  const held = `${process.pid} ${space} 00`;
  writeFileSync(lock, held);
  const begun = performance.now();
  assert.match((await save(config, "held")) ?? "", /another papers-tui is writing the settings: try again/);
  const waited = performance.now() - begun;
  assert.ok(waited > 900 && waited < 2_500, `${waited} ms`);
  assert.equal(readFileSync(lock, "utf8"), held, "it is still its holder's");
  assert.equal(Object.keys(readConfig(config, now).places).length, 5);
});

test("a lock is held while the work is done, and given back when it fails", async (t) => {
  const path = join(temporaryDirectory(t), "lock");
  const locking = { path, holder: "trying", patience: 100 };
  const isOurs = () => readFileSync(path, "utf8").startsWith(`${process.pid} `);
  assert.equal(await withLock(locking, isOurs), true);
  assert.equal(withLockSync(locking, isOurs), true);
  await assert.rejects(
    withLock(locking, () => assert.fail("it failed")),
    /it failed/,
  );
  assert.ok(!existsSync(path));
});

test("without the lock nothing is changed, whatever has taken it away", async (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, "lock");
  const locking = { path, holder: "trying", patience: 50 };
  const busy = /another papers-tui is trying: try again/;
  writeFileSync(path, `${process.pid} ${space} 00`);
  await assert.rejects(
    withLock(locking, (assertHeld) => assertHeld()),
    busy,
  );
  assert.throws(() => withLockSync(locking, (assertHeld) => assertHeld()), busy);
  assert.equal(await withLock(locking, () => "seen"), "seen", "one may look");
  rmSync(path);
  const away = (assertHeld: () => void) => {
    assertHeld();
    // As if this program had been stopped for a minute, and another one had the lock by now.
    writeFileSync(path, "another");
    assertHeld();
  };
  await assert.rejects(withLock(locking, away), busy);
  assert.equal(readFileSync(path, "utf8"), "another");
  const nowhere = { ...locking, path: join(folder, "nowhere", "lock") };
  await assert.rejects(
    withLock(nowhere, (assertHeld) => assertHeld()),
    /ENOENT/,
  );
  assert.deepEqual(readdirSync(folder), ["lock"]);
});

test("a config file that is read-only stays as it is, broken or not, and is reported", {
  skip: isWindows,
}, async (t) => {
  for (const text of ['{"source":"trending"}', '{"source":']) {
    const folder = temporaryDirectory(t);
    chmodSync(folder, 0o777);
    const path = join(folder, "config.json");
    writeFileSync(path, text);
    chmodSync(path, 0o444);
    for (const who of [asNobody, <T>(act: () => T) => act()]) {
      const [{ problems }, saving] = who(() => [readConfig(folder, now), save(folder, "x")]);
      assert.equal(problems.length, text.endsWith("}") ? 0 : 1);
      assert.match((await saving) ?? "", /is read-only and stays as it is|is not a settings file/);
    }
    assert.equal(readFileSync(path, "utf8"), text);
    assert.equal(statSync(path).mode & 0o777, 0o444);
    assert.deepEqual(readdirSync(folder), ["config.json"]);
  }
});

test("a config file that is a link stays one, also where it is broken, read-only or not there yet", {
  skip: isWindows,
}, async (t) => {
  for (const text of ['{"ascii":true}', '{"ascii":', null]) {
    for (const mode of [0o644, 0o444]) {
      const [config, dotfiles] = [temporaryDirectory(t), temporaryDirectory(t)];
      const real = join(dotfiles, "papers.json");
      if (text !== null) writeFileSync(real, text);
      if (text !== null) chmodSync(real, mode);
      symlinkSync(real, join(config, "config.json"));
      readConfig(config, now);
      const isWritten = text !== '{"ascii":' && (mode === 0o644 || text === null);
      assert.equal((await save(config, "x")) === null, isWritten, `${text} ${mode}`);
      assert.ok(lstatSync(join(config, "config.json")).isSymbolicLink());
      if (!isWritten) assert.equal(readFileSync(real, "utf8"), text);
      else assert.equal(JSON.parse(readFileSync(real, "utf8")).places.length, 1);
      assert.deepEqual(readdirSync(config), ["config.json"]);
    }
  }
});

test("two programs with one process id, time and stopped clock both make marks that count", (t) => {
  const state = temporaryDirectory(t);
  const script = `
    import { openLibrary } from "./source/library/library.ts";
    Object.defineProperty(process, "pid", { value: 7 });
    const { library } = openLibrary(process.env.STATE, "container-000000", () => 1795000000000);
    const paper = process.env.PAPER;
    const { change, error } = library.record("starred", [{ paper, title: paper, starred: true }]);
    process.stdout.write(error ?? change.id);`;
  const ids = ["1", "2", "3"].map((PAPER) => {
    const args = ["--import", "tsx", "--input-type=module", "--eval", script];
    const env = { ...process.env, STATE: state, PAPER };
    return spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" }).stdout;
  });
  assert.equal(new Set(ids).size, 3, ids.join("\n"));
  for (const id of ids) assert.match(id, /^container-000000:[0-9a-z]+\.7\.[0-9a-z]+-1$/);
  const { library } = openLibrary(state, "container-000000", Date.now);
  assert.deepEqual([library.size, undoable(library)], [3, 3]);
});

test("readers that quit together keep each other's places", { skip: isWindows }, async () => {
  await withHome(async (home) => {
    const names = someOf(["one", "two", "three"], 2);
    for (const name of names) {
      const papers = Array.from({ length: 9 }, (_, at) => `@misc{k${at}, title={Paper ${at} of ${name}}}\n`);
      writeFileSync(join(home, `${name}.bib`), papers.join(""));
    }
    const terminals = names.map((name) => start([join(home, `${name}.bib`)], { home }));
    await Promise.all(
      terminals.map((one) =>
        using(one, async (terminal) => {
          await terminal.until("1/9");
          terminal.write("jjj");
          await terminal.until("4/9");
          terminal.write("q");
          assert.equal((await terminal.exit()).code, 0);
        }),
      ),
    );
    const { places } = readConfig(join(home, ".config/papers-tui"), now);
    for (const name of names) {
      assert.match(places[join(home, `${name}.bib`)]?.paper ?? "", /paper-3-of/, name);
    }
  });
});

test("a foreign file brings marks and places, and settings only where that is asked for", async () => {
  await withHome(async (home) => {
    const file = join(home, "theirs.json");
    const theirs = {
      format: "papers-tui state",
      version: 1,
      journals: {
        "marks-a.jsonl": [
          {
            v: 1,
            id: "a:r-1",
            at: "2026-11-20T08:00:00.000Z",
            label: "starred",
            papers: [{ paper: "2510.22543", title: "T", starred: true }],
          },
        ],
      },
      settings: {
        source: "https://evil.example/\u001b]0;x\u0007",
        arxivEndpoint: "http://evil.example",
        "strange key\u001b[2J": { deep: "x".repeat(1_000) },
        ascii: true,
        __proto__x: 1,
      },
      places: [
        { listing: "daily", view: "all", sort: "date", filter: "", paper: null, day: null, history: [] },
      ],
    };
    writeFileSync(file, JSON.stringify(theirs));
    const config = join(home, ".config/papers-tui");
    mkdirSync(config, { recursive: true });
    writeFileSync(join(config, "config.json"), '{"ascii":false}');
    const came = run(["state", "import", file], { home });
    assert.equal(came.code, 0, came.err);
    assert.match(
      came.out,
      /\nsettings\t.*source = .*arxivEndpoint = .*strange key.*__proto__x = 1.* not imported; --settings imports them\n/,
    );
    assert.doesNotMatch(came.out, /ascii =|\u001b/);
    const savedSettings = () => JSON.parse(readFileSync(join(config, "config.json"), "utf8"));
    assert.deepEqual(savedSettings(), { ascii: false, places: theirs.places });
    assert.equal(run(["list", "starred", "--json"], { home }).out.includes("2510.22543"), true);
    assert.equal(run(["state", "export", "x", "--settings"], { home }).code, 2);
    const taken = run(["state", "import", file, "--settings"], { home });
    assert.doesNotMatch(taken.out, /not imported/);
    const { ascii: _, ...others } = theirs.settings;
    assert.deepEqual(savedSettings(), { ...others, ascii: false, places: theirs.places });
    assert.match(
      run(["state", "import", file], { home }).out,
      /\nsettings\tnothing new\nplaces\tnothing new\n/,
    );
  });
});
