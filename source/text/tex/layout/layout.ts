import { type Box, beside, stacked, textBox } from "./box.js";
import { BoxSetter, placed } from "./box-setter.js";
import { rowsAndCells } from "./source.js";

/** A longer formula is set on one line, in characters. */
const longest = 20_000;

/**
 * A displayed formula in two dimensions: fractions, limits above and below, matrices, cases and aligned rows,
 * each with its baseline. `null` if it contains placeholder characters, or is too long.
 */
export function layOutFormula(source: string): Box | null {
  if (source.length > longest || placed.test(source)) return null;
  const setter = new BoxSetter();
  const box = setter.box(source, 0);
  return setter.isFull ? null : box;
}

/**
 * A displayed formula in at most `width` cells. A wider one is broken before relations and operators outside
 * brackets, with the rest indented by `indent` cells. `null` if it does not fit even then.
 */
export function layOutFormulaWithin(source: string, width: number, indent = 4): Box | null {
  if (source.length > longest || placed.test(source)) return null;
  const setter = new BoxSetter();
  const whole = setter.box(source, 0);
  if (setter.isFull) return null;
  if (whole.width <= width) return whole;
  if (rowsAndCells(source).some((row) => row.length > 1)) return null;
  const parts = setter.breakable(source);
  const lines: Box[] = [];
  let line: Box[] = [];
  let used = 0;
  for (const part of parts) {
    if (used + part.width > width && line.length > 0) {
      lines.push(beside(line));
      line = [textBox(" ".repeat(indent))];
      used = indent;
    }
    if (used + part.width > width) return null;
    line.push(part);
    used += part.width;
  }
  lines.push(beside(line));
  return stacked(lines, 0, "left");
}

const alignedAround =
  /^\s*(?:\\displaystyle)?\s*\\begin\{(split|aligned|gathered|multlined)\}(?:\[[^\]]*\])?([\s\S]*)\\end\{\1\}([\s.,;:]*)$/;

/** The rows of a `split`, `aligned` or like environment, each as one formula; else the formula itself. */
export function rowsOfFormula(source: string): string[] {
  const [, , inner = source, end = ""] = alignedAround.exec(source) ?? [];
  const rows = rowsAndCells(inner).map((row) => row.join(""));
  if (rows.length < 2) return [source];
  return rows.map((row, y) => (y === rows.length - 1 ? row + end : row));
}

/**
 * The rows of a display whose cells are the columns of an alignment, one box each, all equally wide. `null` as
 * for `layOutFormula`.
 */
export function layOutRows(rows: readonly (readonly string[])[]): Box[] | null {
  const size = rows.flat().reduce((sum, cell) => sum + cell.length, 0);
  if (size > longest || rows.some((row) => row.some((cell) => placed.test(cell)))) return null;
  const setter = new BoxSetter();
  const boxes = setter.rows(rows.every(isOfEqnarray) ? rows.map(joinedRelation) : rows);
  return setter.isFull ? null : boxes;
}

const bareRelation = /^\s*(?:\\(?:display|text)style)?\s*(?:[=<>:~]{1,2}|\\[A-Za-z]+)?\s*$/;

/** Whether a row has the columns of `eqnarray`: left side, relation, right side. */
const isOfEqnarray = (row: readonly string[]): boolean =>
  row.length <= 3 && (row.length < 2 || bareRelation.test(row[1] as string));

/** A row of `eqnarray` with the columns of `align`: the relation joins the right side. */
const joinedRelation = ([left = "", ...right]: readonly string[]): string[] =>
  right.length === 0 ? [left] : [left, right.join(" ")];
