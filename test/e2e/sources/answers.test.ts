import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { longOnly, someOf } from "../../support/long.js";
import { start, using } from "../program.js";

/** Answers whose letters would star, open, quit or walk through days. */
const answers = [
  "\x1b]11;rgb:1e1e/ssqq/oooo\x1b\\",
  "\x1bP>|sosoqq 1.1.3\x1b\\",
  "\x1b_Gi=31;OKsq\x1b\\",
  "\x1b^qqq\x1b\\",
  "\x1bXsss\x1b\\",
  "\x1b]52;c;c3Nzc3Nzcw==\x07",
  "\x1b[?62;1;52c",
  "\x1b[115;1:3u",
  "\x1b[<0;10;20M",
];

test("what a terminal answers does nothing, whole or in two reads with a pause between", async () => {
  await using(start(), async (terminal) => {
    await terminal.until("? help");
    for (const answer of someOf(answers, 3)) {
      terminal.write(answer);
      for (const cut of [2, Math.floor(answer.length / 2), answer.length - 1]) {
        terminal.write(answer.slice(0, cut));
        await sleep(80);
        terminal.write(answer.slice(cut));
        await sleep(10);
      }
    }
    terminal.write("j");
    await terminal.until("2/40");
    await terminal.until("Starred 0");
    assert.match(terminal.text(), /29 Oct 2025/);
  });
});

test("an answer that never ends holds keys for seconds only, and Esc stays prompt", longOnly, async () => {
  await using(start(), async (terminal) => {
    await terminal.until("? help");
    terminal.write("/abc");
    await terminal.until(/^ \/ abc/m);
    const begun = performance.now();
    terminal.write("\x1b");
    await terminal.until("j/k move");
    assert.ok(performance.now() - begun < 1_000);
    terminal.write("\x1b]11;rgb:1e1e");
    await sleep(100);
    terminal.write("sss");
    await sleep(2_600);
    terminal.write("j");
    await terminal.until("2/40");
    await terminal.until("Starred 0");
    // A person who types on and on is heard too.
    terminal.write("\x1bP1$r");
    for (let at = 0; at < 40; at += 1) {
      await sleep(200);
      terminal.write("k");
    }
    await terminal.until("1/40");
  });
});
