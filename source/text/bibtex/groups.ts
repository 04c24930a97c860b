/** The longest group, in characters, so that many unclosed ones cost little. */
const longest = 4_000;

/**
 * The end of the group whose brace is at `at`, after its closing brace; -1 if there is no brace, or it is never
 * closed. Braces count even after a backslash, as in BibTeX.
 */
export function groupEnd(text: string, at: number): number {
  if (text[at] !== "{") return -1;
  let depth = 0;
  const last = Math.min(text.length, at + longest);
  for (let place = at; place < last; place += 1) {
    if (text[place] === "{") depth += 1;
    else if (text[place] === "}") depth -= 1;
    if (depth === 0) return place + 1;
  }
  return -1;
}
