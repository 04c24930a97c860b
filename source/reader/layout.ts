/** A rectangle of the screen in cells, from 0 at the top left. */
export interface Pane {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where each part of the screen is; `null` if there is no room for it. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  readonly header: Pane | null;
  readonly list: Pane | null;
  readonly detail: Pane | null;
  /** Panes side by side, one above the other, or one alone. */
  readonly split: "side" | "stack" | "alone";
  /** The row that names the papers before and after the one that covers the screen. */
  readonly foot: number | null;
  /** Rows that are horizontal rules. */
  readonly rules: readonly number[];
  /** The row of the prompt; on small screens it is the footer's, or the last of the list's. */
  readonly prompt: number;
  readonly footer: number | null;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export type Zoom = "none" | "list" | "detail";

/** From this width on, the detail is beside the list. */
const sideBySide = 100;
/** From this height on, narrower screens have the detail below the list. */
const stacked = 20;
/** The least rows of a detail below the list. */
const leastDetail = 12;
/** From this width the detail has at least so many cells: 60 of text, margins and scrollbar. */
const roomForBoth = 112;
const readableDetail = 63;
/** The widest detail: longer lines than 80 cells are hard to read. */
const widestDetail = 84;

/**
 * Divides a screen of any size, down to one cell. Below 40 × 10 there is only the list (or, when it
 * is open, only the paper).
 */
export function layOut({ columns, rows }: Size, zoom: Zoom): Layout {
  const tiny = columns < 40 || rows < 10;
  const ruled = !tiny && rows >= 16;
  const top = tiny ? 0 : ruled ? 2 : 1;
  const bottom = tiny ? 0 : ruled ? 3 : 1;
  const body: Pane = { x: 0, y: top, width: columns, height: Math.max(1, rows - top - bottom) };
  const rules = ruled ? [1, rows - 3] : [];
  const frame = {
    columns,
    rows,
    header: tiny ? null : { x: 0, y: 0, width: columns, height: 1 },
    prompt: ruled ? rows - 2 : rows - 1,
    footer: tiny ? null : rows - 1,
    foot: null,
  };
  if (zoom === "detail") {
    if (!ruled) return { ...frame, list: null, detail: body, split: "alone", rules };
    const detail = { ...body, height: body.height - 1 };
    return { ...frame, list: null, detail, split: "alone", rules, foot: detail.y + detail.height };
  }
  if (zoom === "list" || tiny) return { ...frame, list: body, detail: null, split: "alone", rules };
  if (columns >= sideBySide) {
    // 60 cells of text read best; the list gives some of its half for them where it can.
    const wanted = columns >= roomForBoth ? readableDetail : 0;
    const width = Math.min(widestDetail, Math.max(wanted, Math.floor(columns / 2)));
    const list = { ...body, width: columns - width - 1 };
    return { ...frame, list, detail: { ...body, x: list.width + 1, width }, split: "side", rules };
  }
  if (rows >= stacked) {
    // The paper needs eight lines of text below its title, names and facts; the list is scrolled anyway.
    const share = rows < 30 ? 0.4 : 0.55;
    const height = Math.min(Math.floor((body.height - 1) * share), body.height - 1 - leastDetail);
    const list = { ...body, height };
    const y = body.y + height + 1;
    const detail = { ...body, y, height: body.height - height - 1 };
    return { ...frame, list, detail, split: "stack", rules: [...rules, y - 1].sort((a, b) => a - b) };
  }
  return { ...frame, list: body, detail: null, split: "alone", rules };
}
