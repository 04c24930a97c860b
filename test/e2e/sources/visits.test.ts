import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run, start, using, withHome } from "../program.js";

const entries = (...titles: string[]) =>
  titles.map((title, at) => `@misc{k${at}, title={${title}}}\n`).join("");

test("papers that were in no listing at an earlier visit come first", async () => {
  await withHome(async (home) => {
    const path = join(home, "reading.bib");
    const visit = async (work: (terminal: Parameters<Parameters<typeof using>[1]>[0]) => Promise<void>) => {
      await using(start([path], { home }), async (terminal) => {
        await work(terminal);
        terminal.write("kq");
        await terminal.exit();
      });
    };
    /** Opened and left at once: the papers stay new. */
    const glance = async (text: string | RegExp) => {
      await using(start([path], { home }), async (terminal) => {
        await terminal.until(text);
        terminal.write("q");
        await terminal.exit();
      });
    };
    writeFileSync(path, entries("Old one", "Old two"));
    await glance("1/2");
    assert.match(run(["list", path, "--filter", "is:new"], { home }).out, /Old one\n.*Old two\n$/);
    await visit(async (terminal) => {
      await terminal.until("1/2");
      assert.ok(!terminal.text().includes("since your last visit"), "at the first visit all are new");
    });
    writeFileSync(path, entries("Old one", "Fresh", "Old two"));
    await glance(/─── 1 new since your last visit/);
    await visit(async (terminal) => {
      await terminal.until(/─── 1 new since your last visit ─+│.*\n.*Fresh.*\n─── seen before/);
      await terminal.until("1 new");
      assert.match(run(["list", path, "--filter", "is:new"], { home }).out, /\tFresh\n$/);
    });
    await visit(async (terminal) => {
      await terminal.until("All 3");
      assert.ok(!terminal.text().includes("since your last visit"));
    });
  });
});
