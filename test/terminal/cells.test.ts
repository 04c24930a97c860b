import assert from "node:assert/strict";
import { test } from "node:test";
import { blank, CellTable } from "../../source/terminal/painter/cells.js";
import { Painter } from "../../source/terminal/painter/painter.js";
import { toCells } from "../support/cells.js";
import { Screen } from "../support/screen.js";

test("a blank is a blank in any look that no blank shows", () => {
  assert.deepEqual(toCells("a\x1b[1;2;3;36;91;38;5;7m   \x1b[0m"), [{ text: "a", sgr: "", link: "" }]);
  for (const look of ["4", "7", "9", "41", "48;5;1", "48;2;1;2;3", "101"])
    assert.equal(toCells(`\x1b[${look}m \x1b[0m`).length, 1, look);
  assert.equal(toCells("\x1b]8;;https://a.b\x1b\\ \x1b]8;;\x1b\\").length, 1);
});

test("looks add up, and are ended one by one or all", () => {
  const looks = (line: string) => toCells(line).map(({ sgr }) => sgr);
  assert.deepEqual(looks("\x1b[36ma\x1b[1mb\x1b[22mc\x1b[39md"), ["36", "1;36", "36", ""]);
  assert.deepEqual(looks("\x1b[4;38;5;99ma\x1b[48;2;1;2;3mb\x1b[24;49mc\x1b[md"), [
    "4;38;5;99",
    "4;38;5;99;48;2;1;2;3",
    "38;5;99",
    "",
  ]);
  assert.deepEqual(looks("\x1b[97ma\x1b[31mb\x1b[107mc"), ["97", "31", "31;107"]);
});

test("wide characters are two cells, marks share one, and what is no sequence of ours shows nothing", () => {
  const texts = (line: string) => toCells(line).map(({ text }) => text);
  assert.deepEqual(texts("深e\u0301\u200b𝒪"), ["深", "", "e\u0301", "𝒪"]);
  assert.deepEqual(texts("\u0301a"), ["a"]);
  assert.deepEqual(texts("\x1b[2Ka").at(-1), "a");
  const table = new CellTable();
  const row = new Int32Array(8).fill(7);
  assert.equal(table.read("", row, 0), 0);
  assert.equal(table.read("\x1b[1m  \x1b[0m", row, 2), 0);
  assert.deepEqual([...row.subarray(2, 4)], [blank, blank]);
});

test("more kinds of cells than a table holds change nothing on the screen", async () => {
  const screen = new Screen(80, 4);
  const writes: Promise<void>[] = [];
  const painter = new Painter((text) => writes.push(screen.show(text)));
  for (let frame = 0; frame < 1_200; frame += 1) {
    // Forty characters a frame that no frame before had.
    const signs = Array.from({ length: 40 }, (_, at) =>
      String.fromCodePoint(0x4e00 + ((frame * 40 + at) % 20_000)),
    );
    painter.paint([
      "stays",
      `\x1b[38;5;${frame % 256}m${signs.join("").slice(0, 39)}\x1b[0m`,
      "",
      `at ${frame}`,
    ]);
  }
  await Promise.all(writes);
  assert.equal(screen.rows()[0], "stays");
  assert.match(screen.rows()[1] ?? "", /^[\u4e00-\u9fff]{39}$/);
  assert.equal(screen.rows()[3], "at 1199");
});
