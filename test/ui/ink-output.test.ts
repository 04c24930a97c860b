import assert from "node:assert/strict";
import { test } from "node:test";
import { type InkOutput, withShortcut } from "../../source/ui/ink-output.js";
import { toCells } from "../support/cells.js";

interface Writable extends InkOutput {
  write(x: number, y: number, text: string, options: { transformers: ((text: string) => string)[] }): void;
  clip(clip: object): void;
  unclip(): void;
}
type OutputClass = new (options: { width: number; height: number }) => Writable;

// Ink does not export it; the build wraps this file.
const path = new URL("../../node_modules/ink/build/output.js", import.meta.url).href;
const Output = ((await import(path)) as { default: OutputClass }).default;
const Quick = withShortcut(Output);

type Write = readonly [x: number, y: number, text: string];

function frame(Kind: OutputClass, writes: readonly Write[], also?: (output: Writable) => void): string[] {
  const output = new Kind({ width: 40, height: 6 });
  also?.(output);
  for (const [x, y, text] of writes) output.write(x, y, text, { transformers: [(line) => line] });
  return output.get().output.split("\n");
}

function same(writes: readonly Write[], also?: (output: Writable) => void): void {
  const [inks, quick] = [frame(Output, writes, also), frame(Quick, writes, also)];
  assert.deepEqual(quick.map(toCells), inks.map(toCells), JSON.stringify(writes));
}

test("texts side by side are the frame that Ink makes", () => {
  same([
    [0, 0, "\x1b[1mheader\x1b[0m"],
    [0, 1, " ● paper"],
    [12, 1, "\x1b[2m│\x1b[0m"],
    [14, 1, "深度 👩‍🔬 \x1b[1;4;33mmatch\x1b[0m"],
    [39, 5, "x"],
  ]);
});

test("overlapping, clipped and many-lined texts are left to Ink", () => {
  same([
    [0, 0, "one two three"],
    [4, 0, "TWO"],
  ]);
  same([[0, 0, "one\ntwo\nthree"]]);
  same([[0, 0, "a long line of text"]], (output) => output.clip({ x1: 2, x2: 8, y1: 0, y2: 1 }));
  same([[3, 9, "below the screen"]]);
});

test("any frame of single lines is the same, whatever their widths and styles", () => {
  let seed = 5;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const texts = [
    "a",
    "words",
    "深",
    "👍🏽",
    "★ ",
    "\x1b[7m \x1b[0m",
    "\x1b[1;36m▌\x1b[0m",
    "e\u0301",
    "\x1b[2mdim and \x1b[22mnot\x1b[0m",
  ];
  for (let round = 0; round < 500; round += 1) {
    const writes = Array.from(
      { length: next(8) },
      (): Write => [next(34), next(6), texts[next(texts.length)] as string],
    );
    same(writes);
  }
});
