import assert from "node:assert/strict";
import { test } from "node:test";
import { run, start, using, withHome } from "../program.js";

test("a triage is on disk key by key, and undone as a whole", async () => {
  await withHome(async (home) => {
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("1/40");
      terminal.write("T");
      await terminal.until("1 of 40");
      terminal.write("sLxxx");
      await terminal.until(/6 of 40, less than a minute left/);
      const rows = JSON.parse(run(["list", "sample", "--json"], { home }).out);
      const marked = rows.filter(({ read }: { read: boolean }) => read);
      assert.equal(marked.length, 5);
      terminal.write("\x1b");
      await terminal.until("went through 5 papers · 1 starred · 1 for later · 3 skipped · u undoes it all");
      await terminal.until("Unread 35");
      terminal.write("u");
      await terminal.until("undid 5 changes");
      await terminal.until("Unread 40  Starred 0  Later 0");
    });
  });
});
