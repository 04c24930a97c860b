import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";
import { longOnly, someOf } from "../../support/long.js";
import { cli, run, start, using, withHome as withUsualHome } from "../program.js";

/** A home without the compiled code that other tests begin with (`cleanEnvironment`). */
const withHome: typeof withUsualHome = (work) =>
  withUsualHome(async (home) => {
    mkdirSync(join(home, ".cache/papers-tui"), { recursive: true });
    await work(home);
  });

const folderIn = (home: string) => join(home, ".cache", "papers-tui", "compiled");

/** The files kept so far, without one that is being written and without the folder of Node's own cache. */
function keptIn(home: string): string[] {
  const names = existsSync(folderIn(home)) ? readdirSync(folderIn(home)) : [];
  return names.filter((name) => /-[0-9a-f]{16}$/.test(name) && !name.startsWith("node-"));
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
    const [name, ...others] = keptIn(home);
    assert.ok(name?.startsWith(process.versions.v8));
    assert.deepEqual(others, []);
    assert.equal(statSync(folderIn(home)).mode & 0o777, 0o700);
    const kept = readFileSync(join(folderIn(home), name as string));
    assert.equal(await visit(home), 0);
    assert.deepEqual(readFileSync(join(folderIn(home), name as string)), kept);
  });
});

test("code that was kept while the screen was up is taken by the next start, not made anew", async () => {
  await withHome(async (home) => {
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("? help");
      // Saved in the background, after V8 has been set up for the program's own work.
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

test("code that was kept days ago is kept again, with what starts have called since", longOnly, async () => {
  await withHome(async (home) => {
    await visit(home);
    const path = join(folderIn(home), keptIn(home)[0] as string);
    const { ino } = statSync(path);
    await visit(home);
    assert.equal(statSync(path).ino, ino, "once a day is enough");
    // Two days ago, and in the future, where a clock was wrong.
    for (const days of [-2, 2]) {
      const then = Date.now() / 1_000 + days * 86_400;
      utimesSync(path, then, then);
      await visit(home);
      assert.ok(Math.abs(statSync(path).mtimeMs - Date.now()) < 60_000);
    }
  });
});

test("compiled code of other builds, and what a killed run left, is removed", async () => {
  await withHome(async (home) => {
    await visit(home);
    const [name = ""] = keptIn(home);
    const path = join(folderIn(home), name);
    rmSync(path);
    const other = name.replace(/[0-9a-f]{16}$/, "0123456789abcdef");
    const left = [other, `${name}.0123456789abcdef.tmp`, `${name}.4711`, "node-0123456789abcdef/v24/code"];
    mkdirSync(join(folderIn(home), "node-0123456789abcdef", "v24"), { recursive: true });
    for (const one of left) writeFileSync(join(folderIn(home), one), "old");
    // Of this build, by another Node.
    const ofAnotherNode = name.replace(/^[^-]*/, "1.2.3");
    writeFileSync(join(folderIn(home), ofAnotherNode), "other");
    await visit(home);
    assert.deepEqual(keptIn(home), [ofAnotherNode, name].sort());
    const rest = readdirSync(folderIn(home)).filter((one) => !one.endsWith(name.slice(-17)));
    assert.deepEqual(rest, []);
  });
});

/** A program's compiled code as another user would plant it: it writes "owned" when it is run. */
function plant(path: string): void {
  const main = readFileSync(join(dirname(cli), "main.js"), "latin1");
  const evil = "(function () { process.stdout.write('owned'); process.exit(0); })";
  // V8 compares the length of the source and nothing else of it.
  const code = new Script(evil.padEnd(main.length)).createCachedData();
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(code));
  writeFileSync(path, Buffer.concat([checksum, code]));
}

const onUnix = { skip: process.platform === "win32" };

test("planted code is run only from a folder that nobody else can write to", onUnix, async () => {
  await withHome(async (home) => {
    await visit(home);
    const [name = ""] = keptIn(home);
    const folder = folderIn(home);
    const path = join(folder, name);
    const out = () => run(["list", "sample"], { home }).out;
    plant(path);
    assert.match(out(), /^owned/, "the planted code would be run: the cases below test something");

    const cache = dirname(folder);
    const away = join(home, "away");
    for (const [what, open, close] of someOf<readonly [string, () => void, () => void]>(
      [
        ["others may write", () => chmodSync(folder, 0o777), () => chmodSync(folder, 0o700)],
        ["the group may write", () => chmodSync(folder, 0o770), () => chmodSync(folder, 0o700)],
        ["others may rename it", () => chmodSync(cache, 0o777), () => chmodSync(cache, 0o700)],
        ["others may rename what is above", () => chmodSync(home, 0o777), () => chmodSync(home, 0o700)],
        [
          "it is a link",
          () => {
            renameSync(folder, away);
            symlinkSync(away, folder);
          },
          () => {
            rmSync(folder);
            renameSync(away, folder);
          },
        ],
        ["the file may be written by others", () => chmodSync(path, 0o666), () => chmodSync(path, 0o600)],
      ],
      2,
    )) {
      open();
      assert.doesNotMatch(out(), /owned/, what);
      close();
    }
  });
});

test("nothing is looked for or left in the shared temporary folder, whatever it is", {
  ...onUnix,
  ...longOnly,
}, async () => {
  await withHome(async (home) => {
    const shared = join(home, "tmp");
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    const env = { TMPDIR: shared, TMP: shared, TEMP: shared };
    assert.equal(await visit(home, env), 0);
    assert.equal(await visit(home, env), 0);
    assert.deepEqual(readdirSync(shared), []);
    // A cache folder that others can write to: nothing is run from it and nothing is put there.
    const cache = join(home, "cache");
    mkdirSync(cache);
    chmodSync(cache, 0o777);
    assert.equal(await visit(home, { ...env, XDG_CACHE_HOME: cache }), 0);
    assert.equal(await visit(home, { ...env, XDG_CACHE_HOME: cache }), 0);
    assert.deepEqual(
      readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((name) =>
        statSync(join(cache, name)).isFile(),
      ),
      [],
    );
    assert.deepEqual(readdirSync(shared), []);
  });
});

test("a link that lies where code is kept does not have a file of the user's overwritten", {
  ...onUnix,
  ...longOnly,
}, async () => {
  await withHome(async (home) => {
    await visit(home);
    const path = join(folderIn(home), keptIn(home)[0] as string);
    const victim = join(home, "thesis.tex");
    writeFileSync(victim, "years of work");
    // A link in place of the file, and names that could be guessed.
    rmSync(path);
    symlinkSync(victim, path);
    assert.equal(await visit(home), 0);
    assert.equal(readFileSync(victim, "utf8"), "years of work");
    rmSync(path);
    linkSync(victim, path);
    for (let pid = 1; pid < 40; pid += 1) symlinkSync(victim, `${path}.${process.pid + pid}`);
    assert.equal(await visit(home), 0);
    assert.equal(readFileSync(victim, "utf8"), "years of work");
    assert.ok(statSync(path).size > 100_000);
  });
});

test("compiled code that was damaged is not run but made anew", async () => {
  await withHome(async (home) => {
    await visit(home);
    const [name = ""] = keptIn(home);
    const path = join(folderIn(home), name);
    const whole = readFileSync(path);
    for (const damaged of someOf(
      [
        whole.subarray(0, whole.length / 2),
        Buffer.alloc(whole.length),
        Buffer.alloc(0),
        Buffer.concat([whole.subarray(0, 1_000), Buffer.from("\0\0\0\0"), whole.subarray(1_004)]),
      ],
      1,
    )) {
      writeFileSync(path, damaged);
      assert.equal(await visit(home), 0);
      assert.ok(readFileSync(path).length > 100_000);
    }
  });
});

test("no code is kept if Node's cache is turned off or there is no folder for it", async () => {
  await withHome(async (home) => {
    assert.equal(await visit(home, { NODE_DISABLE_COMPILE_CACHE: "1" }), 0);
    assert.equal(existsSync(folderIn(home)), false);
    writeFileSync(join(home, "file"), "");
    assert.equal(await visit(home, { XDG_CACHE_HOME: join(home, "file") }), 0);
  });
});
