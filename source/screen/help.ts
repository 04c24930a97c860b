import { helpEntries, helpHeight } from "../reader/helping.js";
import { showKey } from "../reader/keymap.js";
import type { Model } from "../reader/model.js";
import { cellWidth } from "../text/cells.js";
import { glyphsFor } from "./glyphs.js";
import { fit, lineWidth, spread } from "./line.js";
import { editedField } from "./prompt.js";
import { type Line, span, styles } from "./style.js";

const keysWidth = 22;
const groupWidth = 9;

/** The help's own header. */
export function helpHeader(model: Model): Line {
  const count = helpEntries(model.help).length;
  return spread([span(" Keys", styles.title)], [span(`${count} `, styles.faint)], model.size.columns);
}

/** The rows of the help: one a binding, its group named where it begins. */
export function helpLines(model: Model): Line[] {
  const { help, size } = model;
  const entries = helpEntries(help);
  const height = helpHeight(size);
  if (entries.length === 0) {
    const words = `  No key for “${help.line.text.trim()}”. Esc goes back.`;
    return Array.from({ length: height }, (_, y) => fit(y === 0 ? [span(words)] : [], size.columns));
  }
  return Array.from({ length: height }, (_, y) => {
    const row = help.top + y;
    const entry = entries[row];
    if (!entry) return fit([], size.columns);
    const chosen = row === help.cursor;
    const first = entries[row - 1]?.group !== entry.group || y === 0;
    const wide = size.columns >= 60;
    const keys = entry.keys.map(showKey).join(" ");
    const line: Line = [
      span(chosen ? glyphsFor(model.settings.ascii).bar : " ", styles.bar),
      span(wide ? (first ? entry.group : "").padEnd(groupWidth) : "", styles.faint),
      span(keys.padEnd(wide ? keysWidth : 12), styles.key),
      span(entry.help, chosen ? styles.cursor : styles.plain),
    ];
    return fit(line, size.columns);
  });
}

/** The line typed to filter the help, and how to get out. */
export function helpFooter(model: Model): Line {
  const { columns } = model.size;
  const ways: Line = [
    span("type to filter  ", styles.faint),
    span("Enter", styles.key),
    span(" runs  ", styles.faint),
    span("Esc", styles.key),
    span(" back ", styles.faint),
  ];
  const label = span(" / ", styles.key);
  // What is typed comes first; how to get out, as far as there is room beside it.
  const wanted = cellWidth(model.help.line.text) + 5;
  const beside = [ways, ways.slice(-2), []].find((line) => lineWidth(line) + wanted <= columns) ?? [];
  const room = Math.max(1, columns - lineWidth(beside) - 3);
  return spread([label, ...editedField(model.help.line, room)], beside, columns);
}
