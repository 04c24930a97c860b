import { momentumOf, signed } from "../papers/movement.js";
import type { Paper } from "../papers/paper.js";
import { isTrialPlace } from "../ranking/for-you-order.js";
import { forYouHere, isForYou, orderOf } from "../reader/for-you/order.js";
import type { Pane } from "../reader/layout.js";
import { dividersIn, rowHeight } from "../reader/list/views.js";
import type { Model } from "../reader/model.js";
import { cellWidth } from "../text/cells.js";
import { thousands } from "../text/numbers.js";
import { glyphsFor } from "./glyphs.js";
import { fit } from "./line.js";
import { type Columns, columnsFor } from "./list/columns.js";
import { emptyLines } from "./list/empty.js";
import { rowLines, signsWidth } from "./list/row.js";
import { type Line, span, styles } from "./style.js";

/** The rows of the list: exactly as many lines as the pane has rows, each as wide as the pane. */
export function listLines(model: Model, pane: Pane): Line[] {
  if (model.shown.length === 0) return emptyLines(model, pane);
  const dividers = dividersIn(model, pane.height);
  const height = rowHeight(model, pane.height);
  const columns = columnsIn(model, pane, height);
  const linesOf = (row: number) =>
    rowLines(model, model.shown[row] as number, {
      rank: rankSign(model, row),
      isCursor: row === model.cursor,
      width: pane.width,
      height,
      columns,
    });
  const lines: Line[] = [];
  for (let row = model.top; lines.length < pane.height && row < model.shown.length; row += 1) {
    if (dividers === 2 && row === 0) lines.push(divider(model, newText(model), pane.width));
    if (dividers > 0 && row === model.newRows) lines.push(divider(model, "seen before", pane.width));
    lines.push(...linesOf(row));
  }
  // Lines reserved for the separators hold rows while no separator is on screen.
  for (let row = model.top - 1; dividers > 0 && lines.length + height <= pane.height && row >= 0; row -= 1) {
    if (row === model.newRows - 1) break;
    lines.unshift(...linesOf(row));
  }
  return Array.from({ length: pane.height }, (_, y) => lines[y] ?? fit([], pane.width));
}

/** The sign of the order: how well a paper suits the reader, or how far it moved. */
function rankSign(model: Model, row: number): string {
  return forYouSign(model, row) + movedSign(model, model.shown[row] as number);
}

/** How well a paper suits the reader, and whether the ranking is unsure; "" in other orders. */
function forYouSign(model: Model, row: number): string {
  const here = isForYou(model) ? forYouHere(model) : null;
  if (here === null || here.scores === null) return "";
  const glyphs = glyphsFor(model.settings.ascii);
  const signs = [...glyphs.steps];
  const step = signs[(here.steps[model.shown[row] as number] ?? 1) - 1] ?? " ";
  return `${step}${isTrialPlace(row) && !orderOf(model).reversed ? glyphs.trial : " "} `;
}

/** How far a paper moved, in the order by momentum. */
function movedSign(model: Model, at: number): string {
  if (orderOf(model).key !== "momentum" || model.moved.size === 0) return "";
  const movement = model.moved.get(at);
  const text = movement === undefined ? "" : signed(momentumOf(movement));
  return `${text.padStart(5)} `;
}

/** The columns of the rows on screen. */
function columnsIn(model: Model, pane: Pane, height: number): Columns {
  const room = pane.width - signsWidth(model) - cellWidth(rankSign(model, model.top));
  if (height > 1) return columnsFor(model, [], room);
  const papers: Paper[] = [];
  const end = Math.min(model.shown.length, model.top + pane.height);
  for (let row = Math.max(0, model.top - 2); row < end; row += 1)
    papers.push(model.listing.paper(model.shown[row] as number));
  return columnsFor(model, papers, room);
}

function newText({ newRows }: Model): string {
  return `${thousands(newRows)} new since your last visit`;
}

/** A separator that names the rows below it. */
function divider(model: Model, text: string, width: number): Line {
  const { across } = glyphsFor(model.settings.ascii);
  const rest = Math.max(0, width - cellWidth(text) - 5);
  return fit([span(`${across.repeat(3)} ${text} ${across.repeat(rest)}`, styles.rule)], width);
}
