import { graphemes, graphemeWidth } from "../text/cells.js";

/** What one cell of the screen shows. The right half of a wide character is an empty `text`. */
export interface Cell {
  readonly text: string;
  /** SGR parameters that give its look, `""` for none: `1;36`. */
  readonly sgr: string;
  /** The address that it leads to, `""` for none. */
  readonly link: string;
}

const printableAscii = /^[ -~]*$/;

/** SGR sequences, and where a link begins or ends (OSC 8). */
const sequences = /\x1b\[([\d;]*)m|\x1b\]8;[^;\x07\x1b]*;([^\x07\x1b]*)(?:\x07|\x1b\\)/g;

/** Attributes in force, each by the parameters that turn it on. */
interface Look {
  flags: Set<number>;
  color: string;
  background: string;
}

/** What turns an attribute off (ECMA-48, 8.3.117): 22 ends both bold and dim. */
const offs: Record<number, readonly number[]> = {
  22: [1, 2],
  23: [3],
  24: [4],
  25: [5],
  27: [7],
  28: [8],
  29: [9],
};

/** Cells of one look, by their text. */
type Palette = Map<string, Cell>;

/**
 * The cells in use, by look and text: most of a screen's are the same few hundred, and two that are
 * one object are told to be alike at once.
 */
const palettes = new Map<string, Palette>();
/** Looks, and texts of a look, that are kept before all are forgotten. */
const mostKept = 2_048;

function paletteOf(sgr: string, link: string): Palette {
  const look = `${sgr} ${link}`;
  let palette = palettes.get(look);
  if (palette === undefined) {
    palette = new Map();
    if (palettes.size >= mostKept) palettes.clear();
    palettes.set(look, palette);
  }
  if (palette.size >= mostKept) palette.clear();
  return palette;
}

/** A line with SGR sequences and links as cells. Blank cells at the end are left out. */
export function toCells(line: string): Cell[] {
  const cells: Cell[] = [];
  const look: Look = { flags: new Set(), color: "", background: "" };
  let sgr = "";
  let link = "";
  let at = 0;
  const take = (text: string) => {
    const palette = paletteOf(sgr, link);
    const cellOf = (one: string): Cell => {
      let cell = palette.get(one);
      if (cell === undefined) {
        cell = { text: one, sgr, link };
        palette.set(one, cell);
      }
      return cell;
    };
    if (printableAscii.test(text)) {
      for (let i = 0; i < text.length; i += 1) cells.push(cellOf(text.charAt(i)));
      return;
    }
    for (const one of graphemes(text)) {
      const width = graphemeWidth(one);
      // A mark that stands alone shares the cell before it.
      const last = cells.at(-1);
      if (width === 0) {
        if (last) cells[cells.length - 1] = { ...last, text: last.text + one };
        continue;
      }
      cells.push(cellOf(one));
      if (width === 2) cells.push(cellOf(""));
    }
  };
  for (const found of line.matchAll(sequences)) {
    take(line.slice(at, found.index));
    if (found[2] !== undefined) link = found[2];
    else {
      apply(look, found[1] as string);
      sgr = written(look);
    }
    at = found.index + found[0].length;
  }
  take(line.slice(at));
  while (cells.length > 0 && isBlank(cells.at(-1))) cells.pop();
  return cells;
}

/** Whether a cell shows nothing: what lies beyond the end of a line, or a space without a look. */
export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || (cell.text === " " && cell.sgr === "" && cell.link === "");
}

/** Whether two cells show the same; beyond the end of a line is blank. */
export function isSameCell(a: Cell | undefined, b: Cell | undefined): boolean {
  if (a === b) return true;
  if (isBlank(a) && isBlank(b)) return true;
  if (a === undefined || b === undefined) return false;
  return a.text === b.text && a.sgr === b.sgr && a.link === b.link;
}

function apply(look: Look, parameters: string): void {
  const codes = parameters === "" ? [0] : parameters.split(";").map(Number);
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] as number;
    if (code === 0) {
      look.flags.clear();
      look.color = "";
      look.background = "";
    } else if (code < 10) look.flags.add(code);
    else if (code in offs) for (const flag of offs[code] as readonly number[]) look.flags.delete(flag);
    else if (code === 38 || code === 48) {
      const length = codes[i + 1] === 2 ? 5 : 3;
      const value = codes.slice(i, i + length).join(";");
      if (code === 38) look.color = value;
      else look.background = value;
      i += length - 1;
    } else if (code === 39) look.color = "";
    else if (code === 49) look.background = "";
    else if ((code >= 30 && code < 38) || (code >= 90 && code < 98)) look.color = String(code);
    else if ((code >= 40 && code < 48) || (code >= 100 && code < 108)) look.background = String(code);
  }
}

function written({ flags, color, background }: Look): string {
  return [...[...flags].sort((a, b) => a - b), color, background].filter((one) => one !== "").join(";");
}
