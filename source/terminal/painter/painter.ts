import { blank, CellTable } from "./cells.js";
import { Grid, widthFor } from "./grid.js";
import { RunWriter } from "./run-writer.js";
import { bestScroll, scrollRows } from "./scroll.js";

/** Fewer equal cells than this between two changed runs are cheaper to write than to skip. */
const worthSkipping = 5;

/**
 * Updates the terminal from one frame to the next, writing only the cells that differ.
 *
 * Every run has its own coordinates, so a terminal that disagrees about the width of an emoji, or a resize in
 * between, never shifts the rest of the screen. A frame is one write between "begin" and "end synchronized
 * update" (DEC private mode 2026), so that no half-drawn frame is visible.
 */
export class Painter {
  readonly #write: (text: string) => void;
  #table = new CellTable();
  #lines: readonly string[] = [];
  /** The frame on the terminal, and room for the next one. */
  #shown = new Grid(0, 0);
  #next = new Grid(0, 0);
  /** Whether the frame on the terminal is known; a new screen is blank. */
  #isKnown = true;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Forgets the frame on the terminal (resize, resume, redraw): the next one is written whole. */
  forget(): void {
    this.#lines = [];
    this.#shown = new Grid(0, 0);
    this.#next = new Grid(0, 0);
    this.#isKnown = false;
  }

  /** Shows a frame: one line a row, with SGR sequences and nothing else that moves the cursor. */
  paint(lines: readonly string[]): void {
    const writer = new RunWriter();
    if (!this.#isKnown) writer.clear();
    this.#isKnown = true;
    this.#makeRoom(lines);
    const [before, after] = [this.#shown, this.#next];
    for (let y = 0; y < after.rows; y += 1) {
      const line = lines[y] ?? "";
      if (line === (this.#lines[y] ?? "")) after.take(y, before, y);
      else after.read(y, line, this.#table);
    }
    // Of an empty screen nothing can be moved.
    const scroll = this.#lines.length === 0 ? null : bestScroll(before, after);
    if (scroll) {
      writer.scroll(scroll);
      scrollRows(before, scroll);
    }
    for (let y = 0; y < after.rows; y += 1) writeRow(writer, this.#table, y, before, after);
    this.#lines = [...lines];
    this.#shown = after;
    this.#next = before;
    const text = writer.finish();
    if (text !== "") this.#write(`\x1b[?2026h${text}\x1b[?2026l`);
  }

  /** Makes both frames wide enough for these lines, and the table large enough for their cells. */
  #makeRoom(lines: readonly string[]): void {
    const rows = Math.max(lines.length, this.#shown.rows);
    const width = widthFor(lines);
    if (rows === this.#shown.rows && width <= this.#shown.width && !this.#table.isFull) return;
    if (this.#table.isFull) this.#table = new CellTable();
    // Leave room for longer lines and more styles.
    const most = Math.max(width + (width >> 1), this.#shown.width);
    this.#shown = new Grid(rows, most);
    this.#next = new Grid(rows, most);
    for (const [y, line] of this.#lines.entries()) this.#shown.read(y, line, this.#table);
  }
}

function writeRow(writer: RunWriter, table: CellTable, y: number, before: Grid, after: Grid): void {
  const start = y * after.width;
  const end = start + (after.ends[y] as number);
  const endBefore = start + (before.ends[y] as number);
  const [was, is] = [before.cells, after.cells];
  if (table.isDoubtful(was, start, endBefore) || table.isDoubtful(is, start, end)) {
    rewriteRow(writer, table, y, before, after);
    return;
  }
  for (let at = start; at < end; ) {
    if (was[at] === is[at]) {
      at += 1;
      continue;
    }
    // A run begins and ends at a whole character, never at the right half of a wide one.
    let from = at;
    while (from > start && isRightHalf(table, is[from])) from -= 1;
    let to = at + 1;
    for (let alike = 0, ahead = to; ahead < end && alike < worthSkipping; ahead += 1) {
      if (was[ahead] === is[ahead]) alike += 1;
      else {
        alike = 0;
        to = ahead + 1;
      }
    }
    while (to < end && isRightHalf(table, is[to])) to += 1;
    writer.moveTo(from - start, y);
    for (at = from; at < to; at += 1) writer.put(table.cell(is[at] as number), is[at] === blank);
  }
  if (endBefore > end) writer.eraseFrom(end - start, y);
}

/**
 * Writes a whole row if anything in it has changed. After a character of disputed width the columns are
 * unknown, so a partial write would leave old letters.
 */
function rewriteRow(writer: RunWriter, table: CellTable, y: number, before: Grid, after: Grid): void {
  const start = y * after.width;
  const end = after.ends[y] as number;
  let isSame = before.ends[y] === end;
  for (let at = start; isSame && at < start + end; at += 1) isSame = before.cells[at] === after.cells[at];
  if (isSame) return;
  writer.eraseFrom(0, y);
  for (let at = start; at < start + end; at += 1) {
    const number = after.cells[at] as number;
    writer.put(table.cell(number), number === blank);
  }
}

function isRightHalf(table: CellTable, number: number | undefined): boolean {
  return table.cell(number ?? blank).text === "";
}
