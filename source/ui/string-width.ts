import { cellWidth } from "../text/cells.js";

/**
 * What the `string-width` package answers, from our own measure: the build gives this to Ink in the
 * package's place. So there is one opinion about a width on the screen, the list of all emoji is
 * compiled only when something could be one (25 to 40 ms of the start), and a line that was measured
 * for one frame need not be measured for the next. Both are held to the same answers by a test.
 */
export default function stringWidth(text: string): number {
  let width = known.get(text);
  if (width === undefined) {
    width = cellWidth(text.includes("\x1b") ? text.replace(escapes, "") : text);
    if (known.size >= 4_096) known.clear();
    known.set(text, width);
  }
  return width;
}

const known = new Map<string, number>();

/** SGR and other CSI sequences, and OSC strings (hyperlinks). */
const escapes = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g;
