import headless, { type Terminal as Emulator, type IBuffer, type IBufferCell } from "@xterm/headless";
import { graphemesAddon } from "./graphemes.js";

/** A colour as a program asked for it: the terminal's own (`null`), one of the palette's 256, or `#rrggbb`. */
export type Colour = number | string | null;

/** One character on the screen. A wide one takes two columns and is one cell of width 2. */
export interface Cell {
  readonly char: string;
  readonly width: 1 | 2;
  readonly fg: Colour;
  readonly bg: Colour;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
}

export interface Cursor {
  readonly x: number;
  readonly y: number;
  readonly visible: boolean;
}

/** What a program switched on in the terminal, and would leave on if it ended now. */
export interface Modes {
  readonly alternate: boolean;
  readonly bracketedPaste: boolean;
  readonly mouse: boolean;
  readonly synchronized: boolean;
}

/**
 * An emulated screen: bytes in, cells out. It knows nothing of the program that wrote the bytes, so
 * that output recorded elsewhere (the bench) can be looked at too.
 */
export class Screen {
  readonly #emulator: Emulator;
  #cursorVisible = true;
  #title: string | null = null;
  readonly #clipboardWrites: string[] = [];
  readonly #links: string[] = [];

  /** @param reply gets what a terminal answers to questions (device attributes, cursor position). */
  constructor(columns: number, rows: number, reply?: (answer: string) => void) {
    this.#emulator = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
    // Emoji and CJK as wide as modern terminals draw them; xterm's own tables are Unicode 6.
    this.#emulator.loadAddon(graphemesAddon());
    if (reply) this.#emulator.onData(reply);
    this.#emulator.onTitleChange((title) => {
      this.#title = title;
    });
    this.#watchCursorMode();
    this.#emulator.parser.registerOscHandler(52, (data) => {
      const payload = data.slice(data.indexOf(";") + 1);
      if (payload !== "?") this.#clipboardWrites.push(Buffer.from(payload, "base64").toString("utf8"));
      return false;
    });
    this.#emulator.parser.registerOscHandler(8, (data) => {
      const address = data.slice(data.indexOf(";") + 1);
      if (address !== "") this.#links.push(address);
      return false;
    });
  }

  /** Shows `output`; resolves when all of it is on the screen. Output in pieces may split a character. */
  show(output: Uint8Array | string): Promise<void> {
    return new Promise((resolve) => this.#emulator.write(output, resolve));
  }

  resize(columns: number, rows: number): void {
    this.#emulator.resize(columns, rows);
  }

  /** The visible rows without the blanks at their ends. */
  rows(): string[] {
    const buffer = this.#emulator.buffer.active;
    const cell = buffer.getNullCell();
    return Array.from({ length: this.#emulator.rows }, (_, y) => {
      const line = buffer.getLine(buffer.baseY + y);
      let row = "";
      for (let x = 0; line && x < line.length; x++) {
        line.getCell(x, cell);
        if (cell.getWidth() > 0) row += shown(cell);
      }
      return row.replace(/ +$/, "");
    });
  }

  /** The visible rows cell by cell; the widths of a row add up to the screen's columns. */
  styled(): Cell[][] {
    const buffer = this.#emulator.buffer.active;
    return Array.from({ length: this.#emulator.rows }, (_, y) => styledRow(buffer, y));
  }

  cursor(): Cursor {
    const { cursorX, cursorY } = this.#emulator.buffer.active;
    return { x: cursorX, y: cursorY, visible: this.#cursorVisible };
  }

  modes(): Modes {
    const { bracketedPasteMode, mouseTrackingMode, synchronizedOutputMode } = this.#emulator.modes;
    return {
      alternate: this.#emulator.buffer.active.type === "alternate",
      bracketedPaste: bracketedPasteMode,
      mouse: mouseTrackingMode !== "none",
      synchronized: synchronizedOutputMode,
    };
  }

  get columns(): number {
    return this.#emulator.cols;
  }

  /** The last window title set, `null` if none was. */
  title(): string | null {
    return this.#title;
  }

  /** Every text put into the clipboard by the terminal, oldest first. */
  clipboardWrites(): string[] {
    return [...this.#clipboardWrites];
  }

  /** The addresses of all links written (OSC 8), in the order they were. */
  links(): string[] {
    return [...this.#links];
  }

  dispose(): void {
    this.#emulator.dispose();
  }

  /** The emulator keeps the cursor's visibility to itself, so it is read off on the way in. */
  #watchCursorMode(): void {
    const { parser } = this.#emulator;
    for (const final of ["h", "l"]) {
      parser.registerCsiHandler({ prefix: "?", final }, (parameters) => {
        if (parameters.includes(25)) this.#cursorVisible = final === "h";
        return false;
      });
    }
    const visibleAgain = () => {
      this.#cursorVisible = true;
      return false;
    };
    parser.registerEscHandler({ final: "c" }, visibleAgain);
    parser.registerCsiHandler({ intermediates: "!", final: "p" }, visibleAgain);
  }
}

function styledRow(buffer: IBuffer, y: number): Cell[] {
  const line = buffer.getLine(buffer.baseY + y);
  if (!line) return [];
  const row: Cell[] = [];
  for (let x = 0; x < line.length; x++) {
    const cell = line.getCell(x);
    // The right half of a wide character is a cell of no width: its left half counts for both.
    if (cell && cell.getWidth() > 0) row.push(styledCell(cell));
  }
  return row;
}

/** The character of a cell; a blank where nothing is to be seen. */
function shown(cell: IBufferCell): string {
  return cell.isInvisible() ? " " : cell.getChars() || " ";
}

function styledCell(cell: IBufferCell): Cell {
  return {
    char: shown(cell),
    width: cell.getWidth() === 2 ? 2 : 1,
    fg: colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
    bg: colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
  };
}

function colour(isDefault: boolean, isRgb: boolean, value: number): Colour {
  if (isDefault) return null;
  return isRgb ? `#${value.toString(16).padStart(6, "0")}` : value;
}
