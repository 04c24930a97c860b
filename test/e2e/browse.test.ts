import assert from "node:assert/strict";
import { test } from "node:test";
import { longOnly, someOf } from "../support/long.js";
import { currentRow, fixture, start, undoEarlier, using, withHome } from "./program.js";

test("a person browses, stars, filters, quits, and finds everything again", async () => {
  await withHome(async (home) => {
    await using(start([fixture], { home }), async (terminal) => {
      await terminal.until("? help");
      assert.match(
        terminal.screen()[0] ?? "",
        /^ Daily Papers {2}‹ Wed 29 Oct 2025 › +\[All 40\] +Unread 40 +Starred 0 +Later 0 +For you$/,
      );
      assert.match(currentRow(terminal), /^Learning More with Less/);
      terminal.write("j");
      await terminal.until((one) => /^Learning to Reweight/.test(currentRow(one)));
      await terminal.until("9 authors · 19 Dec 2023");
      terminal.write("s");
      await terminal.until("starred · u undoes");
      await terminal.until("Starred 1");
      await terminal.until("●★  Learning to Reweight");
      terminal.write("/");
      await terminal.until('words, "a phrase"');
      terminal.write("hessian");
      await terminal.until("3 of 40");
      assert.match(currentRow(terminal), /^Empirical Analysis of the Hessian/);
      terminal.write("\r");
      await terminal.until("? help");
      terminal.write("j");
      await terminal.until("2/3");
      terminal.write("L");
      await terminal.until("Later 1");
      terminal.write("q");
      assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
    });
    await using(start([fixture], { home }), async (terminal) => {
      await terminal.until("/ hessian");
      await terminal.until("2/3");
      await terminal.until("Starred 1");
      terminal.write("\x1b");
      await terminal.until("5/40");
      await terminal.until("●★  Learning to Reweight");
      terminal.write("vv");
      await terminal.until("[Starred 1]");
      await terminal.until("1/1");
      terminal.write("/\x1b[A");
      await terminal.until("/ hessian");
    });
  });
});

test("what was marked is undone and done again, also after a restart", async () => {
  await withHome(async (home) => {
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("1/40");
      terminal.write("M");
      await terminal.until("40 marked read");
      await terminal.until("Unread 0");
      terminal.write("q");
      await terminal.exit();
    });
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("Unread 0");
      await undoEarlier(terminal);
      await terminal.until("undid: 40 marked read");
      await terminal.until("Unread 40");
      terminal.write("u");
      await terminal.until("nothing to undo");
      terminal.write("\x12");
      await terminal.until("redid: 40 marked read");
      await terminal.until("Unread 0");
    });
  });
});

test("a paper looked at for the time set becomes read by itself", async () => {
  await using(start(["sample"]), async (terminal) => {
    await terminal.until("? help");
    terminal.write("jj");
    await terminal.until("3/40");
    await terminal.until("Unread 39");
    assert.match(terminal.text(), /▌ {4}Empirical Analysis/);
  });
});

test("the help is opened, filtered, and runs what is chosen", longOnly, async () => {
  await using(start(), async (terminal) => {
    await terminal.until("1/40");
    terminal.write("?");
    await terminal.until("letters filter");
    terminal.write("star or un");
    await terminal.until((one) => /▌Mark +s +star/.test(one.text()));
    terminal.write("\r");
    await terminal.until("Starred 1");
  });
});

test("the screen follows the terminal's size, down to one cell and back", async () => {
  await using(start(), async (terminal) => {
    await terminal.until("? help");
    terminal.write("5j");
    await terminal.until("6/40");
    for (const [columns, rows, expected] of [
      [200, 60, /25 Sep │/],
      [80, 24, /^▌.{4}Provable Scaling Laws of Feature Emergence/m],
      [60, 14, /▌.{4}Provable/],
      [20, 4, /▌.{4}Provable/],
      [1, 1, /^[▌…]/],
      [120, 36, /6\/40/],
    ] as const) {
      terminal.resize(columns, rows);
      await terminal.until(expected, { what: `the screen at ${columns}×${rows}` });
    }
    assert.match(currentRow(terminal), /^Provable Scaling Laws/);
    assert.equal(terminal.screen().length, 36);
  });
});

test("a window that is as large as before when it is asked is drawn whole again", async () => {
  await using(start(), async (terminal) => {
    await terminal.until("? help");
    terminal.write("jk");
    // The card of the first run is gone with the first key.
    await terminal.until((one) => !one.text().includes("all keys; q quits"));
    await terminal.until("1/40");
    const whole = terminal.screen();
    // What the terminal cuts off at the smaller size is gone, and the program sees only the last one.
    terminal.resize(60, 12);
    terminal.resize(120, 36);
    await terminal.until((one) => one.screen().join("\n") === whole.join("\n"), { what: "the whole screen" });
  });
});

test("an opened paper covers the screen and Esc goes back to the list", longOnly, async () => {
  await using(start(["sample"], { columns: 80, rows: 24 }), async (terminal) => {
    await terminal.until("? help");
    terminal.write("jj\r");
    await terminal.until((one) => /^ Empirical Analysis/.test(one.screen()[2] ?? ""));
    await terminal.until("Unread 39");
    await terminal.until("j/k scroll  Esc back");
    terminal.write("\x1b");
    await terminal.until((one) => /^Empirical Analysis/.test(currentRow(one)));
  });
});

test("no colour where it is not wanted, and every state still shows", async () => {
  const ways: readonly (readonly [string[], Record<string, string>])[] = [
    [["sample", "--no-color"], {}],
    [["sample"], { NO_COLOR: "1" }],
  ];
  for (const [args, env] of someOf(ways, 1)) {
    await using(start(args, { env }), async (terminal) => {
      await terminal.until("1/40");
      terminal.write("s/hessian\r");
      await terminal.until("1/3");
      await terminal.until("Starred 1");
      assert.doesNotMatch(terminal.raw(), /\x1b\[[\d;]*(3[0-8]|4[0-8]|9[0-7])m/);
      assert.ok(
        terminal
          .styled()
          .flat()
          .some((cell) => cell.underline && cell.bold),
        "the match is underlined",
      );
    });
  }
});

test("--ascii draws with ASCII signs only", async () => {
  await using(start(["sample", "--ascii"]), async (terminal) => {
    await terminal.until("1/40");
    terminal.write("js");
    await terminal.until(/> ?\* +Learning to Reweight/);
    assert.match(terminal.text(), /^>o|^ o/m);
  });
});

test("Ctrl-L and r bring a spoilt screen back, without moving anything", async () => {
  await using(start([fixture]), async (terminal) => {
    await terminal.until("? help");
    terminal.write("3j");
    await terminal.until("4/40");
    const before = terminal.text();
    terminal.write("\x0c");
    await terminal.until((one) => one.raw().split("\x1b[2J").length > 2, { what: "a cleared screen" });
    await terminal.until((one) => one.text() === before, { what: "the same screen" });
    terminal.write("r");
    await terminal.until("nothing new · 40 papers");
    await terminal.until("4/40");
  });
});

test("o hands the paper's address to BROWSER, without a shell", longOnly, async () => {
  await withHome(async (home) => {
    const { writeFileSync, readFileSync, chmodSync } = await import("node:fs");
    const browser = `${home}/browser`;
    writeFileSync(browser, `#!/bin/sh\nprintf '%s\\n' "$@" > ${home}/opened\n`);
    chmodSync(browser, 0o755);
    await using(start(["sample"], { home, env: { BROWSER: browser } }), async (terminal) => {
      await terminal.until("1/40");
      terminal.write("jo");
      await terminal.until("opened a search for its title");
      assert.equal(
        readFileSync(`${home}/opened`, "utf8"),
        "https://huggingface.co/papers?q=Learning%20to%20Reweight%20for%20Graph%20Neural%20Network\n",
      );
      await terminal.until("Unread 39");
    });
    await using(start(["sample"], { home, env: { BROWSER: "no-such-browser" } }), async (terminal) => {
      await terminal.until("1/40");
      terminal.write("o");
      await terminal.until("no-such-browser was not found (set BROWSER): the link is copied");
    });
  });
});

test(
  "u after a pause undoes the star, then that the paper was marked read meanwhile, and Ctrl-R redoes",
  longOnly,
  async () => {
    await withHome(async (home) => {
      await using(start(["sample"], { home }), async (terminal) => {
        await terminal.until("1/40");
        // Time marks only a paper read that somebody went to.
        terminal.write("jks");
        await terminal.until("Unread 39  Starred 1");
        terminal.write("u");
        await terminal.until("undid: starred");
        await terminal.until("Unread 39  Starred 0");
        terminal.write("u");
        await terminal.until("undid: marked read automatically");
        await terminal.until("Unread 40  Starred 0");
        terminal.write("\x12\x12");
        await terminal.until("Unread 39  Starred 1");
      });
    });
  },
);

test("with a filter on, n goes from match to match in the paper and on to the next one", async () => {
  await using(start(), async (terminal) => {
    await terminal.until("? help");
    terminal.write("/abstract:hessian\r\r");
    await terminal.until("next match");
    terminal.write("n");
    await terminal.until(/match 1 of (\d+)/);
    const count = Number(/match 1 of (\d+)/.exec(terminal.screen().join("\n"))?.[1]);
    terminal.write("n".repeat(count));
    await terminal.until("2/");
    await terminal.until("match 1 of");
    terminal.write("N");
    await terminal.until(`match ${count} of ${count}`);
    terminal.write("qq");
    assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
  });
});
