import type { Range } from "../search/highlight.js";
import { cellWidth, cutToWidth } from "../text/cells.js";
import { type Line, type Span, type Style, span, styles } from "./style.js";

/** Cells that a line takes. */
export function lineWidth(line: Line): number {
  let width = 0;
  for (const { text } of line) width += cellWidth(text);
  return width;
}

/** The line in exactly `width` cells: cut with `…`, or filled with spaces. */
export function fit(line: Line, width: number): Line {
  const fitted: Span[] = [];
  let room = Math.max(0, width);
  for (const one of line) {
    const cells = cellWidth(one.text);
    if (cells > room) {
      const text = cutToWidth(one.text, room);
      fitted.push({ ...one, text });
      room -= cellWidth(text);
      break;
    }
    fitted.push(one);
    room -= cells;
  }
  if (room > 0) fitted.push(span(" ".repeat(room)));
  return fitted;
}

/** Two lines at the two ends of `width` cells; the left one gives way. */
export function spread(left: Line, right: Line, width: number): Line {
  const rightWidth = lineWidth(right);
  if (rightWidth === 0 || rightWidth + 2 > width) return fit(left, width);
  return [...fit(left, width - rightWidth), ...right];
}

/**
 * Text in a style, with the matched parts of it in the match style. `offset` is where the text
 * begins in the text that the ranges were found in.
 */
export function withMatches(text: string, style: Style, ranges: readonly Range[], offset = 0): Line {
  if (ranges.length === 0) return [span(text, style)];
  const spans: Span[] = [];
  let at = 0;
  for (const range of ranges) {
    const start = Math.max(at, range.start - offset);
    const end = Math.min(text.length, range.end - offset);
    if (end <= start) continue;
    if (start > at) spans.push(span(text.slice(at, start), style));
    spans.push(span(text.slice(start, end), { ...style, dim: false, ...styles.match }));
    at = end;
  }
  if (at < text.length) spans.push(span(text.slice(at), style));
  return spans;
}
