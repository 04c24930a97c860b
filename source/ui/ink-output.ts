import stringWidth from "./string-width.js";

/** The part of Ink's `Output` (ink/build/output.js) that its renderer uses: texts at positions, then the frame. */
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
 * Ink's `Output` with a shortcut for frames like ours. For every frame Ink splits each text into characters, puts
 * them into a grid of objects, and joins each row again: most of a key's time and nearly all of its garbage.
 * If texts neither overlap nor are clipped, a row is just its texts side by side. All other frames are Ink's.
 */
export function withShortcut<T extends new (...args: never[]) => InkOutput>(Output: T): T {
  // @ts-expect-error: TypeScript wants any[] for the constructor of a mixin
  return class extends Output {
    override get() {
      const rows = sideBySide(this.operations, this.height);
      return rows ? { output: rows.join("\n"), height: this.height } : super.get();
    }
  };
}

/** The rows of a frame; `null` if it is not that simple. */
function sideBySide(operations: readonly Operation[], height: number): string[] | null {
  const rows: Piece[][] = Array.from({ length: height }, () => []);
  for (const { type, x, y, text = "", transformers = [] } of operations) {
    if (type !== "write" || x === undefined || y === undefined || x < 0) return null;
    const texts = text.split("\n");
    // Only Ink carries a style over the end of a line.
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

/** Texts side by side as one line; `null` if they overlap. */
function joined(row: Piece[]): string | null {
  const [only] = row;
  // Most rows are one text, which need not be measured.
  if (row.length === 1 && only) return " ".repeat(only.x) + only.text;
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
