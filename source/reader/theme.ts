/** Whether a terminal's background is light or dark. */
export type Brightness = "light" | "dark";

/** The themes by name. `auto` is light or dark, as the terminal's background is. */
export const themeNames = ["terminal", "auto", "light", "dark", "high-contrast", "mono"] as const;
export type ThemeName = (typeof themeNames)[number];

/** A theme by name, or single colours by the names of what they are for, over the theme named `base`. */
export type ThemeChoice = ThemeName | Readonly<Record<string, string>>;

/** Whether a theme looks different on a light background, so that the terminal is asked for its own. */
export function dependsOnBackground(choice: ThemeChoice): boolean {
  const name = typeof choice === "string" ? choice : (choice.base ?? "terminal");
  return name !== "light" && name !== "dark" && name !== "mono";
}
