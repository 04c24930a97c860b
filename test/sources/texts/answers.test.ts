import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchText } from "../../../source/sources/texts/fetch-text.js";
import type { TextOptions } from "../../../source/sources/texts/requests.js";
import { TextCache } from "../../../source/sources/texts/text-cache.js";
import { type Server, withServer } from "../../e2e/server.js";

/** A clock that is minutes later each time, so that nobody waits for arXiv's pause. */
let clock = Date.now();
const optionsAt = (address: string, cacheDirectory: string): TextOptions => ({
  arxivSite: address,
  huggingFace: address,
  biorxiv: address,
  europePmc: address,
  userAgent: "test",
  cacheDirectory,
  keeps: true,
  now: () => (clock += 60_000),
});

const webPage = /^127\.0\.0\.1:\d+ sent a web page \(log in to the network\?\)$/;
const terms = "The guest accepts the terms of use of this hotel's network. ".repeat(40);
const ids = ["2401.00001", "doi:10.1101/2020.01.02.000003", "doi:10.1000/x", "pmc:PMC77"] as const;

/** What each request is answered with, status 200, and what is said of it. */
const others: readonly (readonly [name: string, body: string, reason: RegExp])[] = [
  ["a login page", "<html>Hotel WiFi log in</html>", webPage],
  ["one with headings", `<html><body>${"<h2>Rooms</h2>".repeat(9)}<p>log in</p></body></html>`, webPage],
  [
    "a long one",
    `<!DOCTYPE html><html><body><h1>Welcome</h1><p>${terms}</p><form><input name="room"></form></body></html>`,
    webPage,
  ],
  [
    "one that names the address",
    '<html><a href="https://arxiv.org/html/2401.00001">go on</a></html>',
    webPage,
  ],
  ["a page of a CDN", "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>", webPage],
  ["another", "<html><title>Access Denied</title><h1>Access Denied</h1></html>", webPage],
  ["nothing", "", /sent an empty answer$/],
  ["an error in JSON", '{"error": "we are down"}', /sent (?:no text|an error, or JSON of an unknown kind)$/],
  ["JSON of nothing", "null", /sent (?:no text|an error, or JSON of an unknown kind)$/],
  [
    "binary bytes",
    `%PDF-1.4 ${"\0\u0001 obj".repeat(900)}`,
    /sent (?:no text|no JSON|something else than a text)$/,
  ],
];

for (const [name, body, reason] of others)
  test(`${name} is a failure of the server, and no answer that a paper has no text`, async () => {
    await withServer(
      (_, response) => response.end(body),
      async ({ address }, home) => {
        for (const id of ids) {
          const found = await fetchText(id, optionsAt(address, home));
          assert.ok(!found.ok && !found.isAnswer && !found.isOnlyPdf, `${id} ${JSON.stringify(found)}`);
          assert.match(found.reason, id.startsWith("pmc:") && body !== "" ? /sent / : reason, id);
          assert.ok(!new TextCache(home).isAnswered(id, clock), id);
        }
      },
    );
  });

test("a login page that a redirect leads to is a failure, also where it is not found there", async () => {
  for (const status of [200, 404])
    await withServer(
      (_, response) => response.writeHead(status).end("<html>log in</html>"),
      async (login, home) => {
        await withServer(
          (_, response) => response.writeHead(302, { location: `${login.address}/login` }).end(),
          async ({ address }) => {
            const found = await fetchText("2401.00001", optionsAt(address, home));
            assert.ok(!found.ok && !found.isAnswer && !found.isOnlyPdf, JSON.stringify(found));
          },
        );
      },
    );
});

test("what a site says itself is an answer: not found, no HTML, an empty article, a list of files", async () => {
  const none =
    (status: number, body: string): Server["answer"] =>
    ({ url = "" }, response) =>
      url.startsWith("/html/") ? response.writeHead(status).end(body) : response.writeHead(404).end("none");
  const cases: readonly (readonly [number, string])[] = [
    [404, "<h1>No HTML for '2401.00001v1'</h1>"],
    [410, "gone"],
    [200, "<!DOCTYPE html><html><body><h1>No HTML is available</h1></body></html>"],
    [200, '<html><article class="ltx_document"></article></html>'],
    [200, '<html><meta name="citation_arxiv_id" content="2401.00001"><p>Abstract</p></html>'],
    [200, '<html><ul><li><a href="/html/2401.00001v1/report.htm">report.htm</a></li></ul></html>'],
  ];
  for (const [status, body] of cases)
    await withServer(none(status, body), async ({ address }, home) => {
      const found = await fetchText("2401.00001", optionsAt(address, home));
      assert.ok(!found.ok && found.isAnswer && found.isOnlyPdf, `${body} ${JSON.stringify(found)}`);
      assert.ok(new TextCache(home).isAnswered("2401.00001", clock));
    });
});

test("where a DOI is unknown to bioRxiv and Europe PMC, they say so", async () => {
  const unknown: Server["answer"] = ({ url = "" }, response) =>
    response.end(
      url.startsWith("/details/")
        ? '{"messages":[{"status":"no posts found"}],"collection":[]}'
        : '{"hitCount":0,"resultList":{"result":[]}}',
    );
  await withServer(unknown, async ({ address }, home) => {
    const found = await fetchText("doi:10.1101/2020.01.02.000003", optionsAt(address, home));
    assert.ok(!found.ok && found.isAnswer);
    assert.match(found.reason, /neither bioRxiv nor Europe PMC/);
  });
});
