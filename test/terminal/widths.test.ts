import assert from "node:assert/strict";
import { test } from "node:test";
import { Painter } from "../../source/terminal/painter/painter.js";
import { graphemes, graphemeWidth, hasSureWidth } from "../../source/text/cells.js";

/**
 * A terminal that gives other widths than we do to every character that terminals disagree about: one cell
 * where we reckon two, and two where we reckon one. It knows what the painter writes and nothing else.
 */
class OddTerminal {
  readonly rows: string[][];
  #x = 0;
  #y = 0;
  #region: [number, number];

  constructor(
    readonly columns: number,
    readonly height: number,
  ) {
    this.rows = Array.from({ length: height }, () => this.#blank());
    this.#region = [0, height - 1];
  }

  #blank(): string[] {
    return Array.from({ length: this.columns }, () => " ");
  }

  write(text: string): void {
    for (const [part] of text.matchAll(/\x1b\[\??[\d;]*[A-Za-z]|\x1b[DM]|\x1b\][^\x1b]*\x1b\\|[^\x1b]+/g)) {
      if (!part.startsWith("\x1b")) for (const one of graphemes(part)) this.#put(one);
      else this.#obey(part);
    }
  }

  #put(one: string): void {
    const wide = hasSureWidth(one) ? graphemeWidth(one) === 2 : graphemeWidth(one) === 1;
    const row = this.rows[this.#y] as string[];
    if (this.#x >= this.columns) return;
    // Half of a wide character that is written over is blank.
    if (row[this.#x] === "" && this.#x > 0) row[this.#x - 1] = " ";
    const last = this.#x + (wide ? 1 : 0);
    if (row[last + 1] === "") row[last + 1] = " ";
    row[this.#x] = one;
    if (wide && this.#x + 1 < this.columns) row[this.#x + 1] = "";
    this.#x += wide ? 2 : 1;
  }

  #obey(sequence: string): void {
    const [a, b] = (/[\d;]+/.exec(sequence)?.[0] ?? "").split(";").map(Number);
    const final = sequence.at(-1);
    const [top, bottom] = this.#region;
    if (sequence === "\x1bD") {
      this.rows.splice(bottom + 1, 0, this.#blank());
      this.rows.splice(top, 1);
    } else if (sequence === "\x1bM") {
      this.rows.splice(top, 0, this.#blank());
      this.rows.splice(bottom + 1, 1);
    } else if (final === "H") [this.#y, this.#x] = [(a || 1) - 1, (b || 1) - 1];
    else if (final === "C") this.#x += a || 1;
    else if (final === "K") (this.rows[this.#y] as string[]).fill(" ", this.#x);
    else if (final === "J") for (const row of this.rows) row.fill(" ");
    else if (final === "r") {
      this.#region = a ? [a - 1, (b ?? this.height) - 1] : [0, this.height - 1];
      [this.#x, this.#y] = [0, 0];
    }
  }

  text(): string {
    return this.rows.map((row) => row.join("")).join("\n");
  }
}

const doubtful = [
  "❤️",
  "👩‍🔬",
  "🇩🇪",
  "1️⃣",
  "👍🏽",
  "नमस्ते",
  "தமிழ்",
  "ไทย",
  "العربية",
  "עברית",
  "한국",
  "e\u0301",
  "☕",
  "🫨",
  "ﷺ",
  "wid\u200dth",
  "①",
  "⭐",
];
const sure = ["plain", "深度学習", "some tail", "√x", "│", "", "𝒪(n)"];

test("what a terminal shows that has other widths is what it would show if all were drawn anew", () => {
  let seed = 5;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const line = () => {
    const parts = Array.from({ length: next(5) }, () => {
      const from = next(3) === 0 ? doubtful : sure;
      return from[next(from.length)];
    });
    return `${" ".repeat(next(4))}${parts.join(" ")}${next(2) ? `${" ".repeat(next(9))}\x1b[1mtail\x1b[0m` : ""}`;
  };
  for (let round = 0; round < 60; round += 1) {
    const terminal = new OddTerminal(70, 8);
    const painter = new Painter((text) => terminal.write(text));
    let lines = Array.from({ length: 8 }, line);
    for (let frame = 0; frame < 25; frame += 1) {
      painter.paint(lines);
      const fresh = new OddTerminal(70, 8);
      const anew = new Painter((text) => fresh.write(text));
      anew.forget();
      anew.paint(lines);
      assert.equal(terminal.text(), fresh.text(), `round ${round}, frame ${frame}`);
      const kind = next(3);
      if (kind === 0) lines = [...lines.slice(1), line()];
      else if (kind === 1) lines = [line(), ...lines.slice(0, -1)];
      else lines = lines.map((one) => (next(3) === 0 ? line() : one));
    }
  }
});
