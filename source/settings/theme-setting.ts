import { nearest } from "../text/did-you-mean.js";

/** The themes by name. `auto` is light or dark, as the terminal's background is. */
const themes = ["terminal", "auto", "light", "dark", "high-contrast", "mono"] as const;

/** A theme by name, or single colours by the names of what they are for, over the theme named `base`. */
export type ThemeSetting = (typeof themes)[number] | Readonly<Record<string, string>>;

/** What a colour of one's own may be for. */
const parts = [
  ...["text", "faint", "rule", "accent", "star", "later", "warning", "error", "code", "link", "background"],
  ...["cursor", "cursorText", "away", "awayText", "match", "matchText", "chosen", "chosenText"],
];

const hues = "black|red|green|yellow|blue|magenta|cyan|white";
const color = new RegExp(`^(?:#[\\da-f]{3}|#[\\da-f]{6}|default|gr[ae]y|(?:bright[- ]?)?(?:${hues}))$`, "i");

/**
 * Reads the setting `theme`. What is wrong in an object of colours is left out and the rest of it is used.
 *
 * @param path the file, for the sentences
 * @param problems gets a sentence for each mistake
 */
export function readTheme(value: unknown, path: string, problems: string[]): ThemeSetting {
  if (value === undefined) return "terminal";
  const isName = (one: unknown): one is (typeof themes)[number] =>
    (themes as readonly unknown[]).includes(one);
  if (isName(value)) return value;
  const names = themes.map((name) => `"${name}"`).join(", ");
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    problems.push(
      `The setting "theme" in ${path} must be ${names}, or an object of colours such as {"base": "dark", "star": "#ffcc00"}. Used instead: "terminal".`,
    );
    return "terminal";
  }
  const read: Record<string, string> = Object.create(null);
  for (const [name, given] of Object.entries(value)) {
    if (name === "base") {
      if (isName(given)) read.base = given;
      else
        problems.push(`"base" of the setting "theme" in ${path} must be ${names}. Used instead: "terminal".`);
    } else if (!parts.includes(name)) {
      problems.push(
        `The setting "theme" in ${path} has no colour "${name}"${meant(name)}; it has ${parts.join(", ")}.`,
      );
    } else if (typeof given === "string" && color.test(given.trim())) read[name] = given;
    else {
      problems.push(
        `The colour "${name}" of the setting "theme" in ${path} must be a name such as "red" or "bright-blue", "default", or a value such as "#ffcc00"; it is ignored.`,
      );
    }
  }
  return read;
}

/** The name that a mistyped one is near, as a question. */
function meant(name: string): string {
  const found = nearest(name.replace(/[^a-z]/gi, ""), parts);
  return found === null ? "" : ` (did you mean "${found}"?)`;
}
