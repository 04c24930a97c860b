import { blank, type CellTable } from "./cells.js";

/** A frame as numbers of cells, row behind row in one array that the next frames use again. */
export class Grid {
  readonly rows: number;
  /** Cells that there is room for in a row. */
  readonly width: number;
  readonly cells: Int32Array;
  /** Where each row ends: what lies behind is blank. */
  readonly ends: Int32Array;

  constructor(rows: number, width: number) {
    this.rows = rows;
    this.width = width;
    this.cells = new Int32Array(rows * width);
    this.ends = new Int32Array(rows);
  }

  /** Takes a line in; there must be room for it. */
  read(y: number, line: string, table: CellTable): void {
    const at = y * this.width;
    this.#end(y, table.read(line, this.cells, at));
  }

  /** Takes over a row of a frame that has as much room. */
  take(y: number, from: Grid, row: number): void {
    const { width, cells } = this;
    const end = from.ends[row] as number;
    for (let x = 0; x < end; x += 1) cells[y * width + x] = from.cells[row * width + x] as number;
    this.#end(y, end);
  }

  /** Makes a row blank. */
  clear(y: number): void {
    this.#end(y, 0);
  }

  #end(y: number, end: number): void {
    this.ends[y] = end;
    // Also what a line that was read has left behind its end.
    this.cells.fill(blank, y * this.width + end, (y + 1) * this.width);
  }
}

/** Room that a frame of such lines needs in a row: a character takes two cells at most. */
export function widthFor(lines: readonly string[]): number {
  let longest = 0;
  for (const { length } of lines) longest = Math.max(longest, length);
  return 2 * longest;
}
