import { forCells } from "../text/shown.js";
import type { Depth } from "./theme/colors.js";
import type { Ink, Surface } from "./theme/palettes.js";
import { type Theme, themeOf } from "./theme/theme.js";

/** The style of a run of text. Its colours are names; the theme maps them to values. */
export interface Style {
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly inverse?: boolean;
  readonly color?: Color;
  /** The background it is on. If the theme has a colour for it, that replaces `inverse`. */
  readonly on?: Surface;
  /** The URL it links to, on terminals with hyperlinks. */
  readonly link?: string;
}

/** The role of a run, or the hue it asks for. */
export type Color = Ink | Hue;
type Hue = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";

/** A run of text in one style. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One row of cells, or part of one. */
export type Line = readonly Span[];

/**
 * The styles of the program. Every state also has a sign, a word or a weight, so that the screen is readable
 * without colour.
 */
export const styles = {
  plain: {},
  title: { bold: true },
  faint: { dim: true },
  rule: { dim: true, color: "rule" },
  unread: { color: "accent" },
  star: { color: "star" },
  later: { color: "later" },
  bar: { color: "accent", bold: true },
  /** The row under the cursor, in the focused pane and in the other pane. */
  cursor: { inverse: true, on: "cursor" },
  cursorAway: { bold: true, on: "away" },
  match: { bold: true, inverse: true, on: "match" },
  view: { bold: true, underline: true },
  key: { bold: true },
  caret: { inverse: true },
  chosen: { bold: true, inverse: true, underline: true, on: "chosen" },
  /** The title of the focused pane. */
  focus: { bold: true, underline: true, color: "accent" },
  info: {},
  warning: { bold: true, color: "warning" },
  error: { bold: true, color: "error" },
} as const satisfies Record<string, Style>;

/** The ink for each hue, by use, so that a theme can keep each readable. */
const hues: Readonly<Record<Hue, Ink>> = {
  red: "error",
  green: "code",
  yellow: "star",
  blue: "link",
  magenta: "later",
  cyan: "link",
};

/** A span of text, plain by default. */
export function span(text: string, style: Style = styles.plain): Span {
  return { text, style };
}

/** The parts of a style that a terminal can show. */
export interface ColorSupport {
  readonly color: boolean;
  readonly links: boolean;
  /** The number of colours; 16 by default. */
  readonly depth?: Depth;
  /** The terminal's own colours by default; `null` for none. */
  readonly theme?: Theme | null;
}

const ownColors = themeOf("terminal", { depth: 16, brightness: null });

/** What an OSC 8 sequence may hold: a web address of printable ASCII (RFC 3986). */
const linkable = /^https?:\/\/[!-~]{1,2000}$/i;

/**
 * Encodes a line for the terminal: SGR sequences (ECMA-48, 8.3.117) around each run, so that each line is
 * independent, and links as OSC 8. Without colour only weight, underline and inverse are used.
 */
export function encode(line: Line, { color, links, theme = ownColors }: ColorSupport): string {
  const shownTheme = color ? theme : null;
  let text = "";
  for (const { text: written, style } of line) {
    // The text must not contain escape sequences or line breaks.
    const run = forCells(written);
    if (run === "") continue;
    const begin = beginOf(style, shownTheme);
    const shown = begin === "" ? run : begin + run + end;
    const isLink = links && style.link !== undefined && linkable.test(style.link);
    text += isLink ? `\x1b]8;;${style.link}\x1b\\${shown}\x1b]8;;\x1b\\` : shown;
  }
  return text;
}

const end = "\x1b[0m";

function beginOf(style: Style, theme: Theme | null): string {
  if (theme === null) return sequence(attributes(style, false, false));
  const { bold, dim, italic, underline, inverse, color = "", on = "" } = style;
  const bits = (bold ? 16 : 0) + (dim ? 8 : 0) + (italic ? 4 : 0) + (underline ? 2 : 0) + (inverse ? 1 : 0);
  const name = `${bits}${color} ${on}`;
  let begin = theme.begins.get(name);
  if (begin === undefined) {
    begin = sequence(inTheme(style, theme));
    theme.begins.set(name, begin);
  }
  return begin;
}

/**
 * The SGR parameters of a style in a theme. On a theme's surface only the surface's own text colour is
 * readable.
 */
function inTheme(style: Style, theme: Theme): string[] {
  const { dim, color, on, inverse } = style;
  const surface = on === undefined ? null : theme.surfaces[on];
  const hasFaint = theme.inks.faint !== "";
  const codes = attributes(style, surface !== null || hasFaint, surface !== null);
  if (surface !== null) return [...codes, surface.text, surface.background];
  // A surface that the theme draws inverse keeps its contrast only without a hue.
  if (inverse && on !== undefined) return [...codes, theme.inks.text, theme.background];
  const ink = color === undefined ? "" : theme.inks[isHue(color) ? hues[color] : color];
  return [...codes, ink || (dim && theme.inks.faint) || theme.inks.text, theme.background];
}

function isHue(color: Color): color is Hue {
  return Object.hasOwn(hues, color);
}

/**
 * The SGR parameters of weight and lines. A theme with a colour for dim, or a background for inverse,
 * replaces those attributes.
 */
function attributes(
  { bold, dim, italic, underline, inverse }: Style,
  withoutDim: boolean,
  withoutInverse: boolean,
): string[] {
  const codes = [
    bold && "1",
    dim && !withoutDim && "2",
    italic && "3",
    underline && "4",
    inverse && !withoutInverse && "7",
  ];
  return codes.filter((code) => typeof code === "string");
}

function sequence(parameters: readonly string[]): string {
  const codes = parameters.filter((code) => code !== "");
  return codes.length === 0 ? "" : `\x1b[${codes.join(";")}m`;
}
