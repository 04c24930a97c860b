import assert from "node:assert/strict";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openLibrary } from "../../source/library/library.js";
import { markBits } from "../../source/papers/marks.js";
import { brokenState, mendState, moveState } from "../../source/sync/move.js";
import { run, withHome } from "../e2e/program.js";
import { clockFrom, mark, temporaryDirectory, undoable } from "../library/support.js";
import { isWindows, treeOf } from "./attacks.js";

const now = clockFrom("2026-11-23T08:00:00.000Z");

/** A home in which a paper is starred, with its marks in `state/papers-tui` and an empty `cloud`. */
function homeWithMarks(t: TestContext, isMoved = false) {
  const home = realpathSync(temporaryDirectory(t));
  const [state, cloud] = [join(home, "state", "papers-tui"), join(home, "cloud")];
  mkdirSync(cloud);
  openLibrary(state, "laptop", now).library.record("starred", [mark("1", "starred", true)]);
  if (isMoved) assert.ok(moveState(state, cloud, now).done);
  return { home, state, cloud };
}

type Home = ReturnType<typeof homeWithMarks>;

/** Ways to name the folder in which the marks already are; each gets a home and says which folder is named. */
const alreadyThere: Readonly<Record<string, (home: Home) => { state?: string; directory: string }>> = {
  "the folder above": ({ home }) => ({ directory: join(home, "state") }),
  "the folder itself": ({ state }) => ({ directory: state }),
  "with a final slash": ({ home }) => ({ directory: `${join(home, "state")}/` }),
  "with dots and slashes": ({ home }) => ({ directory: `${home}/state/./papers-tui//../` }),
  "by a link to the folder above": ({ home }) => {
    symlinkSync(join(home, "state"), join(home, "link"));
    return { directory: join(home, "link") };
  },
  "by a link to a link": ({ home }) => {
    symlinkSync("state", join(home, "one"));
    symlinkSync("one", join(home, "two"));
    return { directory: join(home, "two") };
  },
  "by a link to the folder itself": ({ home, state }) => {
    symlinkSync(state, join(home, "link"));
    return { directory: join(home, "link") };
  },
  "by a link inside to the marks": ({ state, cloud }) => {
    symlinkSync(state, join(cloud, "papers-tui"));
    return { directory: cloud };
  },
  "by a relative link inside to the marks": ({ cloud }) => {
    symlinkSync("../state/papers-tui", join(cloud, "papers-tui"));
    return { directory: cloud };
  },
  "where the folder above the state is a link": ({ home }) => {
    symlinkSync(join(home, "state"), join(home, "other"));
    return { state: join(home, "other", "papers-tui"), directory: join(home, "state") };
  },
  "where the state is a link to a folder of another name": ({ home, state, cloud }) => {
    renameSync(state, join(cloud, "papers-tui"));
    symlinkSync(cloud, join(home, "mount"));
    symlinkSync(join(home, "mount", "papers-tui"), state);
    return { directory: cloud };
  },
  "where the state is a link and the folder is what it leads to": ({ home, state, cloud }) => {
    renameSync(state, join(cloud, "my-marks"));
    symlinkSync(join(cloud, "my-marks"), state);
    symlinkSync(join(cloud, "my-marks"), join(home, "link"));
    return { directory: join(home, "link") };
  },
};

for (const [way, name] of Object.entries(alreadyThere)) {
  test(`marks moved to where they are, named ${way}, are not touched`, { skip: isWindows }, (t) => {
    const home = homeWithMarks(t);
    const { state = home.state, directory } = name(home);
    const before = treeOf(home.home);
    const moved = moveState(state, directory, now);
    assert.ok(moved.done && moved.already && moved.backup === null, JSON.stringify(moved));
    assert.deepEqual(treeOf(home.home), before);
    const { library } = openLibrary(state, "laptop", now);
    assert.equal(library.record("read", [mark("1", "read", true)]).error, null);
    assert.equal(openLibrary(state, "laptop", now).library.bits("1"), markBits.starred | markBits.read);
  });
}

test("marks that were moved are moved again by no other name", { skip: isWindows }, (t) => {
  const { home, state, cloud } = homeWithMarks(t, true);
  symlinkSync(cloud, join(home, "cloud-link"));
  const before = treeOf(home);
  for (const directory of [
    cloud,
    join(home, "cloud-link"),
    join(cloud, "papers-tui"),
    state,
    `${cloud}/../cloud/`,
  ]) {
    const moved = moveState(state, directory, now);
    assert.ok(moved.done && moved.already, directory);
  }
  assert.deepEqual(treeOf(home), before);
});

test("a folder in the marks, and one that holds them, is refused with nothing touched", {
  skip: isWindows,
}, (t) => {
  const home = homeWithMarks(t);
  const nested = join(home.home, "papers-tui", "papers-tui");
  openLibrary(nested, "laptop", now).library.record("starred", [mark("1", "starred", true)]);
  mkdirSync(join(home.state, "inside"));
  symlinkSync(join(home.state, "inside"), join(home.home, "to-inside"));
  symlinkSync(join(home.home, "nowhere"), join(home.cloud, "papers-tui"));
  const before = treeOf(home.home);
  for (const [state, directory, why] of [
    [home.state, join(home.state, "inside"), /is inside/],
    [home.state, join(home.home, "to-inside"), /is inside/],
    [nested, home.home, /your marks are inside/],
    [home.state, home.cloud, /is a link that leads nowhere; remove it/],
  ] as const) {
    const moved = moveState(state, directory, now);
    assert.ok(!moved.done);
    assert.match(moved.why, why);
  }
  assert.deepEqual(treeOf(home.home), before);
});

test("a folder above the marks that is not theirs is moved to", { skip: isWindows }, (t) => {
  const { home, state } = homeWithMarks(t);
  const moved = moveState(state, home, now);
  assert.ok(moved.done && !moved.already);
  assert.equal(openLibrary(join(home, "papers-tui"), "laptop", now).library.bits("1"), markBits.starred);
  assert.ok(lstatSync(state).isSymbolicLink());
});

/** What earlier versions left: the folder under another name, and a link that leads back to itself. */
function breakAsBefore({ home, state, cloud }: Home, isByWay: boolean): string {
  const backup = `${state}.before-sync-20261123080001`;
  const older = `${state}.before-sync-20251123080001`;
  mkdirSync(older);
  renameSync(state, backup);
  const target = isByWay ? join(cloud, "papers-tui") : state;
  if (isByWay) symlinkSync(state, target);
  symlinkSync(target, state);
  assert.ok(readdirSync(home).length > 1);
  return backup;
}

for (const isByWay of [false, true]) {
  test(`a state that is a link to itself${isByWay ? " by way of another" : ""} is found and put right`, {
    skip: isWindows,
  }, (t) => {
    const home = homeWithMarks(t);
    const { state, cloud } = home;
    const backup = breakAsBefore(home, isByWay);
    assert.match(openLibrary(state, "laptop", now).problems.join(), /papers-tui doctor --fix repairs it/);
    const refused = moveState(state, home.home, now);
    assert.ok(!refused.done && /doctor --fix repairs it/.test(refused.why));
    const broken = brokenState(state);
    assert.equal(broken?.backup, backup);
    assert.match(broken ? mendState(state, broken) : "", /it is the folder that was kept as .*before-sync/);
    assert.equal(brokenState(state), null);
    const { library, problems } = openLibrary(state, "laptop", now);
    assert.deepEqual([library.bits("1"), problems], [markBits.starred, []]);
    assert.equal(undoable(library), 1);
    assert.equal(library.record("read", [mark("1", "read", true)]).error, null);
    const moved = moveState(state, cloud, now);
    assert.ok(moved.done);
    assert.equal(openLibrary(state, "laptop", now).library.bits("1"), markBits.starred | markBits.read);
  });
}

test("where nothing was kept the link is replaced by an empty folder, and other links are left alone", {
  skip: isWindows,
}, (t) => {
  const home = temporaryDirectory(t);
  const [state, dangling] = [join(home, "state"), join(home, "dangling")];
  symlinkSync(state, state);
  symlinkSync(join(home, "not mounted"), dangling);
  writeFileSync(`${state}.before-sync-20261123080001`, "a file of somebody else's");
  assert.equal(brokenState(dangling), null);
  const broken = brokenState(state);
  assert.equal(broken?.backup, null);
  assert.match(broken ? mendState(state, broken) : "", /it is an empty folder/);
  assert.equal(
    openLibrary(state, "laptop", now).library.record("read", [mark("1", "read", true)]).error,
    null,
  );
});

test("the built program: sync onto itself is a success that changes nothing, and doctor --fix repairs", {
  skip: isWindows,
}, async () => {
  await withHome(async (home) => {
    const state = join(home, ".local/state/papers-tui");
    run(["mark", "star", "2510.22543"], { home });
    const before = treeOf(home);
    for (const directory of [join(home, ".local/state"), state, "~/.local/state/"]) {
      const { code, out, err } = run(["sync", directory], { home });
      assert.deepEqual([code, err], [0, ""]);
      assert.match(out, /^Your marks are already in .*; nothing was changed\.\n/);
    }
    assert.deepEqual(treeOf(home), before);
    renameSync(state, `${state}.before-sync-20261123080001`);
    symlinkSync(state, state);
    const seen = run(["doctor"], { home });
    assert.equal(seen.code, 1);
    assert.match(
      seen.out,
      /^! marks .*leads back to itself, and your marks are in .*papers-tui doctor --fix/m,
    );
    assert.match(
      run(["doctor", "--fix"], { home }).out,
      /^ {2}repair .* it is the folder that was kept as /m,
    );
    assert.equal(run(["list", "starred", "--json"], { home }).out.includes("2510.22543"), true);
    assert.match(run(["doctor", "--fix"], { home }).out, /repair +nothing to repair/);
  });
});
