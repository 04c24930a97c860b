import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { cli, start, using, withHome } from "../e2e/program.js";
import { budget } from "./budget.js";

const preload = fileURLToPath(new URL("first-screen.cjs", import.meta.url));

interface Report {
  readonly looks: readonly string[];
  readonly modules: readonly string[];
}

/** What the program has loaded and looked for when its first frame is written, at its second start. */
async function atFirstScreen(home: string): Promise<Report & { readonly raw: string }> {
  const report = join(home, "report.json");
  let raw = "";
  const env = { NODE_OPTIONS: `--require ${preload}`, BUDGET_REPORT: report };
  for (let visit = 1; visit <= 2; visit += 1) {
    await using(start(["sample"], { home, env }), async (terminal) => {
      await terminal.until("? help");
      terminal.write("sq");
      await terminal.exit();
      raw = terminal.raw();
    });
  }
  assert.ok(existsSync(report));
  return { ...(JSON.parse(readFileSync(report, "utf8")) as Report), raw };
}

test("what is loaded, opened and asked before the first screen", async () => {
  await withHome(async (home) => {
    const { looks, modules, raw } = await atFirstScreen(home);
    const dist = dirname(cli);
    const own = new Set(
      looks.map((path) => path.replace(/^file:\/\//, "")).filter((path) => path.startsWith(dist)),
    );
    assert.ok(own.size <= budget.start.ownFiles, [...own].join("\n"));
    assert.ok(looks.length <= budget.start.looks, looks.join("\n"));
    assert.ok(modules.length <= budget.start.modules, modules.join("\n"));
    // Each takes milliseconds to load, and nothing of it is on the first screen.
    const lazy =
      /^NativeModule (?:child_process|crypto|worker_threads|http|https|dns|inspector|v8|fs\/promises|readline)$/;
    assert.deepEqual(
      modules.filter((name) => lazy.test(name)),
      [],
    );
    // Questions to the terminal: its kind, its state, its colours, its version. Some never answer.
    const [firstScreen = ""] = raw.split("\x1b[?2026l");
    assert.match(firstScreen, /help/);
    assert.doesNotMatch(
      firstScreen,
      /\x1b\[[>=?]?[0-9;]*(?:c|n)|\x1b\[[?0-9;]*\$p|\x1b\[>[0-9]*q|\x1b\[\?u|\x1b\]1[0-9];\?|\x1bP\+q/,
    );
  });
});
