import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { usualLimits } from "../../source/app/texts/background-texts.js";
import { FileTexts } from "../../source/app/texts/file-texts.js";
import { spansText } from "../../source/fulltext/blocks.js";
import { keptTextId } from "../../source/papers/identity.js";
import { makeListing } from "../../source/papers/listing.js";
import { markBits } from "../../source/papers/marks.js";
import { makePaper } from "../../source/papers/paper.js";
import { fetchText } from "../../source/sources/texts/fetch-text.js";
import type { TextOptions } from "../../source/sources/texts/requests.js";

const paper = makePaper({ title: "Pebbles" });
const page = (words: string) =>
  `<article class="ltx_document"><h1 class="ltx_title">Pebbles</h1><p class="ltx_p">${words}</p></article></html>`;

/** Longer than the program waits, in milliseconds: a busy machine takes seconds to begin a thread. */
const patient = 60_000;

/** A folder with a file that holds the text of a starred paper, and an empty cache. */
async function withFile(
  work: (
    path: string,
    options: TextOptions,
    keeping: (said: string[], atEnd?: number) => FileTexts,
  ) => unknown,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "papers-tui-"));
  try {
    const path = join(folder, "page.html");
    writeFileSync(path, page("One."));
    const site = "http://127.0.0.1:9";
    const options: TextOptions = {
      arxivSite: site,
      huggingFace: site,
      biorxiv: site,
      europePmc: site,
      userAgent: "test",
      cacheDirectory: join(folder, "cache"),
      keeps: true,
      now: () => Date.now(),
    };
    const parsed = { papers: [paper], day: null, problems: [] };
    const listing = makeListing("page.html", parsed, { texts: new Map([[paper.id, path]]) });
    const library = { bits: () => markBits.starred };
    await work(path, options, (said, atEnd = patient) => {
      const say = (text: string) => void said.push(text);
      return new FileTexts(library, () => listing, options, usualLimits, say, atEnd);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const star = { paper: paper.id, title: paper.title, starred: true };

async function kept(options: TextOptions): Promise<string> {
  const found = await fetchText(keptTextId(paper), options, {});
  return found.ok ? found.text.blocks.map(({ spans }) => spansText(spans)).join(" ") : found.reason;
}

test("the text that is kept of a file is the one of the last star", async () => {
  await withFile(async (path, options, keeping) => {
    const first = keeping([]);
    first.marked([star]);
    assert.equal(await first.end(), null);
    assert.match(await kept(options), /One\.$/);
    writeFileSync(path, page("Two."));
    const later = Date.now() / 1_000 + 2;
    utimesSync(path, later, later);
    const second = keeping([]);
    second.marked([star]);
    assert.equal(await second.end(), null);
    assert.match(await kept(options), /Two\.$/);
  });
});

test("why the text of a file is not kept is said as people say it, on the screen and after it", async () => {
  await withFile(async (path, _, keeping) => {
    rmSync(path);
    const said: string[] = [];
    const texts = keeping(said);
    texts.marked([star]);
    const gone = `the text was not saved: cannot read ${path}: there is no such file`;
    for (let turn = 0; turn < 500 && said.length === 0; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(said, [gone]);
    mkdirSync(path);
    texts.marked([star]);
    assert.equal(await texts.end(), gone.replace("there is no such file", "it is a folder"));
    assert.equal(said.length, 1);
  });
});

test("texts for which there was no time as the program was left are counted", async () => {
  await withFile(async (_, options, keeping) => {
    const texts = keeping([], 0);
    texts.marked([star, star, star]);
    assert.match((await texts.end()) ?? "", /^3 texts of starred papers not saved/);
    assert.equal(await kept(options), "its text is not kept");
  });
});

test("a mark of a paper that the listing does not have, and an unstar, keep no text", async () => {
  await withFile(async (_, options, keeping) => {
    const said: string[] = [];
    const texts = keeping(said);
    texts.marked([
      { ...star, paper: "title:other" },
      { ...star, starred: false },
    ]);
    assert.equal(await texts.end(), null);
    assert.deepEqual([said, await kept(options)], [[], "its text is not kept"]);
  });
});

test("a text on the screen is kept when its paper is starred after its file has gone", async () => {
  await withFile(async (path, options, keeping) => {
    const read = () => fetchText(`file:${path}`, options, {}, keptTextId(paper));
    const shown = await read();
    assert.ok(shown.ok);
    rmSync(path);
    await assert.rejects(read(), { message: `cannot read ${path}: there is no such file` });
    const texts = keeping([]);
    texts.opened(paper.id, { text: shown.text, address: shown.address });
    assert.equal(await texts.end(), null);
    const again = await read();
    assert.ok(again.ok, "f reads what was kept where the file was");
    assert.deepEqual(again.text, shown.text);
  });
});
