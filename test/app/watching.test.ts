import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Watching } from "../../source/app/watch-marks.js";
import { temporaryDirectory } from "../library/support.js";

/** Watches, and gives a promise of the next look; the test ends where it never comes. */
function watched(t: TestContext, directory: string): () => Promise<void> {
  let report = () => {};
  // Timers of the program keep no process alive: the test has to.
  const alive = setInterval(() => {}, 1_000);
  const watching = new Watching(directory, () => report());
  t.after(() => {
    watching.stop();
    clearInterval(alive);
  });
  watching.start();
  return () =>
    new Promise((resolve) => {
      report = resolve;
    });
}

test("a write into a directory is reported", async (t) => {
  const directory = temporaryDirectory(t);
  const next = watched(t, directory);
  const look = next();
  writeFileSync(join(directory, "marks-other.jsonl"), "x");
  await look;
});

test("a directory that is not there yet is looked for, and then watched", async (t) => {
  const directory = join(temporaryDirectory(t), "later");
  const next = watched(t, directory);
  await next();
  mkdirSync(directory);
  await next();
  const look = next();
  writeFileSync(join(directory, "marks-other.jsonl"), "x");
  await look;
});

for (const [what, replace] of [
  ["removed and made again", (directory: string) => rmSync(directory, { recursive: true })],
  ["replaced by another", (directory: string) => renameSync(directory, `${directory}.old`)],
] as const) {
  test(`a directory that is ${what} is watched on`, async (t) => {
    const directory = join(temporaryDirectory(t), "state");
    mkdirSync(directory);
    writeFileSync(join(directory, "marks-one.jsonl"), "x");
    const next = watched(t, directory);
    const look = next();
    replace(directory);
    await look;
    const again = next();
    mkdirSync(directory);
    await again;
    const written = next();
    writeFileSync(join(directory, "marks-other.jsonl"), "x");
    await written;
  });
}

test("nothing is looked at where nothing happens in a watched directory", {
  skip: process.platform !== "linux",
}, async (t) => {
  const directory = temporaryDirectory(t);
  const kept = t.mock.timers;
  kept.enable({ apis: ["setInterval", "setTimeout"] });
  let looks = 0;
  const watching = new Watching(directory, () => {
    looks += 1;
  });
  t.after(() => watching.stop());
  watching.start();
  kept.tick(60_000);
  assert.equal(looks, 0);
});
