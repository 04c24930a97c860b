import { latex2unicode } from "unicode2latex";
import { commands, isFormulaCommand } from "../tex/commands/commands.js";
import { symbols } from "../tex/tables/symbols.js";

/** Better BibTeX's table of 4,600 macros for characters. */
const table = latex2unicode as Readonly<Record<string, string | { readonly text?: string } | undefined>>;

/** Shorter names mean something else in most papers: `\AC`, `\RR`. */
const shortest = 4;

/** The character of a macro, perhaps a combining mark; `null` if there is none. */
export function macroSign(name: string): string | null {
  if (name.length < shortest) return null;
  const found = table[`\\${name}`];
  const sign = typeof found === "string" ? found : (found?.text ?? null);
  return sign === null || sign === "" || sign.includes("\\") ? null : sign.normalize("NFC");
}

/** Replaces Cyrillic letters written as `\cyrchar\CYRV` or `\CYRV`. */
export function cyrillic(text: string): string {
  if (!/\\(?:cyrchar|CYR|cyr)/.test(text)) return text;
  return text.replace(
    /(?:\\cyrchar\s?)?\\(CYR[A-Za-z]{1,20}|cyr[a-z]{1,20})(?:\{\}| (?=\S))?/g,
    (found, name: string) => {
      const letter = table[`\\cyrchar\\${name}`];
      return typeof letter === "string" ? letter.normalize("NFC") : found;
    },
  );
}

/** Whether `renderTex` knows the command, so that it may stay in the text. */
export function isRendered(name: string): boolean {
  return commands.has(name) || symbols.has(name) || isFormulaCommand(name);
}
