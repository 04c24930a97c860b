import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run, withHome } from "./program.js";

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

test("a folder that cannot be made is told", async () => {
  await withHome(async (home) => {
    mkdirSync(join(home, ".local"), { recursive: true });
    writeFileSync(join(home, ".local/state"), "a file in the way");
    const { code, out } = run(["doctor"], { home });
    assert.equal(code, 1);
    assert.match(out, /^! marks +.*a file is in the way/m);
  });
});
