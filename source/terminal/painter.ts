import { type Cell, isSameCell, toCells } from "./cells.js";
import { bestScroll, type Scroll, scrolled } from "./scroll.js";

/** Cells that are alike between two changed runs: fewer than this are cheaper to write than to skip. */
const worthSkipping = 6;

/**
 * Brings the terminal from the frame it shows to the next, writing only the cells that differ.
 *
 * Every run is placed by its own coordinates, so a terminal that disagrees about the width of some
 * emoji, or a resize half way, never shifts the rest of the screen. A frame is one write between
 * "begin" and "end synchronized update" (DEC private mode 2026), so that none is seen half drawn.
 */
export class Painter {
  readonly #write: (text: string) => void;
  #lines: string[] = [];
  #cells: Cell[][] = [];
  /** Whether what the terminal shows is known; a new screen is blank. */
  #isKnown = true;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** The terminal shows something else now (resize, resume, redraw): the next frame is written whole. */
  forget(): void {
    this.#lines = [];
    this.#cells = [];
    this.#isKnown = false;
  }

  /** Shows a frame: one line a row, with SGR sequences and nothing else that moves the cursor. */
  paint(lines: readonly string[]): void {
    const writer = new RunWriter();
    if (!this.#isKnown) writer.clear();
    this.#isKnown = true;
    const before = this.#cells;
    const after = lines.map((line, y) => (line === this.#lines[y] ? (before[y] as Cell[]) : toCells(line)));
    const scroll = bestScroll(before, after);
    if (scroll) writer.scroll(scroll);
    const standing = scroll ? scrolled(before, scroll) : before;
    for (let y = 0; y < Math.max(after.length, standing.length); y += 1) {
      if (standing[y] !== after[y]) writeRow(writer, y, standing[y] ?? [], after[y] ?? []);
    }
    this.#lines = [...lines];
    this.#cells = after;
    const text = writer.finish();
    if (text !== "") this.#write(`\x1b[?2026h${text}\x1b[?2026l`);
  }
}

function writeRow(writer: RunWriter, y: number, before: readonly Cell[], after: readonly Cell[]): void {
  let x = 0;
  while (x < after.length) {
    if (isSameCell(before[x], after[x])) {
      x += 1;
      continue;
    }
    // A run begins on a whole character, not on the right half of a wide one, and so does what follows it.
    let start = x;
    while (start > 0 && after[start]?.text === "") start -= 1;
    let end = x + 1;
    for (let alike = 0, look = end; look < after.length && alike < worthSkipping; look += 1) {
      if (isSameCell(before[look], after[look])) alike += 1;
      else {
        alike = 0;
        end = look + 1;
      }
    }
    while (after[end]?.text === "") end += 1;
    writer.moveTo(start, y);
    for (const cell of after.slice(start, end)) writer.put(cell);
    x = end;
  }
  if (before.length > after.length) writer.eraseFrom(after.length, y);
}

/** Collects what is to be written, knowing where the cursor and the look stand. */
class RunWriter {
  #text = "";
  #x = -1;
  #y = -1;
  #sgr = "";
  #link = "";
  /** Whether the terminal may have moved by another width than was reckoned. */
  #unsure = false;

  clear(): void {
    this.#text += "\x1b[m\x1b[H\x1b[2J";
    this.#x = 0;
    this.#y = 0;
  }

  /** Moves part of the screen, by what every terminal since the VT100 knows: DECSTBM, IND and RI. */
  scroll({ top, bottom, by }: Scroll): void {
    this.#text += `\x1b[${top + 1};${bottom + 1}r`;
    this.#text +=
      by > 0 ? `\x1b[${bottom + 1}H${"\x1bD".repeat(by)}` : `\x1b[${top + 1}H${"\x1bM".repeat(-by)}`;
    // Taking the region away puts the cursor at the top left.
    this.#text += "\x1b[r";
    this.#x = 0;
    this.#y = 0;
  }

  moveTo(x: number, y: number): void {
    if (y === this.#y && x === this.#x) return;
    if (y === this.#y && this.#x >= 0 && x > this.#x)
      this.#text += x - this.#x === 1 ? "\x1b[C" : `\x1b[${x - this.#x}C`;
    else this.#text += x === 0 ? `\x1b[${y + 1}H` : `\x1b[${y + 1};${x + 1}H`;
    this.#x = x;
    this.#y = y;
  }

  put(cell: Cell): void {
    if (cell.text === "") {
      this.#x += this.#x < 0 ? 0 : 1;
      return;
    }
    if (this.#x < 0) throw new Error("a cell has no place");
    this.#look(cell.sgr, cell.link);
    this.#text += cell.text;
    this.#x += 1;
    // Terminals differ about the width of what is not one plain character: place the next one anew.
    if (cell.text.length > 1) this.#unsure = true;
  }

  eraseFrom(x: number, y: number): void {
    this.moveTo(x, y);
    this.#look("");
    this.#text += "\x1b[K";
  }

  finish(): string {
    this.#look("");
    return this.#text;
  }

  #look(sgr: string, link = ""): void {
    if (this.#unsure) {
      this.#text += `\x1b[${this.#y + 1};${this.#x + 1}H`;
      this.#unsure = false;
    }
    if (link !== this.#link) this.#text += `\x1b]8;;${link}\x1b\\`;
    this.#link = link;
    if (sgr === this.#sgr) return;
    // Adding to a plain look needs no reset before it.
    this.#text += sgr === "" ? "\x1b[m" : this.#sgr === "" ? `\x1b[${sgr}m` : `\x1b[0;${sgr}m`;
    this.#sgr = sgr;
  }
}
