import assert from "node:assert/strict";
import { test } from "node:test";
import { Painter } from "../../source/terminal/painter/painter.js";
import { type Cell, Screen } from "../support/screen.js";

/** Looks of a line, as Ink and our own rows write them. */
const looks = [
  "",
  "\x1b[1m",
  "\x1b[2m",
  "\x1b[1;36m",
  "\x1b[7m",
  "\x1b[4m\x1b[33m",
  "\x1b[38;5;99m",
  "\x1b[0;48;2;1;2;3m",
];
const words = ["paper", " ", "   ", "深度", "👩‍🔬", "★", "e\u0301", "│", "a", "…", "", "long words to wrap"];

function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

function randomLine(next: (below: number) => number, columns: number): string {
  let line = "";
  let width = 0;
  while (width < columns - 20 && next(8) > 0) {
    const word = words[next(words.length)] as string;
    width += word.length + 2;
    line += `${looks[next(looks.length)]}${word}${next(2) === 0 ? "\x1b[0m" : ""}`;
  }
  return `${line}\x1b[0m`;
}

/** The cells as a person sees them: a blank that is bold or yellow is a blank. */
function asSeen(screen: Screen): Cell[][] {
  const unseen = { fg: null, bold: false, dim: false, italic: false };
  return screen
    .styled()
    .map((row) =>
      row.map((cell) =>
        cell.char === " " && !cell.underline && !cell.inverse ? { ...cell, ...unseen } : cell,
      ),
    );
}

test("after any frame the terminal shows exactly what a fresh one would", async () => {
  const [columns, rows] = [60, 8];
  for (let round = 0; round < 40; round += 1) {
    const next = random(round + 1);
    const screen = new Screen(columns, rows);
    const writes: Promise<void>[] = [];
    const painter = new Painter((text) => writes.push(screen.show(text)));
    const frame = Array.from({ length: rows }, () => randomLine(next, columns));
    for (let step = 0; step < 12; step += 1) {
      for (let changes = next(4); changes >= 0; changes -= 1) frame[next(rows)] = randomLine(next, columns);
      if (next(6) === 0) painter.forget();
      painter.paint(frame);
      await Promise.all(writes);
      const fresh = new Screen(columns, rows);
      await fresh.show(frame.join("\r\n"));
      assert.deepEqual(screen.rows(), fresh.rows(), `round ${round}, step ${step}`);
      assert.deepEqual(asSeen(screen), asSeen(fresh), `round ${round}, step ${step}`);
    }
  }
});

test("a list that scrolls beside other text is scrolled by the terminal, not written anew", async () => {
  const [columns, rows] = [100, 24];
  const entries = Array.from(
    { length: 80 },
    (_, at) =>
      `● ${String(at * 7919)
        .repeat(12)
        .slice(0, 50)}`,
  );
  const screen = new Screen(columns, rows);
  const writes: Promise<void>[] = [];
  let bytes = 0;
  const painter = new Painter((text) => {
    bytes = text.length;
    writes.push(screen.show(text));
  });
  const frame = (top: number) => [
    "header",
    ...Array.from({ length: rows - 3 }, (_, y) => `${entries[top + y]} │ \x1b[2mof ${top}\x1b[m`),
    "rule",
    `at ${top}`,
  ];
  let top = 10;
  painter.paint(frame(top));
  const whole = bytes;
  for (const by of [1, 1, -1, 2, -2, 3, -3, 1, 17, -17, 1]) {
    top += by;
    painter.paint(frame(top));
    await Promise.all(writes);
    const fresh = new Screen(columns, rows);
    await fresh.show(frame(top).join("\r\n"));
    assert.deepEqual(asSeen(screen), asSeen(fresh), `scrolled by ${by}`);
    if (Math.abs(by) === 1) assert.ok(bytes < whole / 2, `${bytes} bytes of ${whole}`);
  }
});

test("the same frame again writes nothing", () => {
  const written: string[] = [];
  const painter = new Painter((text) => written.push(text));
  painter.paint(["one", "\x1b[1mtwo\x1b[0m"]);
  painter.paint(["one", "\x1b[1mtwo\x1b[0m"]);
  painter.paint(["one  ", "\x1b[0;1mtwo\x1b[22m"]);
  assert.equal(written.length, 1);
});

test("one changed character writes a few bytes, whatever else is on the screen", () => {
  const written: string[] = [];
  const painter = new Painter((text) => written.push(text));
  const lines = Array.from({ length: 30 }, (_, y) => `row ${y} `.repeat(15));
  painter.paint(lines);
  lines[20] = (lines[20] as string).replace("row", "raw");
  painter.paint(lines);
  assert.ok((written[1] as string).length < 40, JSON.stringify(written[1]));
});

test("a frame is one write between begin and end of a synchronized update", () => {
  const written: string[] = [];
  new Painter((text) => written.push(text)).paint(["a", "b"]);
  assert.equal(written.length, 1);
  assert.match(written[0] as string, /^\x1b\[\?2026h[\s\S]*\x1b\[\?2026l$/);
});

test("after forget the whole frame is written to a cleared screen", async () => {
  const screen = new Screen(20, 3);
  const writes: Promise<void>[] = [];
  const painter = new Painter((text) => writes.push(screen.show(text)));
  painter.paint(["one", "two", "three"]);
  await Promise.all(writes);
  await screen.show("\x1b[2;1Hrubbish from elsewhere");
  painter.forget();
  painter.paint(["one", "two", "three"]);
  await Promise.all(writes);
  assert.deepEqual(screen.rows(), ["one", "two", "three"]);
});
