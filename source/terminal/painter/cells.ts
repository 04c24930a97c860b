import { graphemes, graphemeWidth, hasSureWidth } from "../../text/cells.js";
import { forCells } from "../../text/shown.js";

/** The style of a cell. Equal styles are one object in a table. */
export interface CellStyle {
  /** Its SGR parameters, `""` for none: `1;36`. */
  readonly sgr: string;
  /** Its link, `""` for none. */
  readonly link: string;
  /** Whether it is visible on a blank: underlined, inverse or on a background, or part of a link. */
  readonly showsOnBlank: boolean;
}

/** The content of one cell. The right half of a wide character is an empty `text`. */
export interface Cell {
  readonly text: string;
  readonly style: CellStyle;
  /** Whether terminals may disagree about its width. */
  readonly isDoubtful: boolean;
}

/** The number of the empty cell: a blank in any style that is not visible on a blank. */
export const blank = 0;

/** A style with its cells, and the styles that sequences lead to from it. */
interface KnownStyle extends CellStyle {
  /** Cells of one ASCII character, by its code; 0 if not made yet. */
  readonly ascii: Int32Array;
  readonly others: Map<string, number>;
  readonly after: Map<string, KnownStyle>;
}

const printableAscii = /^[ -~]*$/;

/** Links (OSC 8) at a position in a line: an address of printable ASCII (RFC 3986), or none. */
const linkSequence = /\x1b\]8;[!-:<-~]*;([!-~]*)(?:\x07|\x1b\\)/y;
/** The parameters of SGR (ECMA-48, 8.3.117). */
const sgrParameters = /^[\d;]*$/;

/** The parameters that turn attributes off; 22 ends both bold and dim. */
const offs: Record<number, readonly number[]> = {
  22: [1, 2],
  23: [3],
  24: [4],
  25: [5],
  27: [7],
  28: [8],
  29: [9],
};

/** The size at which the table is reset; a screen uses a few hundred cells. */
const mostKept = 16_384;

/**
 * The cells in use, by number. Equal cells have the same number, so frames are arrays of numbers, which compare
 * fast and make no garbage. Most screens use the same few hundred cells.
 */
export class CellTable {
  readonly #cells: Cell[] = [];
  readonly #styles = new Map<string, KnownStyle>();
  readonly #plain = this.#styleOf("", "");
  #hasDoubtful = false;

  constructor() {
    this.#add(" ", this.#plain);
  }

  /** Whether the table is full and should be replaced. */
  get isFull(): boolean {
    return this.#cells.length > mostKept;
  }

  /** Whether a row has a cell, from `at` to `end`, whose width terminals disagree about. */
  isDoubtful(cells: Int32Array, at: number, end: number): boolean {
    if (!this.#hasDoubtful) return false;
    for (let x = at; x < end; x += 1) if (this.cell(cells[x] as number).isDoubtful) return true;
    return false;
  }

  cell(number: number): Cell {
    return this.#cells[number] as Cell;
  }

  /**
   * Reads a line with SGR sequences and links into `row` from `at` on, which needs room for two cells per
   * character. Returns the number of cells, without blank ones at the end.
   */
  read(line: string, row: Int32Array, at: number): number {
    let style = this.#plain;
    let x = at;
    for (let from = 0; from < line.length; ) {
      const sequence = line.indexOf("\x1b", from);
      const end = sequence < 0 ? line.length : sequence;
      if (end > from) x = this.#readText(line.slice(from, end), style, row, at, x);
      if (sequence < 0) break;
      from = sequence + 1;
      if (line.startsWith("[", from)) {
        const final = line.indexOf("m", from);
        const next = final < 0 ? null : this.#after(style, line.slice(from + 1, final));
        if (next === null) continue;
        style = next;
        from = final + 1;
      } else {
        linkSequence.lastIndex = sequence;
        const link = linkSequence.exec(line);
        if (!link) continue;
        style = this.#styleOf(style.sgr, link[1] as string);
        from = linkSequence.lastIndex;
      }
    }
    while (x > at && row[x - 1] === blank) x -= 1;
    return x - at;
  }

  /** Reads text without sequences; returns its end. `at` is the beginning of the line. */
  #readText(given: string, style: KnownStyle, row: Int32Array, at: number, from: number): number {
    let x = from;
    let text = given;
    if (printableAscii.test(text)) {
      for (let i = 0; i < text.length; i += 1) row[x++] = this.#ascii(style, text.charCodeAt(i));
      return x;
    }
    // The last filter: nothing in a text may control the terminal.
    text = forCells(text);
    const parts = graphemes(text);
    for (let i = 0; i < parts.length; i += 1) {
      const one = parts[i] as string;
      const code = one.length === 1 ? one.charCodeAt(0) : 0;
      if (code >= 32 && code < 127) {
        row[x++] = this.#ascii(style, code);
        continue;
      }
      const width = graphemeWidth(one);
      if (width > 0) {
        row[x++] = this.#numberOf(withoutLostJoiner(one), style);
        if (width === 2) row[x++] = this.#numberOf("", style);
      } else if (x > at) {
        // A combining mark at the beginning shares the cell before it.
        const last = this.cell(row[x - 1] as number);
        row[x - 1] = this.#numberOf(last.text + one, last.style as KnownStyle);
      }
    }
    return x;
  }

  #ascii(style: KnownStyle, code: number): number {
    if (code === 32 && !style.showsOnBlank) return blank;
    const known = style.ascii[code] as number;
    if (known !== 0) return known;
    const number = this.#add(String.fromCharCode(code), style);
    style.ascii[code] = number;
    return number;
  }

  #numberOf(text: string, style: KnownStyle): number {
    let number = style.others.get(text);
    if (number === undefined) {
      number = this.#add(text, style);
      style.others.set(text, number);
    }
    return number;
  }

  #add(text: string, style: KnownStyle): number {
    const isDoubtful = text !== "" && !hasSureWidth(text);
    if (isDoubtful) this.#hasDoubtful = true;
    this.#cells.push({ text, style, isDoubtful });
    return this.#cells.length - 1;
  }

  /** The style after a sequence; `null` if it is not one of these. */
  #after(style: KnownStyle, parameters: string): KnownStyle | null {
    let next = style.after.get(parameters);
    if (next === undefined) {
      if (!sgrParameters.test(parameters)) return null;
      next = this.#styleOf(applied(style.sgr, parameters), style.link);
      style.after.set(parameters, next);
    }
    return next;
  }

  #styleOf(sgr: string, link: string): KnownStyle {
    const name = `${sgr} ${link}`;
    let style = this.#styles.get(name);
    if (style === undefined) {
      const showsOnBlank = link !== "" || partsOf(sgr).some(isSeenOnBlank);
      style = { sgr, link, showsOnBlank, ascii: new Int32Array(128), others: new Map(), after: new Map() };
      this.#styles.set(name, style);
    }
    return style;
  }
}

/** A grapheme without a joiner at its end that joins nothing: a terminal would join the next character to it. */
function withoutLostJoiner(grapheme: string): string {
  if (!grapheme.endsWith("\u200d")) return grapheme;
  const base = grapheme.replace(/(?<!\u200d)\u200d+$/, "");
  return base !== "" && hasSureWidth(base) ? base : grapheme;
}

/** The parameters of a style, one by one; a colour of several numbers is one parameter. */
export function partsOf(sgr: string): string[] {
  return sgr.match(/[34]8;(?:5;\d+|2(?:;\d+){3})|\d+/g) ?? [];
}

/** Bold, dim, italic and the text colour are visible only on text. */
function isSeenOnBlank(part: string): boolean {
  return !/^(?:[123]|3[0-7]|38;.*|9[0-7])$/.test(part);
}

/** The style after a sequence, in this order: attributes, text colour, background. */
function applied(sgr: string, parameters: string): string {
  const before = partsOf(sgr);
  const flags = new Set(before.filter((part) => part.length === 1).map(Number));
  let color = before.find((part) => /^(?:3|9.)/.test(part) && part.length > 1) ?? "";
  let background = before.find((part) => /^(?:4|10)/.test(part) && part.length > 1) ?? "";
  const codes = parameters === "" ? [0] : parameters.split(";").map(Number);
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] as number;
    if (code === 0) {
      flags.clear();
      color = "";
      background = "";
    } else if (code < 10) flags.add(code);
    else if (code in offs) for (const flag of offs[code] as readonly number[]) flags.delete(flag);
    else if (code === 38 || code === 48) {
      const length = codes[i + 1] === 2 ? 5 : 3;
      const value = codes.slice(i, i + length).join(";");
      if (code === 38) color = value;
      else background = value;
      i += length - 1;
    } else if (code === 39) color = "";
    else if (code === 49) background = "";
    else if ((code >= 30 && code < 38) || (code >= 90 && code < 98)) color = String(code);
    else if ((code >= 40 && code < 48) || (code >= 100 && code < 108)) background = String(code);
  }
  return [...[...flags].sort((a, b) => a - b), color, background].filter((one) => one !== "").join(";");
}
