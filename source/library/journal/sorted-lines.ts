/**
 * Finds lines in a text whose lines are sorted, by bisection: of thousands about fifteen are looked at.
 * @param text lines in the order of `<`, each with a line feed at its end
 * @returns the lines that begin with `prefix`, in order
 */
export function linesWith(text: string, prefix: string): readonly string[] {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    // A search backwards from -1 would find a line feed at 0.
    const start = middle === 0 ? 0 : text.lastIndexOf("\n", middle - 1) + 1;
    const end = text.indexOf("\n", middle);
    if (text.slice(start, end) < prefix) low = end + 1;
    else high = start;
  }
  const found: string[] = [];
  for (let end = 0; text.startsWith(prefix, low) && low < text.length; low = end + 1) {
    end = text.indexOf("\n", low);
    found.push(text.slice(low, end));
  }
  return found;
}

/** All lines of such a text. */
export function allLines(text: string): readonly string[] {
  return text === "" ? [] : text.slice(0, -1).split("\n");
}

/** What the functions above take: the lines sorted, each once. None may have a line feed or half a surrogate pair. */
export function sortedLines(lines: Iterable<string>): string {
  const sorted = [...new Set(lines)].sort();
  return sorted.length === 0 ? "" : `${sorted.join("\n")}\n`;
}

/** A text as the beginning of a line, with a tab after it; the key of no other text begins with it. */
export function keyOf(text: string): string {
  // Half a surrogate pair would not outlast UTF-8.
  return `${/[\t\n\r"\\]|\p{Cs}/u.test(text) ? JSON.stringify(text) : text}\t`;
}

/** The text whose key (`keyOf`) a line begins with, and the rest of the line. */
export function splitKey(line: string): readonly [string, string] {
  const end = line.indexOf("\t");
  const key = line.slice(0, end);
  return [key.startsWith('"') ? JSON.parse(key) : key, line.slice(end + 1)];
}
