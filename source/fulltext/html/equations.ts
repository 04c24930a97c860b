import type { EquationRow } from "../blocks.js";
import type { Element, Node } from "./element.js";
import { elementsOf, labelOf, tagOf } from "./floats.js";
import { cleanTex, type Extras, inlineSpans, takeAnchors } from "./inline.js";

const cellClass = /^ltx_(?:eqn_cell|td)$/;
/** Padding and number cells, outside the columns of the alignment. */
const besideClass = /^ltx_eqn_(?:\w*pad(?:left|right)?|eqno)$/;

/** Whether an element holds a display: one equation or a group of aligned ones. */
export const isEquation = (node: Element): boolean =>
  node.classes.some((name) => /^ltx_(?:equation|equationgroup|eqn_table)$/.test(name));

/** The rows of a display, with the anchors and words in it. */
export function equationRows(table: Element, extras: Extras): EquationRow[] {
  takeAnchors(table, extras);
  const rows = elementsOf(table, (one) => one.name === "tr" || one.classes.includes("ltx_tr"));
  // A group may hold further groups, which share a number.
  if (rows.length === 0) return rowOf(table, extras);
  return withoutEmptyColumns(rows.flatMap((row) => rowOf(row, extras)));
}

/** Rows without leading columns that are empty in every row. */
function withoutEmptyColumns(rows: readonly EquationRow[]): EquationRow[] {
  const filled = rows.filter(({ cells }) => cells.length > 0);
  const empty = filled.map(({ cells }) => cells.findIndex((cell) => cell !== ""));
  const least = filled.length === 0 ? 0 : empty.reduce((one, other) => Math.min(one, other));
  return rows.map((row) => (least === 0 ? row : { ...row, cells: row.cells.slice(least) }));
}

function rowOf(row: Element, extras: Extras): EquationRow[] {
  const tag = tagOf(row);
  const number = tag ? labelOf(tag) : null;
  const cells: string[] = [];
  let isPlain = false;
  const boxes = elementsOf(
    row,
    (one) => one.name === "td" || one.classes.some((name) => cellClass.test(name)),
  );
  for (const cell of boxes.length > 0 ? boxes : [row]) {
    if (tag && elementsOf(cell, (one) => one === tag).length > 0) continue;
    const formulas = elementsOf(cell, (one) => one.name === "math");
    const { tex, plain } = cellTex(cell.children, formulas.length > 0, extras);
    // An empty cell stays, because the others are aligned by their column.
    if (tex === "" && cell.classes.some((name) => besideClass.test(name))) continue;
    isPlain ||= plain;
    cells.push(tex);
  }
  while (cells.at(-1) === "") cells.pop();
  if (cells.length === 0 && number === null) return [];
  return [{ cells, number, ...(isPlain ? { plain: true as const } : {}) }];
}

/** A cell as one formula: words beside its formulas are text in it. */
function cellTex(
  nodes: readonly Node[],
  hasFormula: boolean,
  extras: Extras,
): { tex: string; plain: boolean } {
  const spans = inlineSpans(nodes, extras);
  if (!hasFormula) {
    const text = spans
      .map((span) => span.text)
      .join("")
      .trim();
    return { tex: text, plain: text !== "" };
  }
  const tex = spans
    .map((span) => {
      if (span.tex !== undefined) return span.tex;
      return span.text.trim() === "" ? span.text : `\\text{${escaped(span.text)}}`;
    })
    .join("");
  return { tex: cleanTex(tex), plain: false };
}

function escaped(text: string): string {
  return text.replace(/[\\{}$&#%_^~]/g, (sign) => (sign === "\\" ? "\\backslash " : `\\${sign}`));
}
