import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultEndpoints, type RemoteListing, toRemote } from "../../source/sources/remote/addresses.js";
import { holds } from "../../source/sources/remote/cache.js";

const at = (text: string) => toRemote(text, defaultEndpoints);
const address = (text: string) => (at(text) as RemoteListing).address;

test("sources are addresses of their servers' interfaces", () => {
  const api = "https://huggingface.co/api";
  assert.equal(address("daily"), `${api}/daily_papers?limit=100`);
  assert.equal(address("daily:2025-10-29"), `${api}/daily_papers?limit=100&date=2025-10-29`);
  assert.equal(address("daily:2025-W44"), `${api}/daily_papers?limit=100&week=2025-W44`);
  assert.equal(address("daily:2025-10"), `${api}/daily_papers?limit=100&month=2025-10`);
  assert.equal(address("trending"), `${api}/daily_papers?sort=trending&limit=100`);
  assert.equal(address("search:flow & matching"), `${api}/papers/search?q=flow%20%26%20matching`);
  assert.equal(address("https://example.org/feed.xml"), "https://example.org/feed.xml");
  const query = (text: string) => new URL(address(text)).searchParams.get("search_query");
  assert.equal(query("arxiv:cs.LG+hep-th"), "cat:cs.LG OR cat:hep-th");
  assert.equal(query("arxiv:flow matching"), "all:flow AND all:matching");
});

test("a page of arXiv's or Hugging Face's opens as the listing that it shows", () => {
  const argument = (text: string) => (at(text) as RemoteListing).argument;
  for (const [page, source] of [
    ["https://arxiv.org/list/cs.LG/recent", "arxiv:cs.LG"],
    ["http://www.arxiv.org/list/cs.LG/new", "arxiv:cs.LG"],
    ["arxiv.org/list/cond-mat.str-el/pastweek?skip=0&show=50", "arxiv:cond-mat.str-el"],
    ["https://export.arxiv.org/list/hep-th/recent/", "arxiv:hep-th"],
    ["https://arxiv.org/list/math", "arxiv:math"],
    ["https://arxiv.org/list/cs/recent#item1", "arxiv:cs"],
    ["https://arxiv.org/abs/2510.22543v2", "2510.22543"],
    ["https://arxiv.org/pdf/2510.22543.pdf", "2510.22543"],
    ["https://arxiv.org/html/hep-th/9901001", "hep-th/9901001"],
    ["https://huggingface.co/papers", "daily"],
    ["https://huggingface.co/papers/date/2025-10-29", "daily:2025-10-29"],
    ["https://huggingface.co/papers/week/2025-W44", "daily:2025-W44"],
    ["https://huggingface.co/papers/month/2025-10", "daily:2025-10"],
    ["https://huggingface.co/papers/trending", "trending"],
    // Of a month, by an author, a feed: pages like any other.
    ["https://arxiv.org/list/cs.LG/2510", "https://arxiv.org/list/cs.LG/2510"],
    ["https://arxiv.org/a/holm_i_1", "https://arxiv.org/a/holm_i_1"],
    ["https://example.org/arxiv.org/list/cs.LG/new", "https://example.org/arxiv.org/list/cs.LG/new"],
    ["https://huggingface.co/papers/2510.22543", "https://huggingface.co/papers/2510.22543"],
  ] as const) {
    assert.equal(argument(page), source, page);
  }
});

test("another endpoint is used where one is named", () => {
  const endpoints = { huggingFace: "http://127.0.0.1:8080/", arxiv: "http://127.0.0.1:8081" };
  assert.equal(
    (toRemote("daily", endpoints) as RemoteListing).address,
    "http://127.0.0.1:8080/api/daily_papers?limit=100",
  );
  assert.match(
    (toRemote("arxiv:cs.LG", endpoints) as RemoteListing).address,
    /^http:\/\/127\.0\.0\.1:8081\/api\/query\?/,
  );
});

test("a source that is begun and wrong says how it is written; anything else is none", () => {
  for (const text of ["daily:yesterday", "daily:2025-13", "daily:2025-W60", "daily:2025-02-30"])
    assert.match(String(at(text)), /daily: takes a day, a week or a month/, text);
  assert.match(String(at("search:")), /needs words/);
  assert.match(String(at("arxiv: ")), /needs categories or words/);
  for (const text of ["daily-papers.txt", "./daily", "arxiv.xml", "sample", "-"])
    assert.equal(at(text), null, text);
});

test("a past day, week or month holds for ever, once it was asked for when it was over", () => {
  const day = at("daily:2025-10-29") as RemoteListing;
  assert.ok(!holds(day, Date.parse("2025-10-29T20:00:00Z")));
  assert.ok(!holds(day, Date.parse("2025-10-30T20:00:00Z")));
  assert.ok(holds(day, Date.parse("2025-11-01T00:00:00Z")));
  assert.equal((at("daily:2025-W44") as RemoteListing).settled, "2025-11-02");
  assert.equal((at("daily:2026-W01") as RemoteListing).settled, "2026-01-04");
  assert.equal((at("daily:2024-02") as RemoteListing).settled, "2024-02-29");
  assert.ok(!holds(at("trending") as RemoteListing, Date.now()));
});
