import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run, start, using, withHome } from "./program.js";

const folderIn = (home: string) => join(home, ".cache", "papers-tui", "compiled");

/** The files kept so far, without one that is being written. */
function keptIn(home: string): string[] {
  return existsSync(folderIn(home)) ? readdirSync(folderIn(home)).filter((name) => !/\.\d+$/.test(name)) : [];
}

/** Starts the program, leaves it, and says how it ended. */
async function visit(home: string, env: Record<string, string> = {}): Promise<number | null> {
  let code: number | null = null;
  await using(start(["sample"], { home, env }), async (terminal) => {
    await terminal.until("? help");
    terminal.write("?");
    await terminal.until("next paper");
    terminal.write("\x1bq");
    code = (await terminal.exit()).code;
  });
  return code;
}

test("the first start with a screen keeps compiled code, and no other run does", async () => {
  await withHome(async (home) => {
    run(["list", "sample"], { home });
    run(["--help"], { home });
    assert.equal(existsSync(folderIn(home)), false);
    assert.equal(await visit(home), 0);
    const [name, ...others] = readdirSync(folderIn(home));
    assert.ok(name?.startsWith(process.versions.v8));
    assert.deepEqual(others, []);
    const kept = readFileSync(join(folderIn(home), name as string));
    assert.equal(await visit(home), 0);
    assert.deepEqual(readFileSync(join(folderIn(home), name as string)), kept);
  });
});

test("code that was kept while the screen was up is taken by the next start, not made anew", async () => {
  await withHome(async (home) => {
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("? help");
      // Kept behind the screen, when the program has set V8 for its own work.
      while (keptIn(home).length !== 1) await new Promise((resolve) => setTimeout(resolve, 20));
      terminal.write("q");
      await terminal.exit();
    });
    const path = join(folderIn(home), keptIn(home)[0] as string);
    const { ino } = statSync(path);
    assert.equal(await visit(home), 0);
    // What V8 does not take is made anew at the end of that very start.
    assert.equal(statSync(path).ino, ino);
  });
});

test("code is kept again after the first start that has an image of the marks, with what that calls", async () => {
  await withHome(async (home) => {
    await visit(home);
    const [name = ""] = readdirSync(folderIn(home));
    const path = join(folderIn(home), name);
    const size = readFileSync(path).length;
    const state = join(home, ".local", "state", "papers-tui");
    mkdirSync(state, { recursive: true });
    const line = (number: number) =>
      `{"v":1,"id":"desk:r-${number}","at":"2026-01-01T00:00:00.000Z","label":"read","papers":[{"paper":"${number}","title":"","read":true}]}\n`;
    writeFileSync(join(state, "marks-desk.jsonl"), Array.from({ length: 200 }, (_, at) => line(at)).join(""));
    await visit(home);
    assert.equal(readFileSync(path).length, size, "an image was made, and nobody has begun with it yet");
    await visit(home);
    const kept = readFileSync(path);
    assert.ok(kept.length > size);
    await visit(home);
    assert.deepEqual(readFileSync(path), kept, "once is enough");
  });
});

test("compiled code that was damaged is not run but made anew", async () => {
  await withHome(async (home) => {
    await visit(home);
    const [name = ""] = readdirSync(folderIn(home));
    const path = join(folderIn(home), name);
    const whole = readFileSync(path);
    for (const damaged of [
      whole.subarray(0, whole.length / 2),
      Buffer.alloc(whole.length),
      Buffer.alloc(0),
      Buffer.concat([whole.subarray(0, 1_000), Buffer.from("\0\0\0\0"), whole.subarray(1_004)]),
    ]) {
      writeFileSync(path, damaged);
      assert.equal(await visit(home), 0);
      assert.ok(readFileSync(path).length > 100_000);
    }
  });
});

test("nothing is kept where Node is told to keep nothing, or where there is no place for it", async () => {
  await withHome(async (home) => {
    assert.equal(await visit(home, { NODE_DISABLE_COMPILE_CACHE: "1" }), 0);
    assert.equal(existsSync(folderIn(home)), false);
    writeFileSync(join(home, "file"), "");
    assert.equal(await visit(home, { XDG_CACHE_HOME: join(home, "file") }), 0);
  });
});
