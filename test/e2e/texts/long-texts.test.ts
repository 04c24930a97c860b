import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanEnvironment } from "../../support/environment.js";
import { someOf } from "../../support/long.js";
import { cli, isRestored, run, start, using, withHome } from "../program.js";

/** Characters of a file: its parsing takes seconds. PAPERS_TUI_LONG makes it 50 MB. */
const size = process.env.PAPERS_TUI_LONG ? 50_000_000 : 12_000_000;
/** A key or a signal is answered within so many ms, also where a machine is busy; a person feels 100. */
const patience = process.env.PAPERS_TUI_LONG ? 600 : 2_000;

const abstract = "We measure how long a parser keeps a key waiting, and find that it need not. ".repeat(4);

/** One text of each kind that can only be read whole, each paper with a number. */
const kinds: Readonly<Record<string, { head: string; paper: (n: number) => string; foot: string }>> = {
  "long.json": {
    head: "[",
    paper: (n) =>
      `${n === 0 ? "" : ","}{"id":"k${n}","type":"article-journal","title":"Own title ${n}","author":[{"family":"Own","given":"Ann"}],"issued":{"date-parts":[[2020,1,2]]},"abstract":"${abstract}"}`,
    foot: "]",
  },
  "long.bib": {
    head: "",
    paper: (n) =>
      `@article{k${n},\n  title = {Own title ${n}},\n  author = {Own, Ann and Own, Bob},\n  year = {2020},\n  abstract = {${abstract}}\n}\n`,
    foot: "",
  },
  "long.xml": {
    head: '<?xml version="1.0"?><rss version="2.0"><channel><title>Own</title>',
    paper: (n) =>
      `<item><title>Own title ${n}</title><link>https://example.org/${n}</link><author>Ann Own</author><description>${abstract}</description></item>`,
    foot: "</channel></rss>",
  },
};

function write(path: string, { head, paper, foot }: (typeof kinds)[string], size: number): number {
  const parts = [head];
  let length = 0;
  let count = 0;
  for (; length < size; count += 1) {
    const one = paper(count);
    parts.push(one);
    length += one.length;
  }
  writeFileSync(path, [...parts, foot].join(""));
  return count;
}

for (const [name, kind] of someOf(Object.entries(kinds), 1)) {
  test(`Ctrl-C, q and SIGTERM are served while a long ${name.replace("long", "")} is parsed`, async () => {
    await withHome(async (home) => {
      const path = join(home, name);
      write(path, kind, size);
      for (const end of ["\x03", "q", "SIGTERM"]) {
        await using(start([path], { home }), async (terminal) => {
          await terminal.until("reading", { timeout: 20_000 });
          // All bytes are there by now, and are parsed.
          await sleep(700);
          const since = performance.now();
          if (end === "SIGTERM") process.kill(terminal.pid, end);
          else terminal.write(end);
          await terminal.exit();
          const taken = performance.now() - since;
          assert.ok(taken < patience, `${JSON.stringify(end)} was answered after ${taken.toFixed(0)} ms`);
          assert.ok(isRestored(terminal));
        });
      }
      // A verb has no screen to give back, so the system ends it.
      const { variables } = cleanEnvironment({ HOME: home });
      const child = spawn(process.execPath, [cli, "list", path], { env: variables, stdio: "ignore" });
      await sleep(700);
      const since = performance.now();
      child.kill("SIGTERM");
      const signal = await new Promise((resolve) => child.on("exit", (_, by) => resolve(by)));
      const taken = performance.now() - since;
      assert.equal(signal, "SIGTERM");
      assert.ok(taken < patience, `list ended after ${taken.toFixed(0)} ms`);
      // And nothing is lost on the way from the thread.
      const count = write(path, kind, 3_000_000);
      const { out } = run(["list", path], { home });
      assert.equal(out.split("\n").length - 1, count);
      assert.match(out.split("\n")[count - 1] ?? "", new RegExp(`Own title ${count - 1}$`));
    });
  });
}
