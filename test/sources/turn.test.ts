import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { takeTurn } from "../../source/sources/turn.js";

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "papers-tui-turn-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("each turn is the pause behind the one before, and none is waited for when it is past", async (t) => {
  const path = folder(t);
  let time = 1_000_000;
  const turn = () => takeTurn(path, "arxiv.org", 3_000, () => time);
  assert.deepEqual([await turn(), await turn(), await turn()], [0, 3_000, 6_000]);
  time += 10_000;
  assert.equal(await turn(), 0);
});

test("turns of several processes at once are all apart", async (t) => {
  const path = folder(t);
  const module = new URL("../../source/sources/turn.ts", import.meta.url).href;
  const script = `const { takeTurn } = await import(${JSON.stringify(module)});
    let time = 0;
    const now = () => (time = Date.now());
    for (let n = 0; n < 5; n += 1) {
      const wait = await takeTurn(${JSON.stringify(path)}, "a", 1000, now);
      console.log(time + wait);
    }`;
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const times = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const args = ["--import", "tsx", "--input-type=module", "-e", script];
      const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
      return (await text(child.stdout)).trim().split("\n").map(Number);
    }),
  );
  const sorted = times.flat().sort((a, b) => a - b);
  assert.equal(sorted.length, 15);
  for (let at = 1; at < sorted.length; at += 1) {
    const apart = (sorted[at] as number) - (sorted[at - 1] as number);
    assert.ok(apart >= 1_000, `${apart} ms apart`);
  }
});

test("a lock left behind, a spoilt file and a clock set back keep nobody", async (t) => {
  const path = folder(t);
  const lock = join(path, "next-arxiv.org.lock");
  writeFileSync(lock, "");
  utimesSync(lock, 1, 1);
  assert.equal(await takeTurn(path, "arxiv.org", 3_000, () => 5_000_000), 0);
  writeFileSync(join(path, "next-arxiv.org"), "rubbish");
  assert.equal(await takeTurn(path, "arxiv.org", 3_000, () => 5_000_000), 0);
  assert.equal(await takeTurn(path, "arxiv.org", 3_000, () => 1_000), 0);
});
