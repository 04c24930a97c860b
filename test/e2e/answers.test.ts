import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { Cache } from "../../source/sources/cache.js";
import { runBeside, start, using, withHome } from "./program.js";
import { day, withServer } from "./server.js";

const good = day("One", "Two", "Three");

/** What servers, and networks in their place, answer with status 200 instead of papers. */
const bad: Readonly<Record<string, (response: ServerResponse, url: string) => unknown>> = {
  "a login page": (response) =>
    response
      .writeHead(200, { "content-type": "text/html", etag: '"portal"' })
      .end("<!DOCTYPE html><html><body>Hotel WiFi log in</body></html>"),
  "a login page after a redirect": (response, url) =>
    url === "/login"
      ? response.end("<html><body>log in</body></html>")
      : response.writeHead(302, { location: "/login" }).end(),
  "a page that links papers": (response) =>
    response.end(
      '<html><body><a href="https://huggingface.co/papers/2510.00009">Nine</a> arXiv:2510.00009</body></html>',
    ),
  nothing: (response) => response.writeHead(200, { etag: '"empty"' }).end(""),
  blanks: (response) => response.end(" \n\n"),
  null: (response) => response.end("null"),
  "a number": (response) => response.end("42"),
  "an error": (response) => response.end('{"error":"Sorry, we are down"}'),
  "a message": (response) => response.end('{"message":"Internal error","code":"500"}'),
  "an empty array": (response) => response.writeHead(200, { etag: '"none"' }).end("[]"),
  "an empty object": (response) => response.end("{}"),
  "an array of other things": (response) => response.end("[1, null, {}]"),
  "the beginning of it": (response) => response.end(good.slice(0, good.length / 2)),
  "all but its last sign": (response) => response.end(good.slice(0, -1)),
  "another kind of listing": (response) => response.end("@misc{a, title={Another}, eprint={2510.00009}}"),
  "identifiers alone": (response) => response.end("2510.00009\n2510.00010\n"),
  "no content": (response) => response.writeHead(204).end(),
  "a part": (response) => response.writeHead(206).end(good),
  noise: (response) => response.end(Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0x80])),
};

const titles = (out: string) =>
  out
    .trimEnd()
    .split("\n")
    .map((row) => row.split("\t")[3]);

for (const [name, answer] of Object.entries(bad)) {
  test(`a good listing stays when ${name} comes, and comes after it`, async () => {
    let isGood = false;
    await withServer(
      (request, response) => {
        if (isGood) response.writeHead(200, { etag: '"good"' }).end(good);
        else answer(response, request.url ?? "");
      },
      async ({ env }, home) => {
        // A day that is over is asked for again as long as what is kept of it is no listing.
        for (const source of ["daily:2025-10-29", "daily"]) {
          const list = () => runBeside(["list", source], { home, env });
          isGood = false;
          await list();
          const first = await list();
          assert.ok(!first.out.includes("Nine") && !first.out.includes("Another"), first.out);
          if (!/sign|beginning/.test(name)) assert.equal(first.out, "", name);
          isGood = true;
          const second = await list();
          assert.deepEqual([titles(second.out), second.err, second.code], [["One", "Two", "Three"], "", 0]);
          isGood = false;
          const third = await list();
          assert.deepEqual(titles(third.out), ["One", "Two", "Three"]);
          if (source === "daily")
            assert.match(third.err, /^papers-tui: showing what was fetched on \S+ at \S+ UTC · 127\S+ /);
          else assert.equal(third.err, "");
        }
      },
    );
  });
}

test("a cache that an older version filled with bad answers heals by itself", async () => {
  const bodies = ["<html>log in</html>", "", "null", '{"error":"down"}', "[]", good.slice(0, 300)];
  for (const body of bodies) {
    await withServer(
      (request, response) => {
        // The server knows its own answer again by the validator of the bad one.
        if (request.headers["if-none-match"]) return response.writeHead(304).end();
        return response.writeHead(200, { etag: '"v2"' }).end(good);
      },
      async ({ env, address, asked }, home) => {
        const cache = new Cache(join(home, ".cache/papers-tui"));
        const validators = { etag: '"v1"', lastModified: null };
        const at = `${address}/api/daily_papers?limit=100&date=2025-10-29`;
        assert.ok(cache.write(at, { body: Buffer.from(body), validators, checked: Date.now() }));
        const { out, err } = await runBeside(["list", "daily:2025-10-29"], { home, env });
        assert.deepEqual([titles(out), err], [["One", "Two", "Three"], ""], body);
        const asks = asked.length;
        await runBeside(["list", "daily:2025-10-29"], { home, env });
        assert.equal(asked.length, asks, "what is good is kept");
      },
    );
  }
});

test("on the screen a bad answer is said over what is kept, and r asks again", async () => {
  let answer: (response: ServerResponse) => unknown = (response) => response.end(good);
  await withServer(
    (_, response) => answer(response),
    async ({ env, asked }, home) => {
      await runBeside(["list", "daily"], { home, env });
      answer = (response) => response.end("<html>log in</html>");
      await using(start(["daily"], { home, env }), async (terminal) => {
        await terminal.until(/showing what was fetched on \S+ at \S+ UTC · 127\S+ sent a web page/);
        await terminal.until("All 3");
        terminal.write("j");
        await terminal.until("not renewed");
        const asks = asked.length;
        terminal.write("r");
        await terminal.until(/showing what was fetched/);
        assert.equal(asked.length, asks + 1);
        answer = (response) => response.end(day("One", "Two", "Three", "Four"));
        terminal.write("r");
        await terminal.until("1 new · 4 papers");
        assert.ok(!terminal.text().includes("not renewed"));
        terminal.write("q");
        await terminal.exit();
      });
    },
  );
});

test("a past day that was answered by a login page opens on the screen once the network is there", async () => {
  let isGood = false;
  await withServer(
    (_, response) => response.end(isGood ? good : "<html>log in</html>"),
    async ({ env }, home) => {
      await using(start(["daily:2025-10-29"], { home, env }), async (terminal) => {
        await terminal.until(/cannot fetch Daily Papers: 127\S+ sent a web page.*r retries/);
        isGood = true;
        terminal.write("r");
        await terminal.until("All 3");
        terminal.write("q");
        await terminal.exit();
      });
    },
  );
});

test("of two sources one of which was never fetched the other is shown without a false alarm", async () => {
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await withServer(
    (request, response) =>
      request.url?.includes("trending")
        ? void released.then(() => response.end(day("One", "Trending").replace("00002", "00012")))
        : response.end(good),
    async ({ env }, home) => {
      await runBeside(["list", "daily"], { home, env });
      await using(start(["daily", "trending"], { home, env }), async (terminal) => {
        await terminal.until("All 3");
        await terminal.until("fetching");
        assert.ok(!/never|cannot/.test(terminal.text()), terminal.text());
        terminal.write("j");
        release();
        await terminal.until("+1 new (r)");
        terminal.write("r");
        await terminal.until("All 4");
        terminal.write("q");
        await terminal.exit();
      });
    },
  );
});

test("without a cache folder that can be used everything is fetched, and works", async () => {
  await withServer(
    (_, response) => response.end(good),
    async ({ env, asked }) => {
      await withHome(async (home) => {
        const cache = { ...env, XDG_CACHE_HOME: "/dev/null/nothing" };
        for (let run = 1; run <= 2; run += 1) {
          const { out, err } = await runBeside(["list", "daily:2025-10-29"], { home, env: cache });
          assert.deepEqual([titles(out), err], [["One", "Two", "Three"], ""]);
        }
        assert.equal(asked.length, 2);
      });
    },
  );
});
