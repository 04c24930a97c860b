import { isFormulaCommand } from "./commands/commands.js";
import { formulaAt } from "./detect/dollars.js";
import {
  formulaWithBackslashes,
  mayHaveLostBackslashes,
  withBackslashes,
} from "./detect/restore-backslashes.js";
import type { RenderedTex } from "./rendered.js";
import { Braces } from "./scan.js";
import { TexTypesetter } from "./typesetter.js";

/** Characters of TeX that prose seldom has. Text without any is left alone. */
const signs = /[\\${}^_~`]|--|''/;
const command = /\\([A-Za-z]+)/g;
const anyTex = /\\(?:[A-Za-z]{2,}|["'`^~=.]\s?\{?\\?[A-Za-z]|[%&_#${},;!(]|[cvuHkr]\{)/;
const scripts = /[_^][{\\]/;
/** No abstract is longer, in characters; the text after it stays unrendered, to limit the time. */
const longest = 32_768;

/**
 * Renders the TeX of a title or abstract: symbols in Unicode, superscripts and subscripts if Unicode has every
 * character of them, fractions and roots on one line, styles and links as spans of the text. Everything that is
 * not TeX stays: money, addresses, paths, names of programs, Markdown. If a page has lost the backslashes, they
 * are restored first (`detect/restore-backslashes.ts`).
 *
 * Hyphens outside scripts and bold letters stay plain, so that a search finds them. Linear in the length of the
 * source; only the first 32,768 characters are rendered. Never throws; adds no control characters.
 */
export function renderTex(source: string): RenderedTex {
  if (source.length > longest) {
    const cut = cutIn(source);
    const { text, styles, links } = renderTex(source.slice(0, cut));
    return { text: text + source.slice(cut), styles, links };
  }
  const isLost = mayHaveLostBackslashes(source);
  if (!isLost && !signs.test(source)) return { text: source, styles: [], links: [] };
  const repaired = isLost && !hasFormulaCommand(source) ? repair(source) : source;
  const hasFormula = repaired.includes("$") && formulas(repaired).length > 0;
  const setter = new TexTypesetter(
    repaired,
    hasFormula || anyTex.test(source),
    repaired !== source || scripts.test(repaired),
  );
  setter.text(0, repaired.length);
  return setter.out.finish();
}

/** The end of the rendered part of a long source: at a space, and never within a character. */
function cutIn(source: string): number {
  const space = source.lastIndexOf(" ", longest);
  if (space > longest / 2) return space;
  const code = source.charCodeAt(longest - 1);
  return code >= 0xd800 && code < 0xdc00 ? longest - 1 : longest;
}

/** The text of `renderTex`; the same string if it has no TeX. */
export function plainTex(source: string): string {
  return renderTex(source).text;
}

/** Whether a text's formulas still have their backslashes. */
function hasFormulaCommand(source: string): boolean {
  if (!source.includes("\\")) return false;
  for (const [, name = ""] of source.matchAll(command)) if (isFormulaCommand(name)) return true;
  return false;
}

/** Restores lost backslashes: inside formulas if the text still marks them, else wherever possible. */
function repair(source: string): string {
  const found = source.includes("$") ? formulas(source) : [];
  if (found.length === 0) return withBackslashes(source);
  let repaired = "";
  let done = 0;
  for (const { from, to } of found) {
    repaired += source.slice(done, from) + formulaWithBackslashes(source.slice(from, to));
    done = to;
  }
  return repaired + source.slice(done);
}

/** The formulas between dollar signs, outside groups. */
function formulas(source: string): { from: number; to: number }[] {
  const braces = new Braces(source);
  const found: { from: number; to: number }[] = [];
  for (let at = source.indexOf("$"); at >= 0; ) {
    const formula = source.charAt(at - 1) === "\\" ? null : formulaAt(source, braces, at, source.length);
    if (formula) found.push(formula);
    at = source.indexOf("$", formula ? formula.next : at + 1);
  }
  return found;
}
