import type { Cell, Cursor } from "../test/support/terminal.js";
import { drawBox } from "./box.js";
import { cellColours, theme } from "./palette.js";

/** The screen to draw. */
export interface Picture {
  /** The cells, from `Terminal.styled()`. */
  readonly rows: readonly (readonly Cell[])[];
  /** Drawn as a block if given and visible. */
  readonly cursor?: Cursor;
  /** The title in the window's bar, and the alternative text. */
  readonly title: string;
}

/** All in pixels. The cell is as wide as the letters of the usual monospaced fonts are at this size. */
const fontSize = 15;
const cell = { width: 9, height: 20 } as const;
const padding = 14;
const barHeight = 36;
const radius = 10;
/** From the top of a cell to the baseline. */
const baseline = 15;

const fonts = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/** Characters that monospaced fonts draw one column wide, so that a run of them can be one text. */
const inEveryFont = /^[\u0020-\u024f\u0370-\u03ff\u0400-\u04ff\u2010-\u2027]\p{M}*$/u;

/** Line and block characters that can be stretched sideways. */
const stretchable = /^[─━█▀▁▂▃▄▅▆▇]$/u;

/** Adjacent cells that are drawn as one. */
interface Run {
  readonly cells: Cell[];
  /** Columns from the left. */
  readonly start: number;
  width: number;
}

/** A screen as an SVG picture of a terminal window; the same screen gives the same bytes. */
export function drawWindow({ rows, cursor, title }: Picture): string {
  const columns = Math.max(0, ...rows.map((row) => row.reduce((sum, { width }) => sum + width, 0)));
  const width = columns * cell.width + 2 * padding;
  const height = barHeight + rows.length * cell.height + 2 * padding;
  const lines = rows.map((row, y) =>
    drawRow(cursor?.visible && cursor.y === y ? lit(row, cursor.x) : row, y),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="${radius}" fill="${theme.background}"/>`,
    `<path d="M0 ${barHeight}V${radius}Q0 0 ${radius} 0H${width - radius}Q${width} 0 ${width} ${radius}V${barHeight}z" fill="${theme.bar}"/>`,
    ...theme.dots.map(
      (fill, at) => `<circle cx="${20 + 20 * at}" cy="${barHeight / 2}" r="6" fill="${fill}"/>`,
    ),
    `<text x="${width / 2}" y="${barHeight / 2 + 5}" text-anchor="middle" font-family="system-ui, sans-serif" font-size="13" fill="${theme.barText}">${escaped(title)}</text>`,
    `<g transform="translate(${padding} ${barHeight + padding})" font-family="${fonts}" font-size="${fontSize}">`,
    ...lines.flat(),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

/** The row with the cell under the cursor inverted, as in terminals. */
function lit(row: readonly Cell[], x: number): Cell[] {
  let column = 0;
  return row.map((one) => {
    const isUnder = x >= column && x < column + one.width;
    column += one.width;
    return isUnder ? { ...one, inverse: !one.inverse } : one;
  });
}

function drawRow(row: readonly Cell[], y: number): string[] {
  const top = y * cell.height;
  const shapes: string[] = [];
  for (const run of runs(row, (one, other) => cellColours(one).bg === cellColours(other).bg)) {
    const bg = run.cells[0] && cellColours(run.cells[0]).bg;
    if (!bg) continue;
    const [x, width] = [run.start * cell.width, run.width * cell.width];
    shapes.push(`<rect x="${x}" y="${top}" width="${width}" height="${cell.height}" fill="${bg}"/>`);
  }
  const spans: string[] = [];
  for (const run of runs(row, isOneText)) {
    const [first] = run.cells;
    if (!first) continue;
    const area = { x: run.start * cell.width, y: top, width: run.width * cell.width, height: cell.height };
    const box = drawBox(first.char, area, cellColours(first).fg);
    if (box) shapes.push(box);
    else spans.push(drawText(run));
  }
  const text = spans.join("");
  return text ? [...shapes, `<text y="${top + baseline}" xml:space="preserve">${text}</text>`] : shapes;
}

/** Splits a row where `belong` is false for a cell and the one before it. */
function runs(row: readonly Cell[], belong: (one: Cell, next: Cell) => boolean): Run[] {
  const found: Run[] = [];
  let column = 0;
  for (const next of row) {
    const last = found.at(-1);
    const before = last?.cells.at(-1);
    if (last && before && belong(before, next)) {
      last.cells.push(next);
      last.width += next.width;
    } else {
      found.push({ cells: [next], start: column, width: next.width });
    }
    column += next.width;
  }
  return found;
}

/** Wide and rare characters are drawn alone: their font may not fit the columns. */
function isOneText(one: Cell, next: Cell): boolean {
  if (style(one) !== style(next)) return false;
  if (stretchable.test(one.char)) return one.char === next.char;
  return [one, next].every(({ char, width }) => width === 1 && inEveryFont.test(char));
}

function style(one: Cell): string {
  const attributes = [`fill="${cellColours(one).fg}"`];
  if (one.bold) attributes.push('font-weight="700"');
  if (one.italic) attributes.push('font-style="italic"');
  if (one.underline) attributes.push('text-decoration="underline"');
  return attributes.join(" ");
}

/**
 * A run as spans at fixed columns. Wide gaps are skipped, so that the text after them is in its column even in
 * viewers without `textLength`.
 */
function drawText({ cells, start, width }: Run): string {
  const [first] = cells;
  if (!first) return "";
  const text = cells.map(({ char }) => char);
  if (first.underline || !inEveryFont.test(first.char)) return span(text.join(""), start, width, first);
  const spans: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = endOfWords(text, at);
    if (end > at) spans.push(span(text.slice(at, end).join(""), start + at, end - at, first));
    at = Math.max(end, at + 1);
  }
  return spans.join("");
}

/** The end of the words that begin at `at`: before two blanks, or before trailing blanks. */
function endOfWords(text: readonly string[], at: number): number {
  let end = at;
  for (let next = at; next < text.length; next++) {
    if (text[next] !== " ") end = next + 1;
    else if (next - end >= 1 || end === at) break;
  }
  return end;
}

function span(text: string, start: number, width: number, first: Cell): string {
  const isPlain = inEveryFont.test(first.char);
  const place = isPlain
    ? `x="${start * cell.width}" textLength="${width * cell.width}"`
    : `x="${(start + width / 2) * cell.width}" text-anchor="middle"`;
  return `<tspan ${place} ${style(first)}>${escaped(text)}</tspan>`;
}

/** Text for XML; invalid characters become U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
