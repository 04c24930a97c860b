import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { generatedPapers } from "../../../bench/generated.js";
import { writeSnapshotListing } from "../../../bench/snapshot-listing.js";
import { paperRecord } from "../../../source/exports/json.js";
import { longOnly } from "../../support/long.js";
import { cli, currentRow, run, runBeside, start, using, withHome } from "../program.js";

test("a long listing is filtered in the background, with the same rows as in a script, also for keys in one write", async () => {
  await withHome(async (home) => {
    const path = join(home, "large.json");
    writeFileSync(path, JSON.stringify(generatedPapers(1_500).map((paper) => paperRecord(paper, 0))));
    const listed = run(["list", path, "--filter", "title:neural netw", "--json"], { home });
    const wanted = JSON.parse(listed.out) as { title: string }[];
    assert.ok(wanted.length > 5 && wanted.length < 1_500);
    const [first, second] = wanted.map(({ title }) => title.slice(0, 30)) as [string, string];
    await using(start([path], { home }), async (terminal) => {
      await terminal.until("1/1,500");
      terminal.write("jjj/title:neural netw");
      await terminal.until(`${wanted.length.toLocaleString("en")} of 1,500`);
      await terminal.until((one) => currentRow(one).startsWith(first));
      // The next letters come while the search is under way; Esc needs no answer.
      terminal.write("ork anal");
      terminal.write("\x1b");
      await terminal.until("4/1,500");
      // Keys after the filter act on its result, as when typed slowly.
      terminal.write("/title:neural netw\rsjs");
      await terminal.until("Starred 2");
      terminal.write("\x1bvv");
      await terminal.until("[Starred 2]");
      const rows = terminal.text();
      for (const title of [first, second]) assert.ok(rows.includes(title), rows);
      terminal.write("q");
      assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
    });
  });
});

test(
  "a long export says that it is written before it is, and a q pressed meanwhile does not quit",
  longOnly,
  async () => {
    await withHome(async (home) => {
      const path = writeSnapshotListing(home, 20_000);
      await using(start([path], { home, cwd: home }), async (terminal) => {
        await terminal.until("1/20,000");
        terminal.write("e\x15big.json\r");
        await terminal.until("writing big.json …");
        assert.ok(!existsSync(join(home, "big.json")));
        terminal.write("q");
        await terminal.until("exported 20,000 papers to ~/big.json");
        terminal.write("j");
        await terminal.until("2/20,000");
        terminal.write("e\x15stopped.bib\r");
        await terminal.until("writing stopped.bib …");
        terminal.write("\x1b");
        await terminal.until("not exported: stopped");
        assert.deepEqual(
          readdirSync(home).filter((name) => name.startsWith("stopped")),
          [],
        );
      });
    });
  },
);

test(
  "a listing of 20,000 papers is read, filtered, sorted and marked, and is where it was left",
  longOnly,
  async () => {
    await withHome(async (home) => {
      const path = writeSnapshotListing(home, 20_000);
      await using(start([path], { home }), async (terminal) => {
        await terminal.until("1/20,000");
        terminal.write("G");
        await terminal.until("20,000/20,000");
        const last = currentRow(terminal);
        terminal.write("s");
        await terminal.until("Starred 1");
        terminal.write("Sd");
        await terminal.until("by date");
        assert.equal(currentRow(terminal), last);
        terminal.write("VV");
        await terminal.until("[Later 0]");
        terminal.write("V");
        await terminal.until("1/1");
        assert.equal(currentRow(terminal), last);
        terminal.write("VV");
        await terminal.until("/20,000");
        terminal.write("So");
        await terminal.until("20,000/20,000");
        terminal.write("/author:ada is:starred");
        await terminal.until(/ [01] of 20,000/);
        terminal.write("\x1b");
        await terminal.until("20,000/20,000");
        // Read anew it is the same listing, and the reader on the same paper.
        terminal.write("r");
        await terminal.until(/new · 20,000 papers/);
        await terminal.until("20,000/20,000");
        assert.equal(currentRow(terminal), last);
        terminal.write("kq");
        assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
      });
      await using(start([path], { home }), async (terminal) => {
        await terminal.until("19,999/20,000");
        await terminal.until("Starred 1");
      });
    });
  },
);

/** A named pipe into which a listing is written while the program reads it. */
async function withPipe(
  work: (pipe: {
    path: string;
    home: string;
    write: (from: number, to: number) => Promise<void>;
    end: () => Promise<void>;
  }) => Promise<void>,
): Promise<void> {
  await withHome(async (home) => {
    const lines = readFileSync(writeSnapshotListing(home, 16_000), "utf8").split("\n");
    const path = join(home, "papers");
    execFileSync("mkfifo", [path]);
    // Opened for reading too, so that nobody waits for the other to open it.
    const file = await open(path, "r+");
    const write = async (from: number, to: number) => {
      await file.write(`${lines.slice(from, to).join("\n")}\n`);
    };
    await work({ path, home, write, end: () => file.close() });
  });
}

const isWindows = process.platform === "win32";

test("the beginning of a long listing can be read while the rest loads", {
  skip: isWindows,
}, async () => {
  await withPipe(async ({ path, home, write, end }) => {
    await using(start([path], { home }), async (terminal) => {
      await terminal.until("reading papers");
      await write(0, 5_000);
      // So few may yet be the whole of a listing that is there in a moment.
      await terminal.until(/4,9\d\d papers|5,000 papers/);
      await write(5_000, 7_000);
      await terminal.until(/1\/[567],\d\d\d/);
      terminal.write("jjjs");
      await terminal.until("Starred 1");
      const title = currentRow(terminal);
      await write(7_000, 16_000);
      await terminal.until(/4\/1\d,\d\d\d/);
      assert.equal(currentRow(terminal), title);
      // The notice of the star replaces the progress until the next key.
      terminal.write("jk");
      await terminal.until("16,000 papers ·");
      terminal.write("\x1b");
      await terminal.until(/cancelled: these are the first 1\d,\d\d\d papers/);
      await terminal.until("4/16,000");
      assert.equal(currentRow(terminal), title);
      await terminal.until("Starred 1");
      await end();
      terminal.write("q");
      assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
    });
  });
});

test("whoever filters what is there of a long listing is answered for that, until it is all there", {
  skip: isWindows,
  ...longOnly,
}, async () => {
  await withPipe(async ({ path, home, write, end }) => {
    await using(start([path], { home }), async (terminal) => {
      await terminal.until("reading papers");
      await write(0, 5_600);
      await terminal.until(/1\/5,\d\d\d/);
      terminal.write("/author:ada");
      await terminal.until(/ [1-9][\d,]* of 5,\d\d\d/);
      await write(5_600, 15_000);
      await terminal.until(/\[All 5,\d\d\d\]/);
      terminal.write("\x1b");
      await terminal.until("15,000 papers ·");
      await write(15_000, 15_500);
      await terminal.until(/\[All 15,\d\d\d\]/);
      terminal.write("/author:ada");
      await terminal.until(/ [1-9][\d,]* of 15,\d\d\d/);
      await write(15_500, 16_000);
      await end();
      await terminal.until(/ [1-9][\d,]* of 16,000/);
      terminal.write("\x03\x03");
      assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
    });
  });
});

test("a listing of thousands is printed to its last line, or to where its reader has had enough", async () => {
  await withHome(async (home) => {
    const path = writeSnapshotListing(home, 6_000);
    const printed = await runBeside(["list", path], { home });
    assert.equal(printed.code, 0);
    assert.equal(printed.out.split("\n").length, 6_001);
    const json = await runBeside(["list", path, "--json"], { home });
    const papers = JSON.parse(json.out) as { title: string }[];
    assert.equal(papers.length, 6_000);
    const [, , , title] = (printed.out.split("\n")[5_999] as string).split("\t");
    assert.ok(papers[5_999]?.title.startsWith(title?.slice(0, 20) as string));
    if (isWindows) return;
    const command = `'${process.execPath}' '${cli}' list '${path}' | head -2`;
    const cut = execFileSync("sh", ["-c", command], {
      encoding: "utf8",
      env: { ...process.env, HOME: home },
    });
    assert.equal(
      cut,
      printed.out
        .split("\n")
        .slice(0, 2)
        .map((one) => `${one}\n`)
        .join(""),
    );
  });
});
