import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { currentRow, start, using } from "../program.js";

test("keys typed before the first screen are not lost, and a hundred j in one write go to the end", async () => {
  await using(start(), async (terminal) => {
    // At once: raw mode may not even be on yet.
    terminal.write("jj");
    await terminal.until("3/40");
    assert.match(currentRow(terminal), /^Empirical Analysis/);
    await terminal.until("? help");
    terminal.write("j".repeat(20));
    await terminal.until("23/40");
    terminal.write("j".repeat(100));
    await terminal.until("40/40");
    terminal.write(`${"k".repeat(39)}s`);
    await terminal.until("1/40");
    await terminal.until("●★  Learning More with Less");
  });
});

test("/hessian⏎ and what follows in one write act as the same keys typed slowly", async () => {
  await using(start(), async (terminal) => {
    await terminal.until("? help");
    terminal.write("/hessian\rjsj");
    await terminal.until("3/3");
    await terminal.until("Starred 1");
    await terminal.until((one) => one.screen().some((row) => /^ ●★ +Gradient-Normalized/.test(row)));
  });
});

test("editing keys within one write; a long paste arrives whole, its breaks as spaces", async () => {
  await using(start(), async (terminal) => {
    await terminal.until("? help");
    terminal.write("/ab\x7fc");
    await terminal.until(/^ \/ ac /m);
    terminal.write("\x7f\x7f\x7f");
    await terminal.until("? help");
    terminal.write("/one two\x17\x01x\x05y");
    await terminal.until(/^ \/ xone y /m);
    terminal.write("\x15a👩‍🔬");
    await terminal.until(/^ \/ a👩‍🔬/m);
    terminal.write("\x7f");
    await terminal.until(/^ \/ a /m);
    terminal.write("\x1b");
    await terminal.until("? help");
    const pasted = "gradient descent\n".repeat(300).slice(0, 4_990);
    terminal.write(`/\x1b[200~${pasted}the end\n12\x1b[201~`);
    await terminal.until(/the end 12 /);
    terminal.write("\x01");
    await terminal.until(/^ \/ gradient descent gradient/m);
    terminal.write("\x15\x0b");
    await terminal.until('words, "a phrase"');
    terminal.write("\x1b");
    await terminal.until("1/40");
  });
});

test("a paste that comes in pieces, as over a slow line, is never taken for keys, nor is an escape sequence for Esc", async () => {
  await using(start(), async (terminal) => {
    await terminal.until("? help");
    terminal.write("\x1b[200~grad");
    // Longer than an Esc waits for what may follow it.
    await sleep(200);
    terminal.write("ient\nMq");
    await sleep(200);
    terminal.write("\x1b[201~");
    await terminal.until("gradient Mq");
    terminal.write("\x1b");
    await terminal.until("Unread 40");
    await terminal.until("? help");
    terminal.write("\x1b[B\x1b[B\x1b[A");
    await terminal.until("2/40");
  });
});
