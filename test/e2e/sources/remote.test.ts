import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runBeside, start, using } from "../program.js";
import { day, withServer } from "../server.js";

test("list daily:DAY asks the server once, and never again for a past day", async () => {
  await withServer(
    (_, response) => response.end(day("One", "Two")),
    async ({ env, asked }, home) => {
      for (let run = 1; run <= 2; run += 1) {
        const { code, out, err } = await runBeside(["list", "daily:2025-10-29"], { home, env });
        assert.equal(err, "");
        assert.equal(code, 0);
        assert.deepEqual(
          out
            .trimEnd()
            .split("\n")
            .map((row) => row.split("\t")[3]),
          ["One", "Two"],
        );
      }
      assert.deepEqual(asked, ["/api/daily_papers?limit=100&date=2025-10-29"]);
    },
  );
});

test("a listing that may change is asked for again, and not sent again where it has not", async () => {
  let sent = 0;
  await withServer(
    (request, response) => {
      if (request.headers["if-none-match"] === '"v1"') return response.writeHead(304).end();
      sent += 1;
      return response.writeHead(200, { etag: '"v1"' }).end(day("One"));
    },
    async ({ env, asked }, home) => {
      for (let run = 1; run <= 3; run += 1) {
        assert.match((await runBeside(["list", "trending"], { home, env })).out, /\tOne\n$/);
      }
      assert.equal(asked.length, 3);
      assert.equal(sent, 1);
    },
  );
});

test("without a network what was fetched is listed, and said to be old", async () => {
  await withServer(
    (_, response) => response.end(day("One")),
    async (server, home) => {
      const { env } = server;
      await runBeside(["list", "daily"], { home, env });
      server.close();
      const { code, out, err } = await runBeside(["list", "daily"], { home, env });
      assert.equal(code, 0);
      assert.match(out, /\tOne\n$/);
      assert.match(
        err,
        /: showing what was fetched on 20\d\d-\d\d-\d\d at \d\d:\d\d UTC · cannot reach 127\S+ it refuses connections\n$/,
      );
      const never = await runBeside(["list", "trending"], { home, env });
      assert.equal(never.code, 2);
      assert.match(never.err, /^papers-tui: cannot fetch Trending papers: cannot reach 127\.0\.0\.1:\d+: /);
    },
  );
});

test("what a server refuses is one clear line", async () => {
  await withServer(
    (_, response) => response.writeHead(404).end("<html>no</html>"),
    async ({ env }, home) => {
      const { code, out, err } = await runBeside(["list", "search:diffusion"], { home, env });
      assert.equal(code, 2);
      assert.equal(out, "");
      assert.match(err, /^papers-tui: cannot fetch Search: diffusion: \S+ has no such page \(HTTP 404\)\n$/);
    },
  );
});

test("the sample is shown until today's papers have loaded, the first time", async () => {
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await withServer(
    (_, response) => released.then(() => response.end(day("Fetched today", "And another"))),
    async ({ env }, home) => {
      await using(start([], { home, env }), async (terminal) => {
        await terminal.until("showing the bundled sample while");
        terminal.write("j");
        await terminal.until("2/40");
        release();
        // A key was pressed: what has come waits, and stays in sight.
        await terminal.until("the papers of 29 Oct 2025 are here · r");
        terminal.write("j");
        await terminal.until("3/40");
        await terminal.until("+2 new (r)");
        terminal.write("r");
        await terminal.until(/▌.*Fetched today/);
        await terminal.until("2 papers");
        assert.ok(!terminal.text().includes("+2 new"));
        terminal.write("s");
        await terminal.until("Starred 1");
        terminal.write("q");
        await terminal.exit();
      });
      await using(start([], { home, env }), async (terminal) => {
        await terminal.until(/▌.★.*Fetched today/);
      });
    },
  );
});

test("where today has no papers, nothing says any more that the sample is shown", async () => {
  await withServer(
    (_, response) => response.end("[]"),
    async ({ env }, home) => {
      await using(start([], { home, env }), async (terminal) => {
        await terminal.until("No papers");
        assert.ok(!terminal.text().includes("bundled sample"));
        terminal.write("q");
        await terminal.exit();
      });
    },
  );
});

test("an empty listing that arrives after a key waits for r as well", async () => {
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await withServer(
    (_, response) => released.then(() => response.end("[]")),
    async ({ env }, home) => {
      await using(start([], { home, env }), async (terminal) => {
        await terminal.until("All 40");
        terminal.write("j");
        await terminal.until("2/40");
        release();
        await terminal.until("the newest listing has no papers · r shows it");
        await terminal.until("All 40");
        terminal.write("r");
        await terminal.until("No papers");
      });
    },
  );
});

test("after a key new papers wait for r, and nothing moves before", async () => {
  await withServer(
    (_, response) => response.end(day("One", "Two")),
    async (server, home) => {
      const { env } = server;
      await runBeside(["list", "daily"], { home, env });
      let release: () => void = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      server.answer = (_, response) => released.then(() => response.end(day("One", "Two", "Three")));
      await using(start(["daily"], { home, env }), async (terminal) => {
        await terminal.until("All 2");
        terminal.write("j");
        await terminal.until("2/2");
        release();
        await terminal.until("1 new paper: r shows it");
        await terminal.until("+1 new (r)");
        await terminal.until("All 2");
        terminal.write("r");
        await terminal.until("All 3");
        await terminal.until(/▌.*Three/);
      });
    },
  );
});

test("a source never fetched says so while it is, and what failed when it does", async () => {
  await withServer(
    () => {},
    async (server, home) => {
      const { env } = server;
      await using(start(["trending"], { home, env }), async (terminal) => {
        await terminal.until("fetching Trending papers …");
        server.close();
        await terminal.until(/cannot fetch Trending papers: .* · r retries/, { timeout: 30_000 });
        // And can be looked at when the footer says other things again.
        terminal.write("j!");
        await terminal.until(/Problems and remarks[\s\S]*cannot fetch Trending papers: /);
      });
    },
  );
});

test("arXiv is asked at the endpoint of the settings, an address as it is", async () => {
  const feed = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><id>x</id><title>arXiv Query</title><entry><id>http://arxiv.org/abs/2510.00007v2</id><title>Seven</title><summary>Text.</summary><published>2025-10-01T00:00:00Z</published><updated>2025-10-02T00:00:00Z</updated><author><name>Ada Lovelace</name></author><category term="cs.LG"/></entry></feed>`;
  await withServer(
    (_, response) => response.end(feed),
    async ({ address, asked }, home) => {
      mkdirSync(join(home, ".config/papers-tui"), { recursive: true });
      writeFileSync(join(home, ".config/papers-tui/config.json"), JSON.stringify({ arxivEndpoint: address }));
      const arxiv = await runBeside(["list", "arxiv:cs.LG", "--json"], { home });
      assert.equal(arxiv.err, "");
      assert.equal(JSON.parse(arxiv.out)[0].id, "2510.00007");
      assert.match(asked[0] ?? "", /^\/api\/query\?search_query=cat%3Acs\.LG&start=0/);
      const direct = await runBeside(["list", `${address}/feed.xml`], { home });
      assert.match(direct.out, /^o--\t2025-10-01\tAda Lovelace\tSeven\n$/);
    },
  );
});

test("[ and ] walk the days, past those without papers, and r reads the day again", async () => {
  const days: Record<string, string> = {
    "2025-10-31": day("Friday"),
    "2025-11-03": day("Monday", "Monday too"),
  };
  await withServer(
    (request, response) => {
      const date = new URL(request.url ?? "", "http://x").searchParams.get("date") ?? "";
      response.end(days[date] ?? "[]");
    },
    async ({ env }, home) => {
      await using(start(["daily:2025-11-03"], { home, env }), async (terminal) => {
        await terminal.until(/▌.*Monday/);
        terminal.write("j[");
        await terminal.until(/▌.*Friday/);
        await terminal.until("1/1");
        terminal.write("r");
        await terminal.until("nothing new · 1 paper");
        terminal.write("]");
        await terminal.until(/▌.*Monday/);
        terminal.write("]");
        await terminal.until("no papers in the 10 days after 3 Nov 2025");
      });
      await using(start(["sample"], { home, env }), async (terminal) => {
        await terminal.until("1/40");
        terminal.write("[");
        await terminal.until("no papers in the 10 days before 29 Oct 2025");
      });
    },
  );
});

test("a week and a month are read to their last page, a search as it is answered", async () => {
  const page = (from: number, count: number) =>
    JSON.stringify(
      Array.from({ length: count }, (_, at) => ({
        paper: {
          id: `2510.${10_000 + from + at}`,
          title: `Paper ${from + at}`,
          summary: "Text.",
          authors: [],
        },
      })),
    );
  await withServer(
    (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
      if (pathname === "/api/papers/search") return response.end(day("Found"));
      const number = Number(searchParams.get("p") ?? 0);
      const size = searchParams.has("week") ? 130 : 205;
      return response.end(page(number * 100, Math.max(0, Math.min(100, size - number * 100))));
    },
    async ({ env, asked }, home) => {
      const lines = async (source: string) => {
        const { out, err } = await runBeside(["list", source], { home, env });
        assert.equal(err, "", source);
        return out.trimEnd().split("\n").length;
      };
      assert.equal(await lines("daily:2025-W44"), 130);
      assert.equal(await lines("daily:2025-10"), 205);
      assert.equal(await lines("search:flow matching"), 1);
      assert.deepEqual(asked, [
        "/api/daily_papers?limit=100&week=2025-W44",
        "/api/daily_papers?limit=100&week=2025-W44&p=1",
        "/api/daily_papers?limit=100&month=2025-10",
        "/api/daily_papers?limit=100&month=2025-10&p=1",
        "/api/daily_papers?limit=100&month=2025-10&p=2",
        "/api/papers/search?q=flow%20matching",
      ]);
      // What is past is not asked for again.
      assert.equal(await lines("daily:2025-10"), 205);
      assert.equal(asked.length, 6);
    },
  );
});
