/** No group that is looked for is longer, in characters, so that many open ones cost little. */
const longest = 4_000;

/**
 * Where the group that begins with the brace at `at` ends, after its closing brace; -1 where there is
 * no brace, or none that closes it. Braces count after a backslash too, as BibTeX counts them.
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
