import { type Cell, isSameCell } from "./cells.js";

/** Part of the screen moved by whole rows, as a terminal's scroll region does it. */
export interface Scroll {
  /** First and last row of the region. */
  readonly top: number;
  readonly bottom: number;
  /** How far what stands in it moves up; below 0 it moves down. Rows that come free are blank. */
  readonly by: number;
}

/** Scrolls by more rows than this save less and cost more to find. */
const furthest = 3;
/** Cells that a scroll must save to be worth its sequences and the terminal's work. */
const worthIt = 200;

/**
 * The scroll after which the fewest cells are left to write, or `null` where none saves enough. A
 * list that scrolls by a row is so one new row instead of all of them, also with a paper beside it
 * that does not scroll: for each distance, the rows that would gain by it are the stretch with the
 * greatest sum (Kadane's algorithm).
 */
export function bestScroll(
  before: readonly (readonly Cell[])[],
  after: readonly (readonly Cell[])[],
): Scroll | null {
  const rows = Math.min(before.length, after.length);
  const still = Array.from({ length: rows }, (_, y) => differing(before[y], after[y]));
  if (still.reduce((sum, one) => sum + one, 0) < worthIt) return null;
  let best: Scroll | null = null;
  let most = worthIt;
  for (let distance = 1; distance <= Math.min(furthest, rows - 1); distance += 1) {
    for (const by of [distance, -distance]) {
      let sum = 0;
      let from = 0;
      for (let y = Math.max(0, -by); y < rows - Math.max(0, by); y += 1) {
        if (sum <= 0) {
          sum = 0;
          from = y;
        }
        sum += (still[y] as number) - differing(before[y + by], after[y]);
        // The rows that come free are written whole, whatever stood there before.
        const freed = by > 0 ? written(after, y + 1, by) : written(after, from + by, -by);
        if (sum - freed > most) {
          most = sum - freed;
          best = { top: Math.min(from, from + by), bottom: Math.max(y, y + by), by };
        }
      }
    }
  }
  return best;
}

/** What stands on the screen after a scroll. */
export function scrolled(cells: readonly Cell[][], { top, bottom, by }: Scroll): Cell[][] {
  return cells.map((row, y) => {
    if (y < top || y > bottom) return row;
    const from = y + by;
    return from < top || from > bottom ? [] : (cells[from] as Cell[]);
  });
}

function differing(before: readonly Cell[] = [], after: readonly Cell[] = []): number {
  if (before === after) return 0;
  let count = 0;
  const width = Math.max(before.length, after.length);
  // Cells that are alike are nearly always one object, and to ask for that alone is quicker.
  for (let x = 0; x < width; x += 1)
    if (before[x] !== after[x] && !isSameCell(before[x], after[x])) count += 1;
  return count;
}

function written(rows: readonly (readonly Cell[])[], from: number, count: number): number {
  let sum = 0;
  for (let y = from; y < from + count; y += 1) sum += rows[y]?.length ?? 0;
  return sum;
}
