import assert from "node:assert/strict";
import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { usualLimits } from "../../source/app/texts/background-texts.js";
import { FileTexts } from "../../source/app/texts/file-texts.js";
import { keptTextId } from "../../source/papers/identity.js";
import { makeListing } from "../../source/papers/listing.js";
import { fetchText } from "../../source/sources/texts/fetch-text.js";
import { paperOfFile } from "../../source/sources/texts/local-text.js";
import type { TextOptions } from "../../source/sources/texts/requests.js";

const words = "Pebbles were counted by hand, and the count was written down. ".repeat(20);
const page = `<html><body><article class="ltx_document"><h1 class="ltx_title ltx_title_document">Pebbles</h1>
<section class="ltx_section"><h2 class="ltx_title ltx_title_section">Start</h2><div class="ltx_para"><p class="ltx_p">${words}</p></div></section></article></body></html>`;

/** A file with a text on the screen, whose paper may be starred, and what is said of keeping it. */
function openFile(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "papers-tui-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "pebbles.html");
  writeFileSync(path, page);
  const paper = paperOfFile(path, "text");
  assert.ok(paper !== null);
  const parsed = { papers: [paper], day: null, problems: [] };
  const listing = { ...makeListing("pebbles.html", parsed), texts: new Map([[paper.id, path]]) };
  const none = "http://127.0.0.1:1";
  const options: TextOptions = {
    arxivSite: none,
    huggingFace: none,
    biorxiv: none,
    europePmc: none,
    userAgent: "test",
    cacheDirectory: join(folder, "cache"),
    keeps: true,
    now: () => Date.UTC(2025, 9, 29),
  };
  const said: string[] = [];
  let bits = 0;
  const fileTexts = new FileTexts(
    { bits: () => bits },
    () => listing,
    options,
    usualLimits,
    (text) => said.push(text),
  );
  const star = () => {
    bits = 2;
    fileTexts.marked([{ paper: paper.id, title: paper.title, starred: true }]);
    return fileTexts.end();
  };
  const read = () => fetchText(`file:${path}`, options, {}, keptTextId(paper));
  return { fileTexts, path, paper, said, star, read };
}

test("a text on the screen is kept when its paper is starred after its file has gone", async (context) => {
  const { fileTexts, path, paper, said, star, read } = openFile(context);
  const shown = await read();
  assert.ok(shown.ok);
  fileTexts.opened(paper.id, { text: shown.text, address: shown.address });
  unlinkSync(path);
  await star();
  assert.deepEqual(said, []);
  const again = await read();
  assert.ok(again.ok, "f reads what was kept where the file was");
  assert.deepEqual(again.text, shown.text);
});

test("a star whose file was gone before its text was opened says what was not saved, and why", async (context) => {
  const { path, said, star, read } = openFile(context);
  unlinkSync(path);
  await star();
  const why = `cannot read ${path}: there is no such file`;
  assert.deepEqual(said, [`marked, but the text was not saved: ${why}`]);
  await assert.rejects(read(), { message: why });
});
