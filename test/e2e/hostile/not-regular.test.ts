import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { basename, dirname, join, relative } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { cleanEnvironment } from "../../support/environment.js";
import { isLong, longOnly } from "../../support/long.js";
import { cli, isRestored, type Run, runBeside, start, using } from "../program.js";
import { day, withServer } from "../server.js";

const skip = process.platform === "win32";

/** A run that takes longer hangs, in ms; a busy machine needs some of it. */
const patience = 20_000;

/** Each verb with the program's files; each must end. */
const verbs: readonly (readonly string[])[] = [
  ["list", "sample"],
  ["list", "starred"],
  ["export", "sample", "--format", "bibtex"],
  ["show", "1706.04454"],
  ["mark", "star", "1706.04454"],
  ["doctor"],
  ["paths"],
  ["state", "export", "-"],
];

/** Uses everything that leaves a file: marks, what was seen, settings, an answer, compiled code. */
async function useAll(home: string, env: Record<string, string>): Promise<void> {
  for (let visit = 1; visit <= 2; visit += 1) {
    await using(start(["sample"], { home, env }), async (terminal) => {
      await terminal.until("? help");
      terminal.write("sjLjG");
      await terminal.until("Starred");
      terminal.write("Q");
      terminal.write("q");
      await terminal.exit();
    });
  }
  await runBeside(["list", "daily"], { home, env });
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

test("a pipe, socket or endless device in place of any file of the program's hangs nothing", {
  skip,
  timeout: 600_000,
}, async () => {
  await withServer(
    (_, response) => response.end(day("One", "Two")),
    async ({ env }, home) => {
      await useAll(home, env);
      const roots = [".local/state", ".config", ".cache"].map((name) => join(home, name));
      const files = roots.flatMap(filesUnder);
      const names = files.map((path) => relative(home, path)).join("\n");
      const sorts = [/marks-.*\.jsonl/, /config\.json/, /compiled\//, /answers\//];
      for (const sort of sorts) assert.match(names, sort);
      // The gate tries one file of each sort with one of the verbs, and the first with the screen.
      const tested = sorts.map((sort) => files.find((path) => sort.test(path)));
      // `paths` names every one of them, or a folder that it is in.
      const { out } = await runBeside(["paths"], { home, env });
      const named = out
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t")[1] as string);
      for (const path of files) {
        const isNamed = named.some(
          (one) => path === one || (!one.endsWith("/papers-tui") && path.startsWith(`${one}/`)),
        );
        assert.ok(isNamed, `${relative(home, path)} is in none of the folders that \`paths\` names`);
      }
      for (const [number, path] of files.entries()) {
        if (!isLong && !tested.includes(path)) continue;
        const tried = verbs.filter((_, at) => isLong || (at + number) % 8 === 0);
        for (const [kind, put] of Object.entries(kinds)) {
          if (kind !== "pipe" && !isLong) continue;
          renameSync(path, `${home}/kept`);
          const end = await put(path);
          try {
            const runs = await Promise.all(tried.map((args) => ended(args, home, env)));
            for (const [at, { code, err }] of runs.entries()) {
              const what = `${kind} at ${relative(home, path)}: ${(tried[at] as readonly string[]).join(" ")}`;
              assert.ok(code !== null && code < 70, `${what}: ${code} ${err}`);
              assert.doesNotMatch(err, /stopped by an error/, what);
            }
            if (!isLong && path !== tested[0]) continue;
            await using(start(["sample"], { home, env }), async (terminal) => {
              await terminal.until("All 40", { what: `${kind} at ${relative(home, path)}` });
              terminal.write("jsq");
              await terminal.exit();
              assert.ok(isRestored(terminal));
            });
          } finally {
            await end();
            rmSync(path, { force: true, recursive: true });
            renameSync(`${home}/kept`, path);
          }
        }
      }
    },
  );
});

test("verbs that change or move what is kept end too, where a pipe lies in place of a file they read", {
  skip,
  timeout: 600_000,
  ...longOnly,
}, async () => {
  await withServer(
    (_, response) => response.end(day("One")),
    async ({ env }, home) => {
      await useAll(home, env);
      const given = join(home, "given");
      mkdirSync(given);
      assert.equal((await runBeside(["state", "export", join(given, "state.json")], { home, env })).code, 0);
      cpSync(join(home, ".local/state/papers-tui"), join(given, "marks"), { recursive: true });
      const folders = [".local/state", ".config", ".cache", "given"];
      const files = folders
        .flatMap((name) => filesUnder(join(home, name)))
        .map((path) => relative(home, path));
      assert.ok(files.some((path) => /^given\/marks\/marks-/.test(path)));
      const tried = files.filter((path) => !path.includes("compiled/"));
      for (const [number, file] of tried.entries()) {
        // What one of them moves or makes the next one would not find.
        const copy = join(dirname(home), `${basename(home)}-copy`);
        cpSync(home, copy, { recursive: true });
        try {
          rmSync(join(copy, file));
          execFileSync("mkfifo", [join(copy, file)]);
          const verbs = [
            ["keys"],
            ["completions", "bash"],
            ["doctor", "--fix"],
            ["merge", join(copy, "given/marks")],
            ["state", "import", join(copy, "given/state.json")],
            ["state", "compact"],
            ["sync", join(copy, "given/marks")],
            ["list", "starred"],
          ];
          // The gate tries each file with a third of the verbs.
          for (const args of verbs.filter((_, at) => isLong || (at + number) % 3 === 0)) {
            const { code, err } = await ended(args, copy, env);
            const what = `pipe at ${file}: ${args.slice(0, 2).join(" ")}`;
            assert.ok(code !== null && code < 70, `${what}: ${code} ${err}`);
            assert.doesNotMatch(err, /stopped by an error/, what);
          }
        } finally {
          rmSync(copy, { recursive: true, force: true, maxRetries: 3 });
        }
      }
    },
  );
});

/** As `runBeside`, but a run that does not end is one without an exit code. */
async function ended(args: readonly string[], home: string, env: Record<string, string>): Promise<Run> {
  const environment = cleanEnvironment({ HOME: home, ...env });
  const child = spawn(process.execPath, [cli, ...args], {
    env: environment.variables,
    stdio: ["ignore", "ignore", "pipe"],
    timeout: patience,
    killSignal: "SIGKILL",
  });
  const [err, code] = await Promise.all([
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on("close", resolve)),
  ]);
  return { code, out: "", err };
}

/** What can lie where a file should be: each puts it there and returns how to end it. */
const kinds: Readonly<Record<string, (path: string) => Promise<() => Promise<void>>>> = {
  pipe: async (path) => {
    execFileSync("mkfifo", [path]);
    return async () => {};
  },
  socket: async (path) => {
    const server = createServer();
    // A path of a socket has at most 107 bytes.
    await new Promise<void>((resolve) => server.listen(join("/tmp", `papers-${process.pid}.sock`), resolve));
    symlinkSync(join("/tmp", `papers-${process.pid}.sock`), path);
    return () => new Promise((resolve) => void server.close(() => resolve()));
  },
  device: async (path) => {
    symlinkSync("/dev/zero", path);
    return async () => {};
  },
  folder: async (path) => {
    mkdirSync(path);
    return async () => {};
  },
  loop: async (path) => {
    symlinkSync(path, path);
    return async () => {};
  },
};
