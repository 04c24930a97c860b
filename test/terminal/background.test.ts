import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { answersQuestions, colorDepth } from "../../source/app/environment.js";
import { brightnessIn, TerminalBackground } from "../../source/terminal/background.js";
import { KeyDecoder } from "../../source/terminal/keys.js";

test("an answer of the terminal names a light or dark background, in every form of X11", () => {
  const rows: readonly (readonly [string, "light" | "dark" | null])[] = [
    ["]11;rgb:0000/0000/0000", "dark"],
    ["]11;rgb:ffff/ffff/ffff", "light"],
    ["]11;rgb:fdf6/e3e3/d5d5", "light"],
    ["]11;rgb:00/2b/36", "dark"],
    ["]11;rgb:f/f/f", "light"],
    ["]11;rgb:800/800/800", "light"],
    ["]11;rgba:1e1e/1e1e/1e1e/ffff", "dark"],
    ["]11;#ffffff", "light"],
    ["]11;#000", "dark"],
    ["]11;#ffffffffffff", "light"],
    ["]11;RGB:FFFF/FFFF/FFFF", "light"],
    ["]11;rgb:1e1e/ssqq/oooo", null],
    ["]11;?", null],
    ["]10;rgb:ffff/ffff/ffff", null],
    ["]11;rgb:fffff/ffff/ffff", null],
    ["]11;#ffff", null],
    ["]11;", null],
    ["]111", null],
  ];
  for (const [report, brightness] of rows) assert.equal(brightnessIn(report), brightness, report);
});

test("reports are found between keys at any split, and are no keys", () => {
  for (const end of ["\x07", "\x1b\\", "\x9c"]) {
    const text = `j\x1b]11;rgb:1e1e/1e1e/1e1e${end}k\x1b[?997;1nl\x1b[?62;22cx`;
    for (let cut = 0; cut <= text.length; cut += 1) {
      const decoder = new KeyDecoder();
      const keys = [...decoder.push(text.slice(0, cut)), ...decoder.push(text.slice(cut))];
      assert.deepEqual(
        keys.map(({ name }) => name),
        ["j", "k", "l", "x"],
      );
      assert.deepEqual(decoder.takeReports(), ["]11;rgb:1e1e/1e1e/1e1e", "[?997;1n", "[?62;22c"]);
      assert.deepEqual(decoder.takeReports(), []);
    }
  }
});

test("endless strings and floods of reports are not kept", () => {
  const decoder = new KeyDecoder();
  decoder.push(`\x1b]11;${"x".repeat(100_000)}\x07`);
  assert.deepEqual(decoder.takeReports(), []);
  decoder.push("\x1b[?997;1n".repeat(1_000));
  assert.ok(decoder.takeReports().length <= 16);
});

test("an answer after the deadline changes nothing, and a change is asked about", async () => {
  const written: string[] = [];
  const answers: string[] = [];
  const background = new TerminalBackground(
    (text) => written.push(text),
    (brightness) => answers.push(brightness),
  );
  background.take("]11;rgb:ffff/ffff/ffff");
  background.take("[?997;1n");
  assert.deepEqual([answers, written], [[], []]);
  background.ask();
  background.ask();
  assert.deepEqual(written, ["\x1b[?2031h\x1b]11;?\x1b\\\x1b[c"]);
  background.take("]11;rgb:ffff/ffff/ffff");
  background.take("[?62;22c");
  assert.deepEqual(answers, ["light"]);
  await background.settle(1);
  // Nothing is waited for any more.
  background.take("]11;rgb:0000/0000/0000");
  assert.deepEqual(answers, ["light"]);
  background.take("[?997;1n");
  assert.deepEqual(answers, ["light", "dark"]);
  assert.equal(written.length, 2);
  background.take("]11;rgb:0000/0000/0000");
  assert.equal(background.stop(), "\x1b[?2031l");
  assert.equal(background.stop(), "");
});

test("a terminal that never answers is waited for a second at most", async () => {
  const background = new TerminalBackground(
    () => {},
    () => assert.fail("there was no answer"),
  );
  background.ask();
  const begun = performance.now();
  await background.settle(50);
  assert.ok(performance.now() - begun < 500);
  await sleep(1_100);
  background.take("]11;rgb:ffff/ffff/ffff");
});

test("the environment says how many colours there are, and whether to ask", () => {
  const depth = (environment: Record<string, string>) => colorDepth(environment);
  assert.equal(depth({ TERM: "xterm" }), 16);
  assert.equal(depth({ TERM: "xterm-256color" }), 256);
  assert.equal(depth({ TERM: "xterm-256color", COLORTERM: "truecolor" }), "all");
  assert.equal(depth({ TERM: "xterm", COLORTERM: "24bit" }), "all");
  assert.equal(depth({ TERM: "xterm-direct" }), "all");
  assert.equal(depth({ TERM: "xterm-kitty" }), "all");
  assert.equal(depth({ TERM: "tmux-256color", TERM_PROGRAM: "iTerm.app" }), 256);
  assert.equal(depth({ TERM: "xterm-256color", TERM_PROGRAM: "Apple_Terminal" }), 256);
  assert.equal(depth({ TERM: "xterm-256color", TERM_PROGRAM: "vscode" }), "all");
  assert.equal(depth({ WT_SESSION: "1" }), "all");
  assert.equal(depth({ TERM: "linux" }), 16);
  assert.equal(depth({ COLORTERM: "truecolor", FORCE_COLOR: "1" }), 16);
  assert.equal(depth({}), 16);
  for (const TERM of [
    "xterm",
    "xterm-256color",
    "tmux-256color",
    "screen",
    "foot",
    "alacritty",
    "rxvt-unicode",
  ])
    assert.ok(answersQuestions({ TERM }), TERM);
  for (const TERM of ["", "linux", "linux-16color", "dumb", "vt100", "vt220", "emacs", "ansi"])
    assert.ok(!answersQuestions({ TERM }), TERM);
  assert.ok(!answersQuestions({}));
});
