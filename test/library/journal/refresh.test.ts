import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { type Library, openLibrary } from "../../../source/library/library.js";
import { markBits, markFields, type PaperChange, withMark } from "../../../source/papers/marks.js";
import { isLong } from "../../support/long.js";
import { clockFrom, line, mark, temporaryDirectory } from "../support.js";

const now = clockFrom("2026-11-23T08:00:00.000Z");
const star = (library: Library, paper: string) => library.record("starred", [mark(paper, "starred", true)]);

test("what one terminal marks is seen by the other, once", (t) => {
  const state = temporaryDirectory(t);
  const one = openLibrary(state, "laptop", now).library;
  const two = openLibrary(state, "laptop", now).library;
  assert.deepEqual(two.refresh(), []);
  star(one, "1");
  assert.deepEqual(two.refresh(), [{ paper: "1", title: "", starred: true }]);
  assert.deepEqual(two.refresh(), []);
  assert.equal(two.bits("1"), markBits.starred);
  two.record("unstarred", [mark("1", "starred", false)]);
  assert.deepEqual(two.refresh(), [], "its own changes are no news");
  assert.deepEqual(one.refresh(), [{ paper: "1", title: "", starred: false }]);
  assert.deepEqual([one.undoable, two.undoable], [2, 2]);
  assert.equal(one.undo()?.change.label, "unstarred", "the other terminal's change is undone here");
  assert.deepEqual(two.refresh(), [{ paper: "1", title: "", starred: true }]);
  assert.deepEqual([two.undoable, two.redoable], [1, 1]);
});

test("a line that is half there is taken in when it is whole", (t) => {
  const state = temporaryDirectory(t);
  const path = join(state, "marks-laptop.jsonl");
  const { library } = openLibrary(state, "laptop", now);
  star(library, "1");
  library.refresh();
  const coming = line("laptop:r-1", "2026-11-24T08:00:00.000Z", "2", "later", true);
  appendFileSync(path, coming.slice(0, 50));
  assert.deepEqual(library.refresh(), []);
  appendFileSync(path, coming.slice(50));
  assert.deepEqual(library.refresh(), [{ paper: "2", title: "", later: true }]);
});

test("another machine's journal is seen when a sync brings it, replaces it or shortens it", (t) => {
  const state = temporaryDirectory(t);
  const path = join(state, "marks-desktop.jsonl");
  const { library } = openLibrary(state, "laptop", now);
  star(library, "1");
  const at = (minute: number) => `2026-11-23T07:0${minute}:00.000Z`;
  const first = line("desktop:r-1", at(1), "2", "read", true);
  const second = line("desktop:r-2", at(2), "1", "starred", false);
  const third = line("desktop:r-3", at(3), "3", "later", true);
  const bring = (text: string) => {
    writeFileSync(`${path}.tmp`, text);
    renameSync(`${path}.tmp`, path);
    return library.refresh();
  };
  assert.deepEqual(bring(first), [{ paper: "2", title: "", read: true }]);
  assert.deepEqual(bring(first + second), [], "made before the star here, so the star stays");
  assert.deepEqual(bring(first + second + third), [{ paper: "3", title: "", later: true }]);
  assert.deepEqual(bring(third), [{ paper: "2", title: "", read: false }]);
  assert.equal(library.undoable, 1, "only what was done here");
  const again = openLibrary(state, "laptop", now).library;
  for (const paper of ["1", "2", "3"]) assert.equal(again.bits(paper), library.bits(paper));
});

test("a journal that loses what it had gets this session's marks again", (t) => {
  const state = temporaryDirectory(t);
  const path = join(state, "marks-laptop.jsonl");
  const { library } = openLibrary(state, "laptop", now);
  star(library, "1");
  star(library, "2");
  const before = readFileSync(path);
  library.refresh();
  writeFileSync(path, before.subarray(0, before.indexOf("\n") + 1));
  assert.deepEqual(library.refresh(), []);
  assert.equal(openLibrary(state, "laptop", now).library.size, 2);
  assert.equal(library.undoable, 2);
  rmSync(state, { recursive: true });
  assert.deepEqual(library.refresh(), [], "what is known is still known");
  assert.equal(library.size, 2);
});

test("a journal that cannot be read is left, and read when it can be", {
  skip: process.getuid?.() === 0 && "root may read everything",
}, (t) => {
  const state = temporaryDirectory(t);
  const path = join(state, "marks-desktop.jsonl");
  writeFileSync(path, line("desktop:r-1", "2026-11-23T07:00:00.000Z", "2", "read", true));
  const { library } = openLibrary(state, "laptop", now);
  chmodSync(path, 0);
  appendFileSync(
    join(state, "marks-other.jsonl"),
    line("o:r-1", "2026-11-23T07:00:00.000Z", "3", "read", true),
  );
  assert.deepEqual(library.refresh(), []);
  assert.equal(library.bits("2"), markBits.read);
  chmodSync(path, 0o600);
  assert.deepEqual(library.refresh(), [{ paper: "3", title: "", read: true }]);
});

test("looking when nothing happened reads no file", (t) => {
  const state = temporaryDirectory(t);
  const { library } = openLibrary(state, "laptop", now);
  star(library, "1");
  library.refresh();
  const path = join(state, "marks-laptop.jsonl");
  const { atimeMs } = statSync(path);
  for (let times = 0; times < 10; times += 1) assert.deepEqual(library.refresh(), []);
  assert.equal(statSync(path).atimeMs, atimeMs);
});

test("marks, undo and refresh in any order and process give what a new start reads", (t) => {
  const machines = ["a", "a", "b", "c"];
  const papers = ["0", "1", "2", "3"];
  const step = fc.record({
    who: fc.nat(machines.length - 1),
    what: fc.constantFrom(
      "mark" as const,
      "mark" as const,
      "undo" as const,
      "redo" as const,
      "refresh" as const,
    ),
    paper: fc.constantFrom(...papers),
    field: fc.constantFrom("read" as const, "starred" as const, "later" as const),
    on: fc.boolean(),
    minutes: fc.integer({ min: -5, max: 5 }),
  });
  const home = temporaryDirectory(t);
  let runs = 0;
  const property = fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    runs += 1;
    const state = join(home, `${runs}`);
    let time = Date.parse("2026-11-23T08:00:00.000Z");
    const clock = () => time;
    // Two terminals of one machine, and two other machines; and what is on the screen of each.
    const libraries = machines.map((machine) => openLibrary(state, machine, clock).library);
    const screens = machines.map(() => new Map<string, number>());
    const show = (who: number, changes: readonly PaperChange[]) => {
      for (const change of changes) {
        for (const field of markFields) {
          const on = change[field];
          const screen = screens[who] as Map<string, number>;
          if (on !== undefined) screen.set(change.paper, withMark(screen.get(change.paper) ?? 0, field, on));
        }
      }
    };
    for (const { who, what, paper, field, on, minutes } of steps) {
      time += minutes * 60_000;
      const library = libraries[who] as Library;
      if (what === "mark") show(who, library.record(field, [mark(paper, field, on)]).change.papers);
      else if (what === "refresh") show(who, library.refresh());
      else show(who, library[what]()?.papers ?? []);
    }
    for (const [who, library] of libraries.entries()) {
      show(who, library.refresh());
      const fresh = openLibrary(state, machines[who] as string, clock).library;
      for (const paper of papers) {
        assert.equal(library.bits(paper), fresh.bits(paper));
        assert.equal(screens[who]?.get(paper) ?? 0, fresh.bits(paper));
      }
      assert.deepEqual(library.history(500), fresh.history(500));
      assert.deepEqual([library.undoable, library.redoable], [fresh.undoable, fresh.redoable]);
      assert.equal(library.size, fresh.size);
    }
  });
  fc.assert(property, { numRuns: 150 });
});

test("processes marking at once lose nothing, and one that looks on sees it all", {
  skip: process.platform === "win32",
}, async (t) => {
  const state = temporaryDirectory(t);
  const { library } = openLibrary(state, "laptop", Date.now);
  const child = fileURLToPath(new URL("../marking-child.ts", import.meta.url));
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const printed = Array.from({ length: isLong ? 10 : 4 }, () => "");
  const seen = new Set<string>();
  const look = () => {
    for (const { paper } of library.refresh()) seen.add(paper);
  };
  await Promise.all(
    printed.map((_, index) => {
      const running = spawn(process.execPath, ["--import", "tsx", child, state, "laptop", "100", "300"], {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
      });
      running.stdout.setEncoding("utf8").on("data", (text: string) => {
        printed[index] += text;
        look();
      });
      return new Promise((resolve) => running.on("close", resolve));
    }),
  );
  const acknowledged = printed.join("").trim().split("\n");
  look();
  assert.equal(acknowledged.length, 100 * printed.length);
  for (const paper of acknowledged) assert.equal(library.bits(paper), markBits.read);
  assert.equal(seen.size, 100 * printed.length);
  assert.equal(openLibrary(state, "laptop", Date.now).library.size, 100 * printed.length);
});
