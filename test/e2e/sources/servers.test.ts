import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { longOnly } from "../../support/long.js";
import { runBeside } from "../program.js";
import { day, withServer } from "../server.js";

/** What `list trending` says of a server, in one line. */
async function runWith(
  answer: Parameters<typeof withServer>[0],
): Promise<{ code: number | null; err: string; out: string }> {
  let result = { code: null as number | null, err: "", out: "" };
  await withServer(answer, async ({ env }, home) => {
    result = await runBeside(["list", "trending"], { home, env });
  });
  return result;
}

test("a server that asks to wait is waited for, and that is said", async () => {
  let asked = 0;
  const { code, out, err } = await runWith((_, response) => {
    asked += 1;
    if (asked === 1) response.writeHead(429, { "retry-after": "4" }).end("slow down");
    else response.end(day("One"));
  });
  assert.equal(code, 0);
  assert.match(out, /\tOne\n$/);
  assert.match(err, /was asked too often \(HTTP 429\), retrying in 4 s\n$/);
});

test("a gigabyte is refused before it comes", async () => {
  let sent = 0;
  const { code, err } = await runWith((_, response) => {
    response.writeHead(200, { "content-length": String(2 ** 30) });
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    const more = () => {
      while (!response.destroyed && response.write(chunk)) sent += chunk.length;
    };
    response.on("drain", more);
    more();
  });
  assert.equal(code, 2);
  assert.match(err, /sends more than 64 MB, too much for a listing/);
  assert.ok(sent < 2 ** 24, `${sent} bytes were sent`);
});

test("a gigabyte that does not say so is refused once it is too much", async () => {
  const { code, err } = await runWith((_, response) => {
    response.writeHead(200);
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", more);
    more();
  });
  assert.equal(code, 2);
  assert.match(err, /sends more than 64 MB, too much for a listing/);
});

test("a connection that is cut is tried again", async () => {
  let asked = 0;
  const { code, out } = await runWith((_, response) => {
    asked += 1;
    if (asked > 1) return response.end(day("One"));
    response.writeHead(200, { "content-length": "5000" });
    response.write("[", () => response.destroy());
  });
  assert.deepEqual([code, asked], [0, 2]);
  assert.match(out, /\tOne\n$/);
});

test("a body that drips is waited for as long as it comes", async () => {
  const body = day("One");
  const { code, out } = await runWith((_, response) => {
    let at = 0;
    const drip = () => {
      response.write(body.slice(at, at + 40));
      at += 40;
      if (at < body.length) setTimeout(drip, 20);
      else response.end();
    };
    drip();
  });
  assert.equal(code, 0);
  assert.match(out, /\tOne\n$/);
});

test("what it says of its content does not matter, what it is does", async () => {
  const right = await runWith((_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end(day("One")),
  );
  assert.match(right.out, /\tOne\n$/);
  const wrong = await runWith((_, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end("<html><body>Sign in</body></html>"),
  );
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /^papers-tui: cannot fetch Trending papers: 127\S+ sent a web page/);
});

test("a redirect to plain http elsewhere is refused", async () => {
  const { code, err } = await runWith((_, response) =>
    response.writeHead(302, { location: "http://example.org/api/daily_papers" }).end(),
  );
  assert.equal(code, 2);
  assert.match(err, /redirects to http:\/\/example\.org, which is not fetched: only https is allowed/);
});

test("a proxy is asked by CONNECT for what is elsewhere, and never for this machine", longOnly, async () => {
  const asked: string[] = [];
  const proxy = createServer((_, response) => response.writeHead(500).end());
  proxy.on("connect", (request, socket) => {
    asked.push(request.url ?? "");
    // Nothing of a test goes further than this machine.
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  try {
    await withServer(
      (_, response) => response.end(day("One")),
      async ({ env }, home) => {
        const proxies = { https_proxy: address, HTTPS_PROXY: address, http_proxy: address };
        const here = await runBeside(["list", "trending"], { home, env: { ...env, ...proxies } });
        assert.match(here.out, /\tOne\n$/);
        assert.deepEqual(asked, []);
        const elsewhere = await runBeside(["list", "https://papers.invalid/feed.xml"], {
          home,
          env: proxies,
        });
        assert.equal(elsewhere.code, 2);
        assert.ok(
          asked.length > 0 && asked.every((target) => target === "papers.invalid:443"),
          `${asked}: ${elsewhere.err}`,
        );
      },
    );
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
});
