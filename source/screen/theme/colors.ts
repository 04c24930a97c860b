/** One of the terminal's sixteen colours by number, an RGB colour, or the terminal's default. */
export type Color = number | `#${string}` | "default";

/** The number of colours of a terminal: sixteen, xterm's 256, or 24-bit. */
export type Depth = 16 | 256 | "all";

/** The names of the first eight colours in order; the other eight are the bright ones. */
const colorNames = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;

/** xterm's values for the sixteen colours; a terminal may use others. */
const usual = (
  "#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 " +
  "#7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff"
).split(" ");

/**
 * Parses a colour, by name or in hexadecimal, case-insensitive: `red`, `bright-red`, `gray`, `default`,
 * `#fa0`; `null` if it is none.
 */
export function readColor(text: string): Color | null {
  const name = text.trim().toLowerCase();
  if (name === "default") return name;
  const short = /^#([\da-f])([\da-f])([\da-f])$/.exec(name);
  if (short)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join("")}`;
  if (/^#[\da-f]{6}$/.test(name)) return name as Color;
  if (/^(?:bright[- ]?black|gr[ae]y)$/.test(name)) return 8;
  const [, bright, hue = ""] = /^(bright[- ]?)?([a-z]+)$/.exec(name) ?? [];
  const number = (colorNames as readonly string[]).indexOf(hue);
  return number < 0 ? null : number + (bright === undefined ? 0 : 8);
}

/** Red, green and blue from 0 to 255. The sixteen colours have xterm's values. */
export function channels(color: Exclude<Color, "default">): readonly [number, number, number] {
  const hex = typeof color === "number" ? (usual[color] as string) : color;
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The SGR parameters of a colour (ECMA-48, 8.3.117; 38 and 48 as in xterm). */
export function colorParameters(color: Color, depth: Depth, isBackground: boolean): string {
  const base = isBackground ? 10 : 0;
  if (color === "default") return String(39 + base);
  if (typeof color === "number") return String((color < 8 ? 30 + color : 82 + color) + base);
  const [red, green, blue] = channels(color);
  if (depth === "all") return `${38 + base};2;${red};${green};${blue}`;
  if (depth === 256) return `${38 + base};5;${nearestOf256(red, green, blue)}`;
  const number = nearestOf16(red, green, blue);
  return String((number < 8 ? 30 + number : 82 + number) + base);
}

const steps = [0, 95, 135, 175, 215, 255];

/** The number of the nearest colour in xterm's 6 × 6 × 6 cube (16 to 231) or its 24 greys (232 to 255). */
function nearestOf256(red: number, green: number, blue: number): number {
  const step = (value: number) =>
    steps.reduce((best, one, at) => (nearer(one, steps[best] as number, value) ? at : best), 0);
  const [r, g, b] = [step(red), step(green), step(blue)];
  const cube = distance([steps[r] as number, steps[g] as number, steps[b] as number], [red, green, blue]);
  const grey = Math.max(0, Math.min(23, Math.round(((red + green + blue) / 3 - 8) / 10)));
  const level = 8 + 10 * grey;
  const isGrey = distance([level, level, level], [red, green, blue]) < cube;
  return isGrey ? 232 + grey : 16 + 36 * r + 6 * g + b;
}

function nearer(one: number, other: number, value: number): boolean {
  return Math.abs(one - value) < Math.abs(other - value);
}

function nearestOf16(red: number, green: number, blue: number): number {
  let best = 0;
  for (let number = 1; number < 16; number += 1) {
    const here = distance(channels(number), [red, green, blue]);
    if (here < distance(channels(best), [red, green, blue])) best = number;
  }
  return best;
}

function distance(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + (value - (other[at] as number)) ** 2, 0);
}

/** The relative luminance of a colour, from 0 (black) to 1 (WCAG 2.2). */
function luminance(color: Exclude<Color, "default">): number {
  const [red, green, blue] = channels(color).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast ratio of two colours, from 1 to 21 (WCAG 2.2). */
export function contrast(one: Exclude<Color, "default">, other: Exclude<Color, "default">): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
