import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { after, test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { FetchError } from "../../source/sources/remote/fetch-error.js";
import { type FetchOptions, fetchBytes } from "../../source/sources/remote/http.js";

const closing: (() => void)[] = [];
after(() => {
  for (const close of closing) close();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** A server that writes what it likes when it is asked. */
async function raw(answer: (socket: Socket) => unknown): Promise<{ address: string; asked: () => number }> {
  let asked = 0;
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => {
      asked += 1;
      answer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked: () => asked };
}

const quick: FetchOptions = {
  userAgent: "papers-tui/test",
  namedBy: "person",
  pause: 1,
  silence: 400,
  longest: 4_000,
  grace: 300,
  slowest: 2,
};

async function failure(address: string, options: Partial<FetchOptions> = {}): Promise<FetchError> {
  const error = await fetchBytes(address, { ...quick, ...options }).then(
    (fetched) => assert.fail(`it was fetched: ${fetched.status}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof FetchError, String(error));
  return error;
}

async function text(address: string, options: Partial<FetchOptions> = {}): Promise<string> {
  const fetched = await fetchBytes(address, { ...quick, ...options });
  return fetched.status === "fresh" ? fetched.body.toString() : fetched.status;
}

test("an invalid HTTP response gives a clear FetchError and never another error", async () => {
  const answers: Record<string, [string, RegExp]> = {
    garbage: ["\x00\x01\x02 nothing of the kind\r\n\r\n", /sends an invalid HTTP response/],
    "another protocol": ["SSH-2.0-OpenSSH_9.6\r\n", /sends an invalid HTTP response/],
    "a chunk without a size": [
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
      /sends an invalid HTTP response|was cut/,
    ],
    "a chunk of a wrong size": [
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcdef\r\n0\r\n\r\n",
      /sends an invalid HTTP response|was cut/,
    ],
    "a length that is none": [
      "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc",
      /sends an invalid HTTP response|was cut/,
    ],
    "two lengths": [
      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
      /invalid HTTP|was cut|127/,
    ],
    "a status of letters": ["HTTP/1.1 OK\r\n\r\n", /sends an invalid HTTP response/],
    "headers without end": [
      `HTTP/1.1 200 OK\r\n${"X-A: b\r\n".repeat(20_000)}\r\nabc`,
      /headers that are too long|invalid HTTP/,
    ],
    "one header without end": [
      `HTTP/1.1 200 OK\r\nX-A: ${"b".repeat(200_000)}\r\n\r\nabc`,
      /headers that are too long|invalid HTTP/,
    ],
    nothing: ["", /was cut/],
    "half a status": ["HTTP/1.", /was cut|invalid HTTP/],
  };
  for (const [name, [bytes, expected]] of Object.entries(answers)) {
    const { address } = await raw((socket) => socket.end(bytes));
    assert.match((await failure(address)).message, expected, name);
  }
});

test("a body shorter than it says is cut, one that ends its connection early too", async () => {
  const short = await raw((socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"));
  assert.equal((await failure(short.address)).failure, "cut");
  assert.equal(short.asked(), 4);
  const reset = await raw((socket) => socket.resetAndDestroy());
  assert.equal((await failure(reset.address)).failure, "cut");
  const chunked = await raw((socket) =>
    socket.end("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"),
  );
  assert.equal((await failure(chunked.address)).failure, "cut");
});

test("a byte at a time is given up after seconds, in the body, compressed, in the headers, before them", async () => {
  const drip = (head: string, tail: string | Buffer) => (socket: Socket) => {
    socket.write(head);
    let at = 0;
    const timer = setInterval(() => socket.write(tail.slice(at, ++at)), 60);
    socket.on("close", () => clearInterval(timer));
  };
  const servers = {
    body: drip("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", "x".repeat(5_000)),
    compressed: drip(
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5000\r\n\r\n",
      gzipSync(Buffer.alloc(2 ** 20)),
    ),
    chunked: drip("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n".repeat(1_000)),
    headers: drip("HTTP/1.1 200 OK\r\n", "X-Slow: yes\r\n".repeat(400)),
    status: drip("H", "TTP/1.1 200 OK\r\n"),
    "a hundred continues": drip("", "HTTP/1.1 100 Continue\r\n\r\n".repeat(200)),
  };
  for (const [name, answer] of Object.entries(servers)) {
    const begun = performance.now();
    const { address } = await raw(answer);
    const error = await failure(address, { longest: 2_000 });
    assert.equal(error.failure, "timeout", `${name}: ${error.message}`);
    assert.ok(performance.now() - begun < 7_000, name);
  }
});

test("what comes as slowly as it may is read to its end", async () => {
  const body = "y".repeat(2_000);
  const address = await serve((_, response) => {
    let at = 0;
    const timer = setInterval(() => {
      response.write(body.slice(at, at + 150));
      at += 150;
      if (at >= body.length) {
        clearInterval(timer);
        response.end();
      }
    }, 60);
  });
  assert.equal(await text(address), body);
});

test("statuses that bring no listing are failures", async () => {
  const expected: Record<number, RegExp> = {
    204: /sends no content/,
    205: /sends no content/,
    206: /sends only a part/,
    300: /refused \(HTTP 300\)/,
    305: /refused \(HTTP 305\)/,
    401: /wants a password/,
    418: /refused \(HTTP 418\)/,
    511: /wants you to log in/,
    599: /has a server error/,
  };
  for (const [status, message] of Object.entries(expected)) {
    const address = await serve((_, response) => response.writeHead(Number(status)).end());
    assert.match((await failure(address)).message, message, status);
  }
});

test("redirects to nowhere, in a circle and to other schemes are failures", async () => {
  for (const location of [
    undefined,
    "http://[",
    "https://",
    "ftp://example.org/",
    "javascript:alert(1)",
    "http://:0/",
  ]) {
    const address = await serve((_, response) => response.writeHead(302, location ? { location } : {}).end());
    const error = await failure(address);
    assert.match(error.message, /redirects to/, String(location));
  }
  let asked = 0;
  const circle = await serve((request, response) => {
    asked += 1;
    response.writeHead(302, { location: request.url === "/a" ? "/b" : "/a" }).end();
  });
  assert.match((await failure(circle)).message, /redirects more than 3 times/);
  assert.equal(asked, 4);
});

test("bombs, damaged and nested encodings are refused, each in its words", async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20));
  const cases: [string, Buffer, RegExp][] = [
    ["gzip", bomb, /sends more than 1 MB/],
    ["br", brotliCompressSync(Buffer.alloc(16 * 2 ** 20)), /sends more than 1 MB/],
    ["gzip", gzipSync("papers").subarray(0, 15), /was cut/],
    ["gzip", Buffer.from("no gzip at all"), /cannot be decompressed/],
    ["br", Buffer.from("\xff\xff\xff no brotli", "latin1"), /cannot be decompressed|was cut/],
    ["gzip, gzip", gzipSync(gzipSync("papers")), /unknown encoding/],
    ["zstd", Buffer.from("papers"), /unknown encoding/],
    ["x".repeat(300), Buffer.from("papers"), /unknown encoding/],
  ];
  for (const [encoding, body, message] of cases) {
    const address = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end(body),
    );
    assert.match((await failure(address, { limit: 2 ** 20 })).message, message, encoding);
  }
  const none = await serve((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end());
  assert.equal(await text(none), "");
});

test("Retry-After is understood as seconds and as a date, and nothing else", async () => {
  const waitFor = async (header: string) => {
    const waits: number[] = [];
    let asked = 0;
    const address = await serve((_, response) => {
      asked += 1;
      if (asked > 1) response.end("papers");
      else response.writeHead(503, { "retry-after": header }).end();
    });
    const options = { onWait: (wait: number) => waits.push(wait), pause: 20 };
    const got = await text(address, options).catch((error: FetchError) => error.message);
    return [waits[0] ?? null, got] as const;
  };
  const soon = new Date(Date.now() + 1_500).toUTCString();
  const [date] = await waitFor(soon);
  assert.ok(date !== null && date <= 1_500, String(date));
  assert.deepEqual(await waitFor(new Date(Date.now() - 60_000).toUTCString()), [0, "papers"]);
  assert.deepEqual(await waitFor("0"), [0, "papers"]);
  for (const header of ["soon", "-1", "1.5", "", "1e3"]) {
    const [wait, got] = await waitFor(header);
    assert.ok(wait !== null && wait <= 40 && got === "papers", `${header}: ${wait} ${got}`);
  }
  for (const header of ["999999999", new Date(Date.now() + 3_600_000).toUTCString()]) {
    const [wait, got] = await waitFor(header);
    assert.deepEqual([wait, /HTTP 503/.test(got)], [null, true], header);
  }
});

test("a server that is silent is asked twice, and no more", async () => {
  const silent = await raw(() => {});
  assert.equal((await failure(silent.address)).failure, "timeout");
  assert.equal(silent.asked(), 2);
});

test("names that do not resolve and addresses without a server give different messages", async () => {
  assert.match(
    (await failure("https://papers.invalid/")).message,
    /cannot reach papers\.invalid \(offline\?\)/,
  );
  assert.match((await failure("http://127.0.0.1:1/")).message, /refuses connections/);
  assert.equal((await failure("http://127.0.0.1:99999/")).failure, "bad-address");
});
