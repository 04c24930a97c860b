import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run, start, using, withHome } from "../e2e/program.js";
import { isWindows } from "../faults/attacks.js";

test("a synchronised folder that is not mounted is not taken for one without marks", {
  skip: isWindows,
}, async () => {
  await withHome(async (home) => {
    const cloud = join(home, "cloud");
    mkdirSync(cloud);
    run(["mark", "star", "2510.22543"], { home });
    assert.equal(run(["sync", cloud], { home }).code, 0);
    assert.equal(run(["state", "export", join(home, "backup.json")], { home }).code, 0);
    // As an empty mount point.
    renameSync(cloud, join(home, "away"));
    mkdirSync(cloud);
    const says = /papers-tui is a link to a folder that is not there/;
    for (const args of [
      ["list", "starred"],
      ["mark", "star", "2510.00001"],
    ]) {
      const { code, err } = run(args, { home });
      assert.ok(code !== 0 && says.test(err), err);
    }
    const seen = run(["doctor"], { home });
    assert.deepEqual([seen.code, says.test(seen.out)], [1, true]);
    for (const args of [
      ["state", "compact"],
      ["state", "export", join(home, "empty.json")],
      ["state", "export"],
      ["state", "import", join(home, "backup.json")],
    ]) {
      const { code, out, err } = run(args, { home });
      assert.deepEqual([code, /"journals"/.test(out)], [2, false], args.join(" "));
      assert.match(err, /check that what it links to exists/);
    }
    assert.ok(!existsSync(join(home, "empty.json")), "an empty backup was written");
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until(/a link to a folder that is not there/);
      terminal.write("s");
      await terminal.until(/Kept until you quit/);
      // It is mounted again, and both marks are in it with the next one.
      renameSync(cloud, join(home, "mount-point"));
      renameSync(join(home, "away"), cloud);
      terminal.write("js");
      await terminal.until("Starred 2");
      terminal.write("q");
      await terminal.exit();
    });
    const listed = JSON.parse(run(["list", "starred", "--json"], { home }).out) as { id: string }[];
    assert.equal(listed.length, 3, JSON.stringify(listed));
    assert.deepEqual(readdirSync(join(home, "mount-point")), []);
  });
});
