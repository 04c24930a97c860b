import { cellWidth } from "../../cells.js";
import { greatest } from "../../numbers.js";

/** A rectangle of text: rows of equal width, one of which is on the baseline. */
export interface Box {
  readonly rows: readonly string[];
  /** The index of the row on the baseline. */
  readonly baseline: number;
  /** In cells. */
  readonly width: number;
}

export const emptyBox: Box = { rows: [""], baseline: 0, width: 0 };

export function textBox(text: string): Box {
  return { rows: [text], baseline: 0, width: cellWidth(text) };
}

export function isTall({ rows }: Box): boolean {
  return rows.length > 1;
}

/** A row padded to a number of cells: centred, left or right. */
export function padded(row: string, width: number, align: "left" | "center" | "right" = "center"): string {
  const free = Math.max(0, width - cellWidth(row));
  const before = align === "left" ? 0 : align === "right" ? free : Math.floor(free / 2);
  return " ".repeat(before) + row + " ".repeat(free - before);
}

/** Boxes next to each other on one baseline. */
export function beside(boxes: readonly Box[]): Box {
  const present = boxes.filter(({ width }) => width > 0);
  if (present.length === 0) return emptyBox;
  if (present.length === 1) return present[0] as Box;
  const above = greatest(
    0,
    present.map(({ baseline }) => baseline),
  );
  const below = greatest(
    0,
    present.map(({ rows, baseline }) => rows.length - 1 - baseline),
  );
  const rows: string[] = [];
  for (let y = -above; y <= below; y += 1) {
    let row = "";
    for (const box of present) row += padded(box.rows[box.baseline + y] ?? "", box.width, "left");
    rows.push(row);
  }
  return { rows, baseline: above, width: present.reduce((sum, { width }) => sum + width, 0) };
}

/** Boxes above each other; the baseline is that of box `on`. */
export function stacked(
  boxes: readonly Box[],
  on: number,
  align: "left" | "center" | "right" = "center",
): Box {
  if (boxes.length === 0) return emptyBox;
  const width = greatest(
    0,
    boxes.map((box) => box.width),
  );
  const rows = boxes.flatMap((box) =>
    box.rows.map((row) => padded(padded(row, box.width, "left"), width, align)),
  );
  const before = boxes.slice(0, on).reduce((sum, box) => sum + box.rows.length, 0);
  return { rows, baseline: before + (boxes[on]?.baseline ?? 0), width };
}

/** The same rows with another baseline. */
export function withBaseline(box: Box, baseline: number): Box {
  return { ...box, baseline: Math.max(0, Math.min(box.rows.length - 1, baseline)) };
}

export function fraction(above: Box, below: Box): Box {
  const width = Math.max(above.width, below.width, 1) + 2;
  return stacked([above, textBox("─".repeat(width)), below], 1);
}

/** A root over a box of several rows. */
export function root(inner: Box, degree: string): Box {
  const width = inner.width + 1;
  const pad = Math.max(1, cellWidth(degree));
  const rows = inner.rows.map((row, y) => {
    const isLast = y === inner.rows.length - 1;
    return `${padded(isLast ? "╲" : "", pad, "right")}│${padded(row, width, "left")}`;
  });
  const top = `${padded(degree, pad, "right")}┌${"─".repeat(width)}`;
  return { rows: [top, ...rows], baseline: inner.baseline + 1, width: pad + 1 + width };
}

const pieces: Readonly<Record<string, readonly [one: string, top: string, middle: string, bottom: string]>> =
  {
    "(": ["(", "⎛", "⎜", "⎝"],
    ")": [")", "⎞", "⎟", "⎠"],
    "[": ["[", "⎡", "⎢", "⎣"],
    "]": ["]", "⎤", "⎥", "⎦"],
    "⌈": ["⌈", "⎡", "⎢", "⎢"],
    "⌉": ["⌉", "⎤", "⎥", "⎥"],
    "⌊": ["⌊", "⎢", "⎢", "⎣"],
    "⌋": ["⌋", "⎥", "⎥", "⎦"],
    "|": ["|", "│", "│", "│"],
    "‖": ["‖", "║", "║", "║"],
  };

/** A delimiter as high as its content. */
export function delimiter(sign: string, { rows, baseline }: Box): Box {
  const height = rows.length;
  if (sign === "" || sign === ".") return emptyBox;
  if (height === 1) return textBox(sign);
  if (sign === "{" || sign === "}") return brace(sign, height, baseline);
  const piece = pieces[sign];
  if (!piece) {
    const column = Array.from({ length: height }, (_, y) =>
      y === baseline ? sign : padded("", cellWidth(sign)),
    );
    return { rows: column, baseline, width: cellWidth(sign) };
  }
  const [, top, middle, bottom] = piece;
  const column = Array.from({ length: height }, (_, y) =>
    y === 0 ? top : y === height - 1 ? bottom : middle,
  );
  return { rows: column, baseline, width: 1 };
}

function brace(sign: "{" | "}", height: number, baseline: number): Box {
  const [top, point, bottom, line] = sign === "{" ? ["⎧", "⎨", "⎩", "⎪"] : ["⎫", "⎬", "⎭", "⎪"];
  if (height === 2) return { rows: sign === "{" ? ["⎰", "⎱"] : ["⎱", "⎰"], baseline, width: 1 };
  const middle = Math.max(1, Math.min(height - 2, baseline));
  const rows = Array.from({ length: height }, (_, y) =>
    y === 0 ? top : y === height - 1 ? bottom : y === middle ? point : line,
  );
  return { rows: rows as string[], baseline, width: 1 };
}

type Align = "left" | "center" | "right";

/** Boxes in rows and columns. `aligns` applies to the columns in turn, the last one to all further ones. */
export function grid(
  cells: readonly (readonly Box[])[],
  aligns: readonly Align[],
  gapAfter: (column: number) => number,
): Box {
  const isHigh = cells.some((row) => row.some(isTall));
  const lines = alignedLines(cells, aligns, gapAfter);
  const spaced = isHigh ? lines.flatMap((line, y) => (y > 0 ? [textBox(" "), line] : [line])) : lines;
  const box = stacked(spaced, 0, "left");
  return withBaseline(box, Math.floor((box.rows.length - 1) / 2));
}

/** The rows of a grid, one box each. */
export function alignedLines(
  cells: readonly (readonly Box[])[],
  aligns: readonly Align[],
  gapAfter: (column: number) => number,
): Box[] {
  const columns = greatest(
    0,
    cells.map((row) => row.length),
  );
  const widths = Array.from({ length: columns }, (_, x) =>
    greatest(
      0,
      cells.map((row) => row[x]?.width ?? 0),
    ),
  );
  return cells.map((row) =>
    beside(
      widths.flatMap((width, x) => {
        const box = row[x] ?? emptyBox;
        const align = aligns[Math.min(x, aligns.length - 1)] ?? "center";
        const rows = box.rows.map((one) => padded(padded(one, box.width, "left"), width, align));
        const gap = x < columns - 1 ? gapAfter(x) : 0;
        const filled = { rows, baseline: box.baseline, width };
        return gap > 0 ? [filled, textBox(" ".repeat(gap))] : [filled];
      }),
    ),
  );
}
