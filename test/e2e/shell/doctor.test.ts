import assert from "node:assert/strict";
import { appendFileSync, chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { someOf } from "../../support/long.js";
import { run, withHome } from "../program.js";

const stateOf = (home: string) => join(home, ".local/state/papers-tui");

test("a healthy machine has nothing to be done, and no paper is named", async () => {
  await withHome(async (home) => {
    assert.match(run(["doctor"], { home }).out, /marks +.*: none yet/);
    run(["mark", "star", "2510.22543"], { home });
    const env = { HTTPS_PROXY: "http://me:secret@127.0.0.1:9", LANG: "C.UTF-8" };
    const { code, out, err } = run(["doctor"], { home, env });
    assert.deepEqual([code, err], [0, ""]);
    assert.doesNotMatch(out, /^!|2510\.22543|secret/m);
    assert.match(out, /marks of 1 paper, 1 journal, \d+ bytes; this machine is /);
    assert.match(out, /HTTPS_PROXY=http:\/\/…@127\.0\.0\.1:9/);
  });
});

test("what is to be done is marked, and is the exit code", async () => {
  await withHome(async (home) => {
    run(["mark", "star", "2510.22543"], { home });
    const [journal = ""] = readdirSync(stateOf(home)).filter((name) => name.startsWith("marks-"));
    appendFileSync(join(stateOf(home), journal), "half a li\n");
    mkdirSync(join(home, ".config/papers-tui"), { recursive: true });
    writeFileSync(join(home, ".config/papers-tui/config.json"), '{"markReadAfter":"soon"}');
    const { code, out } = run(["doctor"], { home, env: { LC_ALL: "C", LANG: undefined } });
    assert.equal(code, 1);
    assert.match(out, /^! marks +1 line /m);
    assert.match(out, /^! settings +The setting "markReadAfter" .* must be a number/m);
    if (process.platform === "linux") assert.match(out, /^! letters +the locale \(C\) is not UTF-8/m);
  });
});

test("the settings that are not the defaults are named", async () => {
  await withHome(async (home) => {
    const settings = () => /^ {2}settings +(.*)$/m.exec(run(["doctor"], { home }).out)?.[1] ?? "";
    assert.match(settings(), /config\.json: no such file yet, all defaults$/);
    mkdirSync(join(home, ".config/papers-tui"), { recursive: true });
    const write = (text: string) => writeFileSync(join(home, ".config/papers-tui/config.json"), text);
    write('{"rows":1,"places":[{"listing":"daily","view":"all"}]}');
    assert.match(
      settings(),
      /: all settings are the defaults; it also remembers where you were in 1 listing$/,
    );
    write('{"rows":2,"theme":"dark","sources":["daily"]}');
    assert.match(settings(), /: changed: sources, rows, theme$/);
  });
});

test("a folder that cannot be made is reported", async () => {
  await withHome(async (home) => {
    mkdirSync(join(home, ".local"), { recursive: true });
    writeFileSync(join(home, ".local/state"), "a file in the way");
    const { code, out } = run(["doctor"], { home });
    assert.equal(code, 1);
    assert.match(out, /^! marks +.*a file is in the way/m);
  });
});

test("a cache that others can change is said, and one that others can only read is closed to them", {
  skip: process.platform === "win32",
}, async () => {
  await withHome(async (home) => {
    const cache = join(home, ".cache/papers-tui");
    const env = { LANG: "C.UTF-8" };
    const [answers, snapshots] = ["answers", "marks"].map((name) => join(cache, name)) as [string, string];
    for (const folder of [answers, snapshots]) mkdirSync(folder, { recursive: true });
    chmodSync(cache, 0o755);
    assert.doesNotMatch(run(["doctor"], { home, env }).out, /others can change/);
    for (const folder of someOf([cache, snapshots, answers, join(home, ".cache")], 2)) {
      chmodSync(folder, 0o777);
      const { code, out } = run(["doctor"], { home, env });
      assert.equal(code, 1);
      assert.match(out, /^! cache +others can write to \S+\/papers-tui\S*, so it is not used/m);
      chmodSync(folder, 0o700);
    }
    assert.equal(run(["doctor"], { home, env }).code, 0);
  });
});

test("NODE_COMPILE_CACHE that others can reach is said, with what Node does with it", {
  skip: process.platform === "win32",
}, async () => {
  await withHome(async (home) => {
    const own = join(home, "own");
    const shared = join(home, "shared");
    mkdirSync(own, { mode: 0o700 });
    mkdirSync(shared);
    chmodSync(shared, 0o1777);
    symlinkSync(shared, join(home, "link"));
    const doctor = (NODE_COMPILE_CACHE: string, more = {}) =>
      run(["doctor"], { home, env: { LANG: "C.UTF-8", NODE_COMPILE_CACHE, ...more } });
    for (const folder of someOf([shared, join(home, "link"), join(shared, "not-there-yet")], 1)) {
      const { code, out } = doctor(folder);
      assert.equal(code, 1, folder);
      assert.match(out, /^! node +NODE_COMPILE_CACHE=\S+ is a folder that others can reach/m);
    }
    assert.equal(doctor(own).code, 0);
    assert.equal(doctor(shared, { NODE_DISABLE_COMPILE_CACHE: "1" }).code, 0);
  });
});
