import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { shellPrompt, Terminal, type TerminalOptions } from "./terminal.js";

/** Runs `script` by sh in a small terminal, looks at it with `look`, and ends it whatever happens. */
async function withShell(
  script: string,
  look: (terminal: Terminal) => Promise<void>,
  options: Partial<TerminalOptions> = {},
): Promise<void> {
  const terminal = Terminal.start({ command: "sh", args: ["-c", script], columns: 30, rows: 6, ...options });
  try {
    await look(terminal);
  } finally {
    await terminal.dispose();
  }
}

/** Keeps a program running until a line is typed. */
const stay = "; read line";

test("shows what a program prints, where it prints it", () =>
  withShell(`printf 'one\\033[3;5Hthree'${stay}`, async (terminal) => {
    await terminal.until("three");
    assert.deepEqual(terminal.screen(), ["one", "", "    three", "", "", ""]);
    assert.deepEqual(terminal.cursor(), { x: 9, y: 2, visible: true });
    assert.equal(terminal.bytes, Buffer.byteLength(terminal.raw()));
  }));

test("gives keys to the program, several in one write too", () =>
  withShell("read a; read b; echo got $a and $b", async (terminal) => {
    terminal.write("first\rsecond\r");
    await terminal.until("got first and second");
    assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
  }));

test("wide characters, emoji and accents keep their columns", () =>
  withShell(`printf '漢字|👩‍🔬|e\\314\\201|'${stay}`, async (terminal) => {
    await terminal.until(/\|$/m);
    assert.equal(terminal.screen()[0], "漢字|👩‍🔬|e\u0301|");
    const [row = []] = terminal.styled();
    assert.deepEqual(
      row.slice(0, 7).map((cell) => cell.width),
      [2, 2, 1, 2, 1, 1, 1],
    );
    assert.equal(
      row.reduce((sum, cell) => sum + cell.width, 0),
      30,
    );
  }));

test("a character that arrives in two pieces is one character", () =>
  withShell(`stty -echo; printf 'a\\346'; read line; printf '\\274\\242b'${stay}`, async (terminal) => {
    await terminal.until("a");
    terminal.write("\r");
    await terminal.until("a漢b");
  }));

test("reports colours and styles of each cell", () => {
  const styles = "\\033[1;31mA\\033[0;2;3mB\\033[0;4;7mC\\033[0;38;5;200;48;2;1;2;255mD\\033[0mE";
  return withShell(`printf '${styles}'${stay}`, async (terminal) => {
    await terminal.until("ABCDE");
    const plain = { width: 1, fg: null, bg: null, bold: false, dim: false, italic: false } as const;
    const still = { ...plain, underline: false, inverse: false };
    assert.deepEqual(terminal.styled()[0]?.slice(0, 5), [
      { ...still, char: "A", fg: 1, bold: true },
      { ...still, char: "B", dim: true, italic: true },
      { ...still, char: "C", underline: true, inverse: true },
      { ...still, char: "D", fg: 200, bg: "#0102ff" },
      { ...still, char: "E" },
    ]);
  });
});

test("a resize reaches the program and the screen", () =>
  withShell("trap 'stty size; exit' WINCH; echo ready; while :; do read line; done", async (terminal) => {
    await terminal.until("ready");
    terminal.resize(50, 9);
    await terminal.until("9 50");
    assert.equal(terminal.screen().length, 9);
  }));

test("sees modes a program left on, and a cursor it left hidden", () =>
  withShell("printf '\\033[?1049h\\033[?2004h\\033[?1000h\\033[?2026h\\033[?25lbye'", async (terminal) => {
    await terminal.exit();
    assert.deepEqual(terminal.modes(), {
      alternate: true,
      bracketedPaste: true,
      mouse: true,
      synchronized: true,
    });
    assert.equal(terminal.cursor().visible, false);
  }));

test("sees that a program put everything back", () => {
  const on = "\\033[?1049h\\033[?2004h\\033[?25l";
  const off = "\\033[?25h\\033[?2004l\\033[?1049l";
  return withShell(`printf 'before\\n${on}inside${off}after'`, async (terminal) => {
    await terminal.exit();
    const none = { alternate: false, bracketedPaste: false, mouse: false, synchronized: false };
    assert.deepEqual(terminal.modes(), none);
    assert.equal(terminal.cursor().visible, true);
    assert.deepEqual(terminal.screen().slice(0, 2), ["before", "after"]);
  });
});

test("a window title and a copy to the clipboard are noticed", () =>
  withShell("printf '\\033]2;Papers\\007\\033]52;c;aMOp\\007\\033]52;c;?\\007x'", async (terminal) => {
    assert.equal(terminal.title(), null);
    await terminal.exit();
    assert.equal(terminal.title(), "Papers");
    assert.deepEqual(terminal.clipboardWrites(), ["hé"]);
  }));

test("answers a program that asks where the cursor is", () =>
  withShell(
    "stty raw -echo; printf 'ab\\033[6n'; dd bs=1 count=6 2>/dev/null | tr '\\033' E",
    async (terminal) => {
      await terminal.until("abE[1;3R");
    },
  ));

test("waiting fails at once when the program ends, and shows its screen and exit code", () =>
  withShell("echo no luck; exit 3", async (terminal) => {
    // Far longer than a test may take: only the end of the program can end this wait.
    const waiting = terminal.until("good news", { timeout: 2 ** 30 });
    await assert.rejects(waiting, /"good news".*exit code 3[\s\S]*no luck/);
    assert.deepEqual(await terminal.exit(), { code: 3, signal: null });
  }));

test("waiting gives up after its time, and shows the screen", () =>
  withShell(`echo still here${stay}`, async (terminal) => {
    await terminal.until("still here");
    const waiting = terminal.until(() => false, { timeout: 1, what: "a wonder" });
    await assert.rejects(waiting, /a wonder, but 1 ms went by[\s\S]*still here/);
  }));

test("a mistake in a condition is not taken for a screen that does not come", () =>
  withShell("read line", async (terminal) => {
    const mistake = () => {
      throw new TypeError("mistaken");
    };
    await assert.rejects(terminal.until(mistake), /mistaken/);
  }));

test("half a synchronized update is not seen", () => {
  const update = "printf '\\033[?2026hhalf'; read line; printf '\\r\\033[Kdone\\033[?2026l'";
  return withShell(`stty -echo; ${update}${stay}`, async (terminal) => {
    while (!terminal.text().includes("half")) await setImmediate();
    const half = terminal.until("half", { timeout: 2 ** 30 });
    terminal.write("\r");
    await terminal.until("done");
    terminal.write("\r");
    await assert.rejects(half, /"half", but the program ended/);
  });
});

test("reports the signal that ended a program", () =>
  withShell(`echo up${stay}`, async (terminal) => {
    await terminal.until("up");
    terminal.kill("SIGTERM");
    assert.deepEqual(await terminal.exit(), { code: null, signal: 15 });
    terminal.write("too late");
    terminal.kill("SIGKILL");
  }));

test("a program starts with an empty home of its own, which goes with it", async (context) => {
  const before = process.env.CI;
  process.env.CI = "true";
  context.after(() => {
    if (before === undefined) delete process.env.CI;
    else process.env.CI = before;
  });
  let home = "";
  // A cache may be there: compiled code, which the other tests begin with.
  const print = "echo $HOME; echo $XDG_STATE_HOME; echo ci=$CI term=$TERM; ls -A --ignore=.cache $HOME";
  const look = async (terminal: Terminal) => {
    home = terminal.home;
    await terminal.exit();
    const seen = [home, `${home}/.local/state`, "ci= term=xterm-256color", "", "", ""];
    assert.deepEqual(terminal.screen(), seen);
    assert.ok(existsSync(home));
  };
  await withShell(print, look, { columns: 120 });
  assert.ok(!existsSync(home));
});

test("Ctrl-Z stops a program under a shell, fg brings it back", () => {
  const program = { command: "sh", args: ["-c", "echo it\\'s up; read line; echo got $line"], shell: true };
  return withShell(
    "",
    async (terminal) => {
      await terminal.until("it's up");
      terminal.write("\x1a");
      await terminal.until((at) => at.text().split(shellPrompt).length === 3, { what: "a second prompt" });
      terminal.write("fg\r");
      terminal.write("more\r");
      await terminal.until("got more");
    },
    { ...program, columns: 80, rows: 12 },
  );
});
