import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { FetchError } from "../../source/sources/remote/fetch-error.js";
import { type FetchOptions, fetchBytes } from "../../source/sources/remote/http.js";

const servers: (() => void)[] = [];
after(() => {
  for (const close of servers) close();
});

/** A server on this machine, and what it was asked. */
async function serve(answer: RequestListener): Promise<{ address: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/listing`, asked };
}

const userAgent = "papers-tui/0.0.0-test";
const quick: FetchOptions = { userAgent, namedBy: "person", pause: 1, silence: 300, longest: 3_000 };

async function fails(address: string, options: Partial<FetchOptions> = {}): Promise<FetchError> {
  const error = await fetchBytes(address, { ...quick, ...options }).then(
    () => assert.fail("it was fetched"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof FetchError, String(error));
  return error;
}

async function text(address: string, options: Partial<FetchOptions> = {}): Promise<string> {
  const fetched = await fetchBytes(address, { ...quick, ...options });
  assert.equal(fetched.status, "fresh");
  return fetched.status === "fresh" ? fetched.body.toString() : "";
}

test("a body is fetched, plain and compressed, and the request has our user agent", async () => {
  const { address, asked } = await serve((request, response) => {
    if (request.url?.includes("plain")) return response.end("papers");
    response.writeHead(200, { "content-encoding": "gzip" });
    response.end(gzipSync("papers in gzip"));
  });
  assert.equal(await text(`${address}?plain`), "papers");
  assert.equal(await text(address), "papers in gzip");
  assert.equal(asked[0]?.headers["user-agent"], userAgent);
});

test("what has not changed is not sent again", async () => {
  const { address } = await serve((request, response) => {
    if (request.headers["if-none-match"] === '"v1"') return response.writeHead(304).end();
    response.writeHead(200, { etag: '"v1"', "last-modified": "Wed, 29 Oct 2025 08:00:00 GMT" }).end("papers");
  });
  const first = await fetchBytes(address, quick);
  assert.ok(first.status === "fresh");
  assert.deepEqual(first.validators, { etag: '"v1"', lastModified: "Wed, 29 Oct 2025 08:00:00 GMT" });
  assert.equal((await fetchBytes(address, { ...quick, validators: first.validators })).status, "unchanged");
});

test("429 and 5xx are tried again, after what Retry-After asks for", async () => {
  const waits: number[] = [];
  let left = 2;
  const { address, asked } = await serve((_, response) => {
    left -= 1;
    if (left === 1) return response.writeHead(429, { "retry-after": "0" }).end();
    if (left === 0) return response.writeHead(503).end();
    response.end("papers");
  });
  assert.equal(await text(address, { onWait: (wait) => waits.push(wait) }), "papers");
  assert.equal(asked.length, 3);
  assert.equal(waits[0], 0);
  assert.ok((waits[1] as number) > 0);
});

test("a server that asks to wait for hours is not waited for", async () => {
  const { address, asked } = await serve((_, response) =>
    response.writeHead(429, { "retry-after": "7200" }).end(),
  );
  const error = await fails(address);
  assert.match(error.message, /was asked too often \(HTTP 429\)/);
  assert.equal(asked.length, 1);
});

test("what will not pass is not tried again", async () => {
  const { address, asked } = await serve((_, response) => response.writeHead(404).end("no"));
  assert.match((await fails(address)).message, /has no such page \(HTTP 404\)/);
  assert.equal(asked.length, 1);
});

test("a server that says nothing, or drips, is given up", async () => {
  const silent = await serve(() => {});
  assert.equal((await fails(silent.address, { retries: 0 })).failure, "timeout");
  const dripping = await serve((_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write("x"), 50);
    response.on("close", () => clearInterval(drip));
  });
  assert.equal((await fails(dripping.address, { retries: 0, longest: 500 })).failure, "timeout");
});

test("a cut connection is retried, and reported if it stays cut", async () => {
  let cuts = 1;
  const answer = (_: IncomingMessage, response: ServerResponse) => {
    if (cuts > 0) {
      cuts -= 1;
      response.writeHead(200, { "content-length": "100" });
      response.write("papers", () => response.destroy());
    } else response.end("papers");
  };
  const { address } = await serve(answer);
  assert.equal(await text(address), "papers");
  cuts = 9;
  const error = await fails(address, { retries: 2 });
  assert.match(error.message, /the connection to 127\.0\.0\.1:\d+ was cut/);
  assert.equal(cuts, 6);
});

test("a body too large is refused by its length, while it comes, and while it is decoded", async () => {
  const { address } = await serve((request, response) => {
    if (request.url?.includes("length")) {
      response.writeHead(200, { "content-length": String(2 ** 30) });
      response.write("x");
    } else if (request.url?.includes("bomb")) {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(gzipSync(Buffer.alloc(8 * 2 ** 20)));
    } else {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on("drain", more);
      more();
    }
  });
  for (const kind of ["length", "bomb", "endless"]) {
    const error = await fails(`${address}?${kind}`, { limit: 2 ** 20 });
    assert.equal(error.failure, "too-large", kind);
    assert.match(error.message, /sends more than 1 MB, too much for a listing/);
  }
});

test("three redirects are followed, not a fourth, and never to plain http elsewhere", async () => {
  const { address } = await serve((request, response) => {
    const left = Number(new URL(request.url ?? "", "http://x").searchParams.get("left") ?? "0");
    if (request.url?.includes("away"))
      return response.writeHead(302, { location: "http://example.org/" }).end();
    if (left > 0) return response.writeHead(302, { location: `/listing?left=${left - 1}` }).end();
    response.end("papers");
  });
  assert.equal(await text(`${address}?left=3`), "papers");
  assert.match((await fails(`${address}?left=4`)).message, /redirects more than 3 times/);
  assert.match(
    (await fails(`${address}?away`)).message,
    /redirects to http:\/\/example\.org, which is not fetched/,
  );
});

test("plain http and other schemes are refused before anything is sent", async () => {
  for (const address of ["http://example.org/", "ftp://example.org/", "file:///etc/passwd", "no address"]) {
    assert.equal((await fails(address)).failure, "bad-address", address);
  }
});

test("a missing network is reported as such", async () => {
  assert.match(
    (await fails("http://127.0.0.1:1/")).message,
    /cannot reach 127.0.0.1:1: it refuses connections/,
  );
});

test("a fetch is cancelled while it waits for the server, and while it waits to try again", async () => {
  const silent = await serve(() => {});
  const busy = await serve((_, response) => response.writeHead(503, { "retry-after": "30" }).end());
  for (const { address } of [silent, busy]) {
    const cancel = new AbortController();
    const failed = fails(address, { signal: cancel.signal, silence: 5_000, onWait: () => cancel.abort() });
    if (address === silent.address) setTimeout(() => cancel.abort(), 50);
    assert.equal((await failed).failure, "cancelled");
  }
});
