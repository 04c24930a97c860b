import { cellWidth } from "../text/cells.js";

/**
 * The `string-width` package, with our own measure: the build replaces the package by this for Ink. So all code
 * agrees about widths, the list of all emoji is compiled only when needed (25 to 40 ms of the start), and a
 * line is measured once, not for every frame. A test compares both.
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
