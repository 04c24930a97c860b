import type { Cell, Colour } from "../test/support/terminal.js";

/** The terminal's own two colours in the pictures, and its frame. */
export const theme = {
  foreground: "#d3d7e3",
  background: "#171a21",
  bar: "#20242d",
  barText: "#8b93a7",
  dots: ["#ff6159", "#ffbd2e", "#28c941"],
} as const;

/** The 16 named colours: black to white, then the bright ones. */
const named = [
  "#2a2f3a",
  "#ef6b73",
  "#8fc77a",
  "#e5bd6e",
  "#6ea8f2",
  "#c58af0",
  "#5cc5cf",
  "#c4c9d6",
  "#697084",
  "#ff8d94",
  "#a9dd95",
  "#f5d48f",
  "#94c1ff",
  "#d9acff",
  "#83dde6",
  "#f4f6fb",
] as const;

/** The levels of the palette's 6 × 6 × 6 cube, as xterm has them. */
const cubeLevels = [0, 95, 135, 175, 215, 255] as const;

/** The opacity of dim text. */
const dimming = 0.6;

/** The two colours of a cell, after applying dim and inverse; a `null` background is that of the window. */
export function cellColours(cell: Cell): { readonly fg: string; readonly bg: string | null } {
  const fg = hex(cell.fg) ?? theme.foreground;
  const bg = hex(cell.bg);
  const shown = cell.inverse ? { fg: bg ?? theme.background, bg: fg } : { fg, bg };
  return cell.dim ? { ...shown, fg: mix(shown.fg, shown.bg ?? theme.background, dimming) } : shown;
}

/** A colour as `#rrggbb`; `null` stays `null`. */
export function hex(colour: Colour): string | null {
  if (typeof colour !== "number") return colour;
  if (colour < 16) return named[colour] ?? null;
  if (colour >= 232) return fromLevels([1, 1, 1].map(() => 8 + 10 * (colour - 232)));
  const steps = [36, 6, 1].map((size) => Math.floor((colour - 16) / size) % 6);
  return fromLevels(steps.map((step) => cubeLevels[step] ?? 0));
}

function mix(over: string, under: string, share: number): string {
  const below = toLevels(under);
  return fromLevels(toLevels(over).map((level, at) => share * level + (1 - share) * (below[at] ?? 0)));
}

function toLevels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function fromLevels(levels: readonly number[]): string {
  return `#${levels.map((level) => Math.round(level).toString(16).padStart(2, "0")).join("")}`;
}
