/**
 * Calls `take` for each line of a text with its number, from 1. It does not split the text first, so a text
 * of hundreds of megabytes is not in memory twice. A carriage return at the end of a line is removed. Text
 * after the last line end counts as a line unless it is empty.
 */
export function eachLine(text: string, take: (line: string, number: number) => void): void {
  let start = text.startsWith("\ufeff") ? 1 : 0;
  for (let number = 1; start < text.length; number += 1) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    take(text.slice(start, text[end - 1] === "\r" && end > start ? end - 1 : end), number);
    start = end + 1;
  }
}

/** The complete lines within the first 64 KB of a text, enough to detect its format. */
export function headOf(text: string): string {
  const head = text.slice(text.startsWith("\ufeff") ? 1 : 0, 65_536);
  if (head.length < 65_536) return head;
  const end = head.lastIndexOf("\n");
  return end < 0 ? head : head.slice(0, end);
}
