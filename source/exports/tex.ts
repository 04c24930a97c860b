import { clean } from "../text/clean.js";
import { fromTexAccents } from "../text/names.js";

/** A stretch of a text: a formula with its delimiters, as the source has it, or plain text. */
export interface Part {
  readonly isFormula: boolean;
  readonly text: string;
}

/** No formula in a title or abstract is as long; it also is what readers of BibTeX look at. */
const formulaLimit = 2_000;

/**
 * A text in its formulas and what stands between them; the parts' texts joined are a text that
 * reads the same. A formula is `$…$`, `$$…$$` or `\(…\)` that TeX could set; dollars that may be
 * money are text, by the rule of https://pandoc.org/MANUAL.html#extension-tex_math_dollars, which
 * is waived where a command, a script or a brace shows that it is TeX. In text, accents and signs
 * that are written in TeX (`\"o`, `\&`) are the characters they stand for; other commands stay.
 * Text is cleaned first, so that no part holds a line break. Takes linear time.
 */
export function texParts(text: string): Part[] {
  const whole = clean(text);
  const parts: Part[] = [];
  let from = 0;
  const opener = /\\[^(]|\$\$?|\\\(/g;
  for (let found = opener.exec(whole); found; found = opener.exec(whole)) {
    if (/^\\[^(]/.test(found[0])) continue;
    const formula = formulaAt(whole, found.index, found[0]);
    if (formula === null) {
      opener.lastIndex = found.index + 1;
      continue;
    }
    if (found.index > from) parts.push(plainPart(whole.slice(from, found.index)));
    parts.push({ isFormula: true, text: formula });
    from = found.index + formula.length;
    opener.lastIndex = from;
  }
  if (from < whole.length) parts.push(plainPart(whole.slice(from)));
  return parts;
}

/** The text as people read it: accents and signs as characters, formulas as they are. */
export function readableText(text: string): string {
  return /[\\$]/.test(text)
    ? texParts(text)
        .map((part) => part.text)
        .join("")
    : clean(text);
}

function plainPart(text: string): Part {
  const plain = fromTexAccents(text).replace(/\\\\|\\([&%#_${}])/g, (found, sign?: string) => sign ?? found);
  return { isFormula: false, text: plain };
}

/** The formula that begins at `at` with `opener`; `null` where none does. */
function formulaAt(text: string, at: number, opener: string): string | null {
  const start = at + opener.length;
  const closer = opener === "\\(" ? "\\)" : opener;
  const end = /\$|\\\(|\\\)/g;
  end.lastIndex = start;
  const found = end.exec(text);
  if (!found || found.index === start || found.index - start > formulaLimit) return null;
  if (!text.startsWith(closer, found.index) || text[found.index - 1] === "\\") return null;
  const inside = text.slice(start, found.index);
  const behind = found.index + closer.length;
  if (opener === "$" && !/[\\^_{]/.test(inside)) {
    const mayBeMoney = /^ | $/.test(inside) || /\d/.test(text[behind] ?? "");
    if (mayBeMoney) return null;
  }
  return isSound(inside) ? text.slice(at, behind) : null;
}

/**
 * Whether TeX could set this in a formula, so that it breaks neither a document nor a file's braces:
 * braces are paired, with and without backslashes, every script has something to stand on, and what
 * means something else to TeX (comments, parameters, columns outside of a matrix) does not occur.
 */
function isSound(inside: string): boolean {
  const open: string[] = [];
  let environments = 0;
  let wantsArgument = false;
  for (const [token] of inside.matchAll(/\\(?:[A-Za-z]+|[^A-Za-z]|$)|[\s\S]/g)) {
    if (token === " ") continue;
    if (wantsArgument && /^[\^_}&]/.test(token)) return false;
    wantsArgument = token === "^" || token === "_";
    if (token === "{" || token === "\\{") open.push(token);
    else if (token === "}" || token === "\\}") {
      if (open.pop() !== token.replace("}", "{")) return false;
    } else if (token === "\\begin") environments += 1;
    else if (token === "\\end") environments -= 1;
    else if (token === "&" && environments === 0) return false;
    // Accents are for text; in a formula the same letters mean nothing.
    else if (/^(?:[%#]|\\|\\["'`^~=.()])$/.test(token)) return false;
    if (environments < 0) return false;
  }
  return open.length === 0 && environments === 0 && !wantsArgument;
}
