import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { otherFormats } from "../../source/formats/on-demand-formats.js";
import { readAnswer } from "../../source/sources/read-answer.js";
import { defaultEndpoints, type RemoteListing, toRemote } from "../../source/sources/remote/addresses.js";
import { Fetcher } from "../../source/sources/remote/fetcher.js";

interface Trial {
  readonly listing: RemoteListing;
  readonly fetcher: Fetcher;
  readonly asked: IncomingMessage[];
  answer: (response: ServerResponse, request: IncomingMessage) => unknown;
  now: number;
}

/** A server, and a fetcher of a listing on it with an empty cache. */
async function trial(t: TestContext, listing: Partial<RemoteListing> = {}): Promise<Trial> {
  const folder = mkdtempSync(join(tmpdir(), "papers-tui-fetcher-"));
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    self.answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`;
  const self: Trial = {
    listing: { argument: address, address, name: "feed", settled: null, ...listing },
    fetcher: new Fetcher({
      userAgent: "papers-tui/test",
      cacheDirectory: folder,
      now: () => self.now,
      read: (one, body, watch) => readAnswer(one, body, { today: "2026-11-23" }, watch),
    }),
    asked,
    answer: (response) => response.end(),
    now: Date.now(),
  };
  return self;
}

const bibtex = (...titles: string[]) =>
  titles.map((title, at) => `@misc{k${at}, title={${title}}, year={2025}}\n`).join("");

const papers = ({ result }: Awaited<ReturnType<Fetcher["fetch"]>>) =>
  result?.ok ? result.listing.papers.map(({ title }) => title) : null;

test("a new validator on a 304 is kept, and what it does not say stays", async (t) => {
  const one = await trial(t);
  one.answer = (response) =>
    response
      .writeHead(200, { etag: '"v1"', "last-modified": "Wed, 29 Oct 2025 08:00:00 GMT" })
      .end(bibtex("One"));
  await one.fetcher.fetch(one.listing);
  one.answer = (response) => response.writeHead(304, { etag: '"v2"' }).end();
  assert.deepEqual(papers(await one.fetcher.fetch(one.listing)), ["One"]);
  one.answer = (response) => response.writeHead(304).end();
  await one.fetcher.fetch(one.listing);
  await one.fetcher.fetch(one.listing);
  assert.deepEqual(
    one.asked.map(({ headers }) => [headers["if-none-match"], headers["if-modified-since"]]),
    [
      [undefined, undefined],
      ['"v1"', "Wed, 29 Oct 2025 08:00:00 GMT"],
      ['"v2"', "Wed, 29 Oct 2025 08:00:00 GMT"],
      ['"v2"', "Wed, 29 Oct 2025 08:00:00 GMT"],
    ],
  );
});

test("after a bad answer the validators sent are those of what is kept", async (t) => {
  const one = await trial(t);
  one.answer = (response) => response.writeHead(200, { etag: '"portal"' }).end("<html>log in</html>");
  await assert.rejects(one.fetcher.fetch(one.listing), /sent a web page/);
  one.answer = (response) => response.writeHead(200, { etag: '"v1"' }).end(bibtex("One"));
  await one.fetcher.fetch(one.listing);
  one.answer = (response) => response.writeHead(200, { etag: '"portal"' }).end("<html>log in</html>");
  const { failure, ...answer } = await one.fetcher.fetch(one.listing);
  assert.deepEqual(papers({ ...answer, failure }), ["One"]);
  assert.equal(failure?.failure, "bad-answer");
  one.answer = (response, { headers }) =>
    response.writeHead(headers["if-none-match"] === '"v1"' ? 304 : 500).end();
  assert.equal((await one.fetcher.fetch(one.listing)).failure, null);
  assert.deepEqual(
    one.asked.map(({ headers }) => headers["if-none-match"]),
    [undefined, undefined, '"v1"', '"v1"'],
  );
});

test("a page takes the place of no listing, though it links papers", async (t) => {
  const page = (count: number) =>
    `<html><body>${Array.from({ length: count }, (_, at) => `<p><a href="https://arxiv.org/abs/2510.0000${at}">arXiv:2510.0000${at}</a></p>`).join("\n")}</body></html>`;
  const one = await trial(t);
  one.answer = (response) => response.end(bibtex("One"));
  await one.fetcher.fetch(one.listing);
  one.answer = (response) => response.end(page(3));
  assert.deepEqual(papers(await one.fetcher.fetch(one.listing)), ["One"]);
});

test("a feed without papers never takes the place of one with papers, and alone is asked for again", async (t) => {
  const feed = (items: string) =>
    `<?xml version="1.0"?><rss version="2.0"><channel><title>cs.LG</title><link>https://rss.arxiv.org/rss/cs.LG</link>${items}</channel></rss>`;
  const item = "<item><title>One</title><link>https://arxiv.org/abs/2510.00001</link></item>";
  const one = await trial(t);
  one.answer = (response) => response.writeHead(200, { etag: '"none"' }).end(feed(""));
  assert.deepEqual(papers(await one.fetcher.fetch(one.listing)), []);
  one.answer = (response, { headers }) =>
    headers["if-none-match"] ? response.writeHead(304).end() : response.end(feed(item));
  assert.deepEqual(papers(await one.fetcher.fetch(one.listing)), ["One"]);
  one.answer = (response) => response.end(feed(""));
  const empty = await one.fetcher.fetch(one.listing);
  assert.deepEqual(papers(empty), ["One"]);
  assert.match(empty.failure?.message ?? "", /sent a listing without papers/);
  one.answer = (response) => response.end(feed(item).slice(0, -10));
  const cut = await one.fetcher.fetch(one.listing);
  assert.deepEqual(papers(cut), ["One"]);
  assert.match(cut.failure?.message ?? "", /sent only the beginning of it/);
});

test("a clock that was ahead when a day was fetched does not make it hold for ever", async (t) => {
  const one = await trial(t, { settled: "2026-11-23" });
  one.answer = (response) => response.end(bibtex("One"));
  one.now = Date.parse("2027-03-01T08:00:00Z");
  await one.fetcher.fetch(one.listing);
  await one.fetcher.fetch(one.listing);
  assert.equal(one.asked.length, 1);
  one.now = Date.parse("2026-11-23T08:00:00Z");
  one.answer = (response) => response.end(bibtex("One", "Two"));
  assert.deepEqual(papers(await one.fetcher.fetch(one.listing)), ["One", "Two"]);
});

test("the formats that addresses name are formats", () => {
  for (const text of ["daily", "daily:2025-10-29", "daily:2025-W44", "trending", "search:x", "arxiv:cs.LG"]) {
    const { format } = toRemote(text, defaultEndpoints) as RemoteListing;
    assert.ok(
      otherFormats.some(({ name }) => name === format),
      `${text}: ${format}`,
    );
  }
});

test("an answer that nobody waits for is refused where it is long or takes long, and its thread is ended", async (t) => {
  const one = await trial(t);
  const background = { longest: 60_000, memory: 256 };
  one.answer = (response) => response.end(bibtex("One"));
  assert.deepEqual(papers(await one.fetcher.fetch(one.listing, { background })), ["One"]);
  const other = await trial(t);
  other.answer = (response) => response.end(bibtex("One").repeat(30_000));
  await assert.rejects(other.fetcher.fetch(other.listing, { background }), /sends more than 1 MB/);
  other.answer = (response) => response.end(bibtex("One").repeat(20_000));
  const hurried = { background: { longest: 1, memory: 256 } };
  await assert.rejects(other.fetcher.fetch(other.listing, hurried), /it takes too long to read/);
  // In the foreground Esc ends it.
  const controller = new AbortController();
  other.answer = (response) => {
    response.end(bibtex("One").repeat(100_000));
    response.once("close", () => controller.abort());
  };
  await assert.rejects(other.fetcher.fetch(other.listing, { signal: controller.signal }), {
    failure: "cancelled",
  });
});
