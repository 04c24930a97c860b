import type { Draft, TextSpan } from "./blocks.js";

/**
 * The limit of one block, in characters: a block is laid out at once, a second for ten times as much. The longest
 * paragraph of a paper has some 20,000.
 */
const most = 1_000_000;
/** What a line, a cell, a span or a picture counts for, in characters: each takes time and memory by itself. */
const ofEach = 10;

/** Counts what a block has, and leaves out what comes after the limit. */
class Room {
  #left = most;

  get isFull(): boolean {
    return this.#left < 0;
  }

  readonly takes = (text: string | undefined): boolean => {
    this.#left -= ofEach + (text?.length ?? 0);
    return this.#left >= 0;
  };

  readonly spans = (spans: readonly TextSpan[]): TextSpan[] => {
    const kept: TextSpan[] = [];
    for (const span of spans) {
      const before = this.#left;
      if (this.takes(span.tex ?? span.text)) kept.push(span);
      // The beginning of a long text; of a formula there is none.
      else if (span.tex === undefined && before > ofEach)
        kept.push({ ...span, text: span.text.slice(0, before) });
      if (this.isFull) break;
    }
    return kept;
  };

  /** The elements that fit, each shortened itself. */
  list<One, Short>(elements: readonly One[], shorten: (one: One) => Short): Short[] {
    const kept: Short[] = [];
    for (const one of elements) {
      if (!this.takes("")) break;
      kept.push(shorten(one));
    }
    return kept;
  }
}

/** What a block counts for, as `Room` counts it. */
function sizeOf({
  spans = [],
  lines = [],
  tables = [],
  panels = [],
  pictures = [],
  equation = [],
}: Draft): number {
  let size = ofEach * pictures.length;
  const addSpans = (some: readonly TextSpan[]) => {
    size += ofEach;
    for (const { tex, text } of some) size += ofEach + (tex ?? text).length;
  };
  addSpans(spans);
  lines.forEach(addSpans);
  panels.forEach(addSpans);
  for (const table of tables) for (const row of table) for (const cell of row) addSpans(cell.spans);
  for (const { cells } of equation) for (const cell of cells) size += ofEach + cell.length;
  return size;
}

/** The block, without what is more than its limit; `isCut` if something is left out. */
export function shortened(draft: Draft): { readonly draft: Draft; readonly isCut: boolean } {
  if (sizeOf(draft) <= most) return { draft, isCut: false };
  const room = new Room();
  const { spans = [], lines, tables, panels, pictures, equation } = draft;
  const short: Draft = {
    ...draft,
    // The caption first: the rest is longer.
    ...(draft.spans ? { spans: room.spans(spans) } : {}),
    ...(equation
      ? {
          equation: room.list(equation, (row) => ({
            ...row,
            cells: row.cells.filter(room.takes),
          })),
        }
      : {}),
    ...(pictures ? { pictures: room.list(pictures, (one) => one) } : {}),
    ...(panels ? { panels: room.list(panels, room.spans) } : {}),
    ...(lines ? { lines: room.list(lines, room.spans) } : {}),
    ...(tables
      ? {
          tables: room.list(tables, (table) =>
            room.list(table, (row) => room.list(row, (cell) => ({ ...cell, spans: room.spans(cell.spans) }))),
          ),
        }
      : {}),
  };
  return { draft: short, isCut: true };
}
