import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { longOnly, someOf } from "../../support/long.js";
import { run, start, undoEarlier, using, withHome } from "../program.js";

const library = `
@misc{a, title={Langevin Flows}, author={Wei Wang and Ann Poe}, year=2024, eprint={2401.00001}, archiveprefix={arXiv}, primaryclass={cs.LG}}
@misc{b, title={Knots in Vision}, author={Wei Wang and Zoe Zed}, year=2024, eprint={2401.00002}, archiveprefix={arXiv}, primaryclass={cs.CV}}
@misc{c, title={More Langevin}, author={Ann Poe and Wei Wang}, year=2025, eprint={2501.00003}, archiveprefix={arXiv}, primaryclass={cs.LG}}
@misc{d, title={Splices and Eyes}, author={Ines Holm}, year=2025, eprint={2501.00004}, archiveprefix={arXiv}, primaryclass={math.GT}}
`;

test("a watch saved in one terminal is in another; undo, mute and is:muted last over a restart", async () => {
  await withHome(async (home) => {
    const path = join(home, "lib.bib");
    writeFileSync(path, library);
    await using(start([path], { home }), async (one) => {
      await one.until("1/4");
      await using(start([path], { home }), async (other) => {
        await other.until("1/4");
        one.write("/langevin\r");
        await one.until("2 of 4");
        one.write("W");
        await one.until("save the filter as watch langevin");
        one.write("\r");
        await one.until("watch “langevin” saved · u undoes");
        await other.until("langevin 2");
        await other.until("watch: langevin");
        one.write("u");
        await one.until("undid: watch “langevin” saved");
        await other.until(() => !other.text().includes("langevin 2"));
        one.write("\x12");
        await one.until("redid: watch “langevin” saved");
        await other.until("langevin 2");
        other.write("q");
        await other.exit();
      });
      one.write("\x1b");
      await one.until("All 4");
      one.write("gX");
      await one.until("cs.LG");
      one.write("1\r");
      await one.until("muted cs.LG · u undoes");
      await one.until("2 muted");
      await one.until("All 2");
      one.write("q");
      await one.exit();
    });
    await using(start([path], { home }), async (terminal) => {
      await terminal.until("2 muted");
      terminal.write("/is:muted\r");
      await terminal.until("muted: category cs.LG");
      terminal.write("s");
      await terminal.until("1 muted");
      terminal.write("u");
      await terminal.until("2 muted");
      await undoEarlier(terminal);
      await terminal.until("undid: muted cs.LG");
      await terminal.until("All 4");
      terminal.write("\x1bgF1\r");
      await terminal.until("following Wei Wang");
      await terminal.until("you follow Wei Wang");
      terminal.write("q");
      await terminal.exit();
    });
    assert.equal(
      JSON.parse(run(["list", path, "--filter", "is:followed", "--json"], { home }).out).length,
      2,
    );
    // A paper that was looked at for two seconds is read.
    const [{ unread, ...rest }] = JSON.parse(run(["watch", "list", path, "--json"], { home }).out);
    assert.deepEqual(rest, { name: "langevin", filter: "langevin", total: 2 });
    assert.ok(unread <= 2);
  });
});

test("watches in the shell: added, changed, listed, named in a filter, removed; mistakes end with 2", async () => {
  await withHome(async (home) => {
    const path = join(home, "lib.bib");
    writeFileSync(path, library);
    const watch = (...args: string[]) => run(["watch", ...args], { home });
    assert.deepEqual(watch("list", "--json", path), { code: 0, out: "[]\n", err: "" });
    assert.deepEqual(watch("add", " My  Watch ", "langevin", "year:2024"), {
      code: 0,
      out: "My Watch\tsaved\n",
      err: "",
    });
    assert.equal(watch("add", "my watch", "langevin").out, "my watch\tchanged\n");
    assert.equal(watch("add", "my watch", "langevin").out, "my watch\tsaved already\n");
    assert.equal(watch("list", path).out, "my watch\t2\t2\tlangevin\n");
    const partly = watch("list", path, join(home, "gone.bib"));
    assert.deepEqual([partly.code, partly.out], [2, "my watch\t2\t2\tlangevin\n"]);
    assert.match(partly.err, /^papers-tui: .*gone\.bib: there is no such file/, "the exit code has a reason");
    run(["mark", "read", "2401.00001"], { home });
    assert.deepEqual(JSON.parse(watch("list", path, "--json").out), [
      { name: "my watch", filter: "langevin", total: 2, unread: 1 },
    ]);
    assert.equal(run(["list", path, "--filter", 'watch:"my watch"'], { home }).out.split("\n").length, 3);
    assert.equal(run(["export", path, "--filter", 'watch:"my watch"', "--format", "csv"], { home }).code, 0);
    for (const [args, message] of someOf<readonly [readonly string[], RegExp]>(
      [
        [["add", "x", "is:star"], /watch add: is:star is unfinished; did you mean “is:starred”/],
        [["add", "x", "yaer:2020"], /watch add: yaer: is not a field; did you mean “year:2020”/],
        [["add", "x", "watch:x"], /no watch is called x/],
        [["add", "x", "watch:mywatch"], /did you mean/],
        [["add", "x", ", ,"], /nothing to look for/],
        [["add", "x"], /needs a name and a filter/],
        [["add", "", "langevin"], /needs the name/],
        [["add", "x".repeat(200), "langevin"], /at most/],
        [["add", 'a:b "c"', "langevin"], /the name of a watch has no quotation marks/],
        [["add", "For you", "langevin"], /“For you” is the name of a view/],
        [["remove"], /needs the name/],
        [["remove", "a", "b"], /one name/],
        [["lst"], /did you mean list/],
        [[], /needs one of add, remove, list/],
        [["add", "x", "y", "--json"], /--json belongs to watch list/],
      ],
      2,
    )) {
      const { code, err, out } = watch(...args);
      assert.deepEqual([code, out], [2, ""], args.join(" "));
      assert.match(err, message);
    }
    const { code, err } = watch("remove", "my wacht");
    assert.equal(code, 1);
    assert.match(err, /there is no watch “my wacht”; did you mean “my watch”/);
    assert.equal(watch("remove", "MY WATCH").out, "my watch\tremoved\n");
    assert.equal(watch("list", "--json", path).out, "[]\n");
    assert.equal(run(["list", path, "--filter", 'watch:"my watch"'], { home }).code, 2);
  });
});

test(
  "a long listing is judged in the background, and a mute there takes its papers away",
  longOnly,
  async () => {
    await withHome(async (home) => {
      const path = join(home, "long.csv");
      const rows = Array.from(
        { length: 3_000 },
        (_, at) =>
          `Paper ${at} on ${at % 3 === 0 ? "langevin" : "knots"},Ann A${at % 50} Poe; Bob Roe,2024,Abstract ${at}`,
      );
      writeFileSync(path, `title,authors,year,abstract\n${rows.join("\n")}\n`);
      assert.equal(run(["watch", "add", "flows", "langevin"], { home }).code, 0);
      await using(start([path], { home }), async (terminal) => {
        await terminal.until("flows 1,000", { timeout: 20_000 });
        terminal.write("/title:knots\rXfilter\r");
        await terminal.until("muted title:knots");
        await terminal.until("2,000 muted");
        terminal.write("\x1b");
        await terminal.until("All 1,000");
        terminal.write("u");
        await terminal.until("All 3,000");
        terminal.write("q");
        await terminal.exit();
      });
    });
  },
);
