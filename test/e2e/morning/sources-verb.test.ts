import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { longOnly, someOf } from "../../support/long.js";
import { type Run, run, runBeside, start, using, withHome } from "../program.js";
import { day, withServer } from "../server.js";

const settingsOf = (home: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(home, ".config", "papers-tui", "config.json"), "utf8"));

const sources = (home: string, ...args: string[]): Run => run(["sources", ...args], { home });

test("sources are added, listed and removed; other settings stay", async () => {
  await withHome(async (home) => {
    writeFileSync(join(home, "library.bib"), "@article{x, title={One}, author={Li, Wei}, year={2020}}\n");
    mkdirSync(join(home, ".config", "papers-tui"), { recursive: true });
    writeFileSync(join(home, ".config", "papers-tui", "config.json"), '{"ascii": true, "own": [1]}');
    const empty = sources(home, "list");
    assert.deepEqual([empty.code, empty.out], [0, ""]);
    assert.match(empty.err, /no sources yet, so daily opens/);
    assert.equal(sources(home, "list", "--json").out, "[]\n");
    const added = sources(
      home,
      "add",
      "daily",
      "arxiv:cs.LG",
      join(home, "library.bib"),
      "https://arxiv.org/list/cs.CL/recent",
    );
    assert.equal(added.code, 0, added.err);
    assert.deepEqual(settingsOf(home), {
      ascii: true,
      own: [1],
      sources: ["daily", "arxiv:cs.LG", "~/library.bib", "arxiv:cs.CL"],
    });
    const again = sources(home, "add", "daily", "~/library.bib");
    assert.deepEqual(
      [again.code, again.out],
      [0, "daily\tis there already\n~/library.bib\tis there already\n"],
    );
    const listed = JSON.parse(sources(home, "list", "--json").out);
    assert.deepEqual(listed[2], { source: "~/library.bib", total: 1, unread: 1, new: 1, asked: null });
    const wrong = sources(home, "remove", "dayli");
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /not part of the morning; did you mean daily\?/);
    assert.match(sources(home, "remove", "library").err, /did you mean ~\/library\.bib/);
    assert.match(sources(home, "remove", "qqq").err, /it has daily, arxiv:cs\.LG/);
    assert.equal(sources(home, "remove", "daily", "nothing").code, 2);
    assert.equal((settingsOf(home).sources as string[]).length, 4, "all or none");
    assert.equal(sources(home, "remove", "daily", join(home, "library.bib"), "arxiv:cs.CL").code, 0);
    assert.equal(sources(home, "remove", "arxiv:cs.LG").code, 0);
    assert.deepEqual(settingsOf(home), { ascii: true, own: [1] });
    assert.match(sources(home, "remove", "daily").err, /no sources yet/);
  });
});

/** Takes the lock of the settings, as a living program would. */
function lockSettings(home: string): string {
  const folder = join(home, ".config", "papers-tui");
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, "config.json.lock");
  writeFileSync(lock, `${process.pid} another-place 00`);
  return lock;
}

test("sources added by several programs at once are all there, also when the first one takes long", async () => {
  await withHome(async (home) => {
    const lock = lockSettings(home);
    const names = someOf(["arxiv:cs.AI", "arxiv:cs.CL", "arxiv:cs.LG", "arxiv:cs.CV"], 2);
    const adding = Promise.all(names.map((name) => runBeside(["sources", "add", name], { home })));
    await sleep(4_000);
    rmSync(lock);
    for (const { code, out, err } of await adding) {
      assert.deepEqual([code, err], [0, ""]);
      assert.match(out, /added/);
    }
    assert.deepEqual((settingsOf(home).sources as string[]).sort(), [...names].sort());
  });
});

test("a source that is not on disk in time is not said to be added", {
  timeout: 60_000,
  ...longOnly,
}, async () => {
  await withHome(async (home) => {
    writeFileSync(
      join(home, "state.json"),
      '{"format":"papers-tui state","version":1,"places":[{"listing":"x"}]}',
    );
    lockSettings(home);
    const [added, imported] = await Promise.all([
      runBeside(["sources", "add", "daily"], { home }),
      runBeside(["state", "import", join(home, "state.json")], { home }),
    ]);
    for (const { code, out, err } of [added, imported]) {
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, /another papers-tui is writing the settings: try again/);
    }
  });
});

test("what is no source is not added, and nothing of the same command is", async () => {
  await withHome(async (home) => {
    for (const [name, why] of someOf<readonly [string, RegExp]>(
      [
        ["dialy", /did you mean daily\?/],
        ["gone.bib", /is not a source or an existing file/],
        ["daily:tomorrow", /takes a day/],
        ["arxiv:", /needs categories or words/],
        ["search:", /needs words/],
        ["https://", /not a web address/],
        ["-", /standard input/],
        ["morning", /part of itself/],
        ["", /is not a source or an existing file|needs a source/],
      ],
      2,
    )) {
      const { code, out, err } = sources(home, "add", "daily", name);
      assert.deepEqual([code, out], [2, ""], name);
      assert.match(err, why);
      assert.equal(sources(home, "list", "--json").out, "[]\n", name);
    }
    assert.equal(sources(home, "ad", "daily").code, 2);
    assert.equal(sources(home, "add").code, 2);
    assert.equal(sources(home, "list", "daily").code, 2);
  });
});

test("a setting that is no list is reported and left alone", async () => {
  await withHome(async (home) => {
    mkdirSync(join(home, ".config", "papers-tui"), { recursive: true });
    const path = join(home, ".config", "papers-tui", "config.json");
    for (const text of someOf(['{"sources": "daily"}', '{"sources": [1]}', '{"sources": {}}'], 1)) {
      writeFileSync(path, text);
      const { code, err } = sources(home, "add", "daily");
      assert.equal(code, 2);
      assert.match(err, /"sources" in .* must be a list/);
      assert.equal(readFileSync(path, "utf8"), text);
    }
  });
});

test("a file of the morning that is gone is said to be, and can be removed", async () => {
  await withHome(async (home) => {
    const files = ["gone.bib", "there.bib"].map((name) => join(home, name));
    for (const file of files) writeFileSync(file, "@article{a, title={Knots}, author={Reed}}\n");
    const [gone = ""] = files;
    assert.equal(sources(home, "add", ...files).code, 0);
    rmSync(gone);
    assert.match(sources(home, "list").out, /gone\.bib\tthere is no such file\n.*there\.bib\t1 unread/);
    assert.deepEqual(
      JSON.parse(sources(home, "list", "--json").out).map((one: { gone?: true }) => one.gone),
      [true, undefined],
    );
    const { err } = run(["list", "morning"], { home });
    const todo = /papers-tui sources remove (\S+) removes it from the morning\n$/.exec(err)?.[1] ?? "";
    assert.equal(sources(home, "remove", todo).code, 0, err);
    assert.equal(run(["list", "morning"], { home }).code, 0);
  });
});

test("the counts are of what was fetched, and no server is asked for them", async () => {
  await withServer(
    (_, response) => response.end(day("One", "Two")),
    async (server, home) => {
      const asked = async (...args: string[]) => runBeside(args, { home, env: server.env });
      await asked("sources", "add", "daily", "trending");
      await asked("list", "daily");
      await asked("mark", "read", "2510.00001");
      server.asked.length = 0;
      const { out } = await asked("sources", "list", "--json");
      const [daily, trending] = JSON.parse(out);
      assert.deepEqual([daily.total, daily.unread, daily.new], [2, 1, 1]);
      assert.match(daily.asked, /^20\d\d-/);
      assert.deepEqual(trending, { source: "trending", total: 0, unread: 0, new: 0, asked: null });
      assert.equal(
        (await asked("sources", "list")).out,
        "daily\t1 unread\t1 new\ntrending\tnothing loaded yet\n",
      );
      assert.deepEqual(server.asked, []);
    },
  );
});

test("Ctrl-T in the panel keeps the source, and the panel counts what is here", async () => {
  await withServer(
    (_, response) => response.end(day("One", "Two")),
    async (server, home) => {
      await runBeside(["list", "daily"], { home, env: server.env });
      await using(start(["sample"], { home, env: server.env }), async (terminal) => {
        await terminal.until("1/40");
        terminal.write("a");
        await terminal.until(/daily +2 unread, 2 new · read \d\d:\d\d/);
        terminal.write("\u0014");
        await terminal.until("added to your morning: daily");
        assert.deepEqual(settingsOf(home).sources, ["daily"]);
        terminal.write("\u0014");
        await terminal.until("taken out of your morning: daily");
        assert.equal(settingsOf(home).sources, undefined);
        terminal.write("\u0014");
        await terminal.until("added to your morning: daily");
        // A paste with its Enter comes before anything is known of its folder.
        terminal.write("'/tmp/gone.bib'\r");
        await terminal.until(/cannot read .*gone\.bib/);
        await terminal.until("/ '/tmp/gone.bib'");
        terminal.write("\u0015./gone.bib");
        await terminal.until("there is no such file");
        terminal.write("\u0015morning\r");
        await terminal.until((one) => (one.screen()[0] ?? "").includes("Morning"));
        await terminal.until("1/2");
        terminal.write("q");
        await terminal.exit();
      });
    },
  );
});

test("the listing on the screen is added to the morning from its line and by name, with its counts", async () => {
  await withServer(
    (_, response) => response.end(day("One", "Two")),
    async (server, home) => {
      await runBeside(["list", "trending"], { home, env: server.env });
      writeFileSync(join(home, "lib.bib"), "@article{a, title={Alone}, author={Doe, J.}, year=2020}");
      await using(start(["lib.bib"], { home, env: server.env, cwd: home }), async (terminal) => {
        await terminal.until("1/1");
        terminal.write("a");
        await terminal.until(/Open now +~\/lib\.bib +open · 1 unread/);
        terminal.write("\x1b[A\x14");
        await terminal.until("added to your morning: ~/lib.bib, beside daily");
        assert.deepEqual(settingsOf(home).sources, ["daily", "~/lib.bib"]);
        await terminal.until(/ ~\/lib\.bib +open · 1 unread/);
        assert.doesNotMatch(terminal.text(), /Open now/);
        // Of another source the papers are counted at once.
        terminal.write("trending\x14");
        await terminal.until("added to your morning: trending");
        terminal.write("\x15");
        await terminal.until(/trending +2 unread, 2 new · read/);
        terminal.write("\x1b:subscribe\r");
        await terminal.until("taken out of your morning: ~/lib.bib");
        assert.deepEqual(settingsOf(home).sources, ["daily", "trending"]);
        terminal.write("q");
        await terminal.exit();
      });
    },
  );
});
