import { cellWidth } from "../../text/cells.js";
import { greatest } from "../../text/numbers.js";
import type { Box } from "../../text/tex/layout/box.js";
import { layOutFormulaWithin, layOutRows } from "../../text/tex/layout/layout.js";
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
    const lines = box ? [...box.rows] : folded(lineOfFormula(tex), room - 4);
    const isGap = y > 0 && fits && lines.length > 1;
    const set = numbered(
      lines,
      box?.baseline ?? lines.length - 1,
      number,
      options,
      fits ? undefined : box?.width,
    );
    return isGap ? [[], ...set] : set;
  });
}

function folded(text: string, width: number): string[] {
  const lines = wrap(text, Math.max(4, width)).map(({ start, end }) => text.slice(start, end));
  return lines.map((line, y) => (y > 0 ? `    ${line}` : line));
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
