import type { Brightness, ThemeChoice } from "../../reader/theme.js";
import type { ColorSupport } from "../style.js";
import { themeOf } from "./theme.js";

/** The colour support of a terminal, with the chosen theme. */
export function themed(
  support: ColorSupport,
  choice: ThemeChoice = "terminal",
  brightness: Brightness | null = null,
): ColorSupport {
  if (!support.color) return support;
  return { ...support, theme: themeOf(choice, { depth: support.depth ?? 16, brightness }) };
}
