import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Worker } from "node:worker_threads";
import type { BackgroundFetches, BackgroundPace } from "../../source/app/texts/background-fetches.js";
import { backgroundTexts } from "../../source/app/texts/background-texts.js";
import type { KeepingLimits } from "../../source/sources/parse/text-thread.js";
import { fetchText } from "../../source/sources/texts/fetch-text.js";
import type { TextOptions } from "../../source/sources/texts/requests.js";
import { TextCache } from "../../source/sources/texts/text-cache.js";
import { type Server, withServer } from "../e2e/server.js";

const words = "Pebbles were counted by hand, and the count was written down. ".repeat(20);
const page = `<html><body><article class="ltx_document"><h1 class="ltx_title ltx_title_document">Pebbles</h1>
<section class="ltx_section"><h2 class="ltx_title ltx_title_section">Start</h2><div class="ltx_para"><p class="ltx_p">${words}</p></div></section></article></body></html>`;

const starred = 2;
const later = 4;

/** The marks of a reader, the last marked first in each field. */
function marks(bits: Record<string, number>) {
  const withBit = (bit: number) => Object.keys(bits).filter((id) => ((bits[id] as number) & bit) !== 0);
  return {
    bits: (id: string) => bits[id] ?? 0,
    marked: (field: string) =>
      withBit(field === "starred" ? starred : later).map((paper) => ({ paper, title: "" })),
  };
}

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

const quick: BackgroundPace = { afterMark: 10, afterStart: 10, looked: 50, fetched: 20 };

const answer: Server["answer"] = ({ url = "" }, response) => {
  if (url === "/html/2401.00001") response.setHeader("content-type", "text/html").end(page);
  else response.writeHead(404).end("none");
};

/** Waits until an address was asked for. */
async function untilAsked(asked: readonly string[], address: string): Promise<void> {
  while (!asked.includes(address)) await pause(20);
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Texts that are fetched in the background until the test ends. */
function background(
  bits: Record<string, number>,
  options: TextOptions,
  context: TestContext,
): BackgroundFetches {
  const texts = backgroundTexts(marks(bits), options, () => {}, quick);
  context.after(() => texts.close());
  return texts;
}

const asNone = (id: string) => [`/html/${id}`, `/papers/${id}.md`];

test("a start fetches what was marked before; what is kept or was not there is not asked for again", {
  timeout: 20_000,
}, async (context) => {
  await withServer(answer, async ({ address, asked }, home) => {
    const options = optionsAt(address, home);
    const marked: Record<string, number> = {
      "2401.00001": later,
      "2401.00002": starred,
      "title:pebbles": starred,
      "2401.00003": 1,
    };
    background(marked, options, context).begin();
    await untilAsked(asked, "/papers/2401.00002.md");
    const wanted = ["/html/2401.00001", ...asNone("2401.00002")];
    assert.deepEqual(asked, wanted);
    // The next start, with one star more.
    background({ ...marked, "2401.00009": starred }, options, context).begin();
    await untilAsked(asked, "/papers/2401.00009.md");
    assert.deepEqual(asked, [...wanted, ...asNone("2401.00009")]);
    const read = await fetchText("2401.00001", optionsAt("http://127.0.0.1:1", home));
    assert.ok(read.ok && read.text.title === "Pebbles");
  });
});

test("a mark that is taken back fetches nothing; one of two that stays does", {
  timeout: 20_000,
}, async (context) => {
  await withServer(answer, async ({ address, asked }, home) => {
    const bits: Record<string, number> = {
      "2401.00004": starred,
      "2401.00005": starred | later,
      "2401.00006": starred,
    };
    const texts = background(bits, optionsAt(address, home), context);
    texts.marked(Object.keys(bits).map((paper) => ({ paper, title: "", starred: true })));
    bits["2401.00004"] = 0;
    bits["2401.00005"] = later;
    texts.marked([
      { paper: "2401.00004", title: "", starred: false },
      { paper: "2401.00005", title: "", starred: false },
    ]);
    await untilAsked(asked, "/papers/2401.00006.md");
    assert.deepEqual(asked, [...asNone("2401.00005"), ...asNone("2401.00006")]);
  });
});

test("a server that fails is left alone until something else is marked", {
  timeout: 20_000,
}, async (context) => {
  const fails: Server["answer"] = (_, response) => response.writeHead(403).end("no");
  await withServer(fails, async (server, home) => {
    const { address, asked } = server;
    const bits: Record<string, number> = {
      "2401.00001": starred,
      "2401.00003": starred,
      "2401.00004": starred,
      "2401.00002": starred,
    };
    const texts = background(bits, optionsAt(address, home), context);
    texts.begin();
    await untilAsked(asked, "/papers/2401.00004.md");
    server.answer = answer;
    bits["2401.00007"] = starred;
    texts.marked([{ paper: "2401.00007", title: "", starred: true }]);
    await untilAsked(asked, "/papers/2401.00007.md");
    assert.ok(!asked.includes("/html/2401.00002"), "the pass ended at the third failure");
    // The failure is no answer: the next start asks again.
    background(bits, optionsAt(address, home), context).begin();
    await untilAsked(asked, "/papers/2401.00002.md");
    assert.equal(asked.filter((one) => one === "/html/2401.00001").length, 2);
  });
});

test("a text for which a login page came is asked for again at the next start", {
  timeout: 20_000,
}, async (context) => {
  const login: Server["answer"] = (_, response) => response.end("<html>Hotel WiFi log in</html>");
  await withServer(login, async (server, home) => {
    const { address, asked } = server;
    const options = optionsAt(address, home);
    const bits = { "2401.00001": starred };
    background(bits, options, context).begin();
    await untilAsked(asked, "/papers/2401.00001.md");
    server.answer = answer;
    const before = asked.length;
    background(bits, options, context).begin();
    while (!new TextCache(home).isAnswered("2401.00001", clock)) await pause(20);
    assert.deepEqual(asked.slice(before), ["/html/2401.00001"]);
    assert.notEqual(new TextCache(home).read("2401.00001", clock), null);
  });
});

test("a paper that cannot be fetched, or has an odd identity, does not keep the others from being fetched", {
  timeout: 20_000,
}, async (context) => {
  const fails: Server["answer"] = (request, response) =>
    request.url?.includes("2401.00008") ? response.writeHead(400).end("no") : answer(request, response);
  await withServer(fails, async ({ address, asked }, home) => {
    const bits: Record<string, number> = {
      "doi:10.1101/\ud800": starred,
      "doi:10.1101/../../../evil": starred,
      [`doi:10.1101/${"a".repeat(200_000)}`]: starred,
      "2401.00008": starred,
      "2401.00001": starred,
    };
    background(bits, optionsAt(address, home), context).begin();
    await untilAsked(asked, "/html/2401.00001");
    assert.ok(!asked.some((one) => one.startsWith("/evil")), asked.join(" "));
  });
});

test("a text that is too large is not asked for at every start, and says so when it is opened", {
  timeout: 20_000,
}, async () => {
  const huge: Server["answer"] = (request, response) =>
    request.url === "/html/2401.00001"
      ? response.writeHead(200, { "content-length": String(10 ** 9) }).write("x")
      : answer(request, response);
  await withServer(huge, async ({ address, asked }, home) => {
    const options = optionsAt(address, home);
    const read = await fetchText("2401.00001", options);
    assert.ok(!read.ok && read.isAnswer && !read.isOnlyPdf);
    assert.match(read.reason, /sends more than 64 MB/);
    const before = asked.length;
    const bits = { "2401.00001": starred, "2401.00002": starred };
    const texts = backgroundTexts(marks(bits), options, () => {}, quick);
    texts.begin();
    await untilAsked(asked, "/papers/2401.00002.md");
    texts.close();
    assert.deepEqual(asked.slice(before), asNone("2401.00002"));
  });
});

/** Reads a page in the background within limits: how often servers were asked by two starts, and the threads. */
async function keptWithin(
  html: string,
  limits: KeepingLimits,
): Promise<{ asked: readonly string[]; isKept: boolean; threads: number; running: number }> {
  let [threads, running] = [0, 0];
  const onThread = (thread: Worker) => {
    threads += 1;
    running += 1;
    thread.once("exit", () => (running -= 1));
  };
  process.on("worker", onThread);
  const given: Server["answer"] = ({ url = "" }, response) =>
    url.startsWith("/html/") ? response.end(html) : response.writeHead(404).end("none");
  try {
    let seen = { asked: [] as readonly string[], isKept: false };
    await withServer(given, async ({ address, asked }, home) => {
      const options = optionsAt(address, home);
      const cache = new TextCache(home);
      for (const _ of ["a start", "the next"]) {
        const texts = backgroundTexts(marks({ "2401.00001": starred }), options, () => {}, quick, limits);
        texts.begin();
        while (!cache.isAnswered("2401.00001", clock)) await pause(20);
        await pause(50);
        texts.close();
      }
      seen = { asked: [...asked], isKept: cache.read("2401.00001", clock) !== null };
    });
    while (running > 0) await pause(20);
    return { ...seen, threads, running };
  } finally {
    process.off("worker", onThread);
  }
}

const wide: KeepingLimits = { longest: 60_000, memory: 1_024, packed: 8 * 1024 * 1024 };
/** 12 MB of footnotes in footnotes take half a minute. */
const endless = `<article class="ltx_document"><p class="ltx_p">${'a<span class="ltx_note ltx_role_footnote"><span class="ltx_note_content">x'.repeat(170_000)}`;

test("a page that takes too long to read in the background counts as one without a text, and its thread ends", {
  timeout: 30_000,
}, async () => {
  const { asked, isKept, running } = await keptWithin(endless, { ...wide, longest: 1_000 });
  assert.deepEqual(asked, asNone("2401.00001"));
  assert.deepEqual([isKept, running], [false, 0]);
});

test("so does one that takes too much memory, and one whose text is too large to keep", {
  timeout: 60_000,
}, async () => {
  const lines = `<article class="ltx_document"><p>a</p><pre>${"a\n".repeat(2_000_000)}</pre></article>`;
  const greedy = await keptWithin(lines, { ...wide, memory: 64 });
  assert.deepEqual([greedy.asked, greedy.isKept], [asNone("2401.00001"), false]);
  const large = await keptWithin(page, { ...wide, packed: 100 });
  assert.deepEqual([large.asked, large.isKept], [asNone("2401.00001"), false]);
});

test("a short page is read in a thread too: a hostile one of 200 kB takes a second", {
  timeout: 30_000,
}, async () => {
  const { asked, isKept, threads } = await keptWithin(page, wide);
  assert.deepEqual([asked, isKept, threads], [["/html/2401.00001"], true, 1]);
});
