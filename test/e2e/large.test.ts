import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { generatedPapers } from "../../bench/generated.js";
import { paperRecord } from "../../source/exports/json.js";
import { currentRow, run, start, using, withHome } from "./program.js";

test("a listing of thousands is filtered behind the screen, with the same rows as in a script", async () => {
  await withHome(async (home) => {
    const path = join(home, "large.json");
    writeFileSync(path, JSON.stringify(generatedPapers(3_000).map((paper) => paperRecord(paper, 0))));
    const listed = run(["list", path, "--filter", "title:neural netw", "--json"], { home });
    const wanted = JSON.parse(listed.out) as { title: string }[];
    assert.ok(wanted.length > 5 && wanted.length < 3_000);
    await using(start([path], { home }), async (terminal) => {
      await terminal.until("1/3,000");
      terminal.write("jjj/title:neural netw");
      await terminal.until(`${wanted.length.toLocaleString("en")} of 3,000`);
      const title = wanted[0]?.title.slice(0, 30) as string;
      await terminal.until((one) => currentRow(one).startsWith(title));
      // The next letters come while the search is under way; Esc needs no answer.
      terminal.write("ork anal");
      terminal.write("\x1b");
      await terminal.until("4/3,000");
      terminal.write("q");
      assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
    });
  });
});

test("keys behind a filter in one write act on what it finds, as typed slowly", async () => {
  await withHome(async (home) => {
    const path = join(home, "large.json");
    writeFileSync(path, JSON.stringify(generatedPapers(3_000).map((paper) => paperRecord(paper, 0))));
    const listed = run(["list", path, "--filter", "title:neural netw", "--json"], { home });
    const [first, second] = JSON.parse(listed.out) as { title: string }[];
    await using(start([path], { home }), async (terminal) => {
      await terminal.until("1/3,000");
      terminal.write("/title:neural netw\rsjs");
      await terminal.until("Starred 2");
      terminal.write("\x1bvv");
      await terminal.until("[Starred 2]");
      const rows = terminal.screen().join("\n");
      for (const one of [first, second]) assert.ok(rows.includes(one?.title.slice(0, 30) as string), rows);
      terminal.write("q");
      assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
    });
  });
});
