/**
 * A whole number with thousands separators: `12,345`. `toLocaleString` would load the locale's data on first
 * use, 4 ms of the time to the first screen.
 */
export function thousands(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A count and its noun: `1 paper`, `1,200 papers`. The plural may be given: `entries`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`;
}

/**
 * The greatest of numbers and `least`. `Math.max(...numbers)` throws where they are more than some ten thousand.
 */
export function greatest(least: number, numbers: Iterable<number>): number {
  let found = least;
  for (const number of numbers) if (number > found) found = number;
  return found;
}
