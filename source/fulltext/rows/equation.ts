import { cellWidth } from "../../text/cells.js";
import { greatest } from "../../text/numbers.js";
import type { Box } from "../../text/tex/layout/box.js";
import { layOutFormulaWithin, layOutRows, rowsOfFormula } from "../../text/tex/layout/layout.js";
import { lineOfFormula } from "../../text/tex/layout/line.js";
import { wrap } from "../../text/wrap.js";
import type { EquationRow } from "../blocks.js";
import type { RowOptions, RowSpan } from "./row.js";

/** A display in rows: in two dimensions where it fits, its number at the right on its line. */
export function equationLines(rows: readonly EquationRow[], options: RowOptions): RowSpan[][] {
  const { measure, asSource } = options;
  if (asSource || rows.some(({ plain }) => plain)) {
    return rows.flatMap(({ cells, number }) => {
      const text = cells.join(asSource ? " & " : " ");
      return numbered(folded(text, measure - 16), 0, number, options);
    });
  }
  const numbers = rows.map(({ number }) => cellWidth(number ?? ""));
  const room = Math.max(10, measure - greatest(0, numbers) - 4);
  const aligned = layOutRows(rows.map(({ cells }) => cells));
  const fits = aligned?.every(({ width }) => width <= room) ?? false;
  return rows.flatMap(({ cells, number }, y) => {
    const tex = cells.join("");
    const box: Box | null = fits ? (aligned?.[y] as Box) : layOutFormulaWithin(tex, room);
    const isGap = y > 0 && fits && (box?.rows.length ?? 0) > 1;
    const set = box
      ? numbered(box.rows, box.baseline, number, options, fits ? undefined : box.width)
      : rowByRow(tex, room, number, options);
    return isGap ? [[], ...set] : set;
  });
}

/** A formula that does not fit as a whole: its rows one by one, those that are too wide still on one line, folded. */
function rowByRow(tex: string, room: number, number: string | null, options: RowOptions): RowSpan[][] {
  const rows = rowsOfFormula(tex);
  const lines = rows.flatMap((row, y) => {
    const box = rows.length > 1 ? layOutFormulaWithin(row, room - indent) : null;
    const set = box ? box.rows : folded(lineOfFormula(row), room - indent);
    return y === 0 ? set : set.map((line) => " ".repeat(indent) + line);
  });
  return numbered(lines, lines.length - 1, number, options);
}

/** Cells that what continues a formula is further in. */
const indent = 4;

function folded(text: string, width: number): string[] {
  const lines = wrap(text, Math.max(4, width)).map(({ start, end }) => text.slice(start, end));
  return lines.map((line, y) => (y > 0 ? " ".repeat(indent) + line : line));
}

/** Lines in the middle of the measure, with a number at its right end. */
function numbered(
  lines: readonly string[],
  baseline: number,
  number: string | null,
  { measure }: RowOptions,
  width = greatest(0, lines.map(cellWidth)),
): RowSpan[][] {
  const free = measure - width - (number === null ? 0 : cellWidth(number) + 2);
  const at = Math.max(0, Math.min(free, Math.floor((measure - width) / 2)));
  return lines.map((line, y) => {
    const text = `${" ".repeat(at)}${line}`.trimEnd();
    if (number === null || y !== baseline) return text === "" ? [] : [{ text, style: {} }];
    const gap = Math.max(2, measure - cellWidth(text) - cellWidth(number));
    return [
      { text: text + " ".repeat(gap), style: {} },
      { text: number, style: { dim: true } },
    ];
  });
}
