/** The last index, from `from` on, whose start is at or before `offset`. `starts` is ascending. */
export function lastNotAfter(starts: Uint32Array, offset: number, from: number): number {
  // Successive hits are close together, so gallop (double the step) before the binary search.
  let low = from;
  let step = 1;
  while (low + step < starts.length && (starts[low + step] as number) <= offset) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, starts.length) - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
