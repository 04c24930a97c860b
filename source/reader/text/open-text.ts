import { anchorsOf, type Block, type PaperText } from "../../fulltext/blocks.js";
import type { RowOptions, TextRow } from "../../fulltext/rows/row.js";
import { paperRows } from "../../fulltext/rows/rows.js";
import { hasMark } from "../../papers/marks.js";
import type { Paper } from "../../papers/paper.js";
import { emptyLine } from "../keys/line-editor.js";
import { layOut, type Pane } from "../layout.js";
import type { Update } from "../messages.js";
import type { Model } from "../model.js";
import { findMatches } from "./matches.js";
import { arxivOfReference } from "./references.js";
import type { OpenText, TextLink, TextPlace, TrailPlace } from "./text-state.js";

/** Rows of the text are at most so long: longer lines tire the eye. */
const widestText = 88;

/** Where a text is on the screen: it has the row that names the papers beside an open one, too. */
export function textPane(size: Model["size"]): Pane | null {
  const { detail, foot } = layOut(size, "detail");
  return detail && foot !== null ? { ...detail, height: detail.height + 1 } : detail;
}

/** Cells at the left of a text, those of a line, and the rows of a screen of it. */
export function textGeometry(size: Model["size"]): {
  readonly margin: number;
  readonly measure: number;
  readonly room: number;
  readonly height: number;
} {
  const detail = textPane(size);
  const width = detail?.width ?? size.columns;
  const least = width < 50 ? 0 : 2;
  const room = Math.max(1, width - 2 * least - 1);
  const measure = Math.min(widestText, room);
  return { margin: least + Math.floor((room - measure) / 2), measure, room, height: detail?.height ?? 1 };
}

/** A text that has just been asked for. */
export function emptyText(paper: Paper, parent: OpenText | null): OpenText {
  return {
    paper,
    text: null,
    isWhole: true,
    awaited: null,
    address: null,
    working: null,
    failure: null,
    isCard: false,
    rows: [],
    links: [],
    top: 0,
    left: 0,
    link: null,
    isUnfolded: false,
    search: { line: emptyLine, isTyping: false, from: 0 },
    matches: [],
    match: null,
    goingTo: null,
    trail: [],
    leftByReturn: null,
    landed: null,
    marks: {},
    isCopying: false,
    parent,
  };
}

function rowOptions(open: OpenText, text: PaperText, { size, asSource, settings }: Model): RowOptions {
  const { measure, room } = textGeometry(size);
  return {
    measure,
    room,
    asSource,
    ascii: settings.ascii,
    isUnfolded: open.isUnfolded,
    markOf: (index) => {
      const id = arxivOfReference(text.blocks[index] as Block);
      const bits = id === null ? 0 : (open.marks[id] ?? 0);
      if (hasMark(bits, "starred")) return settings.ascii ? "*" : "★";
      if (hasMark(bits, "later")) return "L";
      return hasMark(bits, "read") ? (settings.ascii ? "." : "·") : "";
    },
  };
}

/** Adds the links of rows to `links`; the first of them is row `from` of the text. */
function takeLinks(rows: readonly TextRow[], from: number, links: TextLink[]): TextLink[] {
  for (const [at, { spans }] of rows.entries()) {
    for (const { href, number } of spans)
      if (href !== undefined && number !== undefined && links[number] === undefined)
        links[number] = { href, row: from + at };
  }
  return links;
}

/** The text with further blocks: what is there already keeps its rows, so that each part takes little time. */
export function withMore(
  open: OpenText,
  blocks: readonly Block[],
  isTruncated: boolean,
  model: Model,
): OpenText {
  const { text } = open;
  if (text === null) return open;
  const whole: PaperText = { ...text, blocks: [...text.blocks, ...blocks], isTruncated };
  const after = { blocks: text.blocks.length, links: open.links.length };
  const more = paperRows(whole, rowOptions(open, whole, model), after);
  const rows = [...open.rows, ...more];
  const links = takeLinks(more, open.rows.length, [...open.links]);
  return withMatches({ ...open, text: whole, rows, links });
}

function withMatches(open: OpenText): OpenText {
  const { text } = open.search.line;
  return text === "" ? open : { ...open, matches: findMatches(open.rows, text) };
}

/** The text with its rows made for the screen as it is; the block at the top stays there. */
export function fitText(open: OpenText, model: Model): OpenText {
  if (open.text === null) return open;
  const { height } = textGeometry(model.size);
  const rows = paperRows(open.text, rowOptions(open, open.text, model));
  const links = takeLinks(rows, 0, []);
  const top = sameRow(open.rows, open.top, rows);
  const search = { ...open.search, from: sameRow(open.rows, open.search.from, rows) };
  const fitted = { ...open, rows, links, search, top: Math.max(0, Math.min(top, rows.length - height)) };
  const found = withMatches({ ...fitted, landed: open.landed === open.top ? fitted.top : null });
  if (open.match === null || found.matches.length === open.matches.length) return found;
  // Formulas as TeX have other matches: the one that is shown is near.
  const next = found.matches.findIndex(({ parts }) => (parts[0]?.row ?? 0) >= found.top);
  return { ...found, match: next < 0 ? null : next };
}

/** The row that shows what a row of `old` did before: as far into the same block. */
function sameRow(old: readonly TextRow[], row: number, rows: readonly TextRow[]): number {
  const block = old[row]?.block;
  if (block === undefined) return row;
  const from = firstRow(old, block);
  const until = firstRow(old, block + 1);
  const start = firstRow(rows, block);
  const end = firstRow(rows, block + 1);
  const part = until > from ? (row - from) / (until - from) : 0;
  return start + Math.round(part * (end - start));
}

/** The first row of a block, or of the one after it. */
export function firstRow(rows: readonly TextRow[], block: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as TextRow).block < block) low = middle + 1;
    else high = middle;
  }
  // Blank rows before a block are its own.
  while (low < rows.length && rows[low]?.block === block && rows[low]?.spans.length === 0) low += 1;
  return low;
}

/** The row at the top of the screen with a part of the text before it; the last screen is all of it. */
export function rowOfPart({ rows }: OpenText, part: number, size: Model["size"]): number {
  return Math.round(Math.min(1, part) * Math.max(0, rows.length - textGeometry(size).height));
}

/** The text scrolled to a row, as far as there is text. */
export function scrolledTo(open: OpenText, row: number, size: Model["size"]): OpenText {
  const { height } = textGeometry(size);
  const top = Math.max(0, Math.min(row, open.rows.length - height));
  return top === open.top ? open : { ...open, top };
}

/** The place at the top of the screen. */
export function placeOf(open: OpenText): TextPlace {
  const block = topBlock(open);
  return { block, rows: open.top - firstRow(open.rows, block) };
}

/** The row of a place, in its block at any width. */
export function rowOfPlace({ rows }: OpenText, { block, rows: below }: TextPlace): number {
  const first = firstRow(rows, block);
  return Math.max(0, first + Math.min(below, Math.max(0, firstRow(rows, block + 1) - first - 1)));
}

/**
 * The text after a jump, with the place of before on its trail. Jumps one after the other, with nothing read
 * between them, leave the place of before the first.
 * @param isStep whether it is part of reading on, so that Esc does not go back from it
 */
export function jumped(before: OpenText, next: OpenText, isStep = false): OpenText {
  if (next.top === before.top) return next;
  const { trail } = before;
  const last = before.landed === before.top ? trail.at(-1) : undefined;
  const led = isStep && (last === undefined || last.led === null) ? null : topBlock(next);
  const place: TrailPlace = { ...(last ?? placeOf(before)), led };
  return {
    ...next,
    trail: [...(last === undefined ? trail : trail.slice(0, -1)), place],
    leftByReturn: null,
    landed: next.top,
  };
}

/** Whether the reader is still in the section that the last jump led to, so that Esc goes back from it. */
export function isWhereJumpLed(open: OpenText): boolean {
  const led = open.trail.at(-1)?.led ?? null;
  const blocks = open.text?.blocks ?? [];
  const sectionOf = (at: number) => blocks.slice(0, at + 1).findLastIndex(({ kind }) => kind === "heading");
  return led !== null && sectionOf(led) === sectionOf(topBlock(open));
}

/** The block of an anchor; -1 where there is none. */
export function blockOfAnchor(text: PaperText, anchor: string): number {
  return text.blocks.findIndex((block) => anchorsOf(block).includes(anchor));
}

/** The block at the top of the screen: its index. */
export function topBlock({ rows, top }: OpenText): number {
  for (let row = top; row < rows.length; row += 1)
    if ((rows[row]?.spans.length ?? 0) > 0) return rows[row]?.block ?? 0;
  return rows.at(-1)?.block ?? 0;
}

/**
 * The row of the next or previous heading, not at the top of the screen; `null` where there is none. Looks only as far
 * as it is: with a count it is asked for as many times as there are sections.
 */
export function nextSection({ rows, text, top }: OpenText, by: 1 | -1): number | null {
  const blocks = text?.blocks ?? [];
  for (let at = rows[top]?.block ?? 0; at >= 0 && at < blocks.length; at += by) {
    if (blocks[at]?.kind !== "heading") continue;
    const row = firstRow(rows, at);
    if (rows[row]?.block === at && (by > 0 ? row > top : row < top)) return row;
  }
  return null;
}

/** The model with a sentence for the reader. */
export function said(model: Model, text: string): Update {
  return [{ ...model, notice: { text, tone: "info" } }, []];
}
