import assert from "node:assert/strict";
import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openLibrary } from "../../../source/library/library.js";
import { mark, now, temporaryDirectory } from "../support.js";

test("a snapshot of other code, with any byte damaged, or cut short, is not used", (t) => {
  const home = temporaryDirectory(t);
  const state = join(home, "state");
  const place = { cache: join(home, "cache"), codeHash: "test" };
  const { library } = openLibrary(state, "laptop", now);
  for (let at = 0; at < 20; at += 1) library.record("read", [mark(`2501.0000${at}`, "read", true)]);
  library.record("watch", [{ paper: "watch:knots", title: "knots", on: true, filter: "rope knots" }]);
  library.record("place", [{ paper: "2501.00001", title: "One", place: "S1.p2" }]);
  library.undo();
  // Long ago: otherwise nothing of a snapshot is trusted before its journals are read.
  for (const name of readdirSync(state)) utimesSync(join(state, name), 1e9, 1e9);
  openLibrary(state, "laptop", Date.now, place).library.keepSnapshot(1);
  const [name = ""] = readdirSync(join(place.cache, "marks"));
  const path = join(place.cache, "marks", name);
  const good = readFileSync(path);
  const isUsed = (by = place) => openLibrary(state, "laptop", Date.now, by).library.bytesInSnapshot > 0;
  assert.deepEqual([isUsed(), isUsed({ ...place, codeHash: "other" })], [true, false]);
  // The beginning has what all else depends on.
  for (let at = 0; at < good.length; at += at < 1_500 ? 3 : 60) {
    const bad = Buffer.from(good);
    bad[at] = (bad[at] as number) ^ (1 << (at % 8));
    writeFileSync(path, bad);
    assert.equal(isUsed(), false, `byte ${at}: ${bad.toString("latin1", at - 20, at + 20)}`);
  }
  for (let length = 0; length < good.length; length += 50) {
    writeFileSync(path, good.subarray(0, length));
    assert.equal(isUsed(), false, `cut at ${length}`);
  }
});
