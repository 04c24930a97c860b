import { cellWidth, cutToWidth } from "../text/cells.js";
import { wrap } from "../text/wrap.js";
import type { Size } from "./layout.js";
import type { PanelKind } from "./model.js";
import type { PanelEntry } from "./panels/entry.js";

/** A row of a panel: a part of an entry's label, and of its text. */
export interface PanelRow {
  readonly label: string;
  readonly text: string;
}

/** Cells between a label that is as wide as it may be, and its text. */
const labelGap = 2;
/** Texts are not squeezed beside labels in fewer cells than this. */
const leastText = 12;

/** Rows of a panel's list: the screen without title, prompt and rules. */
export function panelHeight({ rows }: Size): number {
  return Math.max(1, rows < 10 ? rows - 1 : rows - 4);
}

/** Cells for the names of groups; 0 where they are not shown. */
export function groupWidth(kind: PanelKind, columns: number): number {
  if (columns < 60 || ["problems", "history", "contents", "figures"].includes(kind)) return 0;
  // "Organisation" is longer than any group of the other panels.
  return kind === "follow" || kind === "mute" ? 14 : 9;
}

/** Cells for the labels, so that the texts align. */
function labelWidth(kind: PanelKind, columns: number): number {
  if (kind === "problems") return columns < 60 ? 8 : 12;
  if (kind === "history") return 14;
  if (kind === "contents") return 10;
  if (kind === "figures") return columns < 60 ? 8 : columns < 100 ? 26 : 44;
  if (kind === "follow" || kind === "mute") return 5;
  if (kind === "watches") return columns < 60 ? 16 : 24;
  if (kind === "sources") return columns < 60 ? labelGap : 34;
  return columns < 60 ? 12 : 20;
}

/**
 * The rows of an entry, after the bar and the group: none of it is cut, unless it is longer than the screen. A
 * label that leaves no room for its text has rows of its own.
 */
export function rowsOfEntry({ label, text }: PanelEntry, kind: PanelKind, size: Size): readonly PanelRow[] {
  const width = size.columns - 1 - groupWidth(kind, size.columns);
  const column = Math.max(0, Math.min(labelWidth(kind, size.columns), width - leastText));
  const cells = cellWidth(label);
  const gap = " ".repeat(cells < column ? column - cells : labelGap);
  // The bars of figures are as long as there is room.
  if (kind === "figures") return [{ label: cutToWidth(label, Math.max(1, column - 1)).padEnd(column), text }];
  if (text === "") return linesOf(label, width).map((line) => ({ label: line, text: "" }));
  if (cells + gap.length + cellWidth(text) <= width) return [{ label: label + gap, text }];
  const lines = linesOf(text, width - column);
  const indent = " ".repeat(column);
  const rows: PanelRow[] =
    cells < column
      ? lines.map((line, at) => ({ label: at === 0 ? label + gap : indent, text: line }))
      : [
          ...linesOf(label, width).map((line) => ({ label: line, text: "" })),
          ...lines.map((line) => ({ label: indent, text: line })),
        ];
  return rows.slice(0, panelHeight(size));
}

/** The lines of a text; spaces at its beginning stay, as sections are indented by them. */
function linesOf(text: string, width: number): readonly string[] {
  const indent = /^ */.exec(text)?.[0] ?? "";
  const lines = wrap(text, Math.max(1, width - indent.length)).map(({ start, end }) =>
    text.slice(start, end),
  );
  return lines.length === 0 ? [""] : lines.map((line) => indent + line);
}

/**
 * The first entry to show so that the whole of the chosen one is on the screen, and no row is empty that an
 * entry could fill.
 */
export function panelTop(
  entries: readonly PanelEntry[],
  { kind, cursor, top }: { readonly kind: PanelKind; readonly cursor: number; readonly top: number },
  size: Size,
): number {
  if (entries.length === 0) return 0;
  /** The first entry of those that fit on a screen on which `last` is the last. */
  const firstWith = (last: number) => {
    let first = last;
    let free = panelHeight(size);
    for (let at = last; at >= 0; at -= 1) {
      free -= rowsOfEntry(entries[at] as PanelEntry, kind, size).length;
      if (free < 0) break;
      first = at;
    }
    return Math.max(0, first);
  };
  const shown = Math.max(firstWith(cursor), Math.min(cursor, top));
  return Math.min(shown, firstWith(entries.length - 1));
}

/** How many entries a screen shows whole from `top` on, at least 1. */
export function entriesShown(
  entries: readonly PanelEntry[],
  { kind, top }: { readonly kind: PanelKind; readonly top: number },
  size: Size,
): number {
  let free = panelHeight(size);
  let count = 0;
  for (const entry of entries.slice(top, top + free)) {
    free -= rowsOfEntry(entry, kind, size).length;
    if (free < 0) break;
    count += 1;
  }
  return Math.max(1, count);
}
