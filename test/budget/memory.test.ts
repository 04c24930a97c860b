import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { start, using } from "../e2e/program.js";
import { day, withServer } from "../e2e/server.js";
import { isLong } from "../support/long.js";
import type { Terminal } from "../support/terminal.js";
import { budget } from "./budget.js";

const preload = fileURLToPath(new URL("heap.cjs", import.meta.url));

/** Keys that go everywhere and mark nothing, and end where they began. */
const round = "jjjjjjjjkkkk\x1b[6~\x1b[5~vjjV\tjjkk\t/learn\r/\x15\rzzGg5jgxx";
const titles = Array.from({ length: 40 }, (_, at) => `Paper ${at} on learning to forget`);

test("an hour's keys, refreshes and resizes leak nothing", async () => {
  let version = 0;
  await withServer(
    (_, response) => {
      version += 1;
      response.end(day(`Version ${version}`, ...titles));
    },
    async ({ env }, home) => {
      const report = join(home, "heap.txt");
      const given = { ...env, NODE_OPTIONS: `--require ${preload}`, BUDGET_REPORT: report };
      await using(start(["trending"], { home, env: given }), async (terminal) => {
        await terminal.until("1/41");
        const lines = () => (existsSync(report) ? readFileSync(report, "utf8").trim().split("\n") : []);
        const alive = async () => {
          const before = lines().length;
          process.kill(terminal.pid, "SIGURG");
          while (lines().length === before) await new Promise((resolve) => setTimeout(resolve, 20));
          return Number(lines().at(-1));
        };
        const use = (rounds: number) => useFor(terminal, rounds, () => version);
        await use(isLong ? 40 : 20);
        const before = await alive();
        const { keys, refreshes } = await use(isLong ? 120 : 40);
        const grown = (await alive()) - before;
        const { code, perKey, perRefresh } = budget.memory;
        const most = code + keys * perKey + refreshes * perRefresh;
        assert.ok(
          grown <= most,
          `${grown} bytes more after ${keys} keys and ${refreshes} refreshes: ${most} at most`,
        );
      });
    },
  );
});

/** Rounds of a hundred keys, two resizes and a refresh, which is on the screen before the next begins. */
async function useFor(terminal: Terminal, rounds: number, version: () => number) {
  for (let at = 0; at < rounds; at += 1) {
    terminal.write(round + round);
    terminal.resize(100 + (at % 9), 30 + (at % 5));
    const wanted = version() + 1;
    terminal.write("r");
    terminal.resize(120, 36);
    await terminal.until(`Version ${wanted}`);
  }
  return { keys: rounds * 2 * round.length, refreshes: rounds };
}
