import type { Range } from "../search/match/highlight.js";
import { cellWidth, cutToWidth } from "../text/cells.js";
import type { TexLink, TexStyle } from "../text/tex/rendered.js";
import { type Line, type Span, type Style, styles as screenStyles, span } from "./style.js";

/** The width of a line in cells. */
export function lineWidth(line: Line): number {
  let width = 0;
  for (const { text } of line) width += cellWidth(text);
  return width;
}

/** The line in exactly `width` cells: cut with `…`, or filled with spaces in the style `filling`. */
export function fit(line: Line, width: number, filling: Style = screenStyles.plain): Line {
  const fitted: Span[] = [];
  let room = Math.max(0, width);
  for (const one of line) {
    const cells = cellWidth(one.text);
    if (cells > room) {
      const last = fitted.at(-1);
      // The line may be cut exactly between two spans; the sign then takes the place of the last cell.
      if (
        room === 0 &&
        last !== undefined &&
        line.slice(line.indexOf(one)).some(({ text }) => text.trim() !== "")
      ) {
        const width = cellWidth(last.text);
        const text = cutToWidth(`${last.text}……`, width);
        fitted[fitted.length - 1] = { ...last, text };
        room = width - cellWidth(text);
        break;
      }
      const text = cutToWidth(one.text, room);
      fitted.push({ ...one, text });
      room -= cellWidth(text);
      break;
    }
    fitted.push(one);
    room -= cells;
  }
  if (room > 0) fitted.push(span(" ".repeat(room), filling));
  return fitted;
}

/** Two lines at the ends of `width` cells; the left one is cut if they do not fit. */
export function spread(left: Line, right: Line, width: number): Line {
  const rightWidth = lineWidth(right);
  if (rightWidth === 0 || rightWidth + 2 > width) return fit(left, width);
  return [...fit(left, width - rightWidth - 1), span(" "), ...right];
}

/** The line in fewer runs: adjacent runs of the same style are merged. */
export function merged(line: Line): Line {
  const runs: Span[] = [];
  for (const one of line) {
    const last = runs.at(-1);
    if (last && last.style === one.style) runs[runs.length - 1] = span(last.text + one.text, one.style);
    else runs.push(one);
  }
  return runs;
}

/** What is drawn over a text, by offsets into the original text. */
export interface Laid {
  readonly ranges?: readonly Range[];
  /** The range that the reader jumped to. */
  readonly chosen?: Range;
  readonly styles?: readonly TexStyle[];
  readonly links?: readonly TexLink[];
}

/** The styles of TeX emphasis. Small capitals are shown as ordinary letters. */
const texStyles: Readonly<Record<TexStyle["style"], Style>> = {
  bold: { bold: true },
  italic: { italic: true },
  code: { color: "code" },
  smallcaps: {},
};

/**
 * Text in a style, with TeX emphasis, then links, then filter matches drawn over it. `offset` is where the
 * text begins in the original text that the ranges refer to.
 */
export function composed(text: string, style: Style, laid: Laid, offset = 0): Line {
  const ranges = within(laid.ranges, offset, text.length);
  const styles = within(laid.styles, offset, text.length);
  const links = within(laid.links, offset, text.length);
  if (ranges.length === 0 && styles.length === 0 && links.length === 0) return [span(text, style)];
  const cuts = new Set([0, text.length]);
  for (const { start, end } of [...ranges, ...styles, ...links]) {
    for (const at of [start - offset, end - offset]) if (at > 0 && at < text.length) cuts.add(at);
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1] as number;
    const covers = (one: Range) => one.start - offset <= start && one.end - offset >= end;
    let look: Style = style;
    for (const one of styles) if (covers(one)) look = { ...look, ...texStyles[one.style] };
    const link = links.find(covers);
    if (link) look = { ...look, underline: true, link: link.url };
    // In the cursor row, which is inverse, a match is not inverse.
    if (ranges.some(covers))
      look = { ...look, dim: false, ...screenStyles.match, inverse: style.inverse !== true };
    if (laid.chosen && covers(laid.chosen)) look = { ...look, ...screenStyles.chosen };
    return span(text.slice(start, end), look);
  });
}

const none: readonly never[] = [];

/** The ranges that overlap `length` characters from an offset on. */
function within<T extends Range>(
  laid: readonly T[] | undefined,
  offset: number,
  length: number,
): readonly T[] {
  if (laid === undefined || laid.length === 0) return none;
  return laid.filter(({ start, end }) => end > offset && start < offset + length);
}
