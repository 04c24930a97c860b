import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { longOnly, someOf } from "../../support/long.js";
import type { Terminal } from "../../support/terminal.js";
import { runBeside, start, using } from "../program.js";
import { type Server, withServer } from "../server.js";

const clock = fileURLToPath(new URL("../../support/clock.cjs", import.meta.url));

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly authors?: readonly string[];
}

/** What the servers of a morning have; `null`: an error. */
interface World {
  daily: readonly Entry[] | null;
  feed: readonly Entry[] | null;
  arxiv: readonly Entry[] | null;
  /** Holds back the answers of a path that has this text until it is resolved. */
  slow: { path: string; until: Promise<void> } | null;
}

function dailyAnswer(entries: readonly Entry[]): string {
  return JSON.stringify(
    entries.map(({ id, title, authors = ["Ada Lovelace"] }) => ({
      paper: {
        id,
        title,
        summary: "Text.",
        authors: authors.map((name) => ({ name })),
        publishedAt: "2026-11-02T00:00:00.000Z",
        submittedOnDailyAt: "2026-11-02T06:00:00.000Z",
        upvotes: 5,
      },
    })),
  );
}

function atomAnswer(entries: readonly Entry[]): string {
  const written = entries.map(
    ({ id, title, authors = ["Ada Lovelace"] }) => `<entry>
<id>http://arxiv.org/abs/${id}v1</id><title>${title}</title><summary>Text.</summary>
<published>2026-11-02T00:00:00Z</published><updated>2026-11-02T00:00:00Z</updated>
${authors.map((name) => `<author><name>${name}</name></author>`).join("")}
<category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
</entry>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title><id>http://arxiv.org/api/x</id>
<updated>2026-11-02T00:00:00Z</updated>${written.join("\n")}</feed>`;
}

function rssAnswer(entries: readonly Entry[]): string {
  const written = entries.map(
    ({ id, title, authors = ["Ada Lovelace"] }) =>
      `<item><title>${title}</title><link>https://arxiv.org/abs/${id}</link><description>Text.</description>
<dc:creator>${authors.join(", ")}</dc:creator><pubDate>Mon, 02 Nov 2026 00:00:00 GMT</pubDate></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>A feed</title><link>https://example.org</link><description>x</description>${written.join("")}</channel></rss>`;
}

function answering(world: World) {
  return async ({ url = "" }: { url?: string | undefined }, response: ServerResponse) => {
    if (world.slow !== null && url.includes(world.slow.path)) await world.slow.until;
    const answers = [
      ["/api/daily_papers", () => world.daily && dailyAnswer(world.daily)],
      ["/feed.xml", () => world.feed && rssAnswer(world.feed)],
      ["/api/query", () => world.arxiv && atomAnswer(world.arxiv)],
    ] as const;
    const answer = answers.find(([path]) => url.startsWith(path))?.[1]();
    if (answer) return response.end(answer);
    response.statusCode = 404;
    return response.end("no");
  };
}

const one = { id: "2611.00001", title: "Paper of Daily" };
const shared = { id: "2611.00002", title: "Paper of all three" };
const two = { id: "2611.00003", title: "Paper of the feed" };
const three = { id: "2611.00004", title: "Paper of arXiv" };

/** Runs `work` with servers, and a home whose settings name them and a bibliography. */
async function withMorning(
  work: (world: World, server: Server, home: string) => Promise<void>,
  sources?: (server: Server, home: string) => readonly string[],
): Promise<void> {
  const world: World = { daily: [one, shared], feed: [shared, two], arxiv: [shared, three], slow: null };
  await withServer(answering(world), async (server, home) => {
    writeFileSync(
      join(home, "library.bib"),
      "@article{x, title={Paper of the library}, author={Li, Wei}, year={2020}}\n",
    );
    const named = sources?.(server, home) ?? [
      "daily",
      `${server.address}/feed.xml`,
      "arxiv:cs.LG",
      join(home, "library.bib"),
    ];
    const folder = join(home, ".config", "papers-tui");
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "config.json"),
      JSON.stringify({ sources: named, arxivEndpoint: server.address, markReadAfter: 0 }),
    );
    await work(world, server, home);
  });
}

interface Printed {
  readonly id: string;
  readonly title: string;
  readonly from: readonly string[];
}

test("the morning joins its sources, one row a paper, and each row knows its sources", async () => {
  await withMorning(async (_, server, home) => {
    for (const args of someOf([["morning"], [], ["morning", "daily"]], 1)) {
      const { code, out, err } = await runBeside(["list", ...args, "--json"], { home, env: server.env });
      assert.equal(code, 0, err);
      const papers = JSON.parse(out) as Printed[];
      const feed = `${server.address}/feed.xml`;
      assert.deepEqual(
        new Map(papers.map(({ title, from }) => [title, [...from].sort()])),
        new Map([
          ["Paper of Daily", ["daily"]],
          ["Paper of all three", ["arxiv:cs.LG", "daily", feed].sort()],
          ["Paper of the feed", [feed]],
          ["Paper of arXiv", ["arxiv:cs.LG"]],
          ["Paper of the library", ["library.bib"]],
        ]),
      );
    }
  });
});

test("a source that fails, or is none, is reported, and the others are there", async () => {
  await withMorning(
    async (world, server, home) => {
      world.feed = null;
      const args = ["list", "morning", "--problems"];
      const { code, out, err } = await runBeside(args, { home, env: server.env });
      assert.equal(code, 2);
      assert.match(err, /404/);
      assert.match(
        err,
        /gone\.bib: there is no such file; papers-tui sources remove \S*gone\.bib removes it from the morning$/m,
      );
      assert.match(err, /daily: takes a day/);
      assert.match(err, /standard input cannot be part/);
      assert.match(out, /Paper of Daily/);
      assert.match(out, /Paper of arXiv/);
    },
    (server, home) => [
      `${server.address}/feed.xml`,
      join(home, "gone.bib"),
      "daily:tomorrow",
      "-",
      "daily",
      "arxiv:cs.LG",
      "morning",
      "daily",
    ],
  );
});

test("the screen shows what was kept at once, and what comes late waits after the first key", async () => {
  await withMorning(async (world, server, home) => {
    await using(start([], { home, env: server.env }), async (terminal) => {
      await terminal.until("Paper of arXiv");
      await terminal.until("Paper of the library");
      assert.match(terminal.screen()[0] ?? "", /Morning/);
      terminal.write("kq");
      await terminal.exit();
    });
    let release: () => void = () => {};
    const late = { id: "2611.00009", title: "A late paper of the feed" };
    const early = { id: "2611.00008", title: "An early paper of Daily" };
    world.daily = [early, one, shared];
    world.feed = [late, shared, two];
    world.slow = {
      path: "/feed.xml",
      until: new Promise((resolve) => {
        release = resolve;
      }),
    };
    await using(start([], { home, env: server.env }), async (terminal) => {
      // No key was pressed: what is there is shown while the feed is still awaited.
      await terminal.until("An early paper of Daily");
      assert.ok(!terminal.text().includes("A late paper"));
      terminal.write("j");
      await terminal.until("2/6");
      release();
      await terminal.until("+1 new (r)");
      assert.ok(!terminal.text().includes("A late paper"), "nothing moves");
      terminal.write("r");
      await terminal.until("A late paper of the feed");
      terminal.write("/from:daily\r");
      await terminal.until((one) => !one.text().includes("Paper of arXiv"));
      assert.ok(terminal.text().includes("An early paper of Daily"));
      terminal.write("\u001bq");
      await terminal.exit();
    });
  });
});

test("a source that is added to the open morning, or taken out, comes and goes with r", async () => {
  await withMorning(
    async (_, server, home) => {
      await using(start([], { home, env: server.env }), async (terminal) => {
        await terminal.until("1/2");
        terminal.write("a");
        await terminal.until("Morning");
        terminal.write("arxiv:cs.LG\u0014");
        await terminal.until("added to your morning: arxiv:cs.LG · r reads the list again");
        terminal.write("\u001b\u001b");
        await terminal.until("? help");
        assert.ok(!terminal.text().includes("Paper of arXiv"));
        terminal.write("r");
        await terminal.until("Paper of arXiv");
        terminal.write("a");
        await terminal.until("Morning");
        terminal.write("arxiv:cs.LG\u0014");
        await terminal.until("taken out of your morning: arxiv:cs.LG");
        terminal.write("\u001b\u001b");
        await terminal.until("? help");
        terminal.write("r");
        await terminal.until((one) => !one.text().includes("Paper of arXiv"));
        assert.ok(terminal.text().includes("Paper of Daily"));
        terminal.write("q");
        await terminal.exit();
      });
    },
    () => ["daily"],
  );
});

test("the first source that Ctrl-T adds is beside the default one", longOnly, async () => {
  await withMorning(
    async (_, server, home) => {
      await using(start([], { home, env: server.env }), async (terminal) => {
        await terminal.until("Paper of Daily");
        terminal.write("a");
        await terminal.until("Sources");
        terminal.write("arxiv:cs.LG\u0014");
        await terminal.until("added to your morning: arxiv:cs.LG, beside daily");
        terminal.write("\u0003");
        await terminal.until("? help");
        terminal.write("q");
        await terminal.exit();
      });
      await using(start([], { home, env: server.env }), async (terminal) => {
        await terminal.until("Paper of arXiv");
        await terminal.until("Paper of Daily");
        terminal.write("q");
        await terminal.exit();
      });
    },
    () => [],
  );
});

test("one source that fails says so on the screen, and what it had before stays", async () => {
  await withMorning(async (world, server, home) => {
    await runBeside(["list", "morning"], { home, env: server.env });
    world.feed = null;
    world.daily = [{ id: "2611.00008", title: "An early paper of Daily" }, one, shared];
    await using(start([], { home, env: server.env }), async (terminal) => {
      await terminal.until("An early paper of Daily");
      await terminal.until(/404/);
      assert.ok(terminal.text().includes("Paper of the feed"));
      terminal.write("q");
      await terminal.exit();
    });
  });
});

test("offline, the morning is what was fetched before", longOnly, async () => {
  await withMorning(async (_, server, home) => {
    await runBeside(["list", "morning"], { home, env: server.env });
    server.answer = (_request, response) => response.destroy();
    await using(start([], { home, env: server.env }), async (terminal) => {
      await terminal.until("Paper of arXiv");
      await terminal.until(/fetched on|cannot reach/, { timeout: 30_000 });
      assert.ok(terminal.text().includes("Paper of the feed"));
      terminal.write("q");
      await terminal.exit();
    });
  });
});

test(
  "a morning over a weekend, and twice a day: nothing is lost, and nothing comes again as new",
  longOnly,
  async () => {
    await withMorning(async (world, server, home) => {
      const visit = async (now: string, work: (terminal: Terminal) => Promise<void>) => {
        const env = {
          ...server.env,
          TZ: "UTC",
          TEST_CLOCK: now,
          NODE_OPTIONS: `--require ${clock}`,
          NODE_DISABLE_COMPILE_CACHE: "1",
        };
        await using(start([], { home, env }), async (terminal) => {
          await terminal.until((one) => (one.screen()[0] ?? "").includes("Morning"));
          await work(terminal);
          terminal.write("kq");
          await terminal.exit();
        });
      };
      const header = (terminal: Terminal) => terminal.screen()[0] ?? "";
      const friday = { id: "2611.00021", title: "Paper of Friday" };
      const monday = { id: "2611.00022", title: "Paper of Monday" };
      const evening = { id: "2611.00023", title: "Paper of Monday evening" };
      world.daily = [friday];
      await visit("2026-11-06T08:00:00Z", (terminal) => terminal.until("All 5"));
      // Saturday and Sunday: the same papers, none of them new.
      for (const now of ["2026-11-07T09:00:00Z", "2026-11-08T09:00:00Z"]) {
        server.asked.length = 0;
        await visit(now, async (terminal) => {
          await terminal.until("Paper of Friday");
          await terminal.until(() => server.asked.length >= 3);
          assert.doesNotMatch(header(terminal), /new/);
        });
      }
      // Monday: the day's papers are in the list by themselves, first.
      world.daily = [monday];
      await visit("2026-11-09T08:00:00Z", async (terminal) => {
        await terminal.until("Paper of Monday");
        await terminal.until((one) => /1 new/.test(header(one)));
        terminal.write("[");
        await terminal.until((one) => /‹.*›/.test(header(one)));
      });
      // The same evening: one more, and the rest is not new again.
      world.daily = [evening, monday];
      await visit("2026-11-09T19:00:00Z", async (terminal) => {
        await terminal.until("Paper of Monday evening");
        await terminal.until((one) => /1 new/.test(header(one)));
      });
      // A day without a network, and one with a server that is behind.
      const { answer } = server;
      server.answer = (_request, response) => response.destroy();
      await visit("2026-11-10T08:00:00Z", (terminal) => terminal.until("Paper of Monday evening"));
      server.answer = answer;
      await visit("2026-11-11T08:00:00Z", async (terminal) => {
        await terminal.until("Paper of Monday evening");
        assert.doesNotMatch(header(terminal), /new/);
      });
    });
  },
);

test("without the setting, the morning is the default source", async () => {
  await withMorning(
    async (_, server, home) => {
      const { code, out } = await runBeside(["list", "morning", "--json"], { home, env: server.env });
      assert.equal(code, 0);
      assert.deepEqual(
        (JSON.parse(out) as Printed[]).map(({ title }) => title),
        ["Paper of Daily", "Paper of all three"],
      );
    },
    () => [],
  );
});
