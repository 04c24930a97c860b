import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run, start, using, withHome } from "../program.js";

const stateOf = (home: string) => join(home, ".local/state/papers-tui");
const configOf = (home: string) => join(home, ".config/papers-tui");

/** Stars the paper `down` rows below the first and quits. */
async function star(home: string, down: number): Promise<void> {
  await using(start(["sample"], { home }), async (terminal) => {
    await terminal.until("1/40");
    terminal.write(`g${"j".repeat(down)}s`);
    await terminal.until("starred · u undoes");
    terminal.write("gq");
    await terminal.exit();
  });
}

function journal(home: string): string {
  const name = readdirSync(stateOf(home)).find((one) => one.startsWith("marks-")) as string;
  return join(stateOf(home), name);
}

test("the readable part of a damaged journal is read, the damage reported, the file kept", async () => {
  await withHome(async (home) => {
    await star(home, 1);
    await star(home, 2);
    const path = journal(home);
    const [first, second] = readFileSync(path, "utf8").trimEnd().split("\n") as [string, string];
    // As a crash of the machine and an editor would leave it: a foreign line, and a torn last one.
    const damaged = `${first}\nnot a line of ours\n${second}\n${second.slice(0, 30)}`;
    writeFileSync(path, damaged);
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("Starred 2");
      await terminal.until((one) => /line 2|2 lines/.test(one.screen()[34] ?? ""), {
        what: "the damage in the footer",
      });
      terminal.write("5js");
      await terminal.until("Starred 3");
      terminal.write("q");
      await terminal.exit();
    });
    assert.ok(readFileSync(path, "utf8").startsWith(damaged), "nothing of it was overwritten");
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("Starred 3");
    });
  });
});

test("settings that are not JSON are renamed and reported, and the program starts", async () => {
  await withHome(async (home) => {
    mkdirSync(configOf(home), { recursive: true });
    const broken = '{"ascii": true,\n  "places": {';
    writeFileSync(join(configOf(home), "config.json"), broken);
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("1/40");
      await terminal.until((one) => /config\.json/.test(one.screen().slice(33).join("")), {
        what: "the damage in the footer",
      });
      terminal.write("jq");
      assert.equal((await terminal.exit()).code, 0);
    });
    const kept = readdirSync(configOf(home)).map((name) => readFileSync(join(configOf(home), name), "utf8"));
    assert.ok(kept.includes(broken), "the broken file is kept beside the new one");
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("2/40");
    });
  });
});

test("where marks cannot be kept, the footer says so with what to do, and reading goes on", async () => {
  await withHome(async (home) => {
    mkdirSync(join(home, ".local/state"), { recursive: true });
    // A file where the folder should be: no user, root included, can write below it.
    writeFileSync(stateOf(home), "mine");
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("1/40");
      terminal.write("s");
      await terminal.until(/not saved: a file is in the way/);
      await terminal.until("Starred 1");
      terminal.write("q");
      assert.equal((await terminal.exit()).code, 0);
      assert.match(terminal.text(), /papers-tui: 1 change is not saved: a file is in the way/);
      assert.doesNotMatch(
        terminal.text().slice(terminal.text().lastIndexOf("papers-tui: 1 change")),
        /until you quit/,
      );
    });
    assert.equal(readFileSync(stateOf(home), "utf8"), "mine");
    for (const args of [
      ["learn", "sample"],
      ["mark", "star", "1706.03762"],
      ["watch", "add", "mine", "llm"],
    ]) {
      const { code, out, err } = run(args, { home });
      assert.deepEqual([code, out], [2, ""], args.join(" "));
      assert.match(
        err,
        /not saved: a file is in the way .* move it away\.\n$/,
        "nothing is kept after the end",
      );
    }
  });
});
