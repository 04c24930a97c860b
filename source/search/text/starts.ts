/** The last of the ascending starts, from place `from` on, that is not after an offset. */
export function lastNotAfter(starts: Uint32Array, offset: number, from: number): number {
  // Hits are near each other: what is looked for is soon passed by steps that double.
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
