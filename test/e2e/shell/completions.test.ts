import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Terminal } from "../../support/terminal.js";
import { run } from "../program.js";

const without = (shell: string) => ({ skip: spawnSync(shell, ["-c", "exit 0"]).status !== 0 });

/** The script in a file; its folder is gone when the test is over. */
function script(t: TestContext, shell: string): string {
  const folder = mkdtempSync(join(tmpdir(), "papers-tui-completions-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const { code, out, err } = run(["completions", shell]);
  assert.deepEqual([code, err], [0, ""]);
  const path = join(folder, `papers-tui.${shell}`);
  writeFileSync(path, out);
  return path;
}

/** What is typed, the last word to be completed, and what it may become. */
const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
  [["ex"], ["export"]],
  [["tr"], ["trending"]],
  [["mark", "unst"], ["unstar"]],
  [["--ascii", "sy"], ["sync"]],
  [["state", "im"], ["import"]],
  [["list", "--sort", "ti"], ["title"]],
  [["export", "-o", "x.bib", "st"], ["starred"]],
  [
    ["export", "--format", "c"],
    ["csl-json", "csv"],
  ],
  [["list", "--pro"], ["--problems"]],
  [["page.txt", "--asc"], ["--ascii"]],
  [["paths", "--asc"], []],
];

test("bash completes verbs, options and their words", without("bash"), (t) => {
  const path = script(t, "bash");
  const calls = cases.map(
    ([words]) =>
      `COMP_WORDS=(papers-tui ${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}; _papers_tui; echo "\${COMPREPLY[*]}"`,
  );
  const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", [`source '${path}'`, ...calls].join("\n")], {
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  assert.deepEqual(
    stdout
      .slice(0, -1)
      .split("\n")
      .map((line) => line.split(" ").filter(Boolean)),
    cases.map(([, found]) => found),
  );
});

test("fish completes verbs, options and their words", without("fish"), (t) => {
  const path = script(t, "fish");
  for (const [words, found] of cases) {
    const asked = `source '${path}'; complete -C 'papers-tui ${words.join(" ")}'`;
    const { stdout, stderr } = spawnSync("fish", ["--no-config", "-c", asked], {
      encoding: "utf8",
      env: { ...process.env, HOME: join(path, "..") },
      cwd: join(path, ".."),
    });
    assert.equal(stderr, "");
    const offered = stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split("\t")[0]);
    assert.deepEqual(offered.sort(), [...found].sort(), words.join(" "));
  }
});

test("zsh completes verbs, options and their words", without("zsh"), async (t) => {
  const path = script(t, "zsh");
  const terminal = Terminal.start({
    command: "zsh",
    args: ["-f", "-i"],
    env: { ZDOTDIR: join(path, "..") },
    columns: 120,
  });
  t.after(() => terminal.dispose());
  terminal.write(`PS1='ready> '; autoload -Uz compinit; compinit -D; source '${path}'; clear\r`);
  await terminal.until((shown) => shown.screen()[0]?.startsWith("ready>") ?? false);
  for (const [words, found] of cases) {
    const [only, ...others] = found;
    if (only === undefined || others.length > 0) continue;
    terminal.write(`\x15papers-tui ${words.join(" ")}\t`);
    await terminal.until(`papers-tui ${[...words.slice(0, -1), only].join(" ")}`);
  }
});

test("an unknown shell is reported, with the known ones", () => {
  const { code, err } = run(["completions", "tcsh"]);
  assert.equal(code, 2);
  assert.match(err, /completions takes bash, zsh, fish; not “tcsh”/);
  assert.match(run(["completions"]).err, /completions needs one of bash, zsh, fish/);
});
