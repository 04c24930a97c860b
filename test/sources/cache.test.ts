import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Cache } from "../../source/sources/remote/cache.js";
import { linkToDevice } from "../support/device.js";

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "papers-tui-cache-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const validators = { etag: '"v1"', lastModified: null };
const kept = (text: string, checked = 1_000) => ({ body: Buffer.from(text), validators, checked });

test("what is kept is there again, whatever is in it", (t) => {
  const path = folder(t);
  const body = Buffer.from([0, 10, 255, 123, 10]);
  assert.equal(new Cache(path).read("https://a.example/"), null);
  assert.ok(new Cache(path).write("https://a.example/", { body, validators, checked: 5 }));
  assert.deepEqual(new Cache(path).read("https://a.example/"), { body, validators, checked: 5 });
  assert.equal(new Cache(path).read("https://a.example/?"), null);
});

test("a damaged answer counts as none, and is replaced", (t) => {
  const path = folder(t);
  const cache = new Cache(path);
  const address = "https://a.example/";
  const file = () => join(path, "answers", readdirSync(join(path, "answers"))[0] as string);
  const damages: ((name: string) => void)[] = [
    (name) => truncateSync(name, 20),
    (name) => truncateSync(name, readFileSync(name).length - 1),
    (name) => writeFileSync(name, ""),
    (name) => writeFileSync(name, readFileSync(name, "utf8").replace("papers", "paperz")),
    (name) => writeFileSync(name, "{}\nx"),
  ];
  for (const damage of damages) {
    cache.write(address, kept("the papers"));
    assert.ok(cache.read(address));
    damage(file());
    assert.equal(cache.read(address), null, damage.toString());
  }
});

test("an answer that others may write to counts as none, and is replaced by one that they may not", {
  skip: process.platform === "win32",
}, (t) => {
  const path = folder(t);
  const cache = new Cache(path);
  const address = "https://a.example/";
  cache.write(address, kept("the papers"));
  const file = join(path, "answers", readdirSync(join(path, "answers"))[0] as string);
  // Left from a time when the folder was open to all.
  chmodSync(file, 0o666);
  assert.equal(cache.read(address), null);
  assert.equal(cache.has(address), false);
  assert.deepEqual([...cache.bodies()], []);
  assert.ok(cache.write(address, kept("the papers")));
  assert.equal(cache.read(address)?.body.toString(), "the papers");
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test("past the limit the answers used longest ago go", (t) => {
  const cache = new Cache(folder(t), 5_000);
  for (let at = 1; at <= 6; at += 1) {
    cache.write(`https://a.example/${at}`, kept("x".repeat(1_000)));
    cache.touch(`https://a.example/${at}`, at * 1_000_000);
    cache.touch("https://a.example/1", at * 1_000_000 + 1);
  }
  const there = [1, 2, 3, 4, 5, 6].filter((at) => cache.read(`https://a.example/${at}`));
  assert.deepEqual([there.includes(1), there.includes(2), there.includes(6)], [true, false, true]);
  assert.ok(there.length <= 4);
});

test("where nothing can be kept, nothing is, and that is all", (t) => {
  const path = join(folder(t), "cache");
  writeFileSync(path, "in the way");
  const cache = new Cache(path);
  assert.equal(cache.write("https://a.example/", kept("papers")), false);
  assert.equal(cache.read("https://a.example/"), null);
  assert.equal(readFileSync(path, "utf8"), "in the way");
});

test("a folder that others may write to, or that is a link, is neither read nor written", (t) => {
  const path = folder(t);
  const address = "https://a.example/";
  assert.ok(new Cache(path).write(address, kept("ours")));
  const answers = join(path, "answers");
  for (const mode of [0o777, 0o720, 0o702]) {
    chmodSync(answers, mode);
    const cache = new Cache(path);
    assert.equal(cache.read(address), null, mode.toString(8));
    assert.equal(cache.write(address, kept("theirs")), false);
    assert.deepEqual([...cache.bodies()], []);
  }
  // What others could only read is closed to them, and used.
  chmodSync(answers, 0o755);
  assert.equal(new Cache(path).read(address), null);
  assert.ok(new Cache(path).write("https://b.example/", kept("ours too")));
  assert.equal(new Cache(path).read(address)?.body.toString(), "ours");
  const linked = folder(t);
  symlinkSync(answers, join(linked, "answers"));
  assert.equal(new Cache(linked).read(address), null);
  assert.equal(new Cache(linked).write(address, kept("theirs")), false);
});

test("a pipe, a folder, a device or a link in place of an answer hangs nothing and is replaced", (t) => {
  const path = folder(t);
  const address = "https://a.example/";
  const cache = new Cache(path);
  cache.write(address, kept("first"));
  const file = join(path, "answers", readdirSync(join(path, "answers"))[0] as string);
  const elsewhere = join(path, "elsewhere");
  writeFileSync(elsewhere, "not ours to replace");
  const places: Record<string, () => unknown> = {
    pipe: () => spawnSync("mkfifo", [file]),
    folder: () => mkdirSync(join(file, "in", "it"), { recursive: true }),
    device: () => linkToDevice(file),
    "link to itself": () => symlinkSync(file, file),
    link: () => symlinkSync(elsewhere, file),
  };
  for (const [name, place] of Object.entries(places)) {
    rmSync(file, { recursive: true, force: true });
    place();
    assert.equal(cache.read(address), null, name);
    assert.deepEqual(
      [...cache.bodies()].map(String).filter((body) => body !== ""),
      [],
      name,
    );
    cache.touch(address, 1_000);
    assert.ok(cache.write(address, kept(name)), name);
    assert.equal(cache.read(address)?.body.toString(), name);
  }
  assert.equal(readFileSync(elsewhere, "utf8"), "not ours to replace");
  assert.deepEqual(readdirSync(join(path, "answers")).length, 1, "nothing temporary is left");
});

test("a folder that is deleted while the program runs is made again", (t) => {
  const path = folder(t);
  const cache = new Cache(path);
  cache.write("https://a.example/", kept("one"));
  rmSync(join(path, "answers"), { recursive: true });
  assert.equal(cache.read("https://a.example/"), null);
  assert.ok(cache.write("https://a.example/", kept("two")));
  assert.equal(cache.read("https://a.example/")?.body.toString(), "two");
});
