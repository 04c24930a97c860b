import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { temporaryDirectory } from "../../library/support.js";
import { someOf } from "../../support/long.js";
import type { Terminal } from "../../support/terminal.js";
import { start, using } from "../program.js";

const question = "\x1b]11;?\x1b\\";

/** How often the program has asked for the background. */
function questions(terminal: Terminal): number {
  return terminal.raw().split(question).length - 1;
}

/** The background of the first cell of the screen. */
function background(terminal: Terminal): number | string | null {
  return terminal.styled()[0]?.[0]?.bg ?? null;
}

/** A home whose settings have the theme. */
function homeWith(t: Parameters<typeof temporaryDirectory>[0], theme: unknown): string {
  const home = temporaryDirectory(t);
  const config = join(home, ".config", "papers-tui");
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, "config.json"), JSON.stringify({ theme, markReadAfter: 0 }));
  return home;
}

test("auto asks after the first screen, follows the answer, and asks again when the terminal says it changed", async (t) => {
  const env = { HOME: homeWith(t, "auto"), COLORTERM: "truecolor" };
  await using(start(["sample"], { env }), async (terminal) => {
    await terminal.until(() => questions(terminal) === 1);
    const raw = terminal.raw();
    assert.ok(raw.indexOf("j/k") >= 0 && raw.indexOf("j/k") < raw.indexOf(question));
    assert.equal(background(terminal), null);
    terminal.write("\x1b]11;rgb:ffff/ff");
    await sleep(80);
    terminal.write("ff/ffff\x1b\\");
    await terminal.until(() => background(terminal) === "#ffffff");
    terminal.write("\x1b[?997;1n");
    await terminal.until(() => background(terminal) === "#1c1c1c" && questions(terminal) === 2);
    terminal.write("\x1b]11;rgb:1c1c/1c1c/1c1c\x07");
    terminal.write("j");
    await terminal.until("2/40");
    await terminal.until("Starred 0");
    terminal.write("q");
    const { code } = await terminal.exit();
    assert.equal(code, 0);
    assert.ok(terminal.raw().includes("\x1b[?2031l"));
  });
});

test("a terminal that does not answer, or too late, keeps its own colours, and its answer is no key", async (t) => {
  await using(start(["sample"], { env: { HOME: homeWith(t, "auto") } }), async (terminal) => {
    await terminal.until(() => questions(terminal) === 1);
    await sleep(1_200);
    terminal.write("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    terminal.write("j");
    await terminal.until("2/40");
    assert.equal(background(terminal), null);
  });
});

test("back from the shell it asks again, and the shell is told nothing", async (t) => {
  const env = { HOME: homeWith(t, "auto") };
  await using(start(["sample"], { env, shell: true }), async (terminal) => {
    await terminal.until(() => questions(terminal) === 1);
    terminal.write("\x1b]11;rgb:0000/0000/0000\x1b\\");
    await terminal.until(() => background(terminal) === "#1c1c1c");
    terminal.write("\x1a");
    await terminal.until(() => !terminal.modes().alternate && terminal.text().includes("shell>"));
    assert.doesNotMatch(terminal.text(), /997|rgb:/);
    terminal.write("fg\r");
    await terminal.until(() => questions(terminal) === 2);
    terminal.write("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    await terminal.until(() => background(terminal) === "#ffffff");
    terminal.write("q");
    await terminal.until(() => !terminal.modes().alternate);
    assert.doesNotMatch(terminal.text(), /997|rgb:/);
  });
});

test("light and dark ask nothing; NO_COLOR, mono and the Linux console neither", async (t) => {
  const cases: readonly (readonly [unknown, Record<string, string>])[] = [
    ["dark", {}],
    ["auto", { NO_COLOR: "1" }],
    ["mono", {}],
    [{ base: "light", star: "red" }, {}],
    ["auto", { TERM: "linux" }],
  ];
  for (const [theme, env] of someOf(cases, 2)) {
    await using(start(["sample"], { env: { HOME: homeWith(t, theme), ...env } }), async (terminal) => {
      await terminal.until("? help");
      await sleep(150);
      assert.equal(questions(terminal), 0, JSON.stringify(theme));
      if (env.NO_COLOR) assert.doesNotMatch(terminal.raw(), /\x1b\[[\d;]*(?:[34]\d|9\d|10\d)m/);
    });
  }
});

test("the palette switches the theme, and it is there the next time; a mistake in it is said", async (t) => {
  const home = homeWith(t, { star: "orange" });
  await using(start(["sample"], { env: { HOME: home, COLORTERM: "truecolor" } }), async (terminal) => {
    await terminal.until(/The colour "star"/);
    terminal.write(":dark theme\r");
    await terminal.until(() => background(terminal) === "#1c1c1c");
    const config = join(home, ".config", "papers-tui", "config.json");
    await terminal.until(() => JSON.parse(readFileSync(config, "utf8")).theme.base === "dark");
    terminal.write("q");
    await terminal.exit();
    // What was written by hand is still there.
    assert.deepEqual(JSON.parse(readFileSync(config, "utf8")).theme, { star: "orange", base: "dark" });
  });
  await using(start(["sample"], { env: { HOME: home, COLORTERM: undefined } }), async (terminal) => {
    await terminal.until(() => background(terminal) === 234);
  });
});

test("a theme waits for others that write the settings, and no key waits for the theme", async (t) => {
  const home = homeWith(t, "light");
  const config = join(home, ".config", "papers-tui", "config.json");
  // As a living program would hold it.
  writeFileSync(`${config}.lock`, `${process.pid} another-place 00`);
  await using(start(["sample"], { env: { HOME: home, COLORTERM: "truecolor" } }), async (terminal) => {
    await terminal.until("1/40");
    terminal.write(":dark theme\r");
    await terminal.until(() => background(terminal) === "#1c1c1c");
    const begun = performance.now();
    terminal.write("j");
    await terminal.until("2/40");
    assert.ok(performance.now() - begun < 1_500, "it was two seconds while the wait blocked the program");
    terminal.write("q");
    await terminal.until(() => terminal.raw().includes("\x1b[?1049l"));
    rmSync(`${config}.lock`);
    assert.equal((await terminal.exit()).code, 0);
    assert.equal(JSON.parse(readFileSync(config, "utf8")).theme, "dark");
  });
});
