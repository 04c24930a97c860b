import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { someOf } from "../../support/long.js";
import { Terminal } from "../../support/terminal.js";
import { cli, currentRow, start, using, withHome } from "../program.js";
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

/** A bibliography of so many papers named after it. */
function bibliography(home: string, name: string, count: number): string {
  const path = join(home, `${name}.bib`);
  const entries = Array.from(
    { length: count },
    (_, at) => `@misc{${name}${at}, title={${name} ${at + 1}}}\n`,
  );
  writeFileSync(path, entries.join(""));
  return path;
}

/** Opens a source by the panel, and waits until this is on the screen. */
async function open(terminal: Terminal, source: string, shown: string | RegExp): Promise<void> {
  terminal.write("a");
  await terminal.until("Sources");
  terminal.write(`${source}\r`);
  await terminal.until(shown);
}

test("each Backspace goes one listing further back, to the first of the visit", async () => {
  await withHome(async (home) => {
    const [first = "", ...others] = ["First", "Second", "Third"].map((name, at) =>
      bibliography(home, name, at + 3),
    );
    await using(start([first], { home }), async (terminal) => {
      await terminal.until("All 3");
      terminal.write("\x7f");
      await terminal.until("no other listing has been opened yet");
      terminal.write("jj/First\rj");
      await terminal.until("2/3");
      const row = currentRow(terminal);
      for (const [at, path] of others.entries()) await open(terminal, path, `All ${at + 4}`);
      // The same again is no step further.
      await open(terminal, others[1] ?? "", "All 5");
      await open(terminal, first, "All 3");
      for (const size of [5, 4, 3]) {
        terminal.write("\x7f");
        await terminal.until(`All ${size}`);
      }
      assert.equal(currentRow(terminal), row);
      assert.ok(terminal.text().includes("/ First"), "the filter, too");
      terminal.write("\x7f");
      await terminal.until("this is the first listing of this visit");
      await open(terminal, others[0] ?? "", "All 4");
      await open(terminal, others[1] ?? "", "All 5");
      terminal.write("\x7f\x7f\x7f");
      await terminal.until("this is the first listing of this visit");
      await terminal.until("All 3");
      terminal.write("q");
      await terminal.exit();
    });
    // At another visit the first Backspace opens what was open last before.
    await using(start([others[0] ?? ""], { home }), async (terminal) => {
      await terminal.until("All 4");
      terminal.write("\x7f");
      await terminal.until("All 3");
      terminal.write("\x7f");
      await terminal.until("All 4");
      terminal.write("\x7f");
      await terminal.until("this is the first listing of this visit");
      terminal.write("q");
      await terminal.exit();
    });
  });
});

test("an empty listing says where Esc leads, also when one has come back to it", async () => {
  await withHome(async (home) => {
    const [one = "", two = ""] = ["One", "Two"].map((name, at) => bibliography(home, name, at + 3));
    await using(start([one], { home }), async (terminal) => {
      await terminal.until("All 3");
      terminal.write("s");
      await terminal.until("Starred 1");
      await open(terminal, "starred", "[All 1]");
      await open(terminal, two, "All 4");
      terminal.write("s");
      await terminal.until("Starred 1");
      terminal.write("\x7f");
      // What was starred meanwhile is in it.
      await terminal.until("[All 2]");
      terminal.write("gsjsr");
      await terminal.until("Esc goes back to One");
      terminal.write("\x1b");
      await terminal.until("All 3");
      terminal.write("\x7f");
      await terminal.until("this is the first listing of this visit");
      terminal.write("q");
      await terminal.exit();
    });
  });
});

test("what was piped in is kept for the visit, is read on, and is listed among the sources", async () => {
  await withHome(async (home) => {
    const [one = "", two = ""] = ["One", "Two"].map((name, at) => bibliography(home, name, at + 3));
    const piped = (command: string) =>
      Terminal.start({
        command: "sh",
        args: ["-c", command],
        columns: 120,
        rows: 36,
        env: { HOME: home },
      });
    const program = `${process.execPath} ${cli}`;
    await using(piped(`cat ${one} | ${program} -`), async (terminal) => {
      await terminal.until("All 3");
      terminal.write("jj");
      await terminal.until("3/3");
      for (const key of ["\x7f", "\x1b"]) {
        await open(terminal, "sample", "All 40");
        terminal.write(key);
        await terminal.until("3/3");
      }
      await open(terminal, two, "All 4");
      await open(terminal, "standard", "3/3");
      terminal.write("q");
      await terminal.exit();
    });
    await using(start([two], { home }), async (terminal) => {
      await terminal.until("All 4");
      terminal.write("a");
      await terminal.until("Sources");
      assert.ok(!terminal.text().includes("standard input"), terminal.text());
      terminal.write("\x1bq");
      await terminal.exit();
    });
    const slow = `(cat ${one}; while ! test -e ${home}/go; do sleep 0.1; done; cat ${two}) | ${program} -`;
    await using(piped(slow), async (terminal) => {
      await terminal.until("reading standard input");
      await open(terminal, "sample", "All 40");
      writeFileSync(join(home, "go"), "");
      terminal.write("\x7f");
      await terminal.until("All 7");
      terminal.write("q");
      await terminal.exit();
    });
    const substituted = `bash -c '${program} <(cat ${one})'`;
    await using(piped(substituted), async (terminal) => {
      await terminal.until("All 3");
      await open(terminal, "sample", "All 40");
      terminal.write("\x7f");
      await terminal.until("All 3");
      terminal.write("q");
      await terminal.exit();
    });
  });
});

test("a long listing that is gone back to is read again, and none is kept in memory for that", async () => {
  await withHome(async (home) => {
    const long = bibliography(home, "Long", 6_000);
    await using(start([long], { home }), async (terminal) => {
      await terminal.until("All 6,000");
      terminal.write("77G");
      await terminal.until("77/6,000");
      await open(terminal, "sample", "All 40");
      await open(terminal, long, "77/6,000");
      for (const shown of ["1/40", "77/6,000", "this is the first listing of this visit"]) {
        terminal.write("\x7f");
        await terminal.until(shown);
      }
      terminal.write("q");
      await terminal.exit();
    });
  });
});
