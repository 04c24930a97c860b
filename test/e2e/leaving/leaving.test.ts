import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isLong, someOf } from "../../support/long.js";
import { shellPrompt, Terminal } from "../../support/terminal.js";
import { cli, isRestored, start, using, withHome } from "../program.js";

for (const [name, keys] of someOf<readonly [string, string]>(
  [
    ["q", "q"],
    ["Ctrl-C", "\x03"],
    ["Ctrl-C twice in the prompt", "/abc\x03\x03"],
    ["Ctrl-C twice in the help", "?\x03\x03"],
  ],
  2,
)) {
  test(`${name} leaves the terminal as it was`, async () => {
    await using(start(), async (terminal) => {
      await terminal.until("1/40");
      assert.ok(terminal.modes().alternate && terminal.modes().bracketedPaste && !terminal.cursor().visible);
      assert.match(terminal.raw(), /\x1b\[\?1007s.*\x1b\[\?1007h/, "the wheel is arrow keys");
      terminal.write(keys);
      assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
      assert.ok(isRestored(terminal), terminal.raw().slice(-200));
    });
  });
}

for (const [signal, code] of someOf<readonly [NodeJS.Signals, number]>(
  [
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGINT", 130],
  ],
  1,
)) {
  test(`${signal} leaves the terminal as it was, and what was marked is there`, async () => {
    await withHome(async (home) => {
      await using(start(["sample"], { home }), async (terminal) => {
        await terminal.until("1/40");
        terminal.write("js");
        await terminal.until("starred · u undoes");
        terminal.kill(signal);
        assert.deepEqual(await terminal.exit(), { code, signal: null });
        assert.ok(isRestored(terminal));
      });
      await using(start(["sample"], { home }), async (terminal) => {
        await terminal.until("Starred 1");
        await terminal.until("2/40");
      });
    });
  });
}

test("kill -9 right after the acknowledgement loses no mark", async () => {
  await withHome(async (home) => {
    const times = isLong ? 5 : 2;
    for (let run = 1; run <= times; run += 1) {
      await using(start(["sample"], { home }), async (terminal) => {
        await terminal.until(`[All 40]`);
        await terminal.until(`Starred ${run - 1}`);
        terminal.write(`${run}js`);
        await terminal.until("starred · u undoes");
        process.kill(terminal.pid, "SIGKILL");
        assert.equal((await terminal.exit()).signal, 9);
      });
    }
    const state = join(home, ".local/state/papers-tui");
    const journal = readdirSync(state).find((name) => name.startsWith("marks-")) as string;
    assert.equal(readFileSync(join(state, journal), "utf8").trimEnd().split("\n").length, times);
  });
});

test("echo and line editing are back in the shell after leaving", async () => {
  const program = { command: process.execPath, args: [cli, "sample"], columns: 120, rows: 36, shell: true };
  await using(Terminal.start(program), async (terminal) => {
    await terminal.until("1/40");
    terminal.write("q");
    await terminal.until(
      (one) =>
        !one.modes().alternate && one.screen().filter((row) => row.startsWith(shellPrompt)).length >= 2,
      { what: "the shell's prompt again" },
    );
    terminal.write("stty -a | tr ';' '\\n' | grep -c -w -e icanon -e echo -e isig\r");
    // What is typed before the shell waits for it may be lost while it sets up its own editing.
    await terminal.until(/^\s*[1-9]\nshell>\s*$/m);
    terminal.write("stty -a | grep -o -w -e -icanon -e -echo -e -isig | wc -l\r");
    await terminal.until(/^\s*0$/m);
  });
});

/** Whether the shell has said so and waits for a command: what is typed before would mix with its words. */
function hasStopped(terminal: Terminal): boolean {
  return /(?:Stopped|Suspended|stopped)[\s\S]*\nshell>\s*$/.test(terminal.text());
}

test("Ctrl-Z gives the terminal back, and fg goes on where the reader was", async () => {
  const program = { command: process.execPath, args: [cli, "sample"], columns: 120, rows: 36, shell: true };
  await using(Terminal.start(program), async (terminal) => {
    await terminal.until("? help");
    terminal.write("jjj");
    await terminal.until("4/40");
    terminal.write("\x1a");
    await terminal.until((one) => isRestored(one) && hasStopped(one), {
      what: "the shell",
    });
    terminal.write("echo from the shell\r");
    await terminal.until(/^from the shell$/m);
    terminal.write("fg\r");
    await terminal.until(
      (one) => one.modes().alternate && one.modes().bracketedPaste && one.text().includes("4/40"),
      { what: "the screen again" },
    );
    terminal.write("j");
    await terminal.until("5/40");
    terminal.write("q");
    await terminal.until((one) => isRestored(one));
  });
});

test("a resize while suspended is seen on coming back, and nothing of ours lands in the shell", async () => {
  const program = { command: process.execPath, args: [cli, "sample"], columns: 120, rows: 36, shell: true };
  await using(Terminal.start(program), async (terminal) => {
    await terminal.until("? help");
    terminal.write("s");
    await terminal.until("starred · u undoes");
    terminal.write("\x1a");
    await terminal.until((one) => isRestored(one) && hasStopped(one), {
      what: "the shell",
    });
    terminal.resize(80, 24);
    terminal.write("fg\r");
    await terminal.until((one) => one.modes().alternate && / 1\/40$/.test(one.screen()[23] ?? ""), {
      what: "the screen at 80×24",
    });
    assert.match(terminal.screen()[0] ?? "", /Later 0$/);
    terminal.write("\x1a");
    await terminal.until((one) => isRestored(one) && hasStopped(one), { what: "the shell again" });
    assert.doesNotMatch(terminal.text(), /j\/k move|Later 0/);
    terminal.write("fg\r");
    await terminal.until((one) => one.modes().alternate);
    terminal.write("q");
  });
});

const crashing = fileURLToPath(new URL("./crashing.js", import.meta.url));
for (const where of someOf(["component", "update"], 1)) {
  test(`an error in a ${where} leaves the terminal as it was and is readable`, async () => {
    const args = ["--import", "tsx", crashing, where];
    await using(
      Terminal.start({ command: process.execPath, args, columns: 120, rows: 36 }),
      async (terminal) => {
        await terminal.until("1/3");
        terminal.write("j");
        assert.equal((await terminal.exit()).code, 70);
        assert.ok(isRestored(terminal));
        assert.match(terminal.text(), /caught: the third row is broken/);
      },
    );
  });
}

test("the terminal going away ends the program", async () => {
  await withHome(async (home) => {
    const terminal = start(["sample"], { home });
    await terminal.until("1/40");
    const { pid } = terminal;
    terminal.kill("SIGHUP");
    await terminal.exit();
    assert.throws(() => execFileSync("ps", ["-p", String(pid)], { stdio: "pipe" }));
    await terminal.dispose();
  });
});
