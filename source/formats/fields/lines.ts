/**
 * Hands out the lines of a text one after the other, with their numbers from 1. Nothing is split
 * beforehand, so a text of hundreds of megabytes is in memory once and not twice. A carriage return
 * at a line's end is not part of it; what is behind the last line end is a line where it is not empty.
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

/** The first lines of a text, as many as are whole within 64 KB: enough to tell a format by. */
export function headOf(text: string): string {
  const head = text.slice(text.startsWith("\ufeff") ? 1 : 0, 65_536);
  if (head.length < 65_536) return head;
  const end = head.lastIndexOf("\n");
  return end < 0 ? head : head.slice(0, end);
}
