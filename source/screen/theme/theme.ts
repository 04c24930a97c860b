import type { Brightness, ThemeChoice } from "../../reader/theme.js";
import { type Color, colorParameters, contrast, type Depth, readColor } from "./colors.js";
import {
  type Ink,
  inks,
  type Palette,
  type PaletteName,
  palettes,
  type Surface,
  sixteen,
  surfaces,
} from "./palettes.js";

/** The terminal properties that a theme depends on. */
export interface TerminalColors {
  readonly depth: Depth;
  /** The brightness of the background; `null` if unknown. */
  readonly brightness: Brightness | null;
}

/** A theme resolved for a terminal: the SGR parameters of each colour, `""` for none. */
export interface Theme {
  readonly background: string;
  readonly inks: Readonly<Record<Ink, string>>;
  readonly surfaces: Readonly<Record<Surface, { readonly background: string; readonly text: string } | null>>;
  /** A cache of the start sequences by style: a screen has hundreds of runs and a dozen styles. */
  readonly begins: Map<string, string>;
}

/** Resolves a theme choice for a terminal; `null` for `mono`, which has no colours. */
export function themeOf(choice: ThemeChoice, terminal: TerminalColors): Theme | null {
  const name = typeof choice === "string" ? choice : (choice.base ?? "terminal");
  if (name === "mono") return null;
  const palette = paletteOf(name, terminal);
  return made(typeof choice === "string" ? palette : withColors(palette, choice), terminal.depth);
}

/** The palette of a theme by name; an unknown name gives the terminal's own colours. */
export function paletteOf(name: string, { depth, brightness }: TerminalColors): Palette {
  const isLight = brightness === "light";
  const chosen: PaletteName =
    name === "light" || name === "dark"
      ? name
      : name === "high-contrast"
        ? isLight
          ? "highContrastLight"
          : "highContrast"
        : name === "auto" && brightness !== null
          ? brightness
          : isLight
            ? "terminalLight"
            : "terminal";
  if (depth !== 16) return palettes[chosen];
  if (name === "high-contrast") return sixteen[isLight ? "light" : "dark"] as Palette;
  return sixteen[chosen] ?? palettes[chosen];
}

/** A palette with some colours replaced. */
function withColors(palette: Palette, colors: Readonly<Record<string, string>>): Palette {
  const read = (name: string): Color | null => {
    const text = Object.hasOwn(colors, name) ? colors[name] : undefined;
    return text === undefined ? null : readColor(text);
  };
  const own: Partial<Record<Ink, Color>> = { ...palette.inks };
  for (const ink of inks) {
    const color = read(ink);
    if (color !== null) own[ink] = color;
  }
  const painted: Partial<Record<Surface, { background: Color; text: Color }>> = { ...palette.surfaces };
  for (const surface of surfaces) {
    const background = read(surface);
    const text = read(`${surface}Text`);
    const before = painted[surface];
    if (background !== null) painted[surface] = { background, text: text ?? textOn(background) };
    else if (text !== null && before) painted[surface] = { ...before, text };
  }
  const background = read("background");
  return { ...palette, inks: own, surfaces: painted, ...(background === null ? {} : { background }) };
}

/** Black or white, whichever is more readable on a background. */
function textOn(background: Color): Color {
  if (background === "default") return "default";
  return contrast("#000000", background) >= contrast("#ffffff", background) ? "#000000" : "#ffffff";
}

function made({ background, inks: own, surfaces: painted }: Palette, depth: Depth): Theme {
  const parameters = (color: Color | undefined, isBackground: boolean) =>
    color === undefined ? "" : colorParameters(color, depth, isBackground);
  const all = <Name extends string, Value>(names: readonly Name[], value: (name: Name) => Value) =>
    Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
  return {
    background: parameters(background, true),
    inks: all(inks, (ink) => parameters(own[ink], false)),
    surfaces: all(surfaces, (surface) => {
      const paint = painted[surface];
      if (paint === undefined) return null;
      return { background: parameters(paint.background, true), text: parameters(paint.text, false) };
    }),
    begins: new Map(),
  };
}
