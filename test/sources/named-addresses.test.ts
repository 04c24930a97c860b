import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { FetchError } from "../../source/sources/remote/fetch-error.js";
import { fetchBytes } from "../../source/sources/remote/http.js";
import { fetchText } from "../../source/sources/texts/fetch-text.js";
import { fetchPicture } from "../../source/sources/texts/picture.js";
import type { TextOptions } from "../../source/sources/texts/requests.js";
import { certificate, key } from "../support/network/certificate.js";
import { spellings } from "../support/network/near.js";
import { httpProxy } from "../support/network/proxy.js";
import { resolveAsUsual, resolveTo } from "../support/network/resolve.js";

/** The smallest PNG there is: one pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** What the servers were asked: `page/a.png`. */
let asked: string[] = [];
/** Redirects and JSON by what is asked; all else is answered with a picture. */
let answers: Record<string, { redirect?: string; body?: string }> = {};

const answer = (name: string) => (request: IncomingMessage, response: ServerResponse) => {
  const what = name + request.url;
  asked.push(what);
  const { redirect, body = png } = answers[what] ?? {};
  if (redirect === undefined) response.end(body);
  else response.writeHead(302, { location: redirect }).end();
};

const servers = [
  createPlainServer(answer("page")),
  createPlainServer(answer("local")),
  createServer({ cert: certificate, key }, answer("tls")),
] as const;
/** A page's own origin, another service of this machine, and one that speaks TLS. */
let page = "";
let local = "";
let tls = 0;
let cacheDirectory = "";

before(async () => {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  const listening = servers.map(
    (server) =>
      new Promise<number>((resolve) => {
        server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
      }),
  );
  const [first, second, third] = await Promise.all(listening);
  page = `http://127.0.0.1:${first}`;
  local = `http://127.0.0.1:${second}`;
  tls = third as number;
  cacheDirectory = mkdtempSync(join(tmpdir(), "papers-tui-named-"));
});
beforeEach(() => {
  asked = [];
  answers = {};
});
afterEach(() => {
  delete process.env.https_proxy;
  resolveAsUsual();
});
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(cacheDirectory, { recursive: true, force: true });
});

const options = (): TextOptions => ({
  arxivSite: "https://arxiv.org",
  huggingFace: "https://huggingface.co",
  biorxiv: page,
  europePmc: `${page}/pmc`,
  userAgent: "papers-tui/test",
  cacheDirectory,
  keeps: false,
  now: Date.now,
});

async function refusal(fetched: Promise<unknown>): Promise<string> {
  const error = await fetched.then(
    () => assert.fail(`it was fetched: ${asked}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof FetchError, String(error));
  return error.message;
}

const picture = (address: string, from = `${page}/html/1`, more: Partial<TextOptions> = {}) =>
  fetchPicture(address, from, { ...options(), ...more }, {});

test("an address that a page names is refused in every spelling of this machine, directly and by proxy", async () => {
  const proxy = await httpProxy();
  try {
    for (const through of ["", `127.0.0.1:${proxy.port}`]) {
      process.env.https_proxy = through;
      for (const host of spellings) {
        const named = { page: "https://papers.test/listing" };
        const address = `https://${host}:${tls}/`;
        const fetched = fetchBytes(address, { userAgent: "papers-tui/test", retries: 0, namedBy: named });
        assert.match(await refusal(fetched), /an address leads to .* which is this machine/, address);
      }
    }
    assert.deepEqual([asked, proxy.asked], [[], []]);
  } finally {
    proxy.close();
  }
});

test("a picture whose name resolves to this machine is refused before anything is sent", async () => {
  const proxy = await httpProxy();
  try {
    for (const through of ["", `127.0.0.1:${proxy.port}`]) {
      process.env.https_proxy = through;
      for (const near of ["127.0.0.1", "::1", "0.0.0.0", "::ffff:127.0.0.1", "169.254.169.254"]) {
        resolveTo({ "evil.test": near });
        for (const from of ["https://arxiv.org/html/1", `${page}/html/1`, "file:///home/me/page.html", ""]) {
          const said = await refusal(picture(`https://evil.test:${tls}/a.png`, from));
          assert.match(said, /an address leads to evil\.test.* this machine/, `${near} ${from} ${through}`);
        }
      }
    }
    assert.deepEqual([asked, proxy.asked], [[], []]);
  } finally {
    proxy.close();
  }
});

test("a page shows the pictures of its own origin, and of no other service of this machine", async () => {
  assert.deepEqual(readFileSync(await picture(`${page}/a.png`)), png);
  assert.deepEqual(asked, ["page/a.png"]);
  const port = new URL(local).port;
  for (const address of [
    `${local}/secret.png`,
    `http://[::ffff:127.0.0.1]:${port}/secret.png`,
    `http://localhost:${port}/secret.png`,
    `http://127.0.0.2:${new URL(page).port}/a.png`,
  ])
    assert.match(await refusal(picture(address)), /which is this machine: not fetched/, address);
  // Nor does a page from elsewhere reach the server that the setting arxivSite names.
  for (const from of ["https://huggingface.co/papers/1", "file:///home/me/page.html"]) {
    const fetched = picture(`${page}/a.png`, from, { arxivSite: page });
    assert.match(await refusal(fetched), /which is this machine: not fetched/, from);
  }
  assert.deepEqual(asked, ["page/a.png"]);
});

test("a redirect of a picture leads to its page's own origin, and to no other service of this machine", async () => {
  answers = { "page/moved.png": { redirect: `${page}/a.png` }, "page/away.png": { redirect: `${local}/b` } };
  await picture(`${page}/moved.png`);
  assert.match(await refusal(picture(`${page}/away.png`)), /a redirect leads to .* this machine/);
  assert.deepEqual(asked, ["page/moved.png", "page/a.png", "page/away.png"]);
});

test("an answer of bioRxiv leads to no service of this machine but its own server", async () => {
  resolveTo({ "evil.test": "127.0.0.1" });
  const text = (number: number, jatsxml: string) => {
    const path = `page/details/biorxiv/10.1101/${number}/na/json`;
    answers = { [path]: { body: JSON.stringify({ collection: [{ jatsxml }] }) } };
    const id = encodeURIComponent(`DOI:"10.1101/${number}"`);
    answers[`page/pmc/search?query=${id}&format=json&resultType=lite`] = { body: "{}" };
    return fetchText(`doi:10.1101/${number}`, options(), {});
  };
  for (const [at, address] of [`https://evil.test:${tls}/x.xml`, `${local}/x.xml`, "no address"].entries()) {
    const found = await text(at, address);
    const expected = at < 2 ? /an address leads to .* this machine/ : /is not an address/;
    assert.ok(!found.ok && expected.test(found.reason), JSON.stringify(found));
  }
  await text(7, `${page}/x.xml`);
  const others = asked.filter((one) => !/^page\/(?:details|pmc)/.test(one));
  assert.deepEqual(others, ["page/x.xml"]);
});
