import type { Color } from "./colors.js";

/** The roles of text and signs that have a colour of their own. */
export const inks = [
  "text",
  "faint",
  "rule",
  "accent",
  "star",
  "later",
  "warning",
  "error",
  "code",
  "link",
] as const;
export type Ink = (typeof inks)[number];

/** The roles of backgrounds: the cursor row with and without the focus, a filter match, the chosen match. */
export const surfaces = ["cursor", "away", "match", "chosen"] as const;
export type Surface = (typeof surfaces)[number];

/** A background and the text colour on it. */
export interface Paint {
  readonly background: Color;
  readonly text: Color;
}

/** The colours of a theme. Roles without one use weight, underline or inverse alone. */
export interface Palette {
  /** The background of the whole screen. */
  readonly background?: Color;
  readonly inks: Readonly<Partial<Record<Ink, Color>>>;
  readonly surfaces: Readonly<Partial<Record<Surface, Paint>>>;
}

/**
 * Themes use colours by number for the terminal's sixteen; the others are from xterm's 256 and look alike in
 * both depths.
 */
export const palettes = {
  /** Text in the terminal's own colour. Only signs have hues, since their shape also identifies them. */
  terminal: { inks: { accent: 6, star: 3, later: 5 }, surfaces: {} },
  /** The same for a light background, where yellow and cyan are too pale. */
  terminalLight: { inks: { accent: 4, star: 1, later: 5 }, surfaces: {} },
  dark: {
    background: "#1c1c1c",
    inks: {
      text: "#e4e4e4",
      faint: "#a8a8a8",
      rule: "#8a8a8a",
      accent: "#5fd7ff",
      star: "#ffd75f",
      later: "#d7afff",
      warning: "#ffd75f",
      error: "#ff8787",
      code: "#afd787",
      link: "#87d7ff",
    },
    surfaces: {
      cursor: { background: "#005f87", text: "#ffffff" },
      away: { background: "#303030", text: "#e4e4e4" },
      match: { background: "#ffd75f", text: "#000000" },
      chosen: { background: "#ff8700", text: "#000000" },
    },
  },
  light: {
    background: "#ffffff",
    inks: {
      text: "#1c1c1c",
      faint: "#585858",
      rule: "#6c6c6c",
      accent: "#005faf",
      star: "#af5f00",
      later: "#8700af",
      warning: "#875f00",
      error: "#af0000",
      code: "#005f00",
      link: "#005faf",
    },
    surfaces: {
      cursor: { background: "#d7d7ff", text: "#000000" },
      away: { background: "#e4e4e4", text: "#1c1c1c" },
      match: { background: "#ffd75f", text: "#000000" },
      chosen: { background: "#ff8700", text: "#000000" },
    },
  },
  highContrast: {
    background: "#000000",
    inks: {
      text: "#ffffff",
      faint: "#d0d0d0",
      rule: "#d0d0d0",
      accent: "#00ffff",
      star: "#ffff00",
      later: "#ff87ff",
      warning: "#ffff00",
      error: "#ff8787",
      code: "#87ff87",
      link: "#87ffff",
    },
    surfaces: {
      cursor: { background: "#ffff00", text: "#000000" },
      away: { background: "#4e4e4e", text: "#ffffff" },
      match: { background: "#00ffff", text: "#000000" },
      chosen: { background: "#ff87ff", text: "#000000" },
    },
  },
  highContrastLight: {
    background: "#ffffff",
    inks: {
      text: "#000000",
      faint: "#303030",
      rule: "#303030",
      accent: "#00005f",
      star: "#5f0000",
      later: "#5f005f",
      warning: "#5f0000",
      error: "#870000",
      code: "#005f00",
      link: "#00005f",
    },
    surfaces: {
      cursor: { background: "#000000", text: "#ffffff" },
      away: { background: "#d0d0d0", text: "#000000" },
      match: { background: "#ffff00", text: "#000000" },
      chosen: { background: "#ffaf00", text: "#000000" },
    },
  },
} as const satisfies Record<string, Palette>;

export type PaletteName = keyof typeof palettes;

/** The same themes for terminals with sixteen colours, readable in xterm's values for them. */
export const sixteen: Readonly<Partial<Record<PaletteName, Palette>>> = {
  dark: {
    background: 0,
    inks: {
      text: 15,
      faint: 7,
      rule: 7,
      accent: 14,
      star: 11,
      later: 13,
      warning: 11,
      error: 9,
      code: 10,
      link: 14,
    },
    surfaces: {
      cursor: { background: 4, text: 15 },
      away: { background: 7, text: 0 },
      match: { background: 11, text: 0 },
      chosen: { background: 14, text: 0 },
    },
  },
  light: {
    background: 15,
    inks: {
      text: 0,
      faint: 0,
      rule: 0,
      accent: 4,
      star: 1,
      later: 4,
      warning: 1,
      error: 1,
      code: 4,
      link: 4,
    },
    surfaces: {
      cursor: { background: 4, text: 15 },
      away: { background: 7, text: 0 },
      match: { background: 11, text: 0 },
      chosen: { background: 14, text: 0 },
    },
  },
};
