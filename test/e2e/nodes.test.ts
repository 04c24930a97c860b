import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { Terminal } from "../support/terminal.js";
import { cli, isRestored, using } from "./program.js";

/** Every Node on the path: npm's first, then that of the machine. */
const nodes = new Map(
  (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "node"))
    .filter(existsSync)
    .map((path) => [execFileSync(path, ["--version"], { encoding: "utf8" }).trim(), realpathSync(path)]),
);

for (const [version, node] of nodes) {
  test(`the built program runs on Node ${version}`, async () => {
    assert.equal(execFileSync(node, [cli, "list", "sample"], { encoding: "utf8" }).split("\n").length, 41);
    const options = { command: node, args: [cli, "sample"], columns: 120, rows: 36 };
    await using(Terminal.start(options), async (terminal) => {
      await terminal.until("? help");
      terminal.write("/hessian\rjs");
      await terminal.until("Starred 1");
      terminal.write(":quit\r");
      assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
      assert.ok(isRestored(terminal));
      assert.doesNotMatch(terminal.raw(), /Warning/);
    });
  });
}
