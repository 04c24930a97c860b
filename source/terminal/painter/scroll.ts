import type { Grid } from "./grid.js";

/** A scroll of part of the screen by whole rows. */
export interface Scroll {
  /** First and last row of the region. */
  readonly top: number;
  readonly bottom: number;
  /** How far its rows move up; below 0 they move down. Freed rows are blank. */
  readonly by: number;
}

/** The largest distance: longer scrolls save less and cost more to find. */
const furthest = 3;
/** The fewest cells that a scroll must save to be worth its sequences. */
const worthIt = 200;
/** The sampling interval, in cells, to find promising distances. */
const sampled = 7;

/**
 * The scroll that leaves the fewest cells to write, or `null` if none saves enough. A list that scrolls by a
 * row then needs one new row, even with a paper beside it that does not scroll. For each distance, the best
 * rows are the stretch with the greatest sum of savings (Kadane's algorithm). Most steps scroll nothing, so
 * each distance is first tried on a sample of the cells.
 */
export function bestScroll(before: Grid, after: Grid): Scroll | null {
  const still = changedCells(before, after, 1);
  if (sum(still) < worthIt) return null;
  const some = changedCells(before, after, sampled);
  let best: Saving | null = null;
  for (let distance = 1; distance <= Math.min(furthest, after.rows - 1); distance += 1) {
    for (const by of [distance, -distance]) {
      if (saving(before, after, by, some, sampled).cells * sampled < worthIt / 2) continue;
      const found = saving(before, after, by, still, 1);
      if (found.cells > Math.max(worthIt, best?.cells ?? 0)) best = found;
    }
  }
  return best?.scroll ?? null;
}

/** Applies a scroll to a frame. */
export function scrollRows(grid: Grid, { top, bottom, by }: Scroll): void {
  const step = Math.sign(by);
  for (let y = by > 0 ? top : bottom; y >= top && y <= bottom; y += step) {
    const from = y + by;
    if (from < top || from > bottom) grid.clear(y);
    else grid.take(y, grid, from);
  }
}

interface Saving {
  readonly cells: number;
  readonly scroll: Scroll;
}

/**
 * The stretch of rows that gains most from a scroll of that distance. `still`: the cost of each row without
 * scrolling.
 */
function saving(before: Grid, after: Grid, by: number, still: readonly number[], step: number): Saving {
  let cells = 0;
  let scroll = { top: 0, bottom: 0, by };
  let gained = 0;
  let from = 0;
  for (let y = Math.max(0, -by); y < after.rows - Math.max(0, by); y += 1) {
    if (gained <= 0) {
      gained = 0;
      from = y;
    }
    gained += (still[y] as number) - differing(before, y + by, after, y, step);
    // Freed rows are written whole.
    const freed = by > 0 ? written(after, y + 1, by) : written(after, from + by, -by);
    if (gained - freed / step > cells) {
      cells = gained - freed / step;
      scroll = { top: Math.min(from, from + by), bottom: Math.max(y, y + by), by };
    }
  }
  return { cells, scroll };
}

/** The number of changed cells in each row without scrolling, counting every `step`th cell. */
function changedCells(before: Grid, after: Grid, step: number): number[] {
  const counts: number[] = [];
  for (let y = 0; y < after.rows; y += 1) counts.push(differing(before, y, after, y, step));
  return counts;
}

function differing(before: Grid, above: number, after: Grid, below: number, step: number): number {
  const width = Math.max(before.ends[above] as number, after.ends[below] as number);
  const [one, other] = [above * before.width, below * after.width];
  let count = 0;
  for (let x = 0; x < width; x += step) if (before.cells[one + x] !== after.cells[other + x]) count += 1;
  return count;
}

function written(grid: Grid, from: number, count: number): number {
  let cells = 0;
  for (let y = from; y < from + count; y += 1) cells += grid.ends[y] as number;
  return cells;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
