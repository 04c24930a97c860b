import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { takeTurn } from "../../source/sources/remote/rate-limit.js";
import { linkToDevice } from "../support/device.js";

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "papers-tui-turn-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("each slot is one pause after the one before, and a past slot needs no wait", async (t) => {
  const path = folder(t);
  let time = 1_000_000;
  const turn = () => takeTurn(path, "arxiv.org", 3_000, () => time);
  assert.deepEqual([await turn(), await turn(), await turn()], [0, 3_000, 6_000]);
  time += 10_000;
  assert.equal(await turn(), 0);
});

test("turns of several processes at once are all apart", async (t) => {
  const path = folder(t);
  const module = new URL("../../source/sources/remote/rate-limit.js", import.meta.url).href;
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

test("an abandoned lock, a damaged file and a clock set back block nobody", async (t) => {
  const path = folder(t);
  const lock = join(path, "next-arxiv.org.lock");
  writeFileSync(lock, "");
  utimesSync(lock, 1, 1);
  assert.equal(await takeTurn(path, "arxiv.org", 3_000, () => 5_000_000), 0);
  writeFileSync(join(path, "next-arxiv.org"), "rubbish");
  assert.equal(await takeTurn(path, "arxiv.org", 3_000, () => 5_000_000), 0);
  assert.equal(await takeTurn(path, "arxiv.org", 3_000, () => 1_000), 0);
});

test("a pipe, folder, device or link in place of the lock or the file hangs nothing", async (t) => {
  const path = folder(t);
  const places: Record<string, (at: string) => unknown> = {
    pipe: (at) => spawnSync("mkfifo", [at]),
    folder: (at) => mkdirSync(join(at, "in", "it"), { recursive: true }),
    device: linkToDevice,
    "link to itself": (at) => symlinkSync(at, at),
  };
  for (const [name, place] of Object.entries(places)) {
    for (const file of ["next-arxiv.org.lock", "next-arxiv.org"]) {
      const at = join(path, file);
      rmSync(at, { recursive: true, force: true });
      place(at);
      const begun = performance.now();
      const wait = await takeTurn(path, "arxiv.org", 3_000, Date.now);
      // A folder in place of the file cannot be replaced: then processes do not agree, and nobody hangs.
      assert.ok(wait === null || wait >= 0, `${name} as ${file}`);
      assert.ok(performance.now() - begun < 11_000, `${name} as ${file}`);
      rmSync(at, { recursive: true, force: true });
    }
  }
});

test("a lock of a time that is yet to come keeps nobody", async (t) => {
  const path = folder(t);
  const lock = join(path, "next-arxiv.org.lock");
  writeFileSync(lock, "");
  utimesSync(lock, Date.now() / 1_000 + 86_400, Date.now() / 1_000 + 86_400);
  assert.equal(await takeTurn(path, "arxiv.org", 3_000, Date.now), 0);
});

test("in a folder that others may write to no turn is taken", async (t) => {
  const path = folder(t);
  chmodSync(path, 0o777);
  assert.equal(await takeTurn(path, "arxiv.org", 3_000, Date.now), null);
});
