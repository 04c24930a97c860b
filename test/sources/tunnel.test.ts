import assert from "node:assert/strict";
import { createServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { after, afterEach, before, test } from "node:test";
import { isNear, isThisMachine } from "../../source/sources/remote/connection/near-address.js";
import { FetchError } from "../../source/sources/remote/fetch-error.js";
import { fetchBytes } from "../../source/sources/remote/http.js";
import { certificate, key } from "../support/network/certificate.js";
import { spellings } from "../support/network/near.js";
import { httpProxy, socksProxy, type TestProxy } from "../support/network/proxy.js";
import { resolveAsUsual, resolveTo } from "../support/network/resolve.js";

const closing: (() => void)[] = [];
let redirect: string | null = null;
let asked = 0;
const server = createServer({ cert: certificate, key }, (_, response) => {
  asked += 1;
  if (redirect === null) response.end("papers");
  else response.writeHead(302, { location: redirect }).end();
});
let port = 0;
const names = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

before(async () => {
  for (const name of names) delete process.env[name];
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  for (const name of names) delete process.env[name];
  redirect = null;
  resolveAsUsual();
});
after(() => {
  server.closeAllConnections();
  server.close();
  for (const close of closing) close();
});

const options = {
  userAgent: "papers-tui/test",
  namedBy: "person",
  retries: 0,
  silence: 500,
  longest: 3_000,
} as const;

async function text(address: string): Promise<string> {
  const fetched = await fetchBytes(address, options);
  return fetched.status === "fresh" ? fetched.body.toString() : fetched.status;
}

async function failure(address: string): Promise<FetchError> {
  const error = await fetchBytes(address, options).then(
    () => assert.fail("it was fetched"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof FetchError, String(error));
  assert.ok(!/secret/.test(error.message), error.message);
  return error;
}

function closeAfter<Closable extends { close(): void }>(one: Closable): Closable {
  closing.push(() => one.close());
  return one;
}

async function plain(answer: (socket: import("node:net").Socket) => unknown): Promise<number> {
  const one = createTcpServer((socket) => {
    socket.on("error", () => {});
    closing.push(() => socket.destroy());
    socket.once("data", () => answer(socket));
  });
  await new Promise<void>((resolve) => one.listen(0, "127.0.0.1", resolve));
  closeAfter(one);
  return (one.address() as AddressInfo).port;
}

test("what is elsewhere is asked through the proxy, with its name and password, whatever its kind", async () => {
  const user = "ada:p@ss/secret";
  const http = closeAfter(await httpProxy());
  const socks = closeAfter(await socksProxy());
  const socksWithUser = closeAfter(await socksProxy(user));
  const cases: [string, string, TestProxy][] = [
    ["https_proxy", `127.0.0.1:${http.port}`, http],
    ["ALL_PROXY", `http://ada:p%40ss%2Fsecret@127.0.0.1:${http.port}`, http],
    ["HTTPS_PROXY", `ada:p@ss/secret@127.0.0.1:${http.port}`, http],
    ["HTTP_PROXY", `http://127.0.0.1:${http.port}`, http],
    ["all_proxy", `socks5://127.0.0.1:${socks.port}`, socks],
    ["https_proxy", `socks5h://ada:p@ss/secret@127.0.0.1:${socksWithUser.port}`, socksWithUser],
  ];
  for (const [variable, address, proxy] of cases) {
    process.env[variable] = address;
    assert.equal(await text(`https://papers.test:${port}/`), "papers", address);
    assert.equal(proxy.asked.at(-1), `papers.test:${port}`, address);
    if (address.includes("@")) assert.equal(proxy.given.at(-1), user, address);
    delete process.env[variable];
  }
});

test("a proxy that refuses, hangs, or is something else is named with its variable", async () => {
  const at = async (address: string, expected: RegExp) => {
    process.env.https_proxy = address;
    assert.match((await failure(`https://papers.test:${port}/`)).message, expected, address);
  };
  const wants = closeAfter(await httpProxy(() => "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"));
  await at(
    `127.0.0.1:${wants.port}`,
    /^the proxy 127\.0\.0\.1:\d+ \(https_proxy\) needs a name and a password \(HTTP 407\)/,
  );
  await at(`http://ada:secret@127.0.0.1:${wants.port}`, /rejects this name and password \(HTTP 407\)/);
  const forbids = closeAfter(await httpProxy(() => "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"));
  await at(`127.0.0.1:${forbids.port}`, /\(https_proxy\) cannot connect to papers\.test \(HTTP 403\)/);
  await at(
    `127.0.0.1:${await plain((socket) => socket.end("SSH-2.0-OpenSSH\r\n"))}`,
    /\(https_proxy\) does not answer as an HTTP proxy/,
  );
  await at(
    `127.0.0.1:${await plain((socket) => socket.destroy())}`,
    /\(https_proxy\) closes the connection without an answer/,
  );
  await at(
    `127.0.0.1:${await plain((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n<html>no TLS at all</html>"))}`,
    /papers\.test:\d+, through the proxy 127\.0\.0\.1:\d+ \(https_proxy\), /,
  );
  await at("127.0.0.1:1", /the proxy 127\.0\.0\.1:1 \(https_proxy\) refuses connections/);
  await at("nowhere.invalid:3128", /cannot reach the proxy nowhere\.invalid:3128 \(https_proxy\)/);
  // It speaks HTTP, and TLS was asked for.
  const http = closeAfter(await httpProxy());
  await at(
    `https://127.0.0.1:${http.port}`,
    /\(https_proxy\) does not speak TLS: write http:\/\/ instead of https:\/\//,
  );
  await at(
    `socks5://127.0.0.1:${http.port}`,
    /\(https_proxy\) does not answer as a SOCKS 5 proxy|closes the connection/,
  );
  await at(
    `socks5://127.0.0.1:${closeAfter(await socksProxy("ada:secret")).port}`,
    /needs a name and a password/,
  );
  await at(
    `socks5://ada:wrong@127.0.0.1:${closeAfter(await socksProxy("ada:secret")).port}`,
    /rejects this name and password/,
  );
  await at(
    `socks5://127.0.0.1:${closeAfter(await socksProxy(null, 5)).port}`,
    /cannot connect to papers\.test: the server refuses connections/,
  );
});

test("a proxy that hangs is given up after seconds and named", async () => {
  const silent = await plain(() => {});
  process.env.ALL_PROXY = `127.0.0.1:${silent}`;
  const error = await fetchBytes("https://papers.test/", { ...options, longest: 20_000 }).catch(
    (reason) => reason,
  );
  assert.match(error.message, /^the proxy 127\.0\.0\.1:\d+ \(ALL_PROXY\) does not answer in time$/);
});

test("untrusted TLS and no TLS give different messages", async () => {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "1";
  try {
    assert.match(
      (await failure(`https://localhost:${port}/`)).message,
      /^the certificate of localhost:\d+ is not trusted: .*NODE_EXTRA_CA_CERTS/,
    );
    const none = await plain((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    assert.match((await failure(`https://localhost:${none}/`)).message, /^localhost:\d+ does not speak TLS/);
  } finally {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  }
});

test("a redirect from elsewhere to this machine is refused in every spelling, directly and through a proxy", async () => {
  const proxy = closeAfter(await httpProxy());
  resolveTo({ "papers.test": "127.0.0.1" });
  for (const through of [null, `127.0.0.1:${proxy.port}`]) {
    if (through) process.env.https_proxy = through;
    for (const host of spellings) {
      redirect = `https://${host}:${port}/`;
      const before = asked;
      const error = await failure(`https://papers.test:${port}/`);
      assert.match(error.message, /redirect leads to .* which is this machine/, `${host} ${through}`);
      assert.equal(asked, before + 1, `${host} was asked`);
    }
  }
});

test("a name that resolves to this machine is refused once it is resolved, and before anything is sent", async () => {
  const proxy = closeAfter(await httpProxy());
  redirect = `https://evil.test:${port}/`;
  for (const address of [
    "127.0.0.1",
    "127.8.8.8",
    "::1",
    "0.0.0.0",
    "::ffff:127.0.0.1",
    "169.254.169.254",
    "fe80::1",
  ]) {
    resolveTo({ "papers.test": "127.0.0.1", "evil.test": address });
    for (const through of ["", `127.0.0.1:${proxy.port}`]) {
      process.env.https_proxy = through;
      const before = asked;
      const error = await failure(`https://papers.test:${port}/`);
      assert.match(error.message, /a redirect leads to evil\.test.* this machine/, `${address} ${through}`);
      assert.equal(asked, before + 1);
    }
  }
});

test("what a person names themselves may be on this machine, and may redirect there", async () => {
  for (const host of ["localhost", "127.0.0.1"])
    assert.equal(await text(`https://${host}:${port}/`), "papers");
  const steps: string[] = [`https://localhost:${port}/2`];
  server.once("request", () => {
    redirect = null;
  });
  redirect = steps[0] as string;
  assert.equal(await text(`https://127.0.0.1:${port}/`), "papers");
});

test("which addresses are this machine", () => {
  for (const host of [
    "10.0.0.1",
    "192.168.1.1",
    "8.8.8.8",
    "2001:db8::1",
    "huggingface.co",
    "127.0.0.1.example.org",
    "localhost.example.org",
    "128.0.0.1",
    "::2:0:0:1",
  ]) {
    assert.ok(!isNear(host) && !isThisMachine(host), host);
  }
  assert.ok(isNear("169.254.1.1") && !isThisMachine("169.254.1.1"));
});
