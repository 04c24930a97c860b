import { closeSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { readJournal } from "./journal-reader.js";
import { JournalScan } from "./journal-scan.js";
import type { ImageAccount } from "./marks-image.js";
import { padding } from "./plain-line.js";

const newline = 0x0a;
/** How many bytes of a line are read at first. */
const usualLine = 1 << 10;

/**
 * What a journal says of papers with some titles, of which an image has told the lines, and all that was
 * appended since. Throws where it cannot be read.
 *
 * @param lines `[journal, place]`, as `MarkedTitles` counts journals
 */
export function scansOfTitles(
  path: string,
  { journals, names }: ImageAccount,
  lines: readonly (readonly [number, number])[],
): readonly JournalScan[] {
  const number = names.indexOf(basename(path));
  const known = journals.find(({ name }) => name === names[number]);
  const behind = known?.length ?? 0;
  const appended = readJournal(path, behind);
  const scans: JournalScan[] = [];
  const file = openSync(path, "r");
  try {
    for (const [journal, from] of lines) {
      if (journal === number) scans.push(lineAt(file, path, from, behind));
    }
  } finally {
    closeSync(file);
  }
  const { bytes, length } = appended;
  return [...scans, new JournalScan({ name: path, bytes, length, from: behind })];
}

/** The line that begins at `from`, of a journal that is known up to `end`. */
function lineAt(file: number, path: string, from: number, end: number): JournalScan {
  for (let room = usualLine; ; room *= 4) {
    const bytes = Buffer.alloc(Math.min(room, end - from) + padding);
    const length = readSync(file, bytes, 0, bytes.length - padding, from);
    const breaks = bytes.subarray(0, length).indexOf(newline);
    if (breaks < 0 && length === room) continue;
    const lineLength = breaks < 0 ? length : breaks + 1;
    bytes.fill(0, lineLength);
    return new JournalScan({ name: path, bytes, length: lineLength, from });
  }
}
