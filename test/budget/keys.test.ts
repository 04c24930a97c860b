import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import Yoga from "yoga-layout";
import { readListing } from "../../source/formats/index.js";
import { makeListing } from "../../source/papers/listing.js";
import { makeAhead } from "../../source/reader/detail/prefetch-pages.js";
import { detailView } from "../../source/reader/list/moving.js";
import { regionsOf, rowsOf } from "../../source/screen/regions.js";
import { mount } from "../../source/ui/mount.js";
import { fixture, start, using } from "../e2e/program.js";
import { Reader } from "../reader/reader.js";
import { budget } from "./budget.js";

const read = await readListing(readFileSync(fixture), { today: "2026-11-23" });
assert.ok(read.ok);
const sample = makeListing("Daily Papers", read.listing);
const size = { columns: 120, rows: 40 };

test("bytes that a step writes, and a key that changes nothing", async () => {
  await using(start(["sample"], size), async (terminal) => {
    await terminal.until("? help");
    const steps: number[] = [];
    for (let row = 2; row <= 39; row += 1) {
      const before = terminal.bytes;
      terminal.write("j");
      await terminal.until(`${row}/40`);
      steps.push(terminal.bytes - before);
    }
    steps.sort((a, b) => a - b);
    const [median = 0, most = 0] = [steps[steps.length >> 1], steps.at(-1)];
    assert.ok(median <= budget.step.medianBytes, `${median} bytes a step`);
    assert.ok(most <= budget.step.mostBytes, `${most} bytes for a step`);
  });
});

test("a hundred steps in one write are a frame or two", async () => {
  await using(start(["sample"], size), async (terminal) => {
    await terminal.until("? help");
    const frames = () => terminal.raw().split("\x1b[?2026h").length;
    // The first comes while Ink may still be loaded, the second when it draws.
    for (const [key, place] of [
      ["j", "40/40"],
      ["k", "1/40"],
    ] as const) {
      const before = frames();
      terminal.write(key.repeat(100));
      await terminal.until(place);
      assert.ok(frames() - before <= budget.burst.frames, `${frames() - before} frames`);
    }
  });
});

test("Ink has two nodes for each region, and lays out nothing at a step", async () => {
  const { create } = Yoga.Node;
  let made = 0;
  Yoga.Node.create = (config) => {
    made += 1;
    return create(config);
  };
  let frames = 0;
  const reader = new Reader(sample, size);
  const mounted = mount(reader.store, { color: true, links: true }, () => {
    frames += 1;
  });
  try {
    assert.ok(made > 0 && made <= budget.ink.nodes, `${made} nodes`);
    const [nodes, shown] = [made, frames];
    for (const key of "jjjjkkGgvV") {
      reader.type(key);
      await new Promise(setImmediate);
    }
    assert.equal(made, nodes);
    assert.equal(frames - shown, 10, "a frame a key");
    reader.type("/");
    await new Promise(setImmediate);
    assert.ok(made <= budget.ink.nodesWithPrompt, `${made} nodes with the prompt`);
  } finally {
    mounted.unmount();
    await mounted.ended;
    Yoga.Node.create = create;
  }
});

test("a step rebuilds only the rows that the cursor leaves and enters", () => {
  const reader = new Reader(sample, size);
  const rows = () => regionsOf(reader.model).find(({ name }) => name === "list")?.lines ?? [];
  for (const keys of ["j", "j", "k", "5j"]) {
    const before = new Set(rows());
    reader.type(keys);
    const after = rows();
    const anew = after.filter((line) => !before.has(line)).length;
    assert.ok(anew > 0 && anew <= budget.step.rows, `${anew} rows of ${after.length}`);
  }
  const before = new Set(rows());
  reader.type("s");
  assert.equal(rows().filter((line) => !before.has(line)).length, 1, "a mark changes the row of its paper");
});

test("a step in a listing of 100,000 looks at no more of it than in one of 200", () => {
  let walks = 0;
  class Marks extends Uint8Array {
    override [Symbol.iterator]() {
      walks += 1;
      return super[Symbol.iterator]();
    }
  }
  const looked = (papers: number) => {
    let count = 0;
    const paper = (at: number) => {
      count += 1;
      return sample.paper(at % sample.size);
    };
    const listing = { ...sample, size: papers, paper };
    const reader = new Reader(listing, size);
    reader.send({ type: "loaded", listing, marks: new Marks(papers) });
    rowsOf(reader.type("jjj").model);
    [count, walks] = [0, 0];
    rowsOf(reader.type("j").model);
    assert.equal(walks, 0, "the marks of all papers were walked through");
    return count;
  };
  const few = looked(200);
  assert.ok(few > 0);
  assert.equal(looked(100_000), few);
});

test("the pages above and below the cursor are there before they are asked for", () => {
  const reader = new Reader(sample, size).type("5j");
  makeAhead(reader.model);
  for (const cursor of [4, 6]) {
    const { lines } = detailView({ ...reader.model, cursor }) ?? {};
    assert.ok(lines !== undefined && lines === detailView({ ...reader.model, cursor })?.lines);
  }
  let rendered = 0;
  const paper = (at: number) =>
    new Proxy(sample.paper(at), {
      get: (target, key) => {
        if (key === "abstract") rendered += 1;
        return Reflect.get(target, key);
      },
    });
  const papers = new Map([4, 5, 6].map((at) => [at, paper(at)]));
  const listing = { ...sample, paper: (at: number) => papers.get(at) ?? sample.paper(at) };
  const model = { ...reader.model, listing };
  makeAhead(model);
  const made = rendered;
  assert.ok(made > 0);
  detailView({ ...model, cursor: 6 });
  detailView({ ...model, cursor: 4 });
  assert.equal(rendered, made);
});
