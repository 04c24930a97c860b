import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { compactJournal } from "../../source/library/compaction.js";
import { renewImage } from "../../source/library/image-writer.js";
import { type Library, openLibrary } from "../../source/library/library.js";
import { type ImagePlace, readImage } from "../../source/library/marks-image.js";
import { atOnce } from "../../source/library/steps.js";
import { markBits } from "../../source/papers/marks.js";
import { liveOn, type Plan, preempted, undisturbed, watchFiles } from "./preempted.js";
import { line, mark, temporaryDirectory } from "./support.js";

const start = Date.parse("2026-11-23T08:00:00.000Z");
let unwatch = () => {};
before(() => {
  unwatch = watchFiles();
});
after(() => unwatch());

/** Begins a journal in which there is something to leave out. */
function begin(state: string): void {
  mkdirSync(state);
  const lines = Array.from({ length: 20 }, (_, index) =>
    line(
      `desktop:r-${index + 1}`,
      new Date(start - 60_000 + index).toISOString(),
      "x",
      "read",
      index % 2 === 0,
    ),
  );
  writeFileSync(join(state, "marks-laptop.jsonl"), lines.join(""));
}

const undisturbedPlan: Plan = { others: new Map(), killedAt: 0 };

function opened(state: string, now: () => number): Library {
  return undisturbed(() => openLibrary(state, "laptop", now).library);
}

function placeOf(state: string): ImagePlace {
  return { cache: `${state}-cache`, state, machine: "laptop", program: "1" };
}

/** The same by the image of the marks, where there is one that fits. */
function openedByImage(state: string, now: () => number): Library {
  return openLibrary(state, "laptop", now, readImage(placeOf(state))).library;
}

/** Makes the image, where the journals stay long enough what they are. */
function makeImage(state: string): void {
  try {
    atOnce(renewImage(placeOf(state), Date.now(), 1));
  } catch {
    liveOn();
  }
}

/** Somebody who marks, undoes and redoes papers of their own, and knows what was acknowledged. */
class Terminal {
  #library: Library;
  readonly #known = new Map<string, boolean>();
  /** Begun and never acknowledged: may be one or the other. */
  readonly #open = new Set<string>();
  readonly #state: string;
  readonly #name: string;
  readonly #now: () => number;
  acknowledged = 0;

  constructor(state: string, name: string, now: () => number) {
    this.#state = state;
    this.#name = name;
    this.#now = now;
    this.#library = undisturbed(() => openedByImage(state, now));
  }

  /** Marks a paper, and with it perhaps takes that back and does it again; killed, another takes over. */
  act(paper: number, on: boolean, how: "mark" | "undo" | "redo" | "refresh", plan: Plan): void {
    const name = `${this.#name}-${paper}`;
    const steps: [boolean, () => string | null | undefined][] = [
      [on, () => this.#library.record("read", [mark(name, "read", on)]).error],
    ];
    if (how === "undo" || how === "redo") steps.push([!on, () => this.#library.undo()?.error]);
    if (how === "redo") steps.push([on, () => this.#library.redo()?.error]);
    const { isKilled } = preempted(plan, () => {
      for (const [value, step] of steps) {
        this.#open.add(name);
        const error = step();
        liveOn();
        assert.equal(error, null);
        this.#known.set(name, value);
        this.#open.delete(name);
        this.acknowledged += 1;
      }
      if (how === "refresh") this.#library.refresh();
    });
    if (isKilled) this.#library = undisturbed(() => openedByImage(this.#state, this.#now));
  }

  /** Takes in what the others did. */
  refresh(): Library {
    this.#library.refresh();
    return this.#library;
  }

  /** What is known to be acknowledged, to be looked for later as far as it has not changed. */
  known(): ReadonlyMap<string, boolean> {
    return new Map([...this.#known].filter(([name]) => !this.#open.has(name)));
  }

  /** Looks whether all that was acknowledged is there. */
  check(library: Library, when: string, known = this.known()): void {
    for (const [name, on] of this.known()) {
      if (known.get(name) === on) assert.equal(library.bits(name), on ? markBits.read : 0, `${name} ${when}`);
    }
  }
}

/** Two that go by before any two calls of `act`, the first `first`, in all ways there are. */
function betweenAnyTwo(
  home: string,
  act: "mark" | "compact",
  first: "mark" | "compact",
  second: "mark" | "compact",
) {
  let runs = 0;
  for (let from = 1; ; from += 1) {
    let calls = 0;
    for (let to = from; to === from || to <= calls; to += 1) {
      runs += 1;
      const state = join(home, `${act}-${first}-${second}-${runs}`);
      begin(state);
      let time = start;
      const now = () => {
        time += 1;
        return time;
      };
      const terminals = ["a", "b", "c"].map((name) => new Terminal(state, name, now));
      for (const terminal of terminals) terminal.act(0, true, "mark", undisturbedPlan);
      terminals[1]?.act(0, false, "undo", undisturbedPlan);
      const doing = (index: number, what: "mark" | "compact", plan: Plan): void => {
        if (what === "mark") terminals[index]?.act(1, true, "mark", plan);
        else calls = Math.max(calls, preempted(plan, () => compactJournal(state, "laptop")).calls);
      };
      const others = new Map([
        [from, () => doing(1, first, undisturbedPlan)],
        [to + 1, () => doing(2, second, undisturbedPlan)],
      ]);
      if (act === "mark") calls = 12;
      doing(0, act, { others, killedAt: 0 });
      const library = opened(state, now);
      for (const terminal of terminals) terminal.check(library, `${from} ${to}`);
    }
    if (from > calls) return runs;
  }
}

test("whatever two go by between any two calls of a mark or of a compaction", (t) => {
  const home = temporaryDirectory(t);
  const ways = [
    betweenAnyTwo(home, "mark", "compact", "mark"),
    betweenAnyTwo(home, "mark", "compact", "compact"),
    betweenAnyTwo(home, "compact", "mark", "compact"),
    betweenAnyTwo(home, "compact", "compact", "mark"),
  ];
  for (const many of ways) assert.ok(many > 60, `${ways}`);
});

/** Somebody's act, and what goes by between the calls it makes. */
interface Act {
  readonly who: number;
  readonly paper: number;
  readonly on: boolean;
  readonly how: "mark" | "undo" | "redo" | "refresh" | "open" | "image" | "compact";
  readonly killedAt: number;
  readonly others: readonly { readonly at: number; readonly act: Act }[];
}

const how = fc.constantFrom(
  "mark" as const,
  "undo" as const,
  "redo" as const,
  "refresh" as const,
  "open" as const,
  "image" as const,
  "compact" as const,
  "compact" as const,
);
/** The first call, or one of as many as a compaction makes. */
const call = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 70 }));
const kill = fc.oneof({ arbitrary: fc.constant(0), weight: 4 }, { arbitrary: call, weight: 1 });

function acts(depth: number): fc.Arbitrary<Act> {
  return fc.record({
    who: fc.nat(2),
    paper: fc.nat(3),
    on: fc.boolean(),
    how,
    killedAt: kill,
    others:
      depth === 0
        ? fc.constant([])
        : fc.array(fc.record({ at: call, act: acts(depth - 1) }), { maxLength: 3 }),
  });
}

test("whoever compacts, marks, reads and dies between whatever calls of others: nothing is lost", (t) => {
  const home = temporaryDirectory(t);
  let runs = 0;
  let acknowledged = 0;
  let killed = 0;
  let compactions = 0;
  let images = 0;
  const property = fc.property(
    fc.array(acts(2), { minLength: 3, maxLength: 14 }),
    fc.infiniteStream(fc.integer({ min: -3_000, max: 5_000 })),
    (script, steps) => {
      runs += 1;
      const state = join(home, `${runs}`);
      begin(state);
      let time = start;
      const now = () => {
        time += steps.next().value as number;
        return time;
      };
      const terminals = ["a", "b", "c"].map((name) => new Terminal(state, name, now));
      const busy = new Set<number>();
      const perform = ({ who, paper, on, how, killedAt, others }: Act): void => {
        const plan = {
          killedAt,
          others: new Map(others.map(({ at, act }) => [at, () => perform(act)])),
        };
        if (how === "open") {
          const known = terminals.map((terminal) => terminal.known());
          const came: Library[] = [];
          preempted({ ...plan, killedAt: 0 }, () => {
            came.push(openedByImage(state, now));
          });
          for (const [index, terminal] of terminals.entries()) {
            terminal.check(came[0] as Library, "read meanwhile", known[index]);
          }
          return;
        }
        if (how === "image") {
          preempted(plan, () => makeImage(state));
          return;
        }
        const free = [0, 1, 2].map((more) => (who + more) % 3).find((one) => !busy.has(one));
        if (how === "compact" || free === undefined) {
          const done = preempted(plan, () => void compactJournal(state, "laptop"));
          compactions += 1;
          killed += done.isKilled ? 1 : 0;
          return;
        }
        busy.add(free);
        (terminals[free] as Terminal).act(paper, on, how, plan);
        busy.delete(free);
        if (busy.size > 0) return;
        const library = opened(state, now);
        for (const terminal of terminals) terminal.check(library, "after an act");
        const imaged = undisturbed(() => openedByImage(state, now));
        const { all, behindImage } = undisturbed(() => imaged.sizes());
        if (behindImage < all) images += 1;
        assert.deepEqual(imaged.history(1_000), library.history(1_000));
        for (const terminal of terminals) terminal.check(imaged, "by the image");
      };
      for (const act of script) perform(act);
      const { library, problems } = openLibrary(state, "laptop", now);
      assert.deepEqual(problems, []);
      for (const [index, terminal] of terminals.entries()) {
        terminal.check(library, "in the end");
        for (const other of terminals) terminal.check(other.refresh(), `on the screen of ${index}`);
        acknowledged += terminal.acknowledged;
      }
      compactJournal(state, "laptop");
      const again = opened(state, now);
      for (const terminal of terminals) terminal.check(again, "when all is compacted");
      assert.deepEqual(again.history(1_000), library.history(1_000));
      assert.deepEqual([again.undoable, again.redoable], [library.undoable, library.redoable]);
      const files = readdirSync(state).filter((name) => name.endsWith(".jsonl"));
      assert.ok(files.length <= 1, `one file is left: ${files.join(" ")}`);
    },
  );
  fc.assert(property, { numRuns: 400 });
  assert.ok(
    compactions > 800 && killed > 80 && acknowledged > 800 && images > 40,
    `${compactions} ${killed} ${acknowledged} ${images}`,
  );
});
