import stringWidth from "./string-width.js";

/** What Ink's renderer asks of its `Output` (ink/build/output.js): texts at places, then the frame. */
export interface InkOutput {
  readonly operations: readonly Operation[];
  readonly height: number;
  get(): { output: string; height: number };
}

interface Operation {
  readonly type: string;
  readonly x?: number;
  readonly y?: number;
  readonly text?: string;
  readonly transformers?: readonly ((text: string, index: number) => string)[];
}

interface Piece {
  readonly x: number;
  readonly text: string;
}

/**
 * Ink's `Output` with a short way for frames like ours. Ink takes every text apart into characters,
 * lays them into a grid of cells, and puts each row of the grid together again, at every frame: most
 * of a frame's time and nearly all of its garbage. Where texts neither overlap nor are clipped, a row is
 * just those texts side by side. All else goes the long way, as before.
 */
export function withShortWay<T extends new (...args: never[]) => InkOutput>(Output: T): T {
  // @ts-expect-error a mixin's constructor takes any[], which the rest of the code is kept free of
  return class extends Output {
    override get() {
      const rows = sideBySide(this.operations, this.height);
      return rows ? { output: rows.join("\n"), height: this.height } : super.get();
    }
  };
}

/** The rows, where each is a few texts side by side; `null` where a frame is not that simple. */
function sideBySide(operations: readonly Operation[], height: number): string[] | null {
  const rows: Piece[][] = [];
  for (let y = 0; y < height; y += 1) rows.push([]);
  for (const { type, x, y, text = "", transformers = [] } of operations) {
    if (type !== "write" || x === undefined || y === undefined || x < 0) return null;
    const texts = text.split("\n");
    // A style that goes on behind the end of its line is left to Ink.
    if (texts.length > 1 && text.includes("\x1b")) return null;
    for (let index = 0; index < texts.length; index += 1) {
      const row = rows[y + index];
      if (!row) return null;
      let shown = texts[index] as string;
      for (const transform of transformers) shown = transform(shown, index);
      if (shown !== "") row.push({ x, text: shown });
    }
  }
  const lines: string[] = [];
  for (const row of rows) {
    const line = joined(row);
    if (line === null) return null;
    lines.push(line.trimEnd());
  }
  return lines;
}

/** Texts side by side; `null` where they overlap. */
function joined(row: Piece[]): string | null {
  const [only] = row;
  // Most rows are one text, which nobody needs to measure.
  if (row.length === 1 && only) return only.x === 0 ? only.text : " ".repeat(only.x) + only.text;
  row.sort((a, b) => a.x - b.x);
  let line = "";
  let end = 0;
  for (const { x, text } of row) {
    if (x < end) return null;
    line += " ".repeat(x - end) + text;
    end = x + stringWidth(text);
  }
  return line;
}
