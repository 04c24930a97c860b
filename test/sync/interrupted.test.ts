import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { lstatSync, mkdirSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openLibrary } from "../../source/library/library.js";
import { markBits } from "../../source/papers/marks.js";
import { moveState } from "../../source/sync/move.js";
import { finishMove, unfinishedMove, unfinishedMoveProblem } from "../../source/sync/unfinished-move.js";
import { run, start, using, withHome } from "../e2e/program.js";
import { isWindows } from "../faults/attacks.js";
import { mark, now, temporaryDirectory } from "../library/support.js";

const child = fileURLToPath(new URL("killed-child.ts", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** A move that was killed before one of the calls, and the papers whose marks were acknowledged. */
function killedMove(home: string, state: string, call: string, nth: number): readonly string[] {
  const cloud = join(home, "cloud");
  mkdirSync(cloud, { recursive: true });
  // Marks of earlier runs, which no other terminal writes again.
  openLibrary(state, "laptop", now).library.record("starred", [mark("earlier", "starred", true)]);
  const args = ["--import", "tsx", child, state, cloud, call, String(nth)];
  const { stdout, stderr, signal } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  assert.equal(signal, "SIGKILL", stdout + stderr);
  return ["earlier", ...stdout.trim().split("\n")];
}

function lost(state: string, papers: readonly string[]): readonly string[] {
  const { library } = openLibrary(state, "laptop", now);
  return papers.filter((paper) => library.bits(paper) !== markBits.starred);
}

function homeOf(t: TestContext) {
  const home = realpathSync(temporaryDirectory(t));
  return { home, state: join(home, "state", "papers-tui"), cloud: join(home, "cloud") };
}

/** The calls of a move at which names change, in order; by the second rename the link gets its place. */
const moments = [
  ["linkSync", 1],
  ["symlinkSync", 1],
  ["renameSync", 1],
  ["renameSync", 2],
  ["renameSync", 3],
] as const;

for (const [call, nth] of moments) {
  test(`a move killed before ${call} ${nth} loses no mark`, { skip: isWindows }, (t) => {
    const { home, state, cloud } = homeOf(t);
    const papers = killedMove(home, state, call, nth);
    if (unfinishedMove(state).length > 0) {
      assert.match(unfinishedMoveProblem(state) ?? "", /interrupted.*papers-tui doctor --fix/);
      assert.match(finishMove(state, "laptop"), /was interrupted; they are in /);
    }
    assert.equal(unfinishedMoveProblem(state), null);
    assert.deepEqual(lost(state, papers), []);
    const moved = moveState(state, cloud, Date.now);
    assert.ok(moved.done, JSON.stringify(moved));
    assert.deepEqual(lost(join(cloud, "papers-tui"), papers), []);
    const left = readdirSync(join(home, "state")).filter((name) => /\.(?:moving|link)-/.test(name));
    // A link that led to nobody's folder yet is left by a kill right after it was made.
    assert.ok(
      left.every((name) => lstatSync(join(home, "state", name)).isSymbolicLink()),
      left.join(),
    );
  });
}

test("what was marked after an interrupted move, in a folder made anew, counts as well", {
  skip: isWindows,
}, (t) => {
  const { home, state } = homeOf(t);
  const papers = killedMove(home, state, "renameSync", 2);
  openLibrary(state, "laptop", now).library.record("starred", [mark("later", "starred", true)]);
  assert.ok(lost(state, papers).length > 0, "nothing was to be brought back");
  finishMove(state, "laptop");
  assert.deepEqual(lost(state, [...papers, "later"]), []);
  assert.ok(lstatSync(state).isDirectory());
  assert.match(readdirSync(join(home, "state")).join(), /before-sync-/);
});

test("the built program says that a move was interrupted, refuses another, and puts it right", {
  skip: isWindows,
}, async () => {
  await withHome(async (home) => {
    const state = join(home, ".local/state/papers-tui");
    const papers = killedMove(home, state, "renameSync", 2);
    const says = /interrupted.*papers-tui doctor --fix/;
    assert.match(run(["sync", join(home, "cloud")], { home }).err, says);
    const seen = run(["doctor"], { home });
    assert.deepEqual([seen.code, says.test(seen.out)], [1, true]);
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until(/Moving your marks was interrupted/);
      terminal.write("q");
      await terminal.exit();
    });
    assert.match(run(["doctor", "--fix"], { home }).out, /^ {2}repair .* was interrupted; they are in /m);
    assert.deepEqual(lost(state, papers), []);
    assert.match(run(["doctor", "--fix"], { home }).out, /nothing to repair/);
    assert.match(run(["sync", join(home, "cloud")], { home }).out, /^Your marks are now in /);
    assert.deepEqual(lost(state, papers), []);
  });
});
