import { cellWidth } from "../../text/cells.js";
import { greatest } from "../../text/numbers.js";
import type { TableCell } from "../blocks.js";
import { type LinkCounter, type Shown, showSpans, widthOf, wrapShown } from "./inline.js";
import { type RowOptions, type RowSpan, spaces } from "./row.js";

/** Cells between two columns. */
const gap = 2;
/** More columns than this are a mistake of the page. */
const mostColumns = 200;

interface Placed {
  readonly cell: TableCell;
  readonly shown: Shown;
  readonly x: number;
  readonly columns: number;
  readonly isHeader: boolean;
}

/** A table in rows of cells: columns as wide as they need, narrower by wrapping words where the room is less. */
export function tableLines(
  rows: readonly (readonly TableCell[])[],
  options: RowOptions,
  links: LinkCounter,
): RowSpan[][] {
  const headers = headerRows(rows);
  const placed = place(rows, headers, options, links);
  const count = greatest(
    0,
    placed.flatMap((row) => row.map(({ x, columns }) => x + columns)),
  );
  if (count === 0) return [];
  const widths = columnWidths(placed, count, options.room);
  const total = widths.reduce((sum, width) => sum + width, 0) + gap * (count - 1);
  const across = options.ascii ? "-" : "─";
  const rule: RowSpan[] = [{ text: across.repeat(Math.max(1, total)), style: { dim: true } }];
  const isInner = (y: number) => isRuledAt(rows, y);
  const hasInner = rows.some((_, y) => y > 0 && isInner(y));
  const isRuled = (y: number): boolean => y === 0 || (hasInner ? isInner(y) : y === headers);
  const lines: RowSpan[][] = [];
  // The first column stays beside the others, unless it leaves them too little room.
  const stays = total > options.room && 2 * ((widths[0] as number) + gap) <= options.room;
  for (const [y, row] of placed.entries()) {
    if (isRuled(y)) lines.push(rule);
    for (const line of rowLines(row, widths, count, stays)) lines.push(line);
  }
  lines.push(rule);
  return lines;
}

/** Whether the page has a rule above row `y`: most of the cells there have one. */
function isRuledAt(rows: readonly (readonly TableCell[])[], y: number): boolean {
  const mostly = (row: readonly TableCell[] = [], of: "above" | "below") =>
    row.length > 0 && row.filter((cell) => cell[of]).length * 2 > row.length;
  return mostly(rows[y], "above") || mostly(rows[y - 1], "below");
}

/** How many of the first rows are heads: those above the first inner rule, else those of `th`. */
function headerRows(rows: readonly (readonly TableCell[])[]): number {
  for (let y = 1; y < Math.min(5, rows.length); y += 1) if (isRuledAt(rows, y)) return y;
  let marked = 0;
  while (marked < rows.length && (rows[marked] ?? []).every(({ header }) => header)) marked += 1;
  return marked < rows.length ? marked : 0;
}

/** Each cell with the column that it begins at: cells that cover several rows keep their place in them. */
function place(
  rows: readonly (readonly TableCell[])[],
  headers: number,
  { asSource }: RowOptions,
  links: LinkCounter,
): Placed[][] {
  const covered: number[] = [];
  return rows.map((row, y) => {
    let x = 0;
    const found: Placed[] = [];
    for (const cell of row) {
      while ((covered[x] ?? 0) > 0) x += 1;
      const columns = Math.min(cell.columns ?? 1, mostColumns - x);
      if (columns <= 0) break;
      const isHeader = y < headers || cell.header === true;
      found.push({
        cell,
        shown: showSpans(cell.spans, asSource, links, isHeader ? { bold: true } : {}),
        x,
        columns,
        isHeader,
      });
      for (let at = x; at < x + columns; at += 1) covered[at] = cell.rows ?? 1;
      x += columns;
    }
    for (let at = 0; at < covered.length; at += 1) covered[at] = Math.max(0, (covered[at] ?? 0) - 1);
    return found;
  });
}

function columnWidths(placed: readonly (readonly Placed[])[], count: number, room: number): number[] {
  const widths = new Array<number>(count).fill(1);
  const least = new Array<number>(count).fill(1);
  const all = placed.flat();
  for (const { shown, x, columns } of all) {
    if (columns !== 1) continue;
    widths[x] = Math.max(widths[x] as number, cellWidth(shown.text));
    least[x] = Math.max(least[x] as number, Math.min(24, longestWord(shown.text)));
  }
  for (const { shown, x, columns } of all) {
    if (columns === 1) continue;
    const has = widths.slice(x, x + columns).reduce((sum, one) => sum + one, gap * (columns - 1));
    const wanted = Math.min(cellWidth(shown.text), 40);
    for (let missing = wanted - has, at = 0; missing > 0; missing -= 1, at += 1)
      widths[x + (at % columns)] = (widths[x + (at % columns)] as number) + 1;
  }
  // The widest column gives way first, as far as its longest word.
  for (let over = widths.reduce((sum, one) => sum + one, gap * (count - 1)) - room; over > 0; ) {
    let widest = -1;
    for (let x = 0; x < count; x += 1)
      if (
        (widths[x] as number) > Math.max(least[x] as number, 6) &&
        (widest < 0 || (widths[x] as number) > (widths[widest] as number))
      )
        widest = x;
    if (widest < 0) break;
    const step = Math.min(
      over,
      Math.max(1, Math.floor(((widths[widest] as number) - (least[widest] as number)) / 4)),
    );
    widths[widest] = (widths[widest] as number) - step;
    over -= step;
  }
  return widths;
}

function longestWord(text: string): number {
  return greatest(0, text.split(/\s+/).map(cellWidth));
}

function rowLines(
  row: readonly Placed[],
  widths: readonly number[],
  count: number,
  stays: boolean,
): RowSpan[][] {
  const boxes = row.map((one) => {
    const width = widths
      .slice(one.x, one.x + one.columns)
      .reduce((sum, w) => sum + w, gap * (one.columns - 1));
    return { ...one, width, lines: wrapShown(one.shown, width, false) };
  });
  const height = greatest(
    1,
    boxes.map(({ lines }) => lines.length),
  );
  const first = (one: RowSpan, isFirst: boolean): RowSpan => (isFirst && stays ? { ...one, stays } : one);
  return Array.from({ length: height }, (_, y) => {
    const line: RowSpan[] = [];
    let x = 0;
    for (const { x: from, width, columns, lines, cell, shown } of boxes) {
      for (; x < from; x += 1) line.push(first(spaces((widths[x] as number) + gap), x === 0));
      const content = lines[y] ?? [];
      const free = Math.max(0, width - widthOf(content));
      const align = cell.align ?? (/^[-–+−±]?[\d.,]+%?$/.test(shown.text.trim()) ? "right" : "left");
      const before = align === "right" ? free : align === "center" ? Math.floor(free / 2) : 0;
      x = from + columns;
      const cellSpans = [spaces(before), ...content, spaces(free - before + (x < count ? gap : 0))];
      for (const one of cellSpans) line.push(first(one, from === 0 && columns === 1));
    }
    return line.filter(({ text }) => text !== "");
  });
}
