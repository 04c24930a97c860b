import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { start, using } from "../program.js";

test("a word that begins with q filters the help, and q alone closes it", async () => {
  await using(start(["sample"], { columns: 80, rows: 24 }), async (terminal) => {
    await terminal.until("? help");
    terminal.write("?");
    await terminal.until("letters filter");
    terminal.write("quit");
    await terminal.until("/ quit");
    assert.match(terminal.text(), /quit from the list/);
    terminal.write("\x1b");
    await terminal.until("? help");
    terminal.write("?");
    await terminal.until("letters filter");
    terminal.write("q");
    await terminal.until("? help");
    // The rest of a word typed slowly marks nothing, opens nothing and ends nothing.
    terminal.write("sLaTq");
    await wait(1_000);
    assert.match(terminal.text(), /Starred 0 Later 0/);
    terminal.write("s");
    await terminal.until("Starred 1");
    terminal.write("q");
    await terminal.exit();
  });
});

test("a paper taken from Later comes back into that list with u, and is not called new", async () => {
  await using(start(["sample"], { columns: 80, rows: 24 }), async (terminal) => {
    await terminal.until("? help");
    terminal.write("LjL");
    await terminal.until("Later 2");
    terminal.write("alater\r");
    await terminal.until("All 2");
    terminal.write("L");
    await terminal.until("Later 1");
    terminal.write("r");
    await terminal.until("nothing added · 1 paper");
    terminal.write("u");
    await terminal.until("All 2");
    await terminal.until("undid: ");
    terminal.write("r");
    await terminal.until("nothing added · 2 papers");
    terminal.write("q");
    await terminal.exit();
  });
});
