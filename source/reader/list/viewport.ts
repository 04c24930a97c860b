/**
 * The first row to show so that the cursor is on screen. Scrolls no more than necessary, and leaves no
 * empty rows if the list is long enough to fill them. In rows; `height` is at least 1.
 */
export function scrollTo(cursor: number, top: number, height: number, size: number): number {
  const lowest = Math.max(0, size - height);
  let next = top;
  if (cursor < next) next = cursor;
  if (cursor >= next + height) next = cursor - height + 1;
  return clamp(next, 0, lowest);
}

/** `value`, or the nearest bound. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
