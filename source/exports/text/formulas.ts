/** No formula in a title or abstract is as long; it also is what readers of BibTeX look at. */
const formulaLimit = 2_000;
const closers: Readonly<Record<string, string>> = { "\\(": "\\)", "\\[": "\\]" };

/** The formula that begins at `at` with `opener`; `null` where none does. */
export function formulaAt(text: string, at: number, opener: string): string | null {
  const start = at + opener.length;
  const closer = closers[opener] ?? opener;
  const end = opener === "\\[" ? /\$|\\[[\]]/g : /\$|\\[()]/g;
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
export function isSound(inside: string): boolean {
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
