import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { run, start, using, withHome } from "../program.js";

test("what one terminal marks is on the screen of another, and undone from either", async () => {
  await withHome(async (home) => {
    await using(start(["sample"], { home }), async (one) => {
      await one.until("1/40");
      // The directory that is watched is made by the first mark.
      one.write("L");
      await one.until("Later 1");
      await using(start(["sample"], { home }), async (other) => {
        await other.until("Later 1");
        other.write("jjs");
        await other.until("Starred 1");
        await one.until("Starred 1  Later 1");
        one.write("s");
        await other.until("Starred 2");
        // What the other one did is named first.
        other.write("u");
        await other.until("u again undoes what another window did: starred");
        await wait(450);
        other.write("u");
        await one.until("Starred 1");
        run(["mark", "star", "2510.22543"], { home });
        other.write("q");
        await other.exit();
      });
      one.write("k");
      await one.until("1/40");
    });
  });
});

test("U lists the last changes, and Enter takes back all down to one", async () => {
  await withHome(async (home) => {
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("1/40");
      terminal.write("U");
      await terminal.until("nothing has been marked on this machine yet");
      terminal.write("sjsjLu");
      await terminal.until("undid: to read later");
      terminal.write("U");
      await terminal.until("What was marked here");
      await terminal.until(/▌\d+ \w+ \d\d:\d\d +\(undone\) to read later: /);
      await terminal.until(/starred: Learning to Reweight/);
      // Enter on a change that is undone already does nothing.
      terminal.write("\r\x1b");
      await terminal.until("Starred 2");
      terminal.write("Ulearning more\r");
      await terminal.until("undid 2 changes · Ctrl-R redoes");
      await terminal.until("Starred 0");
      terminal.write("\x12");
      await terminal.until("Starred 1");
    });
    assert.equal(run(["list", "starred"], { home }).out.trimEnd().split("\n").length, 1);
  });
});
