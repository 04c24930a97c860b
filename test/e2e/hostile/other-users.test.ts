import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { cleanEnvironment } from "../../support/environment.js";
import { someOf } from "../../support/long.js";
import { Terminal } from "../../support/terminal.js";
import { cli } from "../program.js";

/** Users of the machine that need not have a name: one who runs the program, and another. */
const [user, other] = [12_346, 12_345];
const asUser = ["--reuid", String(user), "--regid", String(user), "--clear-groups", process.execPath];

/** Only root can be two users, and both must be able to read the program. */
const canBeTwo =
  process.getuid?.() === 0 &&
  spawnSync("setpriv", [...asUser, cli, "--version"], { stdio: "ignore" }).status === 0;
const rootOnly = { skip: canBeTwo ? false : "needs root and setpriv", timeout: 120_000 };

const folders = {
  cache: ".cache/papers-tui",
  config: ".config/papers-tui",
  state: ".local/state/papers-tui",
};

/** Runs `work` with a home of the user, and a folder of the other one that everybody can write to. */
async function withHomes(work: (home: string, others: string) => Promise<void>): Promise<void> {
  // No compiled code of another start in these homes.
  const compiled = process.env.PAPERS_TUI_TEST_COMPILED;
  delete process.env.PAPERS_TUI_TEST_COMPILED;
  const [home, others] = ["home", "others"].map((name) =>
    mkdtempSync(join(tmpdir(), `papers-tui-${name}-`)),
  ) as [string, string];
  try {
    chownSync(home, user, user);
    chownSync(others, other, other);
    chmodSync(others, 0o777);
    await work(home, others);
  } finally {
    for (const one of [home, others]) rmSync(one, { recursive: true, force: true });
    if (compiled !== undefined) process.env.PAPERS_TUI_TEST_COMPILED = compiled;
  }
}

/** Makes a folder in the home and those above it, for the user; the last one for another owner and with another mode. */
function make(home: string, path: string, owner = user, mode = 0o700): string {
  const folder = join(home, path);
  if (dirname(path) !== ".")
    make(home, dirname(path), ...(existsSync(dirname(folder)) ? ([user] as const) : []));
  if (!existsSync(folder)) mkdirSync(folder);
  chownSync(folder, owner, owner);
  chmodSync(folder, mode);
  return folder;
}

/** Every file in a folder, also in the folders in it. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    lstatSync(join(folder, name)).isFile(),
  );

/** A visit of the user, who stars a paper. Returns what was on the screen first, and all of the output. */
async function visit(home: string, awaited = "1/40"): Promise<{ first: string; raw: string }> {
  const env = cleanEnvironment({ HOME: home, XDG_RUNTIME_DIR: undefined }).variables;
  const terminal = Terminal.start({
    command: "setpriv",
    args: [...asUser, cli, "sample"],
    columns: 160,
    env,
    cwd: "/",
  });
  try {
    await terminal.until("1/40");
    await terminal.until(awaited);
    const first = terminal.text();
    terminal.write("s");
    await terminal.until("★");
    terminal.write("?");
    await terminal.until("next paper");
    terminal.write("\x1bq");
    assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
    return { first, raw: terminal.raw() };
  } finally {
    await terminal.dispose();
  }
}

const run = (home: string, ...args: string[]) =>
  spawnSync("setpriv", [...asUser, cli, ...args], {
    env: cleanEnvironment({ HOME: home }).variables,
    encoding: "utf8",
  });

test(
  "a cache folder that another user can write to or replace is not used, and the start says so",
  rootOnly,
  async () => {
    const { cache } = folders;
    const linked = (path: string) => (home: string, others: string) => {
      make(home, dirname(path));
      symlinkSync(others, join(home, path));
      return others;
    };
    const cases: readonly (readonly [string, (home: string, others: string) => string])[] = [
      ["a link to another user's folder", linked(cache)],
      ["another user's folder", (home) => make(home, cache, other, 0o777)],
      ["open to all", (home) => make(home, cache, user, 0o777)],
      ["in another user's folder", (home) => make(home, dirname(cache), other, 0o777)],
      ...["compiled", "answers", "marks"].map(
        (name) => [`with a link in place of “${name}”`, linked(`${cache}/${name}`)] as const,
      ),
    ];
    for (const [what, prepare] of someOf(cases, 3)) {
      await withHomes(async (home, others) => {
        const open = prepare(home, others);
        const { first, raw } = await visit(home, "is not private");
        assert.deepEqual(filesIn(open), [], what);
        const isSaid = first.includes("is not private to you, so it is not used");
        assert.ok(isSaid, `${what}: ${first}`);
        // Once: nothing is left of it when the program is left.
        assert.doesNotMatch(raw.slice(raw.lastIndexOf("\x1b[?1049l")), /not private/, what);
        assert.match(run(home, "doctor").stdout, /others can write to .*, so it is not used/, what);
      });
    }
  },
);

test(
  "nothing that another user left in the cache is run or taken, also where its folder is private by now",
  rootOnly,
  async () => {
    await withHomes(async (home) => {
      await visit(home);
      const folder = join(home, folders.cache);
      const names = filesIn(folder);
      assert.ok(names.length >= 2, names.join(" "));
      for (const name of names) chownSync(join(folder, name), other, other);
      assert.equal(run(home, "list", "sample").status, 0);
      const ofNode = names.filter((name) => name.includes("node-"));
      for (const name of ofNode) assert.ok(!existsSync(join(folder, name)), name);
      await visit(home);
      for (const name of filesIn(folder)) assert.equal(lstatSync(join(folder, name)).uid, user, name);
    });
  },
);

test("no file of another user is written to through a link in place of ours", rootOnly, async () => {
  for (const link of [symlinkSync, linkSync]) {
    await withHomes(async (home, others) => {
      await visit(home);
      assert.equal(run(home, "sources", "add", "sample").status, 0);
      const planted = Object.values(folders).flatMap((folder) => {
        const paths = filesIn(join(home, folder)).map((name) => join(home, folder, name));
        return paths.map((path) => {
          const target = join(others, basename(path));
          const text = path.endsWith(".json") ? "{}" : "years of work\n";
          writeFileSync(target, text);
          chownSync(target, other, other);
          chmodSync(target, 0o666);
          rmSync(path);
          link(target, path);
          return { target, text };
        });
      });
      assert.ok(planted.length >= 5);
      await visit(home);
      run(home, "sources", "add", "trending");
      for (const { target, text } of planted) assert.equal(readFileSync(target, "utf8"), text, target);
      // The mark is beside them.
      assert.match(run(home, "list", "starred", "--json").stdout, /"title"/);
    });
  }
});
