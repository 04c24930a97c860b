import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { isLong, longOnly, someOf } from "../../support/long.js";
import { shellPrompt, Terminal } from "../../support/terminal.js";
import { cli, isRestored, run, start, using, withHome } from "../program.js";

const folder = mkdtempSync(join(tmpdir(), "papers-tui-out-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Code that runs in the program a moment after its start, as a library in it would. */
function within(code: string, delay = 1_500): { env: Record<string, string> } {
  const file = join(folder, `${Math.abs(hash(code + delay))}.cjs`);
  writeFileSync(file, `setTimeout(() => { ${code} }, ${delay}).unref();`);
  return { env: { NODE_OPTIONS: `--require=${file}` } };
}

const hash = (text: string) => Array.from(text).reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) | 0, 7);

// The gate tries a few of them: all are listened to by one line.
const ending = ["QUIT", "HUP"];
if (isLong) ending.push("USR2", "TERM", "ABRT", "ALRM", "VTALRM", "PROF", "XCPU", "INT", "SYS");
if (isLong && process.platform === "linux") ending.push("PWR", "STKFLT", "IO");
for (const name of ending) {
  const signal = `SIG${name}` as NodeJS.Signals;
  test(`${signal} gives the terminal back, and the shell's code is 128 + its number`, async () => {
    await using(start(), async (terminal) => {
      await terminal.until("? help");
      process.kill(terminal.pid, signal);
      assert.deepEqual(await terminal.exit(), { code: 128 + constants.signals[signal], signal: null });
      assert.ok(isRestored(terminal), terminal.raw().slice(-200));
    });
  });
}

test("signals that end nothing leave the screen alone: SIGUSR1 opens no debugger, SIGXFSZ only fails a write", async () => {
  await using(start(), async (terminal) => {
    await terminal.until("? help");
    const before = terminal.screen();
    for (const signal of ["SIGUSR1", "SIGPIPE", "SIGURG", "SIGCHLD", "SIGXFSZ"] as const)
      process.kill(terminal.pid, signal);
    await terminal.settled(500);
    assert.deepEqual(terminal.screen(), before);
    assert.doesNotMatch(terminal.raw(), /Debugger/);
    terminal.write("j");
    await terminal.until("2/40");
    terminal.write("q");
    assert.equal((await terminal.exit()).code, 0);
    assert.doesNotMatch(terminal.raw(), /Debugger/);
  });
});

for (const [what, code, exit] of someOf<readonly [string, string, number]>(
  [
    ["an exit from a library", "process.exit(7)", 7],
    ["an exception that nobody catches", "throw new Error('broken \\u001b]0;owned\\u0007inside')", 70],
    ["a rejection that nobody handles", "Promise.reject(new Error('broken inside'))", 70],
    ["something thrown that is no error", "throw 'broken inside'", 70],
  ],
  2,
)) {
  test(`${what} gives the terminal back`, async () => {
    await using(start(["sample"], within(code)), async (terminal) => {
      await terminal.until("? help");
      assert.equal((await terminal.exit()).code, exit);
      assert.ok(isRestored(terminal));
      if (exit === 70) assert.match(terminal.text(), /stopped by an error[\s\S]*broken inside/);
      assert.equal(terminal.title(), null);
    });
  });
}

test("the same where there is no screen: one sentence, and nothing of the terminal's", () => {
  const throws = "throw new Error('broken \\u001b]0;owned\\u0007\\u009b2Jinside')";
  const { code, err } = run(["list", "sample"], within(`process.on('exit', () => {}); ${throws}`, 0));
  assert.ok(code === 70 || code === 0);
  assert.doesNotMatch(err, /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
});

test("what others print waits until the screen is gone, and is said once", async () => {
  const noise = [
    "process.emitWarning('one warning')",
    "process.emitWarning('one warning')",
    "process.emitWarning('old', 'DeprecationWarning', 'DEP9999')",
    "console.log('from log')",
    "console.error('from console \\u001b[2J')",
    "process.stdout.write('from out')",
    "process.stderr.write('from err\\n')",
    "const { Worker } = require('node:worker_threads')",
    "new Worker(\"process.emitWarning('in a thread'); console.log('thread out'); console.error('thread err')\", { eval: true })",
  ].join(";");
  await using(start(["sample"], within(noise)), async (terminal) => {
    await terminal.until("? help");
    await terminal.settled(1_200);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const raw = terminal.raw();
    assert.doesNotMatch(raw, /one warning|from (?:log|console|err|out)|thread (?:out|err)|in a thread/);
    terminal.write("j");
    await terminal.until("2/40");
    terminal.write("q");
    assert.equal((await terminal.exit()).code, 0);
    const said = terminal.raw().slice(terminal.raw().lastIndexOf("\x1b[?1049l"));
    for (const one of [
      "one warning",
      "DeprecationWarning: old",
      "from log",
      "from console",
      "from out",
      "from err",
      "in a thread",
      "thread out",
      "thread err",
    ])
      assert.equal(said.split(one).length - 1, 1, `${one} in ${said}`);
    assert.doesNotMatch(said, /\x1b\[2J/);
  });
});

test("Node's warning of unsafe TLS does not touch the screen", longOnly, async () => {
  const code = "require('node:https').get('https://127.0.0.1:9/').on('error', () => {})";
  const { env } = within(code);
  await using(start(["sample"], { env: { ...env, NODE_TLS_REJECT_UNAUTHORIZED: "0" } }), async (terminal) => {
    await terminal.until("? help");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    assert.doesNotMatch(terminal.text(), /TLS/);
    assert.equal(terminal.screen()[35]?.startsWith(" j/k move"), true);
    terminal.write("q");
    await terminal.exit();
    assert.match(terminal.text(), /TLS/);
  });
});

test("a stop from outside gives the terminal back, and fg brings the screen again", async () => {
  const program = { command: process.execPath, args: [cli, "sample"], columns: 120, rows: 36, shell: true };
  const home = mkdtempSync(join(folder, "home-"));
  const pid = join(home, "pid");
  const noted = join(home, "note.cjs");
  writeFileSync(noted, `require("node:fs").writeFileSync(${JSON.stringify(pid)}, String(process.pid))`);
  await using(
    Terminal.start({ ...program, env: { NODE_OPTIONS: `--require=${noted}` } }),
    async (terminal) => {
      await terminal.until("? help");
      const id = Number(readFileSync(pid, "utf8"));
      for (const signal of ["SIGTSTP", "SIGSTOP"] as const) {
        const prompts = terminal.raw().split(shellPrompt).length;
        process.kill(id, signal);
        if (signal === "SIGTSTP")
          await terminal.until((one) => isRestored(one) && /[Ss]topped[\s\S]*\nshell>\s*$/.test(one.text()), {
            what: "the shell",
          });
        else
          await terminal.until(() => terminal.raw().split(shellPrompt).length > prompts, {
            what: "the prompt",
          });
        const bytes = terminal.bytes;
        // After a stop that the program did not see, the terminal is still raw for a plain shell.
        terminal.write(signal === "SIGTSTP" ? "fg\r" : "fg\n");
        await terminal.until(
          (one) => one.bytes > bytes + 1_000 && one.modes().alternate && /^▌/m.test(one.text()),
          {
            what: "the screen",
          },
        );
        terminal.write("j");
        await terminal.until(signal === "SIGTSTP" ? "2/40" : "3/40");
      }
      terminal.write("q");
      await terminal.until((one) => isRestored(one));
    },
  );
});

test("a terminal that claims 65,535 × 65,535 is drawn", longOnly, async () => {
  await withHome(async (home) => {
    await using(
      start(["sample"], {
        home,
        ...within(
          "process.stdout.columns = 65535; process.stdout.rows = 65535; process.emit('SIGWINCH', 'SIGWINCH')",
        ),
      }),
      async (terminal) => {
        await terminal.until("? help");
        await new Promise((resolve) => setTimeout(resolve, 4_000));
        terminal.write("j");
        terminal.write("q");
        assert.equal((await terminal.exit()).code, 0);
        assert.ok(terminal.bytes < 3_000_000, `${terminal.bytes} bytes`);
      },
    );
  });
});

test(
  "a listing that is too large for the memory is refused, with what to do, and the screen stays",
  longOnly,
  async () => {
    const file = join(folder, "large.bib");
    writeFileSync(
      file,
      Array.from({ length: 200_000 }, (_, at) => `@misc{k${at},title={T ${at}}}\n`).join(""),
    );
    const env = { NODE_OPTIONS: "--max-old-space-size=64" };
    const { code, err } = run(["list", file], { env });
    assert.equal(code, 2);
    assert.match(err, /^papers-tui: cannot read large\.bib: .*memory.*--max-old-space-size.*\n$/);
    await using(start([file], { env }), async (terminal) => {
      await terminal.until(/memory/, { timeout: 30_000 });
      terminal.write("q");
      assert.ok([0, 2].includes((await terminal.exit()).code ?? -1));
      assert.ok(isRestored(terminal));
    });
  },
);
