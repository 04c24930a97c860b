import { blank, type CellTable } from "./cells.js";

/** A frame as cell numbers, row after row in one array that later frames reuse. */
export class Grid {
  readonly rows: number;
  /** Cells per row. */
  readonly width: number;
  readonly cells: Int32Array;
  /** The end of each row; cells after it are blank. */
  readonly ends: Int32Array;

  constructor(rows: number, width: number) {
    this.rows = rows;
    this.width = width;
    this.cells = new Int32Array(rows * width);
    this.ends = new Int32Array(rows);
  }

  /** Reads a line into a row, which must have room for it. */
  read(y: number, line: string, table: CellTable): void {
    const at = y * this.width;
    this.#end(y, table.read(line, this.cells, at));
  }

  /** Copies a row of a frame with the same width. */
  take(y: number, from: Grid, row: number): void {
    const { width, cells } = this;
    const end = from.ends[row] as number;
    for (let x = 0; x < end; x += 1) cells[y * width + x] = from.cells[row * width + x] as number;
    this.#end(y, end);
  }

  clear(y: number): void {
    this.#end(y, 0);
  }

  #end(y: number, end: number): void {
    this.ends[y] = end;
    // Also cells that a longer line left after its end.
    this.cells.fill(blank, y * this.width + end, (y + 1) * this.width);
  }
}

/** The row width that these lines need: at most two cells per character. */
export function widthFor(lines: readonly string[]): number {
  let longest = 0;
  for (const { length } of lines) longest = Math.max(longest, length);
  return 2 * longest;
}
