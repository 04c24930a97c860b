import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { longOnly } from "../../support/long.js";
import { run, start, using, withHome } from "../program.js";

/** Papers about kettles by Bo Xu, and others about harbours, as the answer of the Daily Papers API. */
function day(first: number, votes: number): string {
  const papers = Array.from({ length: 12 }, (_, at) => {
    const isKettle = at % 3 === 0;
    const topic = isKettle ? "kettle whistle steam" : "harbour lantern rope";
    return {
      paper: {
        id: `2501.${String(first + at).padStart(5, "0")}`,
        title: `${isKettle ? "Kettles" : "Harbours"} number ${first + at}`,
        summary: `We study ${topic} in depth. The ${topic} matters.`,
        authors: [{ name: isKettle ? "Bo Xu" : `Ann Author${at}` }],
        publishedAt: "2025-01-02T00:00:00.000Z",
        upvotes: isKettle ? 0 : 10 + at + votes,
        ai_keywords: [isKettle ? "boiling kettles" : "quiet harbours"],
      },
      numComments: 1,
    };
  });
  return JSON.stringify(papers);
}

test("five stars rank another day with reasons; a reason lists papers of yours, is struck and undone", async () => {
  await withHome(async (home) => {
    const [before, after] = [join(home, "before.json"), join(home, "after.json")];
    writeFileSync(before, day(100, 0));
    writeFileSync(after, day(200, 0));
    const library = join(home, "library.bib");
    writeFileSync(library, "@article{own1, title={Steam of kettles}, author={Xu, Bo}, year={2020}}");
    assert.match(run(["learn", library], { home }).out, /^learned from 1 paper$/m);
    const unranked = run(["list", after, "--sort", "for-you", "--limit", "1"], { home });
    assert.match(unranked.err, /star 4 more papers to rank this for you/);
    assert.match(unranked.out, /Harbours/);
    await using(start([before], { home }), async (terminal) => {
      await terminal.until("1/12");
      terminal.write("4v");
      await terminal.until("star 4 more papers to rank this for you");
      await terminal.until("learns from 1 paper, needs 5");
      await terminal.until(/▌.*Harbours/);
      terminal.write("4V/kettles\r");
      await terminal.until("4 of 12");
      for (let starred = 1; starred <= 4; starred += 1) {
        terminal.write("sj");
        await terminal.until(`Starred ${starred}`);
      }
      terminal.write("\x1bq");
      await terminal.exit();
    });
    const ranked = run(["list", after, "--sort", "for-you"], { home });
    const titles = ranked.out.split("\n").map((line) => /Kettles|Harbours/.exec(line)?.[0]);
    assert.deepEqual(
      titles.slice(0, 4),
      Array.from({ length: 4 }, () => "Kettles"),
      ranked.out,
    );
    assert.doesNotMatch(ranked.err, /star/);
    const filtered = run(["list", after, "--sort", "for-you", "--filter", "in depth", "--limit", "1"], {
      home,
    });
    assert.match(filtered.out, /Kettles/);
    await using(start([after], { home, columns: 140 }), async (terminal) => {
      await terminal.until("1/12");
      terminal.write("Sy");
      await terminal.until("for you: 5 of yours by Xu");
      await terminal.until(/▌.*[▄▆█].*Kettles/);
      terminal.write("gY");
      await terminal.until("5 papers of yours have it");
      terminal.write("\r");
      await terminal.until("Yours");
      await terminal.until("Steam of kettles");
      terminal.write("a");
      await terminal.until("Recent");
      terminal.write("\r");
      await terminal.until("for you: 5 of yours by Xu");
      terminal.write("gY");
      await terminal.until("Ctrl-D strikes");
      // The reasons are in the order of what they contribute.
      for (let tries = 0; tries < 6 && !/▌.*Bo Xu/.test(terminal.text()); tries += 1) {
        const row = /▌.*/.exec(terminal.text())?.[0];
        terminal.write("\x1b[B");
        await terminal.until(() => /▌.*/.exec(terminal.text())?.[0] !== row);
      }
      await terminal.until(/▌.*Bo Xu/);
      terminal.write("\x04");
      await terminal.until("“Bo Xu” no longer counts");
      await terminal.until(/for you: (?:kettles|steam)/);
      assert.doesNotMatch(terminal.text(), /of yours by Xu/);
      terminal.write("Y");
      await terminal.until(/Struck +Bo Xu/);
      terminal.write("\x1b");
      await terminal.until("? help");
      terminal.write("u");
      await terminal.until("undid: “Bo Xu” no longer counts");
      await terminal.until("for you: 5 of yours by Xu");
      terminal.write("I");
      await terminal.until("quiet harbours");
      await terminal.until("26 weeks");
      terminal.write("harbours\r");
      await terminal.until("8 of 12");
      terminal.write("\x1bq");
      await terminal.exit();
    });
  });
});

test("what moved since the last visit is in the detail, and sorts", longOnly, async () => {
  await withHome(async (home) => {
    const path = join(home, "day.json");
    writeFileSync(path, day(100, 0));
    await using(start([path], { home }), async (terminal) => {
      await terminal.until("1/12");
      terminal.write("kq");
      await terminal.exit();
    });
    writeFileSync(path, day(100, 34));
    assert.match(run(["list", path, "--sort", "momentum", "--limit", "1"], { home }).out, /Harbours/);
    await using(start([path], { home, columns: 140 }), async (terminal) => {
      await terminal.until("1/12");
      terminal.write("Smg");
      await terminal.until("by momentum");
      await terminal.until(/▲ 45 \+34/);
      await terminal.until(/▌.*\+34.*Harbours/);
      terminal.write("q");
      await terminal.exit();
    });
  });
});

test("stats print the reading of all machines, and a listing, as text and as JSON", async () => {
  await withHome(async (home) => {
    const path = join(home, "day.json");
    writeFileSync(path, day(100, 0));
    run(["mark", "star", "2501.00100", "2501.00103"], { home });
    run(["mark", "read", "2501.00100"], { home });
    const text = run(["stats", path], { home }).out;
    assert.match(text, /^1 paper read, 2 starred in 26 weeks$/m);
    assert.match(text, /^Mon /m);
    assert.match(text, /quiet harbours +█+ 8$/m);
    assert.doesNotMatch(text, /streak/i);
    const { reading, listing } = JSON.parse(run(["stats", path, "--json"], { home }).out);
    assert.equal(reading.days.length, 1);
    assert.deepEqual([reading.read, reading.starred], [1, 2]);
    assert.deepEqual(listing.keyword, [
      { name: "quiet harbours", papers: 8 },
      { name: "boiling kettles", papers: 4 },
    ]);
    assert.equal(JSON.parse(run(["stats", "--json"], { home }).out).listing, null);
    assert.equal(run(["learn"], { home }).code, 2);
  });
});
