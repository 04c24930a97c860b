import type { Brightness, ThemeChoice } from "../../reader/theme.js";
import type { ColorSupport } from "../style.js";
import { themeOf } from "./theme.js";

/** What a terminal can show, in the theme that was chosen for it. */
export function themed(
  support: ColorSupport,
  choice: ThemeChoice = "terminal",
  brightness: Brightness | null = null,
): ColorSupport {
  if (!support.color) return support;
  return { ...support, theme: themeOf(choice, { depth: support.depth ?? 16, brightness }) };
}
