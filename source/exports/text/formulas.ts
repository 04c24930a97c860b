/** The longest formula; titles and abstracts have none so long, and readers of BibTeX look no further. */
const formulaLimit = 2_000;
const closers: Readonly<Record<string, string>> = { "\\(": "\\)", "\\[": "\\]" };

/** The formula that begins at `at` with `opener`, or `null`. */
export function formulaAt(text: string, at: number, opener: string): string | null {
  const start = at + opener.length;
  const closer = closers[opener] ?? opener;
  const end = opener === "\\[" ? /\$|\\[[\]]/g : /\$|\\[()]/g;
  end.lastIndex = start;
  const found = end.exec(text);
  if (!found || found.index === start || found.index - start > formulaLimit) return null;
  if (!text.startsWith(closer, found.index) || text[found.index - 1] === "\\") return null;
  const inside = text.slice(start, found.index);
  const after = found.index + closer.length;
  if (opener === "$" && !/[\\^_{]/.test(inside)) {
    const mayBeMoney = /^ | $/.test(inside) || /\d/.test(text[after] ?? "");
    if (mayBeMoney) return null;
  }
  return isSound(inside) ? text.slice(at, after) : null;
}

/**
 * Whether TeX could set this as a formula without breaking a document or a file's braces: braces are paired,
 * with and without backslashes, every script has a base, and nothing has another meaning in TeX (comments,
 * parameters, columns outside a matrix).
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
    // Accent commands are for text; they are undefined in a formula.
    else if (/^(?:[%#]|\\|\\["'`^~=.()])$/.test(token)) return false;
    if (environments < 0) return false;
  }
  return open.length === 0 && environments === 0 && !wantsArgument;
}
