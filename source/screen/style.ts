import { forCells } from "../text/shown.js";

/** How a run of text looks. Colours are of the terminal's own palette, so every theme fits. */
export interface Style {
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly inverse?: boolean;
  readonly color?: Color;
  /** The address it leads to, on terminals that know links. */
  readonly link?: string;
}

export type Color = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";

/** A run of text in one style. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One row of cells, or part of one. */
export type Line = readonly Span[];

/**
 * What things look like. Every state is told by a sign, a word or weight as well, so that the
 * screen reads the same without colour.
 */
export const styles = {
  plain: {},
  title: { bold: true },
  faint: { dim: true },
  rule: { dim: true },
  unread: { color: "cyan" },
  star: { color: "yellow" },
  later: { color: "magenta" },
  bar: { color: "cyan", bold: true },
  /** The row under the cursor: in the pane with the focus, and in the other. */
  cursor: { inverse: true },
  cursorAway: { bold: true },
  match: { bold: true, inverse: true },
  view: { bold: true, underline: true },
  key: { bold: true },
  caret: { inverse: true },
  chosen: { bold: true, inverse: true, underline: true },
  /** The title of the pane with the focus. */
  focus: { bold: true, color: "cyan" },
  info: {},
  warning: { color: "yellow" },
  error: { color: "red", bold: true },
} as const satisfies Record<string, Style>;

const colors: Record<Color, number> = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 };

/** A span of plain text, or of a style. */
export function span(text: string, style: Style = styles.plain): Span {
  return { text, style };
}

/** What of a style a terminal can show. */
export interface ColorSupport {
  readonly color: boolean;
  readonly links: boolean;
}

/** What may stand in an OSC 8 sequence: a web address of printable ASCII, as RFC 3986 has them. */
const linkable = /^https?:\/\/[!-~]{1,2000}$/i;

/**
 * A line as the terminal takes it: SGR sequences (ECMA-48, 8.3.117) around each run, so that a line
 * stands alone, and links as OSC 8. Without colour only weight, underline and inverse are left.
 */
export function encode(line: Line, { color, links }: ColorSupport): string {
  let text = "";
  for (const { text: written, style } of line) {
    // A text must not look like a sequence of ours, nor end the row.
    const run = forCells(written);
    if (run === "") continue;
    const begin = beginOf(style, color);
    const shown = begin === "" ? run : begin + run + end;
    const isLink = links && style.link !== undefined && linkable.test(style.link);
    text += isLink ? `\x1b]8;;${style.link}\x1b\\${shown}\x1b]8;;\x1b\\` : shown;
  }
  return text;
}

const end = "\x1b[0m";
/** What begins a style, by its attributes as bits: a screen has hundreds of runs and a dozen styles. */
const begins: (string | undefined)[] = [];

function beginOf(style: Style, color: boolean): string {
  const { bold, dim, italic, underline, inverse } = style;
  const colored = color && style.color ? colors[style.color] : 0;
  const bits =
    colored * 32 +
    (bold ? 16 : 0) +
    (dim ? 8 : 0) +
    (italic ? 4 : 0) +
    (underline ? 2 : 0) +
    (inverse ? 1 : 0);
  let begin = begins[bits];
  if (begin === undefined) {
    const codes = [bold && 1, dim && 2, italic && 3, underline && 4, inverse && 7, colored].filter(Boolean);
    begin = codes.length === 0 ? "" : `\x1b[${codes.join(";")}m`;
    begins[bits] = begin;
  }
  return begin;
}
