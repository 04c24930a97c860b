import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { someOf } from "../../support/long.js";
import { currentRow, start, using } from "../program.js";
import { day, withServer } from "../server.js";

const login = "<!doctype html><html><body>Log in</body></html>";

test("a source that cannot be opened leaves the listing before as it was, with the error over it", async () => {
  await withServer(
    (_, response) => response.end(login),
    async (server, home) => {
      for (const size of someOf(
        [
          { columns: 120, rows: 36 },
          { columns: 80, rows: 24 },
        ],
        1,
      )) {
        await using(start(["sample"], { home, env: server.env, ...size }), async (terminal) => {
          server.answer = (_, response) => response.end(login);
          await terminal.until("? help");
          terminal.write("/policy\rj");
          await terminal.until(/\d+ of 40/);
          const row = currentRow(terminal);
          const words = `tables ${size.columns}`;
          terminal.write(`asearch:${words}\r`);
          await terminal.until("a then Enter retries");
          assert.ok(terminal.text().includes(`cannot fetch Search: ${words}: 127`), terminal.text());
          assert.match(terminal.text(), /All 40/);
          assert.equal(currentRow(terminal), row);
          assert.match(terminal.text(), /\/ policy/);
          // It is the listing that is open: keys act on it, and Esc leaves its filter.
          terminal.write("\x1b");
          await terminal.until("/40");
          server.answer = (_, response) => response.end(day("One", "Two"));
          terminal.write("a\r");
          await terminal.until("All 2");
          assert.ok(terminal.text().includes(`Search: ${words}`));
          terminal.write("q");
          await terminal.exit();
        });
      }
    },
  );
});

test("Esc while another source is fetched goes back to the listing before", async () => {
  await withServer(
    () => {},
    async ({ env }, home) => {
      await using(start(["sample"], { home, env }), async (terminal) => {
        await terminal.until("? help");
        terminal.write("jj");
        const row = currentRow(terminal);
        terminal.write("atrending\r");
        await terminal.until("fetching Trending papers");
        terminal.write("\x1b");
        await terminal.until("cancelled");
        await terminal.until("All 40");
        assert.notEqual(row, "");
        // Several in a row that show nothing: back to the last that had papers.
        for (const source of ["search:one", "search:two"]) {
          terminal.write(`a${source}\r`);
          await terminal.until(`fetching ${source.replace(":", ": ").replace("s", "S")}`);
        }
        terminal.write("\x1b");
        await terminal.until("Search: two: cancelled");
        await terminal.until("All 40");
        terminal.write("sq");
        await terminal.exit();
      });
    },
  );
});

test("an answer without papers says so, and Esc goes back", async () => {
  await withServer(
    (_, response) => response.end("[]"),
    async ({ env }, home) => {
      await using(start(["sample"], { home, env }), async (terminal) => {
        await terminal.until("? help");
        terminal.write("asearch:nothing\r");
        await terminal.until("Esc goes back to Daily Papers (sample)");
        terminal.write("\x1b");
        await terminal.until("All 40");
        terminal.write("astarred\r");
        await terminal.until("Esc goes back to Daily Papers (sample)");
        terminal.write("\x1b");
        await terminal.until("All 40");
        terminal.write("q");
        await terminal.exit();
      });
    },
  );
});

test("the sample and a saved day have a day before and after; another file has none", async () => {
  await withServer(
    (request, response) => {
      const asked = /date=(\S+?)(?:&|$)/.exec(request.url ?? "")?.[1];
      response.end(asked === "2025-10-28" ? day("The day before") : "[]");
    },
    async ({ env }, home) => {
      const saved = join(home, "saved.json");
      writeFileSync(saved, day("Saved one", "Saved two"));
      for (const source of someOf(["sample", saved], 1)) {
        await using(start([source], { home, env }), async (terminal) => {
          await terminal.until("29 Oct");
          terminal.write("[");
          await terminal.until("The day before");
          await terminal.until("28 Oct");
          terminal.write("q");
          await terminal.exit();
        });
      }
      const other = join(home, "lib.bib");
      writeFileSync(other, "@article{a, title={One}, author={Doe, J.}, year=2020}");
      await using(start([other], { home, env }), async (terminal) => {
        await terminal.until("One");
        terminal.write("[");
        await terminal.until("only Daily Papers have a previous and next day");
        terminal.write("q");
        await terminal.exit();
      });
    },
  );
});
