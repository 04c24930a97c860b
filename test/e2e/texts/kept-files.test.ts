import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { start, using, withHome } from "../program.js";

const page = `<!DOCTYPE html><html><body><article class="ltx_document"><h1 class="ltx_title ltx_title_document">Counting Pebbles</h1><section id="S1" class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag">1 </span>Start</h2><div id="S1.p1" class="ltx_para"><p class="ltx_p">Pebbles were counted by hand.</p></div></section></article></body></html>`;

test("the text of a starred file can be read after the file is gone, even after quitting at once", {
  timeout: 60_000,
}, async () => {
  await withHome(async (home) => {
    const file = join(home, "page.html");
    writeFileSync(file, page);
    await using(start([file], { home }), async (terminal) => {
      await terminal.until("Pebbles were counted by hand");
      terminal.write("sqq");
      await terminal.exit();
    });
    rmSync(file);
    await using(start(["starred"], { home }), async (terminal) => {
      await terminal.until("Counting Pebbles");
      terminal.write("f");
      await terminal.until("Pebbles were counted by hand");
    });
  });
});

test("a starred paper of which no text was kept says so, and one that was starred before its file is opened is kept", {
  timeout: 60_000,
}, async () => {
  await withHome(async (home) => {
    const file = join(home, "page.html");
    const settings = join(home, ".config/papers-tui");
    mkdirSync(settings, { recursive: true });
    writeFileSync(join(settings, "config.json"), '{ "keepText": "never" }');
    writeFileSync(file, page);
    await using(start([file], { home }), async (terminal) => {
      await terminal.until("Pebbles were counted by hand");
      terminal.write("sqq");
      await terminal.exit();
    });
    await using(start(["starred"], { home }), async (terminal) => {
      await terminal.until("Counting Pebbles");
      terminal.write("f");
      await terminal.until("no text to read: this paper has no arXiv id");
      assert.ok(terminal.screen().some((line) => line.startsWith("▌")));
      terminal.write("q");
      await terminal.exit();
    });
    rmSync(join(settings, "config.json"));
    await using(start([file], { home }), async (terminal) => {
      await terminal.until("Pebbles were counted by hand");
      terminal.write("qq");
      await terminal.exit();
    });
    rmSync(file);
    await using(start(["starred"], { home }), async (terminal) => {
      await terminal.until("Counting Pebbles");
      terminal.write("f");
      await terminal.until("Pebbles were counted by hand");
    });
  });
});
